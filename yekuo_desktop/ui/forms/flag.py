"""Yes or no: a box to tick."""

from typing import Any

from PySide6.QtWidgets import QCheckBox

from yekuo_desktop.domain.field import Field
from yekuo_desktop.ui.forms.editor import Editor


class FlagEditor(Editor):
    """A tick box that says 是 beside it."""

    def __init__(self, field: Field) -> None:
        self._box = QCheckBox("是")
        super().__init__(self._box, field.label)
        self._box.clicked.connect(self._tell)

    def value(self) -> bool:
        return self._box.isChecked()

    def set_value(self, value: Any) -> None:
        self._box.setChecked(bool(value))

    def _tell(self) -> None:
        self.changed.emit()
        self.left.emit()
