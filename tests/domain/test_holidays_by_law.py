"""Days off of years without a notice: the law on holidays, its versions, and the moving festivals."""

from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest

from yekuo_desktop.domain.deadlines.calendar_tables import FestivalTable, HolidayLaw, parse_table
from yekuo_desktop.domain.deadlines.workdays import Calendar, CalendarError, days

FOLDER = Path(__file__).parents[2] / "resources" / "calendars"
TEXTS = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.toml"))}
CALENDAR = Calendar.parse(TEXTS.values())
UNANNOUNCED = Calendar.parse(text for name, text in TEXTS.items() if not name.isdigit())
FESTIVALS = parse_table(TEXTS["festivals"])
assert isinstance(FESTIVALS, FestivalTable)
BY_LAW = {
    # 全国年节及纪念日放假办法第二条 (2024 revision): 元旦 1, 春节 4 from the eve, 清明 1, 劳动节 2, 端午 1,
    # 中秋 1, 国庆 3. Dates of moon and sun: 香港天文台
    2027: {
        "元旦": ["01-01"],
        "春节": ["02-05", "02-06", "02-07", "02-08"],
        "清明节": ["04-05"],
        "劳动节": ["05-01", "05-02"],
        "端午节": ["06-09"],
        "中秋节": ["09-15"],
        "国庆节": ["10-01", "10-02", "10-03"],
    },
    # 中秋节 falls on the third day of 国庆节: one day off, told by the first name of the law
    2028: {
        "元旦": ["01-01"],
        "春节": ["01-25", "01-26", "01-27", "01-28"],
        "清明节": ["04-04"],
        "劳动节": ["05-01", "05-02"],
        "端午节": ["05-28"],
        "中秋节": ["10-03"],
        "国庆节": ["10-01", "10-02"],
    },
    # Past the known moon dates only what the solar calendar fixes is left
    2050: {"元旦": ["01-01"], "劳动节": ["05-01", "05-02"], "国庆节": ["10-01", "10-02", "10-03"]},
}


def off(calendar: Calendar, year: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for day in days(date(year, 1, 1), date(year, 12, 31)):
        if (kind := calendar.day(day)).kind == "holiday":
            assert not kind.announced
            found.setdefault(kind.name, []).append(f"{day:%m-%d}")
    return found


@pytest.mark.parametrize(("year", "expected"), BY_LAW.items())
def test_days_off_that_need_no_notice(year: int, expected: dict[str, list[str]]) -> None:
    assert off(CALENDAR, year) == expected


@pytest.mark.parametrize(
    ("year", "new_years", "may_days"),
    [(2013, 1, 1), (2014, 1, 1), (2024, 1, 1), (2025, 1, 2)],
)
def test_each_year_follows_the_version_in_force(year: int, new_years: int, may_days: int) -> None:
    found = off(UNANNOUNCED, year)
    assert (len(found["元旦"]), len(found["劳动节"]), len(found["国庆节"])) == (new_years, may_days, 3)


@pytest.mark.parametrize(
    ("on", "first", "length"),
    [
        (date(2008, 1, 1), date(2027, 2, 5), 3),  # 2007 revision: 除夕、初一、初二
        (date(2014, 1, 1), date(2027, 2, 6), 3),  # 2013 revision: 初一至初三
        (date(2025, 1, 1), date(2027, 2, 5), 4),  # 2024 revision: 除夕、初一至初三
    ],
)
def test_spring_festival_in_each_version(on: date, first: date, length: int) -> None:
    laws = [table for table in map(parse_table, TEXTS.values()) if isinstance(table, HolidayLaw)]
    entry = next(day for law in laws if law.in_force(on) for day in law.days if day.name == "春节")
    new_year = next(each.dates["春节"] for each in FESTIVALS.festivals if each.year == 2027)
    assert (new_year + timedelta(days=entry.shift), entry.length) == (first, length)


def test_exactly_one_version_is_in_force_on_any_day_since_2008() -> None:
    laws = [table for table in map(parse_table, TEXTS.values()) if isinstance(table, HolidayLaw)]
    for day in (date(2008, 1, 1), date(2013, 12, 31), date(2014, 1, 1), date(2024, 12, 31), date(2040, 1, 1)):
        assert sum(law.in_force(day) for law in laws) == 1


def test_moving_festivals_agree_with_an_independent_source() -> None:
    """PyPI `holidays` works out moon and sun dates for itself."""
    names = {
        "春节": "Chinese New Year (Spring Festival)",
        "清明节": "Tomb-Sweeping Day",
        "端午节": "Dragon Boat Festival",
        "中秋节": "Mid-Autumn Festival",
    }
    for entry in FESTIVALS.festivals:
        oracle = holidays.country_holidays("CN", years=entry.year)
        assert set(entry.dates) == set(names)
        for name, day in entry.dates.items():
            assert names[name] in oracle.get(day, ""), (name, day)


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_notice_goes_before_the_law(year: int) -> None:
    assert all(CALENDAR.day(day).announced for day in days(date(year, 1, 1), date(year, 12, 31)))


def test_every_day_off_by_law_is_off_in_the_notices_too() -> None:
    """What the data says of a year before its notice must not be taken back by the notice."""
    law = parse_table(TEXTS["law_2025"])
    assert isinstance(law, HolidayLaw)
    for year in (2025, 2026):
        for entry in law.days:
            if entry.on:
                first = date.fromisoformat(f"{year}-{entry.on}")
                assert all(
                    CALENDAR.day(first + timedelta(days=n)).kind == "holiday" for n in range(entry.length)
                )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('days = [{ name = "元旦", on = "1-1" }]', "元旦的 on 应为 MM-DD"),
        ('days = [{ name = "元旦", on = "02-30" }]', "元旦的 on 应为 MM-DD"),
        ('days = [{ name = "元旦", off = "01-01" }]', "日历文件有误"),
        (
            '[[festivals]]\nyear = 2027\ncitation = "历"\nconfidence = "U"\ndates = { "春节" = 2026-02-06 }',
            "春节的日期 2026-02-06 不在 2027 年",
        ),
    ],
)
def test_a_faulty_table_is_refused(text: str, problem: str) -> None:
    law = 'citation = "办法"\nconfidence = "V"\nin_force_from = 2025-01-01\n' if "days" in text else ""
    with pytest.raises(CalendarError, match=problem):
        parse_table(law + text)
