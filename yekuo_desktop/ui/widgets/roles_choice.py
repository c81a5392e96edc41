"""Choosing roles from a menu: one button that says which are chosen."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from yekuo_desktop.domain.people import ROLE_LABELS, Role, role_words


class RolesChoice(QPushButton):
    """``changed`` when a role was taken or left; nothing chosen shows the words for that."""

    changed = Signal()

    def __init__(self, name: str, nothing: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._nothing = name, nothing
        self.setAutoDefault(False)
        menu = QMenu(self)
        self._actions: dict[Role, QAction] = {}
        for role, words in ROLE_LABELS.items():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.toggled.connect(lambda _on: self._toggled())
            self._actions[role] = action
        self.setMenu(menu)
        self._tell()

    def chosen(self) -> tuple[Role, ...]:
        """The chosen roles, in the order of the roles."""
        return tuple(role for role, action in self._actions.items() if action.isChecked())

    def choose(self, roles: Iterable[Role], nothing: str = "") -> None:
        """Show these roles; ``nothing``: the words where none is chosen."""
        wanted, self._nothing = set(roles), nothing or self._nothing
        for role, action in self._actions.items():
            action.blockSignals(True)
            action.setChecked(role in wanted)
            action.blockSignals(False)
        self._tell()

    def _toggled(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        words = role_words(frozenset(self.chosen())) or self._nothing
        self.setText(words)
        self.setAccessibleName(f"{self._name}:{words}")
