"""Reading cases: queues and search, filtered, sorted and paged in SQL."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    UnaryExpression,
    bindparam,
    false,
    func,
    or_,
    select,
    text,
)

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.clocks import CaseRow, RunningLimit
from yekuo_desktop.domain.vocabulary import LIVE_STATES
from yekuo_desktop.office.ports import Filter, QueueRow
from yekuo_desktop.store import derived, moments, tables
from yekuo_desktop.store.words import query_words

C = tables.cases.c
MOVED = ("open", "suspended")
LISTED = tuple(c for c in tables.cases.columns if c.name not in ("place", "due"))
ORDERS: dict[str, ColumnElement[Any]] = {
    "due": C.due,
    "number": C.number,
    "customer": C.customer,
    "class": C.klass,
    "klass": C.klass,
    "business": C.business,
    "capacity": C.capacity,
    "accepted": C.accepted,
    "accepted_by": C.accepted_by,
    "registered": C.registered,
    "dispatched": C.dispatched,
    "delivered": C.delivered,
    "address": C.address,
    "manager": C.manager,
    "station": C.station,
    "state": C.state,
    "stage": C.stage,
    "sheet_no": C.sheet_no,
}
FOUND = text("SELECT rowid FROM search WHERE search MATCH :words")
NEWEST = text("SELECT rowid FROM search WHERE search MATCH :words ORDER BY rowid DESC LIMIT :most")
AT_PLACES = select(*LISTED).where(C.place.in_(bindparam("places", expanding=True))).order_by(C.place.desc())
EXACT = select(*LISTED).where(or_(C.number == bindparam("typed"), C.sheet_no == bindparam("typed")))


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
    """One page of a queue. What has no value in the sorted column comes last, either way."""
    statement = select(*LISTED).where(*_conditions(where, now))
    statement = statement.order_by(*_sorted(order, descending)).limit(limit).offset(offset)
    return [_queue_row(row) for row in connection.execute(statement)]


def _sorted(order: str, descending: bool) -> tuple[UnaryExpression[Any], UnaryExpression[Any]]:
    by = ORDERS.get(order, C.due)
    if descending:
        return by.desc(), C.place.desc()  # NULL is the smallest value: last by itself
    return (by.asc().nulls_last() if by.nullable else by.asc()), C.place.asc()


def _queue_row(row: Row[Any]) -> QueueRow:
    first = derived.decode_limit(row.first_limit) if row.first_limit else None
    return QueueRow(case=case_row(row), limit=first)


def count(connection: Connection, where: Filter, now: datetime) -> int:
    """How many cases a filter lets through."""
    statement = select(func.count()).select_from(tables.cases).where(*_conditions(where, now))
    return int(connection.execute(statement).scalar_one())


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
    return [*found, *_light(where.light, now), *_text(where.text)]


def _light(light: str, now: datetime) -> list[ColumnElement[bool]]:
    at = moments.text(now)
    if light == "overdue":
        return [C.due < at]
    if light == "today":
        return [C.due >= at, C.due < f"{at[:10]}U"]  # U sorts behind the T of the time
    if light == "undelivered":
        return [C.delivered.is_(None), C.accepted.is_not(None), C.state.in_(MOVED)]
    return []


def _text(typed: str) -> list[ColumnElement[bool]]:
    if not typed.strip():
        return []
    words = query_words(typed)
    return [C.place.in_(FOUND.bindparams(words=words).columns(C.place))] if words else [false()]


def search(connection: Connection, typed: str, limit: int) -> Sequence[CaseRow]:
    """The cases that contain what somebody typed, the newest first; a number or sheet number typed
    whole comes before all."""
    words = query_words(typed)
    if not words:
        return []
    exact = connection.execute(EXACT, {"typed": typed.strip()}).all() if len(typed) > 8 else []
    places = connection.execute(NEWEST, {"words": words, "most": limit}).scalars().all()
    rows = connection.execute(AT_PLACES, {"places": places}).all() if places else []
    found = {row.id: row for row in (*exact, *rows)}
    return [case_row(row) for row in list(found.values())[:limit]]


def case_row(row: Row[Any]) -> CaseRow:
    """The stored columns as the case row they came from."""
    values = {name: getattr(row, name) for name in derived.SAME}
    for name in derived.MOMENTS:
        stored = getattr(row, name)
        values[name] = moments.moment(stored) if stored else None
    capacity = row.capacity / derived.THOUSAND
    return CaseRow(**values, capacity=capacity, searched=derived.decode_texts(row.searched))


def sheet_case(connection: Connection, sheet_no: str) -> str:
    """The id of the case a sheet belongs to; "" when there is no such sheet."""
    table = tables.sheets.c
    return connection.execute(select(table.case_id).where(table.sheet_no == sheet_no)).scalar() or ""


def numbered(connection: Connection, number: str) -> str:
    """The id of the case with that number or work order; "" when there is none."""
    statement = select(C.id).where(or_(C.number == number, C.sheet_no == number))
    return connection.execute(statement.order_by(C.place).limit(1)).scalar() or ""


def limits(connection: Connection, case_id: str) -> Sequence[RunningLimit]:
    """Every limit of a case that has started, in the order of its rule set."""
    table = tables.limits.c
    statement = select(table.content).where(table.case_id == case_id).order_by(table.position)
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
    statement = select(*LISTED).where(or_(*same), C.state.in_(LIVE_STATES), C.id != but)
    return [case_row(row) for row in connection.execute(statement.order_by(C.place.desc()).limit(20))]


def of_customer(connection: Connection, identity_number: str) -> Sequence[Case]:
    """Every case of an identity number, the newest first."""
    if not identity_number:
        return ()
    document = tables.documents.c
    statement = select(document.content).join(tables.cases, C.place == document.place)
    statement = statement.where(C.identity_number == identity_number).order_by(C.place.desc()).limit(50)
    return [derived.decode_case(content) for content in connection.execute(statement).scalars()]
