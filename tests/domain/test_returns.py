"""退回重办 and the clocks: what must be done anew has not been done, so the time of it runs on; what the
customer asks to have done again gets its time again (regulations.md 1.8; 5.1: altered time records;
product.md: no time may be smoothed)."""

from typing import Any

import pytest
from msgspec.structs import replace

from tests.domain.replies import RESIDENT, accept, approve, draft, object_to, receive, reply, walked
from tests.domain.trade import START, Trade, reference
from tests.domain.walk import DAY, given, walk
from yekuo_desktop.domain import path
from yekuo_desktop.domain.case import Paper
from yekuo_desktop.domain.clocks import RunningLimit, applying_limits, deadlines_of, running_limits
from yekuo_desktop.domain.deadlines.timelimits import explain
from yekuo_desktop.domain.formalities import FEES_RECEIVED
from yekuo_desktop.domain.path import Return
from yekuo_desktop.domain.records import records
from yekuo_desktop.domain.stages import ALL_FORMS
from yekuo_desktop.domain.validity import valid_until
from yekuo_desktop.office.practice.construction import answers as construction
from yekuo_desktop.office.practice.design import answers as design
from yekuo_desktop.office.practice.survey import answers as survey

APPROVED, REPLIED, RECEIVED, ACCEPTED = 1, 2, 3, 4


def running(trade: Trade, limit: str) -> list[RunningLimit]:
    return [found for found in running_limits(trade.case, reference()) if found.limit == limit]


def back(trade: Trade, to: str, *redo: str, request: str = "") -> None:
    trade.act("case.returned", Return(to, redo, "审查发现问题", request), "liming")


def struck(trade: Trade) -> list[str]:
    return [record.kind for record in trade.case.records if record.redone]


# ---- what must be done anew has not been done ----------------------------------------------------


def test_a_reply_that_must_be_made_anew_has_not_been_made() -> None:
    trade = walked("hv_single", RECEIVED)
    (before,) = running(walked("hv_single", APPROVED), "plan_reply")
    back(trade, "survey", "plan.replied")
    assert running(trade, "plan_reply") == [before]  # runs since the acceptance, as if nobody had replied
    trade.later(days=30)
    reply(trade)
    (clock,) = running(trade, "plan_reply")
    assert (clock.start, clock.stopped) == (START, trade.now)
    assert clock.due is not None and clock.stopped is not None and clock.stopped > clock.due  # stays missed


def test_only_the_last_time_is_undone() -> None:
    """The customer has answered the first reply; the second is the one that must be made anew."""
    trade = walked("hv_single", RECEIVED)
    object_to(trade)
    for step in (draft, approve, reply):
        step(trade)
    first = running(trade, "plan_reply")[0]
    back(trade, "survey", "plan.replied")
    again = running(trade, "plan_reply")
    assert again[0] == first
    assert again[1].stopped is None


def test_whatever_rests_on_it_must_be_done_anew_too() -> None:
    trade = walked("hv_single", ACCEPTED)
    back(trade, "survey", "plan.approved")
    assert struck(trade) == ["plan.approved", "plan.replied", "plan.received", "plan.accepted"]
    assert running(trade, "plan_reply")[0].stopped is None
    waiting = [task.kind for task in path.undone(trade.case, "survey", reference())]
    assert [kind for kind in waiting if kind.startswith("plan.")] == struck(trade)


def test_money_that_was_received_stays_received() -> None:
    trade = walked("hv_dual", ACCEPTED)
    trade.do(
        FEES_RECEIVED,
        "wangli",
        fees_amount="113400",
        fees_items="高可靠性供电费",
        fees_way="transfer",
        fees_receipt_no="0041",
        fees_payer="赵国强",
    )
    back(trade, "survey", "plan.replied")
    assert [record.redone for record in records(trade.case, FEES_RECEIVED)] == [""]


