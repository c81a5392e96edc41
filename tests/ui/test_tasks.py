"""办理: the list of tasks, the form of one from the first key to its papers, its draft."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from tests.ui.at_task import AtTask, choose_unit, delivered
from tests.ui.conftest import AtWindow
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.firms import Firm
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.firms import save_firm
from yekuo_desktop.office.practice import design as practice_design
from yekuo_desktop.office.practice.way import perform, sit_down
from yekuo_desktop.ui.case.tasks.standing import BLOCKED, DONE, NEXT, next_task
from yekuo_desktop.ui.dialogs.print_preview import PrintPreview
from yekuo_desktop.ui.forms.yes_no import YesNoEditor

Sit = Callable[[str], AtWindow]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def case(desk: Desk, clock: Any) -> Case:
    """At the design review, nothing done yet."""
    return delivered(desk, clock)


def done(desk: Desk, case: Case, clock: Any, count: int) -> None:
    """The first tasks of the review, done by the people of the practice county."""
    for answer in practice_design.answers(case.klass, clock().date())[:count]:
        clock.advance(minutes=20)
        perform(desk, case.id, answer)


@pytest.fixture
def manager(sit: Sit, desk: Desk, case: Case) -> AtTask:
    return AtTask(sit("liming"), desk, case.id)


def test_the_list_says_what_is_done_what_comes_next_and_what_waits(
    sit: Sit, desk: Desk, case: Case, clock: Any
) -> None:
    done(desk, case, clock, 1)
    at = AtTask(sit("liming"), desk, case.id)
    first, second, third = (
        at.line(k).standing for k in ("designer.chosen", "design.received", "design.opined")
    )
    assert (first.state, first.words) == (DONE, "中原电力设计院有限公司")
    assert first.who.startswith("李明 03-10")
    assert (second.state, third.state) == (NEXT, BLOCKED)
    assert third.words == "还没有受理送审资料"
    assert at.view.bar.primary.text() == "受理送审资料  F9"
    assert "离开本环节还需:受理送审资料、部门审查意见、出具审查意见书、意见书交客户签收" in at.shown()
    assert "已办" in at.line("designer.chosen").accessibleName()


def test_who_may_not_do_it_is_told_who_may(sit: Sit, desk: Desk, case: Case) -> None:
    at = AtTask(sit("heping"), desk, case.id)
    assert not at.view.bar.primary.isEnabled()
    assert at.view.bar.primary.toolTip() == "客户选定设计单位由营业员、班长、客户项目经理办理"
    at.open("designer.chosen")
    assert at.view.tasks.form is None
    assert "由营业员、班长、客户项目经理办理" in at.person.window.toast.words()


def test_keys_alone_lead_from_the_queue_to_a_recorded_task_and_its_papers(
    sit: Sit, desk: Desk, case: Case, clock: Any
) -> None:
    done(desk, case, clock, 1)
    at = AtTask(sit("liming"), desk, case.id)
    at.tab.queue.table.view.setFocus()
    at.press(Qt.Key.Key_Return)
    assert at.line("design.received").hasFocus()
    at.press(Qt.Key.Key_Up)
    assert at.line("designer.chosen").hasFocus()
    at.press(Qt.Key.Key_Down)
    at.press(Qt.Key.Key_Return)
    assert at.form.kind == "design.received"
    at.enter("design_sent_by", "韩雪")
    at.enter("drawing_sets", "4")
    at.answer("designer_sealed", yes=True)
    rows = at.fields.editor("design_papers").value()
    assert rows
    assert {row["state"] for row in rows} == {"missing"}
    at.fields.editor("design_papers").set_value([{**row, "state": "original"} for row in rows])
    at.fields.editor("design_papers").changed.emit()
    assert at.form.bar.primary.text() == "登记并打印  F9"
    at.record()
    preview = at.person.dialog()
    assert isinstance(preview, PrintPreview)
    preview.reject()
    at.settle()
    record = at.case.records[-1]
    assert (record.kind, record.by, record.values["drawing_sets"]) == ("design.received", "liming", "4")
    assert [paper.form for paper in at.case.papers][-1] == "design_submission"
    assert "已登记 受理送审资料" in at.person.window.toast.words()
    assert at.view.tasks.form is None
    assert at.line("design.received").standing.state == DONE


def test_enter_in_the_last_field_and_once_more_records(manager: AtTask) -> None:
    manager.open("designer.chosen")
    choose_unit(manager)
    manager.settle()
    manager.enter("stated", "1100")
    assert manager.person.window.focusWidget() is manager.form.bar.primary
    manager.press(Qt.Key.Key_Return)
    assert manager.case.records[-1].kind == "designer.chosen"


def test_a_refusal_shows_what_is_wrong_and_loses_nothing(manager: AtTask) -> None:
    manager.open("designer.chosen")
    manager.enter("designer_name", "中原电力设计院")
    manager.record()
    assert manager.message("designer_grade") == "请填写资质等级"
    assert manager.fields.focused_key() == "designer_grade"
    assert manager.fields.editor("designer_name").value() == "中原电力设计院"
    assert manager.case.records == ()
    assert "处需要处理" in manager.form.bar._words.text()


def test_an_error_stands_beside_the_field_one_has_left(manager: AtTask, clock: Any) -> None:
    manager.open("designer.chosen")
    manager.enter("designer_valid_until", "20200101")
    manager.settle()
    assert "已于 2020-01-01 到期" in manager.message("designer_valid_until")
    assert manager.message("designer_grade") == ""


def test_yes_and_no_are_answers_and_nothing_is_none(manager: AtTask) -> None:
    manager.open("designer.chosen")
    editor = manager.fields.editor("designer_own_choice")
    assert isinstance(editor, YesNoEditor)
    assert editor.value() == ""
    manager.answer("designer_own_choice", yes=False)
    manager.settle()
    assert editor.value() is False
    assert "不得指定" in manager.message("designer_own_choice")
    manager.person.bot.keyClick(editor.input, Qt.Key.Key_Delete)
    assert editor.value() == ""


def test_a_proposal_fills_an_untouched_field_and_f8_takes_it_back(
    sit: Sit, desk: Desk, case: Case, clock: Any
) -> None:
    done(desk, case, clock, 1)
    at = AtTask(sit("liming"), desk, case.id)
    at.open("design.received")
    assert at.fields.editor("design_sender").value() == "河口镇卫生院"
    assert at.message("design_sender") == "客户报送"
    at.enter("design_sender", "别家单位")
    at.settle()
    offer = at.fields._slots["design_sender"].offer
    assert offer.isVisible()
    assert "建议 河口镇卫生院:客户报送" in offer.text()
    at.fields.focus("design_sender")
    at.press(Qt.Key.Key_F8)
    assert at.fields.editor("design_sender").value() == "河口镇卫生院"
    assert not offer.isVisible()


def test_what_followed_from_an_answer_goes_with_it(manager: AtTask, desk: Desk) -> None:
    firm = Firm(
        id="f1",
        kind="designer",
        name="中原电力设计院有限公司",
        grade="b",
        certificate="A141004101",
        valid_until=date(2029, 1, 1),
    )
    save_firm(desk, sit_down(desk, "admin"), firm)
    manager.open("designer.chosen")
    manager.enter("designer_name", firm.name)
    manager.settle()
    assert manager.fields.editor("designer_certificate").value() == "A141004101"
    manager.enter("designer_valid_until", "20271231")
    manager.enter("designer_name", "名录以外的单位")
    manager.settle()
    assert manager.fields.editor("designer_certificate").value() == ""
    assert manager.fields.editor("designer_valid_until").value() == "2027-12-31"


def test_fields_come_and_go_with_the_answers_and_only_what_is_asked_is_recorded(
    sit: Sit, desk: Desk, case: Case, clock: Any
) -> None:
    done(desk, case, clock, 4)
    at = AtTask(sit(concluder(case, clock)), desk, case.id)
    at.open("design.concluded")
    assert "design_findings" in at.fields.field_keys()  # a department wants changes: so does the proposal
    assert at.fields.editor("design_findings").value()
    at.enter("design_result", "同意")
    at.settle()
    assert "design_findings" not in at.fields.field_keys()
    assert "design_findings" not in at.form.page.recorded()
    at.enter("design_result", "需修改")
    at.settle()
    assert at.form.page.recorded()["design_findings"]


def concluder(case: Case, clock: Any) -> str:
    """Who writes the opinion in the practice county."""
    answers = practice_design.answers(case.klass, clock().date())
    return next(answer.by for answer in answers if answer.kind == "design.concluded")


def test_a_task_that_stops_a_missed_limit_asks_for_the_reason(sit: Sit, desk: Desk, clock: Any) -> None:
    case = delivered(desk, clock, "regulation_2010")
    done(desk, case, clock, 4)
    clock.advance(days=90)
    at = AtTask(sit(concluder(case, clock)), desk, case.id)
    tags = [tag.words for tag in at.line("design.concluded").standing.tags]
    assert tags[0].startswith("已超时:")
    at.open("design.concluded")
    assert "overdue_reason" in at.fields.field_keys()
    assert "到期,请说明原因" in at.message("overdue_reason")
    at.enter("overdue_reason", "drawings came late")
    at.record()
    at.person.dialog().reject()
    at.settle()
    assert at.case.records[-1].kind == "design.concluded"
    assert set(at.case.overdue_reasons.values()) == {"drawings came late"}


def test_the_stated_time_may_lie_back_and_the_gap_is_told(manager: AtTask, clock: Any) -> None:
    clock.advance(hours=3)
    manager.open("designer.chosen")
    choose_unit(manager)
    manager.enter("stated", "1230")
    manager.settle()
    assert "补录,晚" in manager.message("stated")
    manager.record()
    record = manager.case.records[-1]
    assert f"{record.stated:%H:%M}" == "12:30"
    assert record.recorded == clock()


def test_a_screenshot_pasted_into_a_file_field_is_attached_and_chosen(manager: AtTask) -> None:
    manager.open("designer.chosen")
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    QGuiApplication.clipboard().setImage(image)
    manager.fields.focus("designer_copy")
    manager.press(Qt.Key.Key_V, CTRL)
    (file,) = manager.case.attachments
    assert manager.fields.editor("designer_copy").value() == file.id
    edit: Any = manager.fields.editor("designer_copy").input
    assert edit.text() == file.name
    manager.fields.focus("designer_name")
    QGuiApplication.clipboard().setText("only text")
    QApplication.sendPostedEvents()
    choose_unit(manager)
    manager.record()
    assert manager.case.records[-1].values["designer_copy"] == file.id


def test_one_more_opinion_comes_next_while_a_department_is_silent(
    sit: Sit, desk: Desk, case: Case, clock: Any
) -> None:
    done(desk, case, clock, 3)
    at = AtTask(sit("sunhao"), desk, case.id)
    facts = at.view.facts()
    assert facts is not None
    following = next_task(facts.tasks, "design")
    assert following is not None
    assert following.kind == "design.opined"
    assert at.view.bar.primary.text() == "部门审查意见  F9"
