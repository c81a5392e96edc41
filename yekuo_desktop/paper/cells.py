"""Lays out one cell: how high it wants to be, and its marks once the row's height is known."""

from collections.abc import Callable
from typing import Any, NamedTuple

from yekuo_desktop.domain.field import Values
from yekuo_desktop.paper.charts import chart_height, chart_items, read_chart
from yekuo_desktop.paper.fitting import ANCHORS, ASCENT, Fitted, fit, lay, spread
from yekuo_desktop.paper.fonts import Faces
from yekuo_desktop.paper.form import Cell, Choice
from yekuo_desktop.paper.items import Fill, Frame, Item, QrPlace, Rule, SealPlace, Text, Tick
from yekuo_desktop.paper.template import fill
from yekuo_desktop.paper.units import mm

PAD_X, PAD_Y = 1.9 * mm, 1.1 * mm
LABEL_GREY = 0.955
LABEL_SCALE = 0.93  # labels are a little smaller than what is filled in
HAIR = 0.5  # points
RUNNING_TEXT = 110 * mm  # a cell this broad holds sentences: they are broken, hardly shrunk
TICK = 0.86  # side of a tick box in em


class Box(NamedTuple):
    """Where a cell lies, points, relative to its strip."""

    x: float
    y: float
    width: float
    height: float


class Wish(NamedTuple):
    """A laid-out cell: its least height in points, and how to draw it into a box."""

    height: float
    draw: Callable[[Box], list[Item]]


class Scene(NamedTuple):
    """What every cell may look at."""

    values: Values
    faces: Faces
    size: float  # of the form's text, points
    seal_diameter: float  # millimetres, 0 where no seal is registered
    memory: dict[Any, Any]
    """Laid-out rows of this printing: the same words in the same row look the same on every sheet."""


def wish(cell: Cell, width: float, scene: Scene) -> Wish:
    """The cell laid out for that width in points."""
    return _OF_KIND[cell.kind](cell, width, scene)


def _size(cell: Cell, scene: Scene, scale: float = 1.0) -> float:
    return cell.size or scene.size * scale


def _inner(width: float) -> float:
    return width - 2 * PAD_X


def _text(cell: Cell, width: float, scene: Scene) -> Wish:
    style = "bold" if cell.bold else "serif"
    text = fill(cell.text, scene.values).strip("\n")
    shrink = width < RUNNING_TEXT
    fitted = fit(text, _inner(width), style, _size(cell, scene), scene.faces, shrink=shrink)
    grey = 0.45 if cell.grey else 0.0

    def draw(box: Box) -> list[Item]:
        top = box.y + (box.height - fitted.height) / 2
        return [*lay(fitted, box.x + PAD_X, top, _inner(box.width), cell.align, scene.faces, grey)]

    return Wish(max(fitted.height + 2 * PAD_Y, cell.height * mm), draw)


def _label(cell: Cell, width: float, scene: Scene) -> Wish:
    size = _size(cell, scene, LABEL_SCALE)
    fitted = fit(cell.text, width - 1.6 * mm, "bold" if cell.bold else "serif", size, scene.faces)
    extra = spread(cell.text, size) if _room(cell.text, size, width) else 0.0

    def draw(box: Box) -> list[Item]:
        shade = Fill(box.x, box.y, box.width, box.height, LABEL_GREY)
        top = box.y + (box.height - fitted.height) / 2
        lines = lay(fitted, box.x + 0.8 * mm, top, box.width - 1.6 * mm, cell.align, scene.faces)
        return [shade, *(_spread_out(line, extra) for line in lines)]

    return Wish(fitted.height + 2 * PAD_Y, draw)


def _room(text: str, size: float, width: float) -> bool:
    return (len(text) * 2 - 1) * size < width - 5 * mm


def _spread_out(line: Text, extra: float) -> Text:
    shift = extra * (len(line.text) - 1) * line.anchor
    return line._replace(x=line.x - shift, spacing=extra) if extra else line


