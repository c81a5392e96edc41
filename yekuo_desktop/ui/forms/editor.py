"""What every field editor can do: tell its value, take one, say when it changed and was left."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from yekuo_desktop.domain.field import Value, filled
from yekuo_desktop.ui.forms.tone import set_tone


class Editor(QWidget):
    """A field editor. ``input`` is the widget that takes the keys."""

    changed = Signal()
    left = Signal()
    entered = Signal()  # a choice was made with Enter: go on

    def __init__(self, input_: QWidget, name: str) -> None:
        super().__init__()
        self.input = input_
        input_.setAccessibleName(name)
        self.setFocusProxy(input_)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addWidget(input_, 1)

    def value(self) -> Value:
        """The value as the case keeps it."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value without telling anyone."""
        raise NotImplementedError

    def answered(self) -> bool:
        """Whether somebody entered something: a box that is not ticked says nothing yet."""
        value = self.value()
        return filled(value) and value is not False

    def settle(self) -> None:
        """Bring what was typed into its final shape; called before moving on."""

    def takes_enter(self) -> bool:
        """Whether Enter belongs to the editor just now."""
        return False

    def set_read_only(self, read_only: bool) -> None:
        """Show only, or let it be changed again."""
        self.input.setEnabled(not read_only)

    def show_tone(self, tone: str) -> None:
        """Paint the input in a tone."""
        set_tone(self.input, tone)
