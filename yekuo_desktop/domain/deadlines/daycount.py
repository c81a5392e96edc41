"""Walks over the days of a time limit and says of each whether it counts, and why not."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

import msgspec

from yekuo_desktop.domain.deadlines.limits import DayLine, FirstDay, Interval, Limit, Pause
from yekuo_desktop.domain.deadlines.workdays import ONE_DAY, Calendar, OfficeHours, days

WEEKEND = "休息"
"""Why an ordinary Saturday or Sunday does not count."""


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


def walk(clock: Clock, intervals: Sequence[Interval], until: date = date.max) -> Iterator[DayLine]:
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
    makeup = kind.kind == "makeup" and clock.limit.unit == "workday"
    extra = f"（{kind.name}调休上班）" if makeup else ""
    return DayLine(day, True, number, f"第 {number} 日{extra}", kind.announced), False


def _day_off(clock: Clock, day: date) -> str:
    if clock.works(day):
        return ""
    name = clock.calendar.day(day).name
    return f"{name}放假" if name else WEEKEND


def _too_early(clock: Clock, start: datetime, day: date) -> str:
    """Why the starting day is not day 1, or empty."""
    if day != start.date():
        return ""
    if clock.first_day == "next":
        return "起算当日不计"
    return "" if start < clock.hours.closing(day) else "下班后起算，当日不计"
