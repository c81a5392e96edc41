"""Typing in the cell of a table: choices open their list, as they do in a form."""

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from yekuo_desktop.ui.forms.choice_list import ChoiceList
from yekuo_desktop.ui.forms.pasting import several
from yekuo_desktop.ui.forms.rows_model import RowsModel
from yekuo_desktop.ui.theme import colours, px

Index = QModelIndex | QPersistentModelIndex
Hint = QStyledItemDelegate.EndEditHint


class CellEdit(QLineEdit):
    """A cell while it is typed in; with a list below it where the column is a choice. ``sheet_pasted``: what
    was pasted are several cells, and none of them is taken here."""

    sheet_pasted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.list: ChoiceList | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and several(QGuiApplication.clipboard().text()):
            self.sheet_pasted.emit()
            return
        if self.list is not None and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_F4):
            self.list.show_all()
            return
        super().keyPressEvent(event)


class RowsDelegate(QStyledItemDelegate):
    """Makes the editors of a table of rows."""

    sheet_pasted = Signal()

    def __init__(self, rows: RowsModel, parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        edit = CellEdit(parent)
        edit.sheet_pasted.connect(lambda: self._pasted(edit))
        column = self._rows.columns[index.column()]
        edit.setAccessibleName(f"{column.label} 第 {index.row() + 1} 行")
        choices = self._rows.choices_of(column)
        if choices:
            edit.list = ChoiceList(edit, choices)
            edit.list.taken.connect(lambda: self._taken(edit))
        return edit

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """The ground of a cell that wants seeing to, and an arrow where one chooses."""
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if ground is not None:
            painter.fillRect(option.rect, ground)
        super().paint(painter, option, index)
        chooses = self._rows.choices_of(self._rows.columns[index.column()])
        if chooses and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(colours().quiet))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(option.rect.adjusted(0, 0, -px(4), 0), right, "▾")

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter in an open list takes the entry, and only then leaves the cell."""
        if isinstance(editor, CellEdit) and editor.list is not None and editor.list.is_open():
            kinds = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
            if isinstance(event, QKeyEvent) and event.type() in kinds and _enters(event):
                return False
        return super().eventFilter(editor, event)

    def _pasted(self, edit: CellEdit) -> None:
        """The cells go into the table; what stood in this one is theirs to replace."""
        self.closeEditor.emit(edit, Hint.RevertModelCache)
        self.sheet_pasted.emit()

    def _taken(self, edit: CellEdit) -> None:
        self.commitData.emit(edit)
        self.closeEditor.emit(edit, Hint.EditNextItem)


def _enters(event: Any) -> bool:
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
