"""How the keyboard goes through a form: Enter from field to field, F8 takes a proposal, blocks by Ctrl."""

import itertools
from collections.abc import Collection, Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from yekuo_desktop.ui.forms.slot import Slot

JUMPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Walking(QWidget):
    """The part of a form that moves the cursor; ``Form`` fills it with fields."""

    left = Signal(str)
    focused = Signal(str)
    finished = Signal()  # Enter in the last field
    taken = Signal(str)  # the proposal beside a field is wanted

    def __init__(self) -> None:
        super().__init__()
        self._slots: dict[str, Slot] = {}
        self._keys: dict[str, tuple[str, ...]] = {}

    def field_keys(self) -> tuple[str, ...]:
        """The fields of the current form, in order."""
        return tuple(key for keys in self._keys.values() for key in keys)

    def sections(self) -> dict[str, tuple[str, ...]]:
        """The blocks that are shown with their fields, in order."""
        return {title: keys for title, keys in self._keys.items() if keys}

    def wrong(self) -> list[str]:
        """The fields with an error, in the order of the form."""
        return [key for key in self.field_keys() if self._slots[key].wrong]

    def arrange(self, *, always: bool = False) -> None:
        """Place the fields anew where something has changed."""
        raise NotImplementedError

    def leave(self, key: str) -> None:
        """The cursor has left a field."""
        raise NotImplementedError

    def step_section(self, key: str, by: int) -> bool:
        """From a field to the first of the next or previous block; False at either end."""
        blocks = list(self.sections().values())
        at = next((at for at, keys in enumerate(blocks) if key in keys), 0) + by
        return 0 <= at < len(blocks) and self.focus_first(blocks[at])

    def focused_key(self) -> str:
        """The field with the cursor, "" for none."""
        at: QWidget | None = self.window().focusWidget()
        if at is None:
            return ""
        inputs = {key: self._slots[key].editor.input for key in self.field_keys()}
        return next((key for key, box in inputs.items() if _holds(box, at)), "")

    def focus(self, key: str) -> bool:
        """Put the cursor into a field; False when the form has none of that name."""
        if key not in self.field_keys():
            return False
        if not self._slots[key].cell.isVisibleTo(self):
            self._slots[key].touched = True
            self.arrange()
        self._slots[key].editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def focus_first(self, keys: Iterable[str] = ()) -> bool:
        """Put the cursor into the first field, or the first of those, in the order of the form."""
        wanted = set(keys) or set(self.field_keys())
        return next((True for key in self.field_keys() if key in wanted and self.focus(key)), False)

    def settle(self) -> None:
        """Finish what is being typed just now, before it is used."""
        key = self.focused_key()
        if key:
            self._slots[key].editor.settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes to the next field, F8 takes a proposal, Ctrl with an arrow goes by blocks."""
        if event.type() is QEvent.Type.FocusIn:
            self.focused.emit(str(watched.property("field")))
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            key = str(watched.property("field"))
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and plain and not self._slots[key].editor.takes_enter():
                self._go_on(key)
                return True
            if event.key() == Qt.Key.Key_F8:
                self.taken.emit(key)
                return True
            if event.key() in JUMPS and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
                return self.step_section(key, JUMPS[Qt.Key(event.key())])
        return super().eventFilter(watched, event)

    def _go_on(self, key: str) -> None:
        """Finish this field and put the cursor into the next one that is shown."""
        self._slots[key].editor.settle()
        self.leave(key)
        shown = [k for k in self.field_keys() if self._slots[k].cell.isVisibleTo(self)]
        at = shown.index(key) + 1 if key in shown else len(shown)
        if at < len(shown):
            self._slots[shown[at]].editor.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()

    def order_tabs(self, shown: Collection[str]) -> None:
        """Tab goes through the fields that are shown in the order of the form."""
        inputs = [self._slots[key].editor.input for key in self.field_keys() if key in shown]
        for before, after in itertools.pairwise(inputs):
            QWidget.setTabOrder(before, after)


def _holds(box: QWidget, at: QWidget) -> bool:
    """Whether the cursor is in an input, or in a cell of it."""
    return at is box or box.isAncestorOf(at)
