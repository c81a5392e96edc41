"""Labelled inputs of dialogs: label on the right edge, message below, error beside the field."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from yekuo_desktop.domain.field import Problem
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.card import restyle, spaced, text


def entry(name: str, hint: str = "", *, secret: bool = False) -> QLineEdit:
    """A line to type in."""
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    if secret:
        made.setEchoMode(QLineEdit.EchoMode.Password)
    return made


class Fields(QWidget):
    """Rows of label and input. Problems show below their input; the first one takes the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        spaced(self._grid)
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(2))
        self._grid.setColumnStretch(1, 1)
        self._inputs: dict[str, QWidget] = {}
        self._messages: dict[str, QLabel] = {}
        self._hints: dict[str, str] = {}

    def add(self, key: str, label: str, widget: QWidget, hint: str = "") -> QWidget:
        """Add a row; ``hint`` stands below the input as long as nothing is wrong."""
        at = self._grid.rowCount()
        caption, message = text(label, "field"), text(hint, "caption", wrap=True)
        caption.setBuddy(widget)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(caption, at, 0, right)
        self._grid.addWidget(widget, at, 1)
        self._grid.addWidget(message, at + 1, 1)
        message.setMinimumHeight(px(18))
        self._inputs[key], self._messages[key], self._hints[key] = widget, message, hint
        return widget

    def set_hint(self, key: str, hint: str) -> None:
        """Another hint below an input, as long as nothing is wrong with it."""
        if self._messages[key].text() == self._hints[key]:
            self._messages[key].setText(hint)
        self._hints[key] = hint

    def show_problems(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """Show each problem at its field; those without a field of ours come back."""
        mine = {p.field: p.text for p in reversed(problems) if p.field in self._inputs}
        self._tell(mine)
        first = next((key for key in self._inputs if key in mine), None)
        if first is not None:
            self._inputs[first].setFocus(Qt.FocusReason.OtherFocusReason)
        return tuple(p for p in problems if p.field not in self._inputs)

    def show_wrong(self, problems: Sequence[Problem]) -> None:
        """The same while somebody types: the focus stays where he is."""
        self._tell({p.field: p.text for p in reversed(problems) if p.field in self._inputs})

    def message(self, key: str) -> str:
        """What stands below an input now."""
        return self._messages[key].text()

    def _tell(self, problems: Mapping[str, str]) -> None:
        for key, label in self._messages.items():
            wrong = problems.get(key, "")
            label.setText(wrong or self._hints[key])
            restyle(label, tone="error" if wrong else "")
            restyle(self._inputs[key], tone="error" if wrong else "")
            self._inputs[key].setAccessibleDescription(wrong)
