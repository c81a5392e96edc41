"""The buttons below a case: one primary, named after what happens; the others; 更多."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from yekuo_desktop.domain.case import Delivery
from yekuo_desktop.domain.delivery import papers_under_way
from yekuo_desktop.domain.vocabulary import STAGES, STATES
from yekuo_desktop.office.desk import Session
from yekuo_desktop.ui.case.pages.facts import CaseFacts
from yekuo_desktop.ui.case.tasks.standing import Primary, primary, still_needed
from yekuo_desktop.ui.forms.elided import Elided
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import Button, allow, secondary
from yekuo_desktop.ui.widgets.buttons import primary as primary_button

NARROW = 560  # pixels at scale 1: below that two of the buttons stand in 更多
IN_MORE = ("case.noted", "case.changed")
MORE = (
    ("case.noted", "备注…"),
    ("case.changed", "更正登记内容…"),
    ("", ""),
    ("work_order.reassigned", "改派项目经理…"),
    ("one_time_notice", "出具一次性告知书…"),
    ("case.returned", "退回重办…"),
    ("case.transferred", "转其他供电所…"),
    ("papers.received", "接收移交资料…"),
    ("request.taken", "登记客户诉求…"),
    ("request.answered", "答复客户诉求…"),
    ("", ""),
    ("case.withdrawn", "撤回申请…"),
    ("case.terminated", "终止业务…"),
    ("case.reopened", "重新启用…"),
)
ELSEWHERE = "stage.opened"  # no act: the case is shown in the tab of its stage
PRIMARY = {
    "work_order.received": "签收工单",
    "work_order.dispatched": "打印工单并交接",
    "materials.recorded": "登记资料",
    "case.resumed": "恢复办理",
    "case.reopened": "重新启用",
}


class CaseBar(QWidget):
    """Says which act is wanted; greyed buttons say why not."""

    wanted = Signal(str)  # kind of the act

    def __init__(self, session: Session, stage: str) -> None:
        super().__init__()
        self._session, self._stage = session, stage
        self._kind = ""
        self.primary = primary_button("", self._primary, shortcut="F9")
        self.pause = secondary("暂停", self._pause)
        self.correct = secondary("更正", lambda: self.wanted.emit("case.changed"))
        self.note = secondary("备注", lambda: self.wanted.emit("case.noted"))
        self.more = Button("更多")
        self._menu = QMenu(self.more)
        self._menu.setToolTipsVisible(True)
        self._actions = {kind: self._add(kind, text) for kind, text in MORE}
        self.more.setMenu(self._menu)
        self._words = Elided()
        self._build()

    def show_facts(self, facts: CaseFacts, *, unsaved: bool = False) -> None:
        """Fit the buttons to a case; ``unsaved``: papers were ticked off and want recording."""
        why, case = facts.obstacles, facts.case
        self.pause.setVisible(case.state != "suspended")  # to go on is the one primary button then
        allow(self.pause, why["case.suspended"])
        allow(self.correct, why["case.changed"])
        allow(self.note, why["case.noted"])
        for kind, action in self._actions.items():
            reason = self._notice(facts) if kind == "one_time_notice" else why.get(kind, "")
            action.setEnabled(not reason)
            action.setToolTip(reason)
        self._show_primary(facts, unsaved)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, how the case stands goes before what is seldom wanted."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < px(NARROW)
        for button in (self.note, self.correct):
            button.setVisible(not narrow)
        for action in self._menu.actions()[: len(IN_MORE) + 1]:
            action.setVisible(narrow)

    def _show_primary(self, facts: CaseFacts, unsaved: bool) -> None:
        following = primary_act(facts, self._session, self._stage)
        if unsaved:
            following = _act(facts, "materials.recorded")
        self._kind = following.kind if following else ""
        self.primary.setVisible(following is not None)
        if following is not None:
            self.primary.setText(f"{following.label}  F9")
            self.primary.setShortcut("F9")
            allow(self.primary, following.obstacle)
        self._words.setText(standing(facts, self._stage))

    def _notice(self, facts: CaseFacts) -> str:
        if facts.case.standing("one_time_notice"):
            return "已出具过一次性告知书,需要时请在“单据”中补打"
        offered = any(form.id == "one_time_notice" for form in facts.forms)
        if not facts.missing:
            return "资料已齐"
        return facts.obstacles.get("paper.issued", "") if offered else "本环节不能出具"

    def _primary(self) -> None:
        if self._kind:
            self.wanted.emit(self._kind)

    def _pause(self) -> None:
        self.wanted.emit("case.suspended")

    def _add(self, kind: str, text: str) -> QAction:
        if not kind:
            return self._menu.addSeparator()
        action = self._menu.addAction(text)
        action.triggered.connect(lambda: self.wanted.emit(kind))
        return action

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(self._words, 1)
        for button in (self.note, self.correct, self.pause, self.more, self.primary):
            row.addWidget(button)


def primary_act(facts: CaseFacts, session: Session, stage: str) -> Primary | None:
    """What comes next for this case, and why this person cannot do it; None when nothing does. In the tab
    of another ``stage`` that is to follow the case to where it is."""
    case, kind = facts.case, _standing_still(facts) or _order(facts, session)
    if kind:
        return _act(facts, kind)
    if case.stage not in (stage, "acceptance") and case.state == "open":
        return Primary(ELSEWHERE, f"到“{STAGES[case.stage]}”继续办理")
    return primary(facts) or (_act(facts, "materials.recorded") if facts.missing else None)


def _standing_still(facts: CaseFacts) -> str:
    """What sets a case in motion again."""
    if facts.case.state == "suspended":
        return "case.resumed"
    return "case.reopened" if facts.case.state in ("withdrawn", "terminated") else ""


def _order(facts: CaseFacts, session: Session) -> str:
    """What the paper work order waits for."""
    delivery = facts.case.delivery
    if delivery is None or delivery.received is not None:
        return ""
    if session.person.id == delivery.project_manager:
        return "work_order.received"
    return "work_order.dispatched" if delivery.dispatched is None else ""


def _act(facts: CaseFacts, kind: str) -> Primary:
    return Primary(kind, PRIMARY[kind], facts.obstacles[kind])


def _on_its_way(order: Delivery, manager: str) -> str:
    if order.dispatched is None:
        return f"工单待交项目经理 {manager}"
    return f"工单由 {order.carrier} 递送({order.list_no}),等待 {manager} 签收"


def standing(facts: CaseFacts, stage: str) -> str:
    """Where the case stands, in a sentence."""
    case = facts.case
    if case.state != "open":
        return STATES.get(case.state, case.state)
    if papers_under_way(case):
        return f"资料正移交{facts.station},等待签收"
    delivery, manager = case.delivery, facts.name_of(case.project_manager)
    if delivery is not None and delivery.received is None:
        return _on_its_way(delivery, manager)
    if case.stage not in (stage, "acceptance"):
        return f"业务已到“{STAGES.get(case.stage, case.stage)}”环节"
    if case.stage != "acceptance":
        waiting = len(still_needed(facts))
        return f"本环节还差 {waiting} 项" if waiting else ""
    return f"工单已由 {manager} 签收" if delivery is not None else ""
