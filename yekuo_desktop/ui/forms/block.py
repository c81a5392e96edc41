"""One block of the form: its title, its fields in columns, and the switch for its rarer fields."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from yekuo_desktop.ui.forms.slot import Slot
from yekuo_desktop.ui.forms.tone import label
from yekuo_desktop.ui.theme import px

GAP, ROW_GAP = 12, 6
WIDER = 145  # of a hundred: a longer label goes on in the next line
MOST_PLACES = 8  # labels and cells side by side


class Block(QWidget):
    """A titled part of the form. Rarer fields wait behind 更多 until they are wanted or filled."""

    opened = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.open = False
        self._slots: list[Slot] = []
        self._places = [QWidget(self) for _ in range(MOST_PLACES)]
        self._rest = QToolButton()
        self._rest.setProperty("role", "link")
        self._rest.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._rest.clicked.connect(self._toggle)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(GAP))
        self._grid.setVerticalSpacing(px(ROW_GAP))
        self._build()

    def place(self, shown: Sequence[Slot], hidden: Sequence[Slot], columns: int, label_width: int) -> None:
        """Put the fields into the grid, in their order."""
        self._clear()
        self._slots = [*shown, *hidden]
        for slot in hidden:
            slot.show(False)
        row, at = 1, 0
        for column, place in enumerate(self._places):
            place.setVisible(column < columns * 2)
        for slot in shown:
            if slot.wide and at:
                row, at = row + 1, 0
            slot.fit_label(label_width * WIDER // 100)
            self._put(slot, row, at, columns)
            full = slot.wide or at + 1 == columns
            row, at = (row + 1 + slot.below, 0) if full else (row, at + 1)
        for column in range(MOST_PLACES):
            inside = column < columns * 2
            self._grid.setColumnStretch(column, int(inside and column % 2 == 1))
            self._grid.setColumnMinimumWidth(column, label_width if inside and column % 2 == 0 else 0)
        self._offer(hidden)
        self.setVisible(bool(shown or hidden))

    def _put(self, slot: Slot, row: int, at: int, columns: int) -> None:
        if slot.below:  # a table: its label above it, the whole width for its columns
            self._grid.addWidget(slot.label, row, 0, 1, columns * 2, Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(slot.cell, row + 1, 0, 1, columns * 2)
            slot.show(True)
            return
        self._grid.addWidget(slot.label, row, at * 2, Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(slot.cell, row, at * 2 + 1, 1, columns * 2 - 1 if slot.wide else 1)
        slot.show(True)

    def _offer(self, hidden: Sequence[Slot]) -> None:
        names = [slot.field.label for slot in hidden]
        shown = "、".join(names[:3]) + (f" 等 {len(names)} 项" if len(names) > 3 else "")
        self._rest.setText("收起" if self.open else f"＋ {shown}")
        self._rest.setToolTip("、".join(names))
        self._rest.setAccessibleName(f"{self.title}:{self._rest.text()}")
        self._rest.setVisible(bool(names) or self.open)

    def _toggle(self) -> None:
        self.open = not self.open
        self.opened.emit()

    def _clear(self) -> None:
        for slot in self._slots:
            self._grid.removeWidget(slot.label)
            self._grid.removeWidget(slot.cell)

    def _build(self) -> None:
        box, head = QVBoxLayout(self), QHBoxLayout()
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(4))
        head.setSpacing(px(10))
        head.addWidget(label(self.title, "block"))
        head.addWidget(self._rest)
        head.addStretch(1)
        box.addLayout(head)
        box.addLayout(self._grid)
        for column, place in enumerate(self._places):  # an empty column is as wide as a filled one
            place.setFixedHeight(0)
            self._grid.addWidget(place, 0, column)
