"""Workbooks and .csv files into grids of cells (python-calamine), hostile and broken ones refused."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from yekuo_desktop.domain.lists.cells import EMPTY, Cell, Grid, Merge, number_cell, text_cell
from yekuo_desktop.sheets.errors import ListUnreadable
from yekuo_desktop.sheets.guard import (
    DAMAGED,
    MAX_COLUMNS,
    MAX_FILE,
    MAX_ROWS,
    OLE,
    TOO_LONG,
    TOO_WIDE,
    ZIP,
    checked_parts,
    column_number,
    repacked,
)
from yekuo_desktop.sheets.ole import ENCRYPTED, check_xls

MAX_MERGES = 20_000
MAX_MERGED_ROWS = 1_000_000
TEXT_SUFFIXES = (".csv", ".txt", ".tsv")
Place = tuple[int, int]  # 0-based row and column
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ERROR = re.compile(rb"<(?:\w+:)?c\s([^>]*\bt=\"e\"[^>]*)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_ADDRESS = re.compile(rb"\br=\"([A-Z]+)(\d+)\"")
_VALUE = re.compile(rb"<(?:\w+:)?v>(.*?)</")


def read_grids(path: Path) -> tuple[Grid, ...]:
    """Every visible sheet with content, in the order of the workbook. Raises ListUnreadable."""
    content = _content(path)
    if content.startswith(ZIP):
        return _read_xlsx(content)
    if content.startswith(OLE):
        check_xls(content)
        return _read(io.BytesIO(content), {})
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise ListUnreadable("这是网页格式的表格,请在 Excel 或 WPS 中打开后另存为 .xlsx 再试")
    if path.suffix.lower() in TEXT_SUFFIXES:
        return (_read_text(path.stem, content),)
    if content.startswith(b"PK"):
        raise ListUnreadable(DAMAGED)
    raise ListUnreadable("这个文件不是 Excel 清单(可用 .xlsx、.xls、.csv)")


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE:
            raise ListUnreadable(f"文件超过 {MAX_FILE >> 20} MB,请删去图片和多余内容,只留清单")
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise ListUnreadable(f"找不到文件 {path}") from error
    except IsADirectoryError as error:
        raise ListUnreadable(f"{path} 是文件夹,不是清单") from error
    except OSError as error:
        raise ListUnreadable(f"读不了 {path.name}:可能正被其他程序占用,请关闭后再试") from error
    if not content:
        raise ListUnreadable("文件是空的")
    return content


def _read_xlsx(content: bytes) -> tuple[Grid, ...]:
    parts = checked_parts(content)
    return _read(repacked(parts), _errors(parts))


def _read(file: io.BytesIO, errors: Mapping[str, Mapping[Place, str]]) -> tuple[Grid, ...]:
    try:
        return _sheets(file, errors)
    except PasswordError as error:
        raise ListUnreadable(ENCRYPTED) from error
    except CalamineError as error:
        raise ListUnreadable(DAMAGED) from error
    except BaseException as error:
        # A failed check inside the parser arrives as PanicException, which is no Exception.
        if type(error).__name__ == "PanicException":
            raise ListUnreadable(DAMAGED) from error
        raise


def _sheets(file: io.BytesIO, errors: Mapping[str, Mapping[Place, str]]) -> tuple[Grid, ...]:
    with CalamineWorkbook.from_filelike(file) as book:
        sheets = [
            book.get_sheet_by_name(sheet.name)
            for sheet in book.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
        return tuple(_grid(sheet, errors.get(sheet.name, {})) for sheet in sheets if sheet.height)


def _grid(sheet: CalamineSheet, errors: Mapping[Place, str]) -> Grid:
    end = sheet.end or (0, 0)
    if end[0] >= MAX_ROWS:
        raise ListUnreadable(TOO_LONG)
    if end[1] >= MAX_COLUMNS:
        raise ListUnreadable(TOO_WIDE)
    rows = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), word in errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = Cell(word, "error")
    return Grid(sheet.name, rows, _merges(sheet, len(rows)))


def _cell(value: object) -> Cell:
    """A cell out of what calamine gives: "" for empty, and Python's own types."""
    if isinstance(value, str):
        return text_cell(value) if value else EMPTY
    if isinstance(value, bool):
        return Cell("是" if value else "否", "bool", float(value))
    if isinstance(value, int | float):
        return number_cell(float(value))
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return Cell(value.date().isoformat() if midnight else value.isoformat(" ", "seconds"), "date")
    if isinstance(value, date):
        return Cell(value.isoformat(), "date")
    return Cell(str(value), "text") if isinstance(value, time | timedelta) else EMPTY


def _merges(sheet: CalamineSheet, height: int) -> tuple[Merge, ...]:
    """Merged cells of the filled part. Overlapping ones by the million are an attack, not a list."""
    found = tuple(
        Merge(top, left, min(bottom, height - 1), min(right, MAX_COLUMNS))
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        if top < height and left < MAX_COLUMNS
    )
    if len(found) > MAX_MERGES or sum(merge.bottom - merge.top for merge in found) > MAX_MERGED_ROWS:
        raise ListUnreadable("清单里合并单元格过多,请取消合并后再试")
    return found


def _errors(parts: Mapping[str, bytes]) -> dict[str, dict[Place, str]]:
    """Cells with a formula error, by sheet name: the parser gives them as empty."""
    if not any(b't="e"' in part for part in parts.values()):
        return {}
    return {name: _errors_in(parts.get(part, b"")) for name, part in _sheet_parts(parts)}


def _errors_in(sheet: bytes) -> dict[Place, str]:
    found = {}
    for cell in _ERROR.finditer(sheet):
        address, value = _ADDRESS.search(cell.group(1)), _VALUE.search(cell.group(2))
        if address:
            place = (int(address.group(2)) - 1, column_number(address.group(1)) - 1)
            found[place] = unescape(value.group(1).decode()) if value else "#N/A"
    return found


def _sheet_parts(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Sheet names and where their XML stands in the file."""
    try:
        book = ElementTree.fromstring(parts["xl/workbook.xml"])
        links = ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    except (KeyError, ElementTree.ParseError) as error:
        raise ListUnreadable(DAMAGED) from error
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in book.iterfind(".//{*}sheet"):
        target = targets.get(sheet.get(_REL), "")
        yield sheet.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _read_text(name: str, content: bytes) -> Grid:
    """A .csv as Excel, WPS or a web system writes it. Raises ListUnreadable."""
    text = _decoded(content)
    lines = text[:10_000].splitlines()[:20]
    delimiter = max(",\t;", key=lambda sign: sum(line.count(sign) for line in lines))
    try:
        rows = [
            tuple(text_cell(cell) for cell in row)
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise ListUnreadable(DAMAGED) from error
    if len(rows) > MAX_ROWS:
        raise ListUnreadable(TOO_LONG)
    if max(map(len, rows), default=0) > MAX_COLUMNS:
        raise ListUnreadable(TOO_WIDE)
    return Grid(name, rows)


def _decoded(content: bytes) -> str:
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ListUnreadable("看不出文件的文字编码,请另存为 .xlsx 再试")
