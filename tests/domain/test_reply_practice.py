"""Stage 2 as the people of the practice county walk it, from the survey to the accepted plan, under every
kind of rule set: what is needed is done, and the case leaves the stage."""

import pytest

from tests.domain.trade import Trade, reference
from tests.domain.walk import DAY, walk
from tests.paper.samples import HIGH_VOLTAGE, NONRESIDENT, RESIDENT
from yekuo_desktop.domain import path
from yekuo_desktop.domain.clocks import running_limits
from yekuo_desktop.domain.stages.survey import reply_rounds as rounds
from yekuo_desktop.domain.validity import valid_until
from yekuo_desktop.office.practice import reply as practice_reply
from yekuo_desktop.office.practice import survey as practice_survey

HIGH = {**HIGH_VOLTAGE, "supply_mode": ""}  # asked of low voltage only
VALUES = {
    "lv_resident": RESIDENT,
    "lv_nonresident": NONRESIDENT,
    "hv_single": {**HIGH, "second_source_load": "", "second_capacity": "", "importance": "none"},
    "hv_dual": HIGH,
}


def walked(klass: str, rules: str) -> Trade:
    values = {**VALUES[klass], "klass": klass}
    trade = Trade(klass, "survey", rules=rules, values=values)
    told = (*practice_survey.answers(klass, DAY), *practice_reply.answers(klass, DAY))
    return walk(trade, told)


@pytest.mark.parametrize("rules", ["seed", "supply_rules_2024", "rules_2019", "regulation_2010"])
@pytest.mark.parametrize("klass", VALUES)
def test_a_case_goes_from_the_survey_to_the_accepted_plan(klass: str, rules: str) -> None:
    trade = walked(klass, rules)
    assert rounds.accepted(trade.case)
    assert trade.case.stage != "survey"
    assert not path.undone(trade.case, "survey", reference())


@pytest.mark.parametrize(
    ("klass", "kinds"),
    [
        # agrees while it signs
        ("lv_resident", ["plan.drafted", "plan.approved", "plan.replied", "plan.received"]),
        (
            "lv_nonresident",  # the customer objects
            [
                *("plan.drafted", "plan.approved", "plan.replied", "plan.received", "plan.objected"),
                *("plan.drafted", "plan.approved", "plan.replied", "plan.received", "plan.accepted"),
            ],
        ),
        (
            "hv_dual",  # a department and the approver send it back
            [
                *("plan.drafted", "plan.opined", "plan.opined", "plan.returned"),
                *("plan.drafted", "plan.opined", "plan.opined", "plan.approved"),
                *("plan.replied", "plan.received", "plan.accepted"),
            ],
        ),
    ],
)
def test_returns_and_objections_go_round_once(klass: str, kinds: list[str]) -> None:
    records = walked(klass, "supply_rules_2024").case.records
    assert [record.kind for record in records if record.kind.startswith("plan.")] == kinds


def test_high_voltage_pays_its_fee_or_has_its_plan_extended() -> None:
    single = walked("hv_single", "supply_rules_2024")
    plan = valid_until(single.case, reference())
    assert plan is not None
    assert plan.extended is not None
    assert plan.until > plan.original
    dual = walked("hv_dual", "supply_rules_2024")
    assert [r.kind for r in dual.case.records][-1] == "fees.received"


def test_the_second_reply_of_an_objected_plan_has_its_own_clock() -> None:
    clocks = running_limits(walked("lv_nonresident", "supply_rules_2024").case, reference())
    assert [run.stopped is not None for run in clocks if run.limit == "plan_reply"] == [True, True]
