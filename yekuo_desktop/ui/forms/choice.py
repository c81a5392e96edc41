"""A choice typed by words, number, code or first letters, with the list filtering below it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit

from yekuo_desktop.domain.field import Field
from yekuo_desktop.ui.forms.choices import Choice, label_of, matching, meant
from yekuo_desktop.ui.forms.editor import Editor
from yekuo_desktop.ui.forms.line import put_inside, replace_text

SHOWN = 14
MOST = 200  # of a very long list, until more is typed


class ChoiceEditor(Editor):
    """One of a list. Its value is the id; what means nothing stays as typed and is told."""

    def __init__(self, field: Field, choices: Sequence[Choice]) -> None:
        self._edit = QLineEdit()
        super().__init__(self._edit, field.label)
        self._choices = tuple(choices)
        self._found: list[Choice] = list(self._choices)
        self._edit.setPlaceholderText(field.hint or "选择或输入首字母")
        put_inside(self._edit, "▾")
        self._lines = QStringListModel(self)
        self._list = QCompleter(self._lines, self)
        self._list.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._list.setMaxVisibleItems(SHOWN)
        self._list.setWidget(self._edit)
        self._list.activated[QModelIndex].connect(self._take)  # type: ignore[index]
        self._edit.textEdited.connect(self._filter)
        self._edit.editingFinished.connect(self._leave)
        self._edit.installEventFilter(self)

    def value(self) -> str:
        return meant(self._choices, self._edit.text())

    def set_value(self, value: Any) -> None:
        text = label_of(self._choices, str(value or ""))
        if text != self._edit.text():
            self._edit.setText(text)
            self._edit.setCursorPosition(0)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Another list; what is chosen stays."""
        kept = self.value()
        self._choices = tuple(choices)
        self.set_value(kept)

    def settle(self) -> None:
        self._list.popup().hide()
        replace_text(self._edit, label_of(self._choices, self.value()))

    def set_read_only(self, read_only: bool) -> None:
        self._edit.setReadOnly(read_only)

    def show_list(self) -> None:
        """Open the whole list."""
        self._open(list(self._choices))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down opens the list, and so does a click."""
        if event.type() is QEvent.Type.MouseButtonRelease and not self._edit.isReadOnly():
            self.show_list()
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            opens = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_F4)
            if opens and not self._list.popup().isVisible() and not self._edit.isReadOnly():
                self.show_list()
                return True
        return super().eventFilter(watched, event)

    def _filter(self, text: str) -> None:
        self._open(matching(self._choices, text))
        self.changed.emit()

    def _open(self, found: list[Choice]) -> None:
        self._found = found[:MOST]
        self._lines.setStringList([choice.line for choice in self._found])
        if not self._found:
            self._list.popup().hide()
            return
        self._list.complete()
        self._list.popup().setCurrentIndex(self._list.completionModel().index(0, 0))

    def _take(self, index: QModelIndex) -> None:
        replace_text(self._edit, self._found[index.row()].label)
        self.changed.emit()
        self.left.emit()
        self.entered.emit()

    def _leave(self) -> None:
        self.settle()
        self.left.emit()
