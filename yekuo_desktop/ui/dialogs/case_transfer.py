"""转其他供电所: which station goes on with the case, who becomes its project manager, and why."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from yekuo_desktop.domain.field import Field, Kind
from yekuo_desktop.ui.dialogs.case_reason import ChoiceReasonDialog
from yekuo_desktop.ui.forms.choice import ChoiceEditor
from yekuo_desktop.ui.forms.choices import Choice

TEXTS = (
    "转其他供电所",
    "业务转到另一个供电所继续办理,时限照常计算;本所的记录和单据都保留。",
    "转出",
)


class TransferDialog(ChoiceReasonDialog):
    """The answer: (station, reason, project manager or "")."""

    def __init__(self, parent: QWidget, stations: Sequence[Choice], managers: Sequence[Choice]) -> None:
        super().__init__(parent, TEXTS, "接收的供电所", stations)
        field = Field(key="manager", label="项目经理", kind=Kind.CODE, hint="不改就空着")
        self.manager = ChoiceEditor(field, managers)
        self._managers = {choice.id for choice in managers}
        self.row("由哪位项目经理继续办理", self.manager)

    def answer(self) -> object:
        return self.choice.value(), self.reason.value(), self.manager.value()

    def problem(self) -> str:
        if not self._ids:
            return "没有别的供电所,请系统管理员先登记供电所"
        if self.manager.value() and self.manager.value() not in self._managers:
            return "请选择项目经理"
        return super().problem()
