"""What every screen of the window owes: names for screen readers, and nothing that flashes."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QWidget,
)

from tests.ui.conftest import AtWindow
from yekuo_desktop.office import accepting
from yekuo_desktop.ui.colours import DARK, LIGHT, Colours
from yekuo_desktop.ui.tabs import ALL_TABS

Sit = Callable[[str], AtWindow]


def test_every_input_has_a_name_for_screen_readers(sit: Sit, accepted: accepting.Accepted) -> None:
    person = sit("wangli")
    window = person.window
    for kind in ALL_TABS:
        window.show_stage(kind.id)
        person.settle()
    for opening in (window.registers.hand_over, window.registers.day_book, window.chores.change_password):
        opening()
        person.settle()
    for settings in (window.settings,):
        window.chores.change_settings(settings)
    nameless = [repr(widget) for widget in _inputs(window) if not _named(widget, window)]
    for dialog in person.dialogs:
        dialog.done(0)
    assert nameless == []


class Flashes(QObject):
    """Notes parts that appear as windows of their own before they find their place."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            kind = watched.windowType()
            if kind is Qt.WindowType.Window and not isinstance(watched, QDialog | QMainWindow):
                self.seen.append(repr(watched))
        return False


def test_nothing_flashes_as_a_window_of_its_own(sit: Sit, qapp: QApplication) -> None:
    person, flashes = sit("wangli"), Flashes()
    qapp.installEventFilter(flashes)
    for kind in ALL_TABS:
        person.window.show_stage(kind.id)
        person.settle()
    for opening in (person.window.registers.hand_over, person.window.registers.day_book):
        opening()
        person.dialog().reject()
    qapp.removeEventFilter(flashes)
    assert flashes.seen == []


def _inputs(window: QWidget) -> list[QWidget]:
    kinds = (QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QAbstractItemView)
    found = [widget for kind in kinds for widget in window.findChildren(kind)]
    inside = (QComboBox, QAbstractSpinBox, QAbstractItemView)
    # The parts of a combo box, a spin box, a calendar or a header are named by their owner.
    return [
        w
        for w in found
        if not w.objectName().startswith("qt_")
        and not isinstance(w.parentWidget(), inside)
        and "Popup" not in type(w.window()).__name__
        and "Private" not in type(w.parentWidget()).__name__
        and w.metaObject().className() not in ("QHeaderView", "QComboBoxListView", "QCalendarView")
    ]


def _named(widget: QWidget, window: QWidget) -> bool:
    buddies = {id(label.buddy()) for label in window.findChildren(QLabel) if label.buddy() is not None}
    return bool(widget.accessibleName()) or id(widget) in buddies


GROUNDS = {
    "text": ("ground", "surface", "raised", "accent_soft"),
    "quiet": ("ground", "surface", "raised"),
    "accent": ("surface", "ground", "accent_soft"),
    "red": ("surface", "red_soft"),
    "amber": ("surface", "amber_soft"),
    "green": ("surface", "green_soft"),
    "on_accent": ("accent", "accent_strong"),
    "on_header": ("header", "header_raised"),
    "on_header_quiet": ("header", "header_raised"),
    "on_ribbon": ("ribbon",),
}


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read_on_its_ground(colours: Colours) -> None:
    weak = {
        (ink, ground): round(ratio, 2)
        for ink, grounds in GROUNDS.items()
        for ground in grounds
        if (ratio := _contrast(getattr(colours, ink), getattr(colours, ground))) < 4.5
    }
    assert weak == {}


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
