"""正式受理: one act gives number, clocks, day book and work order; a refusal gives nothing away."""

from typing import Any

import pytest

from tests.office.conftest import RESIDENT, seen
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.case import Material
from yekuo_desktop.domain.casework import Reason, Suspension
from yekuo_desktop.office import accepting, daybook, history
from yekuo_desktop.office.desk import Desk, Session, act


def refusal(desk: Desk, clerk: Session, changes: dict[str, Any]) -> dict[str, str]:
    values = {**RESIDENT, **changes}
    with pytest.raises(Refused) as caught:
        accepting.accept(desk, clerk, values, seen(desk, values), "liming")
    return {problem.field: problem.text for problem in caught.value.problems}


def test_one_act_gives_number_clock_log_and_work_order(desk: Desk, accepted: accepting.Accepted) -> None:
    case = accepted.case
    assert case.number == "YK4101-HK01-260310-0001"
    assert (case.stage, case.state) == ("acceptance", "open")
    assert [sheet.form for sheet in accepted.sheets] == ["work_order"]
    assert [line.number for line in daybook.lines(desk, desk.clock().date())] == [case.number] * 2
    (delivery,) = [v for v in history.limits(desk, case) if v.running.limit == "work_order_delivery"]
    assert f"{delivery.running.due:%Y-%m-%d %H:%M}" == "2026-03-11 17:30"  # accepted Tuesday 03-10


def test_numbers_follow_each_other_and_refusals_leave_no_gap(desk: Desk, clerk: Session) -> None:
    first = accepting.accept(desk, clerk, RESIDENT, seen(desk, RESIDENT), "liming")
    assert "identity_number" in refusal(desk, clerk, {"identity_number": "410122196603121020"})
    second = accepting.accept(desk, clerk, RESIDENT, seen(desk, RESIDENT), "liming")
    assert [first.case.number[-4:], second.case.number[-4:]] == ["0001", "0002"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"customer_name": ""}, "customer_name"),
        ({"mobile": "1380371000"}, "mobile"),
        ({"mobile": "", "landline": ""}, "mobile"),
        ({"capacity": "0"}, "capacity"),
        ({"capacity": "八"}, "capacity"),
        ({"category": "没有这类"}, "category"),
        ({"business": "increase"}, "account_no"),
        ({"agent_name": "王海"}, "authorised"),
        ({"wished_date": "2026-13-01"}, "wished_date"),
        ({"postcode": "45000"}, "postcode"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    desk: Desk, clerk: Session, changes: dict[str, Any], field: str
) -> None:
    assert field in refusal(desk, clerk, changes)


def test_the_subjects_own_paper_cannot_be_owed(desk: Desk, clerk: Session) -> None:
    """一证受理 (regulations.md 3.2): the one paper must be there."""
    with pytest.raises(Refused) as caught:
        accepting.accept(desk, clerk, RESIDENT, {}, "liming")
    assert any("主体资格" in problem.text for problem in caught.value.problems)


def test_the_rest_may_be_owed_until_a_date(desk: Desk, clerk: Session) -> None:
    rules = accepting.materials_for(desk, RESIDENT)
    until = desk.clock().date().replace(day=20)
    materials = {
        rule.id: Material(original_seen=True, copies=1)
        if rule.subject_qualification
        else Material(owed_until=until)
        for rule in rules
        if rule.required
    }
    case = accepting.accept(desk, clerk, RESIDENT, materials, "liming").case
    assert accepting.missing(desk, case)


def test_only_a_counter_accepts(desk: Desk, manager: Session) -> None:
    with pytest.raises(Refused, match="营业员"):
        accepting.accept(desk, manager, RESIDENT, seen(desk, RESIDENT), "liming")


def test_a_registered_application_becomes_the_accepted_case(desk: Desk, clerk: Session) -> None:
    waiting = accepting.register(desk, clerk, {"customer_name": "张秀英", "klass": "lv_resident"}, {})
    assert (waiting.number, waiting.state) == ("", "registered")
    case = accepting.accept(desk, clerk, RESIDENT, seen(desk, RESIDENT), "liming", case_id=waiting.id).case
    assert (case.id, case.state) == (waiting.id, "open")


def test_the_same_customer_twice_is_noticed(desk: Desk, clerk: Session, accepted: accepting.Accepted) -> None:
    found = accepting.duplicates(desk, RESIDENT)
    assert [row.number for row in found] == [accepted.case.number]
    assert not accepting.duplicates(desk, RESIDENT, but=accepted.case.id)


def test_papers_already_held_are_offered_once_they_are_valid(
    desk: Desk, clerk: Session, accepted: accepting.Accepted
) -> None:
    held = accepting.held_papers(desk, RESIDENT)
    assert {material.held_from for material in held.values()} == {accepted.case.number}
    again = accepting.accept(desk, clerk, RESIDENT, held, "liming")
    assert not accepting.missing(desk, again.case)


def test_a_correction_keeps_both_values_and_the_reason(
    desk: Desk, clerk: Session, accepted: accepting.Accepted
) -> None:
    change = {"capacity": ("8", "10")}
    with pytest.raises(Refused, match="原因"):
        accepting.correct(desk, clerk, accepted.case.id, change, "")
    case = accepting.correct(desk, clerk, accepted.case.id, change, "客户改报容量")
    assert case.values["capacity"] == "10"
    (line,) = [line for line in history.history(desk, case.id) if line.changes]
    assert line.changes == (("申请容量", "8 kW", "10 kW"),)
    with pytest.raises(Refused, match="刚被别人改过"):
        accepting.correct(desk, clerk, case.id, change, "再改一次")


def test_a_pause_of_the_customer_stops_no_delivery_but_is_seen(
    desk: Desk, clerk: Session, accepted: accepting.Accepted, clock: Any
) -> None:
    clock.advance(hours=1)
    act(desk, clerk, accepted.case.id, "case.suspended", Suspension("补办产权证明", evidence="客户申请"))
    clock.advance(days=2)
    case = act(desk, clerk, accepted.case.id, "case.resumed", Reason("已补齐"))
    assert [(p.end - p.start).days for p in case.pauses if p.end] == [2]


def test_an_online_application_has_a_clock_from_entry_to_acceptance(desk: Desk, clerk: Session) -> None:
    """线上申请审核 1 个工作日 (〔2019〕431号)."""
    values = {**RESIDENT, "channel": "web", "channel_reference": "95598-1"}
    waiting = accepting.register(desk, clerk, values, {})
    assert [event.name for event in waiting.events] == ["submitted"]
    papers = seen(desk, values)
    case = accepting.accept(desk, clerk, values, papers, "liming", case_id=waiting.id).case
    assert [event.name for event in case.events] == ["submitted", "application_reviewed", "accepted"]
    at_the_counter = accepting.accept(desk, clerk, RESIDENT, seen(desk, RESIDENT), "liming").case
    assert [event.name for event in at_the_counter.events] == ["accepted"]
