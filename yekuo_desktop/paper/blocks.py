"""Turns the blocks of a form into strips: slabs with their marks, ready to be put on pages."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from yekuo_desktop.domain.field import Value, Values
from yekuo_desktop.paper.cells import HAIR, Box, Scene, Wish, wish
from yekuo_desktop.paper.fitting import Fitted, fit, justified, lay
from yekuo_desktop.paper.form import Block, Cell, Form, Row, Table
from yekuo_desktop.paper.items import Frame, Item, Strip
from yekuo_desktop.paper.lines import wrap
from yekuo_desktop.paper.template import fill, keys_of
from yekuo_desktop.paper.units import mm

HEADING_SIZE = 11.0  # points
HEADING_HEIGHT = 6.2 * mm
_NUMBERED = re.compile(r"\d+[.、．] *")
PARAGRAPH_LEADING = 1.7  # running text in em


class Placed(NamedTuple):
    """A cell with its place in the grid of a block; the row counts within its group."""

    cell: Cell
    row: int
    column: int
    span: int


class Group(NamedTuple):
    """Rows that make one strip, and the keys of the values they show."""

    placed: list[Placed]
    rows: list[Row]
    keys: tuple[str, ...]


def strips_of(block: Block, form: Form, scene: Scene) -> list[Strip]:
    """The strips of one block, none where its condition does not hold."""
    if not block.condition.holds(scene.values):
        return []
    parts = [*_heading(block, form, scene), *_body(block, scene)]
    if block.together:
        parts = [part._replace(keep=True) for part in parts]
    if not parts:
        return []
    first = parts[0]._replace(gap=parts[0].gap + block.gap * mm, new_page=block.new_page or parts[0].new_page)
    return [first, *parts[1:]]


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
    for group in _groups(rows, block, scene):
        words = tuple(str(scene.values.get(key)) for key in group.keys)
        known = (id(group), scene.seal_diameter, words)
        if known not in scene.memory:
            scene.memory[known] = _slab(group, block, scene)
        yield scene.memory[known]


def _groups(rows: list[Row], block: Block, scene: Scene) -> list[Group]:
    """The rows of a block cut into groups, once for each choice of rows."""
    known = (id(block), *map(id, rows))
    if known not in scene.memory:
        scene.memory[known] = list(_cut(rows, block))
    found: list[Group] = scene.memory[known]
    return found


def _cut(rows: list[Row], block: Block) -> Iterator[Group]:
    placed = _place(rows, len(block.columns))
    start = 0
    while start < len(rows):
        end = _tied_until(placed, start)
        mine = [p._replace(row=p.row - start) for p in placed if start <= p.row < end]
        keys = tuple({key for p in mine for key in keys_of(p.cell)})
        yield Group(mine, rows[start:end], keys)
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


def _slab(group: Group, block: Block, scene: Scene) -> Strip:
    wishes = [wish(p.cell, _width(p, block), scene) for p in group.placed]
    heights = [(row.height or block.height) * mm for row in group.rows]
    pairs = list(zip(group.placed, wishes, strict=True))
    for p, w in sorted(pairs, key=lambda pair: pair[0].cell.down):
        last = min(p.row + p.cell.down, len(heights)) - 1
        heights[last] += max(0.0, w.height - sum(heights[p.row : last + 1]))
    marks = [m for p, w in pairs for m in _drawn(p, w, heights, block)]
    return Strip(sum(heights), tuple(marks), framed=block.frame, keep=_banner(group))


def _banner(group: Group) -> bool:
    """Whether it is the heading of what follows: one label over the whole width, never left at the foot of
    a page."""
    return len(group.placed) == 1 and group.placed[0].cell.kind == "label"


def _width(p: Placed, block: Block) -> float:
    return sum(block.columns[p.column : p.column + p.span]) * mm


def _drawn(p: Placed, w: Wish, heights: list[float], block: Block) -> Iterator[Item]:
    box = Box(
        sum(block.columns[: p.column]) * mm,
        sum(heights[: p.row]),
        _width(p, block),
        sum(heights[p.row : p.row + p.cell.down]),
    )
    yield from w.draw(box)
    if block.frame:
        yield Frame(*box, HAIR)


def _table(table: Table, block: Block, scene: Scene) -> Iterator[Strip]:
    head = tuple(_grid([table.head], block, scene))
    rows = list(_filled_up(scene.values.get(table.rows) or [], table))
    if not rows:
        yield from head
    for place, values in enumerate(rows):
        breaks = bool(table.per_page and place and place % table.per_page == 0)
        first = place == 0
        strip = next(_grid([table.body], block, scene._replace(values=values)))
        if first:
            yield from (h._replace(keep=True) for h in head)
        yield strip._replace(head=() if first else head, new_page=breaks)


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
    """A paragraph; one that begins with a number hangs from it."""
    size = block.size or scene.size
    left = 2.5 * mm if block.frame else 0.0
    width = sum(block.columns) * mm - 2 * left
    number, rest = _number(text) if not block.indent else ("", text)
    hang = scene.faces.width(number, "serif", size)
    lines = _lines("\u3000" * int(block.indent) + rest, width - hang, size, scene)
    for place, (line, space) in enumerate(lines):
        fitted = Fitted((line,), "serif", size, PARAGRAPH_LEADING)
        marks: list[Item] = [
            m._replace(spacing=space)
            for m in lay(fitted, left + hang, 0.0, width - hang, block.align, scene.faces)
        ]
        if number and not place:
            marks += lay(fitted._replace(lines=(number,)), left, 0.0, width, "left", scene.faces)
        yield Strip(size * PARAGRAPH_LEADING, tuple(marks), framed=block.frame)


def _number(text: str) -> tuple[str, str]:
    found = _NUMBERED.match(text)
    return (found.group(0), text[found.end() :]) if found else ("", text)


def _lines(text: str, width: float, size: float, scene: Scene) -> list[tuple[str, float]]:
    """Each line with the spacing that makes both margins even."""
    lines = tuple(wrap(text, width, lambda part: scene.faces.width(part, "serif", size)))
    widths = [scene.faces.width(line, "serif", size) for line in lines]
    return list(zip(lines, justified(lines, widths, width, size), strict=True))
