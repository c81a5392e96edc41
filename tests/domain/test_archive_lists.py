"""The archive list of every class under every rule set (regulations.md 3.4, 3.5, 6.1)."""

from itertools import product
from pathlib import Path

import pytest

from yekuo_desktop.domain.field import sheet_of
from yekuo_desktop.domain.rules import ATTACHED, ArchiveItem
from yekuo_desktop.domain.rulesets import RuleSet, RuleSetError, parse_ruleset, parse_rulesets

RESOURCES = Path(__file__).parents[2] / "resources"
TEXTS = {path.stem: path.read_text("utf-8") for path in sorted((RESOURCES / "rules").glob("*.toml"))}
SETS = {rules.id: rules for rules in parse_rulesets(TEXTS.values())}
LOW, HIGH = ("lv_resident", "lv_nonresident"), ("hv_single", "hv_dual")
CASES = [*product(LOW, ("new", "increase", "temporary", "batch")), *product(HIGH, ("new", "increase"))]
REVIEWED = frozenset({"importance", "receiving_works", "impact", "estate"})
FLAGS = {
    "plain": frozenset[str](),
    "reviewed": REVIEWED,
    "everything": REVIEWED | {"authorised", "own_supply", "hidden_works", "charging_pile", "two_high"},
    "unreviewed": frozenset({"no_design_review"}),
    "public": frozenset({"public_facility"}),
}
FORMS = {
    *("registration_resident", "registration_nonresident", "registration_batch", "registration_high_voltage"),
    *(
        "equipment_list",
        "household_list",
        "work_order",
        "acceptance_receipt",
        "one_time_notice",
        "commitment",
    ),
    *("survey_low_voltage", "survey_high_voltage", "plan_approval", "plan_reply_low_voltage"),
    *("plan_reply_high_voltage", "supply_plan", "design_submission", "design_opinion"),
    *("intermediate_registration", "intermediate_opinion", "metering_order", "contract_notice"),
    *("completion_application", "completion_registration", "completion_minutes", "rectification_notice"),
    *("energization_task", "energization_order", "meter_slip"),
    *("archive_list", "archive_catalogue", "archive_cover"),
}
ALWAYS = {
    *("application_form", "subject_qualification", "acceptance_receipt", "work_order", "survey_sheet"),
    *(
        "plan_approval",
        "plan_reply",
        "metering_order",
        "contract_notice",
        "supply_contract",
        "metering_sheet",
    ),
    *("archive_list", "archive_catalogue", "archive_cover"),
}
THREE = {"permitter", "commander", "executor"}
EVERY_SET = pytest.mark.parametrize("rules", SETS.values(), ids=list(SETS))


def filed(rules: RuleSet, klass: str, business: str, flags: str) -> dict[str, ArchiveItem]:
    items = rules.archive_for(klass, business, FLAGS[flags])
    found = {item.id: item for item in items}
    assert len(found) == len(items), "one paper is listed twice"
    return found


@EVERY_SET
@pytest.mark.parametrize("flags", FLAGS)
def test_every_class_has_a_full_list_without_doubles(rules: RuleSet, flags: str) -> None:
    for klass, business in CASES:
        found = filed(rules, klass, business, flags)
        assert found.keys() >= ALWAYS
        assert {"property_title", "facility_statement"} & {i for i in found if found[i].required}


@EVERY_SET
def test_every_item_is_proven_by_a_form_or_a_material_there_is(rules: RuleSet) -> None:
    materials = {rule.id for rule in rules.materials} | ATTACHED
    for item in rules.archive:
        assert item.form or item.material
        assert item.form in {"", *FORMS}, item.id
        assert item.material in {"", *materials}, item.id


def test_every_paper_of_the_seven_stages_is_filed_somewhere() -> None:
    assert {item.form for item in SETS["seed"].archive if item.form} == FORMS


@EVERY_SET
@pytest.mark.parametrize("flags", FLAGS)
def test_every_paper_asked_of_the_customer_is_filed(rules: RuleSet, flags: str) -> None:
    """What is demanded on the way is looked for in the file: nothing is asked in vain."""
    for klass, business in CASES:
        found = filed(rules, klass, business, flags)
        proofs = {item.material for item in found.values() if item.required}
        for stage in rules.stages_for(klass, FLAGS[flags]):
            asked = rules.materials_for(klass, business, FLAGS[flags], stage)
            wanted = {rule.id for rule in asked if rule.required}
            assert wanted <= proofs, (klass, business, stage)


@EVERY_SET
def test_nothing_is_filed_of_a_step_that_was_not_taken(rules: RuleSet) -> None:
    for (klass, business), flags in product(CASES, FLAGS):
        for item in filed(rules, klass, business, flags).values():
            assert not item.step or rules.step_required(item.step, klass, FLAGS[flags])
            assert item.stage in rules.stages_for(klass, FLAGS[flags])


@EVERY_SET
def test_reply_and_contract_are_originals_and_nothing_else_must_be(rules: RuleSet) -> None:
    """〔2019〕431号 (regulations.md 3.5)."""
    for klass, business in CASES:
        found = filed(rules, klass, business, "everything")
        assert {item.id for item in found.values() if item.original} == {"plan_reply", "supply_contract"}


