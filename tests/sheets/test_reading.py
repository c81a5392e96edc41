"""Workbooks as other programs write them, and files that are no workbooks or wish us ill."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
import xlwt
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from yekuo_desktop.domain.lists.cells import Cell, Merge
from yekuo_desktop.sheets import guard
from yekuo_desktop.sheets.errors import ListUnreadable
from yekuo_desktop.sheets.reader import read_grids

SHEET = "xl/worksheets/sheet1.xml"


def xlsx(path: Path, fill: Callable[[Worksheet], None]) -> Path:
    """A workbook made by openpyxl."""
    book = Workbook()
    fill(book.worksheets[0])
    book.save(path)
    return path


def plain(sheet: Worksheet) -> None:
    """A small list."""
    sheet.append(["户名", "证件号码"])
    sheet.append(["张三", "41012219800101123X"])


def edited(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """The workbook with one part changed, as somebody with a text editor would."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_cells_keep_their_kinds(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.title = "清单"
        sheet["B2"] = "张三"
        sheet["C2"] = 410122198001011234
        sheet["D2"] = 8.5
        sheet["E2"] = date(2026, 3, 1)
        sheet["F2"] = datetime(2026, 3, 1, 8, 30)
        sheet["G2"] = True
        sheet["H2"] = "  "
        sheet["B3"] = "柳树镇"
        sheet.merge_cells("B3:C4")

    (grid,) = read_grids(xlsx(tmp_path / "a.xlsx", fill))
    assert grid.sheet == "清单"
    assert grid.rows[1][0] == Cell()
    assert grid.rows[1][2].kind == "number"
    assert [(cell.text, cell.kind) for cell in (grid.rows[1][1], *grid.rows[1][3:])] == [
        ("张三", "text"),
        ("8.5", "number"),
        ("2026-03-01", "date"),
        ("2026-03-01 08:30:00", "date"),
        ("是", "bool"),
        ("", "empty"),
    ]
    assert grid.merges == (Merge(2, 1, 2, 2),)  # as far as there is content


