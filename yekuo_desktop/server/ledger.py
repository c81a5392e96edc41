"""An open transaction that appends: streams locked, rows chained, cases and office as they become.

Nothing of it is in the database before ``write``; what is read again afterwards sees it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, select, update

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.mentions import mentions
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.rulings import Verdict
from yekuo_desktop.protocol.chain import genesis, link
from yekuo_desktop.protocol.pulling import Row
from yekuo_desktop.server import tables
from yekuo_desktop.server.arrivals import Arrived
from yekuo_desktop.server.centre import OFFICE, Centre, station_stream
from yekuo_desktop.server.errors import Busy
from yekuo_desktop.server.organisations import Org, office_row, read_office
from yekuo_desktop.server.positions import Position, signed_head
from yekuo_desktop.server.standing import CASE, Standing, case_row, decode_case

CHECKPOINT_EVERY = 1000  # rows of a stream
MOST_BYTES = 2**40  # of a file, as an entry may say it


class Whose(NamedTuple):
    """The chain an entry belongs to."""

    device: str
    incarnation: str


class Placed(NamedTuple):
    """Where a row stands."""

    stream: str
    seq: int


class Ledger:
    """The streams are locked before anything else is read, always in the order of their names."""

    def __init__(self, centre: Centre, connection: Connection, org: Org, received: str) -> None:
        self._centre, self.connection, self.org, self._received = centre, connection, org, received
        self._heads: dict[str, tuple[int, bytes]] = {}
        self._before: dict[str, int] = {}
        self._cases: dict[str, Standing | None] = {}
        self._changed: set[str] = set()
        self._organisation: Organisation | None = None
        self._office_seq = 0
        self._entries: list[dict[str, Any]] = []
        self._log: list[dict[str, Any]] = []
        self._held: list[dict[str, Any]] = []
        self._files: dict[str, dict[str, Any]] = {}
        self._receipts: list[dict[str, Any]] = []
        self._touched: set[str] = set()

    # ---- locking and reading ---------------------------------------------------------------------

    def lock(self, streams: Iterable[str]) -> None:
        """Take the streams; those that are not there yet begin now."""
        wanted = sorted(set(streams))
        org = self.org.org
        c = tables.streams.c
        where = (c.org == org, c.stream.in_(wanted))
        there = set(self.connection.execute(select(c.stream).where(*where)).scalars())
        new = [
            {"org": org, "stream": stream, "seq": 0, "hash": genesis(org, stream)}
            for stream in wanted
            if stream not in there
        ]
        self._centre.database.add_new(self.connection, tables.streams, new)
        question = select(c.stream, c.seq, c.hash).where(*where).order_by(c.stream).with_for_update()
        self._heads = {s: (int(seq), bytes(h)) for s, seq, h in self.connection.execute(question)}
        self._before = {stream: seq for stream, (seq, _) in self._heads.items()}

    def load(self, case_ids: Iterable[str]) -> None:
        """Read cases in one question. Raises ``Busy`` where one has moved to a stream that is not locked."""
        wanted = [case_id for case_id in dict.fromkeys(case_ids) if case_id not in self._cases]
        if not wanted:
            return
        self._cases.update(dict.fromkeys(wanted))
        c = tables.cases.c
        question = select(c.id, c.document, c.station, c.seq).where(c.org == self.org.org, c.id.in_(wanted))
        for case_id, document, station, seq in self.connection.execute(question):
            if station_stream(station) not in self._heads:
                raise Busy("业务刚被移交,请重试", retry_after=1)
            self._cases[case_id] = Standing(decode_case(document), station, int(seq))

    def case(self, case_id: str) -> Standing | None:
        """A case as it has become so far."""
        self.load((case_id,))
        return self._cases[case_id]

    @property
    def organisation(self) -> Organisation:
        """The organisation as it has become so far."""
        if self._organisation is None:
            self._office_seq, self._organisation = read_office(self.connection, self.org.org)
        return self._organisation

    def heads(self) -> dict[str, int]:
        """Where the streams that were appended to stand."""
        return {stream: self._heads[stream][0] for stream in sorted(self._touched)}

    # ---- appending -------------------------------------------------------------------------------

    def append(
        self,
        stream: str,
        whose: Whose,
        arrived: Arrived,
        verdict: Verdict,
        ruling: str,
        *,
        subject: str = "",
        signature: bytes | None = None,
    ) -> Placed:
        """An entry that was not here before, with its first row."""
        placed = self.line(stream, whose, arrived, verdict, ruling, subject=subject)
        self._entries.append(_entry_row(self.org.org, whose, arrived, placed, signature))
        self._mention(stream, arrived.entry)
        return placed

    def line(
        self,
        stream: str,
        whose: Whose,
        arrived: Arrived,
        verdict: Verdict,
        ruling: str,
        *,
        subject: str = "",
        origin: str = "",
        received: str = "",
    ) -> Placed:
        """One more row of a stream, about an entry that is here."""
        seq, prev = self._heads[stream]
        row = Row(
            seq=seq + 1,
            received=received or self._received,
            verdict=verdict,
            ruling=ruling,
            origin=origin,
        )
        now = link(prev, arrived.hash, row)
        self._heads[stream] = (row.seq, now)
        self._touched.add(stream)
        self._log.append(
            {
                "org": self.org.org,
                "stream": stream,
                "seq": row.seq,
                "device": whose.device,
                "incarnation": whose.incarnation,
                "n": arrived.n,
                "subject": subject or (arrived.entry.subject if arrived.entry else ""),
                "received": row.received,
                "verdict": verdict,
                "ruling": ruling,
                "origin": origin,
                "hash": now,
            }
        )
        return Placed(stream, row.seq)

    def hold(self, whose: Whose, arrived: Arrived, placed: Placed, subject: str, code: str) -> None:
        """Note an entry that waits."""
        self._held.append(
            {
                "org": self.org.org,
                "device": whose.device,
                "incarnation": whose.incarnation,
                "n": arrived.n,
                "id": arrived.entry.id if arrived.entry else "",
                "subject": subject,
                "code": code,
                "stream": placed.stream,
                "since": self._received,
            }
        )

    def keep_case(self, case: Case, placed: Placed) -> None:
        """The case is so now."""
        self._cases[case.id] = Standing(case, case.station, placed.seq)
        self._changed.add(case.id)

    def keep_office(self, organisation: Organisation, placed: Placed) -> None:
        """The organisation is so now."""
        self._organisation, self._office_seq = organisation, placed.seq
        self._changed.add(OFFICE)

    def _mention(self, stream: str, entry: Entry | None) -> None:
        for sha256, size in mentions(entry) if entry else ():
            self._files[sha256] = {
                "org": self.org.org,
                "sha256": sha256,
                "size": size if 0 < size < MOST_BYTES else 0,
                "state": "awaited",
                "stream": stream,
                "since": self._received,
            }

    def note_receipt(self, row: dict[str, Any]) -> None:
        """A sheet whose code opens the customer's page."""
        self._receipts.append({"org": self.org.org, **row})

    # ---- writing ---------------------------------------------------------------------------------

    def write_rows(self) -> None:
        """Put the rows so far into the tables, so that questions about them find them."""
        database, connection = self._centre.database, self.connection
        database.add(connection, tables.entries, self._entries)
        database.add(connection, tables.log, self._log)
        database.put(connection, tables.held, self._held)
        self._entries, self._log, self._held = [], [], []

    def write(self) -> None:
        """Everything, before the commit."""
        database, connection, org = self._centre.database, self.connection, self.org.org
        self.write_rows()
        database.add_new(connection, tables.files, list(self._files.values()))
        database.put(connection, tables.receipts, self._receipts)
        database.put(connection, tables.cases, list(self._case_rows()))
        if OFFICE in self._changed and self._organisation is not None:
            row = office_row(org, self._office_seq, self._organisation)
            database.put(connection, tables.office, [row])
        database.add_new(connection, tables.checkpoints, self._checkpoints())
        for stream in self._touched:
            seq, now = self._heads[stream]
            where = (tables.streams.c.org == org, tables.streams.c.stream == stream)
            connection.execute(update(tables.streams).where(*where).values(seq=seq, hash=now))

    def _checkpoints(self) -> list[dict[str, Any]]:
        """Signed once in so many rows: what is behind them cannot be cut off unnoticed."""
        due = [
            stream
            for stream in self._touched
            if self._heads[stream][0] // CHECKPOINT_EVERY > self._before[stream] // CHECKPOINT_EVERY
        ]
        found = (Position(*self._heads[stream]) for stream in due)
        heads = [signed_head(self._centre, self.org, s, at) for s, at in zip(due, found, strict=True)]
        return [msgspec.structs.asdict(head) for head in heads]

    def _case_rows(self) -> Iterator[dict[str, Any]]:
        for case_id in self._changed - {OFFICE}:
            standing = self._cases[case_id]
            if standing is not None:
                yield case_row(self.org.org, standing)


def _entry_row(
    org: str, whose: Whose, arrived: Arrived, placed: Placed, signature: bytes | None
) -> dict[str, Any]:
    entry = arrived.entry
    return {
        "org": org,
        "device": whose.device,
        "incarnation": whose.incarnation,
        "n": arrived.n,
        "id": entry.id if entry else "",
        "subject": entry.subject if entry else "",
        "kind": entry.kind if entry else "",
        "actor": entry.actor if entry else "",
        "prev": arrived.prev,
        "hash": arrived.hash,
        "body": arrived.body,
        "signature": signature,
        "stream": placed.stream,
        "seq": placed.seq,
    }


def subjects_of(arrived: Sequence[Arrived]) -> list[str]:
    """Ids of the cases that entries speak of."""
    found = (each.entry.subject for each in arrived if each.entry is not None)
    return [subject.removeprefix(CASE) for subject in found if subject.startswith(CASE)]
