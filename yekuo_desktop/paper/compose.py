"""Composes one sheet: a form and a snapshot become pages of placed marks. Pure geometry, no drawing."""

from collections.abc import Iterator
from typing import Any

from yekuo_desktop.domain.field import Values
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.paper.blocks import strips_of
from yekuo_desktop.paper.cells import Scene
from yekuo_desktop.paper.fonts import Faces
from yekuo_desktop.paper.form import Block, Form, Sets
from yekuo_desktop.paper.heads import first_head, later_head
from yekuo_desktop.paper.items import Page, Strip
from yekuo_desktop.paper.paginate import Area, paginate
from yekuo_desktop.paper.template import words
from yekuo_desktop.paper.units import mm

FOOTER = 11 * mm  # kept free above the bottom margin


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
    margin_code = bool(snapshot.qr) and not form.has_code
    top, running = first_head(form, scene, margin_code=margin_code), later_head(form, snapshot, scene)
    bottom = (form.page[1] - form.bottom) * mm - FOOTER
    area = Area(form.left * mm, form.width * mm, top.bottom, running.bottom, bottom)
    pages = paginate(*_parts(form, scene), area)
    tops = [top.items, *[running.items] * (len(pages) - 1)]
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
