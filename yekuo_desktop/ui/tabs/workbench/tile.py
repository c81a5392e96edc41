"""One number of the work bench: how many, of what, and how urgent. Pressing it opens its list."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from yekuo_desktop.ui.icons import pixmap
from yekuo_desktop.ui.theme import colours, px
from yekuo_desktop.ui.widgets.buttons import Button
from yekuo_desktop.ui.widgets.card import restyle, row, spaced, text

ICONS = {
    "overdue": "circle-alert",
    "my_overdue": "circle-alert",
    "waiting_overdue": "circle-alert",
    "due_today": "clock",
    "my_today": "clock",
    "waiting_today": "clock",
    "due_next": "calendar-days",
    "my_next": "calendar-days",
    "expiring": "calendar-days",
    "undelivered": "send",
    "to_sign": "send",
    "registered": "square-pen",
    "owed": "paperclip",
    "returned": "history",
    "audited": "eye",
    "my_audited": "eye",
    "waiting": "inbox",
}
OTHER = "user"
HIGH, LOW = 122, 92  # in pixels at scale 1


class Tile(Button):
    """A big button with a figure."""

    entered = Signal()  # with Enter: on to the list

    def __init__(self, id_: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.id, self._low = id_, False
        self.setProperty("role", "tile")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._icon, self._title = QLabel(), text("", "quiet")
        self._figure, self._hint = text("", "figure"), text("", "caption")
        box = QVBoxLayout(self)
        spaced(box, 14, 2)
        box.addLayout(row(self._icon, self._title, None))
        box.addWidget(self._figure)
        box.addWidget(self._hint)
        for label in (self._icon, self._title, self._figure, self._hint):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()

    def show_count(self, title: str, count: int, hint: str, urgency: str) -> None:
        """Show a number; its colour speaks only while there is something."""
        tone = urgency if count else ""
        ink = {"error": colours().red, "warning": colours().amber}.get(tone, colours().quiet)
        self._icon.setPixmap(pixmap(ICONS.get(self.id, OTHER), ink))
        self._title.setText(title)
        self._figure.setText(str(count))
        self._hint.setText(hint)
        restyle(self._figure, tone=tone)
        self.setAccessibleName(f"{title} {count} 件,{hint}")
        self.setToolTip(f"{title}：{hint}")

    def set_low(self, low: bool) -> None:
        """Only what and how many, where there is little height."""
        if low != self._low:
            self._low = low
            self._hint.setVisible(not low)
            restyle(self, low="yes" if low else "")
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(px(150), px(LOW if self._low else HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(110), px(LOW if self._low else HIGH))
