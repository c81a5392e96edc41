"""The way through the first half of stage 2 under the rule sets that matter: short for a household, whole for
high voltage; a returned or objected plan is drafted anew from the former one."""

from datetime import date
from pathlib import Path

import pytest

from tests.domain.surveys import APPLIED, applied, plan, surveyed, walked
from tests.domain.trade import Trade, reference
from tests.domain.walk import DAY, walk
from yekuo_desktop.domain.engineering import EngineeringError, parse_engineering
from yekuo_desktop.domain.path import TASKS, tasks_of, undone
from yekuo_desktop.office.practice.survey import answers

RULES = ("seed", "supply_rules_2024", "rules_2019", "regulation_2010")
HALF = ("survey.assigned", "survey.appointed", "survey.done", "survey.opined", "plan.drafted")
TEXT = (Path(__file__).parents[2] / "resources" / "engineering.toml").read_text(encoding="utf-8")


def half(kinds: list[str]) -> list[str]:
    return [kind for kind in kinds if kind in HALF]


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize(
    ("klass", "needed", "offered"),
    [
        ("lv_resident", HALF[2:3] + HALF[4:], HALF[1:3] + HALF[4:]),
        ("lv_nonresident", HALF[2:3] + HALF[4:], HALF),
        ("hv_single", HALF, HALF),
        ("hv_dual", HALF, HALF),
    ],
)
def test_a_household_needs_two_steps_and_high_voltage_all(
    rules: str, klass: str, needed: tuple[str, ...], offered: tuple[str, ...]
) -> None:
    """低压一岗制; 高压联合勘查 (〔2019〕431号, regulations.md 1.5; 种子文件 二)."""
    case = applied(klass, rules=rules).case
    assert half([t.kind for t in undone(case, "survey", reference())]) == list(needed)
    assert half([t.kind for t in tasks_of("survey") if t.offered(case, reference())]) == list(offered)


def test_the_tasks_stand_in_the_order_of_the_work() -> None:
    kinds = [task.kind for task in tasks_of("survey")]
    assert [kind for kind in kinds if kind in (*HALF, "plan.approved", "plan.replied")] == [
        *HALF,
        "plan.approved",
        "plan.replied",
    ]


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("klass", APPLIED)
def test_the_people_of_the_practice_county_get_through(rules: str, klass: str) -> None:
    trade = walk(applied(klass, rules=rules), answers(klass, DAY))
    assert half([t.kind for t in undone(trade.case, "survey", reference())]) == []
    values = trade.case.records[-1].values
    assert [p.text for p in trade.found("plan.drafted", "liming", **values)] == []


@pytest.mark.parametrize("klass", APPLIED)
def test_a_plan_is_drafted_once(klass: str) -> None:
    trade = walked(klass, "plan.drafted")
    assert trade.refusal("plan.drafted", "liming") == "拟定供电方案已经登记,有误请更正"
    assert TASKS["survey.done"].locked(trade.case).startswith("供电方案已经拟定")


def returned(klass: str) -> Trade:
    trade = walked(klass, "plan.drafted")
    trade.do("plan.returned", "qianyong", plan_return_reason="表箱位置与产权分界不符")
    return trade


@pytest.mark.parametrize("klass", APPLIED)
def test_a_returned_plan_is_drafted_anew_from_the_former_one(klass: str) -> None:
    trade = returned(klass)
    former = trade.case.records[-2].values
    found = trade.proposed("plan.drafted", "liming")
    assert {key: found[key].value for key in former if key != "plan_notes"} == {
        key: value for key, value in former.items() if key != "plan_notes"
    }
    assert found["plan_notes"].reason == "表箱位置与产权分界不符"
    trade.do("plan.drafted", "liming", **former)
    assert TASKS["plan.drafted"].done(trade.case)


def test_figures_are_proposed_again_while_the_new_plan_is_typed() -> None:
    trade = returned("hv_single")
    former = trade.case.records[-2].values
    found = trade.proposed("plan.drafted", "liming", plan_capacity="630")
    words = "取自上一稿,请按意见修改;现在的数字:10kV 供电 630 kVA,超过 315 kVA,须高供高计"
    assert found["metering_points"].reason.startswith(words)
    assert {key: p.value for key, p in found.items() if key in former} == former  # what stood there stays


def test_what_was_approved_is_not_changed_any_more() -> None:
    trade = walked("lv_resident", "plan.drafted")
    assert TASKS["plan.drafted"].locked(trade.case) == ""
    trade.do("plan.approved", "qianyong", approval_words="同意")
    assert TASKS["plan.drafted"].locked(trade.case).startswith("供电方案已经审批")


def test_both_voltages_know_the_same_fields() -> None:
    """One key means one thing: the two definitions of a row field differ in columns and class only."""
    fields = TASKS["plan.drafted"].fields
    for key in ("sources", "metering_points"):
        low, high = (field for field in fields if field.key == key)
        assert (low.label, low.group, low.given) == (high.label, high.group, high.given)
        assert not low.on & high.on
        shared = {c.key: c.label for c in low.columns}
        assert all(shared.get(c.key, c.label) == c.label for c in high.columns)


def test_a_low_voltage_plan_has_no_high_voltage_columns() -> None:
    trade = surveyed("lv_nonresident")
    assert set(plan(trade)["sources"][0]) == {"role", "voltage", "capacity", "area", "pole", "boundary"}


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("max_ampere = 60", 'max_ampere = "sixty"', "max_ampere"),
        ("[direct_metering]", "[direct]", "direct"),
        ("primaries = [5, 10,", "primaries = [10, 5,", "primaries 应从小到大排列"),
        ("from_kv = 10.0", "from_kv = 0.1", "accuracies 应按 from_kv 从小到大排列"),
        ("[direct_metering]", "[direct_metering", "工程数据有误"),
    ],
)
def test_faulty_engineering_data_says_what_is_wrong(old: str, new: str, problem: str) -> None:
    with pytest.raises(EngineeringError, match=r"工程数据有误") as error:
        parse_engineering(TEXT.replace(old, new, 1))
    assert problem in str(error.value)


def test_every_figure_names_its_source() -> None:
    found = parse_engineering(TEXT)
    entries = [*found.accuracies, *found.meters, *found.power_factors, *found.tariffs, *found.supplies]
    single = [found.direct_metering, found.current_transformer, found.emergency, found.reactive]
    assert all(entry.citation and entry.confidence != "U" for entry in [*entries, *single])


def test_the_tariff_rule_is_that_of_its_day() -> None:
    """2023-06-01: applications from then on (发改价格〔2023〕526号)."""
    found = parse_engineering(TEXT)
    before, after = found.tariff(date(2023, 5, 31)), found.tariff(date(2023, 6, 1))
    assert before is not None
    assert after is not None
    assert "405" not in before.categories
    assert "405" in after.categories
