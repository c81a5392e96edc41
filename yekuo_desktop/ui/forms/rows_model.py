"""The rows of a ROWS field as a table: typed, pasted, summed, and every step can be undone."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from yekuo_desktop.domain.field import Field, Kind
from yekuo_desktop.ui.forms.choices import Choice, label_of, meant
from yekuo_desktop.ui.forms.cleaning import cleaned
from yekuo_desktop.ui.forms.dates import typed_date
from yekuo_desktop.ui.theme import colours

Row = dict[str, str]
Index = QModelIndex | QPersistentModelIndex
FaultOf = Callable[[Field, Row], str]
NUMBERS = frozenset({Kind.CAPACITY, Kind.COUNT, Kind.NUMBER, Kind.MONEY})
STEPS = 200


class RowsModel(QAbstractTableModel):
    """Rows of plain texts. The last, empty line is where the next row begins."""

    edited = Signal()

    def __init__(
        self,
        columns: Sequence[Field],
        choices: dict[str, Sequence[Choice]],
        fault: FaultOf,
        today: Callable[[], date],
    ) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._today = today
        self._choices = choices
        self._fault = fault
        self._rows: list[Row] = []
        self._past: list[list[Row]] = []
        self._future: list[list[Row]] = []

    def rows(self) -> list[Row]:
        """The rows with anything in them."""
        return [dict(row) for row in self._rows if any(row.values())]

    def load(self, rows: Sequence[Row]) -> None:
        """Show rows; this cannot be undone."""
        self._past, self._future = [], []
        self._show([dict(row) for row in rows])

    def put(self, rows: Sequence[Row]) -> None:
        """Other rows in the place of all."""
        self._step([dict(row) for row in rows])

    def insert(self, at: int, rows: Sequence[Row]) -> None:
        """Put rows in before a line."""
        self._step([*self._rows[:at], *(dict(row) for row in rows), *self._rows[at:]])

    def merge(self, at: int, rows: Sequence[Row]) -> None:
        """Write pasted cells over the lines from ``at`` on."""
        table = [dict(row) for row in self._rows]
        table += [{} for _ in range(at + len(rows) - len(table))]
        kinds = {column.key: column for column in self.columns}
        for place, row in enumerate(rows, start=at):
            table[place].update({key: self._understood(kinds[key], text) for key, text in row.items()})
        self._step(table)

    def remove(self, lines: Sequence[int]) -> None:
        """Take lines out."""
        gone = set(lines)
        self._step([row for at, row in enumerate(self._rows) if at not in gone])

    def undo(self) -> bool:
        """One step back."""
        return self._swap(self._past, self._future)

    def redo(self) -> bool:
        """One step forward again."""
        return self._swap(self._future, self._past)

    def sum_of(self, column: Field) -> Decimal:
        """The total of a column; what is no number counts nothing."""
        return sum((_decimal(row.get(column.key, "")) for row in self._rows), Decimal(0))

    def faults(self) -> int:
        """How many cells are wrong."""
        return sum(bool(row.get(column.key)) for row, column in self._faulty())

    def missing(self) -> int:
        """How many cells must still be filled in."""
        return sum(not row.get(column.key) for row, column in self._faulty())

    def _faulty(self) -> list[tuple[Row, Field]]:
        return [(row, column) for row in self.rows() for column in self.columns if self._fault(column, row)]

    def first_empty(self) -> QModelIndex:
        """The first cell without anything in it: in the empty last line at the latest."""
        cells = ((line, at) for line, row in enumerate(self._rows) for at, c in enumerate(self.columns)
                 if not row.get(c.key))  # fmt: skip
        return self.index(*next(cells, (len(self._rows), 0)))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1) if section < len(self._rows) else "＋"
        column = self.columns[section]
        return f"{column.label} {column.unit}".strip()

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self.columns[index.column()]
        row = self._rows[index.row()] if index.row() < len(self._rows) else {}
        text = row.get(column.key, "")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return label_of(self._choices.get(column.key, ()), text) if text else ""
        if role == Qt.ItemDataRole.TextAlignmentRole and column.kind in NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return self._told(column, row, role) if any(row.values()) else None

    def _told(self, column: Field, row: Row, role: int) -> Any:
        """What is wrong in a cell: red; what must still be filled in: a soft ground; both say why."""
        if role not in (
            Qt.ItemDataRole.ForegroundRole,
            Qt.ItemDataRole.BackgroundRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        fault = self._fault(column, row)
        if not fault:
            return None
        wrong, tone = bool(row.get(column.key)), colours()
        if role == Qt.ItemDataRole.ToolTipRole:
            return fault
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(tone.red) if wrong else None
        return QColor(tone.red_soft if wrong else tone.amber_soft)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        column = self.columns[index.column()]
        text = cleaned(column.kind, str(value))
        if self._understood(column, text) != self.raw(index.row(), column.key):
            self.merge(index.row(), [{column.key: text}])
        return True

    def choices_of(self, column: Field) -> Sequence[Choice]:
        """What a column chooses from; nothing where anything may be typed."""
        return self._choices.get(column.key, ())

    def _understood(self, column: Field, text: str) -> str:
        """What typed or pasted text means in a column: the id of a choice, a whole date."""
        choices = self.choices_of(column)
        if choices:
            return meant(choices, text)
        day = typed_date(text, self._today()) if column.kind is Kind.DATE else None
        return day.isoformat() if day else text

    def raw(self, line: int, key: str) -> str:
        """The kept text of a cell."""
        return self._rows[line].get(key, "") if line < len(self._rows) else ""

    def _step(self, rows: list[Row]) -> None:
        self._past = [*self._past[-STEPS:], self._rows]
        self._future = []
        self._show(rows)
        self.edited.emit()

    def _swap(self, source: list[list[Row]], target: list[list[Row]]) -> bool:
        if not source:
            return False
        target.append(self._rows)
        self._show(source.pop())
        self.edited.emit()
        return True

    def _show(self, rows: list[Row]) -> None:
        if len(rows) == len(self._rows):
            self._rows = rows
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self._resize(rows)

    def _resize(self, rows: list[Row]) -> None:
        """Grow or shrink at the end, so that the cursor stays where it is."""
        old, new = len(self._rows), len(rows)
        if new > old:
            self.beginInsertRows(QModelIndex(), old + 1, new)
            self._rows = rows
            self.endInsertRows()
        else:
            self.beginRemoveRows(QModelIndex(), new + 1, old)
            self._rows = rows
            self.endRemoveRows()
        self.dataChanged.emit(self.index(0, 0), self.index(new, self.columnCount() - 1))
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, new)


def _decimal(text: str) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return Decimal(0)
    return found if found.is_finite() else Decimal(0)
