"""Text in one line, with its unit inside the field, and text in several lines."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit

from yekuo_desktop.domain.field import Field, Kind
from yekuo_desktop.ui.forms.cleaning import SPACELESS, cleaned
from yekuo_desktop.ui.forms.editor import Editor
from yekuo_desktop.ui.forms.rare import offer
from yekuo_desktop.ui.forms.tone import label
from yekuo_desktop.ui.icons import pixmap
from yekuo_desktop.ui.theme import px

DIGITS = frozenset({Kind.MOBILE, Kind.POSTCODE, Kind.BANK_ACCOUNT, Kind.COUNT})
WORDS = frozenset({Kind.NAME, Kind.TEXT})
INSIDE_MARGIN = 8
ARROW = 14


def replace_text(edit: QLineEdit, text: str) -> None:
    """Change the text so that Ctrl+Z brings the old one back."""
    if edit.text() == text:
        return
    edit.selectAll()
    edit.insert(text)


def put_inside(edit: QLineEdit, text: str) -> QLabel:
    """A quiet word at the right end inside the field: a unit."""
    word = label(text, "inside")
    _put(edit, word, QFontMetrics(edit.font()).horizontalAdvance(text))
    return word


def put_arrow_inside(edit: QLineEdit) -> None:
    """The sign of a list that opens, as the style sheet draws it elsewhere."""
    arrow = label("", "inside")
    arrow.setPixmap(pixmap("control-chevron-down", size=ARROW))
    _put(edit, arrow, px(ARROW))


def _put(edit: QLineEdit, word: QLabel, width: int) -> None:
    word.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    row = QHBoxLayout(edit)
    row.setContentsMargins(0, 0, INSIDE_MARGIN, 0)
    row.addStretch(1)
    row.addWidget(word)
    edit.setTextMargins(0, 0, width + INSIDE_MARGIN, 0)


class LineEditor(Editor):
    """One line of text of any kind that is typed: names, numbers, capacities with their unit."""

    def __init__(self, field: Field) -> None:
        self._edit = QLineEdit()
        super().__init__(self._edit, field.label)
        self._kind = field.kind
        self._edit.setPlaceholderText(field.hint)
        self._edit.setMaxLength(field.max_length + 20)  # a little too long is told, not cut off
        self._unit = put_inside(self._edit, field.unit) if field.unit else None
        if field.kind in DIGITS:
            self._edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        elif field.kind in SPACELESS:
            self._edit.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly)
        if field.kind in WORDS:
            offer(self._edit, button=field.kind is Kind.NAME)
        self._edit.textEdited.connect(lambda _text: self.changed.emit())
        self._edit.editingFinished.connect(self._leave)

    def value(self) -> str:
        return cleaned(self._kind, self._edit.text())

    def set_value(self, value: Any) -> None:
        text = "" if value is None else str(value)
        if text != self.value():
            self._edit.setText(text)
            self._edit.setCursorPosition(0)

    def set_unit(self, unit: str) -> None:
        """Another unit for the same field: high voltage is asked for in kVA."""
        if self._unit is not None:
            self._unit.setText(unit)

    def settle(self) -> None:
        replace_text(self._edit, self.value())

    def set_read_only(self, read_only: bool) -> None:
        self._edit.setReadOnly(read_only)

    def _leave(self) -> None:
        self.settle()
        self.left.emit()


class LongTextEditor(Editor):
    """Several lines. Enter goes to the next field, Shift+Enter begins a new line."""

    LINES = 2

    def __init__(self, field: Field) -> None:
        self._edit = QPlainTextEdit()
        super().__init__(self._edit, field.label)
        self._edit.setTabChangesFocus(True)
        self._edit.setPlaceholderText(field.hint)
        offer(self._edit)
        metrics = QFontMetrics(self._edit.font())
        self.setFixedHeight(metrics.lineSpacing() * self.LINES + px(20))
        self._silent = False
        self._edit.textChanged.connect(self._tell)

    def value(self) -> str:
        return self._edit.toPlainText().strip()

    def set_value(self, value: Any) -> None:
        text = "" if value is None else str(value)
        if text == self.value():
            return
        self._silent = True
        self._edit.setPlainText(text)
        self._silent = False

    def settle(self) -> None:
        self.left.emit()

    def set_read_only(self, read_only: bool) -> None:
        self._edit.setReadOnly(read_only)

    def _tell(self) -> None:
        if not self._silent:
            self.changed.emit()
