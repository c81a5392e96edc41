"""Paper: a pure function of a frozen snapshot. The same jobs give the same bytes."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
from PIL import Image
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from yekuo_desktop.domain.papers import Print, Snapshot
from yekuo_desktop.paper.compose import compose
from yekuo_desktop.paper.draw import Painter, Resolve, ticked
from yekuo_desktop.paper.fonts import GETA, PAGE_MARKS, Faces
from yekuo_desktop.paper.form import Form
from yekuo_desktop.paper.items import ChartPlace, Item, Page, QrPlace, SealPlace, Text, moved
from yekuo_desktop.paper.marks import across, footer, stamp
from yekuo_desktop.paper.seal_picture import BadSealPicture, read_seal_picture
from yekuo_desktop.paper.straddle import slice_of
from yekuo_desktop.paper.tags import FIGURE, TEXT, TITLE, Tags
from yekuo_desktop.paper.units import mm

rl_config.useA85 = 0  # streams as bytes: text armour costs a fifth in size and a third of the time


class Job(msgspec.Struct, frozen=True):
    """One sheet to print: what it says, this printing of it, its form, and the seal's PNG if any."""

    snapshot: Snapshot
    printing: Print
    form: Form
    seal_picture: bytes | None = None


class PaperWarning(msgspec.Struct, frozen=True):
    """Something a person must know about a printed sheet. ``characters``: what no font could print."""

    sheet_no: str
    reason: str
    characters: str = ""


class Rendered(msgspec.Struct, frozen=True):
    """What was written: how many pages, and what a person must know about them."""

    pages: int
    warnings: list[PaperWarning]


def render(jobs: Sequence[Job], out: BinaryIO | Path, faces: Faces) -> Rendered:
    """Write the sheets, in order, as one PDF to ``out``. Empty ``jobs`` raises ``ValueError``.

    Raises ``FontsMissing``. A seal picture that cannot be used leaves the empty ring and a warning.
    """
    if not jobs:
        raise ValueError("nothing to print")
    with faces.lock:
        press = _Press(jobs, out, faces)
        return press.run()


class _Press:
    """One PDF being made."""

    def __init__(self, jobs: Sequence[Job], out: BinaryIO | Path, faces: Faces) -> None:
        self._jobs, self._faces = jobs, faces
        for name in ("serif", "bold"):
            faces.face(name)  # the canvas finds them by name
        self._canvas = _canvas(out, jobs)
        self._painter, self._tags = Painter(self._canvas, faces), Tags(self._canvas)
        self._memory: dict[Any, Any] = {}
        self._seals: dict[bytes, str] = {}
        self._pages = 0

    def run(self) -> Rendered:
        """Print everything; what a person must know about it."""
        found = [warning for job in self._jobs for warning in self._sheet(job)]
        self._tags.write()
        self._canvas.save()
        return Rendered(self._pages, found)

    def _sheet(self, job: Job) -> list[PaperWarning]:
        pages = compose(job.form, job.snapshot, self._faces, self._memory)
        seal, problem = self._seal(job)
        for place, page in enumerate(pages, 1):
            self._page(job, page, {"page": place, "pages": len(pages)}, seal)
        if job.form.duplex and len(pages) % 2 and job is not self._jobs[-1]:
            self._canvas.showPage()  # the next sheet begins on paper of its own
        return [*self._missing(job, pages), *_overflow(job, pages), *problem]

    def _page(self, job: Job, page: Page, numbers: dict[str, int], seal: str) -> None:
        paint, aside = self._painter, _aside(job.form, numbers["page"])
        items = tuple(moved(item, aside, 0.0) for item in page.items) if aside else page.items
        around = tuple(
            moved(item, aside, 0.0)
            for item in (
                *footer(job.form, job.snapshot, job.printing, self._faces),
                *stamp(job.form, job.printing, self._faces),
            )
        )
        numbers = {**numbers, "set_page": page.set_page, "set_pages": page.set_pages}
        paint.begin(*(side * mm for side in job.form.page))
        with self._tags.ink():
            paint.fills(items)
            words = across(job.snapshot, job.printing)
            if words:
                paint.across(words)
            paint.lines((*items, *around))
        self._say(job, items, around, lambda text: _with_numbers(text, numbers))
        self._stamp_seals(job, items, seal)
        with self._tags.ink():
            self._straddle(job, numbers, seal)
        self._canvas.showPage()
        self._pages += 1

    def _say(self, job: Job, items: Sequence[Item], around: Sequence[Item], resolve: Resolve) -> None:
        """Title, words, boxes that are ticked, and the code, as a screen reader will say them."""
        paint, tags = self._painter, self._tags
        titles = [item for item in items if isinstance(item, Text) and item.text == job.form.title][:1]
        if titles:
            with tags.marked(TITLE):
                paint.texts(titles, resolve)
        with tags.marked(TEXT):
            paint.texts([item for item in items if item not in titles], resolve)
        for tick, words in ticked(items):
            with tags.marked(FIGURE, f"已勾选:{words}"):
                paint.ticks([tick])
        for place in (item for item in items if isinstance(item, ChartPlace)):
            with tags.marked(FIGURE, place.spoken):
                paint.chart(place)
        code = job.printing.code or job.snapshot.qr
        if code and any(isinstance(item, QrPlace) for item in items):
            with tags.marked(FIGURE, f"二维码:{code}"):
                paint.codes(items, code)
        with tags.ink():
            paint.texts(around, resolve)

    def _stamp_seals(self, job: Job, items: Sequence[Item], seal: str) -> None:
        for place in (item for item in items if isinstance(item, SealPlace)):
            words = _ring_words(job.snapshot, place)
            with self._tags.marked(FIGURE, f"{'印章' if seal else '盖章处'}:{' '.join(words)}"):
                if seal:
                    self._painter.seal(place, seal)
                else:
                    self._painter.ring(place, words)

    def _straddle(self, job: Job, numbers: dict[str, int], seal: str) -> None:
        sheet, (width, height) = job.snapshot, job.form.page
        if not (sheet.seal_name and job.form.straddle):
            return
        diameter = sheet.seal_diameter_mm * mm
        part = slice_of(numbers["page"], numbers["pages"], diameter, width * mm, height * mm)
        if part is not None:
            self._painter.straddle(part, seal)

    def _seal(self, job: Job) -> tuple[str, list[PaperWarning]]:
        """The name of the seal picture inside the document, once for each picture."""
        data = job.seal_picture
        if data is None:
            return "", []
        try:
            return self._seals.get(data) or self._add_seal(data), []
        except BadSealPicture as error:
            return "", [PaperWarning(job.snapshot.sheet_no, f"{error}，留空印章位置")]

    def _add_seal(self, data: bytes) -> str:
        name = f"seal-{hashlib.sha256(data).hexdigest()[:16]}"
        _define_seal(self._canvas, name, read_seal_picture(data))
        self._seals[data] = name
        return name

    def _missing(self, job: Job, pages: Sequence[Page]) -> list[PaperWarning]:
        text = "".join(item.text for page in pages for item in page.items if isinstance(item, Text))
        missing = self._faces.coverage(text)
        if not missing:
            return []
        reason = f"有 {len(missing)} 个字没有字形，已印成 {GETA}，请手写补上"
        return [PaperWarning(job.snapshot.sheet_no, reason, missing)]


