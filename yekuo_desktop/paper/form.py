"""The model of a paper form: a grid in millimetres, as read from one file in ``forms/``."""

from typing import Literal

import msgspec

from yekuo_desktop.domain.field import Values, filled

Align = Literal["left", "center", "right"]
CellKind = Literal["text", "label", "ticks", "boxes", "sign", "line", "seal", "qr", "chart"]

A4_MM = (210.0, 297.0)  # ISO 216


class Condition(msgspec.Struct, frozen=True):
    """When a block or row is there: ``when`` names a value that must be filled, ``unless`` one that
    must not. A flag counts as filled only when it is 是."""

    when: str = ""
    unless: str = ""

    def holds(self, values: Values) -> bool:
        """Whether it is there for these values."""
        return (not self.when or _yes(values.get(self.when))) and not (
            self.unless and _yes(values.get(self.unless))
        )


def _yes(value: object) -> bool:
    return filled(value) and value != "否"


class Choice(msgspec.Struct, frozen=True):
    """One tick box: the words beside it and the values that tick it ("*" = any other value)."""

    words: str
    values: tuple[str, ...]


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One cell. ``text`` is a template: ``{key}`` stands for a value.

    ``key`` is the field a label, tick row or box row belongs to. ``span`` columns to the right,
    ``down`` rows below. ``size`` in points, ``height`` and ``diameter`` in millimetres.
    """

    kind: CellKind = "text"
    text: str = ""
    key: str = ""
    span: int = 0  # 0: one column, or all that remain when it is the last of its row
    down: int = 1
    align: Align = "left"
    size: float = 0.0
    bold: bool = False
    grey: bool = False
    choices: tuple[Choice, ...] = ()
    count: int = 0
    date: str = ""
    height: float = 0.0
    diameter: float = 40.0


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a grid; ``height`` is its least height in millimetres."""

    cells: tuple[Cell, ...]
    height: float = 0.0
    condition: Condition = Condition()


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """Rows that repeat: one row of ``body`` for each row of the value ``rows``, under ``head``.

    ``least`` rows are drawn even where there are fewer; after ``per_page`` rows a new page begins
    (0: when the page is full), and its last page is filled up with empty rows.
    """

    rows: str
    head: Row
    body: Row
    least: int = 0
    per_page: int = 0


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the page: a grid of rows, a repeating table, or paragraphs of text.

    ``gap`` millimetres above it; 0 joins it to the block before. ``frame`` draws the lines.
    ``together``: stays on one page, and with the block after it. ``new_page``: begins a page, the back of a
    form of two sides.
    ``each_page``: drawn again at the top (before the table) or the foot (after it) of every page.
    """

    heading: str = ""
    columns: tuple[float, ...] = ()
    rows: tuple[Row, ...] = ()
    table: Table | None = None
    text: tuple[str, ...] = ()
    size: float = 0.0
    indent: float = 0.0  # of a paragraph's first line, in characters
    align: Align = "left"
    gap: float = 0.0
    frame: bool = True
    each_page: bool = False
    together: bool = False
    new_page: bool = False
    height: float = 8.0  # least height of a row
    condition: Condition = Condition()


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What stands over the first block. ``left`` lines of text, ``right`` lines opposite, a QR code
    of ``qr`` millimetres at the top right with ``qr_note`` below it."""

    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    qr: float = 0.0
    qr_note: str = ""
    size: float = 18.0  # of the title, points


class Sets(msgspec.Struct, frozen=True):
    """One set of pages for each different value of the columns ``by`` of the rows ``rows``."""

    rows: str
    by: tuple[str, ...]


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """One paper form. Margins in millimetres; the left one is the binding edge. ``straddle``: a sealed sheet
    of several pages bears a 骑缝章 over their edges. ``duplex``: printed on both sides of the paper, so that
    the binding edge of every second page is at the right."""

    id: str
    title: str
    head: Head
    blocks: tuple[Block, ...]
    sets: Sets | None = None
    left: float = 25.0
    right: float = 17.0
    top: float = 16.0
    bottom: float = 15.0
    size: float = 10.5
    landscape: bool = False
    straddle: bool = True
    duplex: bool = False

    @property
    def page(self) -> tuple[float, float]:
        """Width and height of the paper in millimetres."""
        return (A4_MM[1], A4_MM[0]) if self.landscape else A4_MM

    @property
    def has_code(self) -> bool:
        """Whether the form has a place of its own for the QR code."""
        rows = (row for block in self.blocks for row in block.rows)
        return bool(self.head.qr) or any(cell.kind == "qr" for row in rows for cell in row.cells)

    @property
    def width(self) -> float:
        """Width between the margins in millimetres."""
        return self.page[0] - self.left - self.right
