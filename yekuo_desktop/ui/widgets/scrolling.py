"""A column that scrolls."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from yekuo_desktop.ui.theme import px

ABOVE = 84  # pixels at scale 1: the name of a table and its headings above the first line


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


def bring(area: QScrollArea, part: QWidget, air: int) -> None:
    """Scroll until a part is seen; of one that is taller than what is seen, what has the keyboard in it."""
    inside = QApplication.focusWidget()
    if part.height() + air <= area.viewport().height() or inside is None or not part.isAncestorOf(inside):
        area.ensureWidgetVisible(part, 0, air)
    else:
        area.ensureWidgetVisible(inside, 0, max(air, px(ABOVE)))
