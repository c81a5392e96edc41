"""The bindery: one PDF of cover, contents, every sheet and every file of a case, page by page.

Sheets are drawn together, so that their fonts stand in the file once. Files are read one after the other and
forgotten again; the memory needed is that of the largest.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import accumulate, groupby, islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import pypdf
from pypdf.generic import IndirectObject
from reportlab.lib.pagesizes import A4

from yekuo_desktop.office.dossier_ports import Bound, Leaf, Progress, Stopped, Volume
from yekuo_desktop.office.dossier_ports import Job as Drawing
from yekuo_desktop.paper.binder import Binder, Mark, Seen
from yekuo_desktop.paper.compose import compose
from yekuo_desktop.paper.feet import Foot, feet
from yekuo_desktop.paper.fonts import Faces
from yekuo_desktop.paper.form import Form
from yekuo_desktop.paper.form_reader import parse_form
from yekuo_desktop.paper.printery import KEPT, shared_faces, words_of
from yekuo_desktop.paper.render import Job, render
from yekuo_desktop.paper.scans import Placed, Unreadable, open_scan
from yekuo_desktop.paper.units import mm

COVER, CONTENTS = "封面", "卷宗目录"
BESIDE, ABOVE, BELOW = 10 * mm, 10 * mm, 14 * mm  # kept free around a file on its page
"""Points: binding and foot stay readable, and the edge of the original is seen."""
PAGE, FOOT = "/YekuoPage", "/YekuoFoot"


class Part(NamedTuple):
    """A leaf with what was found out about it: its pages, or why it cannot be drawn."""

    leaf: Leaf
    pages: int
    trouble: str = ""


class Bindery:
    """Forms' layouts come with the sheets; fonts in ``resources/fonts``."""

    def __init__(self, resources: Path) -> None:
        self._faces = shared_faces(resources / "fonts")
        self._parsed = lru_cache(maxsize=KEPT)(lambda text, form: parse_form(text, f"{form}.toml", None))

    def bind(self, volume: Volume, out: BinaryIO, progress: Progress, cancelled: Callable[[], bool]) -> Bound:
        """Write the volume to ``out``. Raises ``Stopped``, ``FontsMissing``."""
        return _Binding(volume, self._faces, self._parsed, progress, cancelled).run(out)


class _Binding:
    """One volume being bound."""

    def __init__(
        self,
        volume: Volume,
        faces: Faces,
        parsed: Callable[[str, str], Form],
        progress: Progress,
        cancelled: Callable[[], bool],
    ) -> None:
        self._volume, self._faces, self._parsed = volume, faces, parsed
        self._progress, self._cancelled = progress, cancelled
        self._total, self._done = 2 * len(volume.leaves) + 1, 0
        self._memory: dict[Any, Any] = {}
        self._warnings: list[str] = []

    def run(self, out: BinaryIO) -> Bound:
        """Count, number, write."""
        parts = [self._counted(leaf) for leaf in self._volume.leaves]
        front, contents, starts = self._numbered(parts)
        jobs = [self._volume.cover, contents, *(p.leaf.job for p in parts if p.leaf.job is not None)]
        self._step("正在排版单据")
        sheets = BytesIO()
        made = [self._job(job) for job in jobs]
        self._warnings += [words_of(warning) for warning in render(made, sheets, self._faces).warnings]
        binder = Binder(out)
        needle = _Needle(binder, sheets)
        needle.sheets(front[0], COVER)
        needle.sheets(front[1], CONTENTS)
        self._write(needle, parts)
        needle.lay_feet(self._faces, self._volume)
        marks = [Mark(COVER, 0), Mark(CONTENTS, front[0]), *_marks(parts, starts)]
        return Bound(binder.finish(self._facts(), self._volume.at, marks), tuple(self._warnings))

    def _facts(self) -> dict[str, str]:
        volume = self._volume
        return {"/Title": volume.title, "/Author": volume.author, "/Subject": volume.number}

    def _step(self, text: str) -> None:
        if self._cancelled():
            raise Stopped
        self._progress(self._done, self._total, text)
        self._done += 1

    # ---- counting ----------------------------------------------------------------------------------

    def _counted(self, leaf: Leaf) -> Part:
        self._step(f"正在清点 {leaf.title}")
        if leaf.job is not None:
            return Part(leaf, self._pages(leaf.job))
        try:
            return Part(leaf, open_scan(self._content(leaf)).count)
        except Unreadable as error:
            return Part(leaf, 1, str(error))

    def _content(self, leaf: Leaf) -> bytes:
        return (self._volume.read(leaf.scan.sha256) if leaf.scan else None) or b""

    def _pages(self, job: Drawing) -> int:
        made = self._job(job)
        return len(compose(made.form, made.snapshot, self._faces, self._memory))

    def _job(self, job: Drawing) -> Job:
        snapshot, printing, layout, picture = job
        return Job(snapshot, printing, self._parsed(layout, snapshot.form), picture)

    def _numbered(self, parts: Sequence[Part]) -> tuple[tuple[int, int], Drawing, list[int]]:
        """Pages of cover and contents, the contents, and the first page of each part (from 0). Laid out
        again until the contents are as long as was reckoned with."""
        cover, length = self._pages(self._volume.cover), 1
        while True:
            starts = list(accumulate((part.pages for part in parts), initial=cover + length))[:-1]
            contents = self._volume.contents([start + 1 for start in starts])
            found = self._pages(contents)
            if found == length:
                return (cover, length), contents, starts
            length = found

    # ---- writing -----------------------------------------------------------------------------------

    def _write(self, needle: "_Needle", parts: Sequence[Part]) -> None:
        for part in parts:
            self._step(f"正在装订 {part.leaf.title}")
            if part.leaf.job is not None:
                needle.sheets(part.pages, f"{part.leaf.title}　{part.leaf.source}")
            else:
                self._warnings += needle.file(part, self._content(part.leaf))


