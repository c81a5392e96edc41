"""Writes a PDF object by object as its pages come, so that it may be larger than the memory: what is on disk
is forgotten. Pages of other PDFs are grafted in with everything they need and nothing else: no links, no
scripts, no files (ISO 32000-1, 7.5: file structure, 7.7.3: pages, 12.3.3: outline)."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO, NamedTuple

from pypdf import PageObject
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    EncodedStreamObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

HEADER = b"%PDF-1.5\n%\xe5\x8d\xb7\xe5\xae\x97\n"
LEFT_OUT = frozenset(
    {"/Parent", "/P", "/Metadata", "/PieceInfo", "/StructParents", "/StructParent", "/Annots", "/AA", "/A"}
)
Seen = dict[tuple[int, int], IndirectObject]
"""Of one source: what has been grafted, by its number there."""


class Mark(NamedTuple):
    """One line of the outline: its words, the page it opens (from 0), and what is below it."""

    title: str
    page: int
    below: Sequence["Mark"] = ()


class Binder:
    """One PDF being written to ``out``, which need not be seekable."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self._length = out, 0
        self._places: list[int] = [0]  # of each object, by number; 0: not written yet
        self._pages: list[tuple[IndirectObject, float]] = []
        self._put(HEADER)
        self._tree = self.reserve()

    def write(self, data: bytes) -> int:
        """What pypdf's objects write themselves to."""
        self._put(data)
        return len(data)

    def _put(self, data: bytes) -> None:
        self._out.write(data)
        self._length += len(data)

    def reserve(self) -> IndirectObject:
        """A number for an object that will be written later."""
        self._places.append(0)
        return IndirectObject(len(self._places) - 1, 0, None)

    def add(self, value: PdfObject, at: IndirectObject | None = None) -> IndirectObject:
        """Write an object; what it is referred to by."""
        reference = at or self.reserve()
        self._places[reference.idnum] = self._length
        self._put(b"%d 0 obj\n" % reference.idnum)
        value.write_to_stream(self)  # type: ignore[arg-type]  # all it asks for is write
        self._put(b"\nendobj\n")
        return reference

    def stream(
        self, entries: Mapping[str, Any], data: bytes, at: IndirectObject | None = None
    ) -> IndirectObject:
        """Write a stream whose data are encoded already as its entries say."""
        found = EncodedStreamObject()
        found.update(dictionary(entries))
        found._data = data
        return self.add(found, at)

    # ---- grafting ----------------------------------------------------------------------------------

    def graft(self, value: Any, seen: Seen) -> PdfObject:
        """The same value with everything it refers to written here, each once."""
        if isinstance(value, IndirectObject):
            return self._followed(value, seen)
        if isinstance(value, StreamObject):
            return self._copied_stream(value, seen)
        if isinstance(value, DictionaryObject):
            return self._copied(value, seen)
        if isinstance(value, ArrayObject):
            return ArrayObject([self.graft(each, seen) for each in value])
        return value if isinstance(value, PdfObject) else NullObject()

    def _followed(self, reference: IndirectObject, seen: Seen) -> IndirectObject:
        key = (reference.idnum, reference.generation)
        if key not in seen:
            seen[key] = self.reserve()
            self.add(self.graft(reference.get_object(), seen), seen[key])
        return seen[key]

    def _copied(self, value: DictionaryObject, seen: Seen) -> DictionaryObject:
        kept = {key: value.raw_get(key) for key in value if key not in LEFT_OUT}
        return DictionaryObject({NameObject(key): self.graft(each, seen) for key, each in kept.items()})

    def _copied_stream(self, value: StreamObject, seen: Seen) -> StreamObject:
        found = EncodedStreamObject()
        found.update(self._copied(value, seen))
        found.pop("/Length", None)
        found._data = value._data
        return found

    def form(self, page: PageObject, seen: Seen, at: IndirectObject | None = None) -> IndirectObject:
        """A page as a picture that can be placed on another: what it leaves behind cannot spoil that one."""
        entries, data = self._contents(page, seen)
        resources = page.get("/Resources")
        form = {
            "/Type": "/XObject",
            "/Subtype": "/Form",
            "/BBox": [float(side) for side in page.cropbox],
            "/Resources": self.graft(resources, seen) if resources is not None else DictionaryObject(),
            **({"/Group": self.graft(page.raw_get("/Group"), seen)} if "/Group" in page else {}),
        }
        return self.stream({**form, **entries}, data, at)

    def _contents(self, page: PageObject, seen: Seen) -> tuple[dict[str, Any], bytes]:
        """The entries and the data of the page's one stream; several are joined."""
        found = page.get("/Contents")
        found = found.get_object() if found is not None else None
        parts = [part.get_object() for part in found] if isinstance(found, ArrayObject) else [found]
        streams = [part for part in parts if isinstance(part, StreamObject)]
        if len(streams) == 1:
            kept = {
                key: self.graft(streams[0].raw_get(key), seen)
                for key in ("/Filter", "/DecodeParms")
                if key in streams[0]
            }
            return kept, streams[0]._data
        joined = b"\n".join(part.get_data() for part in streams)
        return {"/Filter": "/FlateDecode"}, zlib.compress(joined)

    # ---- pages -------------------------------------------------------------------------------------

    def page(self, size: tuple[float, float], placed: Mapping[str, IndirectObject], drawing: bytes) -> None:
        """One page of that size in points: pictures by name, and the operators that place them."""
        contents = self.stream({"/Filter": "/FlateDecode"}, zlib.compress(drawing))
        pictures = DictionaryObject({NameObject(name): found for name, found in placed.items()})
        entries = {
            "/Type": "/Page",
            "/Parent": self._tree,
            "/MediaBox": [0.0, 0.0, *size],
            "/Resources": DictionaryObject({NameObject("/XObject"): pictures}),
            "/Contents": contents,
        }
        self._pages.append((self.add(dictionary(entries)), size[1]))

    def finish(self, facts: Mapping[str, str], at: datetime, marks: Sequence[Mark]) -> int:
        """Write outline, catalogue and table; the number of pages. ``facts``: /Title, /Author, /Subject."""
        kids = ArrayObject([page for page, _ in self._pages])
        tree = {"/Type": "/Pages", "/Kids": kids, "/Count": len(self._pages)}
        self.add(dictionary(tree), self._tree)
        outline = self._outline(marks)
        catalogue = {
            "/Type": "/Catalog",
            "/Pages": self._tree,
            "/Lang": TextStringObject("zh-CN"),
            "/PageMode": "/UseOutlines" if marks else "/UseNone",
            "/ViewerPreferences": dictionary({"/DisplayDocTitle": True}),
            **({"/Outlines": outline} if outline is not None else {}),
        }
        root = self.add(dictionary(catalogue))
        stamp = TextStringObject(f"D:{at:%Y%m%d%H%M%S}+08'00'")
        words = {key: TextStringObject(value) for key, value in facts.items()}
        maker = {"/Creator": TextStringObject("yekuo_desktop"), "/CreationDate": stamp, "/ModDate": stamp}
        self._trailer(root, self.add(dictionary({**words, **maker})))
        return len(self._pages)

    def _outline(self, marks: Sequence[Mark]) -> IndirectObject | None:
        if not marks:
            return None
        top = self.reserve()
        first, last = self._level(marks, top)
        whole = {"/Type": "/Outlines", "/First": first, "/Last": last, "/Count": len(marks)}
        return self.add(dictionary(whole), top)

    def _level(self, marks: Sequence[Mark], parent: IndirectObject) -> tuple[IndirectObject, IndirectObject]:
        own = [self.reserve() for _ in marks]
        for at, (mark, reference) in enumerate(zip(marks, own, strict=True)):
            page, height = self._pages[mark.page]
            goal = ArrayObject([page, NameObject("/XYZ"), NullObject(), FloatObject(height), NullObject()])
            entries: dict[str, Any] = {
                "/Title": TextStringObject(mark.title),
                "/Parent": parent,
                "/Dest": goal,
            }
            if at:
                entries["/Prev"] = own[at - 1]
            if at + 1 < len(own):
                entries["/Next"] = own[at + 1]
            if mark.below:
                entries["/First"], entries["/Last"] = self._level(mark.below, reference)
                entries["/Count"] = -len(mark.below)  # closed: only the stages are seen at first
            self.add(dictionary(entries), reference)
        return own[0], own[-1]

    def _trailer(self, root: IndirectObject, info: IndirectObject) -> None:
        start = self._length
        self._put(b"xref\n0 %d\n0000000000 65535 f \n" % len(self._places))
        for place in self._places[1:]:
            self._put(b"%010d 00000 n \n" % place if place else b"0000000000 00000 f \n")
        trailer = dictionary({"/Size": len(self._places), "/Root": root, "/Info": info})
        self._put(b"trailer\n")
        trailer.write_to_stream(self)  # type: ignore[arg-type]
        self._put(b"\nstartxref\n%d\n%%%%EOF\n" % start)


def dictionary(entries: Mapping[str, Any]) -> DictionaryObject:
    """A dictionary of plain values: names begin with /, numbers and lists are what they are."""
    return DictionaryObject(dict(_pairs(entries)))


def _pairs(entries: Mapping[str, Any]) -> Iterator[tuple[NameObject, PdfObject]]:
    for key, value in entries.items():
        yield NameObject(key), _plain(value)


def _plain(value: Any) -> PdfObject:
    if isinstance(value, PdfObject):
        return value
    if isinstance(value, bool):
        return BooleanObject(value)
    if isinstance(value, int):
        return NumberObject(value)
    if isinstance(value, float):
        return FloatObject(value)
    if isinstance(value, str):
        return NameObject(value)
    return ArrayObject([_plain(each) for each in value])
