"""What stages 6 and 7 wait for, shown above their tasks; the way of a case as the stepper shows it."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.ui.at_task import AtTask, delivered, put
from tests.ui.conftest import AtWindow
from yekuo_desktop.domain.case import Case
from yekuo_desktop.office.conditions import Condition
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.ui.case.tasks.conditions import MANY, Conditions

Sit = Callable[[str], AtWindow]


@pytest.fixture
def case(desk: Desk, clock: Any) -> Case:
    return delivered(desk, clock)


def block(at: AtTask) -> Conditions:
    """The block above the tasks."""
    found: Any = at.view.tasks.list.findChildren(Conditions)
    return next(b for b in found if b.isVisible())


def test_each_precondition_of_the_connection_has_its_reason(sit: Sit, desk: Desk, case: Case) -> None:
    put(desk, case.id, "energization")
    at = AtTask(sit("liming"), desk, case.id)
    shown = at.shown(block(at))
    assert "送电条件 · 还有" in shown
    for words in (
        "还没有竣工检验",
        "供用电合同还没有签订",
        "供电方案还没有答复,费用未定",
        "计量装置还没有安装",
    ):
        assert words in shown
    assert "竣工检验合格:还没有竣工检验" in block(at).accessibleName()


def test_a_file_says_what_it_lacks_paper_by_paper(sit: Sit, desk: Desk, case: Case) -> None:
    put(desk, case.id, "archive")
    at = AtTask(sit("liming"), desk, case.id)
    facts = at.view.facts()
    assert facts is not None
    assert len(facts.conditions) > MANY
    assert all(each.why and each.who for each in facts.conditions)
    subjects = [each.label for each in facts.conditions]
    assert len(set(zip(subjects, [each.who for each in facts.conditions], strict=True))) == len(subjects)
    before = at.shown(block(at)).count("\n")
    block(at).unfolded.emit()
    at.settle()
    assert at.shown(block(at)).count("\n") > before


def test_what_is_settled_has_its_tick_and_moment(desk: Desk, clock: Any, qtbot: Any) -> None:
    shown = Conditions(
        "energization",
        [Condition(label="合同", ok=True, at=clock()), Condition(label="费用", ok=False, why="还欠 5 元")],
        whole=False,
    )
    qtbot.addWidget(shown)
    assert shown.accessibleName() == "合同:03-10 09:30;费用:还欠 5 元"


def test_the_steps_leave_out_what_such_a_case_does_not_pass(sit: Sit, desk: Desk, clock: Any) -> None:
    case = delivered(desk, clock, "supply_rules_2024")
    put(desk, case.id, "construction")
    at = AtTask(sit("liming"), desk, case.id)
    facts = at.view.facts()
    assert facts is not None
    assert facts.skipped == ("design",)  # ordinary high voltage: 供电营业规则 (2024)
    assert "设计不适用" in at.view.header._steps.accessibleDescription()
