"""What stands where nothing is: why it is empty, and what to do next."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from yekuo_desktop.ui.icons import pixmap
from yekuo_desktop.ui.theme import colours, px
from yekuo_desktop.ui.widgets.buttons import secondary
from yekuo_desktop.ui.widgets.card import spaced, text

LEAST, TALL = 96, 170  # heights in pixels at scale 1: of the words alone, of the icon with them


class Empty(QWidget):
    """An icon, a sentence, a hint, and perhaps a button. Where there is little height the icon goes."""

    def __init__(
        self,
        name: str,
        title: str,
        hint: str = "",
        *,
        action: str = "",
        pressed: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.designed = (title, hint)
        self._picture = QLabel()
        self._picture.setPixmap(pixmap(name, colours().line_strong, 40))
        self._title, self._hint = text(title, "heading", wrap=True), text(hint, "quiet", wrap=True)
        box = QVBoxLayout(self)
        spaced(box, 24, 8)
        box.addStretch(1)
        for widget in (self._picture, self._title, self._hint):
            if isinstance(widget, QLabel):
                widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.addWidget(widget)
        if action and pressed:
            box.addWidget(secondary(action, pressed), alignment=Qt.AlignmentFlag.AlignCenter)
        box.addStretch(2)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), px(LEAST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._picture.setVisible(self.height() >= px(TALL))

    def say(self, title: str, hint: str = "") -> None:
        """Another sentence and hint."""
        self._title.setText(title)
        self._hint.setText(hint)
