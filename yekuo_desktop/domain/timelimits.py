"""Time limits: when an act is due, and why at exactly that moment.

A day counts when the clock runs at its closing time: it is a working day, the limit had started before the
counter closed, and no pause that the limit excludes covers that moment. The act is due at the closing time
of the last counted day (Civil Code art. 203). Whether the starting day itself can be day 1 is contested
(regulations.md 1.8) and therefore data: `first_day` of the rule set or of the single limit.
"""

import calendar as months
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain.workdays import CHINA, ONE_DAY, Calendar, OfficeHours, days

ClassId = Literal["lv_resident", "lv_nonresident", "hv_single", "hv_dual"]
BusinessId = Literal["new", "increase", "temporary", "batch"]
StageId = Literal["acceptance", "survey", "design", "construction", "completion", "energization", "archive"]
Unit = Literal["workday", "day", "month", "year", "hour"]
FirstDay = Literal["same", "next"]
Exclusion = Literal["customer_side", "access_system_design", "government_approval", "blocked_construction"]
Confidence = Literal["V", "V2", "M", "U"]

UNITS: dict[Unit, str] = {"workday": "个工作日", "day": "日", "month": "个月", "year": "年", "hour": "小时"}
EXCLUSIONS: dict[Exclusion, str] = {
    "customer_side": "客户原因",
    "access_system_design": "客户委托接入系统设计",
    "government_approval": "政府审批",
    "blocked_construction": "施工受阻",
}
MONTHS_IN: dict[Unit, int] = {"month": 1, "year": 12}
NOT_RUNNING = "目前没有计时环节（客户侧时间不计）"


class Pause(msgspec.Struct, frozen=True):
    """Time that some limits do not count. `end` None: still paused. `kind` says what it was for."""

    start: datetime
    end: datetime | None
    reason: str
    kind: Exclusion = "customer_side"

    def covers(self, moment: datetime) -> bool:
        """Whether the clock stands still at this moment."""
        return self.start <= moment and (self.end is None or moment < self.end)


class Interval(msgspec.Struct, frozen=True):
    """One stretch that a sum limit counts, from a start event to its stop event (None: still open)."""

    start: datetime
    end: datetime | None = None


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The events that open and close one counted stretch of a sum limit."""

    starts_on: str
    stops_on: str


class Limit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One time limit of a rule set. `amount` in `unit`; empty `classes`/`businesses` means all.

    `when`: conditions that must all hold; `unless`: none may. `excludes`: kinds of pause it does not count.
    `first_day` overrides the rule set's. `stage` empty: a service promise bound to no stage.
    """

    id: str
    label: str
    amount: int
    unit: Unit
    citation: str
    confidence: Confidence
    kind: Literal["stage", "sum", "whole"] = "stage"
    stage: StageId | Literal[""] = ""
    classes: tuple[ClassId, ...] = ()
    businesses: tuple[BusinessId, ...] = ()
    starts_on: str = ""
    stops_on: str = ""
    parts: tuple[Part, ...] = ()
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    excludes: tuple[Exclusion, ...] = ()
    first_day: FirstDay | None = None

    @property
    def allowance(self) -> str:
        """The amount in words: 3 个工作日."""
        return f"{self.amount} {UNITS[self.unit]}"


class DayLine(msgspec.Struct, frozen=True):
    """One day of a count. `number` is its place among the counted days, 0 when skipped."""

    date: date
    counted: bool
    number: int
    reason: str
    announced: bool = True


class Deadline(msgspec.Struct, frozen=True):
    """When a limit runs out. `due`/`warn` are None while the clock stands still; `held` then says why.

    `warn` is when one working day is left and the light turns yellow. `announced` is False when a listed
    day belongs to a year whose holidays are not published yet (未公布).
    """

    limit: Limit
    first_day: FirstDay
    start: datetime
    due: datetime | None
    warn: datetime | None
    announced: bool
    days: tuple[DayLine, ...]
    held: str = ""

    @property
    def used(self) -> int:
        """How many days the list counts (for a sum: used so far, or planned up to `due`)."""
        return sum(line.counted for line in self.days)


class Elapsed(msgspec.Struct, frozen=True):
    """How much of a sum limit is used up, in its unit. `remaining` is negative when overdrawn."""

    used: int
    remaining: int
    days: tuple[DayLine, ...]


class Clock(msgspec.Struct, frozen=True):
    """Everything a count looks at: limit, first-day rule, calendar, hours, and the pauses that apply."""

    limit: Limit
    first_day: FirstDay
    calendar: Calendar
    hours: OfficeHours
    pauses: tuple[Pause, ...]

    def works(self, day: date) -> bool:
        """Whether the limit's unit counts this kind of day: calendar units count every day."""
        return self.limit.unit != "workday" or self.calendar.is_workday(day)

    def pause_at(self, moment: datetime) -> Pause | None:
        """The pause that holds the clock at this moment; an open one before a closed one."""
        found = [pause for pause in self.pauses if pause.covers(moment)]
        return min(found, key=lambda pause: pause.end is not None, default=None)


