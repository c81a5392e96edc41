"""The verdict on one entry, in an open ledger: what stands in its way here, then the rules of both sides."""

from collections.abc import Callable
from typing import NamedTuple

import msgspec
from sqlalchemy import select

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.entries import Entry, open_body
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.merging import fold_ruled, rule
from yekuo_desktop.domain.office_acts import OFFICE_ACTS
from yekuo_desktop.domain.office_ruling import Origin, rule_office
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.rulings import CODES, Ruling, Verdict, read_ruling
from yekuo_desktop.server import tables
from yekuo_desktop.server.arrivals import Arrived
from yekuo_desktop.server.centre import OFFICE, Centre, station_stream
from yekuo_desktop.server.ledger import Ledger, Whose
from yekuo_desktop.server.organisations import Device
from yekuo_desktop.server.references import reference_for
from yekuo_desktop.server.standing import CASE, Standing


class Judged(NamedTuple):
    """The verdict, why, the stream the row belongs to, and what the case or the organisation becomes."""

    verdict: Verdict
    ruling: Ruling
    stream: str
    case: Case | None = None
    organisation: Organisation | None = None


class Judge:
    """Rules on the entries of one incarnation in their order."""

    def __init__(self, centre: Centre, ledger: Ledger, device: Device, whose: Whose) -> None:
        self._centre, self._ledger, self._device, self._whose = centre, ledger, device, whose
        self._waiting: set[str] | None = None  # subjects on which something of this incarnation is held
        self._ids: set[str] = set()

    @property
    def waiting(self) -> set[str]:
        """Subjects on which an entry of this incarnation waits: what follows on them waits, too."""
        if self._waiting is None:
            c = tables.held.c
            mine = (c.device == self._whose.device, c.incarnation == self._whose.incarnation)
            question = select(c.subject).where(c.org == self._device.org, *mine)
            self._waiting = set(self._ledger.connection.execute(question).scalars())
        return self._waiting

    def know(self, ids: set[str]) -> None:
        """Ids of entries that are here already, from another incarnation."""
        self._ids |= ids

    def judge(self, arrived: Arrived) -> Judged:
        """What becomes of an entry that was not here before."""
        entry = arrived.entry
        if entry is None:
            return Judged("held", _because("unreadable"), station_stream(self._device.station))
        stream = self.stream_of(entry)
        if entry.id in self._ids:
            return Judged("duplicate", _because("again"), stream)
        self._ids.add(entry.id)
        code = self._obstacle(entry)
        if code:
            return Judged("held", _because(code), stream)
        return self.decide(arrived, entry, stream)

    def stream_of(self, entry: Entry) -> str:
        """Where the row of an entry belongs: with its case as that stands here, else with the device."""
        if not entry.subject.startswith(CASE):
            return OFFICE
        standing = self._ledger.case(entry.subject.removeprefix(CASE))
        return station_stream(standing.station if standing else self._device.station)

    def _obstacle(self, entry: Entry) -> str:
        if self._device.state != "active":
            return "device"
        if entry.station != self._device.station:
            return "station"
        return "behind" if entry.subject in self.waiting else ""

    def again(self, arrived: Arrived, stream: str, *, released: bool) -> Judged:
        """A held entry once more; ``stream``: where it was noted."""
        entry = arrived.entry
        if entry is None:
            return Judged("held", _because("unreadable"), stream)
        away = self._device.state != "active" or entry.station != self._device.station
        if away and not released:
            return Judged("held", _because("device"), stream)
        return self.decide(arrived, entry, self.stream_of(entry), released=released)

    def decide(self, arrived: Arrived, entry: Entry, stream: str, *, released: bool = False) -> Judged:
        """The rules themselves; ``released``: somebody answers for the author."""
        if stream == OFFICE:
            return self._office(arrived, entry, released)
        standing = self._ledger.case(entry.subject.removeprefix(CASE))
        if standing is not None and not self._in_scope(standing, entry, arrived.seen):
            return Judged("refused", _because("scope"), stream)
        found = rule(
            entry,
            standing.case if standing else None,
            self._ledger.organisation,
            reference_for(self._centre, entry.org, self._ledger.organisation),
            self._seen(standing, entry, arrived.seen),
            released=released,
        )
        return Judged(found.verdict, found.ruling, stream, case=found.case)

    def _office(self, arrived: Arrived, entry: Entry, released: bool) -> Judged:
        if entry.kind not in OFFICE_ACTS:
            return Judged("held", _because("unknown"), OFFICE)
        origin = Origin(
            founding=self._ledger.org.founder == self._whose.incarnation,
            centre=self._ledger.org.centre_device == self._whose.device,
            overtaken=self._overtaken(entry, arrived.seen),
        )
        found = rule_office(entry, self._ledger.organisation, origin, released=released)
        return Judged(found.verdict, found.ruling, OFFICE, organisation=found.organisation)

    def _overtaken(self, entry: Entry, seen: int) -> bool:
        """Whether another incarnation has written about the same subject since ``seen``."""
        c = tables.log.c
        question = select(c.seq).where(
            *(c.org == entry.org, c.subject == entry.subject, c.stream == OFFICE, c.seq > seen),
            *(c.verdict.in_(("applied", "merged")), c.incarnation != self._whose.incarnation),
        )
        return self._ledger.connection.execute(question.limit(1)).first() is not None

    # ---- whose case it is ------------------------------------------------------------------------

    def _in_scope(self, standing: Standing, entry: Entry, seen: int) -> bool:
        """Its own case, or one that was moved away after the author had last read."""
        if self._device.scope == "all" or standing.station == self._device.station:
            return True
        self._ledger.write_rows()
        c = tables.log.c
        question = select(c.seq).where(
            *(c.org == entry.org, c.subject == entry.subject),
            *(c.stream == station_stream(self._device.station), c.seq > seen),
        )
        return self._ledger.connection.execute(question.limit(1)).first() is not None

    def _seen(self, standing: Standing | None, entry: Entry, seen: int) -> Callable[[], Case | None]:
        """The case as its author had it: what he had read, and what he had written himself."""
        if standing is None:
            return lambda: None
        own = self._device.scope != "all"
        stream = station_stream(self._device.station if own else standing.station)
        if stream == station_stream(standing.station) and standing.seq <= seen:
            return lambda: standing.case
        return lambda: self._refold(stream, entry, seen)

    def _refold(self, stream: str, entry: Entry, seen: int) -> Case | None:
        self._ledger.write_rows()
        log, entries = tables.log.c, tables.entries.c
        same = (entries.device == log.device, entries.incarnation == log.incarnation, entries.n == log.n)
        mine = (log.device == self._whose.device) & (log.incarnation == self._whose.incarnation)
        question = (
            select(log.verdict, log.ruling, entries.body)
            .where(log.org == entry.org, entries.org == entry.org, *same)
            .where(log.subject == entry.subject, log.stream == stream, (log.seq <= seen) | mine)
            .order_by(log.seq)
        )
        case: Case | None = None
        for verdict, ruling, body in self._ledger.connection.execute(question):
            try:
                case = fold_ruled(case, open_body(bytes(body)), verdict, read_ruling(ruling))
            except (ValueError, TypeError, AttributeError, KeyError, msgspec.MsgspecError):
                return None  # its beginning was never read there
        return case


def _because(code: str) -> Ruling:
    return Ruling(code=code, problems=(Problem("", CODES[code]),))
