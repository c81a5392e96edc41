"""Time limits: when an act is due, and why at exactly that moment.

A day counts when the clock runs at its closing time: it is a working day, the limit had started before the
counter closed, and no pause that the limit excludes covers that moment. The act is due at the closing time
of the last counted day (Civil Code art. 203). Whether the starting day itself can be day 1 is contested
(regulations.md 1.8) and therefore data: `first_day` of the rule set or of the single limit.
"""

import calendar as months
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from msgspec.structs import replace

from yekuo_desktop.domain.deadlines.daycount import Clock, walk
from yekuo_desktop.domain.deadlines.lights import Light
from yekuo_desktop.domain.deadlines.limits import (
    EVENTS,
    EXCLUSIONS,
    NOT_RUNNING,
    DayLine,
    Deadline,
    Elapsed,
    FirstDay,
    Interval,
    Limit,
    Part,
    Pause,
    Unit,
)
from yekuo_desktop.domain.deadlines.wording import explain, remaining_text, summarise
from yekuo_desktop.domain.deadlines.workdays import CHINA, ONE_DAY, Calendar, OfficeHours

__all__ = [
    "EVENTS",
    "EXCLUSIONS",
    "DayLine",
    "Deadline",
    "Elapsed",
    "Interval",
    "Light",
    "Limit",
    "Part",
    "Pause",
    "corresponding_day",
    "deadline",
    "deadline_of_sum",
    "elapsed",
    "explain",
    "light",
    "remaining_text",
    "used_days",
]

MONTHS_IN: dict[Unit, int] = {"month": 1, "year": 12}


def light(deadline: Deadline, now: datetime, stopped_at: datetime | None = None) -> Light:
    """The light at `now`, or the verdict when the act was done at `stopped_at`."""
    if stopped_at is not None:
        return Light.MISSED if deadline.due and stopped_at > deadline.due else Light.MET
    if deadline.due is None or deadline.warn is None:
        return Light.GREY
    if now > deadline.due:
        return Light.RED
    return Light.YELLOW if now >= deadline.warn else Light.GREEN


def deadline(
    limit: Limit,
    first_day: FirstDay,
    start: datetime,
    calendar: Calendar,
    hours: OfficeHours,
    pauses: Sequence[Pause] = (),
) -> Deadline:
    """When `limit`, started at `start` (aware), is due. `limit.first_day` goes before `first_day`."""
    start = start.astimezone(CHINA)
    if limit.unit == "hour":
        return _exact(_clock(limit, first_day, calendar, hours, pauses), start)
    if any(pause.kind in limit.excludes for pause in pauses):
        clock = _clock(limit, first_day, calendar, hours, pauses)
        return _planned(clock, [Interval(start)], _amount(limit, start))
    closing = hours.closing(start.date())
    like = closing if start >= closing else datetime.combine(start, time.min, CHINA)
    found = _unpaused(limit, first_day, calendar, hours, like)
    return replace(found, start=start, warn=found.warn and max(start, found.warn))


@lru_cache(maxsize=500)
def _unpaused(
    limit: Limit, first_day: FirstDay, calendar: Calendar, hours: OfficeHours, start: datetime
) -> Deadline:
    """Whatever starts on one day before closing is due together, and so is what starts after it: a list
    of applications is counted once."""
    clock = _clock(limit, first_day, calendar, hours, ())
    return _planned(clock, [Interval(start)], _amount(limit, start))


def deadline_of_sum(
    limit: Limit,
    first_day: FirstDay,
    intervals: Sequence[Interval],
    calendar: Calendar,
    hours: OfficeHours,
    pauses: Iterable[Pause] = (),
) -> Deadline:
    """When a sum of stretches runs out; `intervals` in order of time, at least one.

    While no stretch is open the clock stands still (`due` None), unless the sum is overdrawn already.
    """
    clock = _clock(limit, first_day, calendar, hours, pauses)
    return _planned(clock, _in_china(intervals), limit.amount)


def elapsed(
    limit: Limit,
    first_day: FirstDay,
    intervals: Sequence[Interval],
    calendar: Calendar,
    hours: OfficeHours,
    now: datetime,
    pauses: Iterable[Pause] = (),
) -> Elapsed:
    """How many days the stretches have used up to today's date; an open stretch runs until now."""
    clock = _clock(limit, first_day, calendar, hours, pauses)
    today = now.astimezone(CHINA).date()
    lines = tuple(line for line in walk(clock, _in_china(intervals), until=today) if line.date <= today)
    used = sum(line.counted for line in lines)
    return Elapsed(used, limit.amount - used, lines)


