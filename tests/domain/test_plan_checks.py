"""Warnings of a supply plan: its figures among themselves and against class, survey, rules (R9, R16, R17)."""

from typing import Any

import pytest

from tests.domain.surveys import plan, surveyed
from tests.domain.trade import Trade


def told(trade: Trade, key: str, **changes: Any) -> list[str]:
    """The warnings beside a field."""
    found = trade.found("plan.drafted", "liming", **plan(trade, **changes))
    assert all(problem.warning for problem in found if problem.field == key)
    return [problem.text for problem in found if problem.field == key]


def single(**found: Any) -> Trade:
    return surveyed("hv_single", **found)


def rows(trade: Trade, key: str, **changes: str) -> list[dict[str, str]]:
    """The proposed rows with every one changed."""
    return [{**row, **changes} for row in plan(trade)[key]]


@pytest.mark.parametrize("klass", ["lv_resident", "lv_nonresident", "hv_single"])
def test_what_is_proposed_is_not_warned_about(klass: str) -> None:
    trade = surveyed(klass)
    assert [p.text for p in trade.found("plan.drafted", "liming", **plan(trade))] == []


def test_a_dual_source_plan_asks_for_emergency_supply_and_the_fee_of_reliability() -> None:
    trade = surveyed("hv_dual")
    changes = {"source_type": "dual_two", "main_wiring": "sectioned_bus"}
    found = {p.field: p for p in trade.found("plan.drafted", "liming", **plan(trade, **changes))}
    assert set(found) == {"plan_own_supply", "fees"}
    assert "120%" in found["plan_own_supply"].text  # 编制导则 [S-EXAM]
    assert all(problem.warning for problem in found.values())


@pytest.mark.parametrize(("planned", "warned"), [("level_2", False), ("none", True), ("level_1", True)])
def test_the_importance_the_survey_found_is_not_dropped_unsaid(planned: str, warned: bool) -> None:
    """R11: 重要客户 without design review."""
    trade = single(importance="level_2")
    assert any("二级重要客户" in text for text in told(trade, "importance", importance=planned)) is warned


@pytest.mark.parametrize(
    ("mode", "capacity", "warned"),
    [("2", "315", False), ("2", "400", True), ("1", "400", False)],
)
def test_metering_on_the_low_side_has_a_ceiling(mode: str, capacity: str, warned: bool) -> None:
    """10 kV 315 kVA (regulations.md 4.4, R16)."""
    trade = single(survey_capacity=capacity, survey_transformer_capacity=capacity)
    found = told(trade, "metering_points", metering_points=rows(trade, "metering_points", mode=mode))
    words = "10kV 供电 400 kVA 超过 315 kVA,不应高供低计,应高供高计"
    assert (words in found) == warned


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"mode": "3"}, "第 1 个计量点:计量方式与供电电压不符"),
        ({"mode": "1", "ct": "30/5", "pt": ""}, "第 1 个计量点:高供高计须有电流、电压互感器"),
        ({"wiring": "1"}, "第 1 个计量点:接线方式与供电电压不符"),
        ({"ct": "300/5"}, "第 1 个计量点:I=S÷(√3·U)=315÷(1.732×0.38)=478.6 A,超过 CT 额定一次电流 300 A"),
        (
            {"ct": "2000/5"},
            "第 1 个计量点:I=S÷(√3·U)=315÷(1.732×0.38)=478.6 A,只有 CT 额定一次电流 2000 A 的 24%,应至少 30%",
        ),
        ({"ct": "800"}, ""),
        ({"ct": "一比五"}, "第 1 个计量点:CT变比“一比五”应写成 50/5 的样子"),
        ({"ct": ""}, "第 1 个计量点:I=S÷(√3·U)=315÷(1.732×0.38)=478.6 A,超过 60 A,宜经电流互感器接入"),
    ],
)
def test_a_metering_point_that_does_not_fit(changes: dict[str, str], words: str) -> None:
    trade = single()
    found = told(trade, "metering_points", metering_points=rows(trade, "metering_points", **changes))
    assert found == ([words] if words else [])


def test_each_source_is_metered_for_its_own_capacity() -> None:
    trade = surveyed("hv_dual")
    made = plan(trade, sources=rows(trade, "sources", capacity="630"))
    again = trade.proposed("plan.drafted", "liming", **{**made, "metering_points": []})["metering_points"]
    assert [row["group_no"] for row in again.value] == ["1", "2"]
    small = [made["metering_points"][0], {**made["metering_points"][0], "ct": "300/5"}]
    assert told(trade, "metering_points", sources=made["sources"], metering_points=small) == [
        "第 2 个计量点:I=S÷(√3·U)=630÷(1.732×10)=36.4 A,只有 CT 额定一次电流 300 A 的 12%,应至少 30%"
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"capacity": "200"}, "主供电源容量合计 200,小于供电容量 315 kVA"),
        ({"voltage": "35kv"}, "主供电源没有 10kV 的"),
        ({"capacity": "400"}, ""),
    ],
)
def test_the_main_sources_carry_the_capacity(changes: dict[str, str], words: str) -> None:
    trade = single()
    found = told(trade, "sources", sources=rows(trade, "sources", **changes))
    assert found == ([words] if words else [])


