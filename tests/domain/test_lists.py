"""Lists as a whole: what a row says, rows that come a second time, households, pasted rows."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.list_samples import HEAD, TRADE, ZHANG, grid, read
from yekuo_desktop.domain.lists.cells import lost_digits, number_cell, text_cell
from yekuo_desktop.domain.lists.reading import ListError, ListTable, read_list, read_pasted, row_digest
from yekuo_desktop.domain.lists.values import LOST_IDENTITY
from yekuo_desktop.domain.stages.acceptance.fields import (
    EQUIPMENT_COLUMNS,
    HOUSEHOLD_COLUMNS,
)


def test_a_rounded_identity_number_refuses_its_row_and_never_becomes_a_value() -> None:
    row = read(HEAD, ("张三", 410122198001011234, *ZHANG[2:])).rows[0]
    assert [(p.field, p.text) for p in row.problems] == [("identity_number", LOST_IDENTITY)]
    assert "identity_number" not in row.values


def test_a_number_of_fifteen_digits_has_lost_nothing() -> None:
    assert not lost_digits(number_cell(410122800101123.0))
    assert lost_digits(number_cell(1e15))
    assert not lost_digits(text_cell("QX3E5"))


def test_the_unit_of_a_heading_counts() -> None:
    assert read(("户名", "容量(W)"), ("张三", 8000)).rows[0].values["capacity"] == "8"
    assert read(("户名", "容量(MW)"), ("张三", 1.25)).rows[0].values["capacity"] == "1250"


def test_two_columns_for_one_field_complete_each_other_but_may_not_contradict() -> None:
    head = ("户名", "身份证号", "统一社会信用代码", "容量")
    table = read(
        head,
        ("张三", ZHANG[1], None, 8),
        ("某公司", None, "91410100MA44ABCD1X", 8),
        ("李四", ZHANG[1], "91410100MA44ABCD1X", 8),
    )
    assert [row.values.get("identity_number") for row in table.rows] == [ZHANG[1], "91410100MA44ABCD1X", None]
    assert [row.values.get("identity_kind") for row in table.rows[:2]] == [
        "identity_card",
        "business_licence",
    ]
    assert "两栏都是证件号码,内容不一致" in table.rows[2].problems[0].text


def test_a_landline_in_the_phone_column_is_kept_as_landline() -> None:
    values = read(HEAD, (*ZHANG[:2], "0371-62345678", *ZHANG[3:])).rows[0].values
    assert (values.get("mobile"), values["landline"]) == (None, "0371-62345678")


def test_a_business_that_names_the_class_gives_both() -> None:
    values = read(("户名", "业务类型"), ("张三", "低压非居民增容")).rows[0].values
    assert (values["klass"], values["business"]) == ("lv_nonresident", "increase")


def test_parts_in_columns_are_not_repeated_in_the_rest() -> None:
    table = read(
        ("户名", "县", "镇", "用电地址", "门牌号"),
        ("张三", "示例县", "柳树镇", "示例县柳树镇李庄村5号", None),
        ("李四", "示例县", "柳树镇", "李庄村", "6号"),
        ("王五", None, None, "李庄村 7 号院", "7号院"),
    )
    assert [row.values.get("address_village") for row in table.rows] == ["李庄村"] * 3
    assert [row.values["address_door"] for row in table.rows[:2]] == ["5号", "6号"]


# ---- the same row again --------------------------------------------------------------------------


def digests(table: ListTable) -> list[str]:
    """The names of the rows."""
    return [row_digest(row.values, {}) for row in table.rows]


def test_a_row_keeps_its_name_however_it_is_written() -> None:
    first = digests(read(HEAD, ZHANG))
    again = read(
        ("用电地址", "手机", "容量(kW)", "姓名", "身份证号", "备注", "业务类型"),
        ("柳树镇李庄村 三组５号", "139 0000 0000", 8.0, "张 三", " 41012219800101123x", "更正电话", "新装"),
    )
    parts = read(
        ("户名", "证件号码", "县", "镇", "村", "组", "门牌", "容量"),
        ("张三", ZHANG[1], "示例县", "柳树镇", "李庄村", "三组", "5号", "8kW"),
    )
    assert first == digests(again) == digests(parts)


def test_what_is_given_for_the_whole_list_may_stand_in_it_later() -> None:
    before = read(("户名", "身份证号"), ZHANG[:2]).rows[0].values
    after = read(("户名", "身份证号", "镇", "客户类别"), (*ZHANG[:2], "柳树镇", "低压居民")).rows[0].values
    given_ = {"address_town": "柳树镇", "klass": "lv_nonresident"}
    assert row_digest(before, given_) == row_digest(after, given_)
    assert row_digest(before, {"business": "increase"}) != row_digest(before, {})


@pytest.mark.parametrize("at", range(5))
def test_another_person_place_or_load_is_another_application(at: int) -> None:
    other = list(ZHANG)
    other[at] = ("李四", "410122198001011248", "13900001111", "示例县柳树镇李庄村三组6号", "9")[at]
    same = digests(read(HEAD, ZHANG)) == digests(read(HEAD, other))
    assert same == (at == 2)  # a corrected phone is still the same application


NOISE = st.sampled_from(["", " ", "\u3000", "\n"])


@given(st.permutations(range(5)), st.lists(NOISE, min_size=10, max_size=10), st.booleans(), st.integers(0, 3))
def test_order_and_noise_change_nothing(order: list[int], noise: list[str], wide: bool, titles: int) -> None:
    """Columns in any order, stray spaces in headings and cells, full-width digits, titles above."""
    full = str.maketrans("0123456789", "0123456789" if not wide else "０１２３４５６７８９")
    head = [HEAD[at][0] + noise[n] + HEAD[at][1:] for n, at in enumerate(order)]
    row = [noise[5 + n] + ZHANG[at].translate(full) + noise[n] for n, at in enumerate(order)]
    table = read(*([("清单",)] * titles), head, row, ("合计", 1))
    assert table.rows[0].values == read(HEAD, ZHANG).rows[0].values
    assert len(table.rows) == 1


@given(st.integers(0, 2**32), st.integers(1, 12))
def test_reordering_rows_keeps_their_names(seed: int, count: int) -> None:
    rows = [(f"张{n}", *ZHANG[1:]) for n in range(count)]
    shuffled = random.Random(seed).sample(rows, count)
    assert sorted(digests(read(HEAD, *rows))) == sorted(digests(read(HEAD, *shuffled)))


@given(st.lists(st.lists(st.one_of(st.none(), st.text(max_size=8), st.floats(), st.dates()), max_size=6)))
def test_no_table_makes_the_reader_fail(rows: list[list[Any]]) -> None:
    """Whatever stands in the cells: rows with problems, or one clear error."""
    finite = [[None if isinstance(v, float) and not abs(v) < 1e300 else v for v in row] for row in rows]
    try:
        table = read(HEAD, *finite)
    except ListError:
        return
    assert all(row.row == at for at, row in enumerate(table.rows, start=1))


# ---- other lists ---------------------------------------------------------------------------------


def test_households_of_a_batch() -> None:
    table = read_list(
        [grid(("幢", "单元", "房号", "姓名", "容量", "身份证号"), (1, 2, 301, "张三", 8, ZHANG[1]))],
        HOUSEHOLD_COLUMNS,
        TRADE,
        must="name",
    )
    assert table.rows[0].values == {
        "building": "1",
        "unit": "2",
        "room": "301",
        "name": "张三",
        "capacity": "8",
        "identity": ZHANG[1],
    }


def test_pasted_rows_with_and_without_their_heading() -> None:
    plain = read_pasted("水泵\tQY-15\t2\t7.5kW\t三类\r\n合计\t\t2\t7.5\r\n", EQUIPMENT_COLUMNS, TRADE)
    named = read_pasted("总容量\t设备\t设备名称\t数量\n7.5\tx\t水泵\t２", EQUIPMENT_COLUMNS, TRADE)
    assert plain.rows[0].values == {
        "name": "水泵",
        "model": "QY-15",
        "quantity": "2",
        "total_capacity": "7.5",
        "load_grade": "3",
    }
    assert len(plain.rows) == 1
    assert named.rows[0].values == {"total_capacity": "7.5", "name": "水泵", "quantity": "2"}
    assert named.unknown == ("设备",)


def test_pasted_rows_that_are_counted() -> None:
    text = '1\t1幢\t1\t101\t张三\t8\t\t\n2\t1幢\t1\t102\t"李\n四"\t八\t\t\n'
    table = read_pasted(text, HOUSEHOLD_COLUMNS, TRADE)
    assert [row.values["name"] for row in table.rows] == ["张三", "李四"]
    assert [p.text for p in table.rows[1].problems] == ["用电容量“八”不是数字"]
    assert read_pasted("", HOUSEHOLD_COLUMNS, TRADE).rows == ()
