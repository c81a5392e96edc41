"""Small helpers the pages share: a scrolling column and the words for an empty page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from yekuo_desktop.ui.forms.tone import label
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


def empty(text: str) -> QLabel:
    """What to do next, in the middle of an empty page."""
    made = label(text, "empty", wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made


def put(box: QVBoxLayout, widget: QWidget) -> None:
    """Add a line to a column, shown at once: left to the layout, the lines of a page that is seen already
    would be given the height they had while nobody saw them."""
    box.addWidget(widget)
    widget.show()


def clear(box: QVBoxLayout) -> None:
    """Take everything out of a column."""
    while box.count():
        widget = box.takeAt(0).widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
