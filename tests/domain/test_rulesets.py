"""Rule sets: every figure of regulations.md section 1, who it applies to, and what a faulty file is told."""

from datetime import date
from pathlib import Path

import pytest

from yekuo_desktop.domain.rulesets import RuleSet, RuleSetError, choose, parse_ruleset, parse_rulesets

RESOURCES = Path(__file__).parents[2] / "resources"
TEXTS = {path.stem: path.read_text("utf-8") for path in sorted((RESOURCES / "rules").glob("*.toml"))}
SETS = {rules.id: rules for rules in parse_rulesets(TEXTS.values())}
CLASSES = ("lv_resident", "lv_nonresident", "hv_single", "hv_dual")
IMPORTANT = frozenset({"importance", "receiving_works"})


def amounts(name: str, limit: str, *flags: str) -> tuple[int | None, ...]:
    """A limit's amount for each of the four classes; None where there is none."""
    found = [SETS[name].limits_for(klass, "new", frozenset(flags)) for klass in CLASSES]
    return tuple(next((each.amount for each in limits if each.id == limit), None) for limits in found)


@pytest.mark.parametrize(
    ("name", "limit", "expected"),
    [
        # regulations.md 1.1, 供电监管办法 [S-27]
        ("regulation_2010", "plan_reply", (3, 8, 20, 45)),
        ("regulation_2010", "design_review", (None, 8, 20, 20)),
        ("regulation_2010", "intermediate_inspection", (None, 3, 5, 5)),
        ("regulation_2010", "completion_inspection", (None, 5, 7, 7)),
        ("regulation_2010", "connection", (3, 5, 7, 7)),
        # 1.4, 国家电网办〔2011〕1493号 [S-SP11]
        ("promise_2011", "plan_reply", (3, 7, 15, 30)),
        ("promise_2011", "connection", (3, 5, 5, 5)),
        ("promise_2011", "design_review", (None,) * 4),
        # 1.5, 国家电网企管〔2019〕431号 [S-EXAM]
        ("rules_2019", "survey", (1, None, 2, 2)),
        ("rules_2019", "site_ready", (3, 3, 3, 3)),
        ("rules_2019", "plan_reply", (1, 1, None, None)),
        ("rules_2019", "intermediate_inspection", (None, None, 3, 3)),
        ("rules_2019", "intermediate_opinion", (None, None, 5, 5)),
        ("rules_2019", "completion_inspection", (None, None, 5, 5)),
        ("rules_2019", "connection", (None, None, 5, 5)),
        ("rules_2019", "whole_process", (2, None, None, None)),
        ("rules_2019", "archive_after_close", (5, 5, 5, 5)),
        ("rules_2019", "papers_passing", (1, 1, 1, 1)),
        # 1.4, 国家电网办〔2022〕336号 [S-EXAM]
        ("promise_2022", "whole_process", (5, None, None, None)),
        ("promise_2022", "utility_sum", (None, 6, 22, 32)),
        ("promise_2022", "plan_reply", (None,) * 4),
        ("promise_2022", "complaint_contact", (24, 24, 24, 24)),
        ("promise_2022", "complaint_answer", (5, 5, 5, 5)),
        ("promise_2022", "anomaly_answer", (5, 5, 5, 5)),
        ("promise_2022", "meter_check", (5, 5, 5, 5)),
        # 1.3, 供电营业规则 2024 [S-2024][S-EXAM]
        ("supply_rules_2024", "plan_reply", (3, 3, 10, 20)),
        ("supply_rules_2024", "design_review", (None, None, 3, 3)),
        ("supply_rules_2024", "design_rereview", (None, None, 3, 3)),
        ("supply_rules_2024", "intermediate_inspection", (None, None, 2, 2)),
        ("supply_rules_2024", "completion_inspection", (None, None, 3, 3)),
        ("supply_rules_2024", "connection", (3, 3, 3, 3)),
        ("supply_rules_2024", "whole_process", (5, None, None, None)),
        ("supply_rules_2024", "meter_check", (5, 5, 5, 5)),
        ("supply_rules_2024", "utility_sum", (None, 6, 22, 32)),
        ("supply_rules_2024", "archive_handover", (7, 7, 7, 7)),
        # 1.5 KPI [S-KPI], 1.5 current list [S-EXAM], 1.6
        ("sgcc_kpi", "design_review", (None, None, 10, 10)),
        ("sgcc_2026", "acceptance", (1, 1, 1, 1)),
        ("sgcc_kpi", "plan_reply", (None, None, 15, 30)),
        ("sgcc_kpi", "intermediate_inspection", (None, None, 5, 5)),
        ("sgcc_kpi", "completion_inspection", (None, None, 5, 5)),
        ("sgcc_kpi", "connection", (None, None, 5, 5)),
        ("sgcc_2026", "plan_reply", (None, None, 10, 20)),
        ("sgcc_2026", "design_review", (None, None, 3, 3)),
        ("sgcc_2026", "intermediate_inspection", (None, None, 2, 2)),
        ("sgcc_2026", "completion_inspection", (None, None, 3, 3)),
        ("sgcc_2026", "connection", (3, 3, 3, 3)),
        ("sgcc_2026", "grid_works", (10, 10, 60, 60)),
        ("opinion_2024", "whole_process", (5, 5, None, None)),
        ("opinion_2024", "plan_reply", (None, 3, 10, 20)),
        ("opinion_2024", "acceptance", (None, None, None, 1)),
        ("opinion_2024", "intermediate_inspection", (None, None, None, 2)),
        ("opinion_2024", "completion_inspection", (None, None, None, 3)),
        ("opinion_2024", "connection", (None, None, None, 3)),
        ("csg", "whole_process", (1, 2, 22, 30)),
        ("zhejiang_2012", "plan_reply", (5, 5, 10, 10)),
        # The seed refers to 十项承诺 for its figures
        ("seed", "plan_reply", (3, 7, 15, 30)),
        ("seed", "connection", (3, 5, 5, 5)),
    ],
)
def test_figures(name: str, limit: str, expected: tuple[int | None, ...]) -> None:
    assert amounts(name, limit) == expected