def test_one_source_is_the_main_one() -> None:
    trade = single()
    standby = rows(trade, "sources", role="standby")
    assert "至少要有一路主供电源" in trade.refusal("plan.drafted", "liming", **plan(trade, sources=standby))


def test_importance_against_sources_is_pointed_out() -> None:
    """R17."""
    trade = single()
    (found,) = told(trade, "sources", importance="level_1")
    assert found.startswith("一级重要客户至少双电源供电")
    assert found.endswith("方案只有 1 路")


def test_a_dual_customer_with_one_line_is_pointed_out() -> None:
    trade = surveyed("hv_dual", importance="none")
    one = plan(trade)["sources"][:1]
    assert told(trade, "sources", sources=one) == ["客户类别为高压双电源,方案只有一路电源"]


def test_the_kind_of_supply_is_held_against_the_lines() -> None:
    trade = surveyed("hv_dual")
    assert told(trade, "source_type", source_type="dual_same") == [
        "两路电源来自不同变电所,应为双电源异站双回路"
    ]


@pytest.mark.parametrize(
    ("changes", "key", "words"),
    [
        ({"plan_capacity": "400"}, "plan_capacity", "与申请容量 315 kVA 不同"),
        ({"calculated_load": "260"}, "calculated_load", "计算负荷超过供电容量的 80%,变压器长期负荷率偏高"),
        ({"first_class_load": "250"}, "first_class_load", "一、二级负荷之和大于计算负荷"),
        ({"plan_own_supply": "50"}, "plan_own_supply_lock", "自备电源须有防止倒送电的闭锁"),
        ({"tariff_system": "single"}, "tariff_system", "普通工业 315 kVA,315 kVA 及以上执行两部制"),
        ({"power_factor_standard": "085"}, "power_factor_standard", "160 kVA 以上的高压供电工业用户"),
    ],
)
def test_figures_that_do_not_go_together(changes: dict[str, str], key: str, words: str) -> None:
    assert words in told(single(), key, **changes)


def test_the_transformers_add_up_to_the_capacity() -> None:
    trade = single()
    two = rows(trade, "receiving_points", transformers="2")
    assert told(trade, "receiving_points", receiving_points=two) == [
        "受电点变压器合计 630 kVA,与供电容量 315 不同"
    ]


def test_nonlinear_loads_need_a_word_on_harmonics() -> None:
    trade = single(nonlinear=True)
    assert told(trade, "harmonics") == ["有非线性负荷,请写明谐波治理措施"]
    assert told(trade, "harmonics", harmonics="加装有源滤波") == []


@pytest.mark.parametrize(("reactive", "warned"), [("63", True), ("94.5", False)])
def test_estates_compensate_thirty_percent(reactive: str, warned: bool) -> None:
    """居民小区: 无功 ≥ 30 % of transformer capacity (附件5, regulations.md 2.8)."""
    trade = single(estate=True)
    assert bool(told(trade, "reactive_capacity", reactive_capacity=reactive)) == warned
    assert trade.proposed("plan.drafted", "liming")["reactive_capacity"].value == "94.5"


FEE = {"name": "reliability", "unit_price": "180", "quantity": "315", "amount": "56700", "basis": "省价"}


@pytest.mark.parametrize(
    ("fee", "words"),
    [
        (FEE, []),
        (FEE | {"amount": "50000"}, ["第 1 项:单价 × 数量 = 56,700.00 元,与应收金额不同"]),
        ({"name": "other", "amount": "100", "basis": "省价"}, []),
    ],
)
def test_a_fee_is_price_times_quantity(fee: dict[str, str], words: list[str]) -> None:
    assert told(single(), "fees", fees=[fee]) == words


def test_who_is_served_free_of_charge_pays_nothing() -> None:
    trade = surveyed("lv_nonresident", three_zero=True)
    assert told(trade, "fees", fees=[FEE]) == ["已认定为三零服务客户,不应收取费用"]


def test_a_fee_without_its_basis_is_refused() -> None:
    trade = single()
    bare = {key: text for key, text in FEE.items() if key != "basis"}
    assert "请填写收费依据" in trade.refusal("plan.drafted", "liming", **plan(trade, fees=[bare]))
