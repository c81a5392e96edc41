"""One field on the form: its label, its editor and, below it, what is wrong or worth knowing."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from yekuo_desktop.domain.field import Field, Kind
from yekuo_desktop.ui.forms.editor import Editor
from yekuo_desktop.ui.forms.flag import FlagEditor
from yekuo_desktop.ui.forms.tone import ERROR, HINT, PLAIN, WARNING, label, set_tone
from yekuo_desktop.ui.theme import colours, px

WIDE = frozenset({Kind.LONG_TEXT, Kind.ROWS})


class Slot:
    """The label and the cell of one field; the form places both in its grid."""

    def __init__(self, field: Field, editor: Editor, parent: QWidget) -> None:
        self.field, self.editor = field, editor
        self.touched = False
        self.wrong = False
        self.label = _label(field, editor)
        self.offer = label("", "message", wrap=True)
        self.cell, self.message = _cell(editor, self.offer)
        for part in (self.label, self.cell):  # without a parent, showing would make a window
            part.hide()
            part.setParent(parent)

    @property
    def wide(self) -> bool:
        """Whether it takes the whole width."""
        return self.field.kind in WIDE

    @property
    def below(self) -> bool:
        """Whether its editor stands below its label."""
        return self.field.kind is Kind.ROWS

    def fit_label(self, widest: int) -> None:
        """As wide as its words, up to a width at which they go on in the next line."""
        if self.below:
            return
        words = self.label.fontMetrics().horizontalAdvance(f"{self.field.label} *")
        self.label.setFixedWidth(min(words + px(2), widest))

    def mark_required(self, required: bool) -> None:
        """A star after the label where the form demands the field."""
        star = f' <span style="color:{colours().red}">*</span>' if required else ""
        self.label.setText(f"{self.field.label}{star}")

    def tell(self, text: str, tone: str) -> None:
        """Show an error, a warning or a hint below the editor; nothing for an empty text."""
        self.wrong = bool(text) and tone == ERROR
        self.message.setText(text)
        self.message.setVisible(bool(text))
        set_tone(self.message, tone if text else PLAIN)
        self.editor.show_tone(tone if text and tone in (ERROR, WARNING) else PLAIN)
        self.editor.input.setAccessibleDescription(text if tone != HINT else "")

    def tell_offer(self, words: str) -> None:
        """A proposal that differs from what stands here, with the link that takes it; "" for none."""
        shown = f"{escape(words)}　<a href='take' style='color:{colours().accent}'>采\u2060用\u00a0F8</a>"
        self.offer.setText(shown if words else "")
        self.offer.setVisible(bool(words))
        if words:
            self.editor.input.setAccessibleDescription(f"{words},按 F8 采用")

    def show(self, visible: bool) -> None:
        """Show or hide label and cell together."""
        self.label.setVisible(visible)
        self.cell.setVisible(visible)


def _label(field: Field, editor: Editor) -> QLabel:
    made = label(field.label, "field", wrap=field.kind is not Kind.ROWS)
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    made.setBuddy(editor.input)
    margin = px(4) if isinstance(editor, FlagEditor) else px(7)
    made.setContentsMargins(0, margin, 0, 0)
    return made


def _cell(editor: Editor, offer: QLabel) -> tuple[QWidget, QLabel]:
    cell, message = QWidget(), label("", "message", wrap=True)
    box = QVBoxLayout(cell)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(2)
    box.addWidget(editor)
    box.addWidget(message)
    box.addWidget(offer)
    box.addStretch(1)
    message.hide()
    offer.hide()
    offer.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
    return cell, message
