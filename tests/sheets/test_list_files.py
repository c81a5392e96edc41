"""Lists there and back: what offices send, our empty list, and the answer that is sent in again."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlwt
from openpyxl import Workbook, load_workbook

from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.codes import parse_codes
from yekuo_desktop.domain.field import Sheet
from yekuo_desktop.domain.lists.addresses import Places
from yekuo_desktop.domain.lists.kinds import APPLICATIONS, KINDS
from yekuo_desktop.domain.lists.reading import ListTable, Trade, row_digest
from yekuo_desktop.domain.lists.values import LOST_IDENTITY
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.people import Person, Role
from yekuo_desktop.domain.stages.acceptance.fields import BY_KEY
from yekuo_desktop.office.lists import ListResult, RowResult
from yekuo_desktop.sheets import lists
from yekuo_desktop.sheets.template import heading

CODES = Path(__file__).parents[2] / "resources" / "codes"
NAMES = ("businesses", "categories", "channels", "classes", "documents", "supply_modes")
TABLES = {name: parse_codes((CODES / f"{name}.toml").read_text("utf-8")) for name in NAMES}
TRADE = Trade(codes=TABLES, today=date(2026, 11, 23))
ROWS: tuple[tuple[Any, ...], ...] = (
    ("河口供电所 2026 年 11 月业扩报装申请清单",),
    ("填报单位:", "河口供电所", None, None, "日期:", date(2026, 11, 20)),
    ("序号", "客户信息", None, None, "用电信息", None, None, None, "备注"),
    (None, "户 名*", "证件\n号码", "联系电话", "用电地址", "容量（kW）", "业务类型", "网格", None),
    (1, "张　三", "41012219800101123x", "138-0000 1111", "示例县柳树镇李庄村5号", "８", "新装", "甲", None),
    (2, "李四", 410122198001011234, 13800001112, "柳树镇李庄村6号", 8, "低压居民新装", "甲", "=急"),
    (),
    (
        3,
        "某某（河南）有限公司",
        "91410100MA44ABCD1X",
        "0371-62345678",
        "城关镇东大街1号",
        "30kW",
        "新装",
        "乙",
    ),
    (4,),
    ("合计", None, None, None, None, 46),
    ("填表人:王五", None, None, "审核人:赵六"),
)
MERGES = ("A1:I1", "A3:A4", "B3:D3", "E3:H3", "I3:I4")
Maker = Callable[[Path, Sequence[Sequence[Any]]], Path]


def new_format(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """The list as .xlsx."""
    book = Workbook()
    sheet = book.worksheets[0]
    for number, row in enumerate(rows, start=1):
        for at, value in enumerate(row, start=1):
            sheet.cell(number, at).value = value
            if isinstance(value, str):
                sheet.cell(number, at).data_type = "s"
    for merge in MERGES if rows is ROWS else ():
        sheet.merge_cells(merge)
    target = path / "清单.xlsx"
    book.save(target)
    return target


def old_format(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """The list as .xls."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("清单")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for number, row in enumerate(rows):
        for at, value in enumerate(row):
            style = (day,) if isinstance(value, date) else ()
            if value is not None:
                sheet.write(number, at, value, *style)
    sheet.merge(2, 3, 0, 0)
    sheet.merge(2, 3, 8, 8)
    target = path / "清单.xls"
    book.save(str(target))
    return target


def digests(table: ListTable) -> list[str]:
    """The names of the rows that can be accepted."""
    return [row_digest(row.values, {}) for row in table.rows if not row.problems]


def answered(table: ListTable) -> ListResult:
    """What the office might say."""
    return ListResult(
        rows=tuple(
            RowResult(
                row=row.row,
                name=row.values.get("customer_name"),
                number=None if row.problems else f"YK4101-HK01-{row.row:04}",
                reasons=tuple(problem.text for problem in row.problems),
            )
            for row in table.rows
        )
    )


@pytest.mark.parametrize("make", [new_format, old_format])
def test_what_an_office_sends(tmp_path: Path, make: Maker) -> None:
    table = lists.read_list(make(tmp_path, ROWS), APPLICATIONS, TRADE)
    assert [(row.row, row.source_row) for row in table.rows] == [(1, 5), (2, 6), (3, 8)]
    assert table.unknown == ("网格",)
    assert [skipped.why for skipped in table.skipped] == ["total", "note"]
    first, second, third = (row.values for row in table.rows)
    assert first == {
        "customer_name": "张三",
        "identity_number": "41012219800101123X",
        "identity_kind": "identity_card",
        "mobile": "13800001111",
        "address_county": "示例县",
        "address_town": "柳树镇",
        "address_village": "李庄村",
        "address_door": "5号",
        "capacity": "8",
        "business": "new",
    }
    assert [problem.text for problem in table.rows[1].problems] == [LOST_IDENTITY]
    assert (second["mobile"], second["klass"]) == ("13800001112", "lv_resident")
    assert (third["landline"], third["identity_kind"]) == ("0371-62345678", "business_licence")


