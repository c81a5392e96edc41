"""What of a list Qt draws: rows of one height, no grid, a header one sorts and arranges by."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from yekuo_desktop.ui.theme import px, row_height
from yekuo_desktop.ui.widgets.columns import Column
from yekuo_desktop.ui.widgets.light_delegate import LightDelegate
from yekuo_desktop.ui.widgets.paged_model import PagedModel
from yekuo_desktop.ui.widgets.table_columns import LEAST, whole


class _Rows(QTableView):
    """Getting the focus marks the first row, as Qt does, but does not announce it: only a person chooses."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        chosen = self.selectionModel()
        chosen.blockSignals(True)
        super().focusInEvent(event)
        chosen.blockSignals(False)


def table_view(model: PagedModel, name: str) -> QTableView:
    """The view of a list."""
    view = _Rows()
    view.setModel(model)
    view.setAccessibleName(name)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setShowGrid(False)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(row_height())
    _head(view, model.columns)
    return view


def _head(view: QTableView, columns: Sequence[Column]) -> None:
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionsMovable(True)
    header.setStretchLastSection(not any(column.grows for column in columns))
    header.setMinimumSectionSize(px(LEAST))
    header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    header.setToolTip("单击排序,拖动换位,右键选择列")
    header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    view.setSortingEnabled(True)
    for index, column in enumerate(columns):
        header.resizeSection(index, px(whole(column)))
        header.setSectionHidden(index, column.hidden)
        if column.grows:
            header.setSectionResizeMode(index, QHeaderView.ResizeMode.Stretch)
        if column.due:
            view.setItemDelegateForColumn(index, LightDelegate(view))
