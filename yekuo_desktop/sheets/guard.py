"""Looks at a file before a parser does: is it a workbook at all, and is it an honest one?

A parser allocates what a file claims. So sizes are counted while unpacking, far-away cells are found
first, and the parser only ever gets the parts that were looked at.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from yekuo_desktop.sheets.errors import ListUnreadable

MAX_FILE = 50 << 20
MAX_UNPACKED = 300 << 20  # about 100,000 rows of 20 columns
MAX_PARTS = 2000
MAX_ROWS = 100_000
MAX_COLUMNS = 200
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_READ = 1 << 20
_NEEDED = re.compile(
    r"(\[Content_Types\]\.xml|_rels/\.rels|xl/(workbook|sharedStrings|styles)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/worksheets/[^/]+\.xml)",
    re.IGNORECASE,
)
# Columns beyond GR (the 200th) and row numbers of six digits and more: absent from any honest list,
# so that one fast search settles it; what it finds is looked at closely.
_FAR = re.compile(
    rb"r\s*=\s*[\"'](?:(?:[A-Za-z]{3,}|[H-Zh-z][A-Za-z]|[Gg][S-Zs-z])\d+|[A-Za-z]{0,3}\d{6,})[\"']"
)
_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Za-z]+)(\d+)[\"'][^>]*>")
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br\s*=\s*[\"'](\d+)[\"'][^>]*>")
TOO_BIG = "文件过大或有异常(解开后超过 300 MB),请删去图片和多余内容,只留清单"
DAMAGED = "文件已损坏,打不开;请在 Excel 或 WPS 中打开后另存为 .xlsx 再试"
TOO_WIDE = f"清单超过 {MAX_COLUMNS} 列,请删去多余的列"
TOO_LONG = f"清单超过 {MAX_ROWS:,} 行,请分成几份"


def checked_parts(content: bytes) -> dict[str, bytes]:
    """The parts of an .xlsx that reading needs, unpacked. Raises ListUnreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            _check_kind(names)
            parts = dict(_unpack(archive, [name for name in names if _NEEDED.fullmatch(name)]))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, ValueError) as error:
        raise ListUnreadable(DAMAGED) from error
    for name, part in parts.items():
        if "worksheets/" in name.lower():
            check_extent(part)
    return parts


def _check_kind(names: list[str]) -> None:
    known = {name.lower() for name in names}
    if len(names) > MAX_PARTS:
        raise ListUnreadable(TOO_BIG)
    if "xl/workbook.xml" in known:
        return
    if "xl/workbook.bin" in known:
        raise ListUnreadable("这是二进制工作簿(.xlsb),请在 Excel 中另存为 .xlsx 再试")
    if "content.xml" in known:
        raise ListUnreadable("这是 OpenDocument 表格(.ods),请另存为 .xlsx 再试")
    word = any(name.startswith("word/") for name in known)
    raise ListUnreadable("这是 Word 文档,不是 Excel 清单" if word else "这个文件不是 Excel 清单")


def _unpack(archive: zipfile.ZipFile, names: list[str]) -> Iterator[tuple[str, bytes]]:
    left = MAX_UNPACKED
    for name in names:
        chunks = []
        with archive.open(name) as part:
            while chunk := part.read(_READ):
                left -= len(chunk)
                if left < 0:
                    raise ListUnreadable(TOO_BIG)
                chunks.append(chunk)
        yield name, b"".join(chunks)


def repacked(parts: dict[str, bytes]) -> io.BytesIO:
    """The checked parts as a workbook of their own, without anything else the file had."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    file.seek(0)
    return file


def check_extent(sheet: bytes) -> None:
    """Refuse cells far outside: one at XFD1048576 would make a parser allocate 17 billion cells.

    Empty cells that only carry a format are nothing to a parser and are let pass.
    """
    if not _FAR.search(sheet):
        return
    for cell in _CELL.finditer(sheet):
        if not cell.group().endswith(b"/>"):
            _check_place(int(cell.group(2)), column_number(cell.group(1)))
    for row in _ROW.finditer(sheet):
        if not row.group().endswith(b"/>") and int(row.group(1)) > MAX_ROWS:
            _check_row_filled(sheet, row.end())


def _check_row_filled(sheet: bytes, start: int) -> None:
    """Cells without an address take their row's; so a far row must hold none with content."""
    end = sheet.find(b"row>", start)
    if b"</" in sheet[start : max(end - 2, start)]:
        raise ListUnreadable(TOO_LONG)


def _check_place(row: int, column: int) -> None:
    if row > MAX_ROWS:
        raise ListUnreadable(TOO_LONG)
    if column > MAX_COLUMNS:
        raise ListUnreadable(TOO_WIDE)


def column_number(letters: bytes) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
