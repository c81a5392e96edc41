"""The head of a case: who, what, where; its nearest deadline and why; where it stands on its way."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from yekuo_desktop.domain.deadlines.lights import Light
from yekuo_desktop.domain.display import address
from yekuo_desktop.domain.vocabulary import STAGES, STATES, business_title
from yekuo_desktop.office.history import LimitView
from yekuo_desktop.ui.case.pages.facts import CaseFacts
from yekuo_desktop.ui.case.pages.limits import open_why
from yekuo_desktop.ui.forms.elided import Elided
from yekuo_desktop.ui.forms.tone import label
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import Button
from yekuo_desktop.ui.widgets.lights import MARKS, LightLabel, Mark
from yekuo_desktop.ui.widgets.stepper import Stepper, steps


class CaseHeader(QFrame):
    """A card: name, summary, number; the deadline line; the stepper."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._name, self._summary = Elided("name", own=True), Elided()
        self._number, self._short = label("", "number"), Elided("number", right=True, end=True)
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._chip = LightLabel()
        self._why = Button("为什么是这一天?")
        self._why.setProperty("role", "link")
        self._why.clicked.connect(self._open)
        self._manager = Elided(right=True)
        self._steps = Stepper()
        self._view: LimitView | None = None
        self._state, self._slim = "", False
        self._build()

    def show_facts(self, facts: CaseFacts) -> None:
        """Show the head of a case."""
        case = facts.case
        self._name.setText(str(case.values.get("customer_name", "")))
        self._summary.setText(summary(facts))
        for part in (self._number, self._short):
            part.setText(case.number or "未正式受理")
        self._view, self._state = nearest(facts.limits), case.state
        self._tell_deadline()
        manager = facts.name_of(case.project_manager)
        self._manager.setText(f"项目经理 {manager}" if manager else "")
        here = "" if case.state == "archived" else case.stage
        self._steps.set_steps(steps(here, tuple(STAGES), facts.skipped))

    def set_room(self, *, steps: bool, slim: bool) -> None:
        """Without ``steps`` there is more room below; ``slim`` leaves one line: who, the deadline without
        its name, the number."""
        self._slim = slim
        self._steps.setVisible(steps and not slim)
        (self._first if slim else self._second).insertWidget(1 if slim else 0, self._chip)
        for part in (self._manager, self._number, self._summary):
            part.setVisible(not slim)
        self._short.setVisible(slim)
        self._tell_deadline()
        edge = px(6) if slim else px(12)
        self._box.setContentsMargins(px(16), edge, px(16), px(6) if slim else px(10))

    def _tell_deadline(self) -> None:
        view, state = self._view, self._state
        self._why.setVisible(view is not None and not self._slim)
        if view is None or state in ("withdrawn", "terminated", "registered"):
            self._chip.show_due(Light.GREY, STATES.get(state, state), MARKS.get(state, Mark.LIGHT))
            return
        words = deadline_words(view)
        self._chip.show_due(view.light, words if self._slim else f"{view.running.label} · {words}")
        self._chip.setToolTip(f"{view.running.label} · {words}")

    def _open(self) -> None:
        if self._view is not None:
            open_why(self, self._view)

    def _build(self) -> None:
        self._box, self._first, self._second = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        box, first, second = self._box, self._first, self._second
        box.setSpacing(px(8))
        first.setSpacing(px(10))
        first.addWidget(self._name)
        first.addWidget(self._summary, 1)
        first.addWidget(self._number)
        first.addWidget(self._short, 1)
        second.setSpacing(px(10))
        second.addWidget(self._chip)
        second.addWidget(self._why)
        second.addWidget(self._manager, 1)
        box.addLayout(first)
        box.addLayout(second)
        box.addWidget(self._steps)
        self.set_room(steps=True, slim=False)


def nearest(limits: tuple[LimitView, ...]) -> LimitView | None:
    """The running limit that ends first; a paused one when nothing runs."""
    open_ = [view for view in limits if view.running.stopped is None]
    dated = [view for view in open_ if view.running.due is not None]
    if dated:
        return min(dated, key=lambda view: view.running.due.timestamp() if view.running.due else 0.0)
    return open_[0] if open_ else None


def deadline_words(view: LimitView) -> str:
    """What is left and the day it ends, with its year where it began in another one."""
    due = view.running.due
    if due is None or f"{due:%H:%M}" in view.remaining:
        return f"{view.remaining} 前" if due else view.remaining
    same = due.year == view.running.start.year
    return f"{view.remaining}({due:%m-%d %H:%M})" if same else f"{view.remaining}({due:%Y-%m-%d})"


def summary(facts: CaseFacts) -> str:
    """Class and business · capacity · address."""
    values = facts.case.values
    batch = facts.case.business == "batch"
    high = facts.case.klass.startswith("hv")
    capacity = values.get("batch_capacity" if batch else "capacity", "")
    parts = [business_title(facts.case.klass, facts.case.business)]
    parts += [f"{capacity} {'kVA' if high else 'kW'}"] if capacity else []
    parts.append(address(values))
    return " · ".join(part for part in parts if part)
