"""Rows of a list, a page at a time: the store filters, sorts and pages; this only shows."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from yekuo_desktop.ui.theme import font
from yekuo_desktop.ui.widgets.columns import Column
from yekuo_desktop.ui.widgets.lights import light_colour

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ROW = int(Role.UserRole)
DUE = ROW + 1
NONE = QModelIndex()


class PagedModel(QAbstractTableModel):
    """Told its rows; asks for the next page or another order by signals. A ``whole`` one has every row
    and sorts them itself, by what its columns say."""

    wanted = Signal(int)  # rows from this offset
    resorted = Signal(str, bool)  # the store's order, descending

    def __init__(
        self, columns: Sequence[Column], parent: QObject | None = None, *, whole: bool = False
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.whole = whole
        self._by: tuple[Column, bool] | None = None
        self._all: Sequence[Any] = ()  # of a whole one, those that do not fit the filter too
        self._words: tuple[str, ...] = ()
        self._rows: list[Any] = []
        self._total = 0
        self._asked = False
        self._answers: dict[int, Callable[[Any, Column], Any]] = {
            Role.DisplayRole: lambda row, column: column.text(row),
            Role.AccessibleTextRole: lambda row, column: f"{column.title} {column.text(row)}",
            Role.TextAlignmentRole: _alignment,
            Role.ToolTipRole: lambda row, column: column.tip(row) if column.tip else column.text(row),
            Role.ForegroundRole: _ink,
            Role.FontRole: lambda _row, column: font(bold=True) if column.due else None,
            ROW: lambda row, _column: row,
            DUE: lambda row, column: column.due(row) if column.due else None,
        }

    def set_rows(self, rows: Sequence[Any], total: int | None = None) -> None:
        """Show other rows; ``total`` counts those not fetched yet, too."""
        self.beginResetModel()
        self._all = rows if self.whole else ()
        self._rows = [row for row in rows if self._fits(row)] if self._words else list(rows)
        self._total = len(self._rows) if total is None else total
        self._asked = False
        self._order()
        self.endResetModel()

    def filter(self, text: str) -> None:
        """Of a whole list, show only rows in which every word of the text stands."""
        self._words = tuple(text.casefold().split()) if self.whole else ()
        self.set_rows(self._all)

    @property
    def hidden(self) -> int:
        """How many rows the filter hides."""
        return len(self._all) - len(self._rows) if self.whole else 0

    def _fits(self, row: Any) -> bool:
        said = "\n".join((column.out or column.text)(row) for column in self.columns).casefold()
        return all(word in said for word in self._words)

    def add_rows(self, rows: Sequence[Any]) -> None:
        """The page that was asked for."""
        self._asked = False
        if not rows:
            self._total = len(self._rows)
            return
        last = len(self._rows) + len(rows) - 1
        self.beginInsertRows(NONE, len(self._rows), last)
        self._rows.extend(rows)
        self.endInsertRows()

    def rows(self) -> Sequence[Any]:
        """The rows fetched so far."""
        return tuple(self._rows)

    @property
    def total(self) -> int:
        """How many rows there are, fetched or not."""
        return self._total

    def rowCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        answer = self._answers.get(role)
        if answer is None or not index.isValid():
            return None
        return answer(self._rows[index.row()], self.columns[index.column()])

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return self.columns[section].title
        if role == Role.TextAlignmentRole:
            return _alignment(None, self.columns[section])
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._asked and len(self._rows) < self._total

    def fetchMore(self, _parent: Index) -> None:
        self._asked = True
        self.wanted.emit(len(self._rows))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if self.whole and 0 <= column < len(self.columns):
            self._by = self.columns[column], order is Qt.SortOrder.DescendingOrder
            self._sort_here()
        elif 0 <= column < len(self.columns) and self.columns[column].order:
            self.resorted.emit(self.columns[column].order, order is Qt.SortOrder.DescendingOrder)

    def _sort_here(self) -> None:
        """What is chosen stays chosen."""
        self.layoutAboutToBeChanged.emit()
        before, chosen = self._rows, self.persistentIndexList()
        self._order()
        places = {id(row): at for at, row in enumerate(self._rows)}
        moved = [self.index(places[id(before[index.row()])], index.column()) for index in chosen]
        self.changePersistentIndexList(chosen, moved)
        self.layoutChanged.emit()

    def _order(self) -> None:
        """Sort what is here, the empty ones last either way."""
        if self._by is None:
            return
        column, descending = self._by
        read = column.out or column.text
        filled = [row for row in self._rows if read(row)]
        filled.sort(key=lambda row: sort_key(read(row)), reverse=descending)
        self._rows = [*filled, *(row for row in self._rows if not read(row))]


def sort_key(words: str) -> tuple[float, str]:
    """Numbers by their size, before words."""
    try:
        return float(words), ""
    except ValueError:
        return float("inf"), words


def _alignment(_row: Any, column: Column) -> int:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def _ink(row: Any, column: Column) -> QColor | None:
    return QColor(light_colour(column.due(row).light)) if column.due else None
