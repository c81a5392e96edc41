"""What one can do with a whole list: copy, export, print, choose columns. By menu, button and key."""

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QSize, Qt, SignalInstance
from PySide6.QtWidgets import QMenu, QTableView, QToolButton, QWidget

from yekuo_desktop.ui.icons import SIZE, icon
from yekuo_desktop.ui.theme import colours, px
from yekuo_desktop.ui.widgets.filter_line import FilterLine
from yekuo_desktop.ui.widgets.list_views import ListViews
from yekuo_desktop.ui.widgets.paged_model import PagedModel

EXPORT, PRINT, COPY, DESIGNED = "导出 Excel…", "打印…", "复制所选行", "恢复默认列"
FILTER = "筛选…"


class Listed(Protocol):
    """The table as its menus see it."""

    view: QTableView
    model: PagedModel
    may_leave: bool
    views: ListViews | None
    search: FilterLine

    @property
    def export_wanted(self) -> SignalInstance: ...
    @property
    def print_wanted(self) -> SignalInstance: ...
    def selected(self) -> Sequence[Any]: ...
    def copy(self) -> str: ...
    def show_column(self, index: int, shown: bool) -> None: ...
    def design_layout(self) -> None: ...


def column_menu(table: Listed, parent: QWidget) -> QMenu:
    """Every column with a tick; the first one always stays."""
    menu = QMenu("选择列", parent)
    header = table.view.horizontalHeader()
    for index, column in enumerate(table.model.columns):
        action = menu.addAction(column.title)
        action.setCheckable(True)
        action.setChecked(not header.isSectionHidden(index))
        action.setEnabled(index > 0)
        action.toggled.connect(lambda shown, at=index: table.show_column(at, shown))
    menu.addSeparator()
    menu.addAction(DESIGNED).triggered.connect(table.design_layout)
    return menu


def row_menu(table: Listed, parent: QWidget) -> QMenu:
    """Copy, and what leaves the window."""
    menu = QMenu(parent)
    fill(menu, table)
    return menu


def fill(menu: QMenu, table: Listed) -> None:
    """Fill a menu for the list as it stands now."""
    tone = colours().quiet
    copy = menu.addAction(icon("copy", tone), f"{COPY}\tCtrl+C")
    copy.setEnabled(bool(table.selected()))
    copy.triggered.connect(lambda _checked=False: table.copy())
    if table.may_leave:
        for name, words, wanted in (
            ("file-spreadsheet", f"{EXPORT}\tCtrl+E", table.export_wanted),
            ("printer", f"{PRINT}\tCtrl+P", table.print_wanted),
        ):
            action = menu.addAction(icon(name, tone), words)
            action.setEnabled(table.model.total > 0)
            action.triggered.connect(lambda _checked=False, signal=wanted: signal.emit())
    if table.model.whole:
        narrow = menu.addAction(icon("search", tone), f"{FILTER}\tCtrl+F")
        narrow.triggered.connect(lambda _checked=False: table.search.ask())
    if table.views is not None:
        menu.addMenu(table.views.menu(menu))
    columns = column_menu(table, menu)
    columns.setIcon(icon("columns-3", tone))
    menu.addMenu(columns)


class ListButton(QToolButton):
    """The same menu behind a button, for those who do not know right clicks. ``small``: without words."""

    def __init__(self, table: Listed, *, small: bool = False) -> None:
        super().__init__()
        self._table = table
        self.setText(" 列表")
        self.setIcon(icon("columns-3", colours().quiet))
        self.setIconSize(QSize(px(SIZE), px(SIZE)))
        self.setAccessibleName("列表:导出、打印、筛选、视图、选择列")
        self.setToolTip("导出 Excel、打印、视图、选择列")
        beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly if small else beside)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._refill)
        self.setMenu(self._menu)

    def _refill(self) -> None:
        self._menu.clear()
        fill(self._menu, self._table)
