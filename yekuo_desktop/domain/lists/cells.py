"""What a spreadsheet gives: typed cells in a grid, and the plain text behind a cell.

Nothing here knows a file format; ``sheets`` makes grids from workbooks, the window from the clipboard.
"""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal

import msgspec

from yekuo_desktop.domain import checks

CellKind = Literal["text", "number", "date", "bool", "empty", "error"]


class Cell(msgspec.Struct, frozen=True, gc=False):
    """One cell. ``text`` is what a person reads in it (dates as ISO text); ``number`` belongs to
    kind "number"."""

    text: str = ""
    kind: CellKind = "empty"
    number: float = 0.0


class Merge(msgspec.Struct, frozen=True):
    """Joined cells, all four bounds 0-based and inclusive. The value stands top left."""

    top: int
    left: int
    bottom: int
    right: int


Row = Sequence[Cell]


class Grid(msgspec.Struct, frozen=True):
    """One sheet as read: row 0 is the sheet's first row, column 0 its first column."""

    sheet: str
    rows: Sequence[Row]
    merges: tuple[Merge, ...] = ()


EMPTY = Cell()
ERROR_WORDS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#####"})
SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+\d{2}")  # as Excel writes it into a .csv
EXACT_DIGITS = 15  # a spreadsheet number keeps no more (IEEE 754 double)
_JOINTS = re.compile(r"[\s\-—_'’`]")


def clean(text: str) -> str:
    """Text without what only looks different: full-width digits and letters, stray spaces."""
    return checks.normalise(text)


@lru_cache(maxsize=2000)
def folded(text: str) -> str:
    """Text for comparing only: compatibility forms unified, no spaces, no case. Lists say the same few things
    over and over."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return "".join(plain.split()).casefold()


def compact(text: str) -> str:
    """A code or number as one run of characters: half-width, without spaces and hyphens, upper case."""
    return _JOINTS.sub("", clean(text)).upper()


def plain_number(number: float) -> str:
    """A number as a person would type it: "8", "8.5"; never in scientific notation."""
    if number == int(number):
        return str(int(number))
    return format(Decimal(format(number, f".{EXACT_DIGITS}g")), "f")


def lost_digits(cell: Cell) -> bool:
    """Whether the spreadsheet has rounded away digits of what was a long number."""
    if cell.kind == "number":
        return abs(cell.number) >= 10.0**EXACT_DIGITS
    return cell.kind == "text" and "+" in cell.text and SCIENTIFIC.fullmatch(clean(cell.text)) is not None


def text_cell(text: str) -> Cell:
    """A cell of typed or pasted text."""
    stripped = text.strip()
    if not stripped:
        return EMPTY
    return Cell(text, "error" if stripped[0] == "#" and stripped.upper() in ERROR_WORDS else "text")


def number_cell(number: float) -> Cell:
    """A cell with a number."""
    return Cell(plain_number(number), "number", number)
