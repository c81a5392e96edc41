"""Acts that need their reason: withdraw, terminate, reopen, resume, reprint, overdue, a note."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from yekuo_desktop.domain.field import Field, Kind
from yekuo_desktop.ui.dialogs.case_dialog import CaseDialog
from yekuo_desktop.ui.forms.choice import ChoiceEditor
from yekuo_desktop.ui.forms.choices import Choice
from yekuo_desktop.ui.forms.line import LineEditor, LongTextEditor


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
    ) -> None:
        super().__init__(parent, title, consequence, confirm)
        self._name = name
        self.reason = LongTextEditor(Field(key="reason", label=name, kind=Kind.LONG_TEXT))
        if usual:
            self.body.addLayout(self._suggestions(usual))
        self.row(f"{name} *", self.reason)
        self.reason.setFocus()

    def answer(self) -> object:
        return self.reason.value()

    def problem(self) -> str:
        return "" if self.reason.value() else f"请写明{self._name}"

    def _suggestions(self, usual: Sequence[str]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        for text in usual:
            button = QPushButton(text)
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
        self, parent: QWidget, texts: tuple[str, str, str], name: str, choices: Sequence[Choice]
    ) -> None:
        """``texts``: title, consequence, confirm."""
        super().__init__(parent, *texts)
        self._what = name
        self.choice = ChoiceEditor(Field(key="choice", label=name, kind=Kind.CODE), choices)
        if len(choices) > 0:
            self.choice.set_value(choices[0].id)
        self._ids = {choice.id for choice in choices}
        self.body.insertWidget(0, self.choice)
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
