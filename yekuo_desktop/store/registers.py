"""Reading the journal and the registers: history, day book, issued sheets."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from yekuo_desktop.domain.entries import Entry, open_body
from yekuo_desktop.domain.journal import words
from yekuo_desktop.office.ports import LogLine, SheetRow
from yekuo_desktop.store import moments, tables

E, C, S = tables.entries.c, tables.cases.c, tables.sheets.c


def entry(connection: Connection, entry_id: str) -> Entry | None:
    """One entry."""
    body = connection.execute(select(E.body).where(E.id == entry_id)).scalar()
    return open_body(body) if body is not None else None


def history(connection: Connection, subject: str) -> Sequence[Entry]:
    """The entries of one subject, the oldest first."""
    statement = select(E.body).where(E.subject == subject).order_by(E.seq)
    return [open_body(body) for body in connection.execute(statement).scalars()]


def day_book(connection: Connection, first: datetime, last: datetime, terminal: str) -> Sequence[LogLine]:
    """The acts on cases recorded in a stretch of time, of one counter or of all."""
    statement = (
        select(E.seq, E.body, C.number, C.customer)
        .join(tables.cases, E.subject == "case:" + C.id)
        .where(E.recorded >= moments.text(first), E.recorded < moments.text(last))
        .order_by(E.seq)
    )
    if terminal:
        statement = statement.where(E.terminal == terminal)
    return [_log_line(row) for row in connection.execute(statement)]


def _log_line(row: Any) -> LogLine:
    entry = open_body(row.body)
    return LogLine(
        n=row.seq,
        recorded=entry.recorded,
        stated=entry.stated,
        subject=entry.subject,
        kind=entry.kind,
        actor=entry.actor,
        terminal=entry.terminal,
        number=row.number,
        customer=row.customer,
        words=words(entry),
    )


def sheets(connection: Connection, first: datetime, last: datetime, sealed: bool) -> Sequence[SheetRow]:
    """Sheets issued in a stretch of time; with a seal place only when asked."""
    statement = (
        select(tables.sheets, C.number, C.customer)
        .join(tables.cases, C.id == S.case_id)
        .where(S.issued >= moments.text(first), S.issued < moments.text(last))
        .order_by(S.issued, S.case_id, S.position)
    )
    if sealed:
        statement = statement.where(S.seal != "")
    return [_sheet(row) for row in connection.execute(statement)]


def _sheet(row: Row[Any]) -> SheetRow:
    values = {name: value for name, value in row._mapping.items() if name not in ("case_id", "position")}
    return SheetRow(**{**values, "case": row.case_id, "issued": moments.moment(row.issued)})
