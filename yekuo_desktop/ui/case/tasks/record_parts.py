"""What one record says, in the grouping of its form; tables as tables."""

from collections.abc import Mapping

from yekuo_desktop.domain.case import Record
from yekuo_desktop.domain.display import value_text
from yekuo_desktop.domain.field import Field, Kind, filled
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.ui.case.tasks.task_fields import PLAIN
from yekuo_desktop.ui.forms.record import Part, Rows


def record_parts(
    record: Record, fields: tuple[Field, ...], reference: Reference, names: Mapping[str, str]
) -> list[Part]:
    """The parts of a record, answers only. ``names``: people and files by id."""
    parts: dict[str, list[tuple[str, str | Rows]]] = {}
    for field in fields:
        value = record.values.get(field.key, "")
        if filled(value):
            said = _rows(field, value, reference, names) if field.kind is Kind.ROWS else ""
            text = said or value_text(field, value, reference, people=names)
            parts.setdefault(field.group or PLAIN, []).append((field.label, text))
    return list(parts.items())


def _rows(field: Field, rows: list[dict[str, str]], reference: Reference, names: Mapping[str, str]) -> Rows:
    """A table of the columns in which anything stands."""
    used = [column for column in field.columns if any(filled(row.get(column.key)) for row in rows)]
    lines = [
        [value_text(c, row.get(c.key, ""), reference, unit="", people=names) for c in used] for row in rows
    ]
    return Rows(tuple(f"{c.label} {c.unit}".strip() for c in used), tuple(tuple(line) for line in lines))
