"""Workbooks we write, looked at with another library than the one that wrote them."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from yekuo_desktop.sheets.errors import NotWritten
from yekuo_desktop.sheets.writer import write_table

COLUMNS = (("序号", "count", 6), ("户名", "text", 20), ("容量", "capacity", 10), ("时间", "datetime", 18))
CHINA = timezone(timedelta(hours=8))
HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    '=HYPERLINK("http://x","y")',
    "=cmd|' /C calc'!A0",
)


def written(path: Path) -> list[list[Any]]:
    """What another program reads."""
    with CalamineWorkbook.from_path(path) as book:
        return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def table(path: Path, rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Those rows written and read again, without title and header."""
    write_table(path, "营业日志", COLUMNS, rows)
    return written(path)[2:]


def test_values_arrive_as_what_they_are(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 23, 8, 30, tzinfo=CHINA)
    rows = table(
        tmp_path / "a.xlsx",
        [
            ("1", "410122198001011234", "8.5", moment),
            (2, " 𬱖 <&> \n二", Decimal("8.50"), "2026-11-23 08:30"),
            (3, True, "约八", date(2026, 11, 23)),
            (4, None, None, ""),
        ],
    )
    naive = moment.replace(tzinfo=None)
    assert rows == [
        [1.0, "410122198001011234", 8.5, naive],
        [2.0, " 𬱖 <&> \n二", 8.5, naive],
        [3.0, "是", "约八", naive.date()],
        [4.0, "", "", ""],
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_never_becomes_a_formula(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.xlsx"
    table(path, [(text, text, text, text)])
    cells = load_workbook(path).worksheets[0][3]
    assert all(cell.data_type != "f" for cell in cells)
    assert cells[1].data_type == "s"
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_numbers_of_papers_stand_in_text_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    table(path, [(1, "410122198001011234", 8, None)])
    sheet = load_workbook(path).worksheets[0]
    assert sheet["B3"].number_format == "@"
    assert sheet.column_dimensions["B"].number_format == "@"


def test_a_list_is_ready_to_be_worked_with(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_table(path, "台账:2026/11 [一]", COLUMNS, [(1, "张三", 8, None)] * 3)
    sheet = load_workbook(path).worksheets[0]
    assert sheet.title == "台账 2026 11  一"
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == "A2:D5"
    assert sheet.column_dimensions["B"].width == 20
    assert sheet["B2"].font.bold
    assert sheet.print_title_rows == "$1:$2"


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_any_text_makes_a_readable_file(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("any") / "a.xlsx"
    table(path, [(1, text, None, None) for text in texts])
    assert len(list(load_workbook(path).worksheets[0].iter_rows(min_row=3))) == len(texts)


def test_a_text_longer_than_a_cell_is_cut_and_does_not_break_the_file(tmp_path: Path) -> None:
    rows = table(tmp_path / "a.xlsx", [(1, "长" * 40_000, None, None)])
    assert len(rows[0][1]) == 32_767


def test_a_failed_writing_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    table(path, [(1, "旧", None, None)])

    def broken() -> Any:
        yield (1, "新", None, None)
        raise RuntimeError("the store went away")

    with pytest.raises(RuntimeError):
        write_table(path, "营业日志", COLUMNS, broken())
    assert written(path)[2][1] == "旧"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_folder_that_is_not_there_and_a_file_that_cannot_be_replaced(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match="没有文件夹"):
        write_table(tmp_path / "none" / "a.xlsx", "x", COLUMNS, [])
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(NotWritten, match="写不了"):
        write_table(tmp_path / "a.xlsx", "x", COLUMNS, [])
