"""Putting a judged entry into the ledger, and what follows: a case moves, a held entry is released."""

from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import delete, select

from yekuo_desktop.domain.custody import CUSTOMERS
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.journal import payload_of
from yekuo_desktop.domain.office_acts import HeldDecision, office_payload
from yekuo_desktop.domain.paperwork import Issue
from yekuo_desktop.domain.rulings import COUNTING, Ruling, ruling_text
from yekuo_desktop.server import tables
from yekuo_desktop.server.arrivals import Arrived, read_entry
from yekuo_desktop.server.centre import Centre, station_stream
from yekuo_desktop.server.judging import Judge, Judged
from yekuo_desktop.server.ledger import Ledger, Placed, Whose
from yekuo_desktop.server.organisations import Device, find_device
from yekuo_desktop.server.standing import plain

MOST_VERSIONS = 10_000  # of a sheet; its code has four digits for it


class Waiting(NamedTuple):
    """A held entry: its number, and the stream it was noted in."""

    n: int
    stream: str


class Recorder:
    """Judges and records what one incarnation sends."""

    def __init__(self, centre: Centre, ledger: Ledger, device: Device, whose: Whose) -> None:
        self._centre, self._ledger, self._device, self._whose = centre, ledger, device, whose
        self.judge = Judge(centre, ledger, device, whose)

    def record(self, arrived: Arrived, signature: bytes | None = None) -> tuple[Judged, Placed]:
        """An entry that was not here before."""
        judged = self.judge.judge(arrived)
        placed = self._ledger.append(
            judged.stream,
            self._whose,
            arrived,
            judged.verdict,
            ruling_text(judged.ruling),
            signature=signature,
        )
        if judged.verdict == "held":
            subject = arrived.entry.subject if arrived.entry else ""
            self._ledger.hold(self._whose, arrived, placed, subject, judged.ruling.code)
            self.judge.waiting.add(subject)
        elif arrived.entry is not None:
            self._follow(arrived, arrived.entry, judged, placed)
        return judged, placed

    def _follow(self, arrived: Arrived, entry: Entry, judged: Judged, placed: Placed) -> None:
        """What a counting entry changes."""
        if judged.verdict not in COUNTING:
            return
        if judged.organisation is not None:
            self._ledger.keep_office(judged.organisation, placed)
            if entry.kind == "held.decided":
                self._decide_held(entry)
        if judged.case is not None:
            self._keep_case(entry, judged, placed)

    def _keep_case(self, entry: Entry, judged: Judged, placed: Placed) -> None:
        case = judged.case
        if case is None:
            return
        target = station_stream(case.station)
        if target != judged.stream:
            placed = self._carry(entry.subject, judged.stream, target)
        self._ledger.keep_case(case, placed)
        if entry.kind == "paper.issued":
            self._note_receipt(entry, case.id)

    def _note_receipt(self, entry: Entry, case_id: str) -> None:
        payload = payload_of(entry)
        if not isinstance(payload, Issue) or payload.snapshot.form not in CUSTOMERS:
            return
        sheet = payload.snapshot
        if not 0 < sheet.version < MOST_VERSIONS:
            return
        self._ledger.note_receipt(
            {
                "sheet_no": plain(sheet.sheet_no).upper(),
                "case_id": case_id,
                "form": sheet.form,
                "version": sheet.version,
                "signature": plain(payload.proof.signature),
            }
        )

    # ---- a case that moves -----------------------------------------------------------------------

    def _carry(self, subject: str, source: str, target: str) -> Placed:
        """Append to the new stream every row of the case that it does not have yet."""
        self._ledger.write_rows()
        log, entries = tables.log.c, tables.entries.c
        org = self._ledger.org.org
        same = (entries.device == log.device, entries.incarnation == log.incarnation, entries.n == log.n)
        of_case = (log.org == org, log.subject == subject)
        key = (log.device, log.incarnation, log.n, log.verdict)
        there = {
            tuple(row)
            for row in self._ledger.connection.execute(select(*key).where(*of_case, log.stream == target))
        }
        question = (
            select(*key, log.seq, log.received, log.ruling, entries.prev, entries.hash)
            .where(*of_case, log.stream == source, entries.org == org, *same)
            .order_by(log.seq)
        )
        placed = Placed(target, 0)
        for row in self._ledger.connection.execute(question).all():
            if (row.device, row.incarnation, row.n, row.verdict) in there:
                continue
            placed = self._ledger.line(
                target,
                Whose(row.device, row.incarnation),
                Arrived(row.n, b"", bytes(row.prev), bytes(row.hash), None),
                row.verdict,
                row.ruling,
                subject=subject,
                origin=f"{source}#{row.seq}",
                received=row.received,
            )
        return placed

    # ---- a held entry ----------------------------------------------------------------------------

    def _decide_held(self, decision: Entry) -> None:
        """The entry the decision names, and what waits behind it on the same subject."""
        payload = office_payload(decision)
        if not isinstance(payload, HeldDecision):
            return
        self._ledger.write_rows()
        c = tables.held.c
        org = self._ledger.org.org
        named = select(c.device, c.incarnation, c.n, c.subject).where(c.org == org, c.id == payload.entry)
        first = self._ledger.connection.execute(named).first()
        if first is None:
            return
        behind = (
            select(c.n, c.stream)
            .where(c.org == org, c.device == first.device, c.incarnation == first.incarnation)
            .where(c.subject == first.subject, c.n >= first.n)
            .order_by(c.n)
        )
        whose = Whose(first.device, first.incarnation)
        device = find_device(self._ledger.connection, org, first.device)
        if device is None:
            return
        found = self._ledger.connection.execute(behind).all()
        waiting = [Waiting(int(row.n), row.stream) for row in found]
        recorder = Recorder(self._centre, self._ledger, device, whose)
        Releasing(recorder, decision, payload).all(waiting)

    def settle(self, n: int, judged: Judged) -> None:
        """A held entry gets its second row and waits no longer."""
        arrived = self.stored(n)
        subject = arrived.entry.subject if arrived.entry else ""
        placed = self._ledger.line(
            judged.stream, self._whose, arrived, judged.verdict, ruling_text(judged.ruling), subject=subject
        )
        c = tables.held.c
        mine = (c.device == self._whose.device, c.incarnation == self._whose.incarnation, c.n == n)
        self._ledger.connection.execute(delete(tables.held).where(c.org == self._ledger.org.org, *mine))
        if arrived.entry is not None:
            self._follow(arrived, arrived.entry, judged, placed)

    def stored(self, n: int) -> Arrived:
        """An entry of this incarnation as it lies here."""
        c = tables.entries.c
        where = (c.org == self._ledger.org.org, c.device == self._whose.device)
        question = select(c.body, c.prev, c.hash).where(
            *where, c.incarnation == self._whose.incarnation, c.n == n
        )
        row = self._ledger.connection.execute(question).one()
        body = bytes(row.body)
        return Arrived(n, body, bytes(row.prev), bytes(row.hash), read_entry(body))


class Releasing:
    """One decision over held entries of one subject, in their order."""

    def __init__(self, recorder: Recorder, decision: Entry, payload: HeldDecision) -> None:
        self._recorder, self._decision, self._payload = recorder, decision, payload

    def all(self, waiting: list[Waiting]) -> None:
        """The first as decided, those behind it after it. One that still cannot be decided keeps the rest
        waiting."""
        for at, each in enumerate(waiting):
            judged = self._judged(each, first=at == 0)
            if judged.verdict == "held":
                return
            self._recorder.settle(each.n, judged)

    def _judged(self, each: Waiting, *, first: bool) -> Judged:
        arrived = self._recorder.stored(each.n)
        if first and not self._payload.release:
            return Judged("refused", Ruling(code="decided", by=self._decision.id), each.stream)
        judged = self._recorder.judge.again(arrived, each.stream, released=self._payload.release)
        return judged._replace(ruling=replace(judged.ruling, by=self._decision.id))
