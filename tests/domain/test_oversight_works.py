"""稽查 R9–R14, R16–R18 and the file: what stages and shelf check is found afterwards with both values.

Sources: 一证受理、容缺 (regulations.md 3.2); 方案有效期 [S-ZJ] (1.3); 设计审查、中间检查范围 [S-2024] (1.3);
整改 (2.11); 许可证 [S-LIC] (3.3); 接电手续 (3.4); 高供低计 315/500 kVA 和电源数量 (4.4); 档案管理规定 (3.5).
"""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from tests.domain.filed import at_the_shelf, checked
from tests.domain.looks import found, happened, of
from tests.domain.test_licences import LICENCE
from tests.domain.told import opened, then
from yekuo_desktop.domain.case import Case, Material

WHOLE = ("lv_resident", "lv_nonresident", "hv_single", "hv_dual")


def with_owed(promised: str) -> Case:
    """一证受理: the identity paper is there, the rest is owed."""
    case = opened("lv_resident")
    here = {
        "subject_identity": Material(original_seen=True, copies=1),
        "property_title": Material(owed_until=date.fromisoformat(promised)),
    }
    return replace(case, materials=here, accepted_by="wangli")


@pytest.mark.parametrize(("now", "hit"), [("2026-03-06", False), ("2026-03-07", True)])
def test_r9_a_paper_owed_is_brought_by_its_day(now: str, hit: bool) -> None:
    case = with_owed("2026-03-06")
    hits = [(h.wanted, h.found, h.who) for h in of("R9", case, now) if "subject" not in h.key]
    assert (("2026-03-06 前补齐", "容缺未补", "wangli") in hits) == hit


def test_r9_after_the_survey_nothing_is_owed() -> None:
    case = with_owed("2026-03-20")
    assert [h for h in of("R9", case, "2026-03-03") if h.key == "R9:survey"] == []
    surveyed = happened(case, "survey_done", "2026-03-03 10:00")
    assert [h.wanted for h in of("R9", surveyed, "2026-03-03") if h.key == "R9:survey"] == ["勘查时收齐"]
    brought = replace(surveyed, materials={k: Material(copies=1) for k in surveyed.materials})
    assert [h for h in of("R9", brought, "2026-03-03") if h.key == "R9:survey"] == []


@pytest.mark.parametrize(
    ("started", "hit"), [("2026-06-04 10:00", False), ("2026-06-05 10:00", True), ("", False)]
)
def test_r10_works_begin_on_a_plan_that_holds(started: str, hit: bool) -> None:
    """低压 3 个月: received 3 March, good until 3 June, a Wednesday; the office counts to its last day."""
    case = then(opened("lv_nonresident"), "plan.received", "2026-03-04", event="plan_received")
    case = happened(case, "construction_started", started) if started else case
    hits = of("R10", case, "2026-06-03" if not started else "2026-06-10")
    assert [(h.wanted, h.found) for h in hits] == (
        [("2026-06-04 前开工或申请延期", "2026-06-05 开工")] if hit else []
    )


def test_r10_a_plan_that_ran_out_unnoticed_is_seen_while_it_can_be_mended() -> None:
    case = then(opened("lv_nonresident"), "plan.received", "2026-03-04", event="plan_received")
    assert of("R10", case, "2026-06-05")
    assert not of("R10", replace(case, state="withdrawn"), "2026-06-05")


@pytest.mark.parametrize(
    ("importance", "reviewed", "hit"),
    [("level_1", False, True), ("level_1", True, False), ("none", False, False)],
)
def test_r11_important_customers_have_their_drawings_reviewed(
    importance: str, reviewed: bool, hit: bool
) -> None:
    case = opened("hv_single", importance=importance)
    case = happened(case, "design_reviewed", "2026-03-20") if reviewed else case
    case = happened(case, "construction_started", "2026-04-01 10:00")
    assert [h.found for h in of("R11", case, "2026-04-02")] == (
        ["没有记录,2026-04-01 10:00 已进入下一步"] if hit else []
    )


def inspected(*steps: tuple[str, dict[str, Any]]) -> Case:
    """Inspections and rectifications, a day each."""
    case = opened("hv_single")
    for at, (kind, values) in enumerate(steps, start=10):
        case = then(case, kind, f"2026-03-{at}", by="heping", **values)
    return case


FAILED, PASSED = {"completion_result": "failed"}, {"completion_result": "passed"}


@pytest.mark.parametrize(
    ("between", "hit"), [((), True), ((("completion.rectified", {"completion_rectified": []}),), False)]
)
def test_r12_what_failed_was_rectified_before_it_passed(between: Any, hit: bool) -> None:
    case = inspected(("completion.inspected", FAILED), *between, ("completion.reinspected", PASSED))
    hits = of("R12", case, "2026-03-20")
    assert [(h.who, h.stage) for h in hits] == ([("heping", "completion")] if hit else [])
    assert of("R12", inspected(("completion.inspected", PASSED)), "2026-03-20") == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, ""),
        ({"builder_valid_until": "2026-03-31"}, "到期"),
        ({"builder_valid_until": "2026-04-01"}, ""),
        ({"builder_grade": "5"}, ""),
    ],
)
def test_r13_the_licence_holds_on_the_day_works_begin(change: dict[str, str], said: str) -> None:
    case = then(opened("hv_single"), "plan.drafted", "2026-03-05", supply_voltage="10kv")
    case = then(case, "contractor.checked", "2026-03-20", **{**LICENCE, **change})
    case = happened(case, "construction_started", "2026-04-01 10:00")
    hits = of("R13", case, "2026-04-02")
    assert [said in h.found for h in hits] == ([True] if said else [])


