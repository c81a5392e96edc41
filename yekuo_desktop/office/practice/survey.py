"""What the people of the practice county record in the first half of stage 2: who goes, when, what they
found, what the departments said, and the supply plan. Figures are those the program proposes."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.survey.metering import mode_for
from yekuo_desktop.domain.stages.survey.sizing import HIGH_HIGH
from yekuo_desktop.office.practice.answers import CUSTOMER, FILE, MANAGER, Answer, day_on

PARTY = {"marketing": "", "production": "高志远", "distribution": "马强"}
METER = {"payment": "postpaid", "collection": "专变采集终端"}
RELIABILITY = 180  # yuan a kVA
SIGNERS = {"marketing": MANAGER, "production": "sunhao", "distribution": "maqiang"}
SOURCES = (
    {
        "substation": "35kV 河口变电站",
        "bus": "Ⅰ段",
        "switch": "11 开关",
        "line": "10kV 粮油线",
        "line_type": "tee",
        "pole": "12 号杆",
        "laying": "mixed",
        "conductor": "JKLYJ-120、YJV22-3×70",
    },
    {
        "substation": "110kV 城关变电站",
        "bus": "Ⅱ段",
        "switch": "23 开关",
        "line": "10kV 城东线",
        "line_type": "tee",
        "pole": "31 号杆",
        "laying": "mixed",
        "conductor": "JKLYJ-120、YJV22-3×70",
    },
)


def answers(klass: str, _day: date) -> list[Answer]:
    """Every task of this half in order, for a class: a household needs two, high voltage all of them."""
    if klass == "lv_resident":
        return [_surveyed(klass), draft(klass)]
    if klass == "lv_nonresident":
        return [_appointed(), _surveyed(klass), draft(klass)]
    opinions = [_opined(department, signer) for department, signer in SIGNERS.items()]
    return [_assigned(), _appointed(), _surveyed(klass), *opinions, draft(klass)]


def draft(klass: str, notes: str = "") -> Answer:
    """The supply plan; with ``notes`` the one that takes the place of a returned plan."""
    hv, dual = klass.startswith("hv"), klass == "hv_dual"
    values: dict[str, Any] = _high_plan(dual=dual) if hv else _low_plan(klass)
    values |= {"plan_notes": notes} if notes else {}
    return Answer("plan.drafted", MANAGER, values, proposed=True)


def _assigned() -> Answer:
    rows = [{"department": code, **({"person": name} if name else {})} for code, name in PARTY.items()]
    values = {"survey_party": rows, "survey_orders": "核实电源点和线路路径，与客户商定受电点位置"}
    return Answer("survey.assigned", MANAGER, values, proposed=True)


def _appointed() -> Answer:
    values = {
        "appointment_at": day_on(1, "09:30"),
        "appointment_with": CUSTOMER,
        "appointment_how": "phone",
        "appointment_site": "ready",
        "appointment_words": "届时在现场等候",
    }
    return Answer("survey.appointed", MANAGER, values)


def _surveyed(klass: str) -> Answer:
    found = {
        "lv_resident": _household,
        "lv_nonresident": _shop,
    }.get(klass, _works)
    values: dict[str, Any] = {
        "survey_category_same": True,
        "supply_conclusion": "possible",
        "survey_photo": FILE,
        **found(),
    }
    return Answer("survey.done", MANAGER, values, proposed=True)


def _household() -> dict[str, Any]:
    return {
        "survey_source": "10kV 柳湾线柳湾 2 号台区",
        "survey_route": "自低压支线 07 号杆引下，架空接户线约 18 米",
        "survey_access_equipment": "台区变压器 200 kVA，余量充足",
        "survey_facility": "无须新建，利用原有接户装置",
        "survey_metering_place": "院门东墙，离地 1.8 米",
        "direct_metering": True,
        "receiving_works": False,
    }


def _shop() -> dict[str, Any]:
    return {
        "survey_industry_same": True,
        "survey_source": "10kV 柳湾线柳湾 2 号台区",
        "survey_route": "自低压主干 03 号杆引下，电缆约 40 米",
        "survey_access_equipment": "台区变压器 400 kVA，余量充足",
        "survey_facility": "新建低压电缆一回",
        "survey_main_equipment": "以电动机负荷为主，直接启动",
        "survey_metering_place": "厂房外墙计量箱",
        "receiving_works": True,
        "external_line": True,
        "survey_agreed": True,
    }


def _works() -> dict[str, Any]:
    return {
        "survey_industry_same": True,
        "survey_source": "10kV 粮油线 12 号杆 T 接",
        "survey_route": "自 12 号杆架空引至厂区围墙，入地电缆约 80 米",
        "survey_access_equipment": "10kV 粮油线可开放容量充足",
        "survey_works": "box",
        "survey_site_kind": "box",
        "survey_transformer": "oil",
        "survey_metering_place": lambda case, known: "高压计量柜" if _at_high(case, known) else "低压计量柜",
        "external_line": True,
        "hidden_works": True,
        "survey_sketch": FILE,
        "survey_customer": CUSTOMER,
        "survey_agreed": True,
    }


def _opined(department: str, signer: str) -> Answer:
    values = {"survey_department": department, "survey_opinion": "agree"}
    return Answer("survey.opined", signer, values, proposed=True)


def _low_plan(klass: str) -> dict[str, Any]:
    pole = "柳湾支线 07 号杆" if klass == "lv_resident" else "柳湾主干 03 号杆"
    laying = "overhead" if klass == "lv_resident" else "cable"
    return {
        "sources": [{"pole": pole, "laying": laying}],
        "metering_points": [{"payment": "prepaid", "collection": "集中器"}],
        "customer_duties": "预留表箱位置，敷设表后线",
    }


def _high_plan(*, dual: bool) -> dict[str, Any]:
    lines = SOURCES if dual else SOURCES[:1]
    return {
        "calculated_load": _share(70),
        "first_class_load": "0",
        "second_class_load": _share(30) if dual else "0",
        "source_type": "dual_two" if dual else "single_one",
        "sources": [dict(line) for line in lines],
        "receiving_points": lambda case, known: [_cabinets(len(lines), _at_high(case, known))],
        "main_wiring": "sectioned_bus" if dual else "unit",
        "control_device": "breaker" if dual else "fuse",
        "protection": "速断、过流；进线开关相互闭锁" if dual else "跌落式熔断器",
        "ownership_boundary": "10kV 粮油线 12 号杆跌落式熔断器负荷侧接线端子",
        "metering_points": lambda case, known: [METER] * (len(lines) if _at_high(case, known) else 1),
        **(_second_source() if dual else {}),
    }


def _capacity(case: Case) -> int:
    """What it will have, in kVA."""
    return int(case.values.get("capacity") or 0) + int(case.values.get("existing_capacity") or 0)


def _share(percent: int, price: int = 1) -> Callable[[Case, Reference], str]:
    return lambda case, _known: str(_capacity(case) * percent // 100 * price)


def _at_high(case: Case, reference: Reference) -> bool:
    """Whether a customer of that size is metered at high voltage."""
    return mode_for(case, "10kv", Decimal(_capacity(case)), reference).mode == HIGH_HIGH


def _cabinets(lines: int, at_high: bool) -> dict[str, str]:
    metered = {"metering": str(lines), "pt_cabinets": str(lines)} if at_high else {}
    return {"incoming": str(lines), **metered, "feeders": "2"}


def _second_source() -> dict[str, Any]:
    """What comes with a second source: its interlock, own emergency supply, the fee for reliability."""
    fee: dict[str, Any] = {
        "name": "reliability",
        "unit_price": str(RELIABILITY),
        "quantity": _share(100),
        "amount": _share(100, RELIABILITY),
        "basis": "本省高可靠性供电费标准（示例）",
    }
    return {
        "source_interlock": "01",
        "source_transfer": "02",
        "plan_own_supply": "100",
        "plan_own_supply_lock": "mechanical",
        "fees": [fee],
    }
