"""Lists as offices send them: headings, rows, values, addresses, and rows that come a second time."""

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yekuo_desktop.domain.codes import parse_codes
from yekuo_desktop.domain.list_cells import Cell, Grid, Merge, lost_digits, number_cell, text_cell
from yekuo_desktop.domain.list_values import LOST_IDENTITY
from yekuo_desktop.domain.lists import ListError, ListTable, Trade, read_list, read_pasted, row_digest
from yekuo_desktop.domain.stages.acceptance.fields import (
    EQUIPMENT_COLUMNS,
    FIELDS,
    HOUSEHOLD_COLUMNS,
)

CODES = Path(__file__).parents[2] / "resources" / "codes"
NAMES = ("businesses", "categories", "channels", "classes", "documents", "load_nature", "supply_modes")
TODAY = date(2026, 11, 23)
TRADE = Trade(codes={n: parse_codes((CODES / f"{n}.toml").read_text("utf-8")) for n in NAMES}, today=TODAY)
ZHANG = ("张三", "41012219800101123X", "13800001111", "示例县柳树镇李庄村三组5号", "8")
HEAD = ("户名", "证件号码", "联系电话", "用电地址", "申请容量")


def cell(value: Any) -> Cell:
    """A cell as the reader makes it out of a Python value."""
    if value is None:
        return Cell()
    if isinstance(value, bool):
        return Cell("是" if value else "否", "bool", float(value))
    if isinstance(value, date):
        return Cell(value.isoformat(), "date")
    return number_cell(float(value)) if isinstance(value, int | float) else text_cell(value)


def grid(*rows: Sequence[Any], merges: Sequence[tuple[int, int, int, int]] = (), sheet: str = "表") -> Grid:
    """A sheet out of Python values."""
    return Grid(sheet, [[cell(value) for value in row] for row in rows], tuple(Merge(*m) for m in merges))


def read(*rows: Sequence[Any], merges: Sequence[tuple[int, int, int, int]] = ()) -> ListTable:
    """The applications in those rows."""
    return read_list([grid(*rows, merges=merges)], FIELDS, TRADE)


def keys(table: ListTable) -> list[str]:
    """The fields by column, "" for a column that is none of ours."""
    return [column.field.key if column.field else "" for column in table.header.columns]


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
