"""Draws placed marks on a reportlab canvas. Nothing here decides where anything stands."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from reportlab.lib.units import mm

from yekuo_desktop.paper.fitting import Fitted, lay
from yekuo_desktop.paper.fonts import PAGE_MARKS, Faces
from yekuo_desktop.paper.form import PAGE_HEIGHT_MM, PAGE_WIDTH_MM
from yekuo_desktop.paper.items import Fill, Frame, Item, QrPlace, Rule, SealPlace, Text, Tick
from yekuo_desktop.paper.qr_art import qr_runs

HEIGHT, WIDTH = PAGE_HEIGHT_MM * mm, PAGE_WIDTH_MM * mm
RING_GREY, RING_LINE = 0.5, 0.6
MARKS = "".join(PAGE_MARKS.values())


class Painter:
    """Paints one sheet's pages on ``canvas``."""

    def __init__(self, canvas: Any, faces: Faces) -> None:
        self._canvas, self._faces = canvas, faces

    def fills(self, items: Iterable[Item]) -> None:
        """The grey behind labels, first of all."""
        grey = None
        for item in items:
            if isinstance(item, Fill):
                if item.grey != grey:
                    self._canvas.setFillGray(item.grey)
                    grey = item.grey
                self._canvas.rect(item.x, HEIGHT - item.y - item.height, item.width, item.height, stroke=0, fill=1)
        self._canvas.setFillGray(0)

    def across(self, words: str) -> None:
        """Large light words from corner to corner, under everything but the fills."""
        canvas = self._canvas
        size = 560 / max(len(words), 3)
        width = self._faces.width(words, "bold", size)
        canvas.saveState()
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(52)
        canvas.setFillColorRGB(0.97, 0.86, 0.86)
        canvas.setFont("yekuo-bold", size)
        canvas.drawString(-width / 2, -size * 0.36, words)
        canvas.restoreState()

    def lines(self, items: Iterable[Item]) -> None:
        """Frames, rules and tick boxes."""
        canvas = self._canvas
        width = 0.0
        for item in items:
            if isinstance(item, Frame | Rule):
                if item.line != width:
                    canvas.setLineWidth(item.line)
                    width = item.line
                if isinstance(item, Frame):
                    canvas.rect(item.x, HEIGHT - item.y - item.height, item.width, item.height)
                else:
                    canvas.line(item.x1, HEIGHT - item.y1, item.x2, HEIGHT - item.y2)
        for item in items:
            if isinstance(item, Tick):
                self._tick(item)

    def _tick(self, tick: Tick) -> None:
        canvas, side = self._canvas, tick.size
        bottom = HEIGHT - tick.y - side
        canvas.setLineWidth(0.6)
        canvas.rect(tick.x, bottom, side, side)
        if tick.ticked:
            canvas.setLineWidth(1.3)
            path = canvas.beginPath()
            path.moveTo(tick.x + side * 0.18, bottom + side * 0.52)
            path.lineTo(tick.x + side * 0.42, bottom + side * 0.22)
            path.lineTo(tick.x + side * 0.86, bottom + side * 0.86)
            canvas.drawPath(path)

    def texts(self, items: Iterable[Item], resolve: Callable[[str], str]) -> None:
        """All text of the page in one text object; page numbers are put in here."""
        pen = self._canvas.beginText()
        state: tuple[Any, ...] = ()
        for item in items:
            if isinstance(item, Text) and item.text:
                state = self._write(pen, self._numbered(item, resolve), state)
        self._canvas.drawText(pen)

    def _write(self, pen: Any, text: Text, state: tuple[Any, ...]) -> tuple[Any, ...]:
        pen.setTextOrigin(text.x, HEIGHT - text.y)
        wanted = (text.grey, text.spacing)
        if state[:2] != wanted:
            pen.setFillGray(text.grey)
            pen.setCharSpace(text.spacing)
        for font, part in self._faces.runs(text.text, text.style):
            if state[2:] != (font, text.size):
                pen.setFont(font, text.size)
            state = (*wanted, font, text.size)
            pen.textOut(part)
        return state

    def _numbered(self, item: Text, resolve: Callable[[str], str]) -> Text:
        """The text with page numbers, kept at its anchor although they may be wider."""
        if not any(mark in item.text for mark in MARKS):
            return item
        text = resolve(item.text)
        old, new = (self._faces.width(t, item.style, item.size) for t in (item.text, text))
        return item._replace(text=text, x=item.x - (new - old) * item.anchor)

    def codes(self, items: Iterable[Item], text: str) -> None:
        """QR codes, drawn as vectors: sharp at any resolution."""
        for item in items:
            if isinstance(item, QrPlace) and text:
                self._code(item, text)

    def _code(self, place: QrPlace, text: str) -> None:
        count, runs = qr_runs(text)
        side = place.size / count
        path = self._canvas.beginPath()
        for row, column, length in runs:
            path.rect(place.x + column * side, HEIGHT - place.y - (row + 1) * side, length * side, side)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def ring(self, place: SealPlace, words: Sequence[str]) -> None:
        """An empty dashed ring of the seal's size with its name, for the hand stamp."""
        canvas = self._canvas
        canvas.saveState()
        canvas.setStrokeGray(RING_GREY)
        canvas.setLineWidth(RING_LINE)
        canvas.setDash(2.4, 2.0)
        canvas.circle(place.x, HEIGHT - place.y, place.diameter / 2)
        canvas.restoreState()
        self.texts(self._ring_words(place, words), str)

    def _ring_words(self, place: SealPlace, words: Sequence[str]) -> list[Item]:
        lines = Fitted(tuple(w for w in words if w), "serif", 8.0, 1.5)
        width = place.diameter * 0.86
        left, top = place.x - width / 2, place.y - lines.height / 2
        return [*lay(lines, left, top, width, "center", self._faces, 0.58)]

    def seal(self, place: SealPlace, form_name: str) -> None:
        """The registered picture at true size, over what it is put on."""
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(place.x - place.diameter / 2, HEIGHT - place.y - place.diameter / 2)
        canvas.scale(place.diameter, place.diameter)
        canvas.doForm(form_name)
        canvas.restoreState()