def _ticks(cell: Cell, width: float, scene: Scene) -> Wish:
    size = _size(cell, scene)
    after = fill(cell.text, scene.values)
    parts = [(_ticked(choice, cell, scene.values), choice.words) for choice in cell.choices]
    rows = _tick_rows(parts, after, _inner(width), size, scene.faces)
    step = size * 1.5

    def draw(box: Box) -> list[Item]:
        top = box.y + (box.height - step * len(rows)) / 2
        return [
            m
            for i, row in enumerate(rows)
            for m in _tick_row(row, box.x + PAD_X, top + i * step, size, scene.faces)
        ]

    return Wish(step * len(rows) + 2 * PAD_Y * 0.7, draw)


def _ticked(choice: Choice, cell: Cell, values: Values) -> bool:
    value = values.get(cell.key) or ""
    named = {v for c in cell.choices for v in c.values}
    return value in choice.values or bool("*" in choice.values and value and value not in named)


TickPart = tuple[bool | None, str]


def _tick_rows(
    parts: list[tuple[bool, str]], after: str, width: float, size: float, faces: Faces
) -> list[list[TickPart]]:
    """The choices, then the words after them, in rows that fit the width."""
    rows: list[list[TickPart]] = [[]]
    used = 0.0
    for part in (*parts, *([(None, after)] if after else [])):
        need = _tick_width(part, size, faces)
        if rows[-1] and used + need > width:
            rows.append([])
            used = 0.0
        rows[-1].append(part)
        used += need
    return rows


def _tick_width(part: TickPart, size: float, faces: Faces) -> float:
    return faces.width(part[1], "serif", size) + (size * 2.0 if part[0] is not None else size * 0.4)


def _tick_row(row: list[TickPart], x: float, top: float, size: float, faces: Faces) -> list[Item]:
    marks: list[Item] = []
    base = top + size * (0.25 + ASCENT)
    for part in row:
        ticked, words = part
        indent = 0.0
        if ticked is not None:
            marks.append(Tick(x, base - size * 0.8, size * TICK, ticked))
            indent = size * 1.15
        marks.append(Text(x + indent, base, words, "serif", size))
        x += _tick_width(part, size, faces)
    return marks


def _boxes(cell: Cell, width: float, scene: Scene) -> Wish:
    """One box for each digit. What has more digits than boxes is written across, whole."""
    value = fill("{" + cell.key + "}", scene.values)
    if len(value) > cell.count:
        return _text(Cell(text=value), width, scene)
    size = _size(cell, scene)
    pitch = min(_inner(width) / cell.count, 5.2 * mm)

    def draw(box: Box) -> list[Item]:
        side = min(box.height - 1.6 * mm, 6.2 * mm)
        top = box.y + (box.height - side) / 2
        marks: list[Item] = [
            Frame(box.x + PAD_X + i * pitch, top, pitch, side, HAIR * 0.8) for i in range(cell.count)
        ]
        base = top + side / 2 + size * 0.36
        middles = (box.x + PAD_X + pitch * (i + 0.5) for i in range(len(value)))
        widths = (scene.faces.width(char, "serif", size) for char in value)
        marks += [
            Text(x - wide / 2, base, char, "serif", size)
            for x, wide, char in zip(middles, widths, value, strict=True)
        ]
        return marks

    return Wish(max(7.6 * mm, cell.height * mm), draw)


def _sign(cell: Cell, width: float, scene: Scene) -> Wish:
    """Words at the top left, room for the hand, the date at the lower right."""
    size = _size(cell, scene)
    words = fit(fill(cell.text, scene.values), _inner(width), "serif", size, scene.faces)
    date = fill(cell.date, scene.values)

    def draw(box: Box) -> list[Item]:
        marks: list[Item] = [
            *lay(words, box.x + PAD_X, box.y + PAD_Y * 1.4, _inner(box.width), "left", scene.faces)
        ]
        if date:
            line = Fitted((date,), "serif", size)
            y = box.y + box.height - PAD_Y * 1.4 - line.height
            marks += lay(line, box.x + PAD_X, y, _inner(box.width) - 2 * mm, "right", scene.faces)
        return marks

    least = words.height + 2.8 * PAD_Y + (size * 1.36 + 4 * mm if date else 0)
    return Wish(max(least, cell.height * mm), draw)


