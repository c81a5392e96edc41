"""一次性告知书: everything that is missing, shown before it is said once, in writing."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from yekuo_desktop.ui.dialogs.case_dialog import CaseDialog
from yekuo_desktop.ui.forms.editor import Editor
from yekuo_desktop.ui.forms.tone import label


class NoticeDialog(CaseDialog):
    """The list as the customer will get it; confirming issues the sheet."""

    CONSEQUENCE = "缺少的资料只能一次性书面告知。请核对清单是否完整,出具后不能再次要求补件。"

    def __init__(self, parent: QWidget, missing: Sequence[str]) -> None:
        super().__init__(parent, "出具一次性告知书", self.CONSEQUENCE, "出具并打印")
        self._missing = tuple(missing)
        for at, name in enumerate(missing, start=1):
            self.body.addWidget(label(f"{at}. {name}", "value", wrap=True))

    def answer(self) -> object:
        return self._missing


class LineDialog(CaseDialog):
    """One line of text, e.g. who carries the work orders."""

    def __init__(self, parent: QWidget, texts: tuple[str, str, str], name: str, input_: Editor) -> None:
        super().__init__(parent, *texts)
        self._name, self._input = name, input_
        self.row(f"{name} *", input_)

    def first(self) -> QWidget:
        return self._input.input

    def answer(self) -> object:
        return self._input.value()

    def problem(self) -> str:
        return "" if self.answer() else f"请填写{self._name}"
