"""One line of a wide table as a form: all its columns below each other, with their labels and units."""

from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from yekuo_desktop.ui.forms.tone import label
from yekuo_desktop.ui.theme import px


class RowTable(Protocol):
    """The table a line is taken from and written back to."""

    def row(self, line: int) -> dict[str, str]: ...
    def set_row(self, line: int, cells: dict[str, str]) -> None: ...


class RowForm(Protocol):
    """What the dialog asks of the form it shows."""

    def settle(self) -> None: ...
    def everything(self) -> dict[str, str]: ...
    def focus_first(self) -> bool: ...
    def set_values(self, values: dict[str, str]) -> None: ...


class RowDialog(QDialog):
    """``taken`` carries the cells; nothing is written to the table before."""

    taken = Signal(object)  # dict of cells

    def __init__(self, parent: QWidget, title: str, form: QWidget, cells: RowForm) -> None:
        """``form`` and ``cells`` are the same form, once to be shown and once to be asked."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._cells = cells
        box, buttons, area = QVBoxLayout(self), QHBoxLayout(), QScrollArea()
        box.setContentsMargins(px(20), px(18), px(20), px(16))
        box.setSpacing(px(12))
        inside = QWidget()
        inside.setProperty("role", "page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(8), 0)
        column.addWidget(form)
        column.addStretch(1)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        box.addWidget(label(title, "title"))
        box.addWidget(area, 1)
        cancel, self.confirm = QPushButton("取消"), QPushButton("写入本行  F9")
        cancel.clicked.connect(self.reject)
        self.confirm.setProperty("role", "primary")
        self.confirm.setShortcut("F9")
        self.confirm.clicked.connect(self._take)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.confirm)
        box.addLayout(buttons)
        free = self.screen().availableGeometry()
        wanted = max(px(300), min(px(560), form.sizeHint().height() + px(170)))
        self.resize(min(px(760), free.width() - px(40)), min(wanted, free.height() - px(60)))
        cells.focus_first()

    def _take(self) -> None:
        self._cells.settle()
        self.taken.emit(self._cells.everything())
        self.accept()


def open_row(parent: QWidget, title: str, form: QWidget, cells: RowForm, table: RowTable, line: int) -> None:
    """Open the dialog of a line; what is taken goes back into it."""
    cells.set_values(table.row(line))
    dialog = RowDialog(parent, f"{title} 第 {line + 1} 行", form, cells)
    dialog.taken.connect(lambda taken: table.set_row(line, taken))
    dialog.open()