def used_days(
    limit: Limit,
    first_day: FirstDay,
    intervals: Sequence[Interval],
    calendar: Calendar,
    hours: OfficeHours,
    pauses: Iterable[Pause] = (),
) -> int:
    """How many days stretches that have ended took, in the limit's unit: it was kept when that is not more
    than its amount."""
    clock = _clock(limit, first_day, calendar, hours, pauses)
    return sum(line.counted for line in walk(clock, _in_china(intervals)))


def _clock(
    limit: Limit, first_day: FirstDay, calendar: Calendar, hours: OfficeHours, pauses: Iterable[Pause]
) -> Clock:
    """A pause holds a limit only when the limit excludes its kind."""
    applying = tuple(pause for pause in pauses if pause.kind in limit.excludes)
    return Clock(limit, limit.first_day or first_day, calendar, hours, applying)


def _in_china(intervals: Sequence[Interval]) -> list[Interval]:
    return [Interval(i.start.astimezone(CHINA), i.end and i.end.astimezone(CHINA)) for i in intervals]


def _amount(limit: Limit, start: datetime) -> int:
    """The number of days to count."""
    if limit.unit not in MONTHS_IN:
        return limit.amount
    return (corresponding_day(start.date(), limit.amount, limit.unit) - start.date()).days


def corresponding_day(start: date, amount: int, unit: Unit) -> date:
    """The last day of a period of days, months or years. Months and years end on the corresponding day,
    or the month's last day where there is none (Civil Code art. 202)."""
    if unit not in MONTHS_IN:
        return start + amount * ONE_DAY
    year, month = divmod(start.year * 12 + start.month - 1 + amount * MONTHS_IN[unit], 12)
    return date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))


def _planned(clock: Clock, intervals: Sequence[Interval], amount: int) -> Deadline:
    """Count until the amount is used, then see whether the clock still runs."""
    lines: list[DayLine] = []
    for line in walk(clock, intervals):
        lines.append(line)
        if line.number == amount and intervals[-1].end is None:
            break
    used = sum(line.counted for line in lines)
    found = Deadline(clock.limit, clock.first_day, intervals[0].start, None, None, True, ())
    if used < amount or (used == amount and intervals[-1].end is not None):
        return _listed(replace(found, held=_held(clock, intervals)), lines)
    return _due_at(found, clock, lines, amount)


def _due_at(found: Deadline, clock: Clock, lines: list[DayLine], amount: int) -> Deadline:
    last = next(line.date for line in lines if line.number == amount)
    while not clock.calendar.is_workday(last):
        # Civil Code art. 203: a period ending on a holiday ends on the day after it.
        last += ONE_DAY
        kind = clock.calendar.day(last)
        lines.append(DayLine(last, False, 0, "末日逢休息日顺延", kind.announced))
    due = clock.hours.closing(last)
    warn = _warn(clock, found.start, due)
    return _listed(replace(found, due=due, warn=warn), lines)


def _listed(found: Deadline, lines: list[DayLine]) -> Deadline:
    known = all(line.announced for line in lines)
    return replace(found, days=tuple(lines), announced=known, summary=summarise(lines))


def _held(clock: Clock, intervals: Sequence[Interval]) -> str:
    if intervals[-1].end is not None:
        return NOT_RUNNING
    return next((pause.reason for pause in clock.pauses if pause.end is None), NOT_RUNNING)


def _warn(clock: Clock, start: datetime, due: datetime) -> datetime:
    """Opening time of the working day before the due day: from then on one working day is left."""
    return max(start, clock.hours.opening(clock.calendar.previous_workday(due.date())))


def _exact(clock: Clock, start: datetime) -> Deadline:
    """Hours run day and night; a pause pushes the end out by its length."""
    due = start + timedelta(hours=clock.limit.amount)
    found = Deadline(clock.limit, clock.first_day, start, None, None, True, ())
    for begin, end, reason in _merged(clock.pauses):
        if begin >= due or (end is not None and end <= start):
            continue
        if end is None:
            return replace(found, held=reason)
        due += end - max(begin, start)
    return replace(found, due=due, warn=_warn(clock, start, due))


def _merged(pauses: Iterable[Pause]) -> list[tuple[datetime, datetime | None, str]]:
    """Pauses in order of time, overlapping ones joined, so that no hour is excluded twice."""
    joined: list[tuple[datetime, datetime | None, str]] = []
    for pause in sorted(pauses, key=lambda pause: pause.start):
        begin, end, reason = joined[-1] if joined else (pause.start, pause.start, "")
        if joined and (end is None or pause.start <= end):
            last = None if end is None or pause.end is None else max(end, pause.end)
            joined[-1] = (begin, last, pause.reason if pause.end is None else reason)
        else:
            joined.append((pause.start, pause.end, pause.reason))
    return joined
