"""A small table of figures of which each can be opened: with the mouse, or with arrow keys and Enter."""

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from yekuo_desktop.office.report import Cell, Column, Table
from yekuo_desktop.ui.theme import colours, font, px, row_height
from yekuo_desktop.ui.widgets.card import spaced, text

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
CELL = int(Role.UserRole)
NONE = QModelIndex()
EDGE = 26  # pixels at scale 1 beside the words of a column
TALLEST = 14  # rows shown without scrolling
HINT = "单击或按回车看是哪些业务"


class FigureModel(QAbstractTableModel):
    """Shows a table of the report as it is."""

    def __init__(self, table: Table, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = table

    def set_table(self, table: Table) -> None:
        """Show another one."""
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def rowCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(self._table.rows)

    def columnCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(self._table.columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell, column = self._table.rows[index.row()][index.column()], self._table.columns[index.column()]
        if role == Role.AccessibleTextRole:
            return f"{self._table.rows[index.row()][0].text} {column.title} {cell.text}"
        answers: dict[int, Any] = {
            Role.DisplayRole: cell.text,
            Role.TextAlignmentRole: _side(column),
            Role.ForegroundRole: _ink(cell),
            Role.FontRole: self._font(index.row(), cell),
            Role.ToolTipRole: HINT if cell.opens is not None else cell.text,
            CELL: cell,
        }
        return answers.get(role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self._table.columns[section]
        return {Role.DisplayRole: column.title, Role.TextAlignmentRole: _side(column)}.get(Role(role))

    def _font(self, row: int, cell: Cell) -> QFont:
        made = font(bold=row >= len(self._table.rows) - self._table.totals)
        made.setUnderline(cell.opens is not None)
        return made


class _Cells(QTableView):
    """One cell at a time; Enter opens it."""

    opened = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.open(self.currentIndex())
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.whole())
            return
        super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseMove:
            cell = self.indexAt(event.position().toPoint()).data(CELL)  # type: ignore[attr-defined]
            hand = cell is not None and cell.opens is not None
            self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)
        return super().viewportEvent(event)

    def open(self, index: Index) -> None:
        """What lies behind a cell, where there is something."""
        cell = index.data(CELL) if index.isValid() else None
        if cell is not None and cell.opens is not None:
            self.opened.emit(cell.opens)

    def whole(self) -> str:
        """The table, ready to be pasted into Excel."""
        model = self.model()
        columns, rows = range(model.columnCount()), range(model.rowCount())
        heads = [str(model.headerData(at, Qt.Orientation.Horizontal)) for at in columns]
        lines = [[str(model.index(row, at).data()) for at in columns] for row in rows]
        return "\n".join("\t".join(line) for line in [heads, *lines])


class FigureTable(QWidget):
    """Title and table, as high as its rows. Ctrl+C copies all of it."""

    opened = Signal(object)

    def __init__(self, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = FigureModel(table, self)
        self.view = _view(self.model)
        self.view.opened.connect(self.opened)
        self.view.clicked.connect(self.view.open)
        self._title = text("", "heading")
        box = QVBoxLayout(self)
        spaced(box, 0, 8)
        box.addWidget(self._title)
        box.addWidget(self.view)
        self.setFocusProxy(self.view)
        self.set_table(table)

    def set_table(self, table: Table) -> None:
        """Show another one of the same kind."""
        self.table = table
        self.model.set_table(table)
        self._title.setText(table.title)
        self._title.setVisible(bool(table.title))
        self.view.setAccessibleName(table.title)
        rows = min(max(len(table.rows), 1), TALLEST)
        head = self.view.horizontalHeader().sizeHint().height()
        self.view.setMinimumHeight(rows * row_height() + head + px(2))
        self._size_columns()

    def _size_columns(self) -> None:
        header, metrics = self.view.horizontalHeader(), QFontMetrics(font(bold=True))
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for at, column in enumerate(self.table.columns[1:], start=1):
            words = [column.title, *(row[at].text for row in self.table.rows)]
            header.resizeSection(at, max(map(metrics.horizontalAdvance, words)) + px(EDGE))


def _view(model: FigureModel) -> _Cells:
    view = _Cells()
    view.setModel(model)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setShowGrid(False)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    view.setMouseTracking(True)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(row_height())
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setSectionsClickable(False)
    return view


def _side(column: Column) -> int:
    side = Qt.AlignmentFlag.AlignLeft if column.kind == "text" else Qt.AlignmentFlag.AlignRight
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def _ink(cell: Cell) -> QColor | None:
    tone = {"good": colours().green, "bad": colours().red}.get(cell.tone, "")
    tone = tone or (colours().accent if cell.opens is not None else "")
    return QColor(tone) if tone else None
