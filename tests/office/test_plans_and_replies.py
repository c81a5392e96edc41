"""Stage 2 at the desk: what the people of the practice county do there, for every class, with the sheets
that come in the same commit and the history that is read afterwards (product.md 2; regulations.md 6.1)."""

from collections import Counter
from random import Random

import pytest

from tests.conftest import FixedClock
from tests.office.conftest import seen
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.casework import Reason
from yekuo_desktop.domain.delivery import Receipt
from yekuo_desktop.office import accepting, handover, history, tasks
from yekuo_desktop.office.desk import Desk, Session, act
from yekuo_desktop.office.practice import reply as practice_reply
from yekuo_desktop.office.practice import survey as practice_survey
from yekuo_desktop.office.practice.applications import application
from yekuo_desktop.office.practice.way import perform, sit_down

REPLY_FORMS = {
    "plan_approval": "",
    "plan_reply_low_voltage": "供电业务专用章",
    "plan_reply_high_voltage": "供电业务专用章",
    "supply_plan": "",
    "fee_notice": "",
}


def delivered(desk: Desk, clerk: Session, klass: str) -> Case:
    """A case whose work order its project manager has signed for."""
    values = application(Random(4101), 1, desk.clock().date(), klass)
    manager = accepting.propose_manager(desk, values)
    assert manager is not None
    case = accepting.accept(desk, clerk, values, seen(desk, values), manager.id).case
    handover.hand_over_only(desk, clerk, (case.id,), "赵军")
    receipt = Receipt(case.delivery.sheet_no if case.delivery else "", "scan")
    return act(desk, sit_down(desk, manager.login), case.id, "work_order.received", receipt)


def gone(desk: Desk, clerk: Session, clock: FixedClock, klass: str) -> Case:
    """Through the whole of stage 2, half an hour an act."""
    case = delivered(desk, clerk, klass)
    day = clock().date()
    for answer in (*practice_survey.answers(klass, day), *practice_reply.answers(klass, day)):
        clock.advance(minutes=30)
        case = perform(desk, case.id, answer)
    return case


@pytest.mark.parametrize(
    ("klass", "sheets"),
    [
        ("lv_resident", {"plan_approval": 1, "plan_reply_low_voltage": 1}),
        ("lv_nonresident", {"plan_approval": 2, "plan_reply_low_voltage": 2}),  # objected to once
        ("hv_single", {"plan_approval": 1, "plan_reply_high_voltage": 1, "supply_plan": 1}),
        (
            "hv_dual",  # returned once before it was approved
            {"plan_approval": 1, "plan_reply_high_voltage": 1, "supply_plan": 1, "fee_notice": 1},
        ),
    ],
)
def test_every_step_brings_its_sheets(
    desk: Desk, clerk: Session, clock: FixedClock, klass: str, sheets: dict[str, int]
) -> None:
    case = gone(desk, clerk, clock, klass)
    assert case.stage != "survey"
    assert Counter(p.form for p in case.papers if p.form in REPLY_FORMS) == sheets
    assert all(p.seal == REPLY_FORMS[p.form] for p in case.papers if p.form in REPLY_FORMS)
    check_history(desk, case)
    check_list(desk, clerk, case)


def check_history(desk: Desk, case: Case) -> None:
    """What was recorded can be read, rows and all."""
    lines = {line.kind: line for line in history.history(desk, case.id)}
    assert ("供电条件", "具备供电条件") in lines["plan.drafted"].details
    sources = "2 行" if case.klass == "hv_dual" else "1 行"
    assert ("电源", sources) in lines["plan.drafted"].details
    assert lines["plan.approved"].words.startswith("审批方案:同意按本方案答复客户")
    assert ("答复方式", "营业厅当面") in lines["plan.replied"].details


def check_list(desk: Desk, clerk: Session, case: Case) -> None:
    """Nobody is shown what such a case does not have: departments that speak, fees, a refund."""
    shown = {view.kind for view in tasks.tasks(desk, clerk, case, "survey")}
    assert ("plan.opined" in shown) == case.klass.startswith("hv")
    assert ("fees.received" in shown) == ("fees.refunded" in shown) == (case.klass == "hv_dual")
    assert ("plan.extended" in shown) == (case.klass == "hv_single")


def test_a_terminated_case_gives_its_fee_back(desk: Desk, clerk: Session, clock: FixedClock) -> None:
    case = gone(desk, clerk, clock, "hv_dual")
    clock.advance(hours=1)
    act(desk, sit_down(desk, "zhaojun"), case.id, "case.terminated", Reason("客户取消项目"))
    found = desk.store.case(case.id)
    assert found is not None
    values = tasks.prefilled(desk, clerk, found, "fees.refunded")
    done = tasks.record(
        desk,
        clerk,
        case.id,
        "fees.refunded",
        {**values, "refund_way": "transfer", "refund_receipt_no": "TF-1"},
    )
    assert done.case.state == "terminated"
    assert "应退 0.00 元,不能多退" in {
        p.text for p in tasks.check(desk, clerk, done.case, "fees.refunded", values)
    }
