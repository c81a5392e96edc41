"""Reading the journal and the registers: history, day book, issued sheets."""

from collections.abc import Sequence
from datetime import datetime

from yekuo_desktop.domain.entries import Entry, open_body
from yekuo_desktop.office.ports import LogLine
from yekuo_desktop.runtime.later import later
from yekuo_desktop.store import lines, moments
from yekuo_desktop.store.engine import Connection, scalar, scalars, scan
from yekuo_desktop.store.queries import DAY

with later():
    from yekuo_desktop.domain import journal

_DAY = f"SELECT e.seq, e.body, c.number, c.customer {DAY} ORDER BY +e.seq"
_PAPERS = (
    "SELECT e.body, c.number, c.customer"
    " FROM entries AS e CROSS JOIN cases AS c ON c.id = substr(e.subject, 6)"
    " WHERE e.kind IN ('paper.issued', 'paper.reprinted', 'paper.voided')"
    " AND e.recorded >= ? AND e.recorded < ? ORDER BY +e.seq"
)


def entry(connection: Connection, entry_id: str) -> Entry | None:
    """One entry."""
    body = scalar(connection, "SELECT body FROM entries WHERE id = ? ORDER BY seq LIMIT 1", (entry_id,))
    return open_body(body) if body is not None else None


def history(connection: Connection, subject: str) -> Sequence[Entry]:
    """The entries of one subject that count, in the order they count in."""
    return [line.entry for line in lines.counting(lines.of_subject(connection, subject))]


def day_book(connection: Connection, first: datetime, last: datetime, terminal: str) -> Sequence[LogLine]:
    """The acts on cases recorded in a stretch of time, of one counter or of all."""
    wanted = (moments.text(first), moments.text(last), terminal, terminal)
    return [_log_line(*row) for row in scan(connection, _DAY, wanted)]


def cases_with(
    connection: Connection, kinds: Sequence[str], first: datetime, last: datetime
) -> Sequence[str]:
    """Ids of the cases on which such an act was recorded in a stretch of time, the oldest act first."""
    sql = (
        "SELECT substr(subject, 6) FROM entries WHERE subject GLOB 'case:*' AND recorded >= ?"
        f" AND recorded < ? AND kind IN ({', '.join('?' for _ in kinds)}) GROUP BY subject ORDER BY min(seq)"
    )
    return list(scalars(connection, sql, (moments.text(first), moments.text(last), *kinds)))


def entries_of(
    connection: Connection, kinds: Sequence[str], first: datetime, last: datetime
) -> list[tuple[Entry, str, str]]:
    """The entries of these kinds recorded in a stretch of time, whether they count or not: what was seen was
    seen. Each with number and customer of its case, "" where it is about none."""
    if not kinds:
        return []
    sql = (
        "SELECT e.body, coalesce(c.number, ''), coalesce(c.customer, '') FROM entries AS e"
        " LEFT JOIN cases AS c ON e.subject GLOB 'case:*' AND c.id = substr(e.subject, 6)"
        f" WHERE e.kind IN ({', '.join('?' for _ in kinds)}) AND e.recorded >= ? AND e.recorded < ?"
        " ORDER BY +e.seq"
    )
    rows = scan(connection, sql, (*kinds, moments.text(first), moments.text(last)))
    return [(open_body(body), number, customer) for body, number, customer in rows]


def _log_line(seq: int, body: bytes, number: str, customer: str) -> LogLine:
    entry = open_body(body)
    return LogLine(
        n=seq,
        recorded=entry.recorded,
        stated=entry.stated,
        subject=entry.subject,
        kind=entry.kind,
        actor=entry.actor,
        terminal=entry.terminal,
        number=number,
        customer=customer,
        words=journal.words(entry),
    )


def paper_entries(connection: Connection, first: datetime, last: datetime) -> list[tuple[Entry, str, str]]:
    """The acts on sheets recorded in a stretch of time, with number and customer of their case."""
    rows = scan(connection, _PAPERS, (moments.text(first), moments.text(last)))
    return [(open_body(body), number, customer) for body, number, customer in rows]
