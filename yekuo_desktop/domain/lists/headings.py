"""Which column of a list is which field: headings as real offices write them.

A heading is found in one row or in up to three (客户信息 over 户名, 证件号码), under any number of title
rows, in any order, with units, notes in brackets, required marks and line breaks in it.
"""

import re
from collections.abc import Iterable, Sequence

import msgspec

from yekuo_desktop.domain.field import Field, Kind
from yekuo_desktop.domain.lists.cells import Grid, folded

SEARCH_ROWS = 40  # a header stands within the first rows of its sheet
MAX_DEPTH = 3
ANSWER_HEADINGS = ("结果", "编号", "原因")
COUNTER_HEADINGS = frozenset({"序号", "行号", "no", "no.", "项次"})
_MARKS = re.compile(r"^[*★☆※✱#]+|[*★☆※✱:;,。.、]+$|^\d{1,2}[.、]")
_BRACKETS = re.compile(r"[(\[{【〔<《].*?[)\]}】〕>》]")
_UNITS = re.compile(r"[/_\-]?(kw|kva|千瓦|千伏安|单位)$")
_PARTS = re.compile(r"[/、,|]|或")
# Inside these groups a plain 姓名 or 电话 is the customer's; inside another person's it never is.
_CUSTOMER_GROUPS = ("customer_", "address_", "capacity", "equipment", "households")


class Column(msgspec.Struct, frozen=True):
    """One column of a list. ``field`` is None where the heading names none of ours."""

    at: int  # 0-based
    heading: str
    field: Field | None
    rank: int = 0  # how near the heading is to the field's label; 0 is the label itself


class Header(msgspec.Struct, frozen=True):
    """The header of a list: its rows (0-based, inclusive) and what its columns are."""

    top: int
    bottom: int
    columns: tuple[Column, ...]

    def claiming(self, key: str) -> tuple[Column, ...]:
        """The columns that carry a field, the nearest heading first."""
        found = (c for c in self.columns if c.field and c.field.key == key)
        return tuple(sorted(found, key=lambda column: (column.rank, column.at)))

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the list in the order of their first columns."""
        return tuple({c.field.key: c.field for c in self.columns if c.field}.values())


class Headings:
    """The headings a set of fields answers to."""

    def __init__(self, fields: Iterable[Field]) -> None:
        """Exact headings win over those got by leaving out brackets and units."""
        self._words: dict[str, tuple[Field, int]] = {}
        fields = tuple(fields)
        for field in fields:
            for rank, name in enumerate((field.label, field.key, *field.aliases)):
                self._words.setdefault(folded(name), (field, rank))
        for field in fields:
            for rank, name in enumerate((field.label, *field.aliases)):
                self._words.setdefault(bare(name), (field, rank))

    def match(self, heading: str) -> tuple[Field, int] | None:
        """The field a heading names, and how near it is."""
        whole = _MARKS.sub("", folded(heading))
        short = bare(whole)
        return self._words.get(whole) or self._words.get(short) or self._one_of(short)

    def _one_of(self, heading: str) -> tuple[Field, int] | None:
        """户名/客户名称 or 联系电话、手机: several headings in one cell, if they mean one field."""
        parts = _PARTS.split(heading)
        found = [hit for part in parts if part and (hit := self._words.get(part))]
        same = len({field.key for field, _ in found}) == 1
        return found[0] if len(parts) > 1 and same else None

    def under(self, parents: Sequence[str], leaf: str) -> tuple[Field, int] | None:
        """The field of a heading below others, e.g. 经办人 over 电话."""
        if not bare(leaf):
            return self.match(parents[-1]) if parents else None
        for parent in reversed(parents):
            joined = self.match(parent + leaf) or self.match(leaf + parent)
            if joined:
                return joined
            group = self.match(parent)
            if group and not group[0].key.startswith(_CUSTOMER_GROUPS):
                return self._of_group(group[0], leaf)
        return self.match(leaf)

    def _of_group(self, group: Field, leaf: str) -> tuple[Field, int] | None:
        """Under 代办人 or 法人: its name, or what the group's own label makes of the heading."""
        named = self.match(leaf)
        if group.kind is Kind.NAME and named and named[0].kind is Kind.NAME:
            return group, 1
        return self.match(group.label + leaf)


def bare(heading: str) -> str:
    """A heading without required marks, notes in brackets and units."""
    words = _BRACKETS.sub("", _MARKS.sub("", folded(heading)))
    return _UNITS.sub("", _MARKS.sub("", words))


def find_header(grid: Grid, headings: Headings, must: str) -> Header | None:
    """The header that names the most fields, ``must`` among them and at least one more.

    A header may be repeated further down: the highest counts that names more than half as many as the
    best, and of its blocks the deepest with the most, whose last row is no data.
    """
    found = [
        header
        for top in range(min(len(grid.rows), SEARCH_ROWS))
        if (header := _at(grid, top, headings, must))
    ]
    most = max((len(header.fields) for header in found), default=0)
    first = next((header for header in found if 2 * len(header.fields) > most), None)
    return _untitled(grid, first, headings, must) if first else None


