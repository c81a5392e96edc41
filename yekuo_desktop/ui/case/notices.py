"""A line above or below a form: a restored draft, open cases of the same customer, what is still to do."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from yekuo_desktop.ui.forms.tone import label
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import Button


class Notice(QFrame):
    """A sentence on a soft ground with one button; hidden while there is nothing to say."""

    pressed = Signal()

    def __init__(self, role: str, action: str) -> None:
        """``role``: notice, alarm or good."""
        super().__init__()
        self.setProperty("role", role)
        self._words = label("", "value", wrap=True)
        self.button = Button(action)
        self.button.setProperty("role", "small")
        self.button.clicked.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(6), px(8), px(6))
        row.addWidget(self._words, 1)
        row.addWidget(self.button)
        self.hide()

    def say(self, words: str) -> None:
        """Show the sentence, or hide when there is none."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def words(self) -> str:
        """What it says, "" while hidden."""
        return self._words.text() if not self.isHidden() else ""