def test_what_was_missed_stays_missed() -> None:
    """Sending one's own work back is no way to a fresh clock."""
    trade = walked("hv_single", APPROVED)
    trade.later(days=60)
    reply(trade)
    (late,) = running(trade, "plan_reply")
    assert late.due is not None and late.stopped is not None and late.stopped > late.due
    back(trade, "survey", "plan.drafted")
    for step in (draft, approve, reply):
        step(trade)
    (clock,) = running(trade, "plan_reply")
    assert (clock.start, clock.due) == (late.start, late.due)


@pytest.mark.parametrize(
    ("redo", "open_"),
    [
        # The conclusion alone: the review of the changed papers goes on since they came in.
        (("design.concluded",), {"design_review": False, "design_rereview": True}),
        # All of it: that review is open, and once papers are received again theirs is too.
        (("design.received", "design.opined"), {"design_review": False, "design_rereview": True}),
    ],
)
def test_a_review_runs_on_where_its_opinion_must_be_written_anew(
    redo: tuple[str, ...], open_: dict[str, bool]
) -> None:
    values = {"klass": "hv_dual", "importance": "level_2"}
    trade = Trade("hv_dual", "design", rules="supply_rules_2024", values=values)
    walk(trade, design("hv_dual", DAY), "design.concluded", 2)
    back(trade, "design", *redo)
    for limit, is_open in open_.items():
        (clock,) = running(trade, limit)
        assert (clock.stopped is None) is is_open, limit


def test_an_inspection_runs_on_where_it_must_be_made_anew() -> None:
    trade = Trade("hv_dual", "construction", values={"klass": "hv_dual", "importance": "level_2"})
    given(trade, "design.concluded", design_result="agreed")
    walk(trade, construction("hv_dual", DAY), "intermediate.inspected", 2)
    assert all(clock.stopped for clock in running(trade, "intermediate_inspection"))
    back(trade, "construction", "intermediate.rectified")  # what it rests on: the second inspection
    first, second = running(trade, "intermediate_inspection")
    assert first.stopped is not None
    assert second.stopped is None


@pytest.mark.parametrize("request_", ["", "客户书面申请"])
def test_a_survey_that_must_be_made_anew_stops_what_it_had_stopped(request_: str) -> None:
    trade = Trade("hv_single", "survey", rules="rules_2019", values={"klass": "hv_single"})
    walk(trade, survey("hv_single", DAY), "survey.done")
    assert all(clock.stopped for clock in running(trade, "site_ready") + running(trade, "survey"))
    back(trade, "survey", "survey.appointed", request=request_)
    assert running(trade, "site_ready")[-1].stopped is None
    assert running(trade, "survey")[-1].stopped is None
    walk(trade, survey("hv_single", DAY)[1:], "survey.done")
    assert all(clock.stopped for clock in running(trade, "site_ready") + running(trade, "survey"))


# ---- what the customer asks for ------------------------------------------------------------------


def test_what_the_customer_asks_to_have_again_gets_its_time_again() -> None:
    trade = walked("hv_single", ACCEPTED)
    trade.later(days=90)
    back(trade, "survey", "plan.drafted", request="客户书面申请 2026-06-08")
    first, second = running(trade, "plan_reply")
    assert first.stopped is not None
    assert (second.start, second.stopped) == (trade.now, None)
    limit = next(each for each in applying_limits(trade.case, reference()) if each.id == "plan_reply")
    told = [explain(due) for due, _run in deadlines_of(trade.case, limit, reference())]
    assert any("起算：客户要求重新办理" in line for line in told[1])
    for step in (draft, approve, reply, receive, accept):
        step(trade)
    assert running(trade, "plan_reply")[1].stopped is not None


