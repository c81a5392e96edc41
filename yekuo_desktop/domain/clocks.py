"""The running limits of a case: what the queue, the work bench and the explanation show."""

from collections.abc import Callable, Iterable
from datetime import datetime
from operator import attrgetter
from typing import TypeVar

from msgspec.structs import replace

from yekuo_desktop.domain.case import Case, Event
from yekuo_desktop.domain.case_rows import RunningLimit
from yekuo_desktop.domain.circumstances import circumstances
from yekuo_desktop.domain.deadlines.limits import (
    ASKED_AGAIN,
    REQUESTS,
    Deadline,
    FirstDay,
    Interval,
    Limit,
    Part,
    Pause,
)
from yekuo_desktop.domain.deadlines.timelimits import deadline, deadline_of_sum
from yekuo_desktop.domain.formalities import LOST, READY, connection_events
from yekuo_desktop.domain.loans import LOAN, deadline_of_loan, figure_of, limit_of_loan, loans
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.validity import PLAN_VALIDITY, deadline_of_plan, limit_of, rule_of, validities

__all__ = [
    "ENDED",
    "RunningLimit",
    "alike",
    "applying_limits",
    "deadline_of",
    "deadlines_of",
    "running_limits",
]

Found = TypeVar("Found")
FRESH = 2  # events of a case that has just been accepted: it, and for one over the net its submission
_STATED = attrgetter("stated")
ENDED = frozenset({"withdrawn", "terminated"})  # nothing runs any more, and nothing was kept or missed


def applying_limits(case: Case, reference: Reference) -> tuple[Limit, ...]:
    """The limits of the case's own rule set that its class, business and circumstances are held to, the
    validity of its supply plan once the customer has one, and the return of its file once it was lent."""
    rules = reference.rulesets.get(case.rules)
    if rules is None:
        return ()
    found = rules.limits_for(case.klass, case.business, circumstances(case, reference))
    return (*found, *_recorded_limits(case, reference))


def _recorded_limits(case: Case, reference: Reference) -> tuple[Limit, ...]:
    """Those that only something recorded at a later stage brings about."""
    if not case.records:
        return ()
    plan = rule_of(case, reference) if validities(case, reference) else None
    loan = figure_of(case, reference) if loans(case) else None
    return (*([limit_of(plan)] if plan else []), *([limit_of_loan(loan)] if loan else []))


def _begun_limits(case: Case, reference: Reference, happened: frozenset[str]) -> tuple[Limit, ...]:
    """The applying limits without those that still wait for what begins them: most of most cases."""
    rules = reference.rulesets.get(case.rules)
    if rules is None:
        return ()
    flags = circumstances(case, reference)

    def work() -> tuple[Limit, ...]:
        found = rules.limits_for(case.klass, case.business, flags)
        return tuple(limit for limit in found if not happened.isdisjoint(_beginnings(limit)))

    begun = rules.once(("begun", case.klass, case.business, flags, happened), work)
    return (*begun, *_recorded_limits(case, reference))


def case_events(case: Case, reference: Reference) -> tuple[Event, ...]:
    """What happened to the case, in order, with what follows from it by itself. What follows goes first
    at the same moment: a connection ends the clock that its last formality started."""
    derived = connection_events(case, reference)
    return tuple(sorted((*derived, *case.events), key=_STATED))


def rounds(events: Iterable[Event], starts_on: str, *stops_on: str) -> tuple[Interval, ...]:
    """Each stretch from a start to the first stop that follows it; a start while one runs changes nothing,
    nor does a stop while none runs, or one that was undone (退回重办): time that ran is not taken back."""
    found: list[Interval] = []
    for event in events:
        open_ = bool(found) and found[-1].end is None
        if event.name == starts_on and not open_:
            found.append(Interval(event.stated))
        elif event.name in stops_on and open_ and not event.undone:
            found[-1] = Interval(found[-1].start, event.stated)
    return tuple(found)


def renewed(events: Iterable[Event], part: Limit | Part) -> tuple[Interval, ...]:
    """The same from where the customer asked for what stops it to be done again; not where a new act of his
    starts it anyway."""
    starts, ends = {*starting(part)}, {*stops(part)}

    def meant(event: Event) -> bool:
        return bool(ends.intersection(event.again)) and not starts.intersection(event.again)

    told = (event for event in events if event.name != ASKED_AGAIN or meant(event))
    return rounds(told, ASKED_AGAIN, *ends)


def starting(part: Limit | Part) -> tuple[str, ...]:
    """What begins a running."""
    return (part.starts_on, *(part.restarts_on if isinstance(part, Limit) else ()))


def stops(part: Limit | Part) -> tuple[str, ...]:
    """What ends a running. A clock that waits for the customer's formalities to be settled stands again
    when one of them has to be settled anew."""
    return (part.stops_on, LOST) if part.starts_on == READY else (part.stops_on,)


def deadlines_of(
    case: Case, limit: Limit, reference: Reference, known: tuple[Event, ...] | None = None
) -> tuple[tuple[Deadline, Interval], ...]:
    """Every running of a limit with its deadline and its explanation; a sum runs once. ``known``: the
    ``case_events``, for who asks about many limits."""
    if limit.id == PLAN_VALIDITY:
        return _validities(case, reference)
    if limit.id == LOAN:
        return tuple(
            (deadline_of_loan(loan, limit, reference), Interval(loan.lent, loan.back)) for loan in loans(case)
        )
    events = case_events(case, reference) if known is None else known
    first_day = reference.rulesets[case.rules].first_day
    if limit.kind == "sum":
        return _sum(case, limit, events, first_day, reference)
    return tuple(
        (
            deadline(begun, first_day, run.start, reference.calendar, reference.hours, _pauses(case, run)),
            run,
        )
        for begun, run in _runs(limit, events)
    )