@pytest.mark.parametrize(
    ("name", "limit", "flag", "expected"),
    [
        ("rules_2019", "plan_reply", "direct_metering", (None,) * 4),
        ("rules_2019", "whole_process", "grid_works", (None,) * 4),
        ("rules_2019", "application_review", "online", (1, 1, 1, 1)),
        ("rules_2019", "next_day_connection", "same_day_service", (1, None, None, None)),
        ("sgcc_70_2015", "connection_after_reply", "grid_works", (3, None, None, None)),
        ("sgcc_70_2015", "whole_process", "direct_metering", (1, None, None, None)),
        ("sgcc_2026", "grid_works", "restricted_access", (10, 10, 120, 120)),
        ("opinion_2024", "whole_process", "external_line", (5, 15, None, None)),
        ("opinion_2024", "plan_reply", "three_zero", (None, None, 10, 20)),
        ("opinion_2024", "completion_inspection", "kv35_up", (None, None, 3, 3)),
        ("threezero_2020", "whole_process", "three_zero", (None, 15, None, None)),
        ("csg", "whole_process", "grid_works", (3, 7, 22, 30)),
    ],
)
def test_figures_that_depend_on_circumstances(
    name: str, limit: str, flag: str, expected: tuple[int | None, ...]
) -> None:
    assert amounts(name, limit, flag) == expected


@pytest.mark.parametrize("rules", SETS.values(), ids=list(SETS))
def test_every_set_keeps_the_seeds_own_rule(rules: RuleSet) -> None:
    """The paper work order reaches the project manager within one working day (product.md, Time limits)."""
    for klass in CLASSES:
        found = next(limit for limit in rules.limits_for(klass, "new") if limit.id == "work_order_delivery")
        assert (found.amount, found.unit, found.first_day) == (1, "workday", "next")
        assert (found.starts_on, found.stops_on, found.excludes) == ("accepted", "work_order_received", ())


@pytest.mark.parametrize("rules", SETS.values(), ids=list(SETS))
def test_every_entry_names_its_source(rules: RuleSet) -> None:
    entries = (*rules.limits, *rules.stages, *rules.materials, *rules.archive, *rules.plan_validity)
    assert all(entry.citation and entry.confidence in ("V", "V2") for entry in entries)
    assert rules.citation
    assert rules.first_day_citation
    assert rules.ceilings_citation