def test_the_sum_of_our_own_time_counts_it() -> None:
    trade = walked("hv_single", ACCEPTED)
    trade.later(days=90)
    back(trade, "survey", "plan.drafted", request="客户书面申请")
    limit = next(each for each in applying_limits(trade.case, reference()) if each.id == "utility_sum")
    ((due, _run),) = deadlines_of(trade.case, limit, reference())
    assert due.due is not None
    counted = [line.date for line in due.days if line.counted]
    assert counted[:2] == [START.date(), trade.now.date()]  # the ninety days in between are not ours


def test_a_clock_that_a_new_act_of_the_customer_starts_does_not_start_before_it() -> None:
    values = {"klass": "hv_dual", "importance": "level_2"}
    trade = Trade("hv_dual", "design", values=values)
    walk(trade, design("hv_dual", DAY), "design.concluded", 1)
    back(trade, "design", "design.received", "design.concluded", request="客户更换设计单位")
    (clock,) = running(trade, "design_review")
    assert clock.stopped is not None
    trade.later(days=20)
    trade.do("design.received", "liming", **trade.case.records[1].values)
    assert [each.start for each in running(trade, "design_review")] == [clock.start, trade.now]


def test_a_return_says_what_must_be_done_anew_and_who_wants_it() -> None:
    words = path.RETURN.words
    plain: Any = Return("survey", ("plan.approved", "plan.replied"), "登记有误")
    assert words(plain) == "退回“勘查与方案”环节重办(审批方案、答复供电方案):登记有误"
    asked = replace(plain, request="申请 12 号")
    assert words(asked).endswith("登记有误(客户申请:申请 12 号)")


# ---- the plan in the customer's hands ------------------------------------------------------------


def test_a_plan_that_was_held_and_sent_back_was_held_until_then() -> None:
    trade = walked("hv_single", ACCEPTED)
    received = trade.case.records[-2].stated
    trade.later(days=40)
    back(trade, "survey", "plan.drafted", request="客户书面申请")
    (held,) = running(trade, "plan_validity")
    assert (held.start, held.stopped) == (received, trade.now)
    assert valid_until(trade.case, reference()) is None
    for step in (draft, approve, reply, receive):
        step(trade)
    assert [each.stopped is None for each in running(trade, "plan_validity")] == [False, True]


# ---- papers ----------------------------------------------------------------------------------------


def sheets(trade: Trade, *forms: str) -> None:
    """A sheet of each of these forms is printed now."""
    made = [
        Paper(sheet_no=f"s{at}", form=form, title="", entry="s", issued=trade.now, issued_by="")
        for at, form in enumerate(forms, start=len(trade.case.papers))
    ]
    trade.case = replace(trade.case, papers=(*trade.case.papers, *made))


def test_the_sheets_of_what_must_be_done_anew_are_void() -> None:
    trade = walked("hv_single", APPROVED)
    sheets(trade, "survey_high_voltage", "plan_approval")
    reply(trade)
    sheets(trade, "plan_reply_high_voltage", "supply_plan")
    back(trade, "survey", "plan.replied")
    assert {paper.form: paper.void for paper in trade.case.papers} == {
        "survey_high_voltage": "",
        "plan_approval": "",
        "plan_reply_high_voltage": "退回重办:审查发现问题",
        "supply_plan": "退回重办:审查发现问题",
    }
    reply(trade)
    assert ALL_FORMS["plan_reply_high_voltage"].when(trade.case)
    sheets(trade, "plan_reply_high_voltage")
    assert not ALL_FORMS["plan_reply_high_voltage"].when(trade.case)


def test_a_sheet_that_was_taken_along_is_void_with_its_survey() -> None:
    trade = Trade("lv_resident", "survey", rules="seed", values={**RESIDENT, "klass": "lv_resident"})
    sheets(trade, "survey_low_voltage")
    trade = walk(trade, survey("lv_resident", DAY), "survey.done")
    assert not ALL_FORMS["survey_low_voltage"].when(trade.case)
    back(trade, "survey", "survey.done")
    assert [bool(paper.void) for paper in trade.case.papers] == [True]
    assert ALL_FORMS["survey_low_voltage"].when(trade.case)
