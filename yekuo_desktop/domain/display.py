"""How a value reads on screen, on paper and in a list: the words of a field's value."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.field import Field, Kind, Value, Values, filled
from yekuo_desktop.domain.masking import mask_email, mask_identity, mask_phone
from yekuo_desktop.domain.reference import Reference

ADDRESS_PARTS = (
    "address_county",
    "address_town",
    "address_village",
    "address_road",
    "address_estate",
    "address_group",
    "address_door",
)
NUMBERS = (Kind.CAPACITY, Kind.COUNT, Kind.NUMBER)
LOOKED_UP = frozenset({Kind.CODE, Kind.FLAG, Kind.ROWS, Kind.PERSON, Kind.ATTACHMENT})
MASKS: dict[Kind, Callable[[str], str]] = {
    Kind.IDENTITY: mask_identity,
    Kind.BANK_ACCOUNT: mask_identity,
    Kind.MOBILE: mask_phone,
    Kind.LANDLINE: mask_phone,
    Kind.EMAIL: mask_email,
}
CODE, MOMENT, MONEY = Kind.CODE, Kind.MOMENT, Kind.MONEY  # Python is slow to find a member of an enumeration


def value_text(
    field: Field,
    value: Value,
    reference: Reference,
    *,
    masked: bool = False,
    unit: str | None = None,
    people: Mapping[str, str] | None = None,
) -> str:
    """The words of a value, "" where there is none.

    ``unit`` replaces the field's own ("" for none); ``masked`` hides what is private;
    ``people`` gives names by id, of files too.
    """
    if not filled(value):
        return ""
    if field.kind in LOOKED_UP:
        return _looked_up(field, value, reference, people or {})
    if field.kind is MOMENT:
        return moment(datetime.fromisoformat(str(value)))
    text = _plain(field.kind, str(value))
    if masked and field.private:
        return masked_text(field, text)
    return with_unit(text, field.unit if unit is None else unit)


def _looked_up(field: Field, value: Value, reference: Reference, people: Mapping[str, str]) -> str:
    if field.kind is CODE:
        return reference.code_label(field.codes, str(value))
    if field.kind is Kind.FLAG:
        return flag(value)
    if field.kind is Kind.ROWS:
        return f"{len(value)} 行"
    return people.get(str(value), str(value))


def _plain(kind: Kind, text: str) -> str:
    if kind in NUMBERS:
        return number(text)
    return money(text) if kind is MONEY else text


def masked_text(field: Field, text: str) -> str:
    """What is private with its middle hidden; anything else whole."""
    mask = MASKS.get(field.kind)
    return mask(text) if mask else text


def with_unit(text: str, unit: str) -> str:
    """A number and its unit with a space between (GB 3101 3.3.4); no unit without a number."""
    return f"{text} {unit}" if text and unit else text


def flag(value: Any) -> str:
    """是 or 否; "" for what nobody answered."""
    return "" if value in (None, "") else "是" if value else "否"


@lru_cache(maxsize=500)
def number(text: str) -> str:
    """Decimal text without needless zeros; what is no number stays as it was typed."""
    try:
        plain = format(Decimal(text).normalize(), "f")
    except InvalidOperation:
        return text
    return plain if plain != "-0" else "0"


def money(text: str) -> str:
    """Yuan with two decimals and grouped thousands: 12,345.60."""
    try:
        return f"{Decimal(text):,.2f}"
    except InvalidOperation:
        return text


@lru_cache(maxsize=500)
def day(value: date | datetime) -> str:
    """2026-11-20, in Beijing time."""
    return f"{_local(value):%Y-%m-%d}"


@lru_cache(maxsize=500)
def long_day(value: date | datetime) -> str:
    """2026 年 11 月 20 日, in Beijing time, without leading zeros."""
    local = _local(value)
    return f"{local.year} 年 {local.month} 月 {local.day} 日"


@lru_cache(maxsize=500)
def moment(value: datetime) -> str:
    """2026-11-20 15:42, in Beijing time."""
    return f"{_local(value):%Y-%m-%d %H:%M}"


def _local(value: date | datetime) -> date | datetime:
    return value.astimezone(CHINA) if isinstance(value, datetime) and value.tzinfo else value


def address(values: Values) -> str:
    """The parts of the address as one would say it; a door plate that repeats the rest stands alone."""
    *parts, door = [str(values.get(key) or "").strip() for key in ADDRESS_PARTS]
    named = [part for part in parts if part]
    if named and door.startswith(named[0]):
        return door
    return "".join(dict.fromkeys(named)) + door