def test_no_case_is_held_to_two_limits_of_one_id_by_chance() -> None:
    """Two limits of one id, class and number of conditions would be decided by their order in the file."""
    for rules in SETS.values():
        keys = [
            (each.id, klass, each.when, each.unless)
            for each in rules.limits
            for klass in each.classes or CLASSES
        ]
        assert len(keys) == len(set(keys)), rules.id


@pytest.mark.parametrize(
    ("on", "preferred", "chosen"),
    [
        (date(2010, 1, 1), "", "regulation_2010"),
        (date(2015, 5, 5), "", "promise_2011"),
        (date(2018, 6, 1), "", "regulation_2010"),
        (date(2020, 5, 5), "", "rules_2019"),
        (date(2022, 6, 9), "", "promise_2022"),
        (date(2024, 5, 31), "", "promise_2022"),
        (date(2024, 6, 1), "", "supply_rules_2024"),
        (date(2026, 11, 20), "", "supply_rules_2024"),
        (date(2026, 11, 20), "seed", "seed"),
        (date(2026, 11, 20), "promise_2011", "supply_rules_2024"),  # no longer in force
    ],
)
def test_a_case_gets_the_set_in_force_on_its_day(on: date, preferred: str, chosen: str) -> None:
    assert choose(tuple(SETS.values()), on, preferred).id == chosen


def test_before_every_set_there_is_none() -> None:
    with pytest.raises(LookupError, match="2009-12-31 没有有效的规则集"):
        choose(tuple(SETS.values()), date(2009, 12, 31))


@pytest.mark.parametrize(
    ("name", "klass", "flags", "skipped"),
    [
        # regulations.md 1.3: design review only for 重要电力用户 and 居民住宅小区; completion HV only
        ("supply_rules_2024", "lv_resident", frozenset(), {"design", "completion"}),
        ("supply_rules_2024", "hv_single", frozenset({"receiving_works"}), {"design"}),
        ("supply_rules_2024", "hv_single", IMPORTANT, set()),
        ("supply_rules_2024", "hv_dual", frozenset({"estate", "receiving_works"}), set()),
        ("rules_2019", "hv_single", frozenset({"impact"}), set()),
        ("regulation_2010", "lv_nonresident", frozenset(), set()),
        # what is metered at once has no works that could be reviewed or inspected
        ("regulation_2010", "lv_nonresident", frozenset({"direct_metering"}), {"design", "completion"}),
        ("promise_2011", "lv_nonresident", frozenset({"direct_metering"}), {"design", "completion"}),
        ("regulation_2010", "lv_resident", frozenset(), {"design", "completion"}),
        ("seed", "lv_resident", frozenset(), set()),
    ],
)
def test_stages_a_class_passes(name: str, klass: str, flags: frozenset[str], skipped: set[str]) -> None:
    whole = SETS["seed"].stages_for("hv_single")
    assert whole == (
        "acceptance",
        "survey",
        "design",
        "construction",
        "completion",
        "energization",
        "archive",
    )
    assert SETS[name].stages_for(klass, flags) == tuple(stage for stage in whole if stage not in skipped)


def test_steps_depend_on_circumstances() -> None:
    rules = SETS["supply_rules_2024"]
    assert rules.step_required("intermediate_inspection", "hv_single", IMPORTANT)
    assert not rules.step_required("intermediate_inspection", "hv_single")
    assert SETS["seed"].step_required("intermediate_inspection", "lv_resident")
    for step in ("three_certificates", "contractor_licence"):  # an estate has works, and somebody builds them
        assert rules.step_required(step, "lv_resident", frozenset({"estate", "receiving_works"}))
        assert not rules.step_required(step, "lv_resident")


def materials(klass: str, business: str = "new", *flags: str) -> set[str]:
    found = SETS["supply_rules_2024"].materials_for(klass, business, frozenset(flags))
    return {rule.id for rule in found if rule.required}


