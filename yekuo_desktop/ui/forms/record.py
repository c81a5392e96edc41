"""Values that cannot be changed here: labels and texts in columns, empty ones left out."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from yekuo_desktop.ui.forms.tone import label
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.unmask import Hidden, Shielded


class Rows(NamedTuple):
    """A table: its headings and the texts of each row."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Line = tuple[str, str | Rows]  # label, text
Part = tuple[str, Sequence[Line]]  # title, lines
COLUMN_CHARACTERS = 17
MOST_COLUMNS = 3
SHORT, MOST = 6, 20  # characters of a column that is not wrapped; the most one column counts for
LONG = 18  # a text longer than this takes the whole width


class Record(QWidget):
    """Titled parts of labelled texts, every text selectable; beside a masked one an eye. ``struck``: what it
    says counts no more."""

    unmask = Signal()  # the whole of what is masked is wanted

    def __init__(self, *, struck: bool = False) -> None:
        super().__init__()
        self._role = "struck" if struck else "value"
        self._parts: tuple[Part, ...] = ()
        self._columns = 0
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 8, 0)
        self._box.setSpacing(14)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show these parts; parts without lines are left out."""
        self._parts = tuple((title, tuple(lines)) for title, lines in parts if lines)
        self._rebuild()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More width, more columns."""
        super().resizeEvent(event)
        if self._fitting() != self._columns:
            self._rebuild()

    def _fitting(self) -> int:
        width = self.fontMetrics().horizontalAdvance("国") * COLUMN_CHARACTERS
        return max(1, min(MOST_COLUMNS, self.width() // width))

    def _rebuild(self) -> None:
        self._columns = self._fitting()
        while self._box.count():
            widget = self._box.takeAt(0).widget()
            if widget is not None:
                widget.deleteLater()
        for title, lines in self._parts:
            part = _part(title, lines, self._columns, self._role)
            shielded: Iterable[Shielded] = part.findChildren(Shielded)
            for each in shielded:
                each.wanted.connect(self.unmask)
            self._box.addWidget(part)
            part.show()  # at once: of a page that is being resized the layout would leave it hidden
        self._box.addStretch(1)


def _part(title: str, lines: Sequence[Line], columns: int, role: str) -> QWidget:
    part, grid = QWidget(), QGridLayout()
    box = QVBoxLayout(part)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(6)
    box.addWidget(label(title, "block"))
    box.addLayout(grid)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    row = at = 0
    for name, text in lines:
        long = isinstance(text, Rows) or len(text) > LONG
        if long and at:
            row, at = row + 1, 0
        if isinstance(text, Rows):  # a table needs the whole width
            grid.addWidget(_heading(name, text), row, 0, 1, columns * 2)
            grid.addWidget(_table(name, text, role), row + 1, 0, 1, columns * 2)
            row += 2
            continue
        _put(grid, name, text, role, (row, at), columns * 2 - 1 if long else 1)
        row, at = (row + 1, 0) if long or at + 1 == columns else (row, at + 1)
    for column in range(columns):
        grid.setColumnMinimumWidth(column * 2, part.fontMetrics().horizontalAdvance("国") * 6)
        grid.setColumnStretch(column * 2 + 1, 1)
    return part


def _heading(name: str, table: Rows) -> QWidget:
    """The name of a table, with one eye for all that is masked in it."""
    caption = label(name, "caption")
    masked = any(isinstance(cell, Hidden) for row in table.rows for cell in row)
    return Shielded(name, caption) if masked else caption


def _put(grid: QGridLayout, name: str, text: str, role: str, place: tuple[int, int], span: int) -> None:
    row, at = place
    caption: QLabel = label(name, "caption", wrap=True)
    caption.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    caption.setContentsMargins(0, px(2), 0, 0)
    shown = _text(text, role, wrap=not isinstance(text, Hidden) or span > 1)
    shown.setAccessibleName(f"{name} {text}")
    grid.addWidget(caption, row, at * 2)
    beside = Shielded(name, shown) if isinstance(text, Hidden) else shown
    grid.addWidget(beside, row, at * 2 + 1, 1, span)


def _text(text: str, role: str, *, wrap: bool = True) -> QLabel:
    made = label(text, role, wrap=wrap)
    made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made


def _table(name: str, table: Rows, role: str) -> QWidget:
    """Short columns as wide as they are, the others share what is left."""
    made, grid = QFrame(), QGridLayout()
    made.setProperty("role", "table")
    made.setLayout(grid)
    made.setAccessibleName(f"{name} {len(table.rows)} 行")
    grid.setContentsMargins(0, 0, 0, px(4))
    grid.setHorizontalSpacing(px(16))
    grid.setVerticalSpacing(px(4))
    left = True  # whether no column takes the room that is left
    for column, heading in enumerate(table.headings):
        texts = [heading, *(row[column] for row in table.rows)]
        long = max(map(len, texts)) > SHORT
        grid.setColumnStretch(column, min(MOST, max(map(len, texts))) if long else 0)
        left = left and not long
        grid.addWidget(label(heading, "caption", wrap=long), 0, column)
        for at, text in enumerate(texts[1:], start=1):
            grid.addWidget(_text(text, role, wrap=long), at, column)
    grid.setColumnStretch(len(table.headings), int(left))
    return made
