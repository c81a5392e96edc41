"""What a screen reader needs of a PDF: what is text and in which order, what is only ink, and words for
pictures (tagged PDF, ISO 32000-1, 14.7–14.8). No claim of PDF/UA.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

TITLE, TEXT, FIGURE = "H1", "P", "Figure"


class _Mark(NamedTuple):
    """One marked piece of a page, by its place among the others."""

    role: str
    words: str


class Tags:
    """The marks of one document, page by page."""

    def __init__(self, canvas: Any) -> None:
        self._canvas, self._document = canvas, canvas._doc
        self._pages: dict[int, list[_Mark]] = {}

    @contextmanager
    def marked(self, role: str, words: str = "") -> Iterator[None]:
        """What is drawn inside is a title, text, or a picture for which ``words`` stand."""
        marks = self._pages.setdefault(self._document.pageCounter, [])
        self._canvas.addLiteral(f"/{role} <</MCID {len(marks)}>> BDC")
        marks.append(_Mark(role, words))
        yield
        self._canvas.addLiteral("EMC")

    @contextmanager
    def ink(self) -> Iterator[None]:
        """What is drawn inside says nothing: lines, grounds, what every page repeats."""
        self._canvas.addLiteral("/Artifact BMC")
        yield
        self._canvas.addLiteral("EMC")

    def write(self) -> None:
        """The tree of marks into the document; all pages are made, the file is not yet."""
        refer = self._document.Reference
        root, whole = PDFDictionary({"Type": PDFName("StructTreeRoot")}), PDFDictionary(_type("Document"))
        whole["P"], root["K"] = refer(root), refer(whole)
        nums: list[Any] = []
        kids: list[Any] = []
        for number, (place, marks) in enumerate(self._pages.items()):
            page = self._document.Pages.pages[place - 1]
            _number(page, number)
            elements = [refer(_element(mark, at, refer(page), refer(whole))) for at, mark in enumerate(marks)]
            nums += [number, PDFArray(elements)]
            kids += elements
        whole["K"] = PDFArray(kids)
        root["ParentTree"] = refer(PDFDictionary({"Nums": PDFArray(nums)}))
        self._document.Catalog.StructTreeRoot = root
        self._document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})


def _type(role: str) -> dict[str, Any]:
    return {"Type": PDFName("StructElem"), "S": PDFName(role)}


def _element(mark: _Mark, at: int, page: Any, parent: Any) -> PDFDictionary:
    words = {"Alt": PDFString(mark.words)} if mark.words else {}
    return PDFDictionary({**_type(mark.role), "P": parent, "Pg": page, "K": at, **words})


def _number(page: Any, number: int) -> None:
    """The page's place in the tree; reportlab writes only the keys it was told of."""
    page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
    page.StructParents, page.Tabs = number, PDFName("S")
