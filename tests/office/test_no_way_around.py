"""Ways around the rules that a reviewer found, each closed."""

from datetime import timedelta
from typing import Any

import pytest

from tests.office.conftest import RESIDENT
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.casework import NoteText, Reason, Suspension
from yekuo_desktop.domain.delivery import Reassignment
from yekuo_desktop.domain.lists.values import business_in_class
from yekuo_desktop.office import accepting, handover, printing
from yekuo_desktop.office.desk import Desk, Session, act


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"business": ("new", "increase")}, "account_no"),
        ({"klass": ("lv_resident", "hv_dual")}, "industry"),
        ({"mobile": ("13803710001", "")}, "mobile"),
    ],
)
def test_a_correction_may_not_break_another_field(
    desk: Desk, clerk: Session, accepted: accepting.Accepted, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as caught:
        accepting.correct(desk, clerk, accepted.case.id, changes, "更正")
    assert field in {problem.field for problem in caught.value.problems}


def test_an_address_cannot_be_emptied_piece_by_piece(
    desk: Desk, clerk: Session, accepted: accepting.Accepted
) -> None:
    parts = ("address_town", "address_village", "address_door")
    with pytest.raises(Refused, match="地址"):
        for key in parts:
            accepting.correct(desk, clerk, accepted.case.id, {key: (RESIDENT[key], "")}, "更正")


def test_nothing_is_stated_before_what_has_happened(
    desk: Desk, clerk: Session, accepted: accepting.Accepted
) -> None:
    long_ago = desk.clock() - timedelta(days=900)
    with pytest.raises(Refused, match="倒填"):
        act(desk, clerk, accepted.case.id, "case.noted", NoteText("补记"), long_ago)


def test_a_paused_case_is_paused_again_when_it_is_reopened(
    desk: Desk, clerk: Session, accepted: accepting.Accepted
) -> None:
    case_id = accepted.case.id
    act(desk, clerk, case_id, "case.suspended", Suspension("客户外出", evidence="客户书面申请"))
    act(desk, clerk, case_id, "case.withdrawn", Reason("客户撤回"))
    supervisor = handover_supervisor(desk)
    assert act(desk, supervisor, case_id, "case.reopened", Reason("客户改变主意")).state == "suspended"
    assert act(desk, clerk, case_id, "case.resumed", Reason("继续")).state == "open"


def handover_supervisor(desk: Desk) -> Session:
    person = desk.store.organisation().by_login("zhaojun")
    assert person is not None
    return Session(person=person, station="HK", terminal="HK01")


def test_a_case_has_one_standing_work_order(desk: Desk, clerk: Session, accepted: accepting.Accepted) -> None:
    with pytest.raises(Refused, match="已有《业扩报装工单》"):
        printing.issue(desk, clerk, accepted.case.id, "work_order")
    act(desk, clerk, accepted.case.id, "case.withdrawn", Reason("客户撤回"))
    with pytest.raises(Refused, match="不能再出具"):
        printing.issue(desk, clerk, accepted.case.id, "acceptance_receipt")


def test_a_list_carries_a_work_order_once_and_a_manager_is_not_replaced_by_himself(
    desk: Desk, clerk: Session, accepted: accepting.Accepted
) -> None:
    case_id = accepted.case.id
    _, cases = handover.hand_over_only(desk, clerk, (case_id, case_id), "赵军")
    assert len(cases) == 1
    with pytest.raises(Refused, match="已经是"):
        act(desk, clerk, case_id, "work_order.reassigned", Reassignment("liming", "换人"))


@pytest.mark.parametrize(
    ("words", "business"), [("低压居民增容", "increase"), ("低压居民新装", "new"), ("低压居民", "")]
)
def test_a_class_column_may_name_the_business(words: str, business: str) -> None:
    assert business_in_class(words) == business
