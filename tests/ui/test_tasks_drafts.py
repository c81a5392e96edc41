"""A half-typed task: kept within a second, restored, given up, and what happens to it meanwhile."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.ui.at_task import AtTask, choose_unit, delivered
from tests.ui.conftest import AtWindow
from yekuo_desktop.domain.case import Case
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.practice import design as practice_design
from yekuo_desktop.office.practice.way import perform

Sit = Callable[[str], AtWindow]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def case(desk: Desk, clock: Any) -> Case:
    """At the design review, nothing done yet."""
    return delivered(desk, clock)


@pytest.fixture
def manager(sit: Sit, desk: Desk, case: Case) -> AtTask:
    return AtTask(sit("liming"), desk, case.id)


def test_what_is_half_typed_survives_the_window(sit: Sit, desk: Desk, case: Case) -> None:
    first = AtTask(sit("liming"), desk, case.id)
    first.open("designer.chosen")
    first.enter("designer_name", "中原电力设计院")
    first.answer("designer_own_choice", yes=False)
    first.settle()
    assert "草稿已保存" in first.form.bar._words.text()
    second = AtTask(sit("liming"), desk, case.id)
    assert "草稿" in [tag.words for tag in second.line("designer.chosen").standing.tags]
    second.open("designer.chosen")
    assert second.fields.editor("designer_name").value() == "中原电力设计院"
    assert second.fields.editor("designer_own_choice").value() is False
    assert "已恢复" in second.form.restored.words()
    second.form.restored.button.click()
    second.settle()
    assert second.fields.editor("designer_name").value() == ""
    assert desk.store.drafts("liming") == {}


def test_escape_keeps_the_draft_and_goes_back_to_the_line(manager: AtTask) -> None:
    manager.open("designer.chosen")
    manager.enter("designer_name", "中原电力设计院")
    manager.press(Qt.Key.Key_Escape)
    assert manager.view.tasks.form is None
    assert manager.line("designer.chosen").hasFocus()
    assert "草稿" in [tag.words for tag in manager.line("designer.chosen").standing.tags]
    assert manager.view.bar.isVisible()
    manager.press(Qt.Key.Key_Escape)
    assert manager.tab.queue.table.view.hasFocus()


def test_a_recorded_task_leaves_no_draft(manager: AtTask) -> None:
    manager.open("designer.chosen")
    choose_unit(manager)
    manager.record()
    assert manager.case.records[-1].values["designer_certificate"] == "A141004101"
    assert manager.desk.store.drafts("liming") == {}


def test_the_form_stays_while_another_page_is_looked_at(manager: AtTask) -> None:
    manager.open("designer.chosen")
    manager.enter("designer_name", "中原电力设计院")
    manager.press(Qt.Key.Key_PageDown, CTRL)
    assert manager.view.bar.isVisible()
    assert not manager.form.bar.isVisible()
    manager.person.press(Qt.Key.Key_F9)
    manager.settle()
    assert manager.view.pages.currentWidget() is manager.view.tasks
    assert manager.fields.editor("designer_name").value() == "中原电力设计院"


def test_what_somebody_else_did_meanwhile_is_told_and_loses_nothing(
    sit: Sit, desk: Desk, case: Case, clock: Any
) -> None:
    first, second = practice_design.answers(case.klass, clock().date())[:2]
    perform(desk, case.id, first)
    at = AtTask(sit("liming"), desk, case.id)
    at.open("design.received")
    at.enter("design_sent_by", "韩雪")
    clock.advance(minutes=20)
    perform(desk, case.id, second)
    at.person.window.refresh()
    at.settle()
    assert at.form.todo.words() == "现在不能登记:受理送审资料已经登记,有误请更正"
    assert not at.form.bar.primary.isEnabled()
    assert at.fields.editor("design_sent_by").value() == "韩雪"


def test_what_was_typed_a_moment_ago_is_safe_when_the_window_goes(manager: AtTask, desk: Desk) -> None:
    manager.open("designer.chosen")
    manager.person.bot.keyClicks(manager.fields.editor("designer_name").input, "half")
    assert manager.form.drafts._timer.isActive()
    manager.person.window.close()
    manager.person.until(lambda: not manager.person.window.background.busy)
    (draft,) = desk.store.drafts("liming").values()
    assert draft["values"]["designer_name"] == "half"
