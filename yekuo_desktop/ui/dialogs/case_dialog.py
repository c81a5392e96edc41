"""The frame of every dialog about a case: what it will do, the input, one named button.

It stays open until the act has succeeded, so that a refusal loses nothing that was typed.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from yekuo_desktop.ui.forms.tone import ERROR, label, set_tone
from yekuo_desktop.ui.widgets.buttons import Button


class CaseDialog(QDialog):
    """``answered`` carries what was typed; the owner does the act and then calls ``finish`` or ``refuse``."""

    answered = Signal(object)
    CHARACTERS = 30  # its least width

    def __init__(self, parent: QWidget, title: str, consequence: str, confirm: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("国") * self.CHARACTERS)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.confirm = QPushButton(confirm)
        self._problem = label("", "message", wrap=True)
        self._problem.hide()
        self._build(title, consequence)

    def answer(self) -> object:
        """What was typed."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        """Tall enough for its words as they wrap, and the keyboard where the answer begins."""
        super().showEvent(event)
        box = self.layout()
        if box is not None:
            self.resize(self.width(), max(self.height(), box.heightForWidth(self.width())))
        self.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def first(self) -> QWidget:
        """What is answered first."""
        return self.confirm

    def problem(self) -> str:
        """Why it cannot be confirmed yet, "" when it can."""
        return ""

    def finish(self) -> None:
        """The act has been done."""
        self.accept()

    def refuse(self, text: str) -> None:
        """The act was refused: say why and let it be tried again."""
        self.confirm.setEnabled(True)
        self._problem.setText(text)
        self._problem.show()
        set_tone(self._problem, ERROR)

    def _confirmed(self) -> None:
        problem = self.problem()
        if problem:
            self.refuse(problem)
            return
        self.confirm.setEnabled(False)
        self.answered.emit(self.answer())

    def _build(self, title: str, consequence: str) -> None:
        box, buttons = QVBoxLayout(self), QHBoxLayout()
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        heading = label(title, "title")
        box.addWidget(heading)
        if consequence:
            box.addWidget(label(consequence, "quiet", wrap=True))
        box.addLayout(self.body)
        box.addWidget(self._problem)
        cancel = Button("取消")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.confirm.setProperty("role", "primary")
        self.confirm.setDefault(True)
        self.confirm.clicked.connect(self._confirmed)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.confirm)
        box.addLayout(buttons)

    def row(self, name: str, widget: QWidget) -> None:
        """A labelled input."""
        caption: QLabel = label(name, "caption")
        caption.setBuddy(widget)
        self.body.addWidget(caption)
        self.body.addWidget(widget)
