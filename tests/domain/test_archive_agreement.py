"""Values that contradict each other and times out of order (regulations.md 5.2; 5.3 R3, R14, R18)."""

from typing import Any

import pytest
from msgspec.structs import replace

from tests.domain.filed import METER, at_the_shelf, in_order, record, when
from tests.domain.trade import Trade, reference
from yekuo_desktop.domain.agreement import disagreements
from yekuo_desktop.domain.case import Event
from yekuo_desktop.domain.completeness import Discrepancy


def found(trade: Trade, **changes: dict[str, str]) -> list[Discrepancy]:
    return list(disagreements(trade.case, in_order(trade, **changes), reference()))


def said(trade: Trade, **changes: dict[str, str]) -> list[str]:
    return [doubt.text for doubt in found(trade, **changes)]


def with_values(trade: Trade, kind: str, **values: Any) -> Trade:
    """One record says something else."""

    def change(each: Any) -> Any:
        return replace(each, values={**each.values, **values}) if each.kind == kind else each

    trade.case = replace(trade.case, records=tuple(change(each) for each in trade.case.records))
    return trade


def with_case(trade: Trade, **values: Any) -> Trade:
    trade.case = replace(trade.case, values={**trade.case.values, **values})
    return trade


# ---- values --------------------------------------------------------------------------------------


def test_a_sheet_that_names_another_customer_contradicts_the_case() -> None:
    trade = with_case(at_the_shelf(), customer_name="张秀瑛")
    doubts = found(trade)
    assert len(doubts) == len(trade.case.papers)
    assert doubts[0].text.startswith("档案 ")
    assert (doubts[0].wanted, doubts[0].found, doubts[0].explainable) == ("张秀瑛", "张秀英", False)
    voided = tuple(replace(p, void="户名更正") for p in trade.case.papers)
    trade.case = replace(trade.case, papers=voided)
    assert said(trade) == []


def test_an_account_number_that_came_later_contradicts_nothing() -> None:
    trade = at_the_shelf()
    bare = tuple(replace(p, says={"customer_name": "张秀英"}) for p in trade.case.papers)
    trade.case = replace(trade.case, papers=bare)
    assert said(trade) == []


@pytest.mark.parametrize(
    ("klass", "asked", "granted", "text"),
    [
        ("hv_single", {}, "315.0", ""),
        ("hv_single", {}, "250", "档案 供电方案的供电容量:应为与申请容量 315 一致,现为250"),
        # a second source and what was there before are other ways of saying the same capacity
        ("hv_dual", {"second_capacity": "400"}, "1030", ""),
        ("lv_nonresident", {"existing_capacity": "40"}, "85", ""),
        (
            "lv_nonresident",
            {"existing_capacity": "40"},
            "90",
            "档案 供电方案的供电容量:应为与申请容量 45 一致,现为90",
        ),
    ],
)
def test_capacity_of_plan_and_application(klass: str, asked: dict[str, str], granted: str, text: str) -> None:
    trade = with_values(with_case(at_the_shelf(klass), **asked), "plan.drafted", plan_capacity=granted)
    doubts = found(trade)
    assert [doubt.text for doubt in doubts] == ([text] if text else [])
    assert all(doubt.explainable for doubt in doubts)


def test_capacity_of_plan_and_survey() -> None:
    trade = at_the_shelf("hv_single")
    survey = record("survey.done", "survey_done", "sunhao", 9, survey_capacity="250")
    trade.case = replace(trade.case, records=(survey, *trade.case.records))
    assert said(trade) == ["档案 供电方案的供电容量:应为与勘查核定容量 250 一致,现为315"]


def with_record(trade: Trade, kind: str, **values: Any) -> Trade:
    made = record(kind, "connected", "duwei", len(trade.case.records) + 9, **values)
    trade.case = replace(trade.case, records=(*trade.case.records, made))
    return trade


def test_the_meter_that_was_read_is_the_one_that_was_installed() -> None:
    other = METER[:-1] + "8"
    trade = with_record(at_the_shelf(), "meter.checked", meter_readings=[{"asset_no": other}])
    (doubt,) = found(trade)
    assert (doubt.subject, doubt.wanted, doubt.found) == ("核表的电能表资产编号", METER, other)
    assert (doubt.who, doubt.stage, doubt.explainable) == ("duwei", "energization", False)
    assert said(with_values(trade, "meter.checked", meter_readings=[{"asset_no": METER}])) == []
    with_record(trade, "meter.sealed", seals=[{"asset_no": other, "seal_no": "F1"}])
    assert [doubt.subject for doubt in found(trade)] == ["加封的电能表资产编号"]


def test_a_meter_that_was_replaced_on_site_is_the_one_in_use() -> None:
    """The first reading names the old meter, what was taken down is none in use."""
    other = METER[:-1] + "8"
    trade = with_record(at_the_shelf(), "meter.checked", meter_readings=[{"asset_no": METER}])
    with_record(trade, "meter.rectified", meter_replacements=[{"old_asset": METER, "new_asset": other}])
    with_record(trade, "meter.checked", meter_readings=[{"asset_no": other}])
    sealed = [{"asset_no": other, "seal_no": "F1"}]
    with_record(trade, "meter.sealed", seals=sealed, meters_removed=[{"asset_no": METER}])
    assert said(trade) == []


