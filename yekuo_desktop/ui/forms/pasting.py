"""Cells copied from Excel, as rows of a ROWS field: with or without their heading."""

import csv
import io
from collections.abc import Sequence

from yekuo_desktop.domain.field import Field
from yekuo_desktop.ui.forms.cleaning import cleaned

Row = dict[str, str]


def cells(text: str) -> list[list[str]]:
    """Tab separated cells; a cell with a line break is quoted, as Excel does it. Empty lines fall out."""
    lines = csv.reader(io.StringIO(text.replace("\r\n", "\n")), delimiter="\t")
    return [line for line in lines if any(cell.strip() for cell in line)]


def several(text: str) -> bool:
    """Whether a text of the clipboard is more than one cell."""
    found = cells(text)
    return len(found) > 1 or any(len(line) > 1 for line in found)


def heading(columns: Sequence[Field], line: Sequence[str]) -> list[Field | None] | None:
    """Which column each cell of a heading names; None when the line is no heading."""
    named = [_column(columns, cell) for cell in line]
    return named if sum(column is not None for column in named) >= 2 else None


def _column(columns: Sequence[Field], cell: str) -> Field | None:
    text = "".join(cell.split()).partition("(")[0].partition("（")[0]
    return next((c for c in columns if text and text in (c.label, *c.aliases)), None)


def pasted(columns: Sequence[Field], text: str, first: int = 0) -> list[Row]:
    """Rows out of what the clipboard holds. Without a heading the cells go to the columns from ``first``."""
    lines = cells(text)
    if not lines:
        return []
    named = heading(columns, lines[0])
    order: Sequence[Field | None] = columns[first:] if named is None else named
    body = lines if named is None else lines[1:]
    return [_row(order, line) for line in body]


def _row(order: Sequence[Field | None], line: Sequence[str]) -> Row:
    pairs = zip(order, line, strict=False)
    return {column.key: cleaned(column.kind, cell) for column, cell in pairs if column is not None}