def test_materials_by_class_business_and_circumstances() -> None:
    """供电营业规则（2024）第二十一条; the equipment list is for high voltage only (regulations.md 3.1)."""
    assert materials("lv_resident") == {"subject_identity", "property_title", "application_form"}
    assert "equipment_list" not in materials("lv_nonresident")
    assert {"equipment_list", "project_approval"} <= materials("hv_single")
    assert {"letter_of_authority", "agent_identity"} <= materials("lv_resident", "new", "authorised")
    assert "household_list" in materials("lv_nonresident", "batch")
    assert "dual_supply_need" in materials("hv_dual", "new", "importance")
    assert "property_title" not in materials("lv_nonresident", "new", "public_facility")


@pytest.mark.parametrize("klass", CLASSES)
def test_exactly_one_paper_lets_a_case_be_accepted(klass: str) -> None:
    """一证受理: the 主体资格 paper may not be owed (regulations.md 3.2)."""
    rules = SETS["supply_rules_2024"].materials_for(klass, "new")
    assert [rule.may_be_owed for rule in rules if rule.subject_qualification] == [False]


def test_plan_reply_and_contract_are_filed_as_originals() -> None:
    items = SETS["supply_rules_2024"].archive_for("hv_single", "new")
    assert {item.id for item in items if item.original} == {"plan_reply", "supply_contract"}


@pytest.mark.parametrize(("klass", "amount", "unit"), [("lv_resident", 3, "month"), ("hv_dual", 1, "year")])
def test_plan_validity(klass: str, amount: int, unit: str) -> None:
    for rules in SETS.values():
        found = rules.plan_validity_for(klass)
        assert found is not None
        assert (found.amount, found.unit, found.extend_before) == (amount, unit, 10)


def test_licence_grades_of_both_regimes() -> None:
    """regulations.md 3.3: five grades (28号令, 2010), three in the 2026 exam bank."""
    five, three = SETS["rules_2019"].licence, SETS["supply_rules_2024"].licence
    assert five is not None
    assert three is not None
    assert (five.allows("四级", 35), five.allows("五级", 35), five.allows("一级", 500)) == (True, False, True)
    assert (three.allows("三级", 35), three.allows("三级", 110), three.allows("四级", 10)) == (
        True,
        False,
        False,
    )


def test_ceilings_changed_in_2024() -> None:
    assert (SETS["rules_2019"].ceilings["single_phase_kw"], SETS["rules_2019"].ceilings["lv_kw"]) == (10, 100)
    new = SETS["supply_rules_2024"].ceilings
    assert (new["single_phase_kw"], new["lv_kw"], new["low_side_metering_10kv_kva"]) == (12, 160, 315)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("amount = 1\n", 'amount = "一"\n', "时限 work_order_delivery：amount 应为 int，现为 str"),
        ("amount = 1\n", "amount = 0\n", "时限 work_order_delivery 的 amount 应大于零"),
        ("amount = 1\n", "", "时限 work_order_delivery：缺少 amount"),
        ('unit = "workday"\nstage = "acceptance"', 'unit = "week"', "时限 work_order_delivery：unit 不能是"),
        ('label = "装表接电"', 'lable = "装表接电"', "时限 connection：有不认识的键 lable"),
        ('stops_on = "connected"', 'stops_on = "wired"', "没有 wired 这个事件"),
        ("in_force_from = 2012-06-28", "", "规则集 zhejiang_2012：缺少 in_force_from"),
        ('stage = "survey"', 'stage = "survey"\nwhen = ["moon"]', "没有 moon 这个条件"),
        ("by_name_only = true", "in_force_until = 2012-01-01", "in_force_until 早于 in_force_from"),
        ('kind = "sum"', 'kind = "whole"', "parts 与 kind 不符"),
        ('id = "', "id = ", "规则文件格式有误"),
    ],
)
def test_a_faulty_set_is_refused_naming_the_key(old: str, new: str, problem: str) -> None:
    name = next(name for name in ("zhejiang_2012", "sgcc_kpi", "promise_2022") if old in TEXTS[name])
    with pytest.raises(RuleSetError, match=problem):
        parse_ruleset(TEXTS[name].replace(old, new, 1))


@pytest.mark.parametrize("base", ["nowhere", "rules_2019"])
def test_a_set_must_not_extend_nothing_or_itself(base: str) -> None:
    text = TEXTS["rules_2019"].replace('id = "rules_2019"', f'id = "rules_2019"\nextends = "{base}"', 1)
    with pytest.raises(RuleSetError, match="不存在或互相引用"):
        parse_rulesets([text])
