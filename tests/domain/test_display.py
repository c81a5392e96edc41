"""How values read."""

from datetime import date, datetime, timedelta, timezone

import pytest

from yekuo_desktop.bootstrap import load_reference
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.display import address, day, flag, long_day, moment, money, number, value_text
from yekuo_desktop.domain.field import Field, Kind
from yekuo_desktop.domain.stages.acceptance.fields import BY_KEY

REFERENCE = load_reference()


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("capacity", "8.0", "8 kW"),
        ("capacity", "630", "630 kW"),
        ("capacity", "0.40", "0.4 kW"),
        ("capacity", "约八", "约八 kW"),
        ("household_count", "60", "60 户"),
        ("fee_amount", "12345.6", "12,345.60 元"),
        ("fee_amount", "0", "0.00 元"),
        ("wished_date", "2026-12-01", "2026-12-01"),
        ("klass", "hv_dual", "高压双电源"),
        ("category", "201", "乡村居民生活"),
        ("category", "no-such", "no-such"),
        ("vat_wanted", True, "是"),
        ("vat_wanted", False, "否"),
        ("vat_wanted", None, ""),
        ("equipment", [{}, {}], "2 行"),
        ("customer_name", "陈𬱖英", "陈𬱖英"),
        ("mobile", "13800001000", "13800001000"),
        ("capacity", "", ""),
    ],
)
def test_a_value_in_words(key: str, value: object, text: str) -> None:
    assert value_text(BY_KEY[key], value, REFERENCE) == text


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("identity_number", "410122196005121029", "4101**********1029"),
        ("mobile", "13800001000", "138****1000"),
        ("customer_name", "张秀英", "张秀英"),
    ],
)
def test_personal_numbers_can_be_masked(key: str, value: str, text: str) -> None:
    assert value_text(BY_KEY[key], value, REFERENCE, masked=True) == text


def test_the_unit_of_a_form_replaces_the_fields_own() -> None:
    assert value_text(BY_KEY["capacity"], "630", REFERENCE, unit="kVA") == "630 kVA"
    assert value_text(BY_KEY["capacity"], "630", REFERENCE, unit="") == "630"


def test_a_person_has_a_name() -> None:
    field = Field(key="by", label="经办", kind=Kind.PERSON)
    assert value_text(field, "p1", REFERENCE, people={"p1": "王丽"}) == "王丽"
    assert value_text(field, "p2", REFERENCE) == "p2"


def test_moments_are_told_in_beijing_time() -> None:
    late = datetime(2026, 11, 20, 18, 30, tzinfo=timezone(timedelta(0)))
    assert moment(late) == "2026-11-21 02:30"
    assert day(late) == "2026-11-21"
    assert long_day(datetime(2026, 1, 5, 9, 0, tzinfo=CHINA)) == "2026 年 1 月 5 日"
    assert long_day(date(2026, 11, 20)) == "2026 年 11 月 20 日"


def test_numbers_and_flags() -> None:
    assert [number(text) for text in ("100", "1e3", "-0", "x")] == ["100", "1000", "0", "x"]
    assert [money(text) for text in ("1", "1234567.891", "x")] == ["1.00", "1,234,567.89", "x"]
    assert [flag(value) for value in (True, False, None, "")] == ["是", "否", "", ""]


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (("示例县", "河口镇", "柳湾村", "", "", "三组", "1号"), "示例县河口镇柳湾村三组1号"),
        (
            ("示例县", "城关镇", "东街社区", "人民路", "丽景苑", "", "3幢2单元501"),
            "示例县城关镇东街社区人民路丽景苑3幢2单元501",
        ),
        (("示例县", "河口镇", "柳湾村", "", "", "", "示例县河口镇柳湾村1号"), "示例县河口镇柳湾村1号"),
        (("", "", "", "", "", "", "柳湾村1号"), "柳湾村1号"),
        (("", "", "", "", "", "", ""), ""),
    ],
)
def test_an_address_as_one_would_say_it(parts: tuple[str, ...], text: str) -> None:
    keys = ("county", "town", "village", "road", "estate", "group", "door")
    assert address({f"address_{key}": part for key, part in zip(keys, parts, strict=True)}) == text