def test_both_formats_give_the_same_rows(tmp_path: Path) -> None:
    new, old = (
        lists.read_list(make(tmp_path, ROWS), APPLICATIONS, TRADE) for make in (new_format, old_format)
    )
    assert [row.values for row in new.rows] == [row.values for row in old.rows]


@pytest.mark.parametrize("make", [new_format, old_format])
def test_the_answer_stands_beside_each_row_and_reads_like_the_list(tmp_path: Path, make: Maker) -> None:
    table = lists.read_list(make(tmp_path, ROWS), APPLICATIONS, TRADE)
    answer = tmp_path / "答复.xlsx"
    lists.write_answer(answer, table, answered(table), APPLICATIONS)
    again = lists.read_list(answer, APPLICATIONS, TRADE)
    assert digests(again) == digests(table)
    assert again.unknown == table.unknown
    assert [row.values for row in again.rows] == [row.values for row in table.rows]
    sheet = load_workbook(answer).worksheets[0]
    assert [sheet.cell(4, at).value for at in (10, 11, 12)] == ["结果", "编号", "原因"]
    assert [sheet.cell(5, at).value for at in (10, 11)] == ["已受理", "YK4101-HK01-0001"]
    assert [sheet.cell(6, at).value for at in (10, 12)] == ["未受理", LOST_IDENTITY]
    assert sheet["H8"].value == "乙"
    assert sheet["I6"].data_type == "s"
    assert sheet["A1"].value == ROWS[0][0]


def test_an_answer_that_is_corrected_and_sent_in_again_gets_its_answer_in_the_same_place(
    tmp_path: Path,
) -> None:
    table = lists.read_list(new_format(tmp_path, ROWS), APPLICATIONS, TRADE)
    answer = tmp_path / "答复.xlsx"
    lists.write_answer(answer, table, answered(table), APPLICATIONS)
    book = load_workbook(answer)
    book.worksheets[0]["C6"].value = "410122198001011248"
    book.save(answer)
    corrected = lists.read_list(answer, APPLICATIONS, TRADE)
    assert digests(corrected)[::2] == digests(table)
    assert not corrected.rows[1].problems
    lists.write_answer(answer, corrected, answered(corrected), APPLICATIONS)
    sheet = load_workbook(answer).worksheets[0]
    assert sheet.max_column == 12
    assert sheet["J6"].value == "已受理"


def test_our_empty_list_is_read_by_our_reader(tmp_path: Path) -> None:
    path = tmp_path / "空白.xlsx"
    lists.write_template(path, APPLICATIONS, TABLES)
    empty = lists.read_list(path, APPLICATIONS, TRADE)
    assert empty.rows == ()
    assert (empty.unknown, empty.other_sheets) == ((), ())
    assert [column.field.key for column in empty.columns if column.field] == [
        field.key for field in APPLICATIONS.offered
    ]
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for at, value in enumerate(("张三", "居民身份证", "41012219800101123X", "13800001111"), start=1):
        sheet.cell(3, at).value = value
    book.save(path)
    assert lists.read_list(path, APPLICATIONS, TRADE).rows[0].values["identity_kind"] == "identity_card"


def test_our_empty_list_keeps_numbers_as_text_and_offers_the_choices(tmp_path: Path) -> None:
    path = tmp_path / "空白.xlsx"
    lists.write_template(path, APPLICATIONS, TABLES)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    assert sheet.column_dimensions["C"].number_format == "@"
    offered = {rule.promptTitle: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert offered["客户类别"] == '"低压居民,低压非居民,高压单电源,高压双电源"'
    assert offered["用电类别"].startswith(('"', "选项!"))
    assert book["选项"].sheet_state == "hidden"
    assert [heading(BY_KEY[key], Sheet.RESIDENT) for key in ("capacity", "mobile")] == [
        "申请容量(kW)*",
        "移动电话",
    ]


def test_refusals_name_the_file(tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"x")
    with pytest.raises(Refused, match=r"坏\.xlsx:这个文件不是 Excel 清单"):
        lists.read_list(tmp_path / "坏.xlsx", APPLICATIONS, TRADE)
    with pytest.raises(Refused, match=r"清单\.xlsx:没有找到表头"):
        lists.read_list(new_format(tmp_path, [("甲", "乙"), (1, 2)]), APPLICATIONS, TRADE)


def test_households_from_a_workbook(tmp_path: Path) -> None:
    rows = (("楼盘一户一表清单",), ("幢", "单元", "室号", "户名", "容量"), (1, 2, 301, "张三", 8))
    table = lists.read_list(new_format(tmp_path, rows), KINDS["households"], TRADE)
    assert table.rows[0].values == {
        "building": "1",
        "unit": "2",
        "room": "301",
        "name": "张三",
        "capacity": "8",
    }


def test_the_places_of_the_county_are_known() -> None:
    manager = Person(
        id="1", login="w", name="王", roles=(Role.PROJECT_MANAGER,), areas=("柳树镇", "李庄村", "南关")
    )
    organisation = Organisation(county="示例县供电公司", people={"1": manager})
    assert lists.places_of(organisation) == Places(
        counties=("示例县",), towns=("柳树镇", "南关"), villages=("李庄村",)
    )
