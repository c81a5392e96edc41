"""Cases counted in SQL, the alike ones together: what the statistics add up."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any

from yekuo_desktop.domain.vocabulary import LIVE_STATES
from yekuo_desktop.office import counted_ports as ports
from yekuo_desktop.store import moments
from yekuo_desktop.store.course_rows import HUNDRED
from yekuo_desktop.store.derived import THOUSAND
from yekuo_desktop.store.engine import Connection, scan

SELECTED = "substr({moment}, 1, 7), klass, station, {person}"
ALIKE = 4  # columns
TAKEN = (
    f"SELECT {SELECTED.format(moment='accepted', person='accepted_by')}, count(*), sum(capacity) FROM cases"
    " WHERE accepted >= ? AND accepted < ? GROUP BY 1, 2, 3, 4"
)
# CROSS JOIN holds SQLite to the stretch of time: it would rather walk all cases.
OF_COURSE = "FROM courses AS k CROSS JOIN cases AS c ON c.place = k.place"
CONNECTED = (
    f"SELECT {SELECTED.format(moment='k.connected', person='manager')}, count(*), sum(capacity) {OF_COURSE}"
    " WHERE k.connected >= ? AND k.connected < ? GROUP BY 1, 2, 3, 4"
)
DONE = (
    f"SELECT {SELECTED.format(moment='k.archived', person='manager')}, count(*), count(k.kept),"
    f" coalesce(sum(k.kept), 0) {OF_COURSE}"
    " WHERE k.archived >= ? AND k.archived < ? GROUP BY 1, 2, 3, 4"
)
PASSED = (
    f"SELECT {SELECTED.format(moment='k.archived', person='manager')}, n.limit_id, min(n.label), n.stage,"
    f" n.unit, n.whole, n.days, n.kept, count(*) {OF_COURSE} CROSS JOIN nodes AS n ON n.case_id = k.case_id"
    " WHERE k.archived >= ? AND k.archived < ? GROUP BY 1, 2, 3, 4, n.limit_id, n.unit, n.days, n.kept"
)
LIVE = ", ".join(f"'{state}'" for state in sorted(LIVE_STATES))
OPEN = (
    "SELECT coalesce(substr(accepted, 1, 7), ''), klass, station, stage, manager, count(*), sum(due < ?)"
    f" FROM cases WHERE state IN ({LIVE}) GROUP BY 1, 2, 3, 4, 5"
)
CHANNELS = (
    "SELECT klass, station, coalesce(json_extract(CAST(content AS TEXT), '$.values.channel'), ''), count(*)"
    " FROM cases CROSS JOIN documents ON documents.place = cases.place"
    " WHERE accepted >= ? AND accepted < ? GROUP BY 1, 2, 3"
)
OF_CASES = "SELECT {columns} FROM {table} WHERE case_id IN ({places}) ORDER BY case_id, position"
NODES = "case_id, limit_id, label, stage, unit, days, kept, whole"


class CountedCases:
    """Of one store."""

    def __init__(self, reading: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._reading = reading

    def taken(self, first: date, last: date) -> Sequence[ports.Taken]:
        """What was accepted."""
        return [
            ports.Taken(ports.Alike(*row[:ALIKE]), row[4], row[5] / THOUSAND)
            for row in self._span(TAKEN, first, last)
        ]

    def connected(self, first: date, last: date) -> Sequence[ports.Connected]:
        """What was connected."""
        return [
            ports.Connected(ports.Alike(*row[:ALIKE]), row[4], row[5] / THOUSAND)
            for row in self._span(CONNECTED, first, last)
        ]

    def done(self, first: date, last: date) -> Sequence[ports.Done]:
        """What was archived."""
        return [ports.Done(ports.Alike(*row[:ALIKE]), *row[ALIKE:]) for row in self._span(DONE, first, last)]

    def passed(self, first: date, last: date) -> Sequence[ports.Passed]:
        """The nodes of what was archived."""
        return [_passed(row) for row in self._span(PASSED, first, last)]

    def open(self, now: datetime) -> Sequence[ports.Open]:
        """What is on its way, and what of it is late by ``now``."""
        with self._reading() as connection:
            at = (moments.text(now),)
            return [ports.Open._make((*row[:6], row[6] or 0)) for row in scan(connection, OPEN, at)]

    def channels(self, first: date, last: date) -> Sequence[ports.Channel]:
        """How the customers of a stretch of time came."""
        return [ports.Channel(*row) for row in self._span(CHANNELS, first, last)]

    def courses(self, case_ids: Sequence[str]) -> Sequence[ports.LedgerCourse]:
        """Of these cases, as far as they have one."""
        rows = self._of("courses", "case_id, connected, archived, kept", case_ids)
        return [
            ports.LedgerCourse._make((*row[:3], None if row[3] is None else bool(row[3]))) for row in rows
        ]

    def nodes(self, case_ids: Sequence[str]) -> Sequence[ports.LedgerNode]:
        """Of these cases, in the order of their rule sets."""
        return [
            ports.LedgerNode._make((*row[:5], row[5] / HUNDRED, bool(row[6]), bool(row[7])))
            for row in self._of("nodes", NODES, case_ids)
        ]

    def _span(self, sql: str, first: date, last: date) -> list[tuple[Any, ...]]:
        with self._reading() as connection:
            until = last + timedelta(days=1)
            return list(scan(connection, sql, (first.isoformat(), until.isoformat())))

    def _of(self, table: str, columns: str, case_ids: Sequence[str]) -> list[tuple[Any, ...]]:
        places = ", ".join("?" for _ in case_ids)
        sql = OF_CASES.format(columns=columns, table=table, places=places)
        with self._reading() as connection:
            return list(scan(connection, sql, tuple(case_ids)))


def _passed(row: tuple[Any, ...]) -> ports.Passed:
    limit, label, stage, unit, whole, days, kept, count = row[ALIKE:]
    of = ports.Alike(*row[:ALIKE])
    return ports.Passed(of, limit, label, stage, unit, bool(whole), days / HUNDRED, bool(kept), count)
