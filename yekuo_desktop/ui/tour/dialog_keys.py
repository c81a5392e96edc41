"""What hands do in every dialog: type into one of its fields, press its button."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton

from yekuo_desktop.ui.tour.hands import dialogs
from yekuo_desktop.ui.tour.seat import Seat


def into(seat: Seat, widget: Any, text: str) -> None:
    """Type over what stands in a field."""
    seat.hands.point(widget.setFocus)
    seat.hands.replace(text)


def press(seat: Seat, dialog: QDialog, button: QPushButton) -> None:
    """Press the button that ends a dialog, and wait until it has."""
    title = dialog.windowTitle()
    seat.hands.point(button.setFocus)
    seat.hands.press(Qt.Key.Key_Space)
    seat.hands.until(lambda: dialog not in dialogs(), f"“{title}”没有做成")
    seat.front()
    seat.hands.settle()


def click(seat: Seat, button: QPushButton) -> None:
    """A button, with the mouse."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    seat.hands.settle()
