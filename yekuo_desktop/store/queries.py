"""Reading: queues, search, day book and registers, filtered, sorted and paged in SQL."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, or_, select, text

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.clocks import CaseRow, RunningLimit
from yekuo_desktop.domain.entries import Entry, open_body
from yekuo_desktop.domain.journal import words
from yekuo_desktop.domain.vocabulary import LIVE_STATES
from yekuo_desktop.office.ports import Filter, LogLine, QueueRow, SheetRow
from yekuo_desktop.store import derived, moments, tables
from yekuo_desktop.store.words import query_words

C = tables.cases.c
MOVED = ("open", "suspended")
LISTED = tuple(c for c in tables.cases.columns if c.name not in ("place", "content"))
ORDERS: dict[str, ColumnElement[object]] = {
    "due": func.coalesce(C.due, "9"),
    "number": C.number,
    "customer": C.customer,
    "class": C.klass,
    "capacity": C.capacity,
    "accepted": C.accepted,
    "registered": C.registered,
    "address": C.address,
    "manager": C.manager,
    "state": C.state,
    "stage": C.stage,
}
FOUND = text("SELECT rowid FROM search WHERE search MATCH :words ORDER BY rowid DESC LIMIT :most")


def queue(
    connection: Connection,
    where: Filter,
    now: datetime,
    *,
    order: str,
    descending: bool,
    limit: int,
    offset: int,
) -> Sequence[QueueRow]:
    """One page of a queue."""
    by = ORDERS.get(order, ORDERS["due"])
    statement = _filtered(select(*LISTED), connection, where, now)
    statement = (
        statement.order_by(by.desc() if descending else by, C.place.desc()).limit(limit).offset(offset)
    )
    rows = connection.execute(statement).all()
    running = first_limits(connection, rows)
    return [QueueRow(case=case_row(row), limit=running.get(row.id)) for row in rows]


def count(connection: Connection, where: Filter, now: datetime) -> int:
    """How many cases a filter lets through."""
    statement = _filtered(select(func.count()).select_from(tables.cases), connection, where, now)
    return int(connection.execute(statement).scalar_one())


def _filtered(statement: Select[Any], connection: Connection, where: Filter, now: datetime) -> Select[Any]:
    return statement.where(*_conditions(where, now), *_text(connection, where.text))


def _conditions(where: Filter, now: datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for column, value in ((C.stage, where.stage), (C.station, where.station), (C.klass, where.klass)):
        if value:
            found.append(column == value)
    if where.states:
        found.append(C.state.in_(where.states))
    if where.person:
        found.append(or_(C.accepted_by == where.person, C.manager == where.person))
    if where.accepted_from:
        found.append(C.accepted >= where.accepted_from.isoformat())
    if where.accepted_to:
        found.append(C.accepted < (where.accepted_to + timedelta(days=1)).isoformat())
    return [*found, *_light(where.light, now)]


def _light(light: str, now: datetime) -> list[ColumnElement[bool]]:
    at = moments.text(now)
    if light == "overdue":
        return [C.due < at]
    if light == "today":
        return [C.due >= at, C.due < f"{at[:10]}U"]  # U sorts behind the T of the time
    if light == "undelivered":
        return [C.delivered.is_(None), C.sheet_no != "", C.state.in_(MOVED)]
    return []


def _text(connection: Connection, typed: str) -> list[ColumnElement[bool]]:
    return [C.place.in_(places(connection, typed, 10_000))] if typed.strip() else []


def places(connection: Connection, typed: str, most: int) -> Sequence[int]:
    """Where the cases lie that contain what somebody typed, the newest first."""
    query = query_words(typed)
    if not query:
        return ()
    return connection.execute(FOUND, {"words": query, "most": most}).scalars().all()


def search(connection: Connection, typed: str, limit: int) -> Sequence[CaseRow]:
    """The cases that contain what somebody typed; a number or sheet number typed whole comes first."""
    exact = connection.execute(
        select(*LISTED).where(or_(C.number == typed.strip(), C.sheet_no == typed.strip()), C.number != "")
    ).all()
    known = {row.id for row in exact}
    rows = connection.execute(
        select(*LISTED).where(C.place.in_(places(connection, typed, limit))).order_by(C.place.desc())
    ).all()
    return [case_row(row) for row in (*exact, *(row for row in rows if row.id not in known))][:limit]


def first_limits(connection: Connection, rows: Sequence[Row[tuple[object, ...]]]) -> dict[str, RunningLimit]:
    """Per case the running limit that is due first."""
    first = {row.id: row.first_limit for row in rows if row.first_limit}
    if not first:
        return {}
    table = tables.limits.c
    found = connection.execute(
        select(table.case_id, table.limit_id, table.content).where(table.case_id.in_(first))
    )
    return {
        row.case_id: derived.decode_limit(row.content) for row in found if first[row.case_id] == row.limit_id
    }


def case_row(row: Row[tuple[object, ...]]) -> CaseRow:
    """The stored columns as the case row they came from (without the search words)."""
    values = {name: value for name, value in row._mapping.items() if name not in ("due", "first_limit")}
    for name in derived.MOMENTS:
        values[name] = moments.moment(values[name]) if values[name] else None
    return CaseRow(**{**values, "capacity": values["capacity"] / 1000, "searched": ()})


def limits(connection: Connection, case_id: str) -> Sequence[RunningLimit]:
    """Every limit of a case that has started."""
    statement = select(tables.limits.c.content).where(tables.limits.c.case_id == case_id)
    return [derived.decode_limit(content) for content in connection.execute(statement).scalars()]


def duplicates(connection: Connection, identity_number: str, address: str, but: str) -> Sequence[CaseRow]:
    """Live cases of the same identity number or the same address."""
    same = [
        column == value
        for column, value in ((C.identity_number, identity_number), (C.address, address))
        if value
    ]
    if not same:
        return ()
    statement = select(*LISTED).where(or_(*same), C.state.in_(LIVE_STATES), C.id != but).limit(20)
    return [case_row(row) for row in connection.execute(statement)]


def of_customer(connection: Connection, identity_number: str) -> Sequence[Case]:
    """Every case of an identity number, the newest first."""
    statement = select(C.content).where(and_(C.identity_number == identity_number, C.identity_number != ""))
    contents = connection.execute(statement.order_by(C.place.desc()).limit(50)).scalars()
    return [derived.decode_case(content) for content in contents]


def history(connection: Connection, subject: str) -> Sequence[Entry]:
    """The entries of one subject, the oldest first."""
    statement = select(tables.entries.c.body).where(tables.entries.c.subject == subject)
    return [
        open_body(body) for body in connection.execute(statement.order_by(tables.entries.c.seq)).scalars()
    ]


def day_book(connection: Connection, first: datetime, last: datetime, terminal: str) -> Sequence[LogLine]:
    """The acts on cases recorded in a stretch of time, of one counter or of all."""
    entry = tables.entries.c
    statement = (
        select(entry.seq, entry.body, C.number, C.customer)
        .join(tables.cases, entry.subject == "case:" + C.id)
        .where(entry.recorded >= moments.text(first), entry.recorded < moments.text(last))
        .order_by(entry.seq)
    )
    if terminal:
        statement = statement.where(entry.terminal == terminal)
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
    table = tables.sheets.c
    statement = select(tables.sheets).where(
        table.issued >= moments.text(first), table.issued < moments.text(last)
    )
    if sealed:
        statement = statement.where(table.seal != "")
    return [_sheet(row) for row in connection.execute(statement.order_by(table.issued))]


def _sheet(row: Row[tuple[object, ...]]) -> SheetRow:
    values = dict(row._mapping)
    case = values.pop("case_id")
    return SheetRow(**{**values, "case": case, "issued": moments.moment(values["issued"])})
