"""Headings as offices write them, and which rows below them are applications."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from tests.domain.list_samples import HEAD, TRADE, ZHANG, grid, keys, read
from yekuo_desktop.domain.lists.headings import Headings, find_header
from yekuo_desktop.domain.lists.reading import ListError, read_list
from yekuo_desktop.domain.stages.acceptance.fields import FIELDS, HOUSEHOLD_COLUMNS

# ---- headings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("户名", "customer_name"),
        ("户 名", "customer_name"),
        ("客户名称*", "customer_name"),
        ("*姓名", "customer_name"),
        ("户名(单位名称)", "customer_name"),
        ("客户名称/户名", "customer_name"),
        ("证件\n号码", "identity_number"),
        ("身份证号", "identity_number"),
        ("身份证号码(18位)", "identity_number"),
        ("１、身份证号码", "identity_number"),
        ("identity_number", "identity_number"),
        ("联系\n电话", "mobile"),
        ("手机/联系电话", "mobile"),
        ("申请容量(kW)", "capacity"),
        ("容量（千瓦）", "capacity"),
        ("申请容量 kVA", "capacity"),
        ("申请容量：", "capacity"),
        ("县(市/区)", "address_county"),
        ("县（市／区）", "address_county"),
        ("街道（镇/乡）", "address_town"),
        ("村", "address_village"),
        ("95598工单编号", "channel_reference"),
        ("网格", ""),
        ("联系人/电话", ""),
    ],
)
def test_a_heading_names_its_field(heading: str, key: str) -> None:
    table = read(("客户", "邮编", heading), ("张三", "471000", "x"))
    found = keys(table)[2]
    assert found == key


def test_titles_stand_above_the_header() -> None:
    table = read(
        ("河口供电所 2026 年 11 月业扩报装清单",),
        ("填报单位:", "河口供电所", None, "填报日期:", date(2026, 11, 20)),
        (),
        HEAD,
        ZHANG,
        merges=[(0, 0, 0, 4)],
    )
    assert [row.source_row for row in table.rows] == [5]
    assert table.rows[0].values["customer_name"] == "张三"


def test_two_rows_of_merged_headings() -> None:
    table = read(
        ("序号", "客户信息", None, None, "用电信息", None, "经办人", None, "备注"),
        (None, "户名", "证件号码", "电话", "地址", "容量\n(kW)", "姓名", "电话", None),
        (1, *ZHANG, "李四", "13900001111", "急"),
        merges=[(0, 0, 1, 0), (0, 1, 0, 3), (0, 4, 0, 5), (0, 6, 0, 7), (0, 8, 1, 8)],
    )
    assert keys(table) == [
        "",
        *("customer_name", "identity_number", "mobile", "address_door", "capacity"),
        *("agent_name", "agent_mobile", "remarks"),
    ]
    assert table.rows[0].values["agent_name"] == "李四"
    assert table.unknown == ()


@pytest.mark.parametrize("above", [("客户信息", "客户信息"), ("客户信息", None)])
def test_two_rows_of_headings_without_merged_cells(above: tuple[Any, Any]) -> None:
    table = read(
        (*above, "用电地址", None, None, "容量"),
        ("户名", "证件号码", "县", "镇", "村", "(kW)"),
        ("张三", ZHANG[1], "示例县", "柳树镇", "李庄村", 8),
    )
    assert keys(table) == [
        *("customer_name", "identity_number", "address_county"),
        *("address_town", "address_village", "capacity"),
    ]
    assert len(table.rows) == 1


def test_a_plain_name_under_another_person_is_not_the_customers() -> None:
    table = read(
        ("户名", "法定代表人", None, "容量"),
        (None, "姓名", "民族", None),
        ("某公司", "王五", "汉", 8),
        merges=[(0, 1, 0, 2)],
    )
    assert keys(table) == ["customer_name", "legal_person", "", "capacity"]
    assert table.unknown == ("民族",)


def test_the_word_for_a_paper_in_the_first_row_is_no_heading() -> None:
    table = read(("户名", "证件类型", "证件号码"), ("张三", "身份证", ZHANG[1]), ("李四", "身份证", ZHANG[1]))
    assert [row.values["identity_kind"] for row in table.rows] == ["identity_card"] * 2


def test_a_list_without_a_name_column_says_so() -> None:
    with pytest.raises(ListError, match=r"第 2 行像是表头\(有证件号码、移动电话、申请容量\),但没有“户名”"):
        read(("清单",), ("证件号码", "手机", "申请容量"), ("1", "2", "3"))


def test_a_table_of_something_else_says_what_was_looked_for() -> None:
    with pytest.raises(ListError, match="没有找到表头:前 40 行里没有一行同时有“户名”"):
        read(("品名", "单价"), ("电缆", 12))
    with pytest.raises(ListError, match="清单是空的"):
        read_list([], FIELDS, TRADE)


def test_the_first_sheet_with_a_header_is_read_and_the_others_are_named() -> None:
    notes, first, second = grid(("说明",), sheet="说明"), grid(HEAD, ZHANG), grid(HEAD, ZHANG, sheet="十月")
    table = read_list([notes, first, second], FIELDS, TRADE)
    assert (table.grid.sheet, table.other_sheets) == ("表", ("十月",))


# ---- rows ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("合计", None, None, None, 16), "total"),
        ((None, "合 计", None, None, "16"), "total"),
        (("合计", "2户", None, None, 16), "total"),
        (("总计:2户", None, None, None, 16), "total"),
        (("本页小计",), "total"),
        (("填表人:张三", None, "审核人:李四"), "note"),
        (("说明：一式两份",), "note"),
        (("注:以上属实",), "note"),
        (("共2户",), "note"),
        ((None, "负责人(签字):", None, "日期:"), "note"),
        (HEAD, "header"),
        (("户名", "证件号码"), "header"),
    ],
)
def test_rows_that_are_no_applications(row: Sequence[Any], why: str) -> None:
    table = read(HEAD, ZHANG, row)
    assert len(table.rows) == 1
    assert [skipped.why for skipped in table.skipped] == [why]


def test_a_second_table_with_other_columns_is_not_read_under_the_first_header() -> None:
    other = ("申请容量", "户名", "证件号码", "联系电话", "用电地址", "备注")
    with pytest.raises(ListError, match="第 4 行又是一个表头"):
        read(HEAD, ZHANG, (), other, ("8", "李四", ZHANG[1], ZHANG[2], ZHANG[3], ""))


def test_somebody_named_above_the_header_does_not_make_a_header() -> None:
    table = read(("申请人", "王所长", "联系电话", "13900001111"), HEAD, ZHANG)
    assert [row.source_row for row in table.rows] == [3]


def test_blank_and_numbered_rows_are_left_out_and_data_rows_are_counted_without_them() -> None:
    table = read(("序号", *HEAD), (1, *ZHANG), (), (2, *ZHANG), (3,), (4, None, " "))
    assert [(row.row, row.source_row) for row in table.rows] == [(1, 2), (2, 4)]
    assert table.skipped == ()


def test_a_total_without_a_word_is_known_by_its_sum() -> None:
    table = read(HEAD, (*ZHANG[:4], 8), (*ZHANG[:4], 12), (None, None, None, None, 20))
    assert (len(table.rows), table.totals_skipped) == (2, 1)
    other = read(HEAD, (*ZHANG[:4], 8), (*ZHANG[:4], 12), (None, None, None, None, 21))
    assert len(other.rows) == 3  # somebody forgot the name: to be refused, not dropped


def test_notes_below_notes_and_merged_sentences_are_no_applications() -> None:
    table = read(
        HEAD,
        ZHANG,
        ("以上客户资料均已核实",),
        ("注:1. 三日内受理",),
        ("2. 原件已看",),
        merges=[(2, 0, 2, 4)],
    )
    assert len(table.rows) == 1


def test_a_name_that_begins_like_a_total_is_a_customer() -> None:
    table = read(HEAD, ("合计通讯有限公司", *ZHANG[1:]), ("总计划局", *ZHANG[1:]), ("注然", *ZHANG[1:]))
    assert len(table.rows) == 3


def test_a_merged_town_speaks_for_its_rows_but_a_merged_name_does_not() -> None:
    table = read(
        ("户名", "镇", "容量"),
        ("张三", "柳树镇", 8),
        ("李四", None, 8),
        (None, None, 12),
        merges=[(1, 1, 3, 1), (2, 0, 3, 0)],
    )
    assert [row.values.get("address_town") for row in table.rows] == ["柳树镇"] * 3
    assert "customer_name" not in table.rows[2].values


def test_a_title_right_above_the_headings_is_no_part_of_them() -> None:
    sheet = grid(("批量用电清单(* 为必填)",), ("幢", "室号*", "户名*"), ("1", "101", "张三"))
    found = find_header(sheet, Headings(HOUSEHOLD_COLUMNS), "name")
    assert found is not None
    assert (found.top, found.bottom) == (1, 1)
    assert [field.key for field in found.fields] == ["building", "room", "name"]
