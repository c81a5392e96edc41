"""What the people of the practice county record at stage 4: a device that lacks a permit at first, an
inspection that fails and passes after rectification, the two notices, the meters, the contract."""

from datetime import date
from typing import Any

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.records import answer
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.construction.notices import ORDERED, planned_points
from yekuo_desktop.office.practice.answers import CUSTOMER, FILE, MANAGER, TODAY, Answer, capacity_of, day_on
from yekuo_desktop.office.practice.firms import first

METERS: dict[str, dict[str, str]] = {
    "lv_resident": {"place": "院墙表箱", "mode": "3", "wiring": "1", "meter": "220V 5(60)A 2.0"},
    "lv_nonresident": {
        "place": "厂房外墙计量箱",
        "mode": "3",
        "wiring": "3",
        "meter": "3×220/380V 1.5(6)A 1.0",
        "ct": "100/5 0.5S",
    },
    "hv_single": {
        "place": "高压计量柜",
        "mode": "1",
        "wiring": "2",
        "meter": "3×100V 1.5(6)A 0.5S",
        "ct": "30/5 0.2S",
        "pt": "10/0.1 0.2",
    },
}
METERS["hv_dual"] = METERS["hv_single"]
HIGH_VOLTAGE_DEVICES = (
    ("高压进线柜", "KYN28-12", "许继开关设备厂", "XK06-101", "HG-2601", "RW-1001"),
    ("电力变压器", "", "中原变压器厂", "XK06-102", "HG-2602", ""),
    ("低压总柜", "GGD", "河口开关厂", "XK06-103", "HG-2603", "RW-1003"),
)
LOW_VOLTAGE_DEVICES = (("低压计量箱", "PZ30", "河口开关厂", "XK06-103", "HG-2611", "RW-1011"),)
DEFECTS = (
    ("电缆沟内支架未接地", "支架与接地干线可靠焊接", "builder", "支架已焊接接地"),
    ("电缆埋深 0.5 米", "埋深不小于 0.7 米，铺砂盖砖", "builder", "已重新敷设，埋深 0.8 米"),
    ("配电室门向内开", "改为向外开启", "customer", "门已改为外开"),
)
CONTENTS = ("drawings", "qualification", "hidden", "metering")


def answers(klass: str, day: date) -> list[Answer]:
    """Every task of the stage in order, for a class and the day it begins."""
    hv = klass.startswith("hv")
    works = [*_certified(hv), _checked(klass, day), _started(hv), _progressed()]
    failed = [_applied(hv), _inspected(failed=True), _delivered(), _rectified()]
    passed = [_inspected(failed=False), _delivered()]
    return [*works, *failed, *passed, _ordered(klass), _requested(klass), *_after(klass)]


# ---- works ---------------------------------------------------------------------------------------


def _certified(hv: bool) -> list[Answer]:
    """Of high voltage one permit is missing at first, and brought later."""
    rows: list[dict[str, Any]] = [
        _device(*device) for device in (HIGH_VOLTAGE_DEVICES if hv else LOW_VOLTAGE_DEVICES)
    ]
    for row in rows:
        row["model"] = row["model"] or _transformer
    whole = [{**row, "network_permit": row["network_permit"] or "RW-1002"} for row in rows]
    return [_devices(rows), _devices(whole)] if hv else [_devices(whole)]


def _transformer(case: Case, reference: Reference) -> str:
    return f"S13-M-{capacity_of(case, reference)}/10"


def _device(name: str, model: str, maker: str, licence: str, conformity: str, permit: str) -> dict[str, str]:
    return {
        "name": name,
        "model": model,
        "maker": maker,
        "production_licence": licence,
        "conformity": conformity,
        "network_permit": permit,
        "copies": "1",
    }


def _devices(rows: list[dict[str, Any]]) -> Answer:
    kept = [{key: text for key, text in row.items() if text} for row in rows]
    values = {"devices": kept, "devices_copy": FILE, "devices_own_choice": True}
    return Answer("devices.certified", MANAGER, values)


def _checked(klass: str, day: date) -> Answer:
    builder, tester = first("builder", day), first("tester", day)
    values: dict[str, Any] = {
        "builder_name": builder.name,
        "builder_licence": builder.certificate,
        "builder_regime": builder.regime,
        "builder_grade": builder.grade,
        "builder_valid_from": str(builder.valid_from),
        "builder_valid_until": str(builder.valid_until),
        "builder_contact": "郭建设",
        "builder_phone": builder.phone,
        "builder_own_choice": True,
        "builder_copies": "1",
        "builder_copy": FILE,
    }
    if klass.startswith("hv"):
        values |= {
            "tester_name": tester.name,
            "tester_licence": tester.certificate,
            "tester_regime": tester.regime,
            "tester_grade": tester.grade,
            "tester_valid_until": str(tester.valid_until),
        }
    return Answer("contractor.checked", MANAGER, values, proposed=True)


def _started(hv: bool) -> Answer:
    values = {
        "construction_started_on": TODAY,
        "construction_expected_end": day_on(60 if hv else 10),
        "hidden_works": hv,
        "construction_foreman": "郭建设",
        "construction_content": "配电室土建、电缆敷设、设备安装" if hv else "进户线与计量箱安装",
    }
    return Answer("construction.started", MANAGER, values)


def _progressed() -> Answer:
    return Answer("construction.progressed", MANAGER, {"construction_percent": "70"})


