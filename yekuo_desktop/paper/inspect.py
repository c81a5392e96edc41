"""What a form shows for given values, without drawing it."""

from collections.abc import Iterator

from yekuo_desktop.domain.field import Values
from yekuo_desktop.paper.fonts import PAGE_MARKS
from yekuo_desktop.paper.form import Cell, Form
from yekuo_desktop.paper.template import keys_of, places, words

BY_HAND = frozenset({"label", "sign", "line", "seal", "qr"})
"""Cells whose places are named, or filled in with a pen."""


def shown_cells(form: Form, values: Values) -> Iterator[Cell]:
    """Every cell that is there for these values, in order; of a table its body."""
    for block in form.blocks:
        if block.condition.holds(values):
            for row in (*block.rows, *((block.table.body,) if block.table else ())):
                yield from row.cells if row.condition.holds(values) else ()


def shown_keys(form: Form) -> set[str]:
    """Every key whose value the form can show, whatever the values."""
    rows = (row for b in form.blocks for row in (*b.rows, *((b.table.body,) if b.table else ())))
    cells = (cell for row in rows for cell in row.cells)
    in_cells = {key for cell in cells if cell.kind != "label" for key in keys_of(cell)}
    tables = {b.table.rows for b in form.blocks if b.table}
    words = (*form.head.left, *form.head.right, *(line for b in form.blocks for line in (b.heading, *b.text)))
    return in_cells | tables | {key for line in words for key in places(line)} - set(PAGE_MARKS)


def blank_keys(form: Form, values: Values) -> tuple[str, ...]:
    """The keys the form has a printed place for and nothing to put there, each once."""
    rows = {block.table.rows: block.table.body for block in form.blocks if block.table}
    inside = {key for body in rows.values() for cell in body.cells for key in keys_of(cell)}
    asked = [
        key
        for cell in shown_cells(form, values)
        if cell.kind not in BY_HAND
        for key in sorted(keys_of(cell))
        if key not in inside
    ]
    return tuple(key for key in dict.fromkeys((*asked, *rows)) if not words(values.get(key)))
