"""Filters by the course of a case: the cases behind a figure of the statistics."""

from collections.abc import Iterator
from datetime import date, timedelta

from yekuo_desktop.office.filters import Filter
from yekuo_desktop.store.conditions import Condition

CHANNEL = (
    "SELECT documents.place FROM documents"
    " WHERE coalesce(json_extract(CAST(content AS TEXT), '$.values.channel'), '') = ?"
)


def conditions(where: Filter) -> Iterator[Condition]:
    """Each selects places."""
    for column, first, last in (
        ("connected", where.connected_from, where.connected_to),
        ("archived", where.archived_from, where.archived_to),
    ):
        if first or last:
            yield Condition(*_span(column, first or date.min, last or date.max))
    if where.node:
        kept = "" if where.kept is None else f" AND kept = {int(where.kept)}"
        sql = f"SELECT place FROM nodes WHERE limit_id = ? AND (? = '' OR unit = ?){kept}"
        yield Condition(sql, (where.node, where.unit, where.unit))
    elif where.kept is not None:
        yield Condition(f"SELECT place FROM courses WHERE kept = {int(where.kept)}")
    if where.reminder:
        person = " AND person = ?" if where.reminded else ""
        values = (where.reminder, where.reminded) if where.reminded else (where.reminder,)
        yield Condition(f"SELECT place FROM reminders WHERE kind = ?{person}", values)
    if where.due_from or where.due_to:
        first, last = where.due_from or date.min, (where.due_to or date.max - timedelta(days=1))
        until = (last + timedelta(days=1)).isoformat()
        sql = "SELECT place FROM cases WHERE due >= ? AND due < ?"
        yield Condition(sql, (first.isoformat(), until))
    if where.ids is not None:
        places = ", ".join("?" for _ in where.ids)
        yield Condition(f"SELECT place FROM cases WHERE id IN ({places})", where.ids)
    if where.channel:
        yield Condition(CHANNEL, (where.channel,))


def _span(column: str, first: date, last: date) -> tuple[str, tuple[str, str]]:
    until = last if last == date.max else last + timedelta(days=1)
    sql = f"SELECT place FROM courses WHERE {column} >= ? AND {column} < ?"
    return sql, (first.isoformat(), until.isoformat())
