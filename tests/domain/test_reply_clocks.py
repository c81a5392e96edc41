"""The clock of the reply: until the written reply, and anew when the customer objects (regulations.md 1.8:
each stage restarts from an event of the customer). An internal return stops nothing."""

from datetime import date

import pytest

from tests.domain.replies import approve, draft, happened, object_to, opine, planned, receive, reply, walked
from tests.domain.trade import START, Trade, reference
from yekuo_desktop.domain.clocks import RunningLimit, applying_limits, deadlines_of, running_limits
from yekuo_desktop.domain.deadlines.timelimits import explain

APPROVED, REPLIED, RECEIVED = 1, 2, 3


def running(trade: Trade, limit: str = "plan_reply") -> list[RunningLimit]:
    return [found for found in running_limits(trade.case, reference()) if found.limit == limit]


@pytest.mark.parametrize(
    ("klass", "rules", "due"),
    [
        # accepted 2026-03-10 (Tuesday). 供电营业规则 2024: 3 / 10 / 20 wd, first day the next (1.3)
        ("lv_resident", "supply_rules_2024", date(2026, 3, 13)),
        ("hv_single", "supply_rules_2024", date(2026, 3, 24)),
        ("hv_dual", "supply_rules_2024", date(2026, 4, 8)),
        # 十项承诺 2011 in the seed's process: 3 / 7 / 15 / 30 wd (1.4)
        ("lv_nonresident", "seed", date(2026, 3, 18)),
        ("hv_single", "seed", date(2026, 3, 30)),
        # 供电监管办法: 3 / 8 / 20 / 45 wd (1.1), first day the next
        ("hv_single", "regulation_2010", date(2026, 4, 8)),
    ],
)
def test_the_reply_stops_the_clock(klass: str, rules: str, due: date) -> None:
    trade = walked(klass, APPROVED, rules=rules)
    (clock,) = running(trade)
    assert clock.start == START
    assert clock.due == reference().hours.closing(due)
    assert clock.stopped is None
    reply(trade)
    (clock,) = running(trade)
    assert clock.stopped == trade.now
    receive(trade)
    assert running(trade) == [clock]


def test_a_plan_that_is_returned_does_not_stop_the_clock() -> None:
    trade = planned("hv_dual")
    (before,) = running(trade)
    opine(trade, "change")
    trade.do("plan.returned", "qianyong", plan_return_reason="变压器台数与负荷不符")
    assert running(trade) == [before]
    draft(trade)
    approve(trade)
    assert running(trade) == [before]


def test_an_objection_starts_it_anew_with_the_same_time() -> None:
    trade = walked("hv_single", RECEIVED)
    object_to(trade)
    first, second = running(trade)
    assert first.stopped is not None
    assert (second.start, second.stopped) == (trade.now, None)
    assert (second.label, second.key) == ("供电方案答复(第 2 次)", "plan_reply#2")
    assert second.due == first.due  # the same day, the same ten working days
    limit = next(limit for limit in applying_limits(trade.case, reference()) if limit.id == "plan_reply")
    told = [explain(due) for due, _run in deadlines_of(trade.case, limit, reference())]
    assert any("起算：正式受理" in line for line in told[0])
    assert any("起算：客户对供电方案提出异议" in line for line in told[1])
    draft(trade)
    approve(trade)
    reply(trade)
    assert running(trade)[1].stopped == trade.now


def test_what_is_done_again_counts_to_the_sum_of_our_own_time() -> None:
    """十项承诺 2022 and its like: 供电企业各环节合计 (regulations.md 1.4)."""
    trade = walked("hv_single", RECEIVED)
    trade.later(days=7)
    object_to(trade)
    objected = trade.now
    limit = next(limit for limit in applying_limits(trade.case, reference()) if limit.id == "utility_sum")
    ((due, _run),) = deadlines_of(trade.case, limit, reference())
    assert due.due is not None
    counted = [line.date for line in due.days if line.counted]
    assert counted[0] == START.date()
    assert counted[1] == objected.date()  # the customer's week in between is not ours


def test_a_written_refusal_is_a_reply_too() -> None:
    trade = walked("hv_single", REPLIED, supply_conclusion="impossible")
    (clock,) = running(trade)
    assert clock.stopped == trade.now
    receive(trade)
    assert running(trade, "plan_validity") == []


def test_the_validity_starts_with_the_receipt() -> None:
    trade = walked("hv_single", RECEIVED)
    (clock,) = running(trade, "plan_validity")
    assert (clock.start, clock.stopped) == (trade.now, None)
    assert clock.due == reference().hours.closing(date(2027, 3, 10))


@pytest.mark.parametrize("rules", ["supply_rules_2024", "seed", "regulation_2010", "sgcc_2026"])
def test_a_reopened_survey_starts_it_anew(rules: str) -> None:
    """The written refusal stopped the clock; what becomes possible later is replied in the same time."""
    trade = walked("hv_single", RECEIVED, rules=rules, supply_conclusion="impossible")
    trade.later(days=120)
    trade.do("survey.reopened", "liming", reopening_reason="主变已增容")
    first, second = running(trade)
    assert first.stopped is not None
    assert (second.start, second.stopped) == (trade.now, None)
    draft(trade)
    approve(trade)
    reply(trade)
    assert running(trade)[1].stopped == trade.now


def test_low_voltage_that_objects_is_replied_again_in_the_same_time() -> None:
    """〔2019〕431号: 勘查后 1 wd; nothing else is said of the second reply."""
    trade = Trade("lv_nonresident", "survey", rules="rules_2019")
    happened(trade, "survey_done")
    draft(trade)
    for step in (approve, reply, receive, object_to):
        step(trade)
    first, second = running(trade)
    assert (first.stopped is None, second.start, second.stopped) == (False, trade.now, None)
