"""What must be done anew (退回重办): the records that are struck, those that rest on them, their sheets, and
the clocks they had stopped. Nothing is taken away: struck records, void sheets and all times stay."""

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from yekuo_desktop.domain.case import Case, Event, Paper, Record
from yekuo_desktop.domain.deadlines.limits import ASKED_AGAIN
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.records import last, records
from yekuo_desktop.domain.stages import ALL_TASKS
from yekuo_desktop.domain.tasks import Task

TASKS: dict[str, Task] = {task.kind: task for task in ALL_TASKS}


def undo(case: Case, kinds: Iterable[str], reason: str, entry: Entry, *, for_customer: bool) -> Case:
    """The records of these kinds are struck, with those that rest on them, and their sheets are void; the
    clocks they had stopped go on: where the customer asks for it himself as a new running, else as if nothing
    had stopped them."""
    asked = frozenset(record.id for record in records(case, *kinds))
    struck = _with_what_rests_on_them(case, asked)
    after = _voided(_struck(case, struck, reason, entry.stated), struck, reason)
    events = _last_events(case, struck | {record.id for record in records(case, *_reopened(case, after))})
    if for_customer:
        names = tuple(case.events[at].name for at in sorted(events))
        again = Event(ASKED_AGAIN, entry.stated, entry.recorded, entry.id, again=names)
        return replace(after, events=(*case.events, again))
    told = (replace(event, undone=True) if at in events else event for at, event in enumerate(case.events))
    return replace(after, events=tuple(told))


def _reopened(case: Case, after: Case) -> tuple[str, ...]:
    """The tasks that were done before and are not any more."""
    return tuple(kind for kind, task in TASKS.items() if task.done(case) and not task.done(after))


def _with_what_rests_on_them(case: Case, struck: frozenset[str]) -> frozenset[str]:
    """With the newest record of each task that is not done any more without them. What is done as often as
    one likes knows its rounds itself; money that was received stays received."""
    after = _struck(case, struck, "退回重办")
    known = {record.kind for record in case.records if record.id in struck}
    kinds = (kind for kind in _reopened(case, after) if kind not in known and not TASKS[kind].repeats)
    more = frozenset(record.id for record in (last(case, kind) for kind in kinds) if record)
    return _with_what_rests_on_them(case, struck | more) if more else struck


def _struck(case: Case, ids: frozenset[str], reason: str, at: datetime | None = None) -> Case:
    def change(record: Record) -> Record:
        if record.id not in ids:
            return record
        return replace(record, redone=reason, redone_at=at, redone_after=len(case.records))

    return replace(case, records=tuple(change(record) for record in case.records))


def _voided(case: Case, ids: frozenset[str], reason: str) -> Case:
    """What was printed for records that are struck is no paper of the case any more."""

    def change(paper: Paper) -> Paper:
        if paper.void or _told_by(case, paper) not in ids:
            return paper
        return replace(paper, void=f"退回重办:{reason}")

    return replace(case, papers=tuple(change(paper) for paper in case.papers))


def _told_by(case: Case, paper: Paper) -> str:
    """The id of the record a sheet tells of: the newest before it that issues such a sheet, else the first
    after it, where a sheet was taken along and filled in by hand."""
    made = [r for r in case.records if r.kind in TASKS and paper.form in TASKS[r.kind].papers]
    before = [record for record in made if record.recorded <= paper.issued]
    found = before[-1:] or made[:1]
    return found[0].id if found else ""


def _last_events(case: Case, ids: frozenset[str]) -> frozenset[int]:
    """Where the newest event of its name came from one of these records. What came before it the customer
    has answered: that is over."""
    newest = {event.name: at for at, event in enumerate(case.events) if not event.undone}
    return frozenset(at for at in newest.values() if case.events[at].entry in ids)