@EVERY_SET
def test_the_form_is_that_of_the_class(rules: RuleSet) -> None:
    for klass, business in CASES:
        found = filed(rules, klass, business, "plain")
        level = "high_voltage" if klass in HIGH else "low_voltage"
        assert found["application_form"].form == f"registration_{sheet_of(klass, business)}"
        assert found["survey_sheet"].form == f"survey_{level}"
        assert found["plan_reply"].form == f"plan_reply_{level}"
        assert ("supply_plan" in found) == (klass in HIGH)
        assert ("household_list" in found) == (business == "batch")


@pytest.mark.parametrize(
    ("klass", "business", "item", "signed", "sealed"),
    [
        # regulations.md 6.1
        ("lv_resident", "new", "application_form", {"customer"}, set()),
        ("lv_nonresident", "new", "application_form", {"customer"}, {"customer"}),
        ("lv_nonresident", "batch", "application_form", {"customer"}, {"customer", "utility"}),
        ("hv_single", "new", "application_form", {"customer"}, {"customer", "utility"}),
        ("hv_single", "new", "equipment_list", {"customer"}, {"customer"}),
        ("lv_resident", "batch", "household_list", {"customer"}, {"customer"}),
        ("hv_dual", "new", "survey_sheet", {"surveyor"}, set()),
        ("lv_resident", "new", "plan_reply", {"customer"}, {"customer", "utility"}),
        ("hv_dual", "new", "design_opinion", {"customer"}, {"utility"}),
        ("hv_dual", "new", "design_drawings", set(), {"designer"}),
        ("hv_dual", "new", "intermediate_opinion", {"customer", "utility"}, set()),
        ("hv_dual", "new", "completion_minutes", {"customer", "utility"}, set()),
        ("lv_resident", "new", "supply_contract", {"customer", "utility"}, {"customer", "utility"}),
        ("lv_resident", "new", "metering_sheet", {"customer", "metering"}, set()),
        # what is signed on its form (种子文件 四, 六: three people energize)
        ("hv_single", "new", "energization_task", THREE, set()),
        ("hv_single", "new", "energization_order", {*THREE, "customer"}, set()),
        ("hv_dual", "new", "metering_order", {"metering"}, set()),
        ("hv_dual", "new", "contract_notice", {"contracts"}, set()),
        ("hv_dual", "new", "design_submission", {"customer"}, set()),
        ("hv_dual", "new", "intermediate_registration", {"customer"}, set()),
        ("lv_resident", "new", "archive_list", {"handler", "archivist"}, set()),
        ("lv_resident", "new", "one_time_notice", {"customer", "utility"}, set()),
    ],
)
def test_who_signs_and_who_stamps(
    klass: str, business: str, item: str, signed: set[str], sealed: set[str]
) -> None:
    found = filed(SETS["supply_rules_2024"], klass, business, "everything")[item]
    assert (set(found.signed), set(found.sealed)) == (signed, sealed)


@pytest.mark.parametrize(
    ("name", "klass", "flags", "listed", "missing"),
    [
        # Each set files what its own steps demand (1.3: two classes only; 1.5: three; the seed: all)
        ("supply_rules_2024", "hv_single", "plain", "completion_minutes", "design_opinion"),
        ("supply_rules_2024", "hv_single", "reviewed", "intermediate_opinion", "design_at_completion"),
        ("supply_rules_2024", "hv_single", "unreviewed", "design_at_completion", "design_drawings"),
        ("supply_rules_2024", "lv_resident", "plain", "metering_order", "completion_minutes"),
        ("rules_2019", "hv_dual", "unreviewed", "design_at_completion", "dual_drawings"),
        ("rules_2019", "hv_dual", "reviewed", "dual_drawings", "design_at_completion"),
        ("regulation_2010", "lv_nonresident", "plain", "design_opinion", "energization_order"),
        ("regulation_2010", "hv_single", "plain", "three_certificates", "dual_supply_need"),
        ("seed", "lv_resident", "plain", "completion_minutes", "energization_task"),
    ],
)
def test_lists_follow_the_steps_of_their_own_set(
    name: str, klass: str, flags: str, listed: str, missing: str
) -> None:
    found = filed(SETS[name], klass, "new", flags)
    assert listed in found
    assert missing not in found


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('form = "archive_cover"\n', "", "归档资料 archive_cover 没有写明由什么证明"),
        ('step = "design_review"\nmaterial', 'step = "dancing"\nmaterial', "没有 dancing 这个步骤"),
        ('signed = ["surveyor"]', 'signed = ["nobody"]', "不能是 'nobody'"),
    ],
)
def test_a_faulty_item_is_refused(old: str, new: str, problem: str) -> None:
    assert old in TEXTS["rules_2019"]
    with pytest.raises(RuleSetError, match=problem):
        parse_ruleset(TEXTS["rules_2019"].replace(old, new, 1))
