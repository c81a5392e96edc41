"""Everything derived from a case: its row, its document, its limits, its sheets, its words for search."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter, itemgetter
from typing import Any

import msgspec

from yekuo_desktop.domain.case import Case, Conflict, Paper
from yekuo_desktop.domain.case_rows import CaseRow, RunningLimit, Searched
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.vocabulary import LIVE_STATES
from yekuo_desktop.runtime.later import later
from yekuo_desktop.store import moments, tables
from yekuo_desktop.store.engine import Connection, scalars
from yekuo_desktop.store.tables import Table

with later():  # nothing of it is needed to read
    from yekuo_desktop.domain import after_archiving, case_columns, clocks, loans, reminders
    from yekuo_desktop.store import course_rows, words

encode = msgspec.json.Encoder(order="deterministic").encode
decode_case = msgspec.json.Decoder(Case).decode
decode_limit = msgspec.json.Decoder(RunningLimit).decode
decode_conflict = msgspec.json.Decoder(Conflict).decode
decode_texts = msgspec.json.Decoder(tuple[Searched, ...]).decode
MOMENTS = ("registered", "accepted", "dispatched", "delivered")
NEVER = datetime.max.replace(tzinfo=CHINA)
MILESTONES = frozenset({"connected", "archived"})  # from the first of them on a case has a course
THOUSAND = 1000  # capacities are kept in thousandths, without fractions
SAME = tuple(
    name
    for name in CaseRow.__struct_fields__
    if name in tables.cases.columns and name not in (*MOMENTS, "capacity", "searched")
)
_AS_THEY_ARE, _MOMENTS = attrgetter(*SAME), attrgetter(*MOMENTS)
Values = dict[str, Any]


class Derived(msgspec.Struct, frozen=True):
    """What the store keeps of one case, ready to be written or compared, row by row."""

    place: int
    case: Values
    document: Values
    limits: tuple[Values, ...]
    sheets: tuple[Values, ...]
    conflicts: tuple[Values, ...]
    reminders: tuple[Values, ...]
    courses: tuple[Values, ...]
    nodes: tuple[Values, ...]
    searched: tuple[Searched, ...]
    papers: tuple[Paper, ...]

    @property
    def words(self) -> str:
        """What search finds the case by."""
        names = (text for key, text in self.searched if key in words.NAMES)
        return words.index_words((text for _, text in self.searched), names)

    def rows(self) -> Iterable[tuple[Table, Sequence[Values]]]:
        """The rows by table."""
        return (
            (tables.cases, (self.case,)),
            (tables.documents, (self.document,)),
            (tables.limits, self.limits),
            (tables.sheets, self.sheets),
            (tables.conflicts, self.conflicts),
            (tables.reminders, self.reminders),
            (tables.courses, self.courses),
            (tables.nodes, self.nodes),
        )


def derive(case: Case, place: int, reference: Reference) -> Derived:
    """All of it, from the fold alone. ``place`` is where the first entry of the case stands."""
    row, running = case_columns.case_row(case), clocks.running_limits(case, reference)
    return Derived(
        place=place,
        case=_columns(place, row, first_due(case, running)),
        document={"place": place, "content": encode(case)},
        limits=tuple(
            {"case_id": case.id, "position": at, "content": encode(limit)} for at, limit in enumerate(running)
        ),
        sheets=tuple(_sheets(case)),
        conflicts=_conflicts(case),
        reminders=_reminders(case, place, running),
        **_course(case, place, reference),
        searched=row.searched,
        papers=case.papers,
    )


def first_due(case: Case, running: Iterable[RunningLimit]) -> RunningLimit | None:
    """The limit a queue shows: not stopped, due first; a paused one where nothing is due. A file on the
    shelf shows when it must be back there, while it is lent; and what was promised to the customer beside
    his case is shown whatever became of that."""
    live = case.state in LIVE_STATES
    wanted = [limit for limit in running if live or limit.promised or _lent(case, limit)]
    waiting = (limit for limit in wanted if limit.stopped is None)
    return min(waiting, key=lambda limit: limit.due or NEVER, default=None)


def _lent(case: Case, limit: RunningLimit) -> bool:
    return case.state == after_archiving.ARCHIVED and limit.limit == loans.LOAN


def _columns(place: int, row: CaseRow, first: RunningLimit | None) -> Values:
    found: Values = dict(zip(SAME, _AS_THEY_ARE(row), strict=True))
    found.update(zip(MOMENTS, map(moments.text, _MOMENTS(row)), strict=True))
    found["place"] = place
    found["capacity"] = round(row.capacity * THOUSAND)
    found["searched"] = encode(row.searched)
    found["due"] = moments.text(first.due) if first else None
    found["first_limit"] = encode(first) if first else None
    return found


def _conflicts(case: Case) -> tuple[Values, ...]:
    found = (each for each in case.conflicts if not each.closed)
    return tuple(
        {"case_id": case.id, "position": at, "content": encode(each)} for at, each in enumerate(found)
    )


def _reminders(case: Case, place: int, running: Iterable[RunningLimit]) -> tuple[Values, ...]:
    return tuple(
        {"case_id": case.id, "position": at, "place": place, **found._asdict()}
        for at, found in enumerate(reminders.reminders(case, running))
    )


def _course(case: Case, place: int, reference: Reference) -> dict[str, tuple[Values, ...]]:
    """Nothing until the case was connected: most acts of most cases pay nothing for the statistics."""
    if not _is_connected(case):
        return {"courses": (), "nodes": ()}
    return course_rows.rows(case, place, reference)


def _is_connected(case: Case) -> bool:
    return any(event.name in MILESTONES for event in case.events)


def _sheets(case: Case) -> Iterable[Values]:
    for at, paper in enumerate(case.papers):
        yield {
            "case_id": case.id,
            "position": at,
            "sheet_no": paper.sheet_no,
            "form": paper.form,
            "title": paper.title,
            "issued": moments.text(paper.issued),
            "issued_by": paper.issued_by,
            "seal": paper.seal,
            "reprints": paper.reprints,
            "void": paper.void,
        }


_SAVE_DOCUMENT = "UPDATE documents SET content = ? WHERE place = ?"
LIMITS = "SELECT content FROM limits WHERE case_id = ? ORDER BY position"
OF_CASE = (
    *(tables.limits, tables.sheets, tables.conflicts),
    *(tables.courses, tables.nodes, tables.reminders),
)
_HAS_REMINDERS = "SELECT 1 FROM reminders WHERE case_id = ? LIMIT 1"
_DROP = {table: f"DELETE FROM {table.name} WHERE case_id = ?" for table in OF_CASE}
_DROP_WORDS = "DELETE FROM search WHERE rowid = ?"
_IN_ORDER = {table: itemgetter(*table.columns) for table in tables.DERIVED}
_ADD_WORDS = "INSERT INTO search(rowid, words) VALUES (?, ?)"


def update(connection: Connection, stored: Values, before: Case, meant: Derived) -> None:
    """Bring what the store keeps of one case up to date, touching only what changed: every index
    left alone is a page less to write. ``stored`` and ``before`` are its row and itself so far."""
    connection.execute(_SAVE_DOCUMENT, (meant.document["content"], meant.place))
    _save_row(connection, stored, meant)
    found = scalars(connection, LIMITS, (before.id,))
    if found != [limit["content"] for limit in meant.limits]:
        _replace(connection, tables.limits, before.id, meant.limits)
    if before.papers != meant.papers:
        _replace(connection, tables.sheets, before.id, meant.sheets)
    if before.conflicts or meant.conflicts:
        _replace(connection, tables.conflicts, before.id, meant.conflicts)
    stored_reminders = scalars(connection, _HAS_REMINDERS, (before.id,))
    if meant.reminders or stored_reminders:
        _replace(connection, tables.reminders, before.id, meant.reminders)
    if meant.courses or _is_connected(before):
        _replace(connection, tables.courses, before.id, meant.courses)
        _replace(connection, tables.nodes, before.id, meant.nodes)


def drop(connection: Connection, place: int, case_id: str) -> None:
    """Take a case out of view: nothing of it counts any more. Its entries stay."""
    for table in OF_CASE:
        connection.execute(_DROP[table], (case_id,))
    for table in (tables.cases, tables.documents):
        connection.execute(f"DELETE FROM {table.name} WHERE place = ?", (place,))
    connection.execute(_DROP_WORDS, (place,))


def _save_row(connection: Connection, stored: Values, meant: Derived) -> None:
    changed = {name: value for name, value in meant.case.items() if stored[name] != value}
    if not changed:
        return
    columns = ", ".join(f"{name} = ?" for name in changed)
    sql = f"UPDATE cases SET {columns} WHERE place = ?"
    connection.execute(sql, (*changed.values(), meant.place))
    if "searched" in changed:
        connection.execute(_DROP_WORDS, (meant.place,))
        connection.execute(_ADD_WORDS, (meant.place, meant.words))


def _replace(connection: Connection, table: Table, case_id: str, rows: Sequence[Values]) -> None:
    connection.execute(_DROP[table], (case_id,))
    _add(connection, table, rows)


def save_many(connection: Connection, found: Sequence[Derived]) -> None:
    """Write cases the tables do not have yet, in bulk."""
    if not found:
        return
    _add(connection, tables.cases, [meant.case for meant in found])
    _add(connection, tables.documents, [meant.document for meant in found])
    _add(connection, tables.limits, [row for meant in found for row in meant.limits])
    _add(connection, tables.sheets, [row for meant in found for row in meant.sheets])
    _add(connection, tables.conflicts, [row for meant in found for row in meant.conflicts])
    _add(connection, tables.reminders, [row for meant in found for row in meant.reminders])
    _add(connection, tables.courses, [row for meant in found for row in meant.courses])
    _add(connection, tables.nodes, [row for meant in found for row in meant.nodes])
    connection.executemany(_ADD_WORDS, [(meant.place, meant.words) for meant in found])


def _add(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    if rows:
        connection.executemany(table.insert, [_IN_ORDER[table](row) for row in rows])
