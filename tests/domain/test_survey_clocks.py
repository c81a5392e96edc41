"""Limits that the survey starts and stops; times that may not be smoothed (regulations.md 1.4, 1.5, R2)."""

from datetime import timedelta

import pytest

from tests.domain.surveys import applied, plan, sign, survey, surveyed, taken, walked
from tests.domain.trade import START, Trade, reference
from yekuo_desktop.domain.clocks import RunningLimit, running_limits


def limits(trade: Trade) -> dict[str, RunningLimit]:
    return {limit.label: limit for limit in running_limits(trade.case, reference())}


@pytest.mark.parametrize(
    ("klass", "due"),
    [
        # 〔2019〕431号 period: LV resident 1 wd, HV 2 wd of acceptance (1.5); acceptance is day 1 (1.8)
        ("lv_resident", "2026-03-10"),
        ("lv_nonresident", None),
        ("hv_single", "2026-03-11"),
        ("hv_dual", "2026-03-11"),
    ],
)
def test_the_survey_has_its_own_limit(klass: str, due: str | None) -> None:
    found = limits(applied(klass, rules="rules_2019")).get("现场勘查")
    assert (f"{found.due:%Y-%m-%d}" if found and found.due else None) == due


def test_the_survey_stops_its_limit_and_opens_that_of_the_reply() -> None:
    """LV not direct: plan reply within 1 wd after survey (1.5)."""
    trade = surveyed("lv_nonresident", rules="rules_2019")
    running = limits(trade)
    assert running["受理至具备勘查条件"].stopped is not None
    assert running["勘查后答复供电方案"].start == trade.case.events[-1].stated
    assert running["勘查后答复供电方案"].stopped is None


def test_what_is_metered_on_the_spot_has_no_reply_to_wait_for() -> None:
    """Direct metering: the meter is hung on the spot (1.5)."""
    assert "勘查后答复供电方案" in limits(surveyed("lv_resident", rules="rules_2019"))
    direct = surveyed("lv_resident", rules="rules_2019", direct_metering=True)
    assert "勘查后答复供电方案" not in limits(direct)


def test_same_day_service_is_held_to_its_own_days() -> None:
    """当日受理、次日接电、次日归档 (1.5)."""
    promised = {"当日受理、次日接电", "当日受理、次日归档"}
    assert promised.isdisjoint(limits(surveyed("lv_resident", rules="rules_2019")))
    found = limits(surveyed("lv_resident", rules="rules_2019", same_day_service=True))
    assert {f"{found[label].due:%Y-%m-%d}" for label in promised} == {"2026-03-11"}


def test_the_day_of_the_order_follows_the_first_limit_that_runs_out() -> None:
    found = applied("hv_single", rules="rules_2019").proposed("survey.assigned", "liming")["survey_due"]
    assert (found.value, found.reason) == ("2026-03-11", "现场勘查时限")


def test_a_survey_is_not_dated_before_the_acceptance() -> None:
    """先勘查后受理 is a named fault (5.2, R2)."""
    trade = applied("lv_resident")
    early = START - timedelta(hours=1)
    words = trade.refusal("survey.done", "liming", early, **taken(trade, "survey.done"))
    assert words.startswith("所填时间早于上一环节")


@pytest.mark.parametrize(
    ("after", "kind", "by", "what"),
    [
        ("survey.assigned", "survey.appointed", "liming", "派工"),
        ("survey.appointed", "survey.done", "liming", "预约"),
        ("survey.opined", "plan.drafted", "liming", "部门会签"),
    ],
)
def test_no_step_is_dated_before_the_one_it_rests_on(after: str, kind: str, by: str, what: str) -> None:
    """R3: a stage time earlier than the preceding one."""
    trade = walked("hv_single", after, 3 if after == "survey.opined" else 1)
    early = trade.case.records[-1].stated - timedelta(minutes=1)
    assert f"所填时间早于{what}" in trade.refusal(kind, by, early, **taken(trade, kind))
    assert f"所填时间早于{what}" not in trade.refusal(kind, by, **taken(trade, kind))


def test_a_reopened_survey_is_a_survey_of_its_own() -> None:
    trade = surveyed("lv_nonresident", supply_conclusion="impossible", supply_refusal="台区重过载")
    trade.do("plan.drafted", "liming", supply_conclusion="impossible", supply_refusal="台区重过载")
    trade.do("survey.reopened", "liming", reopening_reason="台区已增容")
    survey(trade)
    assert [e.name for e in trade.case.events].count("survey_done") == 2


def test_a_second_survey_goes_on_from_the_first_but_sees_for_itself() -> None:
    trade = walked("hv_single", "survey.done")
    first = trade.case.records[-1].values
    sign(trade)
    trade.do("plan.drafted", "liming", supply_conclusion="impossible", supply_refusal="主变重载")
    trade.do("survey.reopened", "liming", reopening_reason="主变已增容")
    again = taken(trade, "survey.done")
    assert again["survey_route"] == first["survey_route"]
    assert not {"supply_conclusion", "survey_photo", "survey_customer", "survey_agreed"} & again.keys()
    survey(trade)
    sign(trade)
    trade.do("plan.drafted", "liming", **plan(trade))
