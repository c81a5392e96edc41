"""What one record says, in the grouping of its form; tables as tables."""

from collections.abc import Mapping

from yekuo_desktop.domain.case import Record
from yekuo_desktop.domain.field import Field, Kind, filled
from yekuo_desktop.domain.privacy import Sight
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.ui.case.tasks.task_fields import PLAIN
from yekuo_desktop.ui.forms.record import Part, Rows
from yekuo_desktop.ui.widgets.unmask import text_of

WIDEST = 7  # columns that fit beside each other


def record_parts(
    record: Record, fields: tuple[Field, ...], reference: Reference, names: Mapping[str, str], sight: Sight
) -> list[Part]:
    """The parts of a record as somebody with that sight may read them, answers only; a wide table row by row.
    ``names``: people and files by id."""
    parts: dict[str, list[tuple[str, str | Rows]]] = {}
    for field in fields:
        value, title = record.values.get(field.key, ""), field.group or PLAIN
        if not filled(value):
            continue
        if field.kind is not Kind.ROWS:
            parts.setdefault(title, []).append(
                (field.label, text_of(field, value, reference, sight, names=names))
            )
            continue
        table = _rows(field, value, reference, names, sight)
        if len(table.headings) <= WIDEST:
            parts.setdefault(title, []).append((field.label, table))
            continue
        for at, texts in enumerate(table.rows, start=1):
            pairs = zip(table.headings, texts, strict=True)
            parts[f"{title} · {field.label} {at}"] = [(name, text) for name, text in pairs if text]
    return list(parts.items())


def _rows(
    field: Field,
    rows: list[dict[str, str]],
    reference: Reference,
    names: Mapping[str, str],
    sight: Sight,
) -> Rows:
    """A table of the columns in which anything stands."""
    used = [column for column in field.columns if any(filled(row.get(column.key)) for row in rows)]

    def cell(column: Field, row: dict[str, str]) -> str:
        return text_of(column, row.get(column.key, ""), reference, sight, unit="", names=names)

    headings = tuple(f"{column.label} {column.unit}".strip() for column in used)
    return Rows(headings, tuple(tuple(cell(column, row) for column in used) for row in rows))
