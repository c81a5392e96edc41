"""Number templates: the sample sheet's number, other counties' patterns, and what must always hold."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yekuo_desktop.domain.numbering import (
    DEFAULT_TEMPLATE,
    day_prefix,
    format_number,
    next_serial,
    serial_of,
    template_problem,
)

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("template", "serial", "number"),
    [
        (DEFAULT_TEMPLATE, 12, "YK4101-HK01-261123-0012"),  # design/work-order.png
        (DEFAULT_TEMPLATE, 12345, "YK4101-HK01-261123-12345"),  # grows rather than wraps
        (
            "SQ{yyyyMMdd}-{terminal}-{serial:3}",
            1,
            "SQ20261123-HK01-001",
        ),  # regulations.md 4.1, with a terminal
        ("业扩{yyyy}年{mm}{dd}/{terminal}/{serial:2}", 7, "业扩2026年1123/HK01/07"),
    ],
)
def test_numbers(template: str, serial: int, number: str) -> None:
    assert format_number(template, "YK4101", "HK01", DAY, serial) == number
    assert serial_of(template, number) == serial


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("{org}-{yyyyMMdd}-{serial:4}", "必须包含终端号"),
        ("{terminal}-{yy}{mm}-{serial:4}", "必须包含完整日期"),
        ("{terminal}-{yyyyMMdd}", "必须包含一个流水号"),
        ("{terminal}-{yyyyMMdd}-{serial:4}-{serial:4}", "必须包含一个流水号"),
        ("{terminal}-{serial:4}-{yyyyMMdd}", "必须放在编号末尾"),
        ("{terminal}-{yyyyMMdd}-{serial:4}号", "必须放在编号末尾"),
        ("{terminal}-{yyyyMMdd}-{serial:0}", "没有“{serial:0}”这个字段"),
        ("{terminal}-{year}-{serial:4}", "没有“{year}”这个字段"),
        ("{terminal}-{yyyyMMdd}-{serial:4", "花括号不成对"),
        ("{org}{terminal}-{yyyyMMdd}-{serial:4}", "须有分隔符"),
        ("{terminal}{yyyyMMdd}{serial:4}", "须有分隔符"),
    ],
)
def test_templates_that_would_not_be_unique_are_refused(template: str, problem: str) -> None:
    assert problem in (template_problem(template) or "")
    with pytest.raises(ValueError, match=re.escape(problem)):
        format_number(template, "YK4101", "HK01", DAY, 1)


def test_parts_and_serial_are_checked() -> None:
    with pytest.raises(ValueError, match="终端号只能由字母和数字组成，现为“HK-01”"):
        format_number(DEFAULT_TEMPLATE, "YK4101", "HK-01", DAY, 1)
    with pytest.raises(ValueError, match="机构代码只能由字母和数字组成，现为“”"):
        format_number(DEFAULT_TEMPLATE, "", "HK01", DAY, 1)
    with pytest.raises(ValueError, match="流水号应从 1 开始，现为 0"):
        format_number(DEFAULT_TEMPLATE, "YK4101", "HK01", DAY, 0)


@pytest.mark.parametrize("number", ["YK4101-HK01-261123-012", "YK4101-HK01-20261123-0012", "0012", ""])
def test_foreign_numbers_have_no_serial(number: str) -> None:
    assert serial_of(DEFAULT_TEMPLATE, number) is None


def test_the_next_serial_looks_only_at_its_own_terminal_and_day() -> None:
    numbers = [
        "YK4101-HK01-261123-0009",
        "YK4101-HK01-261123-10012",
        "YK4101-HK02-261123-0099",
        "YK4101-HK01-261122-0050",
        "手工编号",
    ]
    assert next_serial(DEFAULT_TEMPLATE, "YK4101", "HK01", DAY, numbers) == 10013
    assert next_serial(DEFAULT_TEMPLATE, "YK4101", "HK01", date(2026, 11, 24), numbers) == 1
    assert day_prefix(DEFAULT_TEMPLATE, "YK4101", "HK01", DAY) == "YK4101-HK01-261123-"


TEMPLATES = st.sampled_from(
    [DEFAULT_TEMPLATE, "{terminal}/{yyyyMMdd}/{serial:1}", "{yyyyMMdd}{terminal}-{serial:9}"]
)
PARTS = st.text("ABCXYZ0189", min_size=1, max_size=8)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(TEMPLATES, PARTS, PARTS, DAYS, st.integers(1, 10**12))
def test_a_number_gives_back_its_serial(
    template: str, org: str, terminal: str, day: date, serial: int
) -> None:
    assert serial_of(template, format_number(template, org, terminal, day, serial)) == serial


@given(
    TEMPLATES, st.lists(st.tuples(PARTS, DAYS, st.integers(1, 99999)), unique=True, min_size=2, max_size=20)
)
def test_different_terminal_day_or_serial_never_gives_the_same_number(
    template: str, keys: list[tuple[str, date, int]]
) -> None:
    numbers = {format_number(template, "YK4101", *key) for key in keys}
    assert len(numbers) == len(keys)
