"""The calendar against the State Council's notices and against PyPI `holidays` as an oracle."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yekuo_desktop.domain.deadlines.workdays import CHINA, Calendar, CalendarError, OfficeHours, days

ROOT = Path(__file__).parents[2]
TEXTS = [path.read_text("utf-8") for path in sorted((ROOT / "resources" / "calendars").glob("*.toml"))]
CALENDAR = Calendar.parse(TEXTS)
DATES = st.dates(date(2007, 6, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [
        # 国办发明电〔2025〕7号: 国庆节 10月1日至7日放假, 9月20日、10月10日上班; 春节 2月15日至23日
        (date(2026, 10, 1), "holiday", "国庆节"),
        (date(2026, 10, 7), "holiday", "国庆节"),
        (date(2026, 10, 8), "workday", ""),
        (date(2026, 9, 20), "makeup", "国庆节"),
        (date(2026, 10, 10), "makeup", "国庆节"),
        (date(2026, 2, 14), "makeup", "春节"),
        (date(2026, 2, 23), "holiday", "春节"),
        (date(2026, 11, 21), "weekend", ""),
        (date(2026, 11, 23), "workday", ""),
        # 国办发明电〔2010〕40号: 春节 1月30日(星期日)、2月12日(星期六)上班; 4月2日(星期六)上班
        (date(2011, 1, 30), "makeup", "春节"),
        (date(2011, 4, 2), "makeup", "清明节"),
        # 国办发明电〔2012〕33号: 9月29日(星期日)、10月12日(星期六)上班; 端午节 6月10日至12日
        (date(2013, 9, 29), "makeup", "国庆节"),
        (date(2013, 6, 10), "holiday", "端午节"),
        # 国办发明电〔2015〕18号 and 国务院 2015: a single day off for the 70th anniversary
        (date(2015, 9, 3), "holiday", "抗战胜利70周年纪念日"),
        # 关于延长2020年春节假期的通知: until 2 February, a Sunday
        (date(2020, 1, 31), "holiday", "春节"),
        # A New Year break of the next year's notice reaches into December
        (date(2011, 12, 31), "makeup", "元旦"),
        (date(2018, 12, 31), "holiday", "元旦"),
    ],
)
def test_days_of_the_notices(day: date, kind: str, name: str) -> None:
    found = CALENDAR.day(day)
    assert (found.kind, found.name, found.announced) == (kind, name, True)


def test_a_year_not_yet_announced_says_so() -> None:
    assert 2027 not in CALENDAR.years
    assert CALENDAR.citation(2027) == ""
    monday, saturday = CALENDAR.day(date(2027, 1, 4)), CALENDAR.day(date(2027, 10, 9))
    assert (monday.kind, monday.announced) == ("workday", False)
    assert (saturday.kind, saturday.announced) == ("weekend", False)


def test_every_year_from_2008_names_its_notice() -> None:
    assert CALENDAR.years == tuple(range(2008, 2027))
    for year in CALENDAR.years:
        assert f"国务院办公厅关于{year}年部分节假日安排的通知" in CALENDAR.citation(year)


def test_working_days_agree_with_an_independent_source() -> None:
    """`holidays` knows days off and make-up days of China for these years; it invents 2027."""
    oracle = holidays.country_holidays("CN", years=range(2010, 2027))
    wrong = [
        day
        for day in days(date(2010, 1, 1), date(2026, 12, 31))
        if oracle.is_working_day(day) != CALENDAR.is_workday(day)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # over a weekend
        (date(2026, 9, 30), 3, date(2026, 10, 10)),  # over 国庆节; Saturday the 10th is a make-up day
        (date(2026, 10, 10), -1, date(2026, 10, 9)),
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
    ],
)
def test_adding_working_days(start: date, count: int, due: date) -> None:
    assert CALENDAR.add_workdays(start, count) == due


@given(DATES, st.integers(1, 60))
def test_adding_and_counting_are_inverse(start: date, count: int) -> None:
    end = CALENDAR.add_workdays(start, count)
    assert CALENDAR.is_workday(end)
    assert CALENDAR.workdays_between(start, end) == count
    assert CALENDAR.workdays_between(start, end - timedelta(days=1)) == count - 1


def test_nothing_lies_between_a_day_and_an_earlier_one() -> None:
    assert CALENDAR.workdays_between(date(2026, 11, 23), date(2026, 11, 20)) == 0


def test_office_hours_are_beijing_time() -> None:
    hours = OfficeHours(time(8), time(18))
    assert hours.opening(date(2026, 11, 23)).isoformat() == "2026-11-23T08:00:00+08:00"
    assert hours.closing(date(2026, 11, 23)) == datetime(2026, 11, 23, 18, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("holiday", "problem"),
    [
        ('{ name = "元旦", from = 2026-01-03, to = 2026-01-01 }', "前后颠倒"),
        ('{ name = "元旦", from = 2026-01-01, to = 2026-01-03, makeup = [2026-01-05] }', "不是周末"),
        ('{ name = "元旦", from = 2026-01-01 }', "日历文件有误"),
        ('{ name = "元旦", ', "日历文件有误"),
    ],
)
def test_a_faulty_year_table_is_refused(holiday: str, problem: str) -> None:
    with pytest.raises(CalendarError, match=problem):
        Calendar.parse([f'year = 2026\ncitation = "通知"\nholidays = [{holiday}]'])
