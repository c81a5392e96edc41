"""The head of a page: title, lines beside and below it, QR code; on later pages a running head."""

from typing import NamedTuple

from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.paper.cells import Scene
from yekuo_desktop.paper.fitting import Fitted, fit, lay
from yekuo_desktop.paper.fonts import Faces
from yekuo_desktop.paper.form import Form
from yekuo_desktop.paper.items import Item, QrPlace, Rule, Text, moved
from yekuo_desktop.paper.template import fill
from yekuo_desktop.paper.units import mm

TITLE_SPACE = 0.22  # em between the characters of a title
LINE = 5.0 * mm  # of the lines under the title
SMALL, NOTE = 9.5, 7.5  # points
CLEAR = 3 * mm  # kept between neighbours
MARGIN_CODE = 20 * mm  # the QR code of a form without a place for it, in the upper margin
FREE_EDGE = 6 * mm  # of the paper: every printer leaves that much blank


class Marks(NamedTuple):
    """What stands over the blocks, from the top of the sheet, and how far down it reaches."""

    items: list[Item]
    bottom: float


class _Lines(NamedTuple):
    """Lines of text at one side: the first in the room ``beside`` the title, the rest from ``under``."""

    templates: tuple[str, ...]
    align: str
    width: float
    beside: float
    under: float


def first_head(form: Form, scene: Scene, *, margin_code: bool = False) -> Marks:
    """Title in the middle, lines at the left and right, the QR code at the top right; with ``margin_code``
    above the form's own marks, which keep their heights."""
    head, width = form.head, form.width * mm
    side = MARGIN_CODE if margin_code else head.qr * mm
    title = _title(form, width, side + CLEAR if side else 0.0, scene.faces)
    under = 6.0 * mm + head.size * 0.9
    beside = title.x - CLEAR
    left = _lines(_Lines(head.left, "left", width, beside, under), scene)
    clear = side + CLEAR if side else 0.0
    right = _lines(_Lines(head.right, "right", width - clear, beside - clear, under), scene)
    code = _code(side, head.qr_note, width, scene.faces) if side else Marks([], 0.0)
    if margin_code:
        code = Marks([moved(mark, 0.0, FREE_EDGE - form.top * mm) for mark in code.items], 0.0)
    low = max(left.bottom, right.bottom, code.bottom, under + 2.5 * mm) + 2.0 * mm
    marks: list[Item] = [title, *left.items, *right.items, *code.items]
    return Marks([moved(m, form.left * mm, form.top * mm) for m in marks], form.top * mm + low)


def _title(form: Form, width: float, side: float, faces: Faces) -> Text:
    """The title with air between its characters, smaller where it would reach the QR code."""
    title, size = form.title, form.head.size
    broad = faces.width(title, "bold", size) + size * TITLE_SPACE * (len(title) - 1)
    size *= min(1.0, (width - 2 * side) / broad)
    spacing = size * TITLE_SPACE
    text = lay(Fitted((title,), "bold", size, 1.0), 0.0, 4.0 * mm, width, "center", faces)[0]
    return text._replace(x=text.x - spacing * (len(title) - 1) / 2, spacing=spacing)


def _lines(lines: _Lines, scene: Scene) -> Marks:
    marks: list[Item] = []
    y = 0.0
    for place, template in enumerate(lines.templates):
        y = max(y, lines.under) if place else 0.0
        room = lines.width * 0.8 if place else lines.beside
        line = fit(fill(template, scene.values), room, "serif", SMALL, scene.faces)
        marks += lay(line, 0.0, y, lines.width, lines.align, scene.faces)
        y += max(LINE, line.height)
    return Marks(marks, y)


def _code(side: float, note: str, width: float, faces: Faces) -> Marks:
    line = Fitted((note,), "serif", NOTE)
    below = lay(line, width - side, side + 0.6 * mm, side, "center", faces)
    return Marks([QrPlace(width - side, 0.0, side), *below], side + (4.0 * mm if note else 0))


def later_head(form: Form, snapshot: Snapshot, scene: Scene) -> Marks:
    """The head of later pages: title and number, so that a loose page finds home."""
    width, x, y = form.width * mm, form.left * mm, form.top * mm
    left = Fitted((form.title + "（续）",), "bold", SMALL + 0.5)
    number = f"申请编号 {snapshot.number}" if snapshot.number else f"单据号 {snapshot.sheet_no}"
    right = Fitted((number,), "serif", SMALL)
    marks: list[Item] = [
        *lay(left, x, y, width, "left", scene.faces),
        *lay(right, x, y, width, "right", scene.faces),
        Rule(x, y + 5.6 * mm, x + width, y + 5.6 * mm, 0.75),
    ]
    return Marks(marks, y + 8.4 * mm)
