"""The list: fixed row height, sort by header, columns as one arranges them, copy, export, print, and
words where it is empty."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from yekuo_desktop.ui.widgets.card import spaced
from yekuo_desktop.ui.widgets.columns import Arrangement, Column
from yekuo_desktop.ui.widgets.empty import Empty
from yekuo_desktop.ui.widgets.filter_line import FilterLine
from yekuo_desktop.ui.widgets.list_views import TEXT, ListViews
from yekuo_desktop.ui.widgets.paged_model import ROW, PagedModel
from yekuo_desktop.ui.widgets.table_columns import apply, arrangement
from yekuo_desktop.ui.widgets.table_menu import column_menu, row_menu
from yekuo_desktop.ui.widgets.table_view import table_view

WHOLE_ROWS = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
SETTLED_MS = 400  # after the last move of a column its place is worth keeping


Narrowing = tuple[Callable[[], str], Callable[[str], object]]


class Table(QWidget):
    """A list of rows. Enter or a double click opens; Ctrl+C copies; a right click on the header chooses
    columns. Somebody who takes ``export_wanted`` and ``print_wanted`` says so by ``may_leave``."""

    chosen = Signal(object)  # the current row, None when there is none
    opened = Signal(object)
    arranged = Signal(str)  # the columns as text, once they stand still
    export_wanted = Signal()
    print_wanted = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        name: str,
        empty: Empty,
        parent: QWidget | None = None,
        *,
        whole: bool = False,
    ) -> None:
        """``whole``: every row is here, and the list sorts itself."""
        super().__init__(parent)
        self.may_leave = False
        self.views: ListViews | None = None
        self.filters: dict[str, Narrowing] = {}  # how its owner narrows it, by name
        self.model = PagedModel(columns, self, whole=whole)
        self.empty = empty
        self.view = table_view(self.model, name)
        self.search = FilterLine(self)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(empty)
        self._filtered = Empty("search", "")
        self._stack.addWidget(self._filtered)
        box = QVBoxLayout(self)
        spaced(box, 0, 6)
        box.addWidget(self.search)
        box.addWidget(self._stack, 1)
        self.view.installEventFilter(self)
        self.view.doubleClicked.connect(lambda index: self.opened.emit(index.data(ROW)))
        self.view.selectionModel().currentRowChanged.connect(self._moved)
        self._designed = arrangement(self.view, self.model.columns)
        self._kept = self._designed
        self._later = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._follow_columns()
        if whole:
            self.filter_by(TEXT, self.search.text, self.search.put)
        self.setFocusProxy(self.view)
        self.set_rows(())

    def set_rows(self, rows: Sequence[Any], total: int | None = None) -> None:
        """Show other rows; the row that was chosen stays chosen where it still is."""
        kept, scrolled = self.current(), self.view.verticalScrollBar().value()
        self.view.selectionModel().blockSignals(True)
        self.model.set_rows(rows, total)
        found = self._find(kept)
        if found >= 0:
            self.view.selectRow(found)
            self.view.verticalScrollBar().setValue(scrolled)
        self.view.selectionModel().blockSignals(False)
        self._show_stack()
        if kept is not None and found < 0:
            self.chosen.emit(None)

    def narrow(self, text: str) -> None:
        """Show only rows with these words, of a list that is here whole; what was chosen stays chosen as far
        as it is still there."""
        kept, chosen = self.current(), {_identity(row) for row in self.selected()}
        self.model.filter(text)
        self._filtered.say(f"没有含“{text.strip()}”的行", "请改筛选,或按 Esc 看全部")
        self._show_stack()
        picks = QItemSelection()
        for at, row in enumerate(self.model.rows()):
            if _identity(row) in chosen:
                picks.select(self.model.index(at, 0), self.model.index(at, 0))
        found, selection = self._find(kept), self.view.selectionModel()
        selection.setCurrentIndex(self.model.index(found, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
        selection.select(picks, WHOLE_ROWS)
        if picks.isEmpty() and chosen:
            selection.selectionChanged.emit(picks, picks)  # Qt says nothing when all of it goes
        if kept is not None and found < 0:
            self.chosen.emit(None)

    def _show_stack(self) -> None:
        nothing = self._filtered if self.model.hidden else self.empty
        self._stack.setCurrentWidget(self.view if self.model.total else nothing)

    def filter_by(self, name: str, read: Callable[[], str], write: Callable[[str], object]) -> None:
        """How the owner narrows the list, for saved views: what it is narrowed to now, and how to do so."""
        self.filters[name] = (read, write)

    def current(self) -> Any:
        """The current row, or None."""
        return self.view.currentIndex().data(ROW) if self.view.currentIndex().isValid() else None

    def choose(self, row: int) -> None:
        """Make a row current."""
        self.view.selectRow(row)

    def choose_case(self, case_id: str) -> bool:
        """Make the row of a case current, without announcing it; whether it is in the list."""
        at = next((i for i, row in enumerate(self.model.rows()) if _identity(row) == case_id), -1)
        before = self.current()
        self.view.selectionModel().blockSignals(True)
        if at >= 0:
            self.view.selectRow(at)
        else:
            self.view.clearSelection()
            self.view.setCurrentIndex(QModelIndex())
        self.view.selectionModel().blockSignals(False)
        if at >= 0 and (before is None or _identity(before) != case_id):  # else it may be scrolled away
            QTimer.singleShot(0, self, lambda: self.view.scrollTo(self.view.currentIndex()))
        self.view.viewport().update()
        return at >= 0

    def selected(self) -> list[Any]:
        """All selected rows, from top to bottom."""
        indexes = sorted(self.view.selectionModel().selectedRows(), key=lambda index: index.row())
        return [index.data(ROW) for index in indexes]

    def layout_state(self) -> str:
        """Widths, order and choice of columns, as text for the settings."""
        return arrangement(self.view, self.model.columns).text()

    def restore_layout(self, state: str) -> None:
        """Take widths, order and choice of columns as they were."""
        kept = Arrangement.parse(state)
        if kept is not None:
            apply(self.view, self.model.columns, kept)
            self._kept = arrangement(self.view, self.model.columns)

    def design_layout(self) -> None:
        """Columns as they were designed, whatever the person did to them."""
        apply(self.view, self.model.columns, self._designed)
        self._later.start()

    def show_column(self, index: int, shown: bool) -> None:
        """Show or hide a column."""
        self.view.horizontalHeader().setSectionHidden(index, not shown)
        self._later.start()

    def shown(self) -> list[Column]:
        """The columns one sees, in the order one sees them."""
        header = self.view.horizontalHeader()
        order = [header.logicalIndex(at) for at in range(header.count())]
        return [self.model.columns[at] for at in order if not header.isSectionHidden(at)]

    def copy(self) -> str:
        """Copy the selected rows, visible columns only, ready to paste into Excel."""
        lines = ["\t".join(c.text(row) for c in self.shown()) for row in self.selected()]
        QGuiApplication.clipboard().setText("\n".join(lines))
        return "\n".join(lines)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return True
        if self.model.whole and event.matches(QKeySequence.StandardKey.Find):
            self.search.ask()
            return True
        if self.may_leave and self.model.total and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            asked = {Qt.Key.Key_E: self.export_wanted, Qt.Key.Key_P: self.print_wanted}.get(
                Qt.Key(event.key())
            )
            if asked is not None:
                asked.emit()
                return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() is not None:
            self.opened.emit(self.current())
            return True
        return False

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(current.data(ROW) if current.isValid() else None)

    def _find(self, kept: Any) -> int:
        if kept is None:
            return -1
        wanted = _identity(kept)
        return next((i for i, row in enumerate(self.model.rows()) if _identity(row) == wanted), -1)

    def _follow_columns(self) -> None:
        header = self.view.horizontalHeader()
        header.customContextMenuRequested.connect(self._offer_columns)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._offer)
        header.sectionMoved.connect(lambda *_: self._later.start())
        header.sectionResized.connect(lambda *_: self._later.start())
        self._later.timeout.connect(self._tell_arranged)

    def _tell_arranged(self) -> None:
        """Only what a person did: columns that take the room that is left move with the window."""
        now = arrangement(self.view, self.model.columns)
        if now != self._kept:
            self._kept = now
            self.arranged.emit(now.text())

    def _offer_columns(self, at: QPoint) -> None:
        menu = column_menu(self, self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.view.horizontalHeader().mapToGlobal(at))

    def _offer(self, at: QPoint) -> None:
        menu = row_menu(self, self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.view.viewport().mapToGlobal(at))


def _identity(row: Any) -> object:
    """What makes a row the same after a refresh."""
    case = getattr(row, "case", None)
    return getattr(case, "id", None) or getattr(row, "id", None) or getattr(row, "n", row)
