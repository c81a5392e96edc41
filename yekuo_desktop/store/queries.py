"""Reading cases: queues and search, filtered, sorted and paged in SQL."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    false,
    func,
    literal_column,
    or_,
    select,
    text,
)

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.clocks import CaseRow, RunningLimit
from yekuo_desktop.domain.vocabulary import LIVE_STATES
from yekuo_desktop.office.ports import Filter, QueueRow
from yekuo_desktop.store import derived, moments, tables
from yekuo_desktop.store.engine import scan
from yekuo_desktop.store.words import query_words

C = tables.cases.c
MOVED = ("open", "suspended")
SHORT = 8  # no number is this short
DUE_LIGHTS = ("overdue", "today")
NAMES = tuple(name for name in CaseRow.__struct_fields__ if name in C)
LISTED = (*(C[name] for name in NAMES), C.first_limit)
MOMENTS = tuple(NAMES.index(name) for name in derived.MOMENTS)
CAPACITY, SEARCHED = NAMES.index("capacity"), NAMES.index("searched")
ORDERS = {**{name: name for name in (*tables.SORTED, "stage")}, "class": "klass"}
FOUND = text("SELECT rowid FROM search WHERE search MATCH :words")
NEWEST = (
    f"SELECT {', '.join(NAMES)} FROM search JOIN cases ON place = search.rowid"
    " WHERE search MATCH ? ORDER BY search.rowid DESC LIMIT ?"
)
EXACT = f"SELECT {', '.join(NAMES)} FROM cases WHERE number = ? OR sheet_no = ?"


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
    by = ORDERS.get(order, "due")
    conditions = [*_equal(where, _beside), *_among(where, now, by_due=by == "due")]
    statement = select(*LISTED).where(*conditions).order_by(*_sorted(by, descending))
    return [_queue_row(row) for row in connection.execute(statement.limit(limit).offset(offset))]


def _sorted(by: str, descending: bool) -> Iterator[ColumnElement[Any]]:
    """The order of the index of that column, so that nothing has to be sorted."""
    for name in (by, *(name for name in tables.FILTERED if name != by), "place"):
        column = C[name]
        if descending:
            yield column.desc()  # NULL is the smallest value: last by itself
        else:
            yield column.asc().nulls_last() if column.nullable else column.asc()


def _queue_row(row: Row[Any]) -> QueueRow:
    first = derived.decode_limit(row.first_limit) if row.first_limit else None
    return QueueRow(case=case_row(row), limit=first)


def count(connection: Connection, where: Filter, now: datetime) -> int:
    """How many cases a filter lets through."""
    conditions = [*_equal(where, lambda column: column), *_among(where, now, by_due=True)]
    statement = select(func.count()).select_from(tables.cases).where(*conditions)
    return int(connection.execute(statement).scalar_one())


Column = ColumnElement[Any]


def _beside(column: Column) -> Column:
    """The column under a unary plus: SQLite then filters by it along the way and looks it up in no
    index, which would leave it a hundred thousand rows to sort."""
    return literal_column(f"+{column}", column.type)


def _equal(where: Filter, as_read: Callable[[Column], Column]) -> Iterator[Column]:
    for column, value in ((C.stage, where.stage), (C.station, where.station), (C.klass, where.klass)):
        if value:
            yield as_read(column) == value
    if where.states:
        yield as_read(C.state).in_(where.states)


def _among(where: Filter, now: datetime, *, by_due: bool) -> Iterator[Column]:
    """What is not in every index: the places are looked up first, each kind in its own index."""
    lights = _light(where.light, now)
    if by_due and where.light in DUE_LIGHTS:
        yield from lights  # a stretch of the index that is read anyway
        lights = []
    place = _beside(C.place)
    if where.person:
        accepted = select(C.place).where(C.accepted_by == where.person)
        yield place.in_(accepted.union_all(select(C.place).where(C.manager == where.person)))
    for conditions in (_accepted(where), lights):
        if conditions:
            yield place.in_(select(C.place).where(*conditions))
    if where.text.strip():
        words = query_words(where.text)
        yield place.in_(FOUND.bindparams(words=words).columns(C.place)) if words else false()


def _accepted(where: Filter) -> list[Column]:
    found: list[Column] = []
    if where.accepted_from:
        found.append(C.accepted >= where.accepted_from.isoformat())
    if where.accepted_to:
        found.append(C.accepted < (where.accepted_to + timedelta(days=1)).isoformat())
    return found


def _light(light: str, now: datetime) -> list[Column]:
    at = moments.text(now)
    if light == "overdue":
        return [C.due < at]
    if light == "today":
        return [C.due >= at, C.due < f"{at[:10]}U"]  # U sorts behind the T of the time
    if light == "undelivered":
        return [C.delivered.is_(None), C.number != "", C.state.in_(MOVED)]
    return []


def search(connection: Connection, typed: str, limit: int) -> Sequence[CaseRow]:
    """The cases that contain what somebody typed, the newest first; a number or sheet number typed
    whole comes before all."""
    words = query_words(typed)
    if not words:
        return []
    found = list(scan(connection, NEWEST, (words, limit)))
    wanted = typed.strip()
    if len(wanted) > SHORT:
        exact = list(scan(connection, EXACT, (wanted, wanted)))
        found = [*exact, *(row for row in found if row not in exact)][:limit]
    return [case_row(row) for row in found]


def case_row(row: Sequence[Any]) -> CaseRow:
    """The stored columns as the case row they came from."""
    values = list(row)
    for at in MOMENTS:
        if values[at] is not None:
            values[at] = moments.moment(values[at])
    values[CAPACITY] /= derived.THOUSAND
    values[SEARCHED] = derived.decode_texts(values[SEARCHED])
    return CaseRow(**dict(zip(NAMES, values, strict=False)))


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
