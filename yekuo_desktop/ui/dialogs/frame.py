"""What the window's dialogs share: a title, a body, a row of buttons, a place for what went wrong."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.card import restyle, spaced, text


class Notice(QFrame):
    """A strip of soft colour with words: a warning or an alarm. Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = text("", wrap=True)
        box = QHBoxLayout(self)
        spaced(box, 8, 8)
        box.addWidget(self._words)
        self.hide()

    def say(self, words: str, role: str = "alarm") -> None:
        """Show words in an ``alarm`` or a ``notice``; "" hides."""
        restyle(self, role=role)
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def words(self) -> str:
        """What it says."""
        return self._words.text()


class Dialog(QDialog):
    """Title, ``body``, a notice, and the buttons in the last row, the primary one on the right."""

    def __init__(self, title: str, parent: QWidget | None = None, *, lead: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setMinimumWidth(px(400))
        outer = QVBoxLayout(self)
        spaced(outer, 20, 12)
        self.heading, self.lead = text(title, "title"), text(lead, "quiet", wrap=True)
        if not lead:
            self.lead.hide()
        self.body, self.notice = QVBoxLayout(), Notice()
        spaced(self.body, 0, 8)
        self._buttons = QHBoxLayout()
        spaced(self._buttons, 0, 8)
        self._buttons.addStretch(1)
        outer.addWidget(self.heading)
        outer.addWidget(self.lead)
        outer.addLayout(self.body, 1)
        outer.addWidget(self.notice)
        outer.addLayout(self._buttons)

    def add_buttons(self, *buttons: QPushButton, default: QPushButton | None = None) -> None:
        """The buttons from left to right; Enter presses ``default``."""
        for button in buttons:
            self._buttons.addWidget(button)
        if default is not None:
            default.setDefault(True)

    def add_left(self, widget: QWidget) -> None:
        """Something at the left end of the button row."""
        self._buttons.insertWidget(0, widget)

    def showEvent(self, event: QShowEvent) -> None:
        """Tall enough for its words as they wrap: a layout alone leaves them the height of one line."""
        super().showEvent(event)
        box = self.layout()
        if box is not None and box.hasHeightForWidth():
            free = self.screen().availableGeometry().height() - px(60)
            self.resize(self.width(), max(self.height(), min(box.heightForWidth(self.width()), free)))

    def wide(self, width: int, height: int) -> None:
        """The size to begin with, never more than the screen has."""
        free = self.screen().availableGeometry()
        self.resize(min(px(width), free.width() - px(40)), min(px(height), free.height() - px(60)))
