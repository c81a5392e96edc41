"""What the papers of stage 1 say and when they may be issued."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from tests.paper.samples import (
    ACCEPTED,
    BATCH,
    HIGH_VOLTAGE,
    NONRESIDENT,
    ORGANISATION,
    RESIDENT,
    case_of,
    values_of,
)
from yekuo_desktop.bootstrap import load_reference
from yekuo_desktop.domain.case import Case, Material
from yekuo_desktop.domain.stages.acceptance.papers import (
    FORMS,
    LABELS,
    papers_at_acceptance,
    snapshot_values,
)


def issuable(case: Case) -> set[str]:
    return {form.id for form in FORMS.values() if form.when(case)}


@pytest.mark.parametrize(
    ("values", "own"),
    [
        (RESIDENT, {"registration_resident"}),
        (NONRESIDENT, {"registration_nonresident"}),
        (BATCH, {"registration_batch", "household_list"}),
        (HIGH_VOLTAGE, {"registration_high_voltage", "equipment_list"}),
    ],
)
def test_a_case_has_the_papers_of_its_class(values: dict[str, Any], own: set[str]) -> None:
    always = {"work_order", "acceptance_receipt", "one_time_notice", "commitment"}
    assert issuable(case_of(values)) == own | always


def test_before_acceptance_there_is_no_work_order() -> None:
    case = replace(case_of(RESIDENT), number="", events=(), accepted_by="")
    assert issuable(case) == {"registration_resident", "one_time_notice", "commitment"}
    values = snapshot_values(
        "registration_resident", case, ORGANISATION, load_reference(), station="HK", now=ACCEPTED
    )
    assert values["accepted_by"] == ""
    assert values["accepted_day"].replace("　", "") == "年月日"


def test_with_everything_in_hand_nothing_is_promised() -> None:
    case = replace(case_of(RESIDENT), materials={})
    assert "commitment" not in issuable(case)


def test_what_is_printed_at_acceptance() -> None:
    wanted = [form.id for form in papers_at_acceptance(case_of(HIGH_VOLTAGE))]
    assert wanted == [
        "work_order",
        "registration_high_voltage",
        "equipment_list",
        "acceptance_receipt",
        "one_time_notice",
        "commitment",
    ]
    plain = replace(case_of(RESIDENT), materials={})
    assert [f.id for f in papers_at_acceptance(plain)] == [
        "work_order",
        "registration_resident",
        "acceptance_receipt",
    ]


def test_only_these_are_sealed() -> None:
    """regulations.md 6.1; the work order: seed document."""
    sealed = {form.id for form in FORMS.values() if form.sealed}
    assert sealed == {"work_order", "registration_batch", "registration_high_voltage"}
    assert {FORMS[form].seal for form in sealed} == {"供电业务专用章"}


@pytest.mark.parametrize("form", [f.id for f in FORMS.values() if f.of_case])
def test_every_value_has_a_label(form: str) -> None:
    for values in (RESIDENT, NONRESIDENT, HIGH_VOLTAGE, BATCH):
        said = values_of(form, values)
        assert set(said) <= set(LABELS)
        assert all(isinstance(value, str | list) for value in said.values())


def test_the_work_order_in_words() -> None:
    said = values_of("work_order", RESIDENT)
    assert said["identity_text"] == "居民身份证 4101**********1029"
    assert said["agent_text"] == "王海（授权委托书已收） 139****2000"
    assert said["capacity_text"] == "8 kW"
    assert said["business_title"] == "低压居民新装"
    assert said["accepted_at"] == "2026-11-20 15:42"
    assert said["rules_name"] == "供电营业规则（2024）"
    assert said["deliver_by"] == "2026-11-23 17:30 前"
    assert said["reply_by"] == "2026-11-25 17:30 前"
    assert said["project_manager_text"] == "李明（河口镇片区）"
    assert "[S-" not in said["deliver_explained"]
    states = {row["name"]: row["state"] for row in said["materials"]}
    assert states["用电地址物权证件"] == "容缺，承诺 2026-11-30 前补齐"
    assert states["经办人有效身份证件"] == "已有存档 YK4101-HK01-260105-0003"
    assert states["居民有效身份证件（用电主体资格证明）"] == "原件核验，复印留存"


def test_who_comes_himself_has_no_agent() -> None:
    assert values_of("work_order", RESIDENT | {"agent_name": ""})["agent_text"] == "本人办理"
    assert values_of("work_order", RESIDENT | {"agent_name": "陈𬱖英"})["agent_text"] == "本人办理"


def test_capacities_of_high_voltage_are_in_kva() -> None:
    said = values_of("work_order", HIGH_VOLTAGE)
    assert said["capacity_text"] == "630 kVA（原有 100 kVA）"
    assert values_of("work_order", NONRESIDENT)["capacity_text"] == "80 kW（原有 40 kW）"
    assert values_of("work_order", BATCH)["capacity_text"] == "480 kW"


def test_a_year_without_announced_holidays_is_marked() -> None:
    case = case_of(RESIDENT)
    late = ACCEPTED.replace(year=2031)
    event = replace(case.events[0], stated=late, recorded=late)
    said = snapshot_values(
        "work_order", replace(case, events=(event,)), ORGANISATION, load_reference(), station="HK", now=late
    )
    assert said["deliver_by"].endswith("（放假安排尚未公布，可能变动）")


def test_the_receipt_tells_the_customer_the_limits() -> None:
    said = values_of("acceptance_receipt", HIGH_VOLTAGE)
    assert next(row["name"] for row in said["limits"]) == "供电方案答复"
    assert "纸质工单送达客户项目经理" not in str(said["limits"])
    assert said["project_manager_phone"] == "13800001234"
    assert "410122196005121029" not in str(said)


def test_the_notice_names_everything_missing_once() -> None:
    said = values_of("one_time_notice", RESIDENT)
    assert [(row["name"], row["due"]) for row in said["owed"]] == [("用电地址物权证件", "2026-11-30")]
    assert len(said["received"]) == 4
    case = replace(
        case_of(RESIDENT), number="", rules="", materials={"x": Material(owed_until=date(2026, 12, 1))}
    )
    early = snapshot_values(
        "one_time_notice", case, ORGANISATION, load_reference(), station="HK", now=ACCEPTED
    )
    assert len(early["owed"]) >= 3


def test_registration_forms_show_numbers_whole() -> None:
    said = values_of("registration_resident", RESIDENT)
    assert said["identity_number"] == "410122196005121029"
    assert said["business"] == "新装"
    assert values_of("registration_high_voltage", HIGH_VOLTAGE)["important"] == "是"
    assert values_of("registration_high_voltage", HIGH_VOLTAGE | {"importance": "none"})["important"] == "否"
    assert values_of("equipment_list", HIGH_VOLTAGE)["equipment_count"] == "51"
