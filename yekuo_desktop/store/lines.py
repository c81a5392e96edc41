"""The entries of a subject in the order that counts, each with what was ruled on it.

First the lines of the stream the subject lives in now, as the centre ordered them; then what was received but
whose line has not come yet; then what is pending: written here and not sent, or known from a past the
centre has lost. A pending entry counts as it was decided after the last pull (``outlook``); a plain one
counts whole.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from yekuo_desktop.domain.entries import Entry, open_body
from yekuo_desktop.domain.office_acts import OFFICE_ACTS
from yekuo_desktop.domain.rulings import COUNTING, PLAIN, Ruling, Verdict, read_ruling
from yekuo_desktop.store.engine import Connection, scan

_SELECT = (
    "SELECT e.subject, e.seq, e.body, l.stream, l.seq, l.verdict, l.ruling,"
    " r.stream, r.seq, r.verdict, r.ruling, o.verdict, o.ruling FROM entries AS e"
    " LEFT JOIN log AS l ON l.entry = e.seq LEFT JOIN receipts AS r ON r.entry = e.seq"
    " LEFT JOIN outlook AS o ON o.entry = e.seq"
)
_ALL_CASES = f"{_SELECT} WHERE e.subject >= 'case:' AND e.subject < 'case;' ORDER BY e.subject, e.seq"
# Looked up in indexes: the acts on the organisation are few among those on cases. Its stream is asked, too,
# because it is the kind that makes an act one on the organisation, whatever subject somebody else gave it.
_OFFICE = (
    f"{_SELECT} WHERE e.seq IN (SELECT seq FROM entries WHERE subject < 'case:'"
    " UNION ALL SELECT seq FROM entries WHERE subject >= 'case;'"
    " UNION ALL SELECT entry FROM log WHERE stream = 'office')"
    f" AND e.kind IN ({', '.join('?' for _ in OFFICE_ACTS)}) ORDER BY e.seq"
)
MANY = 200  # subjects of one question


class Line(NamedTuple):
    """An entry: ``place`` in our journal, ``stream`` and ``seq`` at the centre ("" and 0 while pending)."""

    place: int
    entry: Entry
    verdict: Verdict
    ruling: Ruling
    stream: str = ""
    seq: int = 0

    @property
    def pending(self) -> bool:
        """Whether the centre has said nothing about it."""
        return not self.stream


class _Found(NamedTuple):
    place: int
    body: bytes
    stream: str | None
    seq: int | None
    verdict: Any
    ruling: str | None
    due_stream: str | None  # of the receipt
    due_seq: int | None
    due_verdict: Any
    due_ruling: str | None
    outlook: Any
    outlook_ruling: str | None


def of_subject(connection: Connection, subject: str) -> list[Line]:
    """The lines of one subject."""
    rows = scan(connection, f"{_SELECT} WHERE e.subject = ? ORDER BY e.seq", (subject,))
    return ordered([_Found._make(row[1:]) for row in rows])


def of_subjects(connection: Connection, subjects: Sequence[str]) -> Iterator[tuple[str, list[Line]]]:
    """The same for several, in one question."""
    for at in range(0, len(subjects), MANY):
        some = subjects[at : at + MANY]
        places = ", ".join("?" for _ in some)
        sql = f"{_SELECT} WHERE e.subject IN ({places}) ORDER BY e.subject, e.seq"
        yield from _grouped(scan(connection, sql, some))


def of_cases(connection: Connection) -> Iterator[tuple[str, list[Line]]]:
    """The lines of every case, by its subject: ids are made in the order of time."""
    yield from _grouped(scan(connection, _ALL_CASES))


def of_office(connection: Connection) -> list[Line]:
    """The lines about the organisation, which is one subject to the fold."""
    rows = scan(connection, _OFFICE, tuple(OFFICE_ACTS))
    return ordered([_Found._make(row[1:]) for row in rows])


def _grouped(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[str, list[Line]]]:
    for subject, group in groupby(rows, key=itemgetter(0)):
        yield subject, ordered([_Found._make(row[1:]) for row in group])


def ordered(found: Sequence[_Found]) -> list[Line]:
    """In the order of the fold. The stream a subject moved to has every line of it, so the one with most
    lines is where it lives; an entry that was held and released later stands where it was released."""
    if not any(row.stream or row.due_stream for row in found):
        return [_pending(row) for row in found]
    streams = Counter(row.stream for row in found if row.stream)
    home = max(streams, key=lambda name: (streams[name], name), default="")
    lines = [_line(row) for row in found if row.stream == home and row.seq]
    known = {line.place for line in lines}
    others = [row for row in found if row.place not in known]
    received = [line for line in map(_received, others) if line is not None]
    known |= {line.place for line in received}
    return [
        *sorted(lines, key=lambda line: line.seq),
        *sorted(_once(received), key=lambda line: (line.stream, line.seq)),
        *(_pending(row) for row in others if row.place not in known),
    ]


def _line(row: _Found) -> Line:
    return Line(
        row.place, open_body(row.body), row.verdict, _ruling(row.ruling), row.stream or "", row.seq or 0
    )


def _received(row: _Found) -> Line | None:
    if row.due_stream:
        return Line(
            row.place,
            open_body(row.body),
            row.due_verdict,
            _ruling(row.due_ruling),
            row.due_stream,
            row.due_seq or 0,
        )
    return _line(row) if row.stream else None


def _pending(row: _Found) -> Line:
    entry = open_body(row.body)
    return Line(row.place, entry, row.outlook or "applied", _ruling(row.outlook_ruling))


def _ruling(text: str | None) -> Ruling:
    return read_ruling(text) if text else PLAIN


def _once(lines: Iterable[Line]) -> Iterator[Line]:
    last = {line.place: line for line in lines}
    yield from last.values()


def counting(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines that are folded, each entry once."""
    done: set[int] = set()
    for line in lines:
        if line.verdict in COUNTING and line.place not in done:
            done.add(line.place)
            yield line
