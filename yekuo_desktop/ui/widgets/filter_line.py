"""The filter above a list that is here whole: there on Ctrl+F, gone with Esc."""

from typing import Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QTableView

HINT = "在列表中筛选,Esc 关闭"
TYPING_MS = 200


class Filtered(Protocol):
    """The list as its filter sees it."""

    view: QTableView

    def narrow(self, text: str) -> None: ...


class FilterLine(QLineEdit):
    """Filters while one types."""

    def __init__(self, table: Filtered) -> None:
        super().__init__()
        self._table = table
        self.setPlaceholderText(HINT)
        self.setAccessibleName("在列表中筛选")
        self.setClearButtonEnabled(True)
        self._later = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._later.timeout.connect(self.settle)
        self.textChanged.connect(lambda _text: self._later.start())
        self.hide()

    def ask(self) -> None:
        """Come and take the keyboard."""
        self.show()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def put(self, words: str) -> None:
        """Filter by these words at once; without any the line goes."""
        self.setText(words)
        self.setVisible(bool(words))
        self.settle()

    def settle(self) -> None:
        """Filter now by what stands here."""
        self._later.stop()
        self._table.narrow(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put("")
            self._table.view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.settle()
            self._table.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)
