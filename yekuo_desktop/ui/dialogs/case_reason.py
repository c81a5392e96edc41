"""Acts that need their reason: withdraw, terminate, reopen, resume, reprint, overdue, a note."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from yekuo_desktop.domain.field import Field, Kind
from yekuo_desktop.ui.dialogs.case_dialog import CaseDialog
from yekuo_desktop.ui.forms.choice import ChoiceEditor
from yekuo_desktop.ui.forms.choices import Choice
from yekuo_desktop.ui.forms.line import LineEditor, LongTextEditor
from yekuo_desktop.ui.widgets.buttons import Button


class ReasonDialog(CaseDialog):
    """Title, consequence in words, usual reasons one click away, and the reason itself."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        consequence: str,
        confirm: str,
        *,
        name: str = "原因",
        usual: Sequence[str] = (),
        above: Sequence[tuple[str, QWidget]] = (),
    ) -> None:
        """``above``: what is answered before the reason, each with its name; made first, as the keyboard
        goes in the order in which things are made."""
        super().__init__(parent, title, consequence, confirm)
        self._name, self._first = name, above[0][1] if above else None
        for words, widget in above:
            self.row(f"{words} *", widget)
        self.reason = LongTextEditor(Field(key="reason", label=name, kind=Kind.LONG_TEXT))
        if usual:
            self.body.addLayout(self._suggestions(usual))
        self.row(f"{name} *", self.reason)

    def first(self) -> QWidget:
        return self._first or self.reason

    def answer(self) -> object:
        return self.reason.value()

    def problem(self) -> str:
        return "" if self.reason.value() else f"请写明{self._name}"

    def _suggestions(self, usual: Sequence[str]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        for text in usual:
            button = Button(text)
            button.setProperty("role", "small")
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, words=text: self._use(words))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _use(self, words: str) -> None:
        self.reason.set_value(words)
        self.reason.setFocus()


class ChoiceReasonDialog(ReasonDialog):
    """A choice and its reason: the kind of a suspension, another project manager."""

    def __init__(
        self,
        parent: QWidget,
        texts: tuple[str, str, str],
        what: str,
        choices: Sequence[Choice],
        *,
        name: str = "原因",
    ) -> None:
        """``texts``: title, consequence, confirm; ``what`` is chosen, ``name`` is written."""
        choice = ChoiceEditor(Field(key="choice", label=what, kind=Kind.CODE), choices)
        super().__init__(parent, *texts, name=name, above=((what, choice),))
        self._what, self.choice = what, choice
        if len(choices) > 0:
            self.choice.set_value(choices[0].id)
        self._ids = {choice.id for choice in choices}
        self.choice.entered.connect(self.reason.setFocus)

    def answer(self) -> object:
        return self.choice.value(), self.reason.value()

    def problem(self) -> str:
        if self.choice.value() not in self._ids:
            return f"请选择{self._what}"
        return super().problem()


class SuspensionDialog(ChoiceReasonDialog):
    """The kind of a pause, its reason, and what proves it: a file of the case or the number of a document."""

    EVIDENCE = Field(key="evidence", label="证明材料", hint="附件名称,或书面申请、批文的编号")

    def __init__(self, parent: QWidget, texts: tuple[str, str, str], choices: Sequence[Choice]) -> None:
        super().__init__(parent, texts, "暂停原因类别", choices)
        self.evidence = LineEditor(self.EVIDENCE)
        self.row("证明材料(不计入时限的必须有)", self.evidence)

    def answer(self) -> object:
        return self.choice.value(), self.reason.value(), self.evidence.value()
