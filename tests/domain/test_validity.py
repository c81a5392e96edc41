"""How long a supply plan holds (regulations.md 1.2, 1.3, R10): 高压一年, 低压三个月, 自签收至开工."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from tests.domain.told import moment, opened, redone, then
from tests.domain.trade import reference
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.clocks import RunningLimit, applying_limits, deadline_of, running_limits
from yekuo_desktop.domain.deadlines.limits import Pause
from yekuo_desktop.domain.deadlines.timelimits import Light, light
from yekuo_desktop.domain.validity import (
    PLAN_VALIDITY,
    plan_expired_on,
    rule_of,
    valid_until,
    validities,
)


def received(klass: str, on: str, rules: str = "supply_rules_2024") -> Case:
    """A plan drafted the day before and signed for on that day."""
    before = (moment(on) - timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    case = then(opened(klass, rules, on=before), "plan.drafted", before)
    return then(case, "plan.received", on, event="plan_received")


def clock(case: Case) -> list[RunningLimit]:
    return [found for found in running_limits(case, reference()) if found.limit == PLAN_VALIDITY]


@pytest.mark.parametrize(
    ("klass", "rules", "on", "until"),
    [
        # 供电营业规则 2024: 高压 1 年, 低压 3 个月 (regulations.md 1.3)
        ("hv_single", "supply_rules_2024", "2026-03-10", "2027-03-10"),
        ("hv_dual", "supply_rules_2024", "2026-03-10", "2027-03-10"),
        ("lv_resident", "supply_rules_2024", "2026-03-10", "2026-06-10"),
        ("lv_nonresident", "supply_rules_2024", "2026-03-10", "2026-06-10"),
        # 供电营业规则 1996 and 〔2019〕431号 say the same (1.2, 1.5)
        ("hv_single", "rules_2019", "2026-03-10", "2027-03-10"),
        ("lv_resident", "regulation_2010", "2026-03-10", "2026-06-10"),
        ("hv_dual", "seed", "2026-03-10", "2027-03-10"),
        # 民法典 202: no such day in the month, then the month's last day
        ("lv_resident", "supply_rules_2024", "2026-08-31", "2026-11-30"),
        ("hv_single", "supply_rules_2024", "2028-02-29", "2029-02-28"),
        # 民法典 203: a day off, then the working day after it
        ("lv_resident", "supply_rules_2024", "2026-03-20", "2026-06-22"),  # 端午 06-19 to 06-21
        ("lv_resident", "supply_rules_2024", "2026-07-01", "2026-10-08"),  # 国庆 10-01 to 10-07
        ("lv_resident", "supply_rules_2024", "2026-11-30", "2027-03-01"),  # 02-28 is a Sunday
        # a make-up Sunday is a working day: 2026-09-20
        ("lv_resident", "supply_rules_2024", "2026-06-20", "2026-09-20"),
        # signed for after the counter closed: the day is still that day
        ("lv_resident", "supply_rules_2024", "2026-03-10 20:15", "2026-06-10"),
    ],
)
def test_a_plan_holds_from_its_receipt(klass: str, rules: str, on: str, until: str) -> None:
    case = received(klass, on, rules)
    found = valid_until(case, reference())
    assert found is not None
    assert (found.original, found.until) == (date.fromisoformat(until), date.fromisoformat(until))
    assert found.received == moment(on)
    running = clock(case)
    assert [run.due for run in running] == [reference().hours.closing(date.fromisoformat(until))]
    assert (running[0].label, running[0].stopped, running[0].paused) == ("供电方案有效期", None, False)


def test_before_the_receipt_nothing_runs() -> None:
    case = then(opened("hv_single"), "plan.drafted", "2026-03-09")
    assert (valid_until(case, reference()), clock(case)) == (None, [])
    assert PLAN_VALIDITY not in {limit.id for limit in applying_limits(case, reference())}
    assert not plan_expired_on(case, reference(), date(2040, 1, 1))


def test_a_receipt_that_is_no_formal_notice_starts_nothing() -> None:
    """A written refusal is signed for too, but there is no plan that could hold."""
    case = then(opened("hv_single"), "plan.received", "2026-03-10")
    assert validities(case, reference()) == ()


def test_a_rule_set_that_does_not_say_has_no_validity() -> None:
    known = reference().rulesets
    silent = replace(known["supply_rules_2024"], id="silent", plan_validity=())
    without = replace(reference(), rulesets={**known, "silent": silent})
    case = received("hv_single", "2026-03-10", "silent")
    assert rule_of(case, without) is None
    assert PLAN_VALIDITY not in {run.limit for run in running_limits(case, without)}
    assert not plan_expired_on(case, without, date(2040, 1, 1))
    assert rule_of(replace(case, rules="unknown"), without) is None


# ---- R10: the plan against the start of construction ---------------------------------------------------


@pytest.mark.parametrize(
    ("start", "expired"),
    [("2026-03-10", False), ("2026-06-10", False), ("2026-06-11", True), ("2027-01-01", True)],
)
def test_a_plan_that_has_run_out_is_not_built(start: str, expired: bool) -> None:
    case = received("lv_nonresident", "2026-03-10")
    assert plan_expired_on(case, reference(), date.fromisoformat(start)) is expired


def test_works_begun_in_time_keep_the_plan_alive() -> None:
    case = received("lv_nonresident", "2026-03-10")
    case = then(case, "construction.started", "2026-06-10 16:00", event="construction_started")
    assert not plan_expired_on(case, reference(), date(2027, 1, 1))
    run = clock(case)[0]
    assert run.stopped == moment("2026-06-10 16:00")
    found = deadline_of(case, applying_limits(case, reference())[-1], reference())
    assert found is not None
    assert light(found, moment("2027-01-01"), run.stopped) is Light.MET


def test_works_begun_too_late_do_not_bring_it_back() -> None:
    case = received("lv_nonresident", "2026-03-10")
    case = then(case, "construction.started", "2026-06-11", event="construction_started")
    assert plan_expired_on(case, reference(), date(2026, 6, 11))
    found = deadline_of(case, applying_limits(case, reference())[-1], reference())
    assert found is not None
    assert light(found, moment("2026-06-11"), clock(case)[0].stopped) is Light.MISSED


def test_a_start_that_must_be_registered_anew_ended_nothing() -> None:
    case = received("lv_nonresident", "2026-03-10")
    case = then(case, "construction.started", "2026-04-01", event="construction_started")
    case = redone(case, "2026-04-02", "construction.started")
    assert clock(case)[0].stopped is None
    assert plan_expired_on(case, reference(), date(2026, 6, 11))


def test_a_customer_without_works_ends_it_by_being_connected() -> None:
    case = then(received("lv_resident", "2026-03-10"), "x", "2026-03-12", event="connected")
    assert clock(case)[0].stopped == moment("2026-03-12")


def test_a_plan_changed_while_the_works_go_on_cannot_run_out() -> None:
    case = received("hv_single", "2026-03-10")
    case = then(case, "construction.started", "2026-04-01", event="construction_started")
    case = then(redone(case, "2026-05-01", "plan.drafted"), "plan.drafted", "2026-05-02")
    case = then(case, "plan.received", "2026-05-06", event="plan_received")
    first, second = clock(case)
    assert first.stopped == moment("2026-04-01")
    assert second.stopped == second.start == moment("2026-05-06")
    assert not plan_expired_on(case, reference(), date(2030, 1, 1))


# ---- another plan takes its place ----------------------------------------------------------------------


@pytest.mark.parametrize("by", ["plan.objected", "plan.drafted"])
def test_what_is_objected_to_or_drafted_anew_holds_no_more(by: str) -> None:
    case = then(received("hv_single", "2026-03-10"), by, "2026-04-01")
    assert valid_until(case, reference()) is None
    assert [run.stopped for run in clock(case)] == [moment("2026-04-01")]
    assert not plan_expired_on(case, reference(), date(2030, 1, 1))


def test_a_plan_that_must_be_drafted_anew_holds_no_more_from_then_on() -> None:
    case = redone(received("hv_single", "2026-03-10"), "2026-04-01", "plan.drafted")
    assert valid_until(case, reference()) is None
    assert clock(case)[0].stopped == moment("2026-04-01")


def test_the_next_plan_has_its_own_time() -> None:
    case = then(received("hv_single", "2026-03-10"), "plan.objected", "2026-04-01")
    case = then(case, "plan.drafted", "2026-04-07")
    case = then(case, "plan.received", "2026-04-10", event="plan_received")
    case = then(case, "construction.started", "2026-05-06", event="construction_started")
    first, second = clock(case)
    assert (first.stopped, second.stopped) == (moment("2026-04-01"), moment("2026-05-06"))
    assert (second.label, second.key) == ("供电方案有效期(第 2 次)", "plan_validity#2")
    assert second.due == reference().hours.closing(date(2027, 4, 12))  # 04-10 is a Saturday


def test_pauses_do_not_stop_it_and_a_case_that_ended_has_no_deadline() -> None:
    case = received("lv_resident", "2026-03-10")
    paused = replace(case, pauses=(Pause(moment("2026-03-11"), moment("2026-05-11"), "客户外出"),))
    assert clock(paused)[0].due == clock(case)[0].due
    assert clock(replace(case, state="terminated"))[0].due is None