# ---- inspection ----------------------------------------------------------------------------------


def _applied(hv: bool) -> Answer:
    """High voltage before the cable trench is covered, low voltage at two thirds."""
    names = ("中间检查申请", "施工、试验单位资质证明", "设备三证：生产许可证、产品合格证、入网许可证")
    hidden = {"intermediate_hidden": "电缆沟、接地装置", "intermediate_cover_on": day_on(5)}
    values: dict[str, Any] = {
        "intermediate_trigger": "hidden" if hv else "progress",
        **(hidden if hv else {"intermediate_percent": "70"}),
        "intermediate_applicant": "郭建设",
        "intermediate_applicant_phone": "0371-65550201",
        "intermediate_wished": day_on(2),
        "intermediate_papers": [{"name": name, "state": "original", "copies": "1"} for name in names],
    }
    return Answer("intermediate.applied", MANAGER, values)


def _inspected(*, failed: bool) -> Answer:
    rows = [
        {"what": what, "required": wanted, "responsible": who, "due": day_on(10)}
        for what, wanted, who, _ in DEFECTS
    ]
    outcomes = {
        item: "failed" if failed and item in ("drawings", "hidden") else "passed" for item in CONTENTS
    }
    values: dict[str, Any] = {
        "intermediate_inspectors": [
            {"department": "marketing", "name": "何平"},
            {"department": "production", "name": "高志远"},
        ],
        "intermediate_content": [{"item": item, "outcome": word} for item, word in outcomes.items()],
        "intermediate_witness": "郭建设",
        "intermediate_result": "failed" if failed else "passed",
        **({"intermediate_findings": rows} if failed else {}),
    }
    return Answer("intermediate.inspected", "heping", values, proposed=True)


def _delivered() -> Answer:
    values = {"intermediate_receiver": "郭建设", "intermediate_receipt": FILE}
    return Answer("intermediate.delivered", MANAGER, values)


def _rectified() -> Answer:
    rows = [
        {"no": str(no), "outcome": done, "evidence": f"整改照片 {no}"}
        for no, (_, _, _, done) in enumerate(DEFECTS, start=1)
    ]
    values = {"intermediate_closed": rows, "intermediate_reported_by": "郭建设", "intermediate_photo": FILE}
    return Answer("intermediate.rectified", MANAGER, values)


# ---- notices, meters, contract -------------------------------------------------------------------


def _ordered(klass: str) -> Answer:
    values = {
        "metering_order_points": lambda case, _reference: planned_points(case) or [METERS[klass]],
        "metering_order_due": day_on(3),
        "metering_order_to": "@duwei",
    }
    return Answer("metering.ordered", MANAGER, values, proposed=True)


def _requested(klass: str) -> Answer:
    values = {
        "contract_wanted_kind": _kind(klass),
        "contract_wanted_by": day_on(3),
        "contract_assignee": "@xuemei",
    }
    return Answer("contract.requested", MANAGER, values, proposed=True)


def _kind(klass: str) -> str:
    return {"lv_resident": "resident", "lv_nonresident": "low"}.get(klass, "high")


def _after(klass: str) -> list[Answer]:
    """Metering and contract staff at the same time; high voltage is drafted and seen before it is signed."""
    drafted = (
        [Answer("contract.drafted", "xuemei", _terms(klass), proposed=True)] if klass.startswith("hv") else []
    )
    signed = Answer("contract.signed", "xuemei", _signed(klass), proposed=True)
    return [*drafted, _installed(), signed]


def _installed() -> Answer:
    values = {
        "installed_meters": _meters,
        "meters_adjusted": True,
        "meters_tested": True,
        "meters_tester": "田园",
    }
    return Answer("metering.installed", "duwei", values, proposed=True)


def _meters(case: Case, _reference: Reference) -> list[dict[str, str]]:
    """A number of its own for every meter that was ordered."""
    rows = answer(case, ORDERED, "metering_order_points") or ()
    return [{"asset_no": f"4101{case.number[-4:]}{at:02}"} for at, _ in enumerate(rows, start=1)]


def _terms(klass: str) -> dict[str, Any]:
    resident = klass == "lv_resident"
    return {
        "contract_kind": _kind(klass),
        "contract_form": "endorsed" if resident else "paper",
        "contract_from": TODAY,
        "contract_long_term": resident,
        "contract_until": "" if resident else day_on(3 * 365),
        "contract_copies": "2",
    }


def _signed(klass: str) -> dict[str, Any]:
    resident, seen = klass == "lv_resident", {"marketing": "钱勇", "office": "宋洁"}
    return {
        **({} if klass.startswith("hv") else _terms(klass)),
        "contract_our_signer": "赵军",
        "contract_our_capacity": "authorised",
        "contract_our_day": TODAY,
        "contract_our_seal": "contract",
        "contract_department": "marketing",
        "contract_customer_signer": CUSTOMER,
        "contract_customer_capacity": "self" if resident else "legal",
        "contract_customer_day": TODAY,
        "contract_customer_seal": "signature" if resident else "official",
        **({"contract_reviews": _reviews(seen)} if klass.startswith("hv") else {}),
        "contract_across": not resident,
        "contract_scan": FILE,
    }


def _reviews(seen: dict[str, str]) -> list[dict[str, str]]:
    return [{"department": part, "reviewer": name, "day": TODAY} for part, name in seen.items()]
