"""The way from a field to a rare character and back to the cursor."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.icons import icon
from yekuo_desktop.ui.theme import colours

with later():
    from yekuo_desktop.ui.forms import rare_picker

KEYS = "Ctrl+M"
WORDS = f"生僻字…  {KEYS}"


def offer(edit: QLineEdit | QPlainTextEdit, *, button: bool = False) -> QAction:
    """``Ctrl+M`` in this field opens the picker; ``button``: so does a small sign at its right end."""
    action = QAction(WORDS, edit)
    action.setShortcut(QKeySequence(KEYS))
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.triggered.connect(lambda: _open(edit))
    if button and isinstance(edit, QLineEdit):
        action.setIcon(icon("character", colours().quiet))
        edit.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
    else:
        edit.addAction(action)
    return action


def _open(edit: QLineEdit | QPlainTextEdit) -> None:
    if edit.isReadOnly():
        return
    dialog = rare_picker.RareCharacters(edit.window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.chosen.connect(lambda sign: _put(edit, sign))
    dialog.open()


def _put(edit: QLineEdit | QPlainTextEdit, sign: str) -> None:
    if isinstance(edit, QLineEdit):
        edit.insert(sign)
        edit.textEdited.emit(edit.text())  # as if it had been typed: drafts are kept
    else:
        edit.insertPlainText(sign)
    edit.setFocus()
