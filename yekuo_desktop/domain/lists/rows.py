"""Which rows below a header are data: blank rows, repeated headers, notes and totals are not."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from yekuo_desktop.domain.field import Kind
from yekuo_desktop.domain.lists.cells import Cell, Grid, Row, folded
from yekuo_desktop.domain.lists.headings import Header

Why = Literal["blank", "header", "note", "total"]
NUMBERS = (Kind.CAPACITY, Kind.COUNT, Kind.MONEY)
# A merged cell says the same of all its rows only for what rows share; a merged name or identity
# number means one customer over several rows, and a merged capacity is not each row's capacity.
OWN = ("customer_name", "identity_number", "name", "identity", "account_no", "channel_reference")
_TOTAL = re.compile(r"(本页|全部|以上)?(合计|总计|小计|共计|累计|总合计)([:(].*|[\d.]+.*)?")
_COUNT = re.compile(r"共?[\d.]+(户|人|件|家)?")
_NOTE = re.compile(
    r"(填表|填报|填写|制表|制单|审核|审批|复核|批准|负责|主管|经办|联系人|联系电话|说明|注|备注|附注|附|日期|时间|单位|报送|报装单位"
    r"|盖章|签字|签章|打印)[^:]{0,8}:.*|(注|说明|备注)\d*[、.].*|第\d+页.*|共\d+(户|条|页|行|件|人).*|[-—]*\d+/\d+[-—]*|以下空白|此页无正文"
)


class Skipped(msgspec.Struct, frozen=True):
    """A row that is no data. Blank rows are not mentioned."""

    source_row: int
    why: Why
    text: str


def sort_rows(grid: Grid, header: Header, must: str) -> tuple[list[int], tuple[Skipped, ...]]:
    """The 0-based rows that are data, and the others below the header that have content."""
    judge = _Judge(grid, header, must)
    kept: list[int] = []
    skipped: list[Skipped] = []
    for at in range(header.bottom + 1, len(grid.rows)):
        row = grid.rows[at]
        why = judge.why(at, row)
        if why is None:
            kept.append(at)
        elif why != "blank":
            skipped.append(Skipped(at + 1, why, next(c.text for c in row if c.kind != "empty").strip()))
    if kept and judge.sums(kept):
        skipped.append(Skipped(kept[-1] + 1, "total", ""))
        kept.pop()
    return kept, tuple(sorted(skipped, key=lambda row: row.source_row))


class _Judge:
    """Says of each row why it is no data. Knows the columns; remembers that the foot has begun."""

    def __init__(self, grid: Grid, header: Header, must: str) -> None:
        self._grid = grid
        self._columns = {c.at: c.field for c in header.columns if c.field}
        self._names = tuple(c.at for c in header.claiming(must))
        self._headings = _heading_words(grid, header)
        self._wide = {m.top: m for m in grid.merges if m.right - m.left >= 2}
        self._foot = False

    def why(self, at: int, row: Row) -> Why | None:
        """None for a row of data."""
        first = next((n for n, cell in enumerate(row) if cell.kind != "empty"), -1)
        if first < 0:
            return "blank"
        named = any(n != first and n < len(row) and _is_name(row[n]) for n in self._names)
        word = folded(row[first].text)
        if not named and _TOTAL.fullmatch(word):
            return "total"
        if not named and self._is_note(at, row, first, word):
            return "note"
        if self._repeats_header(row):
            return "header"
        return None if self._has_data(row) else "blank"

    def _is_note(self, at: int, row: Row, first: int, word: str) -> bool:
        alone = all(cell.kind == "empty" for cell in row[first + 1 :])
        if _NOTE.fullmatch(word):
            self._foot = True
            return True
        merge = self._wide.get(at)
        return alone and (self._foot or (merge is not None and merge.left == first))

    def _repeats_header(self, row: Row) -> bool:
        filled = [(at, cell) for at, cell in enumerate(row) if cell.kind != "empty"]
        return len(filled) > 1 and all(folded(cell.text) in self._headings.get(at, ()) for at, cell in filled)

    def _has_data(self, row: Row) -> bool:
        """Whether a column of ours is filled; numbering rows in advance fills none."""
        return any(at < len(row) and row[at].kind != "empty" for at in self._columns)

    def sums(self, kept: Sequence[int]) -> bool:
        """Whether the last row only has numbers and each is the sum of its column: a total without a word."""
        last = self._grid.rows[kept[-1]]
        filled = [at for at in self._columns if at < len(last) and last[at].kind != "empty"]
        numbers = all(self._columns[at].kind in NUMBERS and last[at].kind == "number" for at in filled)
        above = [self._grid.rows[at] for at in kept[:-1]]
        return bool(above and filled and numbers) and all(
            abs(_sum(row[at] for row in above if at < len(row)) - last[at].number) < 1e-6 for at in filled
        )


def _is_name(cell: Cell) -> bool:
    """Beside 合计 the name column may hold how many there are."""
    return cell.kind == "text" and not _COUNT.fullmatch(folded(cell.text))


def _sum(cells: Iterable[Cell]) -> float:
    return sum(cell.number for cell in cells if cell.kind == "number")


def _heading_words(grid: Grid, header: Header) -> dict[int, set[str]]:
    """What stands in each column of the header; merged headings in every column they cover."""
    words: dict[int, set[str]] = {column.at: {folded(column.heading)} for column in header.columns}
    for row in grid.rows[header.top : header.bottom + 1]:
        for at, cell in enumerate(row):
            words.setdefault(at, set()).add(folded(cell.text))
    return words


def carried_down(grid: Grid, header: Header) -> Mapping[int, Mapping[int, Cell]]:
    """By row and column, the cell of a merge above that also speaks for this row."""
    shared = {
        c.at for c in header.columns if c.field and c.field.key not in OWN and c.field.kind not in NUMBERS
    }
    carried: dict[int, dict[int, Cell]] = {}
    for merge in grid.merges:
        if merge.top <= header.bottom or merge.left not in shared or merge.left != merge.right:
            continue
        for at in range(merge.top + 1, min(merge.bottom + 1, len(grid.rows))):
            carried.setdefault(at, {})[merge.left] = grid.rows[merge.top][merge.left]
    return carried
