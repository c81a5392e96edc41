"""What somebody has to think of without a clock of the rules running out: papers that are owed, a plan that
expires, a record that came back, an order of the audit."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.case_rows import RunningLimit
from yekuo_desktop.domain.validity import PLAN_VALIDITY
from yekuo_desktop.domain.vocabulary import LIVE_STATES

Kind = Literal["owed", "expiring", "returned", "audited"]


class Reminder(NamedTuple):
    """``at``: the day or moment it is about, ISO text that sorts by time; ``person``: the id of whom it is
    put before, "" for whoever looks after the case."""

    kind: Kind
    at: str
    person: str


def reminders(case: Case, running: Iterable[RunningLimit]) -> tuple[Reminder, ...]:
    """Those of a case, in a fixed order; of one that has ended only what the audit still wants to hear."""
    live = case.state in LIVE_STATES
    return (*(_of_live(case, running) if live else ()), *_audited(case))


def _of_live(case: Case, running: Iterable[RunningLimit]) -> Iterator[Reminder]:
    for material in case.materials.values():
        if material.owed_until is not None and not material.present:
            yield Reminder("owed", material.owed_until.isoformat(), "")
    for limit in running:
        if limit.limit == PLAN_VALIDITY and limit.stopped is None and limit.due is not None:
            yield Reminder("expiring", _text(limit.due), "")
    if case.records:
        yield from _returned(case)


def _returned(case: Case) -> Iterator[Reminder]:
    """A record that must be done anew and was not yet: put before whoever made it."""
    standing = {record.kind for record in case.records if not record.redone}
    seen: set[str] = set()
    for record in reversed(case.records):
        if record.redone and record.kind not in standing and record.kind not in seen:
            seen.add(record.kind)
            yield Reminder("returned", _text(record.redone_at or record.recorded), record.by)


def _audited(case: Case) -> Iterator[Reminder]:
    for order in case.oversight.orders:
        if order.state == "open":
            yield Reminder("audited", order.what.due.isoformat(), order.what.owner)


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
