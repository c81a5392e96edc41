"""Small helpers the pages share: lines that come and go, and the words for an empty page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from yekuo_desktop.ui.forms.tone import label


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
