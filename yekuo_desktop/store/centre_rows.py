"""What the screen shows of the centre: what waits, what does not count and why, what two people wanted."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import msgspec

from yekuo_desktop.domain.entries import Entry, open_body
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.rulings import Ruling, Verdict, read_ruling
from yekuo_desktop.office.sync_ports import (
    Centre,
    Contact,
    Granted,
    OpenConflict,
    StreamSight,
    Tally,
    Unsettled,
)
from yekuo_desktop.runtime.later import later
from yekuo_desktop.store import derived, keeping, moments, queries, tables
from yekuo_desktop.store.engine import Connection, first, scalar, scan

with later():  # nothing of it is asked before there is a centre
    from yekuo_desktop.store import attached, dead_letters, welcoming

Lend = Callable[[], AbstractContextManager[Connection]]

_OURS = "JOIN heads AS h ON h.incarnation = e.incarnation AND e.n <= h.n"
# Of our own entries, the line that stands last says what became of them.
_SAID = (
    "SELECT e.seq, e.id, e.body, e.subject, l.verdict, l.ruling, 0 AS pending FROM log AS l"
    f" JOIN entries AS e ON e.seq = l.entry {_OURS}"
    " WHERE l.verdict IN ('held', 'refused') AND NOT EXISTS (SELECT 1 FROM log AS later"
    " WHERE later.entry = l.entry AND later.stream = l.stream AND later.seq > l.seq)"
    " UNION SELECT e.seq, e.id, e.body, e.subject, r.verdict, r.ruling, 0 FROM receipts AS r"
    " JOIN entries AS e ON e.seq = r.entry WHERE r.verdict IN ('held', 'refused')"
    " UNION SELECT e.seq, e.id, e.body, e.subject, o.verdict, o.ruling, 1 FROM outlook AS o"
    f" JOIN entries AS e ON e.seq = o.entry {_OURS} WHERE o.verdict IN ('held', 'refused')"
)
_UNREAD = (
    f"SELECT * FROM ({_SAID}) AS u WHERE NOT EXISTS"
    " (SELECT 1 FROM settings WHERE name = 'read:' || u.verdict || ':' || u.id)"
)
_WAITING = (
    "SELECT e.body FROM entries AS e JOIN heads AS h ON h.incarnation = e.incarnation AND e.n <= h.n"
    " JOIN chains AS c ON c.incarnation = e.incarnation AND e.n > c.acked ORDER BY e.seq LIMIT ?"
)
# Of somebody nothing was received; what a receipt says counts as much as the line itself.
_UNHEARD = (
    "SELECT count(*) > 0 AND sum(l.entry IS NOT NULL OR r.entry IS NOT NULL) = 0 FROM entries AS e"
    " LEFT JOIN log AS l ON l.entry = e.seq LEFT JOIN receipts AS r ON r.entry = e.seq WHERE e.subject = ?"
)
_CASE = "SELECT number, customer FROM cases WHERE id = ?"


class StoredCentre:
    """The questions of the synchronisation page; none of them is slow."""

    def __init__(self, reading: Lend, writing: Lend) -> None:
        self._reading, self._writing = reading, writing

    def centre(self) -> Centre | None:
        """The centre this machine is enrolled at."""
        with self._reading() as connection:
            return keeping.centre(connection)

    def contact(self) -> Contact:
        """How the last contacts went."""
        with self._reading() as connection:
            return keeping.contact(connection)

    def granted(self, person: str) -> Granted | None:
        """What the centre has signed for somebody on this machine; what was changed since is nothing."""
        sql = f"SELECT content FROM {tables.grants.name} WHERE person = ?"
        with self._reading() as connection:
            content = scalar(connection, sql, (person,))
            return welcoming.good_grant(connection, content) if content else None

    def unheard_of(self, person: str) -> bool:
        """Whether somebody was entered here and the centre has received nothing of it yet."""
        with self._reading() as connection:
            return bool(scalar(connection, _UNHEARD, (f"person:{person}",)))

    def tally(self) -> Tally:
        """What waits, counted."""
        with self._reading() as connection:
            unsent = queries.unsent(connection)
            if keeping.centre(connection) is None:
                return Tally(unsent)
            return Tally(
                unsent=unsent,
                files=len(attached.to_send(connection)),
                unsettled=int(scalar(connection, f"SELECT count(*) FROM ({_UNREAD})"))
                + len(_set_aside(connection)),
                conflicts=int(scalar(connection, "SELECT count(*) FROM conflicts")),
            )

    def waiting(self, limit: int = 200) -> Sequence[Entry]:
        """Entries that were not received yet, the oldest first."""
        with self._reading() as connection:
            return [open_body(body) for (body,) in scan(connection, _WAITING, (limit,))]

    def unsettled(self, limit: int = 200) -> Sequence[Unsettled]:
        """Entries of ours that do not count as they were meant, the newest first."""
        sql = f"{_UNREAD} ORDER BY 1 DESC LIMIT ?"
        with self._reading() as connection:
            said = [_unsettled(connection, *row[2:]) for row in scan(connection, sql, (limit,))]
            return [*_set_aside(connection), *said]

    def conflicts(self, limit: int = 200) -> Sequence[OpenConflict]:
        """Conflicts nobody has decided yet."""
        sql = (
            "SELECT k.case_id, c.number, c.customer, k.content FROM conflicts AS k"
            " JOIN cases AS c ON c.id = k.case_id ORDER BY k.case_id, k.position LIMIT ?"
        )
        with self._reading() as connection:
            return [
                OpenConflict(
                    case=case_id,
                    number=number,
                    customer=customer,
                    conflict=derived.decode_conflict(content),
                )
                for case_id, number, customer, content in scan(connection, sql, (limit,))
            ]

    def streams(self) -> Sequence[StreamSight]:
        """How far each stream was read."""
        sql = "SELECT name, seq, upto, state, complete FROM streams ORDER BY name"
        with self._reading() as connection:
            return [
                StreamSight(name, seq, upto, state, _moment(complete))
                for name, seq, upto, state, complete in scan(connection, sql)
            ]

    def settle(self, entry_id: str, verdict: Verdict) -> None:
        """A person has read what became of an entry."""
        with self._writing() as connection:
            keeping.save_setting(connection, f"read:{verdict}:{entry_id}", "1")

    def allow_removal(self) -> None:
        """A person agrees that cases go out of view."""
        with self._writing() as connection:
            known = keeping.centre(connection)
            if known is not None:
                keeping.save_centre(connection, msgspec.structs.replace(known, allowed="once"))


def _set_aside(connection: Connection) -> list[Unsettled]:
    """What can never be received, as though the centre had refused it."""
    return [
        Unsettled(
            entry=entry,
            verdict="refused",
            ruling=Ruling(code="too_large", problems=(Problem("", reason),)),
            number=number,
            customer=customer,
        )
        for entry, reason in dead_letters.set_aside_so_far(connection)
        if not keeping.setting(connection, f"read:refused:{entry.id}", "")
        for number, customer in (_called(connection, entry.subject, entry.payload),)
    ]


def _unsettled(
    connection: Connection, body: bytes, subject: str, verdict: Any, ruling: str, pending: int
) -> Unsettled:
    entry = open_body(body)
    number, customer = _called(connection, subject, entry.payload)
    return Unsettled(
        entry=entry,
        verdict=verdict,
        ruling=read_ruling(ruling),
        number=number,
        customer=customer,
        pending=bool(pending),
    )


def _called(connection: Connection, subject: str, payload: bytes) -> tuple[str, str]:
    """Number and customer; of a case that is not in view, what was wanted of it says them."""
    found = first(connection, _CASE, (subject.removeprefix("case:"),))
    return (found[0], found[1]) if found else _of_payload(payload)


class _Values(msgspec.Struct, frozen=True):
    number: str = ""
    values: dict[str, Any] = {}


def _of_payload(payload: bytes) -> tuple[str, str]:
    try:
        found = msgspec.json.decode(payload, type=_Values)
    except msgspec.MsgspecError:
        return "", ""
    return found.number, str(found.values.get("customer_name", ""))


def _moment(text: str) -> datetime | None:
    return moments.moment(text) if text else None