def _untitled(grid: Grid, header: Header, headings: Headings, must: str) -> Header:
    """The header without a title above it: one text alone in its row, without which it says the same."""
    alone = sum(cell.kind != "empty" for cell in grid.rows[header.top]) == 1
    lower = _at(grid, header.top + 1, headings, must) if alone and header.top < header.bottom else None
    if lower is None or (lower.bottom, lower.fields) != (header.bottom, header.fields):
        return header
    return _untitled(grid, lower, headings, must)


def _at(grid: Grid, top: int, headings: Headings, must: str) -> Header | None:
    blocks = [header for header in _blocks(grid, top, headings) if header.claiming(must)]
    header = max(blocks, key=lambda block: (len(block.fields), block.bottom), default=None)
    return header if header and len(header.fields) > 1 else None


def other_header(grid: Grid, rows: Iterable[int], headings: Headings, must: Field) -> int | None:
    """The first of ``rows`` that is itself a header: a second table that the first one's columns misread."""
    words = frozenset((must.label, *must.aliases))
    suspects = (at for at in rows if any(cell.text in words for cell in grid.rows[at]))
    return next((at for at in suspects if _at(grid, at, headings, must.key)), None)


def best_guess(grid: Grid, headings: Headings) -> Header | None:
    """The row that names the most fields, whichever they are; to say what is missing from it."""
    rows = (next(iter(_blocks(grid, top, headings))) for top in range(min(len(grid.rows), SEARCH_ROWS)))
    return max(rows, key=lambda header: len(header.fields), default=None)


def _blocks(grid: Grid, top: int, headings: Headings) -> Iterable[Header]:
    """The headers that may start in row ``top``, one to three rows deep."""
    names = [_spread(grid, top)]
    yield Header(top, top, _columns(names, headings))
    for bottom in range(top + 1, min(top + MAX_DEPTH, len(grid.rows))):
        lower = _spread(grid, bottom)
        if not _continues(names[-1], lower, grid, bottom, headings):
            return
        names.append(lower)
        yield Header(top, bottom, _columns(names, headings))


def _spread(grid: Grid, row: int) -> list[str]:
    """The texts of a header row; a merged heading stands above every column it covers."""
    texts = [cell.text if cell.kind != "empty" else "" for cell in grid.rows[row]]
    for merge in grid.merges:
        if merge.top <= row <= merge.bottom and merge.left < len(grid.rows[merge.top]):
            text = grid.rows[merge.top][merge.left].text
            for at in range(merge.left, min(merge.right + 1, len(texts))):
                texts[at] = text
    return texts


def _continues(upper: list[str], lower: list[str], grid: Grid, row: int, headings: Headings) -> bool:
    """Whether ``lower`` is one more header row and not the first row of data.

    Below a heading that already names a field and stands over one column alone, a further header
    row is empty or says the same again; a row of data is filled there.
    """
    if any(cell.kind in ("number", "date", "bool") for cell in grid.rows[row]):
        return False
    news = 0
    for at, text in enumerate(lower):
        above = upper[at] if at < len(upper) else ""
        if not text or folded(text) == folded(above):
            continue
        if bare(text) and headings.match(above) and not _is_parent(upper, lower, at):
            return False
        news += headings.match(text) is not None or not bare(text)
    return news > 0


def _is_parent(upper: list[str], lower: list[str], at: int) -> bool:
    """Whether the heading over ``at`` covers several columns: merged, repeated, or followed by blanks."""
    beside = [n for n in (at - 1, at + 1) if 0 <= n < len(upper)]
    same = any(upper[n] == upper[at] for n in beside)
    blank = at + 1 < len(upper) and not upper[at + 1] and at + 1 < len(lower) and bool(lower[at + 1])
    return same or blank


def _columns(names: list[list[str]], headings: Headings) -> tuple[Column, ...]:
    width = max(map(len, names))
    return tuple(
        column for at in range(width) if (column := _column(_stack(names, at), at, headings)) is not None
    )


def _stack(names: list[list[str]], at: int) -> list[str]:
    """The headings over one column from top to bottom, each once; a blank parent is its neighbour's."""
    stack: list[str] = []
    for depth, row in enumerate(names):
        text = row[at] if at < len(row) else ""
        if not text and depth < len(names) - 1 and names[-1][at : at + 1] not in ([], [""]):
            text = next((row[n] for n in range(min(at, len(row)) - 1, -1, -1) if row[n]), "")
        if text and (not stack or folded(stack[-1]) != folded(text)):
            stack.append(text)
    return stack


def _column(stack: list[str], at: int, headings: Headings) -> Column | None:
    if not stack:
        return None
    shown = re.sub(r"\s+", "", stack[-1]) if bare(stack[-1]) else re.sub(r"\s+", "", "".join(stack[-2:]))
    hit = headings.under(stack[:-1], stack[-1])
    return Column(at, shown, hit[0] if hit else None, hit[1] if hit else 0)
