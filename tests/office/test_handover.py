"""The work order's one working day stops when the project manager signs, and not before."""

from typing import Any

import pytest

from yekuo_desktop.domain.act import Refused
from yekuo_desktop.office import accepting, handover, history
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.practice.way import sit_down


def delivery(desk: Desk, case_id: str) -> history.LimitView:
    case = desk.store.case(case_id)
    assert case is not None
    return next(v for v in history.limits(desk, case) if v.running.limit == "work_order_delivery")


def test_handing_over_does_not_stop_the_clock_and_signing_does(
    desk: Desk, clerk: Session, manager: Session, accepted: accepting.Accepted, clock: Any
) -> None:
    case_id = accepted.case.id
    list_no, _ = handover.hand_over_only(desk, clerk, (case_id,), "赵军")
    assert list_no == "JJ-HK01-260310-01"
    assert delivery(desk, case_id).running.stopped is None
    signed_at = clock.advance(hours=3)
    case = handover.sign(desk, manager, accepted.sheets[0].qr, "scan")
    assert delivery(desk, case_id).running.stopped == signed_at
    assert (case.stage, case.delivery and case.delivery.how) == ("survey", "scan")


def test_nobody_else_signs_and_nobody_signs_twice(
    desk: Desk, clerk: Session, manager: Session, accepted: accepting.Accepted
) -> None:
    other = sit_down(desk, "zhoufang")
    with pytest.raises(Refused, match="李明"):
        handover.sign(desk, other, accepted.case.number)
    with pytest.raises(Refused, match="客户项目经理"):
        handover.sign(desk, clerk, accepted.case.number)
    handover.sign(desk, manager, accepted.case.number)
    with pytest.raises(Refused, match="签收"):
        handover.sign(desk, manager, accepted.case.number)


def test_late_is_late_even_after_signing(
    desk: Desk, manager: Session, accepted: accepting.Accepted, clock: Any
) -> None:
    clock.advance(days=3)
    assert delivery(desk, accepted.case.id).light == "red"
    handover.sign(desk, manager, accepted.case.number)
    assert delivery(desk, accepted.case.id).light == "missed"


def test_an_unknown_code_is_said_to_be_unknown(desk: Desk, manager: Session) -> None:
    with pytest.raises(Refused, match="没有找到"):
        handover.sign(desk, manager, "yekuo:1:XX-9:XX")
