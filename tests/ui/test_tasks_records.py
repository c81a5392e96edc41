"""What was recorded: read, corrected, made anew; and the way of a case: on, back, to another station."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QPushButton

from tests.ui.at_task import AtTask, delivered, put
from tests.ui.conftest import AtWindow
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.delivery import Transfer, papers_under_way
from yekuo_desktop.domain.office_acts import StationSaved
from yekuo_desktop.domain.organisation import Station
from yekuo_desktop.domain.service_requests import open_steps
from yekuo_desktop.office import tasks
from yekuo_desktop.office.desk import Desk, act
from yekuo_desktop.office.practice import design as practice_design
from yekuo_desktop.office.practice.way import perform, sit_down
from yekuo_desktop.office.setting_up import save
from yekuo_desktop.ui.dialogs.case_correction import CorrectionDialog
from yekuo_desktop.ui.dialogs.case_reason import ChoiceReasonDialog, ReasonDialog
from yekuo_desktop.ui.dialogs.case_return import ReturnDialog
from yekuo_desktop.ui.dialogs.case_transfer import TransferDialog

Sit = Callable[[str], AtWindow]


@pytest.fixture
def case(desk: Desk, clock: Any) -> Case:
    """At the design review, the unit chosen and the papers received."""
    made = delivered(desk, clock)
    return review(desk, made, clock, 2)


def review(desk: Desk, case: Case, clock: Any, count: int) -> Case:
    """The first tasks of the review, done by the people of the practice county."""
    for answer in practice_design.answers(case.klass, clock().date())[:count]:
        clock.advance(minutes=20)
        perform(desk, case.id, answer)
    found = desk.store.case(case.id)
    assert found is not None
    return found


@pytest.fixture
def manager(sit: Sit, desk: Desk, case: Case) -> AtTask:
    return AtTask(sit("liming"), desk, case.id)


def read(at: AtTask, kind: str) -> str:
    """Show the records of a task with the right arrow; what is shown."""
    at.line(kind).setFocus()
    at.press(Qt.Key.Key_Right)
    return at.shown(at.view.tasks.records)


def button(at: AtTask, words: str) -> QPushButton:
    """The first button of that name among the records."""
    found: Any = at.view.tasks.records.findChildren(QPushButton)
    return next(b for b in found if b.text() == words and b.isVisible())


def reason(at: AtTask, dialog: Any, words: str) -> None:
    """Type a reason and press the button."""
    at.person.bot.keyClicks(dialog.reason.input, words)
    dialog.confirm.click()
    at.settle()


def test_a_record_is_read_in_the_grouping_of_its_form(manager: AtTask) -> None:
    shown = read(manager, "design.received")
    assert "送审资料\n" in shown
    assert "李明" in shown
    assert "4 份" in shown
    assert "资料名称" in shown  # the table with its headings
    assert "设计单位资质等级证书复印件" in shown
    manager.press(Qt.Key.Key_Escape)
    assert manager.line("design.received").hasFocus()


def test_a_correction_keeps_old_and_new_value_and_the_reason(manager: AtTask) -> None:
    read(manager, "design.received")
    button(manager, "更正").click()
    dialog = manager.dialog(CorrectionDialog)
    dialog.add("design_sent_by")
    edit: Any = dialog._editors["design_sent_by"].input
    edit.selectAll()
    manager.person.bot.keyClicks(edit, "Han Mei")
    dialog.confirm.click()
    assert dialog._problem.text() == "请写明更正原因"
    reason(manager, dialog, "misheard")
    record = manager.case.records[-1]
    assert (record.values["design_sent_by"], record.corrections) == ("Han Mei", 1)
    shown = manager.shown(manager.view.tasks.records)
    assert "报送人:韩雪 → Han Mei。原因:misheard" in shown
    facts = manager.view.facts()
    assert facts is not None
    assert facts.history[-1].changes == (("报送人", "韩雪", "Han Mei"),)


def test_a_scan_that_was_forgotten_is_brought_in_the_correction(manager: AtTask) -> None:
    read(manager, "designer.chosen")
    button(manager, "更正").click()
    dialog = manager.dialog(CorrectionDialog)
    dialog.add("designer_copy")
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.green)
    QGuiApplication.clipboard().setImage(image)
    edit = dialog._editors["designer_copy"].input
    manager.person.bot.keyClick(edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    manager.settle()
    file = manager.case.attachments[-1]
    assert dialog._editors["designer_copy"].value() == file.id
    reason(manager, dialog, "clearer copy")
    chosen = next(r for r in manager.case.records if r.kind == "designer.chosen")
    assert chosen.values["designer_copy"] == file.id


def test_a_corrected_table_says_which_cell_changed(manager: AtTask, desk: Desk) -> None:
    record = manager.case.records[-1]
    before = record.values["design_papers"]
    after = [{**before[0], "copies": "3"}, *before[1:]]
    tasks.correct(
        desk,
        sit_down(desk, "liming"),
        manager.id,
        record.id,
        {"design_papers": (before, after)},
        "counted again",
    )
    manager.person.window.refresh()
    manager.settle()
    assert "送审资料清单 第 1 行 份数:4 → 3" in read(manager, "design.received")


def test_somebody_elses_record_is_not_corrected_and_says_who_may(sit: Sit, desk: Desk, case: Case) -> None:
    at = AtTask(sit("heping"), desk, case.id)
    read(at, "design.received")
    assert not button(at, "更正").isEnabled()
    assert button(at, "更正").toolTip() == "由登记人李明或班长更正"


def test_what_a_written_opinion_rests_on_is_locked(sit: Sit, desk: Desk, case: Case, clock: Any) -> None:
    for answer in practice_design.answers(case.klass, clock().date())[2:5]:
        clock.advance(minutes=20)
        perform(desk, case.id, answer)
    at = AtTask(sit("liming"), desk, case.id)
    read(at, "design.received")
    assert not button(at, "更正").isEnabled()
    assert "审查意见书已经出具" in button(at, "更正").toolTip()


def test_what_is_sent_back_is_struck_and_done_anew(manager: AtTask) -> None:
    manager.view.bar._actions["case.returned"].trigger()
    dialog = manager.dialog(ReturnDialog)
    assert dialog.to.value() == "design"
    dialog.confirm.click()
    assert dialog._problem.text() == "请选择需要重新办理的事项"
    dialog.boxes["design.received"].click()
    dialog.request.set_value("letter 12")
    reason(manager, dialog, "wrong drawings")
    record = manager.case.records[-1]
    assert record.redone == "wrong drawings"
    assert manager.case.events[-1].again == ("design_received",)
    facts = manager.view.facts()
    assert facts is not None
    assert facts.history[-1].words.endswith("(受理送审资料):wrong drawings(客户申请:letter 12)")
    line = manager.line("design.received").standing
    assert [tag.words for tag in line.tags] == ["须重办:wrong drawings"]
    assert manager.view.bar.primary.text() == "受理送审资料  F9"
    shown = read(manager, "design.received")
    assert "已要求重办:wrong drawings" in shown
    found: Any = manager.view.tasks.records.findChildren(QPushButton)
    assert not [b for b in found if b.text() == "更正" and b.isVisible()]


def test_a_clerk_sends_nothing_back(sit: Sit, desk: Desk, case: Case) -> None:
    at = AtTask(sit("wangli"), desk, case.id)
    action = at.view.bar._actions["case.returned"]
    assert not action.isEnabled()
    assert action.toolTip() == "退回重办由班长、客户项目经理办理"


def test_another_station_goes_on_with_the_case(sit: Sit, desk: Desk, case: Case) -> None:
    with desk.store.unit() as unit:
        save(desk, unit, "office", "station.saved", StationSaved(Station("CG", "城关营业厅")))
    at = AtTask(sit("zhaojun"), desk, case.id)
    at.view.bar._actions["case.transferred"].trigger()
    dialog = at.dialog(TransferDialog)
    assert dialog.choice.value() == "CG"
    dialog.manager.set_value("zhoufang")
    reason(at, dialog, "moved house")
    assert (at.case.station, at.case.project_manager) == ("CG", "zhoufang")
    assert "已转其他供电所" in at.person.window.toast.words()


def test_the_papers_of_a_transferred_case_are_signed_for(sit: Sit, desk: Desk, case: Case) -> None:
    with desk.store.unit() as unit:
        save(desk, unit, "office", "station.saved", StationSaved(Station("CG", "城关营业厅")))
    for station in ("CG", "HK"):
        act(desk, sit_down(desk, "zhaojun"), case.id, "case.transferred", Transfer(station, "辖区调整"))
    at = AtTask(sit("wangli"), desk, case.id)
    assert "等待签收" in at.view.bar._words.text()
    at.view.bar._actions["papers.received"].trigger()
    reason(at, at.dialog(ReasonDialog), "all there")
    assert not papers_under_way(at.case)
    assert not at.view.bar._actions["papers.received"].isEnabled()
    assert at.view.bar._actions["papers.received"].toolTip() == "没有正在移交的资料"


def test_earlier_stages_stand_folded_below(sit: Sit, desk: Desk, case: Case) -> None:
    put(desk, case.id, "construction")
    at = AtTask(sit("liming"), desk, case.id)
    assert at.tab.stage == "construction"
    folds: Any = at.view.tasks.list.findChildren(QPushButton)
    fold = next(b for b in folds if b.text().startswith("▸ 设计审查"))
    fold.setFocus()
    at.press(Qt.Key.Key_Space)
    assert "中原电力设计院有限公司" in at.line("designer.chosen").accessibleName()
    shown = read(at, "design.received")
    assert "送审资料清单" in shown


def test_a_case_that_went_on_is_followed_with_f9(sit: Sit, desk: Desk, case: Case) -> None:
    at = AtTask(sit("liming"), desk, case.id)
    put(desk, case.id, "construction")
    at.person.window.refresh()
    at.settle()
    assert at.view.bar.primary.text() == "到“施工与检查”继续办理  F9"
    at.person.press(Qt.Key.Key_F9)
    at.settle()
    assert at.person.window.deck.shown == "construction"
    assert at.tab.current_case() == case.id


def test_the_history_says_what_was_recorded(manager: AtTask) -> None:
    facts = manager.view.facts()
    assert facts is not None
    lines = [line for line in facts.history if line.kind == "design.received"]
    assert lines[0].words == "受理送审资料:图纸 4 份"
    assert ("报送人", "韩雪") in lines[0].details


def test_a_complaint_is_registered_and_answered_from_the_menu(sit: Sit, desk: Desk, case: Case) -> None:
    at = AtTask(sit("liming"), desk, case.id)
    menu = at.view.bar._actions
    assert menu["request.answered"].toolTip() == "没有待答复的客户诉求"
    menu["request.taken"].trigger()
    dialog = at.dialog(ChoiceReasonDialog)
    dialog.choice.set_value("complaint")
    reason(at, dialog, "nobody called back")
    assert open_steps(at.case) == ("complaint_contacted", "complaint_answered")
    menu["request.answered"].trigger()
    dialog = at.dialog(ChoiceReasonDialog)
    assert dialog.choice.value() == "complaint_contacted"
    reason(at, dialog, "called")
    assert open_steps(at.case) == ("complaint_answered",)
