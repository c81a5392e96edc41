"""The documents days off come from, read from `resources/calendars/*.toml`: one kind of table each.

`year` — a State Council notice: the days off and make-up days of one year.
`days` — 全国年节及纪念日放假办法 in one of its versions: the days off that need no notice.
`festivals` — the dates of the festivals that follow moon or sun, for the years they are known.
"""

import tomllib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import msgspec

from yekuo_desktop.domain.deadlines.limits import Confidence


class CalendarError(ValueError):
    """A table that cannot be used; the message is Chinese and names the year or day."""


class Break(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"first": "from", "last": "to"}):
    """One holiday of a notice: days off from first to last (both included) and its make-up days."""

    name: str
    first: date
    last: date
    makeup: tuple[date, ...] = ()


class YearTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One year's State Council notice. `citation` names the notice."""

    year: int
    citation: str
    holidays: tuple[Break, ...]


class StatutoryDay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A holiday of the law: `length` days from `on` (MM-DD), or, without it, from the festival of this
    name moved by `shift` days."""

    name: str
    on: str = ""
    shift: int = 0
    length: int = 1


class HolidayLaw(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One version of the law on holidays, in force from and until these days (both included)."""

    citation: str
    confidence: Confidence
    in_force_from: date
    days: tuple[StatutoryDay, ...]
    in_force_until: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether this version holds on that day."""
        return self.in_force_from <= on and (self.in_force_until is None or on <= self.in_force_until)


class FestivalYear(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When the moving festivals of one year are, by name; where that is known from, and how well."""

    year: int
    dates: dict[str, date]
    citation: str
    confidence: Confidence


class FestivalTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The moving festivals of several years."""

    festivals: tuple[FestivalYear, ...]


Table = YearTable | HolidayLaw | FestivalTable
KINDS: dict[str, type[YearTable] | type[HolidayLaw] | type[FestivalTable]] = {
    "year": YearTable,
    "days": HolidayLaw,
    "festivals": FestivalTable,
}


def parse_table(text: str) -> Table:
    """Read one document of any kind. Raises CalendarError."""
    try:
        found = tomllib.loads(text)
        kind = next((KINDS[key] for key in KINDS if key in found), YearTable)
        table = msgspec.convert(found, kind)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise CalendarError(f"日历文件有误：{error}") from error
    for problem in _problems(table):
        raise CalendarError(problem)
    return table


def statutory_days(
    laws: Iterable[HolidayLaw], festivals: dict[int, FestivalYear], year: int
) -> dict[date, str]:
    """The days off of a year that need no notice, with their names; of two on one day the first named.

    A festival whose date is not known that year is left out. What the law gives back for a day that falls
    on a weekend only a notice can place, so it is not here.
    """
    found: dict[date, str] = {}
    for law in laws:
        for entry in law.days:
            for day in _dates(entry, festivals.get(year), year):
                if law.in_force(day):
                    found.setdefault(day, entry.name)
    return found


def _dates(entry: StatutoryDay, festivals: FestivalYear | None, year: int) -> Iterator[date]:
    first = date.fromisoformat(f"{year}-{entry.on}") if entry.on else _moving(entry, festivals)
    if first is not None:
        yield from (first + timedelta(days=number) for number in range(entry.length))


def _moving(entry: StatutoryDay, festivals: FestivalYear | None) -> date | None:
    known = festivals.dates.get(entry.name) if festivals else None
    return known and known + timedelta(days=entry.shift)


def _problems(table: Table) -> Iterator[str]:
    if isinstance(table, YearTable):
        for holiday in table.holidays:
            yield from _break_problems(holiday)
    elif isinstance(table, HolidayLaw):
        yield from (f"{entry.name}的 on 应为 MM-DD：{entry.on}" for entry in table.days if not _sound(entry))
    else:
        yield from _festival_problems(table)


def _break_problems(holiday: Break) -> Iterator[str]:
    if holiday.last < holiday.first:
        yield f"{holiday.name}的放假日期前后颠倒：{holiday.first} 至 {holiday.last}"
    for day in holiday.makeup:
        if day.weekday() < 5:
            yield f"{holiday.name}的调休上班日 {day} 不是周末"


def _sound(entry: StatutoryDay) -> bool:
    try:
        return not entry.on or f"{date.fromisoformat(f'2001-{entry.on}'):%m-%d}" == entry.on
    except ValueError:
        return False


def _festival_problems(table: FestivalTable) -> Iterator[str]:
    for entry in table.festivals:
        for name, day in entry.dates.items():
            if day.year != entry.year:
                yield f"{name}的日期 {day} 不在 {entry.year} 年"
