"""Lists of applications, households or equipment out of spreadsheets: sheets in, rows of values out.

``read_list`` finds the header, skips what is no data (titles, blank rows, repeated headers, notes, totals)
and turns cells into values of the field catalogue. Every data row comes back, with what could not be
read in it; whether its values are right is for ``validate`` and the acts.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from yekuo_desktop.domain import checks
from yekuo_desktop.domain.codes import CodeTable
from yekuo_desktop.domain.field import Field, Kind, Problem, Value, Values, filled
from yekuo_desktop.domain.list_addresses import DOOR, NOWHERE, Places, one_line, split
from yekuo_desktop.domain.list_cells import EMPTY, Cell, Grid, folded, text_cell
from yekuo_desktop.domain.list_headings import (
    ANSWER_HEADINGS,
    COUNTER_HEADINGS,
    SEARCH_ROWS,
    Column,
    Header,
    Headings,
    bare,
    best_guess,
    find_header,
    other_header,
)
from yekuo_desktop.domain.list_rows import Skipped, carried_down, sort_rows
from yekuo_desktop.domain.list_values import (
    Reader,
    Unreadable,
    business_in_class,
    class_in_business,
    code_words,
    document_word,
    reader_of,
)

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
DIGEST_TAG = "yekuo-list-row-1"
WHOLE_ADDRESS = ("地址", "住址", "地点")  # endings of headings over an address in one piece
PHONES = (("mobile", "landline"), ("agent_mobile", "agent_landline"))


class ListError(ValueError):
    """A table that is no list of ours; the message says what was looked for, in the clerk's words."""


class ListRow(msgspec.Struct, frozen=True):
    """One data row. ``row`` counts data rows from 1, ``source_row`` is its row in the sheet."""

    row: int
    source_row: int
    values: dict[str, Value]
    problems: tuple[Problem, ...] = ()


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

    @property
    def unknown(self) -> tuple[str, ...]:
        """Headings that name no field: kept in the answer, not read."""
        own = {folded(heading) for heading in ANSWER_HEADINGS} | COUNTER_HEADINGS
        return tuple(c.heading for c in self.header.columns if not c.field and folded(c.heading) not in own)

    @property
    def totals_skipped(self) -> int:
        """How many rows were totals."""
        return sum(row.why == "total" for row in self.skipped)


class Trade(msgspec.Struct, frozen=True, kw_only=True):
    """What reading looks up besides the fields."""

    codes: Mapping[str, CodeTable]
    today: date
    places: Places = NOWHERE


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
    rows = _rows(grid, header, kept, _RowReader(fields, header, trade))
    return ListTable(grid=grid, header=header, rows=rows, skipped=skipped, other_sheets=others)


def read_pasted(text: str, columns: Sequence[Field], trade: Trade, must: str = "name") -> ListTable:
    """Rows copied from a spreadsheet (tab-separated), with their heading or in the order of the columns."""
    lines = csv.reader(io.StringIO(text, newline=""), dialect="excel-tab")
    grid = Grid("", tuple(tuple(text_cell(cell) for cell in line) for line in lines))
    headings = Headings(columns)
    guess = best_guess(grid, headings)
    header = guess if guess and len(guess.fields) > 1 else _in_order(grid, columns)
    kept, skipped = sort_rows(grid, header, must)
    rows = _rows(grid, header, kept, _RowReader(columns, header, trade))
    return ListTable(grid=grid, header=header, rows=rows, skipped=skipped)


def _in_order(grid: Grid, columns: Sequence[Field]) -> Header:
    """The header of a table without one; a leading column that only counts 1, 2, 3 is left out."""
    numbers = [row[0].text.strip() for row in grid.rows if row and row[0].kind != "empty"]
    counts = numbers == [str(at) for at in range(1, len(numbers) + 1)]
    wide = max(map(len, grid.rows), default=0) > len(columns)
    first = 1 if counts and wide else 0
    return Header(-1, -1, tuple(Column(at, f.label, f) for at, f in enumerate(columns, start=first)))


def _rows(grid: Grid, header: Header, kept: Sequence[int], reader: "_RowReader") -> tuple[ListRow, ...]:
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


class _Claim(msgspec.Struct, frozen=True):
    """The columns that give one field, the nearest heading first, and how their cells are read."""

    field: Field
    columns: tuple[tuple[Column, Reader], ...]


