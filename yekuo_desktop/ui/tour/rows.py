"""Lines typed into a table cell by cell, or pasted as they come out of Excel."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from yekuo_desktop.domain.field import Field, filled
from yekuo_desktop.ui.forms.choices import Choice, label_of
from yekuo_desktop.ui.forms.editor import Editor
from yekuo_desktop.ui.forms.rows import RowsEditor
from yekuo_desktop.ui.tour.hands import CTRL, Hands, Stuck

Row = Mapping[str, str]
MANY = 8  # new cells from which on somebody pastes them
LEFT = Qt.MouseButton.LeftButton


class RowWriter:
    """Makes the lines of one table what they should be."""

    def __init__(
        self,
        hands: Hands,
        editor: Editor,
        field: Field,
        text: Callable[[Field, Any], str],
        choices: Callable[[Field], Sequence[Choice]],
    ) -> None:
        assert isinstance(editor, RowsEditor)
        self._hands, self._editor, self._field = hands, editor, field
        self._text, self._choices = text, choices

    def write(self, rows: Sequence[Row]) -> None:
        """Paste what is new and much, type the rest, take out what is too much."""
        before = self._editor.value()
        cells = sum(filled(value) for row in rows for value in row.values())
        if not before and cells >= MANY:
            self._paste(rows)
        self._cut(len(rows))
        for line, row in enumerate(rows):
            for at, column in enumerate(self._field.columns):
                self._cell(line, at, column, str(row.get(column.key) or ""))

    def _paste(self, rows: Sequence[Row]) -> None:
        used = [c for c in self._field.columns if any(filled(row.get(c.key)) for row in rows)]
        lines = [[column.label for column in used]]
        lines += [[label_of(self._choices(c), str(row.get(c.key) or "")) for c in used] for row in rows]
        QGuiApplication.clipboard().setText("\n".join("\t".join(cells) for cells in lines))
        self._at(0, 0)
        self._hands.press(Qt.Key.Key_Escape, settle=False)  # out of the cell, to the table
        self._hands.press(Qt.Key.Key_V, CTRL, settle=False)

    def _cut(self, count: int) -> None:
        while len(self._editor.value()) > count:
            self._at(len(self._editor.value()) - 1, 0)
            self._hands.press(Qt.Key.Key_Escape, settle=False)
            self._hands.press(Qt.Key.Key_Delete, CTRL, settle=False)

    def _cell(self, line: int, at: int, column: Field, wanted: str) -> None:
        if self._editor.row(line).get(column.key, "") == wanted:
            return
        self._at(line, at)
        self._hands.replace(self._text(column, wanted))
        self._hands.press(Qt.Key.Key_Return, settle=False)
        now = self._editor.row(line).get(column.key, "")
        if now != wanted:
            raise Stuck(f"{self._field.label} 第 {line + 1} 行 {column.label} 是 {now!r},不是 {wanted!r}")

    def _at(self, line: int, column: int) -> None:
        """Click on a cell: the cursor is in it."""
        self._hands.point(lambda: None)
        table = self._editor.table
        index = table.model().index(line, column)
        table.scrollTo(index)
        if table.currentIndex() == index:
            table.setFocus()
            table.edit(index)
            return
        QTest.mouseClick(table.viewport(), LEFT, pos=table.visualRect(index).center())
