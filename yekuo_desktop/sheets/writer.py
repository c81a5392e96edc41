"""Lists out to Excel: any table, our empty application list, and the answer to a list."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from yekuo_desktop.sheets.stream import SheetRow, Style, write_sheet

Column = tuple[str, str, int]  # label, kind, width in characters
HEAD = Style(bold=True, fill="FFE8F1EE", align="center", wrap=True, border=True)
TITLE = Style(bold=True, size=14)
FORMATS = {
    "capacity": "General",
    "number": "General",
    "count": "0",
    "money": "#,##0.00",
    "percent": "0.0%",
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm",
}
NUMBERS = frozenset(("capacity", "number", "count", "money", "percent"))
MOMENTS = frozenset(("date", "datetime"))
_PLAIN_NUMBER = re.compile(r"-?\d{1,15}(\.\d+)?")


def write_table(
    path: str | Path, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]
) -> None:
    """Write a list under a title and a frozen header with a filter. Raises NotWritten.

    ``kind`` of a column: capacity, number, count, money, percent, date, datetime; anything else is text, so
    that identity numbers and phones stay as they are, also when somebody edits them.
    """
    kinds = [kind for _, kind, _ in columns]
    styles = [TITLE, HEAD, *(column_style(kind) for kind in kinds)]

    def lines() -> Iterable[SheetRow]:
        yield [(title, 0)]
        yield [(label, 1) for label, _, _ in columns]
        readers = [(_reader(kind), at) for at, kind in enumerate(kinds, start=2)]
        for row in rows:
            yield [(read(value), style) for value, (read, style) in zip(row, readers, strict=True)]

    write_sheet(Path(path), title, styles, lines(), _preparing(columns), _filter_to(len(columns)))


def column_style(kind: str) -> Style:
    """Text format for text, so that Excel never turns a long number into a rounded one."""
    align = "right" if kind in NUMBERS else "center" if kind in MOMENTS else ""
    return Style(number_format=FORMATS.get(kind, "@"), align=align, border=True)


def _preparing(columns: Sequence[Column]) -> Callable[[Worksheet], None]:
    def prepare(sheet: Worksheet) -> None:
        for at, (_, kind, width) in enumerate(columns, start=1):
            dimension = sheet.column_dimensions[get_column_letter(at)]
            dimension.width = width
            dimension.number_format = FORMATS.get(kind, "@")
        sheet.freeze_panes = "A3"
        sheet.auto_filter.ref = f"A2:{get_column_letter(len(columns))}2"
        for_print(sheet, "1:2")

    return prepare


def for_print(sheet: Worksheet, repeated: str) -> None:
    """A4 landscape, as wide as the page, the header on every page, page x of y."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = repeated
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"


def _filter_to(width: int) -> Callable[[str, int], str]:
    letter = get_column_letter(width)

    def finish(tail: str, count: int) -> str:
        return tail.replace(f'ref="A2:{letter}2"', f'ref="A2:{letter}{max(count, 2)}"', 1)

    return finish


def as_text(value: Any) -> str:
    """What a text cell says of any value."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return "、".join(map(as_text, value)) if isinstance(value, list | tuple) else str(value)


def as_number(value: Any) -> Any:
    """A number where it is one, so that sums work; otherwise the text as it is."""
    if isinstance(value, str):
        return Decimal(value) if _PLAIN_NUMBER.fullmatch(value) else value
    return value


def as_moment(value: Any) -> Any:
    """A date or moment out of ISO text; anything else as it is."""
    if not isinstance(value, str) or not value:
        return value
    try:
        return datetime.fromisoformat(value) if len(value) > 10 else date.fromisoformat(value)
    except ValueError:
        return value


_VALUES: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(NUMBERS, as_number),
    **dict.fromkeys(MOMENTS, as_moment),
}


def _reader(kind: str) -> Callable[[Any], Any]:
    return _VALUES.get(kind, as_text)
