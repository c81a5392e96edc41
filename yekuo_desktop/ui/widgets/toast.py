"""A short word that something was done: 已保存, 已受理 …. It never takes the focus."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from yekuo_desktop.ui.icons import pixmap
from yekuo_desktop.ui.theme import colours, px
from yekuo_desktop.ui.widgets.card import spaced, text

SHOWN_MS, WITH_ACTION_MS = 4000, 9000
ICONS = {"good": "circle-check", "warning": "triangle-alert", "error": "circle-x"}


class Toast(QFrame):
    """Lies over the bottom of its window for a few seconds. One at a time."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = parent
        self.setProperty("role", "toast")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._icon, self._words, self._button = QLabel(), text(""), QPushButton()
        self._button.setProperty("role", "small")
        self._action: Callable[[], object] | None = None
        self._button.clicked.connect(self._pressed)
        box = QHBoxLayout(self)
        spaced(box, 12, 10)
        for widget in (self._icon, self._words, self._button):
            box.addWidget(widget)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def say(
        self,
        words: str,
        tone: str = "good",
        *,
        action: str = "",
        pressed: Callable[[], object] | None = None,
    ) -> None:
        """Show the words; with an action, a button beside them."""
        self._words.setText(words)
        self._icon.setPixmap(pixmap(ICONS[tone], self._colour(tone)))
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self._action = pressed
        self.setAccessibleName(words)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._timer.start(WITH_ACTION_MS if action else SHOWN_MS)

    def words(self) -> str:
        """What it says at the moment, "" while hidden."""
        return self._words.text() if self.isVisible() else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # While layouts are taken apart PySide may hand over the wrapper of what lay there before.
        if isinstance(event, QResizeEvent) and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _colour(self, tone: str) -> str:
        # The toast's ground is the text colour, so the soft colours are readable on it in both themes.
        soft = {"good": colours().green_soft, "warning": colours().amber_soft, "error": colours().red_soft}
        return soft[tone]

    def _place(self) -> None:
        host = self._host
        self.move((host.width() - self.width()) // 2, host.height() - self.height() - px(72))

    def _pressed(self) -> None:
        self.hide()
        if self._action is not None:
            self._action()