def _aside(form: Form, page: int) -> float:
    """How far a page on the back of the paper moves, in points: its binding edge is at the right."""
    return (form.right - form.left) * mm if form.duplex and page % 2 == 0 else 0.0


def _overflow(job: Job, pages: Sequence[Page]) -> list[PaperWarning]:
    """Whether a single row is higher than a whole page, so that its end lies below the margin."""
    bottom = (job.form.page[1] - job.form.bottom) * mm
    lowest = max((item.y for page in pages for item in page.items if isinstance(item, Text)), default=0.0)
    if lowest <= bottom:
        return []
    return [PaperWarning(job.snapshot.sheet_no, "有一栏内容比整页还长，末尾印不下，请缩短后重新出具")]


def texts_of(value: Any) -> Iterator[str]:
    """Every text inside a snapshot's values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for part in value.values() for text in texts_of(part))
    elif isinstance(value, list | tuple):
        yield from (text for part in value for text in texts_of(part))


def _canvas(out: BinaryIO | Path, jobs: Sequence[Job]) -> Any:
    """A canvas with its data set: title, author, language, and the time of printing as its date."""
    first = jobs[0]
    target = str(out) if isinstance(out, Path) else out
    canvas = Canvas(
        target,
        A4,
        invariant=1,
        pageCompression=1,
        pdfVersion=(1, 5),
        initialFontName="yekuo-serif",
        lang="zh-CN",
    )
    title = f"{first.form.title} {first.snapshot.sheet_no}"
    canvas.setTitle(title if len(jobs) == 1 else f"{title} 等 {len(jobs)} 张")
    canvas.setAuthor(first.snapshot.seal_unit or str(first.snapshot.values.get("county") or "供电企业"))
    canvas.setSubject(first.form.title)
    canvas.setCreator("yekuo_desktop")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    _date(canvas, first.printing.at)
    return canvas


def _date(canvas: Any, at: datetime) -> None:
    """The moment of printing instead of reportlab's fixed 2000-01-01 for repeatable files."""
    stamp = canvas._doc._timeStamp
    stamp.t = at.timestamp()
    stamp.lt = (*at.timetuple()[:6], 0, 0, 0)
    stamp.YMDhms = at.timetuple()[:6]
    offset = at.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    stamp.dhh, stamp.dmm = minutes // 60, minutes % 60


def _define_seal(canvas: Any, name: str, picture: Image.Image) -> None:
    """The picture as a unit square, stored once however many sheets carry it."""
    canvas.beginForm(name, 0, 0, 1, 1)
    canvas.drawImage(ImageReader(picture), 0, 0, 1, 1, mask="auto")
    canvas.endForm()


def _ring_words(snapshot: Snapshot, place: SealPlace) -> tuple[str, str]:
    return snapshot.seal_name or "供电企业印章", f"直径 {place.diameter * 25.4 / 72:.0f} mm"


def _with_numbers(text: str, numbers: dict[str, int]) -> str:
    for key, mark in PAGE_MARKS.items():
        text = text.replace(mark, str(numbers[key]))
    return text
