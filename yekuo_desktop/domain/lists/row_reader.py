"""One data row of a list under its header: cells into values of the field catalogue."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain import checks
from yekuo_desktop.domain.codes import CodeTable
from yekuo_desktop.domain.field import Field, Problem, Value
from yekuo_desktop.domain.lists.addresses import DOOR, NOWHERE, Places, split
from yekuo_desktop.domain.lists.cells import EMPTY, Cell
from yekuo_desktop.domain.lists.headings import Column, Header, bare
from yekuo_desktop.domain.lists.values import (
    Reader,
    Unreadable,
    business_in_class,
    class_in_business,
    code_words,
    document_word,
    reader_of,
)

WHOLE_ADDRESS = ("地址", "住址", "地点")  # endings of headings over an address in one piece
PHONES = (("mobile", "landline"), ("agent_mobile", "agent_landline"))


class ListRow(msgspec.Struct, frozen=True):
    """One data row. ``row`` counts data rows from 1, ``source_row`` is its row in the sheet. ``said``: what
    the sheet says, where a person mended the row since; ``sound``: it could have been taken as it was, so
    that it is known by what the sheet says; ``left_out``: it is not wanted."""

    row: int
    source_row: int
    values: dict[str, Value]
    problems: tuple[Problem, ...] = ()
    said: dict[str, Value] | None = None
    sound: bool = False
    left_out: bool = False

    @property
    def known_by(self) -> dict[str, Value]:
        """The values that tell whether it comes again."""
        return self.said if self.said is not None and self.sound else self.values

    def mended(self, values: dict[str, Value], *, sound: bool) -> "ListRow":
        """The row with other values; what could not be read in it is settled by them."""
        if self.said is not None:
            return replace(self, values=values, problems=())
        return replace(self, values=values, problems=(), said=self.values, sound=sound)


class Trade(msgspec.Struct, frozen=True, kw_only=True):
    """What reading looks up besides the fields."""

    codes: Mapping[str, CodeTable]
    today: date
    places: Places = NOWHERE


class _Claim(msgspec.Struct, frozen=True):
    """The columns that give one field, the nearest heading first, and how their cells are read."""

    field: Field
    columns: tuple[tuple[Column, Reader], ...]


class RowReader:
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