def _runs(limit: Limit, events: tuple[Event, ...]) -> list[tuple[Limit, Interval]]:
    """Each running with the event that began it, in order: where the customer objects, or asks for the same
    thing again, the same time is given again."""
    happened = {event.name for event in events}
    found = [
        (limit if start == limit.starts_on else replace(limit, starts_on=start), run)
        for start in starting(limit)
        if start in happened
        for run in rounds(events, start, *stops(limit))
    ]
    if ASKED_AGAIN in happened:
        found += [(replace(limit, starts_on=ASKED_AGAIN), run) for run in renewed(events, limit)]
    return sorted(found, key=lambda each: each[1].start) if len(found) > 1 else found


def _validities(case: Case, reference: Reference) -> tuple[tuple[Deadline, Interval], ...]:
    rule = rule_of(case, reference)
    if rule is None:
        return ()
    return tuple(
        (deadline_of_plan(found, rule, reference), Interval(found.received, found.ended))
        for found in validities(case, reference)
    )


def deadline_of(
    case: Case, limit: Limit, reference: Reference, known: tuple[Event, ...] | None = None
) -> Deadline | None:
    """The newest running's deadline, once its start event has happened. ``known`` as above."""
    found = deadlines_of(case, limit, reference, known)
    return found[-1][0] if found else None


def _pauses(case: Case, run: Interval) -> tuple[Pause, ...]:
    if not case.pauses:
        return ()
    return tuple(pause for pause in case.pauses if run.end is None or pause.start < run.end)


def _sum(
    case: Case, limit: Limit, events: tuple[Event, ...], first_day: FirstDay, reference: Reference
) -> tuple[tuple[Deadline, Interval], ...]:
    """The utility-side stretches of a sum limit that have begun, in order of time. It is over when the
    last part has reached its end and nothing else runs."""
    runs = stretches(limit.parts, events)
    if not runs:
        return ()
    due = deadline_of_sum(limit, first_day, runs, reference.calendar, reference.hours, case.pauses)
    final = limit.parts[-1]
    done = rounds(events, final.starts_on, final.stops_on)
    over = done[-1].end if done and runs[-1].end is not None else None
    return ((due, Interval(runs[0].start, over)),)


def stretches(parts: Iterable[Part], events: tuple[Event, ...]) -> list[Interval]:
    """All stretches of all parts in order of time, overlapping ones joined: no moment is counted twice,
    and only the last can still be open."""
    joined: list[Interval] = []
    runs = [
        run
        for part in parts
        for run in (*rounds(events, part.starts_on, *stops(part)), *renewed(events, part))
    ]
    for run in sorted(runs, key=lambda run: run.start):
        before = joined[-1] if joined else None
        if before is None or (before.end is not None and before.end < run.start):
            joined.append(run)
        elif before.end is not None and (run.end is None or run.end > before.end):
            joined[-1] = Interval(before.start, run.end)
    return joined


def alike(case: Case, reference: Reference, asked: str, work: Callable[[], Found]) -> Found:
    """What clocks say of a case. Those that were accepted at one moment, as the rows of a list are, and of
    which nothing was recorded since run alike: that is worked out once."""
    if case.records or case.pauses or len(case.events) > FRESH:
        return work()
    course = tuple([(event.name, event.stated, event.undone, event.again) for event in case.events])
    flags, ended = circumstances(case, reference), case.state in ENDED
    return reference.once((asked, case.rules, case.klass, case.business, flags, ended, course), work)


def running_limits(case: Case, reference: Reference) -> tuple[RunningLimit, ...]:
    """Every running of every limit whose start event has happened, met ones included."""
    return alike(case, reference, "running", lambda: _running_limits(case, reference))


def _running_limits(case: Case, reference: Reference) -> tuple[RunningLimit, ...]:
    events = case_events(case, reference)
    happened = frozenset(event.name for event in events)
    return tuple(
        _running(case, limit, due, run.end, at)
        for limit in _begun_limits(case, reference, happened)
        for at, (due, run) in enumerate(deadlines_of(case, limit, reference, events), start=1)
    )


def _beginnings(limit: Limit) -> tuple[str, ...]:
    """Without any of these the limit, or a sum of parts, has not begun."""
    parts: tuple[Limit | Part, ...] = limit.parts if limit.kind == "sum" else (limit,)
    return (*(event for part in parts for event in starting(part)), ASKED_AGAIN)


def _running(case: Case, limit: Limit, due: Deadline, stopped: datetime | None, at: int) -> RunningLimit:
    promised = limit.starts_on in REQUESTS
    ended = stopped is None and case.state in ENDED and not promised
    return RunningLimit(
        limit=limit.id,
        label=limit.label if at == 1 else f"{limit.label}(第 {at} 次)",
        stage=limit.stage,
        start=due.start,
        due=None if ended else due.due,
        warn=None if ended else due.warn,
        stopped=stopped,
        paused=ended or due.due is None,
        round=at,
        unit=limit.unit,
        promised=promised,
    )