class _Needle:
    """Sews page after page into a dossier. The feet are laid down last, when all pages are known."""

    def __init__(self, binder: Binder, sheets: BinaryIO) -> None:
        self._binder = binder
        self._sheets = iter(pypdf.PdfReader(sheets).pages)
        self._seen: Seen = {}
        self._feet: list[tuple[IndirectObject, Foot]] = []
        self._scan: tuple[bytes, Any] = (b"", None)  # the file being sewn in, opened

    def sheets(self, count: int, words: str) -> None:
        """The next pages of the sheets, at their own size."""
        for page in islice(self._sheets, count):
            size = (float(page.mediabox.width), float(page.mediabox.height))
            placed = Placed(self._binder.form(page, self._seen), (1, 0, 0, 1, 0, 0), *size)
            self._page(size, placed, (0.0, 0.0, 1.0), Foot(size[0], size[1], words, ""))

    def file(self, part: Part, content: bytes) -> Iterator[str]:
        """The pages of one file; a page that says why where one cannot be drawn. What went wrong."""
        words = f"附件　{part.leaf.title}　{part.leaf.source}"
        for index in range(part.pages):
            trouble = part.trouble or self._try(content, index, words)
            if trouble:
                self._excused(part.leaf, trouble, words)
                yield f"附件“{part.leaf.title}”第 {index + 1} 页没有合入：{trouble}"

    def _try(self, content: bytes, index: int, words: str) -> str:
        """Draw one page of the file; why it cannot be drawn, "" when it was."""
        try:
            if self._scan[0] is not content:
                self._scan = (content, open_scan(content))
            self._drawn(self._scan[1].place(self._binder, index), words)
        except Unreadable as error:
            return str(error)
        return ""

    def _drawn(self, placed: Placed, words: str) -> None:
        size = A4 if placed.height >= placed.width else (A4[1], A4[0])
        room = (size[0] - 2 * BESIDE, size[1] - ABOVE - BELOW)
        scale = min(room[0] / placed.width, room[1] / placed.height)
        left = (size[0] - placed.width * scale) / 2
        low = BELOW + (room[1] - placed.height * scale) / 2
        self._page(size, placed, (left, low, scale), Foot(size[0], size[1], words, ""), framed=True)

    def _excused(self, leaf: Leaf, trouble: str, words: str) -> None:
        scan = leaf.scan
        lines = (
            "此附件没有合入卷宗",
            f"文件名：{leaf.title}",
            f"来　源：{leaf.source}",
            f"原　因：{trouble}",
            *((f"大　小：{scan.size:,} 字节", f"校验值（SHA-256）：{scan.sha256}") if scan else ()),
            "原文件仍保存在系统中，可在业务的“附件”页打开。",
        )
        self._page(A4, None, (0.0, 0.0, 1.0), Foot(A4[0], A4[1], words, "", lines))

    def _page(
        self,
        size: tuple[float, float],
        placed: Placed | None,
        where: tuple[float, float, float],
        foot: Foot,
        *,
        framed: bool = False,
    ) -> None:
        reference = self._binder.reserve()
        self._feet.append((reference, foot))
        drawing = b"" if placed is None else _placing(placed, where, framed)
        pictures = {FOOT: reference} | ({PAGE: placed.picture} if placed is not None else {})
        self._binder.page(size, pictures, drawing + FOOT.encode() + b" Do")

    def lay_feet(self, faces: Faces, volume: Volume) -> None:
        """Number and origin on every page."""
        total = len(self._feet)
        numbered = [
            foot._replace(number=f"卷内第 {at} 页 共 {total} 页", words=f"{volume.number}　{foot.words}")
            for at, (_, foot) in enumerate(self._feet, start=1)
        ]
        pages = pypdf.PdfReader(BytesIO(feet(numbered, faces))).pages
        seen: Seen = {}
        for (reference, _), page in zip(self._feet, pages, strict=True):
            self._binder.form(page, seen, reference)


def _placing(placed: Placed, where: tuple[float, float, float], framed: bool) -> bytes:
    """The operators that set a picture upright, at its scale, with its edge drawn."""
    left, low, scale = where
    edge = b"0.75 G 0.4 w %.2f %.2f %.2f %.2f re S\n" % (
        left,
        low,
        placed.width * scale,
        placed.height * scale,
    )
    place = b"%.5f 0 0 %.5f %.3f %.3f cm" % (scale, scale, left, low)
    upright = b" ".join(b"%.5f" % number for number in placed.matrix)
    code = b"q %s %s cm %s Do Q\n" % (place, upright, PAGE.encode())
    return code + (edge if framed else b"")


def _marks(parts: Sequence[Part], starts: Sequence[int]) -> Iterator[Mark]:
    """The outline: stages, and below them their papers."""
    numbered = zip(parts, starts, strict=True)
    for stage, group in groupby(numbered, key=lambda pair: pair[0].leaf.stage):
        below = [Mark(part.leaf.title, start) for part, start in group]
        yield Mark(stage, below[0].page, below)
