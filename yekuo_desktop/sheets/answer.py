"""The answer to a list: every row as it was read, with what became of it beside it.

The answer can be corrected and sent in again: our own reader finds the same rows in it, and knows the
three columns of the answer from the columns of the list.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from yekuo_desktop.domain.lists.cells import EMPTY, Cell, Grid, Merge, folded
from yekuo_desktop.domain.lists.headings import ANSWER_HEADINGS, Header
from yekuo_desktop.domain.lists.reading import ListTable
from yekuo_desktop.sheets.stream import CellValue, SheetRow, Style, write_sheet
from yekuo_desktop.sheets.writer import HEAD, TITLE, for_print

STYLES = (
    Style(number_format="@", border=True),
    Style(border=True),
    Style(number_format="yyyy-mm-dd", border=True),
    Style(number_format="yyyy-mm-dd hh:mm", border=True),
    HEAD,
    TITLE,
    Style(number_format="@", border=True, color="FF1E6B4F"),
    Style(number_format="@", border=True, color="FFB3261E", wrap=True),
)
TEXT, NUMBER, DATE, MOMENT, HEADING, ABOVE, GOOD, BAD = range(len(STYLES))
WIDTHS = (12, 26, 60)  # 结果, 编号, 原因
SAMPLE = 200  # rows looked at for the width of a column


class Answer(msgspec.Struct, frozen=True):
    """What became of one row; ``source_row`` is its row in the sheet, from 1."""

    source_row: int
    result: str
    number: str = ""
    reason: str = ""
    good: bool = True


def write_answer(path: Path, table: ListTable, answers: Iterable[Answer]) -> None:
    """Write the list with its answers. Raises NotWritten."""
    at = answer_column(table.grid, table.header)
    by_row = {answer.source_row - 1: answer for answer in answers}
    merges = tuple(m for m in table.grid.merges if m.right < at or m.bottom < table.header.top)

    def prepare(sheet: Worksheet) -> None:
        _layout(sheet, table, merges, at)

    write_sheet(path, table.grid.sheet or "清单", STYLES, _lines(table, by_row, at), prepare)


def answer_column(grid: Grid, header: Header) -> int:
    """Where the answer stands: over an earlier answer, otherwise right of everything."""
    words = [folded(cell.text) for cell in grid.rows[header.bottom]]
    own = [folded(heading) for heading in ANSWER_HEADINGS]
    for at in range(len(words) - len(own) + 1):
        if words[at : at + len(own)] == own:
            return at
    return max((_width(row) for row in grid.rows), default=0)


def _width(row: Sequence[Cell]) -> int:
    return max((at for at, cell in enumerate(row, start=1) if cell.kind != "empty"), default=0)


def _lines(table: ListTable, answers: Mapping[int, Answer], at: int) -> Iterator[SheetRow]:
    header, after = table.header, at + len(ANSWER_HEADINGS)
    for number, row in enumerate(table.grid.rows):
        style = ABOVE if number < header.top else HEADING if number <= header.bottom else None
        left = [_copied(cell, style) for cell in _exactly(row[:at], at)]
        right = [_copied(cell, style) for cell in row[after:]]
        yield [*left, *_beside(number, header, answers), *right]


def _exactly(cells: Sequence[Cell], width: int) -> list[Cell]:
    return [*cells, *[EMPTY] * (width - len(cells))]


def _beside(number: int, header: Header, answers: Mapping[int, Answer]) -> Sequence[CellValue | None]:
    if number == header.bottom:
        return [(heading, HEADING) for heading in ANSWER_HEADINGS]
    answer = answers.get(number)
    if answer is None:
        return (None, None, None)
    style = GOOD if answer.good else BAD
    return ((answer.result, style), (answer.number, style), (answer.reason, style))


def _copied(cell: Cell, style: int | None) -> CellValue | None:
    """A cell as it was read, so that it reads the same again."""
    if cell.kind == "empty":
        return None if style is None or style == ABOVE else ("", style)
    value, own = _value(cell)
    return value, own if style is None or own in (DATE, MOMENT) else style


def _value(cell: Cell) -> tuple[Any, int]:
    if cell.kind == "number":
        return Decimal(cell.text), NUMBER
    if cell.kind == "bool":
        return cell.number != 0, NUMBER
    if cell.kind == "date":
        moment = len(cell.text) > 10
        return (
            (datetime.fromisoformat(cell.text), MOMENT) if moment else (date.fromisoformat(cell.text), DATE)
        )
    return cell.text, TEXT


def _layout(sheet: Worksheet, table: ListTable, merges: Iterable[Merge], at: int) -> None:
    for merge in merges:
        sheet.merge_cells(
            start_row=merge.top + 1,
            start_column=merge.left + 1,
            end_row=merge.bottom + 1,
            end_column=merge.right + 1,
        )
    shown = [table.header.bottom, *(row.source_row - 1 for row in table.rows[:SAMPLE])]
    below = [table.grid.rows[at] for at in shown]
    for column in range(at):
        sheet.column_dimensions[get_column_letter(column + 1)].width = _fitting(below, column)
    for column, width in enumerate(WIDTHS, start=at + 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"A{table.header.bottom + 2}"
    for_print(sheet, f"{table.header.top + 1}:{table.header.bottom + 1}")


def _fitting(rows: Iterable[Sequence[Cell]], column: int) -> int:
    """A width that shows the longest text, within reason. Chinese characters are two wide."""
    texts = (row[column].text for row in rows if column < len(row))
    longest = max(
        (sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in t) for t in texts), default=0
    )
    return min(max(longest + 2, 8), 40)
