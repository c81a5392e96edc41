"""Lists of applications, households or equipment out of spreadsheets: sheets in, rows of values out.

``read_list`` finds the header, skips what is no data (titles, blank rows, repeated headers, notes, totals)
and turns cells into values of the field catalogue. Every data row comes back, with what could not be
read in it; whether its values are right is for ``validate`` and the acts.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence

import msgspec

from yekuo_desktop.domain.field import Field, Kind, Values, filled
from yekuo_desktop.domain.lists.addresses import one_line
from yekuo_desktop.domain.lists.cells import Grid, folded, text_cell
from yekuo_desktop.domain.lists.headings import (
    ANSWER_HEADINGS,
    COUNTER_HEADINGS,
    SEARCH_ROWS,
    Column,
    Header,
    Headings,
    best_guess,
    find_header,
    other_header,
)
from yekuo_desktop.domain.lists.row_reader import ListRow, RowReader, Trade
from yekuo_desktop.domain.lists.rows import Skipped, carried_down, sort_rows

__all__ = ["ListError", "ListRow", "ListTable", "Trade", "read_list", "read_pasted", "row_digest"]

# What makes an application the same one when a list is sent again: who, where, what. A corrected
# phone or an added remark does not make it another.
IDENTIFYING = (
    "channel_reference",
    "account_no",
    "customer_name",
    "identity_number",
    "business",
    "capacity",
    "household_count",
    "household_capacity",
    "batch_capacity",
    "wished_date",
)
TELLING = (Kind.IDENTITY, Kind.MOBILE, Kind.CAPACITY)  # the columns hardly any list is without
DIGEST_TAG, ORDER_TAG = "yekuo-list-row-1", "yekuo-list-order-1"


class ListError(ValueError):
    """A table that is no list of ours; the message says what was looked for, in the clerk's words."""


class ListTable(msgspec.Struct, frozen=True, kw_only=True):
    """A list as read. ``grid`` is the sheet it came from, for the answer beside each row."""

    grid: Grid
    header: Header
    rows: tuple[ListRow, ...]
    skipped: tuple[Skipped, ...] = ()
    other_sheets: tuple[str, ...] = ()  # sheets that look like lists too and were not read

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that carry a field."""
        return tuple(column for column in self.header.columns if column.field)

    def typed(self, row: ListRow, field: str) -> str:
        """What stands in the sheet for a field of a row, as it was typed; the first that is filled."""
        cells = self.grid.rows[row.source_row - 1]
        texts = (cells[c.at].text.strip() for c in self.header.claiming(field) if c.at < len(cells))
        return next(filter(None, texts), "")

    @property
    def unknown(self) -> tuple[str, ...]:
        """Headings that name no field: kept in the answer, not read."""
        own = {folded(heading) for heading in ANSWER_HEADINGS} | COUNTER_HEADINGS
        return tuple(c.heading for c in self.header.columns if not c.field and folded(c.heading) not in own)

    @property
    def totals_skipped(self) -> int:
        """How many rows were totals."""
        return sum(row.why == "total" for row in self.skipped)


def read_list(
    grids: Iterable[Grid], fields: Sequence[Field], trade: Trade, must: str = "customer_name"
) -> ListTable:
    """The first sheet that has a header, read row by row. Raises ListError when none has."""
    headings = Headings(fields)
    sheets = tuple(grids)
    found = [(grid, header) for grid in sheets if (header := find_header(grid, headings, must))]
    if not found:
        raise ListError(_no_header(sheets, headings, fields, must))
    grid, header = found[0]
    kept, skipped = sort_rows(grid, header, must)
    second = other_header(grid, kept, headings, next(field for field in fields if field.key == must))
    if second is not None:
        raise ListError(f"第 {second + 1} 行又是一个表头,栏目和前面的不同;请把两张表分成两个文件")
    others = tuple(other.sheet for other, _ in found[1:])
    rows = _rows(grid, header, kept, RowReader(fields, header, trade))
    return ListTable(grid=grid, header=header, rows=rows, skipped=skipped, other_sheets=others)


def read_pasted(text: str, columns: Sequence[Field], trade: Trade, must: str = "name") -> ListTable:
    """Rows copied from a spreadsheet (tab-separated), with their heading or in the order of the columns."""
    lines = csv.reader(io.StringIO(text, newline=""), dialect="excel-tab")
    grid = Grid("", tuple(tuple(text_cell(cell) for cell in line) for line in lines))
    headings = Headings(columns)
    guess = best_guess(grid, headings)
    header = guess if guess and len(guess.fields) > 1 else _in_order(grid, columns)
    kept, skipped = sort_rows(grid, header, must)
    rows = _rows(grid, header, kept, RowReader(columns, header, trade))
    return ListTable(grid=grid, header=header, rows=rows, skipped=skipped)


def _in_order(grid: Grid, columns: Sequence[Field]) -> Header:
    """The header of a table without one; a leading column that only counts 1, 2, 3 is left out."""
    numbers = [row[0].text.strip() for row in grid.rows if row and row[0].kind != "empty"]
    counts = numbers == [str(at) for at in range(1, len(numbers) + 1)]
    wide = max(map(len, grid.rows), default=0) > len(columns)
    first = 1 if counts and wide else 0
    return Header(-1, -1, tuple(Column(at, f.label, f) for at, f in enumerate(columns, start=first)))


def _rows(grid: Grid, header: Header, kept: Sequence[int], reader: "RowReader") -> tuple[ListRow, ...]:
    carried = carried_down(grid, header)
    return tuple(
        reader.row(number, at + 1, grid.rows[at], carried.get(at, {}))
        for number, at in enumerate(kept, start=1)
    )


def row_digest(values: Values, defaults: Values) -> str:
    """A name for an application: the same for the same row however it is placed, spaced or split.

    ``defaults`` fill what the row does not say, as when it is accepted. The county is left out (an office
    serves one, and many lists do not name it), and an application that says nothing else is 新装.
    """
    own = {key: value for key, value in values.items() if filled(value)}
    merged = {"business": "new", **defaults, **own, "address_county": ""}
    parts = [folded(str(merged.get(key, "") or "")) for key in IDENTIFYING]
    text = "\x1f".join((DIGEST_TAG, one_line(merged), *parts))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def order_digest(values: Values) -> str:
    """A name for a work order of 95598: its own number says all."""
    text = f"{ORDER_TAG}\x1f{folded(str(values.get('channel_reference', '')))}"
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _no_header(sheets: Sequence[Grid], headings: Headings, fields: Sequence[Field], must: str) -> str:
    name = next(field for field in fields if field.key == must)
    also = "、".join(name.aliases[:4])
    wanted = f"“{name.label}”" + (f"(或{also})" if also else "")
    guesses = [(grid, guess) for grid in sheets if (guess := best_guess(grid, headings))]
    grid, guess = max(guesses, key=lambda pair: len(pair[1].fields), default=(None, None))
    if grid is None or guess is None:
        return "清单是空的"
    if len(guess.fields) > 1:
        where = f"工作表“{grid.sheet}”第 {guess.top + 1} 行"
        known = "、".join(field.label for field in guess.fields[:5])
        return f"{where}像是表头(有{known}),但没有{wanted}一栏"
    others = "、".join([field.label for field in fields if field.kind in TELLING][:3])
    return f"没有找到表头:前 {SEARCH_ROWS} 行里没有一行同时有{wanted}和其他栏目(如{others})"
