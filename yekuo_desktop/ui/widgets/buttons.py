"""Buttons: one primary a screen, the others quiet; and pills that filter."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcutEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from yekuo_desktop.ui.icons import SIZE, icon
from yekuo_desktop.ui.theme import colours, px
from yekuo_desktop.ui.widgets.card import restyle
from yekuo_desktop.ui.widgets.flow import Flow


class Button(QPushButton):
    """Answers its key at once: Qt would first show for a tenth of a second how it is pressed. Enter presses
    the button that has the focus, whatever the default of its dialog is."""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QShortcutEvent) and not event.isAmbiguous():
            self.click()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


def primary(words: str, pressed: Callable[[], object], *, name: str = "", shortcut: str = "") -> QPushButton:
    """The one button of a screen; the shortcut is written on it."""
    made = _button(words, pressed, "primary", name, colours().on_accent)
    return with_shortcut(made, shortcut)


def secondary(
    words: str, pressed: Callable[[], object], *, name: str = "", shortcut: str = "", role: str = ""
) -> QPushButton:
    """Any other button; ``role`` may be small, quiet, link or danger."""
    made = _button(words, pressed, role, name, colours().red if role == "danger" else colours().text)
    return with_shortcut(made, shortcut)


def _button(words: str, pressed: Callable[[], object], role: str, name: str, colour: str) -> QPushButton:
    made = Button(words)
    made.setProperty("role", role)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)

    def press(_checked: bool = False) -> None:
        pressed()

    made.clicked.connect(press)
    if name:
        made.setIcon(icon(name, colour))
        made.setIconSize(QSize(px(SIZE), px(SIZE)))
    return made


def with_shortcut(button: QPushButton, shortcut: str) -> QPushButton:
    """Give the button a key and write the key on it."""
    if shortcut:
        button.setText(f"{button.text()}  {shortcut}")
        button.setShortcut(QKeySequence(shortcut))
    return button


def allow(button: QPushButton, obstacle: str) -> None:
    """Enable the button, or grey it and say why on hover and to a screen reader."""
    button.setEnabled(not obstacle)
    button.setToolTip(obstacle)
    button.setAccessibleDescription(obstacle)


class Pill(NamedTuple):
    """One choice of a pill bar. ``tone`` is "", "warning" or "error"."""

    id: str
    label: str
    tone: str = ""


class PillBar(QWidget):
    """Filter buttons of which exactly one is chosen. Arrow keys move between them."""

    chosen = Signal(str)

    def __init__(self, pills: Sequence[Pill], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("筛选")
        self._pills = {pill.id: pill for pill in pills}
        self._group = QButtonGroup(self)
        box = Flow(self, px(8))
        self._buttons = {pill.id: self._add(pill, box) for pill in pills}
        next(iter(self._buttons.values())).setChecked(True)

    def current(self) -> str:
        """The id of the chosen pill."""
        return next(id_ for id_, button in self._buttons.items() if button.isChecked())

    def choose(self, id_: str) -> None:
        """Choose a pill as if it had been pressed."""
        if id_ in self._buttons and self.current() != id_:
            self._buttons[id_].setChecked(True)
            self.chosen.emit(id_)

    def set_count(self, id_: str, count: int | None) -> None:
        """Write a number behind a pill; its tone shows only while there is something."""
        pill, button = self._pills[id_], self._buttons[id_]
        button.setText(pill.label if count is None else f"{pill.label} {count}")
        restyle(button, tone=pill.tone if count else "")

    def _add(self, pill: Pill, box: Flow) -> QPushButton:
        button = _button(pill.label, lambda: self.chosen.emit(pill.id), "pill", "", "")
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group.addButton(button)
        box.addWidget(button)
        return button
