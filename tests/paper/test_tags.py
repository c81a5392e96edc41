"""What a screen reader finds in a sheet, asked through PDFium and pypdf."""

import ctypes
from collections.abc import Callable
from io import BytesIO

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from msgspec.structs import replace
from pypdf.generic import BooleanObject

from tests.paper.samples import PRINTING, ROOT, SHEET_NO, sample
from yekuo_desktop.paper.fonts import Faces
from yekuo_desktop.paper.form import Form
from yekuo_desktop.paper.render import Job, render

Printed = Callable[..., bytes]
SEAL = (ROOT / "resources" / "seals" / "practice.png").read_bytes()


def elements(pdf: bytes, page: int = 0) -> list[tuple[str, str]]:
    """Role and words for a picture of each element of a page, as PDFium reads the tree."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        tree = pdfium.FPDF_StructTree_GetForPage(document[page])
        count = pdfium.FPDF_StructTree_CountChildren(tree)
        assert count == 1  # the document
        whole = pdfium.FPDF_StructTree_GetChildAtIndex(tree, 0)
        kids = range(pdfium.FPDF_StructElement_CountChildren(whole))
        found = [pdfium.FPDF_StructElement_GetChildAtIndex(whole, at) for at in kids]
        told = [
            (said(pdfium.FPDF_StructElement_GetType, e), said(pdfium.FPDF_StructElement_GetAltText, e))
            for e in found
            if e
        ]
        pdfium.FPDF_StructTree_Close(tree)
        return told
    finally:
        document.close()


def said(ask: Callable[..., int], element: object) -> str:
    """A text of an element."""
    length = ask(element, None, 0)
    buffer = ctypes.create_string_buffer(length)
    ask(element, buffer, length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def test_title_words_ticks_code_and_seal_are_told_in_order(printed: Printed) -> None:
    sheet = sample("registration_high_voltage")
    told = elements(printed(replace(sheet, qr="yekuo:1:x:"), seal=SEAL))
    roles = [role for role, _ in told]
    assert roles[:2] == ["H1", "P"]
    assert set(roles[2:]) == {"Figure"}
    words = [alt for role, alt in told if role == "Figure"]
    assert "已勾选:新装" in words
    assert "二维码:yekuo:1:x:" in words
    assert words[-1] == "印章:供电业务专用章 直径 40 mm"
    assert "盖章处:供电业务专用章 直径 40 mm" in dict.fromkeys(alt for _, alt in elements(printed(sheet)))


@pytest.mark.parametrize("form", ["work_order", "household_list", "handover_list"])
def test_every_mark_on_a_page_has_its_element(printed: Printed, form: str) -> None:
    reader = pypdf.PdfReader(BytesIO(printed(sample(form))))
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"] == BooleanObject(True)
    nums = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    parents = {int(nums[at]): nums[at + 1].get_object() for at in range(0, len(nums), 2)}
    for page in reader.pages:
        content = page.get_contents()
        assert content is not None
        data = content.get_data()
        marks = data.count(b"/MCID ")
        mine = parents[int(page["/StructParents"])]
        assert marks == len(mine)
        assert [int(element.get_object()["/K"]) for element in mine] == list(range(marks))
        assert data.count(b" BDC") + data.count(b" BMC") == data.count(b"EMC")
        assert page["/Tabs"] == "/S"


def test_pages_of_several_sheets_stay_apart(faces: Faces, form_of: Callable[[str], Form]) -> None:
    out = BytesIO()
    jobs = [Job(sample(form), PRINTING, form_of(form)) for form in ("handover_list", "work_order")]
    render(jobs, out, faces)
    reader = pypdf.PdfReader(out)
    assert [int(page["/StructParents"]) for page in reader.pages] == list(range(len(reader.pages)))
    last = elements(out.getvalue(), len(reader.pages) - 1)
    assert any(SHEET_NO in alt for _, alt in last)
