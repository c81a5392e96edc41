"""One field's value against its definition, in the clerk's words. Used by screen, list and act."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from yekuo_desktop.domain import checks
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.field import Field, Kind, Problem, Sheet, Value, Values, filled
from yekuo_desktop.domain.identities import identity
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.typing_aids import capacity_text

IDENTITY, COUNT = Kind.IDENTITY, Kind.COUNT  # Python is slow to find a member of an enumeration
TEXT_CHECKS: dict[Kind, Callable[[str], str | None]] = {
    Kind.MOBILE: checks.mobile,
    Kind.LANDLINE: checks.phone,
    Kind.POSTCODE: checks.postcode,
    Kind.EMAIL: checks.email,
    Kind.CREDIT_CODE: checks.tax_number,
    Kind.BANK_ACCOUNT: checks.bank_account,
}


def check_field(
    field: Field, values: Values, sheet: Sheet, reference: Reference, today: date
) -> Iterable[Problem]:
    """What is wrong with one field of a form; nothing when it is empty and not required."""
    if not field.asked(values):
        return
    value = values.get(field.key)
    if not filled(value):
        if sheet in field.required:
            yield Problem(field.key, f"请填写{field.label}")
        return
    text = _problem(field, value, values, reference, today)
    if text:
        yield Problem(field.key, text)


def _problem(field: Field, value: Value, values: Values, reference: Reference, today: date) -> str | None:
    if field.kind in NO_TEXT:
        return NO_TEXT[field.kind](field, value, reference, today)
    if not isinstance(value, str):
        return f"{field.label}应为文字"
    if len(value) > field.max_length:
        return f"{field.label}最多 {field.max_length} 个字,现在 {len(value)} 个"
    if field.kind is IDENTITY:
        kind = values.get(field.identity_kind, "") if field.identity_kind else "identity_card"
        return identity(kind or "identity_card", value, today)
    if field.kind in TEXT_CHECKS:
        return TEXT_CHECKS[field.kind](value)
    check = CHECKS.get(field.kind)
    return check(field, value, reference) if check else None


def _flag(field: Field, value: Value, _reference: Reference, _today: date) -> str | None:
    return None if isinstance(value, bool) else f"{field.label}只能是“是”或“否”"


def _day(field: Field, value: str, _reference: Reference) -> str | None:
    return None if day_of(value) else f"{field.label}不是日期"


def _moment(field: Field, value: str, _reference: Reference) -> str | None:
    return None if moment_of(value) else f"{field.label}不是时间"


def _code(field: Field, value: str, reference: Reference) -> str | None:
    table = reference.codes.get(field.codes)
    known = table is None or table.item(value) is not None
    return None if known else f"{field.label}没有“{value}”这一项"


def _figure(field: Field, value: str, _reference: Reference) -> str | None:
    return None if _is_number(value) else f"{field.label}应为数字"


def _amount(field: Field, value: str, _reference: Reference) -> str | None:
    found: Any = capacity_text(value)
    if not isinstance(found, Decimal):
        return f"{field.label}应为大于零的数字"
    if field.kind is COUNT and found != found.to_integral_value():
        return f"{field.label}应为整数"
    return None


def _is_number(value: str) -> bool:
    try:
        return Decimal(value) >= 0
    except InvalidOperation:
        return False


def moment_of(value: Value) -> datetime | None:
    """The moment a MOMENT field says; None for none."""
    try:
        return datetime.fromisoformat(str(value)).astimezone(CHINA)
    except ValueError:
        return None


def day_of(value: Value) -> date | None:
    """The day a DATE field says; None for none."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _rows(field: Field, rows: Value, reference: Reference, today: date) -> str | None:
    for at, row in enumerate(rows, start=1):
        for column in field.columns:
            for problem in check_field(column, row, next(iter(field.on)), reference, today):
                return f"第 {at} 行:{problem.text}"
    return None


NO_TEXT: dict[Kind, Callable[[Field, Value, Reference, date], str | None]] = {
    Kind.ROWS: _rows,
    Kind.FLAG: _flag,
}
CHECKS: dict[Kind, Callable[[Field, str, Reference], str | None]] = {
    **dict.fromkeys((Kind.CAPACITY, Kind.MONEY, Kind.COUNT), _amount),
    Kind.NUMBER: _figure,
    Kind.DATE: _day,
    Kind.MOMENT: _moment,
    Kind.CODE: _code,
}
