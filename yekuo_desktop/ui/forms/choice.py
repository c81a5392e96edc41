"""A choice typed by words, number, code or first letters, with the list filtering below it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from yekuo_desktop.domain.field import Field
from yekuo_desktop.ui.forms.choice_list import ChoiceList
from yekuo_desktop.ui.forms.choices import Choice, label_of, meant
from yekuo_desktop.ui.forms.editor import Editor
from yekuo_desktop.ui.forms.line import put_arrow_inside, replace_text


class ChoiceEditor(Editor):
    """One of a list. Its value is the id; what means nothing stays as typed and is told."""

    def __init__(self, field: Field, choices: Sequence[Choice]) -> None:
        self._edit = QLineEdit()
        super().__init__(self._edit, field.label)
        self._edit.setPlaceholderText(field.hint or "选择或输入首字母")
        put_arrow_inside(self._edit)
        self._list = ChoiceList(self._edit, choices)
        self._list.taken.connect(self._taken)
        self._edit.textEdited.connect(lambda _text: self.changed.emit())
        self._edit.editingFinished.connect(self._leave)
        self._edit.installEventFilter(self)

    def value(self) -> str:
        return meant(self._list.choices, self._edit.text())

    def set_value(self, value: Any) -> None:
        text = label_of(self._list.choices, str(value or ""))
        if text != self._edit.text():
            self._edit.setText(text)
            self._edit.setCursorPosition(0)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Another list; what is chosen stays."""
        kept = self.value()
        self._list.choices = tuple(choices)
        self.set_value(kept)

    def offered(self) -> list[Choice]:
        """What the list shows for what is typed."""
        return self._list.found

    def settle(self) -> None:
        self._list.hide()
        replace_text(self._edit, label_of(self._list.choices, self.value()))

    def set_read_only(self, read_only: bool) -> None:
        self._edit.setReadOnly(read_only)

    def show_list(self) -> None:
        """Open the whole list."""
        self._list.show_all()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down opens the list, and so does a click."""
        if event.type() is QEvent.Type.MouseButtonRelease and not self._edit.isReadOnly():
            self.show_list()
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            opens = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_F4)
            if opens and not self._list.is_open() and not self._edit.isReadOnly():
                self.show_list()
                return True
        return super().eventFilter(watched, event)

    def _taken(self) -> None:
        self.changed.emit()
        self.left.emit()
        self.entered.emit()

    def _leave(self) -> None:
        self.settle()
        self.left.emit()
