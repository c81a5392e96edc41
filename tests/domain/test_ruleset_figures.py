"""What a rule set says besides limits: licence tables, ceilings, figures, and the steps that hang on them."""

from pathlib import Path

import pytest

from yekuo_desktop.domain.rulesets import RuleSet, parse_rulesets

RESOURCES = Path(__file__).parents[2] / "resources"
SETS = {
    rules.id: rules
    for rules in parse_rulesets(
        path.read_text("utf-8") for path in sorted((RESOURCES / "rules").glob("*.toml"))
    )
}
OF_2024 = {"supply_rules_2024", "sgcc_2026", "opinion_2024"}
EVERY_SET = pytest.mark.parametrize("rules", SETS.values(), ids=list(SETS))
FIVE = {"一级": None, "二级": 220, "三级": 110, "四级": 35, "五级": 10}
THREE = {"一级": None, "二级": 330, "三级": 35}


@EVERY_SET
def test_licence_tables(rules: RuleSet) -> None:
    """regulations.md 3.3: 28号令 (2010) has five grades, the 2026 exam bank three; valid six years."""
    tables = {
        table.regime: {grade.grade: grade.max_kv for grade in table.grades} for table in rules.licences()
    }
    newest = {"2026": THREE} if rules.id in OF_2024 else {}
    assert tables == {**newest, "2010": FIVE}
    assert rules.licences()[0] == rules.licence
    assert all(table.years_valid == 6 and table.citation for table in rules.licences())


@EVERY_SET
def test_four_sets_of_drawings(rules: RuleSet) -> None:
    """种子文件 三 (regulations.md 0A)."""
    assert rules.ceilings["drawing_sets"] == 4
    assert "种子文件 三" in rules.ceilings_citation


@EVERY_SET
@pytest.mark.parametrize(
    ("figure", "allowance"),
    [
        # regulations.md 3.5, 4.5, 5.1
        ("archive_loan", "7 个工作日"),
        ("metering_sheet_retention", "3 年"),
        ("contract_retention", "10 年"),
        ("closed_file_retention", "5 年"),
        ("lv_contract_term", "10 年"),
        ("whitelist", "6 个月"),
    ],
)
def test_figures_that_are_no_limits(rules: RuleSet, figure: str, allowance: str) -> None:
    found = rules.figure(figure)
    assert found is not None
    assert (found.allowance, found.confidence) == (allowance, "V2")
    assert found.citation


@EVERY_SET
def test_the_customers_month_to_object_belongs_to_the_rules_of_1996(rules: RuleSet) -> None:
    """regulations.md 1.2; the 2024 edition is not known to have it."""
    found = rules.figure("plan_objection")
    assert (found is None) == (rules.id in OF_2024)


@EVERY_SET
def test_no_figure_is_given_twice(rules: RuleSet) -> None:
    ids = [figure.id for figure in rules.figures]
    assert len(ids) == len(set(ids))
    assert all(figure.amount > 0 for figure in rules.figures)


@EVERY_SET
@pytest.mark.parametrize("step", ["three_certificates", "contractor_licence"])
def test_equipment_and_builder_are_checked_before_the_works(rules: RuleSet, step: str) -> None:
    """种子文件 四; residents have no works of their own, except in the seed's own process."""
    assert all(rules.step_required(step, klass) for klass in ("lv_nonresident", "hv_single", "hv_dual"))
    assert rules.step_required(step, "lv_resident") == (rules.id == "seed")


@EVERY_SET
def test_papers_of_the_works_are_asked_only_where_their_step_is(rules: RuleSet) -> None:
    for klass in ("lv_resident", "hv_single"):
        asked = {rule.id for rule in rules.materials_for(klass, "new", stage="construction")}
        assert ("three_certificates" in asked) == rules.step_required("three_certificates", klass)
        assert ("intermediate_application" in asked) == rules.step_required("intermediate_inspection", klass)


@pytest.mark.parametrize(
    ("klass", "flags", "required"),
    [
        # regulations.md 1.3: 重要电力用户 and 居民住宅小区, both only where there are 受电工程
        ("lv_resident", {"estate", "receiving_works"}, True),
        ("lv_resident", {"estate"}, False),
        ("lv_nonresident", {"importance", "receiving_works"}, True),
        ("lv_nonresident", {"importance"}, False),
        ("hv_single", {"receiving_works"}, False),
        ("hv_dual", {"importance", "receiving_works"}, True),
    ],
)
def test_whose_works_are_reviewed_and_inspected(klass: str, flags: set[str], required: bool) -> None:
    rules = SETS["supply_rules_2024"]
    for step in ("design_review", "intermediate_inspection"):
        assert rules.step_required(step, klass, frozenset(flags)) == required
    assert ("design" in rules.stages_for(klass, frozenset(flags))) == required
    assert bool(rules.materials_for(klass, "new", frozenset(flags), "design"))


@pytest.mark.parametrize("name", sorted(SETS))
def test_state_grid_files_are_handed_over_within_seven_working_days(name: str) -> None:
    """档案管理规定 (regulations.md 3.5). Its date is not known: old sets, and those of others, go without."""
    without = {"regulation_2010", "promise_2011", "csg", "zhejiang_2012"}
    found = [limit for limit in SETS[name].limits if limit.id == "archive_handover"]
    assert [(limit.amount, limit.unit, limit.starts_on, limit.stops_on) for limit in found] == (
        [] if name in without else [(7, "workday", "connected", "archived")]
    )