def deadline(
    limit: Limit,
    first_day: FirstDay,
    start: datetime,
    calendar: Calendar,
    hours: OfficeHours,
    pauses: Iterable[Pause] = (),
) -> Deadline:
    """When `limit`, started at `start` (aware), is due. `limit.first_day` goes before `first_day`."""
    start = start.astimezone(CHINA)
    clock = _clock(limit, first_day, calendar, hours, pauses)
    if limit.unit == "hour":
        return _exact(clock, start)
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
    lines = tuple(line for line in _walk(clock, _in_china(intervals), until=today) if line.date <= today)
    used = sum(line.counted for line in lines)
    return Elapsed(used, limit.amount - used, lines)


def _clock(
    limit: Limit, first_day: FirstDay, calendar: Calendar, hours: OfficeHours, pauses: Iterable[Pause]
) -> Clock:
    """A pause holds a limit only when the limit excludes its kind."""
    applying = tuple(pause for pause in pauses if pause.kind in limit.excludes)
    return Clock(limit, limit.first_day or first_day, calendar, hours, applying)


def _in_china(intervals: Sequence[Interval]) -> list[Interval]:
    return [Interval(i.start.astimezone(CHINA), i.end and i.end.astimezone(CHINA)) for i in intervals]


def _amount(limit: Limit, start: datetime) -> int:
    """The number of days to count. Months and years end on the corresponding day, or the month's last day
    where there is none (Civil Code art. 202)."""
    if limit.unit not in MONTHS_IN:
        return limit.amount
    year, month = divmod(start.year * 12 + start.month - 1 + limit.amount * MONTHS_IN[limit.unit], 12)
    last = date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))
    return (last - start.date()).days


def _planned(clock: Clock, intervals: Sequence[Interval], amount: int) -> Deadline:
    """Count until the amount is used, then see whether the clock still runs."""
    lines: list[DayLine] = []
    for line in _walk(clock, intervals):
        lines.append(line)
        if line.number == amount and intervals[-1].end is None:
            break
    used = sum(line.counted for line in lines)
    found = Deadline(clock.limit, clock.first_day, intervals[0].start, None, None, True, ())
    if used < amount or (used == amount and intervals[-1].end is not None):
        return replace(found, days=tuple(lines), announced=_announced(lines), held=_held(clock, intervals))
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
    return replace(found, due=due, warn=warn, days=tuple(lines), announced=_announced(lines))


def _held(clock: Clock, intervals: Sequence[Interval]) -> str:
    if intervals[-1].end is not None:
        return NOT_RUNNING
    return next((pause.reason for pause in clock.pauses if pause.end is None), NOT_RUNNING)


def _announced(lines: Iterable[DayLine]) -> bool:
    return all(line.announced for line in lines)


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


def _walk(clock: Clock, intervals: Sequence[Interval], until: date = date.max) -> Iterator[DayLine]:
    """The days of all stretches, each day once, numbered. Ends where an open pause holds the clock."""
    number, seen = 0, date.min
    for interval in intervals:
        last = until if interval.end is None else min(until, _stop_day(clock, interval.end))
        for day in days(max(interval.start.date(), seen + ONE_DAY), last):
            line, endless = _line(clock, interval.start, day, number + 1)
            yield line
            if endless:
                return
            number, seen = number + line.counted, day


def _stop_day(clock: Clock, end: datetime) -> date:
    """The day an act belongs to: after closing time or on a day off it counts as the next working day."""
    day = end.date()
    if clock.works(day) and end <= clock.hours.closing(day):
        return day
    day += ONE_DAY
    while not clock.works(day):
        day += ONE_DAY
    return day


def _line(clock: Clock, start: datetime, day: date, number: int) -> tuple[DayLine, bool]:
    """One day, counted or skipped; True beside it when an open pause stops the count for now."""
    kind, closing = clock.calendar.day(day), clock.hours.closing(day)
    pause = clock.pause_at(closing)
    skip = _day_off(clock, day) or _too_early(clock, start, day)
    if not skip and pause:
        skip = f"暂停：{pause.reason}"
    if skip:
        return DayLine(day, False, 0, skip, kind.announced), bool(pause and pause.end is None)
    extra = f"（{kind.name}调休上班）" if kind.kind == "makeup" else ""
    return DayLine(day, True, number, f"第 {number} 日{extra}", kind.announced), False


def _day_off(clock: Clock, day: date) -> str:
    if clock.works(day):
        return ""
    name = clock.calendar.day(day).name
    return f"{name}放假" if name else "休息"


def _too_early(clock: Clock, start: datetime, day: date) -> str:
    """Why the starting day is not day 1, or empty."""
    if day != start.date():
        return ""
    if clock.first_day == "next":
        return "起算当日不计"
    return "" if start < clock.hours.closing(day) else "下班后起算，当日不计"
