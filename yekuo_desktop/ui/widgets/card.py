"""A card: the white ground things stand on; and the few texts and lines inside it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from yekuo_desktop.ui.theme import px


def text(words: str, role: str = "", *, wrap: bool = False, tone: str = "") -> QLabel:
    """A text in one of the style sheet's roles: title, heading, quiet, caption, message …"""
    made = QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    return made


def restyle(widget: QWidget, **properties: str) -> None:
    """Set properties the style sheet looks at, and let it look again."""
    if all(widget.property(name) == value for name, value in properties.items()):
        return
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def spaced(box: QLayout, margin: int = 0, spacing: int = 8) -> QLayout:
    """Margins and spacing of a layout on the 4-pixel grid."""
    edge = px(margin)
    box.setContentsMargins(edge, edge, edge, edge)
    box.setSpacing(px(spacing))
    return box


def row(*widgets: QWidget | None, spacing: int = 8) -> QHBoxLayout:
    """Widgets side by side; None is where the free space goes."""
    box = QHBoxLayout()
    spaced(box, spacing=spacing)
    for widget in widgets:
        if widget is None:
            box.addStretch(1)
        else:
            box.addWidget(widget)
    return box


def line() -> QFrame:
    """A hair line."""
    made = QFrame()
    made.setProperty("role", "line")
    return made


class Card(QFrame):
    """A white sheet with a hair line round it. Add to ``body``."""

    def __init__(self, title: str = "", parent: QWidget | None = None, *, margin: int = 16) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        spaced(self.body, margin, 8)
        self.heading = text(title, "heading")
        if title:
            self.body.addWidget(self.heading)
        else:
            self.heading.hide()
