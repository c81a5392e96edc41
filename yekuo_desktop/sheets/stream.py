"""Writes long sheets row by row in little memory.

openpyxl makes the workbook around the rows (styles, widths, filter, frozen panes), so that the file is as
every program expects it; the rows themselves are written here as text, which is several times faster
than building an object for every cell.
"""

import io
import os
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import escape

import msgspec
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from yekuo_desktop.sheets.errors import NotWritten

FONT = "等线"  # on every Chinese Windows and WPS; others substitute their own
LINE = Side(style="thin", color="FFBFBFBF")
SHEET_PART = "xl/worksheets/sheet1.xml"
BOOK_PART = "xl/workbook.xml"
MAX_CELL = 32_767  # characters a cell can hold
EPOCH = datetime(1899, 12, 30)
_ROWS = re.compile(r"<sheetData>.*</sheetData>|<sheetData ?/>", re.DOTALL)
_DIMENSION = re.compile(r"<dimension [^>]*/>")
_STYLE = re.compile(r'<c r="[A-Z]+1" s="(\d+)"')
_FILTER_NAME = re.compile(rb'<definedName [^>]*name="_xlnm._FilterDatabase"[^>]*>[^<]*</definedName>')
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Style(msgspec.Struct, frozen=True, kw_only=True):
    """How cells look: their number format ("@" is text), weight, fill and place."""

    number_format: str = "General"
    bold: bool = False
    size: float = 11
    color: str = ""
    fill: str = ""
    align: str = ""
    wrap: bool = False
    border: bool = False


CellValue = tuple[Any, int]  # a value and the index of its style
SheetRow = Sequence[CellValue | None]


def apply(cell: Any, style: Style) -> None:
    """Give an openpyxl cell that look."""
    cell.number_format = style.number_format
    cell.font = Font(name=FONT, size=style.size, bold=style.bold, color=style.color or None)
    if style.fill:
        cell.fill = PatternFill("solid", start_color=style.fill, end_color=style.fill)
    if style.border:
        cell.border = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
    cell.alignment = Alignment(horizontal=style.align or None, vertical="center", wrap_text=style.wrap)


def write_sheet(
    path: Path,
    title: str,
    styles: Sequence[Style],
    rows: Iterable[SheetRow],
    prepare: Callable[[Worksheet], None],
    finish: Callable[[str, int], str] = lambda tail, count: tail,
) -> int:
    """Write one sheet; the number of rows written.

    ``prepare`` sets widths, panes, merges; ``finish(tail, count)`` may mend what follows the rows once
    their number is known. Raises NotWritten; then ``path`` is as it was.
    """
    parts, codes = _skeleton(title, styles, prepare)
    head, tail = _cut(parts.pop(SHEET_PART))
    with (
        replacing(path) as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive,
    ):
        for name, part in parts.items():
            archive.writestr(name, part)
        with archive.open(SHEET_PART, "w", force_zip64=True) as sheet:
            sheet.write(head.encode())
            count = _write_rows(sheet, rows, codes)
            sheet.write(finish(tail, count).encode())
    return count


def _skeleton(
    title: str, styles: Sequence[Style], prepare: Callable[[Worksheet], None]
) -> tuple[dict[str, bytes], list[str]]:
    """The workbook around the rows, and the code its style table has for each of our styles."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = sheet_title(title)
    prepare(sheet)
    for at, style in enumerate(styles, start=1):
        apply(sheet.cell(1, at), style)
    file = io.BytesIO()
    book.save(file)
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    # The name of the filter's range would have to be mended with the range; programs do without it.
    parts[BOOK_PART] = _FILTER_NAME.sub(b"", parts[BOOK_PART])
    codes = _STYLE.findall(parts[SHEET_PART].decode())[: len(styles)]
    return parts, [f' s="{code}"' for code in codes]


def _cut(sheet: bytes) -> tuple[str, str]:
    """What stands before and after the rows."""
    text = _DIMENSION.sub("", sheet.decode())
    found = _ROWS.search(text)
    if found is None:
        raise ValueError("the workbook has no rows to replace")
    return text[: found.start()] + "<sheetData>", "</sheetData>" + text[found.end() :]


def _write_rows(file: IO[bytes], rows: Iterable[SheetRow], codes: Sequence[str]) -> int:
    letters: list[str] = []
    number = 0
    for number, row in enumerate(rows, start=1):
        while len(letters) < len(row):
            letters.append(get_column_letter(len(letters) + 1))
        cells = (
            _xml(f"{letter}{number}", cell, codes) for letter, cell in zip(letters, row, strict=False) if cell
        )
        file.write(f'<row r="{number}">{"".join(cells)}</row>'.encode())
    return number


def _xml(place: str, cell: CellValue, codes: Sequence[str]) -> str:
    """One cell. Text is always text, whatever it begins with: a formula cannot be written at all."""
    value, style = cell
    if isinstance(value, str):
        return f'<c r="{place}"{codes[style]}{_text(value)}'
    if value is None:
        return f'<c r="{place}"{codes[style]}/>'
    if isinstance(value, bool):
        return f'<c r="{place}"{codes[style]} t="b"><v>{value:d}</v></c>'
    return f'<c r="{place}"{codes[style]}><v>{serial(value)}</v></c>'


@lru_cache(maxsize=1000)
def _text(value: str) -> str:
    """Most columns say the same few things over and over."""
    if not value:
        return "/>"
    short = value[:MAX_CELL]
    kept = escape(short if short.isprintable() else _ILLEGAL.sub("", short))
    return f' t="inlineStr"><is><t xml:space="preserve">{kept}</t></is></c>'


def serial(value: float | Decimal | date | datetime) -> str:
    """A number or moment as the file keeps it; moments lose their zone, in which they are read."""
    if isinstance(value, datetime):
        return repr((value.replace(tzinfo=None) - EPOCH) / timedelta(days=1))
    if isinstance(value, date):
        return str(value.toordinal() - EPOCH.toordinal())
    return str(value)


def sheet_title(title: str) -> str:
    """A name a sheet may have: up to 31 characters, without []:*?/\\ and outer apostrophes."""
    return _ILLEGAL.sub("", re.sub(r"[\[\]:*?/\\]", " ", title)).strip(" '")[:31] or "清单"


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes the place of ``path`` when everything in it has been written, or not at all.

    Raises NotWritten when the folder or the file refuses it.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".yekuo-")
    except OSError as error:
        raise NotWritten(_why_not(path, error)) from error
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise NotWritten(_why_not(path, error)) from error
    finally:
        beside.unlink(missing_ok=True)


def _why_not(path: Path, error: OSError) -> str:
    if isinstance(error, PermissionError):
        return f"写不了 {path.name}:它可能正在 Excel 中打开,或者没有写入权限;请关闭后再试"
    if not path.parent.is_dir():
        return f"没有文件夹 {path.parent}"
    return f"写不了 {path.name}:{error.strerror or error}"
