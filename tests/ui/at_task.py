"""A person before a case at a later stage: opens tasks, types, records, reads; with real keys."""

from random import Random
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from tests.ui.conftest import AtWindow
from yekuo_desktop.domain import path
from yekuo_desktop.domain.case import Case, Material
from yekuo_desktop.domain.office_acts import SettingChanged
from yekuo_desktop.office import accepting, handover
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.ports import Draft
from yekuo_desktop.office.practice.applications import credit_code
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.office.setting_up import save
from yekuo_desktop.ui.case.case_view import CaseView
from yekuo_desktop.ui.case.frame import StageTab
from yekuo_desktop.ui.case.tasks.line import TaskLine
from yekuo_desktop.ui.case.tasks.task_form import TaskForm
from yekuo_desktop.ui.forms.form import Form

HOSPITAL = {
    "klass": "hv_single",
    "business": "new",
    "channel": "counter",
    "customer_name": "河口镇卫生院",
    "identity_kind": "business_licence",
    "identity_number": credit_code(Random(3)),
    "legal_person": "何敏",
    "mobile": "13803710001",
    "category": "402",
    "industry": "13",
    "capacity": "315",
    "address_county": "示例县",
    "address_town": "河口镇",
    "address_village": "柳湾村",
    "address_group": "三组",
    "address_door": "1号",
    "equipment": [{"name": "电动机", "model": "Y2-160", "quantity": "2", "total_capacity": "315"}],
}


def delivered(desk: Desk, clock: Any, rules_of: str = "seed") -> Case:
    """A high-voltage case under a rule set, at the design review; its manager signed for the order."""
    with desk.store.unit() as unit:
        save(desk, unit, "office", "office.changed", SettingChanged("rules", "", rules_of))
    clerk = sit_down(desk, "wangli")
    rules = accepting.materials_for(desk, HOSPITAL)
    seen = {rule.id: Material(original_seen=True, copies=1) for rule in rules if rule.required}
    case = accepting.accept(desk, clerk, HOSPITAL, seen, "liming").case
    assert case.delivery is not None
    handover.hand_over_only(desk, clerk, (case.id,), "赵军")
    clock.advance(hours=1)
    handover.sign(desk, sit_down(desk, "liming"), case.delivery.sheet_no, "program")
    clock.advance(minutes=30)
    return put(desk, case.id, "design")


def put(desk: Desk, case_id: str, stage: str) -> Case:
    """Into a stage, whatever was done before: what a test is about begins there."""
    with desk.store.unit() as unit:
        before, now = unit.case(case_id), desk.clock()
        assert before is not None
        unit.append(
            Draft(
                act=desk.ids(),
                subject=f"case:{case_id}",
                kind="case.moved",
                actor="liming",
                stated=now,
                recorded=now,
                payload=path.Move(before.stage, stage),
            ),
            before,
        )
    found = desk.store.case(case_id)
    assert found is not None
    return found


class AtTask:
    """The window with a case in front."""

    def __init__(self, person: AtWindow, desk: Desk, case_id: str) -> None:
        self.person, self.desk, self.id = person, desk, case_id
        person.window.finder.open_case(case_id)
        self.settle()

    @property
    def tab(self) -> StageTab:
        """The tab in front."""
        tab = self.person.window.deck.tab(self.person.window.deck.shown)
        assert isinstance(tab, StageTab)
        return tab

    @property
    def view(self) -> CaseView:
        """The case in it."""
        return self.tab.case_view

    @property
    def case(self) -> Case:
        """The case as it lies in the store."""
        found = self.desk.store.case(self.id)
        assert found is not None
        return found

    @property
    def form(self) -> TaskForm:
        """The form of a task that is open."""
        form = self.view.tasks.form
        assert form is not None
        return form

    @property
    def fields(self) -> Form:
        """Its fields."""
        return self.form.page.form

    def settle(self) -> None:
        """Until typing was looked at and everything asked for has come back."""
        self.person.settle()
        form = self.view.tasks.form
        if form is not None:
            timers = (form._later, form.drafts._timer)
            self.person.until(lambda: not any(timer.isActive() for timer in timers))
            self.person.settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        window = self.person.window
        window.activateWindow()
        self.person.until(window.isActiveWindow)
        self.person.bot.keyClick(window.focusWidget() or window, key, modifier)
        self.settle()

    def line(self, kind: str) -> TaskLine:
        """The line of a task."""
        return self.view.tasks.list.line(kind)

    def open(self, kind: str) -> None:
        """Go to the line of a task and press Enter."""
        self.line(kind).setFocus()
        self.press(Qt.Key.Key_Return)

    def enter(self, key: str, text: str) -> None:
        """Replace the text of a field, as an input method does for Chinese, and press Enter."""
        assert self.fields.focus(key)
        edit: Any = self.fields.editor(key).input
        edit.selectAll()
        if text.isascii():
            self.person.bot.keyClicks(edit, text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(edit, event)
        self.person.bot.keyClick(edit, Qt.Key.Key_Return)

    def answer(self, key: str, yes: bool) -> None:
        """Answer a question with its key."""
        assert self.fields.focus(key)
        self.person.bot.keyClick(self.fields.editor(key).input, Qt.Key.Key_Y if yes else Qt.Key.Key_N)

    def record(self) -> None:
        """F9."""
        self.settle()
        self.person.press(Qt.Key.Key_F9)
        self.settle()

    def message(self, key: str) -> str:
        """What stands below a field."""
        return self.fields.message(key)

    def shown(self, inside: QWidget | None = None) -> str:
        """Every text that is shown, once what was just made is laid out."""
        QApplication.processEvents()
        labels: Any = (inside or self.view).findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())

    def dialog(self, kind: type[QDialog]) -> Any:
        """The dialog of an act."""
        self.settle()
        (found,) = [w for w in self.view.findChildren(kind) if w.isVisible()]
        return found


def choose_unit(at: AtTask) -> None:
    """Everything the first task of the design review asks for."""
    at.enter("designer_name", "中原电力设计院")
    at.enter("designer_grade", "乙级")
    at.enter("designer_certificate", "A141004101")
    at.enter("designer_valid_until", "20281231")
    at.answer("designer_own_choice", yes=True)
