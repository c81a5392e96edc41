"""Supply plans as people draft them, and the steps that follow, for the tests of the reply."""

from typing import Any

from msgspec.structs import replace

from tests.domain.told import then
from tests.domain.trade import Trade
from yekuo_desktop.domain.case import Case, Event

LOW_PLAN: dict[str, Any] = {
    "supply_conclusion": "possible",
    "plan_capacity": "30",
    "supply_voltage": "380v",
    "sources": [
        {
            "role": "main",
            "voltage": "380v",
            "capacity": "30",
            "area": "柳湾 2 号台区",
            "pole": "柳湾支 07 杆",
            "boundary": "表箱出线端",
            "laying": "overhead",
        }
    ],
    "metering_points": [
        {
            "group_no": "1",
            "category": "405",
            "place": "东墙表箱",
            "mode": "3",
            "wiring": "3",
            "meter": "3×220/380V 5(60)A",
            "meter_accuracy": "1.0",
            "payment": "postpaid",
        }
    ],
    "meter_box_place": "门面房东墙,离地 1.8 米",
    "tariff_system": "single",
    "plan_tariff": "405",
    "customer_duties": "预留表箱位置,敷设表后线",
}
FEES = [
    {
        "name": "reliability",
        "unit_price": "180",
        "quantity": "630",
        "amount": "113400",
        "basis": "高可靠性供电费,省价费〔2017〕18号",
    }
]
HIGH_PLAN: dict[str, Any] = {
    "supply_conclusion": "possible",
    "importance": "level_2",
    "plan_capacity": "1260",
    "plan_equipment": "1480",
    "calculated_load": "960",
    "first_class_load": "0",
    "second_class_load": "320",
    "supply_voltage": "10kv",
    "source_type": "dual_two",
    "sources": [
        {
            "role": role,
            "voltage": "10kv",
            "capacity": "630",
            "substation": station,
            "bus": bus,
            "switch": switch,
            "line": line,
            "line_type": "tee",
            "pole": "12 号杆",
            "laying": "mixed",
            "conductor": "JKLYJ-120,YJV22-3×70",
        }
        for role, station, bus, switch, line in (
            ("main", "110kV 城关变电站", "Ⅰ段", "911 开关", "10kV 城东线"),
            ("standby", "35kV 河口变电站", "Ⅱ段", "922 开关", "10kV 河口线"),
        )
    ],
    "source_interlock": "01",
    "source_transfer": "01",
    "receiving_points": [
        {
            "point": "1 号配电室",
            "transformer": "dry",
            "transformers": "2",
            "unit_capacity": "630",
            "incoming": "2",
            "metering": "2",
            "pt_cabinets": "2",
            "feeders": "4",
            "capacitors": "2",
            "other_cabinets": "1",
        }
    ],
    "main_wiring": "sectioned_bus",
    "control_device": "breaker",
    "operation_mode": "一主一备,分段开关热备用",
    "protection": "速断、过流、零序;分段与进线电气闭锁",
    "harmonics": "不需治理",
    "plan_own_supply": "200",
    "plan_own_supply_lock": "mechanical",
    "ownership_boundary": "10kV 城东线 12 号杆客户侧跌落式熔断器上桩头,河口线 31 号杆同",
    "metering_points": [
        {
            "group_no": str(at),
            "category": "403",
            "place": f"{at} 号计量柜",
            "mode": "1",
            "wiring": "2",
            "meter": "3×100V 1.5(6)A",
            "meter_accuracy": "0.5S",
            "pt": "10000/100",
            "pt_accuracy": "0.2",
            "ct": "50/5",
            "ct_accuracy": "0.2S",
            "collection": "专变采集终端",
            "payment": "prepaid",
        }
        for at in (1, 2)
    ],
    "tariff_system": "two_part",
    "plan_tariff": "403",
    "power_factor_standard": "090",
    "reactive_capacity": "400",
    "fees": FEES,
}
REFUSAL = {
    "supply_conclusion": "impossible",
    "supply_refusal": "10kV 城东线已满载,新建 10kV 线路计划 2026 年 9 月投运;届时主动告知客户继续办理",
}
PLACE = {
    "mobile": "13800001000",
    "address_county": "示例县",
    "address_town": "河口镇",
    "address_village": "柳湾村",
    "address_group": "三组",
    "address_door": "1 号（村委会东侧）",
}
RESIDENT = {**PLACE, "customer_name": "陈𬱖英", "capacity": "8", "category": "201"}
FIRM = {
    **PLACE,
    "customer_name": "柳湾粮油加工有限公司",
    "legal_person": "赵国强",
    "account_no": "4101220012345",
    "category": "403",
    "industry": "13",
}


