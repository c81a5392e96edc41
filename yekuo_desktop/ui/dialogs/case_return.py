"""退回重办: to which stage, what must be done anew, and why."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from yekuo_desktop.domain.field import Field, Kind
from yekuo_desktop.ui.dialogs.case_reason import ReasonDialog
from yekuo_desktop.ui.forms.choice import ChoiceEditor
from yekuo_desktop.ui.forms.choices import make_choices
from yekuo_desktop.ui.forms.line import LineEditor
from yekuo_desktop.ui.forms.tone import label
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.scrolling import scrolling

CONSEQUENCE = (
    "选中的记录和以它们为据的后续记录划去并注明原因,须重新办理;随之出具的单据作废。记录和时间都保留,不会删除。"
    "时限照原来的起点接着算;客户书面要求重办的,自登记起重新计算。"
)
REQUEST = Field(key="request", label="客户书面申请", hint="附件名称,或书面申请的编号;不是客户要求的不填")
LEAST = 120  # pixels at scale 1 of the tasks, before they scroll
USUAL = ("客户变更方案", "登记有误", "审查发现问题")


class Station(NamedTuple):
    """A stage one may go back to, with the tasks recorded there: kind and label."""

    stage: str
    label: str
    tasks: tuple[tuple[str, str], ...]


class ReturnDialog(ReasonDialog):
    """The answer: (stage, kinds of tasks, reason, the customer's request)."""

    CHARACTERS = 36

    def __init__(self, parent: QWidget, stages: Sequence[Station], here: str) -> None:
        to = ChoiceEditor(
            Field(key="to", label="退回到", kind=Kind.CODE), make_choices((s.stage, s.label) for s in stages)
        )
        anew, boxes, heads = _anew(stages)
        above = (("退回到", to), ("需要重新办理的事项", anew))
        super().__init__(parent, "退回重办", CONSEQUENCE, "退回重办", usual=USUAL, above=above)
        self._stages, self.to = tuple(stages), to
        self.request = LineEditor(REQUEST)
        self.row("客户书面申请(客户要求重办的填写)", self.request)
        self.boxes, self._heads = boxes, heads
        self.to.set_value(here if here in self._ids() else self._stages[-1].stage if self._stages else "")
        self.to.changed.connect(self._show)
        self.to.left.connect(self._show)
        self._show()

    def answer(self) -> object:
        return self.to.value(), self._chosen(), self.reason.value(), self.request.value()

    def problem(self) -> str:
        if not self._stages:
            return "还没有可以重办的记录"
        if self.to.value() not in self._ids():
            return "请选择要退回的环节"
        if not self._chosen():
            return "请选择需要重新办理的事项"
        return super().problem()

    def _ids(self) -> tuple[str, ...]:
        return tuple(station.stage for station in self._stages)

    def _offered(self) -> tuple[Station, ...]:
        """From the chosen stage on."""
        ids = self._ids()
        return self._stages[ids.index(self.to.value()) :] if self.to.value() in ids else ()

    def _chosen(self) -> tuple[str, ...]:
        kinds = [kind for station in self._offered() for kind, _words in station.tasks]
        return tuple(kind for kind in kinds if self.boxes[kind].isChecked())

    def _show(self) -> None:
        offered = self._offered()
        for station in self._stages:
            self._heads[station.stage].setVisible(station in offered)
            for kind, _words in station.tasks:
                self.boxes[kind].setVisible(station in offered)


def _anew(stages: Sequence[Station]) -> tuple[QWidget, dict[str, QCheckBox], dict[str, QLabel]]:
    """The tasks of each stage to tick off; by kind, and the names of the stages above them."""
    inside, boxes, heads = QWidget(), {}, {}
    box = QVBoxLayout(inside)
    box.setContentsMargins(0, 0, px(8), 0)
    box.setSpacing(px(2))
    for station in stages:
        heads[station.stage] = label(station.label, "block")
        box.addWidget(heads[station.stage])
        for kind, words in station.tasks:
            boxes[kind] = QCheckBox(words)
            box.addWidget(boxes[kind])
    area = scrolling(inside)
    area.setMinimumHeight(px(LEAST))
    return area, boxes, heads
