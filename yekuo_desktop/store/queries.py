"""Reading the organisation and its cases: queues, filtered, sorted and paged in SQL."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.case_rows import CaseRow, RunningLimit
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.privacy_entries import SAVED, UNMASKED
from yekuo_desktop.domain.vocabulary import LIVE_STATES
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.ports import QueueRow
from yekuo_desktop.runtime.later import later
from yekuo_desktop.store import derived, moments, tables
from yekuo_desktop.store.conditions import Condition
from yekuo_desktop.store.engine import Connection, scalar, scalars, scan

with later():
    from yekuo_desktop.store import course_filter, words

# Read with every row of a list, changed once a year.
decode_organisation = lru_cache(maxsize=2)(msgspec.json.Decoder(Organisation).decode)
MOVED = ("open", "suspended")
FEW = 500  # cases that are looked up one by one
DUE_LIGHTS = ("overdue", "today")
*NAMES, _searched = CaseRow.__struct_fields__  # every one of them a column; the last is for search alone
MOMENTS = tuple(NAMES.index(name) for name in derived.MOMENTS)
CAPACITY = NAMES.index("capacity")
ORDERS = {**{name: name for name in (*tables.SORTED, "stage")}, "class": "klass"}
COLUMNS = ", ".join(NAMES)
OF_PERSON = (
    "SELECT place FROM cases WHERE accepted_by = ? UNION ALL SELECT place FROM cases WHERE manager = ?"
)
FOUND = "SELECT rowid FROM search WHERE search MATCH ?"
NUMBERED = "SELECT id FROM cases WHERE number = ? OR sheet_no = ? ORDER BY place LIMIT 1"
OF_CUSTOMER = (
    "SELECT content FROM documents JOIN cases ON cases.place = documents.place"
    " WHERE identity_number = ? ORDER BY cases.place DESC LIMIT 50"
)


# CROSS JOIN holds SQLite to the one day: it would rather walk all cases. Who looked at what stands in a
# register of its own.
DAY = (
    "FROM entries AS e CROSS JOIN cases AS c ON c.id = substr(e.subject, 6)"
    " WHERE e.subject GLOB 'case:*' AND e.recorded >= ? AND e.recorded < ? AND (? = '' OR e.terminal = ?)"
    f" AND e.kind NOT IN ('{UNMASKED}', '{SAVED}')"
)


def _all(conditions: Sequence[Condition]) -> Condition:
    sql = " AND ".join(condition.sql for condition in conditions) or "1"
    return Condition(sql, tuple(value for condition in conditions for value in condition.values))


def _one_of(column: str, values: Sequence[Any]) -> Condition:
    return Condition(f"{column} IN ({', '.join('?' for _ in values)})", tuple(values))


def organisation(connection: Connection) -> Organisation:
    """The organisation; an empty one before the first entry."""
    content = scalar(connection, "SELECT content FROM organisation")
    return decode_organisation(content) if content is not None else Organisation()


def unsent(connection: Connection) -> int:
    """How many entries were written here and have reached no centre: all, while there is none."""
    sql = "SELECT coalesce(sum(h.n - coalesce(c.acked, 0)), 0) FROM heads AS h LEFT JOIN chains AS c"
    return int(scalar(connection, f"{sql} ON c.incarnation = h.incarnation"))


def day_count(connection: Connection, first: datetime, last: datetime, terminal: str) -> int:
    """How many acts on cases were recorded in a stretch of time, at one counter or at all."""
    wanted = (moments.text(first), moments.text(last), terminal, terminal)
    return int(scalar(connection, f"SELECT count(*) {DAY}", wanted))


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
    walk = _many(connection, where, now)
    among = [*_among(where, now, by_due=by == "due", walk=walk)]
    condition = _all([*_equal(where, walk=walk or bool(among)), *among])
    sql = (
        f"SELECT {COLUMNS}, first_limit FROM cases WHERE {condition.sql}"
        f" ORDER BY {', '.join(_sorted(by, descending))} LIMIT ? OFFSET ?"
    )
    return [_queue_row(row) for row in scan(connection, sql, (*condition.values, limit, offset))]


def _sorted(by: str, descending: bool) -> Iterator[str]:
    """The order of the index of that column, so that nothing has to be sorted."""
    for name in (by, *(name for name in tables.FILTERED if name != by), "place"):
        if descending:
            yield f"{name} DESC"  # NULL is the smallest value: last by itself
        else:
            yield f"{name} ASC NULLS LAST" if name in tables.MAY_BE_NULL else f"{name} ASC"


def _queue_row(row: tuple[Any, ...]) -> QueueRow:
    *case, first = row
    return QueueRow(case=case_row(case), limit=derived.decode_limit(first) if first else None)


def count(connection: Connection, where: Filter, now: datetime) -> int:
    """How many cases a filter lets through."""
    condition = _counted(where, now, walk=_many(connection, where, now))
    return int(scalar(connection, f"SELECT count(*) FROM cases WHERE {condition.sql}", condition.values))


def stages(connection: Connection, states: Sequence[str], now: datetime) -> dict[str, tuple[int, bool]]:
    """How many cases in one of these states stand in each stage, and whether one of them is overdue."""
    state, found = _one_of("state", states), Counter[str]()
    sql = f"SELECT stage, count(*) FROM cases WHERE {state.sql} GROUP BY state, stage"
    for stage, number in scan(connection, sql, state.values):
        found[stage] += number
    return {stage: (n, _late(connection, stage, n, state, now)) for stage, n in found.items()}


def _late(connection: Connection, stage: str, number: int, state: Condition, now: datetime) -> bool:
    """Few cases of a stage are looked at one by one; of many, one that is late is soon met among the late."""
    due, where = ("+", "") if number <= FEW else ("", "+")
    sql = f"SELECT 1 FROM cases WHERE {due}due < ? AND {where}stage = ? AND +{state.sql} LIMIT 1"
    return scalar(connection, sql, (moments.text(now), stage, *state.values)) is not None


def _counted(where: Filter, now: datetime, *, walk: bool) -> Condition:
    """What is named one by one, or is a stretch of an index, is not looked for by its stage."""
    among = [*_among(where, now, by_due=True, walk=walk)]
    if len(among) == 1 and (lights := _light(where.light, now)):
        among = lights  # alone, it needs no look-up of places first
    return _all([*_equal(where, walk=bool(among)), *among])


def _many(connection: Connection, where: Filter, now: datetime) -> bool:
    """Whether a filter lets through so many that walking the index of the order is cheaper than looking
    each of them up and sorting them."""
    condition = _counted(where, now, walk=False)
    sql = f"SELECT count(*) FROM (SELECT 1 FROM cases WHERE {condition.sql} LIMIT {FEW + 1})"
    return int(scalar(connection, sql, condition.values)) > FEW


def _equal(where: Filter, *, walk: bool) -> Iterator[Condition]:
    """Under a unary plus, SQLite filters by a column along the way and looks it up in no index, which
    would leave it a hundred thousand rows to sort."""
    beside = "+" if walk else ""
    for column, value in (("stage", where.stage), ("station", where.station), ("klass", where.klass)):
        if value:
            yield Condition(f"{beside}{column} = ?", (value,))
    for column, values in (("state", where.states), ("stage", where.stages)):
        if values:
            yield _one_of(f"{beside}{column}", values)


def _among(where: Filter, now: datetime, *, by_due: bool, walk: bool) -> Iterator[Condition]:
    """What is not in every index: the places are looked up first, each kind in its own index."""
    place = "+place" if walk else "place"
    lights = _light(where.light, now)
    if by_due and where.light in DUE_LIGHTS:
        yield from lights  # a stretch of the index that is read anyway
        lights = []
    for column, person in (("accepted_by", where.accepted_by), ("manager", where.manager)):
        if person:
            yield Condition(f"{place} IN (SELECT place FROM cases WHERE {column} = ?)", (person,))
    if where.person:
        yield Condition(f"{place} IN ({OF_PERSON})", (where.person, where.person))
    for conditions in (_accepted(where), lights):
        if conditions:
            wanted = _all(conditions)
            yield Condition(f"{place} IN (SELECT place FROM cases WHERE {wanted.sql})", wanted.values)
    for wanted in course_filter.conditions(where) if _asks_course(where) else ():
        yield Condition(f"{place} IN ({wanted.sql})", wanted.values)
    if where.text.strip():
        asked = words.query_words(where.text)
        yield Condition(f"{place} IN ({FOUND})", (asked,)) if asked else Condition("0")


def _asks_course(where: Filter) -> bool:
    spans = (where.connected_from, where.connected_to, where.archived_from, where.archived_to)
    named = (where.channel, where.node, where.reminder, where.due_from, where.due_to, *spans)
    return where.kept is not None or where.ids is not None or any(named)


def _accepted(where: Filter) -> list[Condition]:
    found: list[Condition] = []
    if where.accepted_from:
        found.append(Condition("accepted >= ?", (where.accepted_from.isoformat(),)))
    if where.accepted_to:
        found.append(Condition("accepted < ?", ((where.accepted_to + timedelta(days=1)).isoformat(),)))
    return found


def _light(light: str, now: datetime) -> list[Condition]:
    at = moments.text(now)
    if light == "overdue":
        return [Condition("due < ?", (at,))]
    if light == "today":
        return [Condition("due >= ? AND due < ?", (at, f"{at[:10]}U"))]  # U sorts behind the T of the time
    if light == "undelivered":
        return [Condition("delivered IS NULL"), _one_of("state", MOVED)]
    return []


def case_row(row: Sequence[Any]) -> CaseRow:
    """The stored columns as the case row they came from."""
    values = list(row)
    for at in MOMENTS:
        stored = values[at]
        if stored is not None:
            values[at] = moments.moment(stored)
    values[CAPACITY] /= derived.THOUSAND
    return CaseRow(*values)


def sheet_case(connection: Connection, sheet_no: str) -> str:
    """The id of the case a sheet belongs to; "" when there is no such sheet."""
    return scalar(connection, "SELECT case_id FROM sheets WHERE sheet_no = ?", (sheet_no,)) or ""


def numbered(connection: Connection, number: str) -> str:
    """The id of the case with that number or work order; "" when there is none."""
    return scalar(connection, NUMBERED, (number, number)) or ""


def limits(connection: Connection, case_id: str) -> Sequence[RunningLimit]:
    """Every limit of a case that has started, in the order of its rule set."""
    return [derived.decode_limit(content) for content in scalars(connection, derived.LIMITS, (case_id,))]


def duplicates(connection: Connection, identity_number: str, address: str, but: str) -> Sequence[CaseRow]:
    """Live cases of the same identity number or the same address."""
    same = {column: v for column, v in (("identity_number", identity_number), ("address", address)) if v}
    if not same:
        return ()
    live = _one_of("state", sorted(LIVE_STATES))
    sql = (
        f"SELECT {COLUMNS} FROM cases WHERE ({' OR '.join(f'{column} = ?' for column in same)})"
        f" AND {live.sql} AND id != ? ORDER BY place DESC LIMIT 20"
    )
    return [case_row(row) for row in scan(connection, sql, (*same.values(), *live.values, but))]


def of_customer(connection: Connection, identity_number: str) -> Sequence[Case]:
    """Every case of an identity number, the newest first."""
    if not identity_number:
        return ()
    return [derived.decode_case(content) for content in scalars(connection, OF_CUSTOMER, (identity_number,))]
