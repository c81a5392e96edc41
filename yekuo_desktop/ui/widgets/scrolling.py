"""A column that scrolls."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from yekuo_desktop.ui.theme import px


def scrolling(inside: QWidget) -> QScrollArea:
    """A column that scrolls up and down and never sideways."""
    area = QScrollArea()
    inside.setProperty("role", "page")
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def topped(widget: QWidget) -> QWidget:
    """A widget at the upper end of what scrolls, with air beside the scroll bar."""
    inside = QWidget()
    box = QVBoxLayout(inside)
    box.setContentsMargins(0, 0, px(10), 0)
    box.addWidget(widget)
    box.addStretch(1)
    return inside
