"""Draws placed marks on a reportlab canvas. Nothing here decides where anything stands."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, TypeVar

from yekuo_desktop.paper import charts, pen
from yekuo_desktop.paper.fitting import Fitted, lay
from yekuo_desktop.paper.fonts import PAGE_MARKS, Faces
from yekuo_desktop.paper.items import ChartPlace, Fill, Frame, Item, QrPlace, Rule, SealPlace, Text, Tick
from yekuo_desktop.paper.qr_art import qr_runs
from yekuo_desktop.paper.straddle import Slice

CODE_MODULES = 33  # a side with its quiet zone, for which the places in the forms are measured
RING_GREY, RING_LINE = 0.5, 0.6
ACROSS_COLOUR = (0.97, 0.86, 0.86)
MARKS = "".join(PAGE_MARKS.values())
Kind = TypeVar("Kind")
Resolve = Callable[[str], str]
"""Page numbers put into a text."""


class Painter:
    """Paints the pages of one document."""

    def __init__(self, canvas: Any, faces: Faces) -> None:
        self._canvas, self._faces = canvas, faces
        self._width = self._height = 0.0
        self._text = pen.TextPen(canvas._doc, faces)  # the document, for its font subsets

    def begin(self, width: float, height: float) -> None:
        """Start a page of that size in points."""
        self._width, self._height = width, height
        self._canvas.setPageSize((width, height))

    def fills(self, items: Iterable[Item]) -> None:
        """The grey behind labels, first of all."""
        self._canvas.addLiteral(pen.fills(_of(Fill, items), self._height))

    def across(self, words: str) -> None:
        """Large light words from corner to corner, under everything but the fills."""
        canvas = self._canvas
        size = 560 / max(len(words), 3)
        width = self._faces.width(words, "bold", size)
        canvas.saveState()
        canvas.translate(self._width / 2, self._height / 2)
        canvas.rotate(52)
        canvas.setFillColorRGB(*ACROSS_COLOUR)
        canvas.setFont("yekuo-bold", size)
        canvas.drawString(-width / 2, -size * 0.36, words)
        canvas.restoreState()

    def lines(self, items: Sequence[Item]) -> None:
        """Frames, rules and boxes that are not ticked."""
        strokes = [item for item in items if isinstance(item, Frame | Rule)]
        boxes = [pen.tick(item, self._height) for item in _of(Tick, items) if not item.ticked]
        self._canvas.addLiteral("\n".join((pen.lines(strokes, self._height), *boxes)))

    def ticks(self, boxes: Sequence[Tick]) -> None:
        """Boxes with their check marks."""
        self._canvas.addLiteral("\n".join(pen.tick(box, self._height) for box in boxes))

    def texts(self, items: Iterable[Item], resolve: Resolve) -> None:
        """All text of the page; page numbers are put in here."""
        texts = [self._numbered(item, resolve) for item in _of(Text, items) if item.text]
        self._canvas.addLiteral(self._text.page(texts, self._height))

    def _numbered(self, item: Text, resolve: Resolve) -> Text:
        """The text with page numbers, kept at its anchor although they may be wider."""
        if item.text.isascii() or not any(mark in item.text for mark in MARKS):
            return item
        text = resolve(item.text)
        old, new = (self._faces.width(t, item.style, item.size) for t in (item.text, text))
        return item._replace(text=text, x=item.x - (new - old) * item.anchor)

    def codes(self, items: Iterable[Item], text: str) -> None:
        """QR codes, drawn as vectors: sharp at any resolution. A longer text takes more room to the left
        and above, so that its modules are not smaller than a scanner sees."""
        for place in _of(QrPlace, items) if text else ():
            count, runs = qr_runs(text)
            size = place.size * max(1.0, count / CODE_MODULES)
            left, top = place.x - (size - place.size), place.y - (size - place.size)
            code = pen.code_squares(runs, left, self._height - top, size / count)
            self._canvas.addLiteral(code)

    def chart(self, place: ChartPlace) -> None:
        """Bars, lines and axes of a chart; its words are texts of the page."""
        charts.draw(self._canvas, place, self._height)

    def ring(self, place: SealPlace, words: Sequence[str]) -> None:
        """An empty dashed ring of the seal's size with its name, for the hand stamp."""
        self._dashed_ring(place)
        self.texts(self._ring_words(place, words), str)

    def _dashed_ring(self, place: SealPlace) -> None:
        canvas = self._canvas
        canvas.saveState()
        canvas.setStrokeGray(RING_GREY)
        canvas.setLineWidth(RING_LINE)
        canvas.setDash(2.4, 2.0)
        canvas.circle(place.x, self._height - place.y, place.diameter / 2)
        canvas.restoreState()

    def _ring_words(self, place: SealPlace, words: Sequence[str]) -> list[Item]:
        lines = Fitted(tuple(w for w in words if w), "serif", 8.0, 1.5)
        width = place.diameter * 0.86
        left, top = place.x - width / 2, place.y - lines.height / 2
        return [*lay(lines, left, top, width, "center", self._faces, 0.58)]

    def seal(self, place: SealPlace, form_name: str) -> None:
        """The registered picture at true size, over what it is put on."""
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(place.x - place.diameter / 2, self._height - place.y - place.diameter / 2)
        canvas.scale(place.diameter, place.diameter)
        canvas.doForm(form_name)
        canvas.restoreState()

    def straddle(self, part: Slice, form_name: str) -> None:
        """This page's part of the seal over the edges: of the picture, or of the ring for the hand stamp."""
        canvas, bottom = self._canvas, self._height - part.y - part.diameter
        canvas.saveState()
        window = canvas.beginPath()
        window.rect(part.x, bottom, part.width, part.diameter)
        canvas.clipPath(window, stroke=0, fill=0)
        middle = SealPlace(
            part.x - part.before + part.diameter / 2, part.y + part.diameter / 2, part.diameter
        )
        if form_name:
            self.seal(middle, form_name)
        else:
            self._dashed_ring(middle)
        canvas.restoreState()
        if not form_name:
            self.texts(self._straddle_words(part), str)

    def _straddle_words(self, part: Slice) -> list[Item]:
        """Down the part of a page, where there is room for a character."""
        lines = Fitted(tuple("骑缝章"), "serif", 7.0, 1.2)
        top = part.y + (part.diameter - lines.height) / 2
        return [*lay(lines, part.x, top, part.width, "center", self._faces, 0.58)]


def ticked(items: Sequence[Item]) -> Iterator[tuple[Tick, str]]:
    """The boxes that are ticked, each with the words beside it."""
    for box, words in pairwise(items):
        if isinstance(box, Tick) and box.ticked:
            yield box, words.text if isinstance(words, Text) else ""


def _of(kind: type[Kind], items: Iterable[Any]) -> list[Kind]:
    return [item for item in items if isinstance(item, kind)]