def _line(cell: Cell, width: float, scene: Scene) -> Wish:
    """Words, then a line to write on, with the value on it where there is one."""
    size = _size(cell, scene)
    words = fill(cell.text, scene.values)
    start = scene.faces.width(words, "serif", size) + size * 0.3
    value = fit(fill(cell.date, scene.values), _inner(width) - start - 3 * mm, "serif", size, scene.faces)

    def draw(box: Box) -> list[Item]:
        middle = box.y + box.height / 2
        base = middle + size * 0.36
        x = box.x + PAD_X
        marks: list[Item] = [
            Text(x, base, words, "serif", size),
            Rule(x + start, base + 2.2, box.x + box.width - PAD_X, base + 2.2, HAIR),
        ]
        top = base - value.size * (0.18 + ASCENT) - (len(value.lines) - 1) * value.size * value.leading
        return (
            [*marks, *lay(value, x + start + 1.5 * mm, top, 0.0, "left", scene.faces)]
            if value.lines != ("",)
            else marks
        )

    return Wish(max(value.height + 2 * PAD_Y, cell.height * mm, 9 * mm), draw)


def _seal(cell: Cell, width: float, scene: Scene) -> Wish:
    """The words, and a ring of the seal's true size at the lower right, clear of the words."""
    size = _size(cell, scene)
    diameter = (scene.seal_diameter or cell.diameter) * mm
    words = fit(fill(cell.text, scene.values), _inner(width), "serif", size, scene.faces)
    date = fill(cell.date, scene.values)
    beside = _inner(width) >= diameter + max(scene.faces.width(w, "serif", size) for w in words.lines)
    room = diameter + 2 * PAD_Y + (0 if beside else words.height + PAD_Y)

    def draw(box: Box) -> list[Item]:
        x = box.x + box.width - diameter / 2 - PAD_X
        marks: list[Item] = [
            *lay(words, box.x + PAD_X, box.y + PAD_Y * 1.4, _inner(box.width), "left", scene.faces)
        ]
        if date:
            low = Fitted((date,), "serif", size)
            y = box.y + box.height - PAD_Y * 1.4 - low.height
            marks += lay(low, box.x + PAD_X, y, _inner(box.width), "left", scene.faces)
        spare = box.height - room if beside else 0.0
        return [*marks, SealPlace(x, box.y + box.height - PAD_Y - (diameter + spare) / 2, diameter)]

    return Wish(max(room, cell.height * mm), draw)


def _qr(cell: Cell, width: float, scene: Scene) -> Wish:
    side = min(cell.diameter * mm, _inner(width))
    size = _size(cell, scene, 0.76)
    note = fit(cell.text, _inner(width), "serif", size, scene.faces)

    def draw(box: Box) -> list[Item]:
        x = box.x + (box.width - side) * ANCHORS[cell.align]
        top = box.y + (box.height - side - note.height) / 2
        return [
            QrPlace(x, top, side),
            *lay(note, x - PAD_X, top + side, side + 2 * PAD_X, "center", scene.faces),
        ]

    return Wish(side + note.height + 2 * PAD_Y, draw)


def _chart(cell: Cell, width: float, scene: Scene) -> Wish:
    """The chart; nothing where the sheet has none."""
    chart, size = read_chart(scene.values.get(cell.key)), _size(cell, scene, 0.8)
    if chart is None:
        return Wish(cell.height * mm, lambda _box: [])
    least = max(chart_height(chart, size) + 2 * PAD_Y, cell.height * mm)

    def draw(box: Box) -> list[Item]:
        inner = Box(box.x + PAD_X, box.y + PAD_Y, _inner(box.width), box.height - 2 * PAD_Y)
        return chart_items(chart, *inner, size, scene.faces)

    return Wish(least, draw)


_OF_KIND: dict[str, Callable[[Cell, float, Scene], Wish]] = {
    "text": _text,
    "label": _label,
    "ticks": _ticks,
    "boxes": _boxes,
    "sign": _sign,
    "line": _line,
    "seal": _seal,
    "qr": _qr,
    "chart": _chart,
}