def test_the_contract_that_was_drafted_is_the_one_that_was_signed() -> None:
    trade = at_the_shelf()
    drafted = record("contract.drafted", "intermediate_inspected", "xuemei", 9, contract_number="HT-2026-009")
    trade.case = replace(trade.case, records=(drafted, *trade.case.records))
    assert said(trade) == ["档案 供用电合同编号:应为起草时的 HT-2026-009,现为签订的 HT-2026-001"]


def test_households_add_up() -> None:
    """R18: Σ 批量清单 = 总容量."""
    rows = [{"room": "101", "capacity": "8"}, {"room": "102", "capacity": "8"}]
    batch = {"business": "batch", "batch_capacity": "24", "households": rows}
    trade = with_values(at_the_shelf("lv_resident", **batch), "plan.drafted", plan_capacity="24")
    assert said(trade) == ["R18 低压批量用电清单合计容量:应为24,现为16"]
    assert said(with_case(trade, batch_capacity="16")) != []  # now the plan grants another capacity
    assert said(with_values(trade, "plan.drafted", plan_capacity="16")) == []


@pytest.mark.parametrize(
    ("kind", "subject", "why"),
    [
        ("contract.signed", "供用电合同已签订", "供用电合同还没有签订"),
        ("metering.installed", "计量装置已安装", "计量装置还没有安装"),
    ],
)
def test_nothing_is_archived_with_a_formality_unsettled(kind: str, subject: str, why: str) -> None:
    """R14."""
    trade = at_the_shelf()
    trade.case = replace(trade.case, records=tuple(r for r in trade.case.records if r.kind != kind))
    assert f"R14 {subject}:应为已办结,现为{why}" in said(trade)


def test_unpaid_fees_are_named() -> None:
    trade = with_values(at_the_shelf("hv_single"), "plan.drafted", fees=[{"amount": "12000"}])
    assert said(trade) == ["R14 业务费用已结清:应为已办结,现为还欠业务费用 12,000.00 元"]


# ---- order ---------------------------------------------------------------------------------------


def moved(trade: Trade, name: str, to: str) -> Trade:
    """One event at the moment of another, an hour earlier."""
    at = when(to).replace(hour=8)

    def move(event: Event) -> Event:
        return replace(event, stated=at) if event.name == name else event

    trade.case = replace(trade.case, events=tuple(move(event) for event in trade.case.events))
    return trade


@pytest.mark.parametrize(
    ("event", "before", "earlier", "later"),
    [
        # R3: inspection < report, connection < inspection, contract after energization, survey < acceptance
        ("completion_inspected", "completion_applied", "竣工报验", "竣工检验"),
        ("connected", "completion_inspected", "竣工检验", "装表接电"),
        ("connected", "contract_signed", "签订供用电合同", "装表接电"),
        ("survey_done", "accepted", "业务受理", "现场勘查"),
        ("plan_replied", "survey_done", "现场勘查", "供电方案答复"),
        ("intermediate_inspected", "intermediate_applied", "中间检查申请", "中间检查"),
    ],
)
def test_times_out_of_order_in_the_system(event: str, before: str, earlier: str, later: str) -> None:
    doubts = [d for d in found(moved(at_the_shelf("hv_single"), event, before)) if d.rule == "R3"]
    named = {d.subject for d in doubts}
    assert f"{earlier}与{later}的时间" in named
    assert all(doubt.explainable for doubt in doubts)


@pytest.mark.parametrize(
    ("paper", "day", "text"),
    [
        (
            "supply_contract",
            "2026-03-25",
            "R3 签订供用电合同与装表接电的时间:应为签订供用电合同不晚于装表接电 2026-03-21,"
            "现为签订供用电合同 2026-03-25",
        ),
        (
            "completion_minutes",
            "2026-03-18",
            "R3 竣工报验与竣工检验的时间:应为竣工报验不晚于竣工检验 2026-03-18,现为竣工报验 2026-03-19",
        ),
        (
            "metering_sheet",
            "2026-03-19",
            "R3 竣工检验与装表接电的时间:应为竣工检验不晚于装表接电 2026-03-19,现为竣工检验 2026-03-20",
        ),
        (
            "survey_sheet",
            "2026-03-09",
            "R3 业务受理与现场勘查的时间:应为业务受理不晚于现场勘查 2026-03-09,现为业务受理 2026-03-10",
        ),
    ],
)
def test_times_out_of_order_on_paper(paper: str, day: str, text: str) -> None:
    assert text in said(at_the_shelf("hv_single"), **{paper: {"day": day}})


def test_rounds_are_no_disorder() -> None:
    """A second inspection after a second report is later than the first of both."""
    trade = at_the_shelf("hv_single")
    again = [
        Event(name, when("connected").replace(hour=hour), when("connected"), "e")
        for name, hour in (("completion_applied", 7), ("completion_inspected", 8))
    ]
    ordered = sorted((*trade.case.events, *again), key=lambda event: event.stated)
    trade.case = replace(trade.case, events=tuple(ordered))
    assert said(trade) == []