def test_r13_a_grade_below_the_voltage() -> None:
    case = then(opened("hv_single"), "plan.drafted", "2026-03-05", supply_voltage="35kv")
    case = then(case, "contractor.checked", "2026-03-20", **{**LICENCE, "builder_grade": "5"})
    (hit,) = of("R13", happened(case, "construction_started", "2026-04-01"), "2026-04-02")
    assert "最高 10 kV,本工程 35kV" in hit.found


@pytest.mark.parametrize("klass", WHOLE)
def test_r14_nobody_is_connected_with_a_formality_open(klass: str) -> None:
    whole = at_the_shelf(klass).case
    assert of("R14", whole, "2026-03-25") == []
    without = replace(whole, records=tuple(r for r in whole.records if r.kind != "contract.signed"))
    assert [(h.subject, h.found) for h in of("R14", without, "2026-03-25")] == [
        ("供用电合同已签订", "供用电合同还没有签订")
    ]


@pytest.mark.parametrize(
    ("voltage", "capacity", "mode", "hit"),
    [
        ("10kv", "315", "2", False),
        ("10kv", "316", "2", True),
        ("10kv", "400", "1", False),
        ("35kv", "500", "2", False),
        ("35kv", "501", "2", True),
    ],
)
def test_r16_low_side_metering_has_a_ceiling(voltage: str, capacity: str, mode: str, hit: bool) -> None:
    plan = {"supply_voltage": voltage, "plan_capacity": capacity, "metering_points": [{"mode": mode}]}
    hits = of("R16", then(opened("hv_single"), "plan.drafted", "2026-03-05", **plan), "2026-03-06")
    assert [h.found for h in hits] == ([f"{capacity} kVA 高供低计"] if hit else [])


def lines(*stations: str) -> list[dict[str, str]]:
    """Lines from these substations, each of its own bus."""
    return [{"substation": name, "bus": str(at), "role": "main"} for at, name in enumerate(stations)]


@pytest.mark.parametrize(
    ("importance", "stations", "hit"),
    [
        ("level_1", ("河口变",), True),
        ("level_1", ("河口变", "青龙变"), False),
        ("level_2", ("河口变",), True),
        ("level_2", ("河口变", "河口变"), False),
        ("special", ("河口变", "河口变", "河口变"), True),
        ("special", ("河口变", "青龙变", "城关变"), False),
        ("none", ("河口变",), False),
    ],
)
def test_r17_importance_asks_for_lines(importance: str, stations: tuple[str, ...], hit: bool) -> None:
    plan = {"importance": importance, "sources": lines(*stations), "supply_voltage": "10kv"}
    case = then(opened("hv_dual"), "plan.drafted", "2026-03-05", **plan)
    assert bool(of("R17", case, "2026-03-06")) == hit


@pytest.mark.parametrize(("second", "hit"), [("8", False), ("9", True)])
def test_r18_a_batch_adds_up(second: str, hit: bool) -> None:
    rows = [{"room": "101", "capacity": "8"}, {"room": "102", "capacity": second}]
    case = opened("lv_resident", business="batch", batch_capacity="16", households=rows)
    assert [(h.wanted, h.found) for h in of("R18", case, "2026-03-03")] == ([("16", "17")] if hit else [])


@pytest.mark.parametrize(("demand", "hit"), [("45", False), ("46", True)])
def test_r18_the_demand_is_not_above_the_devices(demand: str, hit: bool) -> None:
    devices = [{"name": "水泵", "quantity": "3", "total_capacity": "45"}]
    case = opened("lv_nonresident", equipment=devices, demand_load=demand)
    assert bool(of("R18", case, "2026-03-03")) == hit


@pytest.mark.parametrize(
    ("change", "rule", "said"),
    [
        ({"plan_reply": {"day": "2026-03-29"}}, "R5", "纸面日期 2026-03-29"),
        ({"supply_contract": {"held": "copy"}}, "R20b", "复印件"),
        ({"supply_contract": {"signed": "no_customer"}}, "R20c", "客户"),
        ({"supply_contract": {"day": ""}}, "R20c", "日期空白"),
        ({"supply_contract": {"held": "absent"}}, "R9", "缺"),
    ],
)
def test_the_file_is_held_against_the_system(change: dict[str, dict[str, str]], rule: str, said: str) -> None:
    trade = at_the_shelf("lv_resident")
    trade.later(days=30)
    checked(trade, **{key: dict(row) for key, row in change.items()})
    hits = of(rule, trade.case, "2026-04-21")
    assert any(said in h.found for h in hits), [h.found for h in hits]


@pytest.mark.parametrize("klass", WHOLE)
def test_a_file_in_order_raises_nothing_of_its_papers(klass: str) -> None:
    trade = checked(at_the_shelf(klass))
    mine = {"R5", "R9", "R14", "R18", "R20b", "R20c", "档案", "R2", "R3"}
    assert [h for h in found(trade.case, "2026-03-23") if h.rule in mine] == []
