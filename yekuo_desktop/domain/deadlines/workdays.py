"""The working-day calendar: State Council holidays, make-up days, weekends and office hours.

Days come from one TOML table per year (`resources/calendars/YYYY.toml`, text passed in). A year without
a table is computed from weekends and the holidays fixed by law, and its days say so (未公布): next year's
list arrives in November.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from typing import Literal

import msgspec

from yekuo_desktop.domain.deadlines.calendar_tables import (
    CalendarError,
    FestivalTable,
    HolidayLaw,
    Table,
    YearTable,
    parse_table,
    statutory_days,
)
from yekuo_desktop.domain.lazily import Lazily

__all__ = [
    "CHINA",
    "ONE_DAY",
    "WEEKDAYS",
    "Calendar",
    "CalendarError",
    "Day",
    "OfficeHours",
    "bounds",
    "days",
]

CHINA = timezone(timedelta(hours=8), "UTC+08:00")
"""Beijing time. A fixed offset: China has had no summer time since 1992."""

ONE_DAY = timedelta(days=1)
WEEKDAYS = "一二三四五六日"
MOST_REMEMBERED = 5_000

DayKind = Literal["workday", "weekend", "holiday", "makeup"]


class Day(msgspec.Struct, frozen=True):
    """One day of the calendar. `name` is the holiday's name, also on its make-up days, else empty."""

    kind: DayKind
    name: str = ""
    announced: bool = True

    @property
    def works(self) -> bool:
        """Whether offices are open on this day."""
        return self.kind in ("workday", "makeup")


class OfficeHours(msgspec.Struct, frozen=True):
    """When the counter opens and closes on a working day, Beijing time.

    Civil Code art. 203: where there are business hours, the last day ends when business stops.
    """

    opens: time = time(8, 30)
    closes: time = time(17, 30)

    def opening(self, day: date) -> datetime:
        """The moment the counter opens on `day`."""
        return datetime.combine(day, self.opens, CHINA)

    def closing(self, day: date) -> datetime:
        """The moment the counter closes on `day`."""
        return datetime.combine(day, self.closes, CHINA)


class Calendar:
    """Working days. Immutable; ask it about any date."""

    def __init__(self, tables: Iterable[Table] = ()) -> None:
        known = tuple(tables)
        self._tables: Mapping[int, YearTable] = {t.year: t for t in known if isinstance(t, YearTable)}
        self._others: Callable[[], Sequence[Table]] = lambda: known
        self._days: dict[date, Day] = {}
        self._looked_up: set[int] = set()
        self._between: dict[tuple[date, date], int] = {}  # every row of a list asks how far it is to today
        self._statutory: dict[int, dict[date, str]] = {}

    @classmethod
    def parse(cls, texts: Iterable[str]) -> "Calendar":
        """Build from the TOML texts of `calendar_tables`. Raises CalendarError naming the fault."""
        return cls([parse_table(text) for text in texts])

    @classmethod
    def reading(cls, names: Iterable[str], text: Callable[[str], str]) -> "Calendar":
        """The same, each text read when a date first needs it; that of a year bears its number as name."""
        years: list[str] = []
        others: list[str] = []
        for name in names:
            (years if name.isdigit() else others).append(name)
        made = cls()
        made._tables = Lazily(map(int, years), lambda year: _year_table(text(str(year)), year))
        made._others = lambda: [parse_table(text(name)) for name in others]
        return made

    def with_year(self, table: YearTable) -> "Calendar":
        """The same calendar with another notice of one year."""
        made = Calendar()
        made._tables = {**{year: self._tables[year] for year in self._tables}, table.year: table}
        made._others = self._others
        return made

    @property
    def years(self) -> tuple[int, ...]:
        """The years whose notice is known, ascending."""
        return tuple(sorted(self._tables))

    def citation(self, year: int) -> str:
        """The notice a year's days come from; empty when 未公布."""
        return self._tables[year].citation if year in self._tables else ""

    def day(self, day: date) -> Day:
        """What kind of day this is. A year without a notice has weekends and the days off fixed by law,
        announced=False."""
        if day.year not in self._looked_up:
            self._look_up(day.year)
        if found := self._days.get(day):
            return found
        announced = day.year in self._tables
        if not announced and (name := self._by_law(day.year).get(day)):
            return Day("holiday", name, announced=False)
        kind: DayKind = "weekend" if day.weekday() >= 5 else "workday"
        return Day(kind, announced=announced)

    def _by_law(self, year: int) -> dict[date, str]:
        """The days off of an unannounced year, worked out once."""
        if year not in self._statutory:
            others = self._others()
            laws = [table for table in others if isinstance(table, HolidayLaw)]
            moving = [table for table in others if isinstance(table, FestivalTable)]
            festivals = {entry.year: entry for table in moving for entry in table.festivals}
            self._statutory[year] = statutory_days(laws, festivals, year)
        return self._statutory[year]

    def _look_up(self, year: int) -> None:
        """The special days of a year. The notice of the next may reach back into it, and is right then."""
        for each in (year + 1, year):
            for day, kind in _special_days(self._tables[each]) if each in self._tables else ():
                self._days.setdefault(day, kind)
        self._looked_up.add(year)

    def is_workday(self, day: date) -> bool:
        """Whether offices work on this day (weekdays and make-up days)."""
        return self.day(day).works

    def next_workday(self, day: date) -> date:
        """The first working day after `day`."""
        return self.add_workdays(day, 1)

    def previous_workday(self, day: date) -> date:
        """The last working day before `day`."""
        return self.add_workdays(day, -1)

    def add_workdays(self, day: date, count: int) -> date:
        """The count-th working day after `day` (before it, when negative); 0 gives `day` itself."""
        step = ONE_DAY if count > 0 else -ONE_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def workdays_between(self, after: date, until: date) -> int:
        """How many working days lie after `after` up to and including `until`; 0 when until <= after."""
        known = self._between.get((after, until))
        if known is None:
            if len(self._between) >= MOST_REMEMBERED:
                self._between.clear()
            known = sum(self.is_workday(day) for day in days(after + ONE_DAY, until))
            self._between[after, until] = known
        return known


def bounds(day: date) -> tuple[datetime, datetime]:
    """From midnight to midnight, +08:00."""
    first = datetime.combine(day, time(0), CHINA)
    return first, first + ONE_DAY


def days(first: date, last: date) -> Iterator[date]:
    """Every date from first to last, both included; none when last is before first."""
    for number in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(number)


def _year_table(text: str, year: int) -> YearTable:
    table = parse_table(text)
    if not isinstance(table, YearTable) or table.year != year:
        raise CalendarError(f"日历 {year}.toml 不是 {year} 年的放假安排")
    return table


def _special_days(table: YearTable) -> Iterator[tuple[date, Day]]:
    """Days off and make-up days of one notice."""
    for holiday in table.holidays:
        yield from ((day, Day("holiday", holiday.name)) for day in days(holiday.first, holiday.last))
        yield from ((day, Day("makeup", holiday.name)) for day in holiday.makeup)
