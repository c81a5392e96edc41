"""What the people of the practice county record at stage 6: the agreed day, permit, command and execution by
three people, a trip test that fails and is put right, seals and the customer's signature."""

from datetime import date
from typing import Any

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.energization.meters import phases_of, registers_of, standing_meters
from yekuo_desktop.office.practice.answers import CUSTOMER, FILE, Answer, day_on

CREW, FOREMAN = "柳湾电力安装工程有限公司", "郑长顺"
LOAD = {"ampere": "0.62", "factor": "0.96"}


def answers(klass: str, _day: date) -> list[Answer]:
    """Every task of the stage in order, for a class and the day it begins."""
    way = _by_order(klass) if klass.startswith("hv") else [_on_site()]
    return [_scheduled(), *way, _checked(klass, "failed"), _remedied(), _checked(klass, "passed"), _sealed()]


def _scheduled() -> Answer:
    values = {
        "energization_planned": day_on(0, "17:00"),
        "energization_agreed_with": CUSTOMER,
        "external_works_accepted": True,
    }
    return Answer("energization.scheduled", "@manager", values)


def _by_order(klass: str) -> list[Answer]:
    return [_tasked(), _permitted(), _commanded(), _executed(klass)]


def _tasked() -> Answer:
    members = [
        {"department": "marketing", "name": "李明", "duty": "负责人"},
        {"department": "distribution", "name": "马强", "duty": "调度命令"},
        {"department": "metering", "name": "杜伟", "duty": "核表加封"},
    ]
    values: dict[str, Any] = {
        "energization_group": "working",
        "energization_group_leader": "李明",
        "energization_members": members,
        "energization_content": "客户受电装置投运",
        "energization_steps": "1. 检查受电装置在冷备用；2. 合上进线开关，受电充电 3 次；3. 核相；4. 带负荷",
        "energization_measures": "专人监护，非操作人员撤离；拆除全部接地线，装设警示标志",
        "energization_crew": CREW,
        "energization_crew_leader": FOREMAN,
        "energization_crew_phone": "0371-65550155",
        "energization_crew_size": "4",
    }
    return Answer("energization.tasked", "@manager", values)


def _permitted() -> Answer:
    values = {"permit_scope": "客户进线柜、变压器及低压母线", "permit_site_ready": True}
    return Answer("energization.permitted", "heping", values)


def _commanded() -> Answer:
    values = {
        "command_no": "SD-017",
        "command_content": "合上客户进线开关，对受电装置试送电",
        "command_receiver": FOREMAN,
        "command_repeated": True,
    }
    return Answer("energization.commanded", "maqiang", values)


def _executed(klass: str) -> Answer:
    values = {
        "energization_unit": CREW,
        "energization_executor": FOREMAN,
        "energization_executor_phone": "0371-65550155",
        "energization_result": "normal",
        "energization_trial": "冲击合闸 3 次正常，带电运行无异常",
        **({"energization_phasing": True} if klass == "hv_dual" else {}),
    }
    return Answer("energization.executed", "@manager", values)


def _on_site() -> Answer:
    values = {
        "energization_hand": "杜伟",
        "energization_result": "normal",
        "energization_trial": "合闸送电正常，剩余电流动作保护器试跳正常",
    }
    return Answer("energization.connected", "duwei", values)


def _checked(klass: str, result: str) -> Answer:
    """Every register and phase of every meter; the first trip test fails."""
    failed = {"meter_faults": "跳闸试验不合格：费控开关未动作"} if result == "failed" else {}
    values: dict[str, Any] = {
        "meter_nameplate_right": True,
        "meter_readings": _readings,
        "meter_phases": _phases,
        "meter_phase_sequence": "single" if klass == "lv_resident" else "positive",
        "meter_wiring_right": True,
        "meter_prepaid": True,
        "meter_alarm_test": "passed",
        "meter_trip_test": result,
        "meter_check_result": result,
        "meter_check_witness": CUSTOMER,
        **failed,
    }
    return Answer("meter.checked", "duwei", values)


def _readings(case: Case, reference: Reference) -> list[dict[str, str]]:
    return [
        {"asset_no": meter["asset_no"], "register": register, "reading": "0.00"}
        for meter in standing_meters(case)
        for register in registers_of(case, reference)
    ]


def _phases(case: Case, reference: Reference) -> list[dict[str, str]]:
    return [
        {"asset_no": meter["asset_no"], "phase": phase, "volt": _volt(case, phase), **LOAD}
        for meter in standing_meters(case)
        for phase in phases_of(case, meter, reference)
    ]


def _volt(case: Case, phase: str) -> str:
    """Behind a voltage transformer 100 V between phases, 57.7 V against the neutral."""
    if not case.klass.startswith("hv"):
        return "231"
    return "100.3" if len(phase) == 2 else "57.8"


def _remedied() -> Answer:
    values = {"meter_remedy": "更换费控开关并重新接线，试验动作正常", "meter_remedied_by": "杜伟"}
    return Answer("meter.rectified", "duwei", values)


def _sealed() -> Answer:
    values: dict[str, Any] = {
        "seals": _seals,
        "meter_sealer": "@duwei",
        "meters_removed": _removed,
        "meter_signer": CUSTOMER,
        "meter_signed": True,
        "meter_slip_scan": FILE,
    }
    return Answer("meter.sealed", "duwei", values)


def _removed(case: Case, _reference: Reference) -> list[dict[str, str]]:
    """What hung there before, where the customer takes more than he had."""
    if case.business != "increase":
        return []
    former = {"asset_no": f"4100{case.number[-4:]}", "meter": "单相 5(20)A 2.0级", "register": "total"}
    return [{**former, "reading": "18342.6", "seal_no": "B018342"}]


def _seals(case: Case, _reference: Reference) -> list[dict[str, str]]:
    """Cover and terminals of every meter, by the last figures of the case's number."""
    places = [
        (meter["asset_no"], place) for meter in standing_meters(case) for place in ("cover", "terminal")
    ]
    return [
        {"asset_no": asset, "seal_place": place, "seal_no": f"A{case.number[-4:]}{at:03}"}
        for at, (asset, place) in enumerate(places, start=1)
    ]
