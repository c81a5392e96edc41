"""Yes or no: a box to tick."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox

from yekuo_desktop.domain.field import Field
from yekuo_desktop.ui.forms.editor import Editor
from yekuo_desktop.ui.forms.yes_no import KEYS, answers

ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right)


class FlagEditor(Editor):
    """A tick box that says 是 beside it; besides the space bar the keys of every yes and no answer it."""

    def __init__(self, field: Field) -> None:
        self._box = QCheckBox("是")
        super().__init__(self._box, field.label)
        self._box.clicked.connect(self._tell)
        self._box.installEventFilter(self)

    def value(self) -> bool:
        return self._box.isChecked()

    def set_value(self, value: Any) -> None:
        self._box.setChecked(bool(value))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows stay what they are: they lead on."""
        if isinstance(event, QKeyEvent) and answers(event):
            key = Qt.Key(event.key())
            if key in KEYS and key not in ARROWS and self._box.isEnabled():
                self._box.setChecked(KEYS[key])
                self._tell()
                return True
        return super().eventFilter(watched, event)

    def _tell(self) -> None:
        self.changed.emit()
        self.left.emit()
