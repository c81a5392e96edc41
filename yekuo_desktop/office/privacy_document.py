"""A case whole as plain values, for a machine: masked as its reader may see it."""

from collections.abc import Iterable
from typing import Any

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.display import masked_text
from yekuo_desktop.domain.field import Field
from yekuo_desktop.domain.privacy import Sight
from yekuo_desktop.domain.stages.acceptance.fields import FIELDS
from yekuo_desktop.office.tasks import fields_of


def document(case: Case, sight: Sight) -> dict[str, Any]:
    """Every part of the case; numbers typed into running text are masked like those in their own fields."""
    found: dict[str, Any] = _prose(msgspec.to_builtins(case), sight)
    found["values"] = masked_values(case.values, FIELDS, sight)
    for record, shown in zip(case.records, found["records"], strict=True):
        shown["values"] = masked_values(record.values, fields_of(case, record.kind), sight)
    for conflict in found["conflicts"] if sight.masked else ():
        conflict.update(dict.fromkeys(("seen", "wanted", "stands"), "***"))
    return found


def masked_values(values: dict[str, Any], fields: Iterable[Field], sight: Sight) -> dict[str, Any]:
    """The values by key, as stored, those that are private masked; in tables cell by cell."""
    known = {field.key: field for field in fields}
    return {key: _value(known.get(key), value, sight) for key, value in values.items()}


def _value(field: Field | None, value: Any, sight: Sight) -> Any:
    if field is not None and field.columns and isinstance(value, list):
        return [masked_values(row, field.columns, sight) for row in value]
    if field is not None and sight.masks(field, value) and isinstance(value, str):
        return masked_text(field, value)
    return value if field is not None and field.private else _prose(value, sight)


def _prose(value: Any, sight: Sight) -> Any:
    if isinstance(value, str):
        return sight.prose(value)
    if isinstance(value, dict):
        return {key: _prose(each, sight) for key, each in value.items()}
    return [_prose(each, sight) for each in value] if isinstance(value, list) else value
