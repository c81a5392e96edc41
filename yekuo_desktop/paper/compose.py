"""Composes one sheet: a form and a snapshot become pages of placed marks. Pure geometry, no drawing."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from yekuo_desktop.domain.field import Values
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.paper.blocks import strips_of
from yekuo_desktop.paper.cells import Scene
from yekuo_desktop.paper.fitting import Fitted, fit, lay
from yekuo_desktop.paper.fonts import Faces
from yekuo_desktop.paper.form import Block, Form, Sets
from yekuo_desktop.paper.items import Item, Page, QrPlace, Rule, Strip, moved
from yekuo_desktop.paper.paginate import Area, paginate
from yekuo_desktop.paper.template import fill, words
from yekuo_desktop.paper.units import mm

FOOTER = 11 * mm  # kept free above the bottom margin
TITLE_SPACE = 0.22  # em between the characters of a title
LINE = 5.0 * mm  # of the lines under the title
SMALL = 9.5  # points
NOTE = 7.5


class _Marks(NamedTuple):
    """What stands over the blocks, from the top of the sheet, and how far down it reaches."""

    items: list[Item]
    bottom: float


def compose(form: Form, snapshot: Snapshot, faces: Faces, memory: dict[Any, Any] | None = None) -> list[Page]:
    """The pages of a sheet, in order. ``memory`` is shared by sheets printed together."""
    memory = {} if memory is None else memory
    base = {**snapshot.values, **_sheet_values(snapshot)}
    pages: list[Page] = []
    for values in _sets(form.sets, base):
        scene = Scene(values, faces, form.size, snapshot.seal_diameter_mm, memory)
        pages += _set_pages(form, snapshot, scene)
    return pages


def _sheet_values(snapshot: Snapshot) -> Values:
    """What every form may show besides the snapshot's own values."""
    return {
        "number": snapshot.number,
        "sheet_no": snapshot.sheet_no,
        "issued": f"{snapshot.issued:%Y-%m-%d %H:%M}",
        "issued_by": snapshot.issued_by,
        "seal_name": snapshot.seal_name,
        "seal_unit": snapshot.seal_unit,
    }


def _sets(sets: Sets | None, values: Values) -> Iterator[Values]:
    """The values of each set of pages; without sets, just one."""
    rows = (values.get(sets.rows) or []) if sets else []
    if not sets or not rows:
        yield values
        return
    groups: dict[tuple[str, ...], list[Values]] = {}
    for row in rows:
        groups.setdefault(tuple(words(row.get(key)) for key in sets.by), []).append(row)
    for group, members in groups.items():
        yield {**values, **dict(zip(sets.by, group, strict=True)), sets.rows: members}


def _set_pages(form: Form, snapshot: Snapshot, scene: Scene) -> list[Page]:
    head, running = _head(form, snapshot, scene), _running_head(form, snapshot, scene)
    bottom = (form.page[1] - form.bottom) * mm - FOOTER
    area = Area(form.left * mm, form.width * mm, head.bottom, running.bottom, bottom)
    pages = paginate(*_parts(form, scene), area)
    tops = [head.items, *[running.items] * (len(pages) - 1)]
    return [
        Page((*top, *items), place, len(pages))
        for place, (top, items) in enumerate(zip(tops, pages, strict=True), 1)
    ]


def _parts(form: Form, scene: Scene) -> tuple[list[Strip], list[Strip], list[Strip]]:
    """Strips for the top of every page, the body, the foot of every page."""
    first = next((i for i, b in enumerate(form.blocks) if not b.each_page), len(form.blocks))
    tops = list(form.blocks[:first])
    feet = [b for b in form.blocks[first:] if b.each_page]
    body = [b for b in form.blocks[first:] if not b.each_page]
    return _strips(tops, form, scene), _strips(body, form, scene), _strips(feet, form, scene)


def _strips(blocks: list[Block], form: Form, scene: Scene) -> list[Strip]:
    return [strip for block in blocks for strip in strips_of(block, form, scene)]


def _head(form: Form, snapshot: Snapshot, scene: Scene) -> _Marks:
    """Title in the middle, lines at the left and right, the QR code at the top right."""
    head, width, top = form.head, form.width * mm, form.top * mm
    side = head.qr * mm
    marks: list[Item] = _title(form.title, head.size, width, side, scene.faces)
    under = 6.0 * mm + head.size * 0.9
    if head.subtitle:
        line = Fitted((fill(head.subtitle, scene.values),), "serif", SMALL + 1)
        marks += lay(line, 0.0, under - 1.0 * mm, width, "center", scene.faces)
        under += 4.6 * mm
    left = _lines(head.left, "left", under, width, scene)
    right = _lines(head.right, "right", under, width - (side + 3 * mm if side else 0), scene)
    code = _code(side, head.qr_note, width, scene.faces) if side else _Marks([], 0.0)
    low = max(left.bottom, right.bottom, code.bottom, under + 2.5 * mm) + 2.0 * mm
    placed = [moved(m, form.left * mm, top) for m in (*marks, *left.items, *right.items, *code.items)]
    return _Marks(placed, top + low)


def _title(title: str, size: float, width: float, side: float, faces: Faces) -> list[Item]:
    room = width - 2 * (side + 4 * mm if side else 0)
    broad = faces.width(title, "bold", size) + size * TITLE_SPACE * (len(title) - 1)
    scale = min(1.0, room / broad)
    line = Fitted((title,), "bold", size * scale, 1.0)
    spacing = size * scale * TITLE_SPACE
    text = lay(line, 0.0, 4.0 * mm, width, "center", faces)[0]
    return [text._replace(x=text.x - spacing * (len(title) - 1) / 2, spacing=spacing)]


def _lines(templates: tuple[str, ...], align: str, under: float, width: float, scene: Scene) -> _Marks:
    """The first line stands at the very top, beside the title; the others below the title."""
    marks: list[Item] = []
    y = 0.0
    for place, template in enumerate(templates):
        text = fill(template, scene.values)
        y = 0.0 if place == 0 else max(y, under)
        if not text.strip():
            y += LINE if place else 0.0
            continue
        line = fit(text, width * (0.42 if place == 0 else 0.8), "serif", SMALL, scene.faces)
        marks += lay(line, 0.0, y, width, align, scene.faces)
        y += max(LINE, line.height)
    return _Marks(marks, y)


def _code(side: float, note: str, width: float, faces: Faces) -> _Marks:
    line = Fitted((note,), "serif", NOTE)
    middle = lay(line, width - side, side + 0.6 * mm, side, "center", faces)
    return _Marks([QrPlace(width - side, 0.0, side), *middle], side + (4.0 * mm if note else 0))


def _running_head(form: Form, snapshot: Snapshot, scene: Scene) -> _Marks:
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
    return _Marks(marks, y + 8.4 * mm)
