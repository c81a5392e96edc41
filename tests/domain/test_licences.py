"""承装（修、试）电力设施许可证: the grade against the voltage of the plan, by the table the licence was given
out under; its validity against the day and the works (regulations.md 3.3, R13)."""

from typing import Any

import pytest

from tests.domain.trade import Trade
from tests.domain.walk import given

# 28号令 (2010): 一级 any, 二级 ≤ 220, 三级 ≤ 110, 四级 ≤ 35, 五级 ≤ 10 kV [S-LIC]
# 2026 题库: 一级 any, 二级 ≤ 330, 三级 ≤ 35 kV [S-EXAM]
HIGHEST = {
    ("2010", "1"): 500,
    ("2010", "2"): 220,
    ("2010", "3"): 110,
    ("2010", "4"): 35,
    ("2010", "5"): 10,
    ("2026", "1"): 500,
    ("2026", "2"): 330,
    ("2026", "3"): 35,
}
VOLTAGES = {
    "220v": 0.22,
    "380v": 0.38,
    "6kv": 6,
    "10kv": 10,
    "35kv": 35,
    "110kv": 110,
    "220kv": 220,
    "500kv": 500,
}
LICENCE = {
    "builder_name": "某安装公司",
    "builder_licence": "5-1-00101-2023",
    "builder_regime": "2010",
    "builder_grade": "4",
    "builder_valid_from": "2024-03-10",
    "builder_valid_until": "2030-03-10",
    "builder_own_choice": True,
    "builder_copies": "1",
}
TESTER = {
    "tester_name": "某试验公司",
    "tester_licence": "5-3-00301-2023",
    "tester_regime": "2010",
    "tester_grade": "4",
    "tester_valid_until": "2029-01-01",
}


def planned(voltage: str = "10kv", klass: str = "hv_single", rules: str = "supply_rules_2024") -> Trade:
    trade = Trade(klass, "construction", rules=rules, values={"klass": klass})
    return given(trade, "plan.drafted", supply_voltage=voltage) if voltage else trade


def refusal(trade: Trade, **changes: Any) -> str:
    return trade.refusal("contractor.checked", "liming", **LICENCE | TESTER | changes)


@pytest.mark.parametrize(("regime", "grade"), HIGHEST)
@pytest.mark.parametrize("voltage", VOLTAGES)
def test_a_grade_builds_up_to_its_voltage(regime: str, grade: str, voltage: str) -> None:
    refused = refusal(planned(voltage), builder_regime=regime, builder_grade=grade, tester_grade="1")
    assert ("资质不够" in refused) == (VOLTAGES[voltage] > HIGHEST[regime, grade])


def test_a_grade_too_low_says_which_would_do() -> None:
    refused = refusal(planned("35kv"), builder_grade="5", tester_grade="1")
    assert refused == "施工单位资质不够:五级制（28号令）五级许可证最高 10 kV,本工程 35kV,至少须四级"


@pytest.mark.parametrize(
    ("regime", "grade", "said"),
    [("2026", "5", "三级制许可证没有五级"), ("2026", "4", "三级制许可证没有四级"), ("2010", "5", "")],
)
def test_a_table_knows_its_own_grades_only(regime: str, grade: str, said: str) -> None:
    assert refusal(planned(), builder_regime=regime, builder_grade=grade) == said


@pytest.mark.parametrize(
    ("rules", "regime", "accepted"),
    [
        ("supply_rules_2024", "2026", True),
        ("supply_rules_2024", "2010", True),  # given out earlier, still valid
        ("rules_2019", "2010", True),
        ("rules_2019", "2026", False),
        ("regulation_2010", "2026", False),
        ("seed", "2010", True),
    ],
)
def test_the_rule_set_says_which_tables_count(rules: str, regime: str, accepted: bool) -> None:
    refused = refusal(planned(rules=rules), builder_regime=regime, builder_grade="1")
    assert ("的规则集不认" in refused) is not accepted


@pytest.mark.parametrize(("rules", "regime"), [("supply_rules_2024", "2026"), ("rules_2019", "2010")])
def test_the_table_in_force_is_proposed_and_kept_with_the_licence(rules: str, regime: str) -> None:
    trade = planned(rules=rules)
    assert trade.proposed("contractor.checked", "liming")["builder_regime"].value == regime
    trade.do("contractor.checked", "liming", **LICENCE | TESTER)
    assert trade.case.records[-1].values["builder_regime"] == "2010"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"builder_valid_until": "2026-03-10"}, ""),  # its last day
        ({"builder_valid_until": "2026-03-09"}, "施工许可证已于 2026-03-09 到期"),
        ({"builder_valid_from": "2026-03-11"}, "施工许可证自 2026-03-11 起才有效"),
        ({"builder_valid_from": "2031-01-01"}, "施工许可证的止日早于起日"),
        ({"builder_valid_from": ""}, "请填写施工许可自"),
        ({"tester_valid_until": "2026-03-09"}, "试验许可证已于 2026-03-09 到期"),
        ({"tester_grade": ""}, "请填写试验许可等级"),
        ({"builder_copies": ""}, "请留存施工资质复印件"),
        ({"builder_own_choice": False}, "三不指定"),
    ],
)
def test_validity_particulars_and_copies(changes: dict[str, Any], said: str) -> None:
    refused = refusal(planned(), **changes)
    assert said in refused if said else refused == ""


def test_longer_than_six_years_is_asked_about() -> None:
    """许可证有效期六年 [S-LIC]."""
    long = LICENCE | TESTER | {"builder_valid_from": "2024-03-10", "builder_valid_until": "2030-03-11"}
    found = planned().found("contractor.checked", "liming", **long)
    assert [(p.field, p.warning) for p in found] == [("builder_valid_until", True)]
    assert planned().found("contractor.checked", "liming", **LICENCE | TESTER) == []


def test_a_plan_that_says_no_voltage_leaves_it_to_the_clerk() -> None:
    found = planned("").found("contractor.checked", "liming", **LICENCE | TESTER)
    assert {(p.field, p.warning) for p in found} == {("builder_grade", True), ("tester_grade", True)}


def test_low_voltage_is_asked_for_no_tester() -> None:
    assert planned("380v", "lv_nonresident").refusal("contractor.checked", "liming", **LICENCE) == ""
    given_too = planned("380v", "lv_nonresident").found("contractor.checked", "liming", **LICENCE | TESTER)
    assert given_too == []