class _RowReader:
    """Reads data rows under one header. What depends on the columns only is worked out once."""

    def __init__(self, fields: Sequence[Field], header: Header, trade: Trade) -> None:
        self._trade = trade
        self._known = frozenset(field.key for field in fields)
        self._whole = tuple(c for c in header.claiming(DOOR) if bare(c.heading).endswith(WHOLE_ADDRESS))
        self._claims = tuple(self._claim(field, header) for field in header.fields)
        self._documents = code_words(trade.codes["documents"]) if "documents" in trade.codes else {}

    def _claim(self, field: Field, header: Header) -> _Claim:
        columns = tuple(c for c in header.claiming(field.key) if c not in self._whole)
        read = ((c, reader_of(field, c.heading, self._trade.codes, self._trade.today)) for c in columns)
        return _Claim(field, tuple(read))

    def row(
        self, number: int, source_row: int, cells: Sequence[Cell], carried: Mapping[int, Cell]
    ) -> ListRow:
        """One row; ``carried`` are the cells a merged cell above covers."""
        if carried:
            cells = [carried.get(at, cell) for at, cell in enumerate(cells)]
        values: dict[str, Value] = {}
        problems: list[Problem] = []
        for claim in self._claims:
            try:
                value = _one_value(claim, cells)
            except Unreadable as error:
                problems.append(Problem(claim.field.key, str(error)))
                continue
            if value != "":
                values[claim.field.key] = value
        self._complete(values, cells)
        return ListRow(number, source_row, values, tuple(problems))

    def _complete(self, values: dict[str, Any], cells: Sequence[Cell]) -> None:
        """What follows from the cells taken together: address parts, kind of paper, landlines, class."""
        self._address(values, cells)
        self._document(values)
        for mobile, landline in PHONES:
            if mobile in values and landline in self._known:
                _move_landline(values, mobile, landline)
        if "klass" not in values and values.get("business"):
            self._class(values, cells)
        elif "klass" in values and "business" not in values:
            self._business(values, cells)

    def _address(self, values: dict[str, Any], cells: Sequence[Cell]) -> None:
        whole = next((text for c in self._whole if (text := checks.normalise(_text(cells, c.at)))), "")
        if not whole:
            return
        door = values.pop(DOOR, "")
        parts = split(whole, values, self._trade.places)
        rest = parts.pop(DOOR)
        values.update(parts)
        joined = rest if rest.endswith(door) else rest + door
        if joined:
            values[DOOR] = joined

    def _document(self, values: dict[str, Any]) -> None:
        number = values.get("identity_number")
        if not number or "identity_kind" in values:
            return
        word = self._documents.get(document_word(number))
        if word:
            values["identity_kind"] = word

    def _business(self, values: dict[str, Any], cells: Sequence[Cell]) -> None:
        """低压居民增容 in the class column says the business as well: an increase is no new connection."""
        claim = next(claim for claim in self._claims if claim.field.key == "klass")
        words = (business_in_class(_text(cells, column.at)) for column, _ in claim.columns)
        business = next(filter(None, words), "")
        if business and "business" in self._known:
            values["business"] = business

    def _class(self, values: dict[str, Any], cells: Sequence[Cell]) -> None:
        claim = next(claim for claim in self._claims if claim.field.key == "business")
        words = (class_in_business(_text(cells, column.at)) for column, _ in claim.columns)
        klass = next(filter(None, words), "")
        if klass:
            values["klass"] = klass


def _text(cells: Sequence[Cell], at: int) -> str:
    return cells[at].text if at < len(cells) else ""


def _one_value(claim: _Claim, cells: Sequence[Cell]) -> Value:
    """The value of a field; two columns may give it, if they do not contradict each other.

    Raises Unreadable for a cell that cannot be read, and for a contradiction.
    """
    found: Value = ""
    source = ""
    for column, read in claim.columns:
        cell = cells[column.at] if column.at < len(cells) else EMPTY
        value = "" if cell.kind == "empty" else read(cell)
        if value != "" and found not in ("", value):
            both = f"“{source}”和“{column.heading}”两栏"
            raise Unreadable(f"{both}都是{claim.field.label},内容不一致,请只填一栏")
        if value != "":
            found, source = value, column.heading
    return found


def _move_landline(values: dict[str, Any], mobile: str, landline: str) -> None:
    """联系电话 is read as a mobile number; offices also write landlines there."""
    number = values[mobile]
    if landline not in values and checks.mobile(number) and checks.landline(number) is None:
        values[landline] = values.pop(mobile)