def plan_of(klass: str) -> dict[str, Any]:
    """A plan for the class."""
    return HIGH_PLAN if klass.startswith("hv") else LOW_PLAN


def draft(trade: Trade, by: str = "liming", **changes: Any) -> Case:
    """A plan drafted now; how it comes about is another half of the stage."""
    trade.later(hours=1)
    values = REFUSAL if changes.get("supply_conclusion") == "impossible" else plan_of(trade.case.klass)
    on = trade.now.strftime("%Y-%m-%d %H:%M")
    trade.case = then(trade.case, "plan.drafted", on, by=by, **{**values, **changes})
    return trade.case


def planned(klass: str, *, rules: str = "supply_rules_2024", by: str = "liming", **changes: Any) -> Trade:
    """A case whose plan has just been drafted."""
    trade = Trade(klass, "survey", rules=rules, values=RESIDENT if klass == "lv_resident" else FIRM)
    draft(trade, by, **changes)
    return trade


def opine(trade: Trade, opinion: str = "agree", *, by: str = "heping") -> None:
    """Both departments speak."""
    for department, signer in (("marketing", "何平"), ("production", "高志远")):
        words = {} if opinion == "agree" else {"review_words": "变压器台数与负荷不符"}
        given = {"review_department": department, "review_opinion": opinion, "review_signer": signer}
        trade.do("plan.opined", by, **given, **words)


def approve(trade: Trade, by: str = "qianyong") -> None:
    """High voltage is reviewed by the departments first."""
    if trade.case.klass.startswith("hv"):
        opine(trade)
    trade.do("plan.approved", by, approval_words="同意按本方案答复客户")


def reply(trade: Trade, by: str = "liming") -> None:
    trade.do("plan.replied", by, replied_by=by, reply_way="counter")


def receive(trade: Trade) -> None:
    trade.do("plan.received", "wangli", reply_receiver="赵国强", reply_signed=True)


def accept(trade: Trade) -> None:
    trade.do("plan.accepted", "wangli", answer_signer="赵国强", answer_way="counter")


def object_to(trade: Trade) -> None:
    words = "要求由 10kV 河口线单独供电"
    trade.do("plan.objected", "wangli", answer_signer="赵国强", answer_way="counter", objection_words=words)


STEPS = (approve, reply, receive, accept)


def walked(klass: str, steps: int, *, rules: str = "supply_rules_2024", **changes: Any) -> Trade:
    """A drafted plan and so many of the steps after it: approved, replied, received, accepted."""
    trade = planned(klass, rules=rules, **changes)
    for step in STEPS[:steps]:
        step(trade)
    return trade


def in_stage(trade: Trade, stage: str) -> Trade:
    """The case at a later stage, whatever its own way there was."""
    trade.case = replace(trade.case, stage=stage)
    return trade


def happened(trade: Trade, name: str) -> None:
    """Something of another stage happened, e.g. construction started."""
    trade.later(hours=1)
    event = Event(name, trade.now, trade.now, "elsewhere")
    trade.case = replace(trade.case, events=(*trade.case.events, event))
