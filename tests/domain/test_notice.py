"""The State Council's notices as people paste them, against the tables that are in the tree."""

from datetime import date
from pathlib import Path

import pytest

from yekuo_desktop.domain.deadlines.calendar_tables import CalendarError, YearTable, parse_table
from yekuo_desktop.domain.deadlines.notice import toml, year_table

CALENDARS = Path(__file__).resolve().parents[2] / "resources" / "calendars"
CITATION = "国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）"
# gov.cn, 2025-11-04
NOTICE = """
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
"""


def test_the_notice_of_2026_makes_the_table_we_have() -> None:
    ours = parse_table((CALENDARS / "2026.toml").read_text(encoding="utf-8"))
    assert year_table(NOTICE, CITATION) == ours


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_a_file_is_read_and_written_again(year: int) -> None:
    table = year_table((CALENDARS / f"{year}.toml").read_text(encoding="utf-8"))
    assert isinstance(table, YearTable)
    assert parse_table(toml(table)) == table


def test_a_holiday_of_one_day_and_one_that_begins_the_year_before() -> None:
    """2025: 1月1日放假1天; 2024: 2023年12月30日至2024年1月1日."""
    one = year_table("元旦：1月1日（周三）放假1天，不调休。", "2025年通知")
    assert one.holidays[0].first == one.holidays[0].last == date(2025, 1, 1)
    across = year_table("元旦：2023年12月30日至2024年1月1日放假", "国办关于2024年的通知")
    assert across.year == 2024
    assert (across.holidays[0].first, across.holidays[0].last) == (date(2023, 12, 30), date(2024, 1, 1))


UNCITED = 'year = 2027\ncitation = ""\nholidays = [{ name = "元旦", from = 2027-01-01, to = 2027-01-03 }]\n'


def test_a_file_that_names_no_notice_takes_the_one_typed_beside_it() -> None:
    assert year_table(UNCITED, CITATION).citation == CITATION


@pytest.mark.parametrize(
    ("text", "citation", "words"),
    [
        (NOTICE, "", "文号"),
        ("没有日期", CITATION, "没有找到放假的日期"),
        ("元旦：1月1日至3日放假", "通知", "哪一年"),
        ("元旦：2月30日放假", CITATION, "没有这样的日期"),
        ("元旦：1月1日、3日、5日放假", CITATION, "看不懂"),
        ("元旦：1月1日至3日放假\n春节2月5日至12日放假", CITATION, "春节2月5日"),
        ("元旦：1月1日至3日放假\n2月14日上班", CITATION, "2月14日上班"),
        ("year = 2027\nholidays = 3", "", "日历文件有误"),
        (UNCITED, "", "文号"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, citation: str, words: str) -> None:
    with pytest.raises(CalendarError, match=words):
        year_table(text, citation)
