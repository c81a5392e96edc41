"""What a survey finds, says and leads to: against class, ceilings, application; circumstances of the rules;
suspicion; a site that cannot be supplied (regulations.md 1.3, 2.6, 3.2, 5.2)."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from tests.domain.surveys import applied, plan, sign, survey, surveyed, taken, walked
from tests.domain.trade import Trade, reference
from yekuo_desktop.domain.case import Material
from yekuo_desktop.domain.circumstances import circumstances
from yekuo_desktop.domain.path import next_stage


def shown(trade: Trade, key: str, **found: Any) -> list[tuple[str, bool]]:
    values = {**taken(trade, "survey.done"), "supply_conclusion": "possible", **found}
    return [(p.text, p.warning) for p in trade.found("survey.done", "liming", **values) if p.field == key]


@pytest.mark.parametrize(
    ("klass", "rules", "found", "key", "words"),
    [
        # 1.3: 单相 12 kW, 低压三相 160 kW (2024); 10 kW, 100 kW (1996); 4.4: 10 kV 50 kVA–10 MVA
        ("lv_resident", "supply_rules_2024", ("220v", "12"), "survey_capacity", ""),
        ("lv_resident", "supply_rules_2024", ("220v", "14"), "survey_capacity", "220V 供电一般不超过 12 kW"),
        ("lv_resident", "seed", ("220v", "12"), "survey_capacity", "220V 供电一般不超过 10 kW"),
        ("lv_nonresident", "supply_rules_2024", ("380v", "160"), "survey_capacity", ""),
        (
            "lv_nonresident",
            "supply_rules_2024",
            ("380v", "180"),
            "survey_capacity",
            "380V 供电一般不超过 160 kW",
        ),
        ("lv_nonresident", "seed", ("380v", "160"), "survey_capacity", "380V 供电一般不超过 100 kW"),
        ("hv_single", "seed", ("10kv", "30"), "survey_capacity", "10kV 供电一般不小于 50 kVA"),
        ("hv_single", "seed", ("10kv", "12000"), "survey_capacity", "10kV 供电一般不超过 10000 kVA"),
        ("hv_single", "seed", ("35kv", "12000"), "survey_capacity", ""),
    ],
)
def test_ceilings_of_the_rule_set_warn(
    klass: str, rules: str, found: tuple[str, str], key: str, words: str
) -> None:
    trade = applied(klass, rules=rules, capacity=found[1])
    told = shown(trade, key, survey_voltage=found[0], survey_capacity=found[1])
    assert [warning for _, warning in told] == ([True] if words else [])
    assert all(text.startswith(words) for text, _ in told)


@pytest.mark.parametrize(("klass", "voltage"), [("lv_nonresident", "10kv"), ("hv_single", "380v")])
def test_another_voltage_than_the_class_has_needs_another_class(klass: str, voltage: str) -> None:
    ((text, warning),) = shown(applied(klass), "survey_voltage", survey_voltage=voltage)
    assert "请先更正申请的客户类别" in text
    assert not warning


@pytest.mark.parametrize(
    ("klass", "values", "voltage"),
    [
        ("lv_resident", {}, "220v"),
        ("lv_resident", {"supply_mode": "three_phase"}, "380v"),
        ("lv_nonresident", {"capacity": "8"}, "220v"),
        ("lv_nonresident", {"capacity": "80"}, "380v"),
        ("hv_single", {}, "10kv"),
        ("hv_single", {"supply_mode": "three_phase"}, "10kv"),
        ("hv_single", {"capacity": "20000"}, None),
    ],
)
def test_the_voltage_is_proposed_from_mode_or_usual_range(
    klass: str, values: dict[str, str], voltage: str | None
) -> None:
    found = applied(klass, **values).proposed("survey.done", "liming").get("survey_voltage")
    assert (found.value if found else None) == voltage


@pytest.mark.parametrize(
    ("business", "values", "capacity"),
    [
        ("new", {"existing_capacity": "40"}, "80"),
        ("increase", {"existing_capacity": "40"}, "120"),
        ("increase", {"existing_capacity": "40", "total_capacity": "125"}, "125"),
    ],
)
def test_an_increase_is_surveyed_for_what_it_comes_to(
    business: str, values: dict[str, str], capacity: str
) -> None:
    trade = applied("lv_nonresident", business=business, **values)
    assert trade.proposed("survey.done", "liming")["survey_capacity"].value == capacity
    ((text, warning),) = shown(trade, "survey_capacity", survey_capacity="60")
    assert text.startswith(f"与申请容量 {capacity} 不同")
    assert warning


def test_what_was_applied_for_stands_beside_what_is_verified() -> None:
    found = applied("hv_single").proposed("survey.done", "liming")
    assert found["survey_category_same"].reason == "申请为普通工业"
    assert found["survey_category_same"].value is None  # whether it is so, only the surveyor can say
    assert found["survey_industry_same"].reason == "申请为农副食品加工业"


def test_a_difference_is_written_down() -> None:
    """核定 ☐是 ☐否 and the text (附件4, regulations.md 2.6)."""
    trade = applied("lv_resident")
    assert "请填写核定用电类别" in trade.refusal("survey.done", "liming", survey_category_same=False)


@pytest.mark.parametrize(
    ("key", "flag"),
    [
        ("direct_metering", "direct_metering"),
        ("grid_works", "grid_works"),
        ("external_line", "external_line"),
        ("charging_pile", "charging_pile"),
    ],
)
def test_what_the_rules_ask_about_is_recorded_under_its_name(key: str, flag: str) -> None:
    trade = applied("lv_resident")
    assert flag not in circumstances(trade.case, reference())
    survey(trade, **{key: True})
    assert flag in circumstances(trade.case, reference())


def test_high_voltage_has_works_and_hidden_works_unless_the_survey_says_otherwise() -> None:
    assert {"receiving_works", "hidden_works"} <= circumstances(surveyed("hv_single").case, reference())
    without = circumstances(surveyed("hv_single", hidden_works=False).case, reference())
    assert "no_hidden_works" in without
    assert "hidden_works" not in without


def test_the_importance_found_goes_before_the_one_applied_for() -> None:
    trade = surveyed("hv_dual", importance="none")
    assert "importance" not in circumstances(trade.case, reference())


def test_papers_still_owed_are_said_at_the_survey_and_before_the_plan() -> None:
    """一证受理: the rest is collected at survey (regulations.md 3.2, R9)."""
    trade = applied("lv_resident", rules="supply_rules_2024")
    owed = {"property_title": Material(owed_until=date(2026, 3, 20)), "id": Material(original_seen=True)}
    trade.case = replace(trade.case, materials=owed)
    ((text, warning),) = shown(trade, "survey_remarks")
    assert text.startswith("还欠")
    assert "(2026-03-20 前)" in text
    assert warning
    survey(trade)
    assert any("还欠" in p.text for p in trade.found("plan.drafted", "liming", **plan(trade)))


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("survey_photo", "没有现场照片"),
        ("survey_signers", "派工的李明、高志远、马强没有写在勘查人中"),
        ("survey_agreed", "供电方式、计量方式和受电点须与客户协商确定"),
    ],
)
def test_a_joint_survey_leaves_a_picture_names_and_an_understanding(key: str, words: str) -> None:
    trade = walked("hv_single", "survey.appointed")
    assert shown(trade, key, survey_signers="赵军") == [(words, True)]


def test_a_suspicion_holds_the_plan_until_it_is_settled() -> None:
    """违约/窃电 suspected at survey: business suspended (regulations.md 5.2; 〔2019〕431号 暂缓办理)."""
    trade = applied("lv_nonresident")
    assert "请填写嫌疑情况" in trade.refusal("survey.done", "liming", survey_violation=True)
    assert shown(trade, "survey_violation", survey_violation=True)[0][0].startswith("请立即报告并暂停办理")
    assert trade.refusal("violation.settled", "heping") == "这件业务不需要登记违约用电、窃电处理完毕"
    survey(trade, survey_violation=True, survey_violation_words="表前接线")
    words = "现场发现违约用电、窃电嫌疑,处理完毕登记后才能拟定方案"
    assert trade.refusal("plan.drafted", "liming") == words
    outcome = {"violation_outcome": "已补交电费", "violation_document": "WY2026-03"}
    assert "处理结果须由另一人登记" in trade.refusal("violation.settled", "liming", **outcome)
    trade.do("violation.settled", "heping", **outcome)
    trade.do("plan.drafted", "liming", **plan(trade))


def test_a_site_that_cannot_be_supplied_is_answered_in_writing_and_waits() -> None:
    """不具备 + reason (附件5 告知事项): approved and replied like any plan; the case does not go on."""
    trade = surveyed("hv_single", supply_conclusion="impossible", supply_refusal="10kV 粮油线重过载")
    made = taken(trade, "plan.drafted")
    assert set(made) == {"supply_conclusion", "supply_refusal"}
    assert (made["supply_conclusion"], made["supply_refusal"]) == ("impossible", "10kV 粮油线重过载")
    trade.do("plan.drafted", "liming", supply_conclusion="impossible", supply_refusal="10kV 粮油线重过载")
    assert next_stage(trade.case, reference()) is None
    assert trade.refusal("survey.done", "liming") == "现场勘查已经登记,有误请更正"


def test_a_refusal_says_why() -> None:
    found = applied("hv_single").found("survey.done", "liming", supply_conclusion="impossible")
    assert "请填写不具备供电条件的原因" in [p.text for p in found]


def test_when_supply_becomes_possible_the_survey_is_reopened() -> None:
    trade = surveyed("hv_single", supply_conclusion="impossible", supply_refusal="10kV 粮油线重过载")
    trade.do("plan.drafted", "liming", supply_conclusion="impossible", supply_refusal="10kV 粮油线重过载")
    trade.do("survey.reopened", "liming", reopening_reason="新建 10kV 二回已投运")
    assert trade.refusal("plan.drafted", "liming") == "还没有现场勘查"
    survey(trade)
    sign(trade)
    trade.do("plan.drafted", "liming", **plan(trade))
    assert trade.refusal("survey.reopened", "liming") == "具备条件后复勘已经登记,有误请更正"


def test_nothing_is_reopened_that_can_be_supplied() -> None:
    assert surveyed("hv_single").refusal("survey.reopened", "liming") == "这件业务不需要具备条件后复勘"


def test_a_plan_says_no_more_than_the_survey_found() -> None:
    trade = surveyed("hv_single", supply_conclusion="impossible", supply_refusal="重过载")
    found = trade.found("plan.drafted", "liming", supply_conclusion="possible")
    assert any("条件已改变的请先登记复勘" in p.text and not p.warning for p in found)
    trade = surveyed("hv_single")
    values = {"supply_conclusion": "impossible", "supply_refusal": "主变重载"}
    (warning,) = trade.found("plan.drafted", "liming", **values)
    assert warning.text == "现场勘查结论为具备供电条件,请写明不能供电的原因"
    assert warning.warning