def test_old_xls(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("清单")
    sheet.write_merge(0, 0, 0, 2, "业扩清单")
    for at, value in enumerate(("张三", 410122198001011234, 8)):
        sheet.write(1, at, value)
    sheet.write(1, 3, date(2026, 3, 1), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    book.save(str(tmp_path / "a.xls"))
    (grid,) = read_grids(tmp_path / "a.xls")
    assert grid.merges == (Merge(0, 0, 0, 2),)
    assert [cell.kind for cell in grid.rows[1]] == ["text", "number", "number", "date"]


@pytest.mark.parametrize("name", ["a.xls", "a.dat", "清单 (1).XLSX"])
def test_the_content_counts_and_not_the_ending(tmp_path: Path, name: str) -> None:
    (grid,) = read_grids(xlsx(tmp_path / "a.xlsx", plain).rename(tmp_path / name))
    assert grid.rows[1][0].text == "张三"


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ","), ("gb18030", ","), ("utf-16", "\t")]
)
def test_text_files(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = (("户名", "证件号码"), ("张三", "4.10122E+17"), ('"李,四"', ""))
    (tmp_path / "a.csv").write_text("\r\n".join(map(delimiter.join, lines)), encoding)
    (grid,) = read_grids(tmp_path / "a.csv")
    assert [cell.text for cell in grid.rows[1]] == ["张三", "4.10122E+17"]
    assert grid.rows[2][0].text == "李,四"


def test_hidden_and_empty_sheets_are_left_out(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("空")
    plain(book.create_sheet("隐藏"))
    book["隐藏"].sheet_state = "hidden"
    plain(book.create_sheet("清单"))
    book.save(tmp_path / "a.xlsx")
    assert [grid.sheet for grid in read_grids(tmp_path / "a.xlsx")] == ["清单"]


def test_formula_errors_are_not_taken_for_empty_cells(tmp_path: Path) -> None:
    def broken(text: str) -> str:
        return text.replace('<c r="B2"', '<c r="B2" t="e"><v>#N/A</v></c><c r="C2"', 1)

    path = edited(xlsx(tmp_path / "a.xlsx", plain), SHEET, broken)
    (grid,) = read_grids(path)
    assert grid.rows[1][1] == Cell("#N/A", "error")


# ---- no workbook, or a bad one -------------------------------------------------------------------


def zipped(**parts: str) -> bytes:
    """A zip file with those parts; "__" stands for "/"."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), text)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "文件是空的"),
        (b"hello", "不是 Excel 清单"),
        (b"%PDF-1.7", "不是 Excel 清单"),
        (b"<html><table>", "网页格式"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "网页格式"),
        (b"PK\x03\x04" + b"x" * 100, "已损坏"),
        (b"PK\x05\x06" + bytes(18), "已损坏"),
        (guard.OLE + b"x" * 100, "已损坏"),
        (guard.OLE + bytes(2000), "已损坏"),
        (zipped(word__document_xml="x"), "Word 文档"),
        (zipped(xl__workbook_bin="x"), ".xlsb"),
        (zipped(content_xml="x"), ".ods"),
        (zipped(anything="x"), "不是 Excel 清单"),
        (zipped(xl__workbook_xml="<workbook"), "已损坏"),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(ListUnreadable, match=re.escape(reason)):
        read_grids(tmp_path / "a.xlsx")


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ListUnreadable, match="找不到文件"):
        read_grids(tmp_path / "none.xlsx")
    with pytest.raises(ListUnreadable, match="是文件夹"):
        read_grids(tmp_path)


def test_every_cut_of_a_workbook_is_refused_or_read(tmp_path: Path) -> None:
    """A file cut short by a broken copy: never anything but a grid or one clear error."""
    whole = xlsx(tmp_path / "a.xlsx", plain).read_bytes()
    book = xlwt.Workbook()
    book.add_sheet("x").write(0, 0, "户名")
    book.save(str(tmp_path / "b.xls"))
    old = (tmp_path / "b.xls").read_bytes()
    for content in (whole, old):
        for length in range(1, len(content), len(content) // 40):
            (tmp_path / "cut.xlsx").write_bytes(content[:length])
            try:
                read_grids(tmp_path / "cut.xlsx")
            except ListUnreadable as error:
                assert str(error)


def test_an_encrypted_workbook_is_named_as_such(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("x").write(0, 0, "户名")
    book.save(str(tmp_path / "a.xls"))
    content = (tmp_path / "a.xls").read_bytes()
    stream = "Workbook".encode("utf-16-le")
    at = content.index(stream)
    marked = bytearray(content)
    marked[at : at + 64] = "EncryptedPackage".encode("utf-16-le").ljust(64, b"\0")
    marked[at + 64 : at + 66] = (34).to_bytes(2, "little")
    (tmp_path / "a.xlsx").write_bytes(bytes(marked))
    with pytest.raises(ListUnreadable, match="有打开密码"):
        read_grids(tmp_path / "a.xlsx")


def test_an_old_xls_with_a_password_is_named_as_such(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("x").write(0, 0, "户名")
    book.save(str(tmp_path / "a.xls"))
    content = (tmp_path / "a.xls").read_bytes()
    marked = content.replace(b"\x42\x00\x02\x00", b"\x2f\x00\x02\x00", 1)  # CODEPAGE becomes FILEPASS
    assert marked != content
    (tmp_path / "a.xls").write_bytes(marked)
    with pytest.raises(ListUnreadable, match="有打开密码"):
        read_grids(tmp_path / "a.xls")


def test_a_zip_bomb_is_stopped_while_unpacking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MAX_UNPACKED", 5 << 20)
    path = xlsx(tmp_path / "a.xlsx", plain)
    edited(path, SHEET, lambda text: text + " " * (20 << 20))
    assert path.stat().st_size < 100_000
    with pytest.raises(ListUnreadable, match="文件过大或有异常"):
        read_grids(path)


def test_a_bomb_in_a_part_nobody_needs_is_not_even_unpacked(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", plain)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", bytes(guard.MAX_UNPACKED + 1))
    assert read_grids(path)[0].rows[1][0].text == "张三"


@pytest.mark.parametrize(
    ("place", "reason"), [("XFD1048576", "行"), ("A100001", "超过 100,000 行"), ("GS2", "超过 200 列")]
)
def test_a_cell_far_away_is_refused_before_room_is_made_for_it(
    tmp_path: Path, place: str, reason: str
) -> None:
    def fill(sheet: Worksheet) -> None:
        plain(sheet)
        sheet[place] = 1

    with pytest.raises(ListUnreadable, match=reason):
        read_grids(xlsx(tmp_path / "a.xlsx", fill))


def test_far_cells_that_only_carry_a_format_do_not_matter(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        plain(sheet)
        sheet["XFD1048576"].number_format = "@"

    (grid,) = read_grids(xlsx(tmp_path / "a.xlsx", fill))
    assert len(grid.rows) == 2


def test_an_old_xls_that_claims_far_columns_is_refused(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("x")
    sheet.write(0, 0, "户名")
    sheet.write(0, 255, "远")
    book.save(str(tmp_path / "a.xls"))
    with pytest.raises(ListUnreadable, match="超过 200 列"):
        read_grids(tmp_path / "a.xls")


def test_overlapping_merges_by_the_thousand_are_refused(tmp_path: Path) -> None:
    def many(text: str) -> str:
        merges = '<mergeCell ref="A1:A2"/>' * 20_001
        return text.replace("</sheetData>", f"</sheetData><mergeCells>{merges}</mergeCells>")

    with pytest.raises(ListUnreadable, match="合并单元格过多"):
        read_grids(edited(xlsx(tmp_path / "a.xlsx", plain), SHEET, many))
