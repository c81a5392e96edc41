"""Turns the blocks of a form into strips: slabs with their marks, ready to be put on pages."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reportlab.lib.units import mm

from yekuo_desktop.domain.field import Value, Values
from yekuo_desktop.paper.cells import HAIR, Box, Scene, Wish, wish
from yekuo_desktop.paper.fitting import LEADING, fit, justified, lay
from yekuo_desktop.paper.form import Block, Cell, Form, Row, Table
from yekuo_desktop.paper.items import Frame, Item, Strip
from yekuo_desktop.paper.lines import wrap
from yekuo_desktop.paper.template import fill

HEADING_SIZE = 11.0  # points
HEADING_HEIGHT = 6.6 * mm
PARAGRAPH_LEADING = 1.75  # running text in em


class Placed(NamedTuple):
    """A cell with its place in the grid of a block."""

    cell: Cell
    row: int
    column: int
    span: int


def strips_of(block: Block, form: Form, scene: Scene) -> list[Strip]:
    """The strips of one block, none where its condition does not hold."""
    if not block.condition.holds(scene.values):
        return []
    parts = [*_heading(block, form, scene), *_body(block, scene)]
    return [parts[0]._replace(gap=parts[0].gap + block.gap * mm), *parts[1:]] if parts else []


def _body(block: Block, scene: Scene) -> Iterator[Strip]:
    if block.text:
        yield from _paragraphs(block, scene)
    rows = [row for row in block.rows if row.condition.holds(scene.values)]
    yield from _grid(rows, block, scene)
    if block.table:
        yield from _table(block.table, block, scene)


def _heading(block: Block, form: Form, scene: Scene) -> Iterator[Strip]:
    if block.heading:
        fitted = fit(fill(block.heading, scene.values), form.width * mm, "bold", HEADING_SIZE, scene.faces)
        height = max(HEADING_HEIGHT, fitted.height)
        marks = lay(fitted, 0.0, height - fitted.height - 1.0 * mm, form.width * mm, "left", scene.faces)
        yield Strip(height, tuple(marks), keep=True)


def _grid(rows: list[Row], block: Block, scene: Scene) -> Iterator[Strip]:
    """One strip for each row, or for the rows that cells reaching down tie together."""
    placed = _place(rows, len(block.columns))
    start = 0
    while start < len(rows):
        end = _tied_until(placed, start)
        yield _slab([p for p in placed if start <= p.row < end], rows[start:end], start, block, scene)
        start = end


def _place(rows: list[Row], columns: int) -> list[Placed]:
    taken: set[tuple[int, int]] = set()
    placed: list[Placed] = []
    for r, row in enumerate(rows):
        free = [c for c in range(columns) if (r, c) not in taken]
        for i, cell in enumerate(row.cells):
            span = len(free) if i == len(row.cells) - 1 and not cell.span else max(cell.span, 1)
            placed.append(Placed(cell, r, free[0] if free else columns - 1, span))
            taken.update((r + d, c) for d in range(1, cell.down) for c in free[:span])
            free = free[span:]
    return placed


def _tied_until(placed: list[Placed], start: int) -> int:
    end = start + 1
    for p in placed:
        if start <= p.row < end:
            end = max(end, p.row + p.cell.down)
    return end


def _slab(placed: list[Placed], rows: list[Row], first: int, block: Block, scene: Scene) -> Strip:
    wishes = [wish(p.cell, _width(p, block) , scene) for p in placed]
    heights = [max(row.height or block.height, 0) * mm for row in rows]
    for p, w in sorted(zip(placed, wishes, strict=True), key=lambda pair: pair[0].cell.down):
        span = heights[p.row - first : p.row - first + p.cell.down]
        heights[p.row - first + len(span) - 1] += max(0.0, w.height - sum(span))
    marks = [m for p, w in zip(placed, wishes, strict=True) for m in _drawn(p, w, heights, first, block)]
    return Strip(sum(heights), tuple(marks), framed=block.frame)


def _width(p: Placed, block: Block) -> float:
    return sum(block.columns[p.column : p.column + p.span]) * mm


def _drawn(p: Placed, w: Wish, heights: list[float], first: int, block: Block) -> Iterator[Item]:
    row = p.row - first
    box = Box(
        sum(block.columns[: p.column]) * mm,
        sum(heights[:row]),
        _width(p, block),
        sum(heights[row : row + p.cell.down]),
    )
    yield from w.draw(box)
    if block.frame:
        yield Frame(*box, HAIR)


def _table(table: Table, block: Block, scene: Scene) -> Iterator[Strip]:
    head = tuple(_grid([Row(cells=table.head, height=table.height)], block, scene))
    rows = list(_filled_up(scene.values.get(table.rows) or [], table))
    if not rows:
        yield from head
    for place, values in enumerate(rows):
        breaks = bool(table.per_page and place and place % table.per_page == 0)
        first = place == 0
        strip = _row_strip(values, table, block, scene)
        if first:
            yield from (h._replace(keep=True) for h in head)
        yield strip._replace(head=() if first else head, new_page=breaks)


def _row_strip(values: Values, table: Table, block: Block, scene: Scene) -> Strip:
    row = Row(cells=table.body, height=table.height)
    return next(_grid([row], block, scene._replace(values=values)))


def _filled_up(rows: Iterable[Value], table: Table) -> Iterator[Values]:
    """The rows, numbered, then empty ones up to the least number and the end of the page."""
    count = 0
    for count, row in enumerate(rows, 1):
        yield {**row, "no": str(count)}
    wanted = max(table.least, count)
    if table.per_page:
        wanted = max(-(-wanted // table.per_page), 1) * table.per_page
    yield from ({} for _ in range(wanted - count))


def _paragraphs(block: Block, scene: Scene) -> Iterator[Strip]:
    """One strip for each line, so that a long text may run over pages."""
    for line in block.text:
        yield from _paragraph(fill(line, scene.values), block, scene)


def _paragraph(text: str, block: Block, scene: Scene) -> Iterator[Strip]:
    size = block.size or scene.size
    pad = 2.5 * mm if block.frame else 0.0
    width = sum(block.columns) * mm - 2 * pad
    indented = "\u3000" * int(block.indent) + text
    lines = tuple(wrap(indented, width, lambda part: scene.faces.width(part, "serif", size)))
    widths = [scene.faces.width(line, "serif", size) for line in lines]
    for line, space in zip(lines, justified(lines, widths, width, size), strict=True):
        fitted = fit(line, width + 1.0, "serif", size, scene.faces)._replace(leading=PARAGRAPH_LEADING)
        marks = lay(fitted, pad, 0.0, width, block.align, scene.faces)
        yield Strip(
            size * PARAGRAPH_LEADING, tuple(m._replace(spacing=space) for m in marks), framed=block.frame
        )


LINE_HEIGHT = LEADING
