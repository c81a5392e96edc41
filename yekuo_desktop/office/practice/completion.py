"""What the people of the practice county record at stage 5: a first inspection that finds something to put
right on both sides, their rectification, and the re-inspection that passes."""

from collections.abc import Callable
from datetime import date
from typing import Any

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.completion.inspection import basis, items, network_only
from yekuo_desktop.office.practice.answers import CUSTOMER, FILE, TODAY, Answer, capacity_of, day_on

PAPERS = (
    "竣工报验申请表与竣工报告",
    "设计、施工、试验单位资质证明",
    "竣工图及说明",
    "隐蔽工程施工及试验记录",
    "电气试验及保护整定调试记录",
    "主要设备说明书",
    "设计单位资质、设计图纸及说明书",
)
WRONG, INTERLOCK = "network.boundary", "network.interlock"  # codes of resources/codes/completion_items.toml
CAPACITY = {"lv_resident": "8", "lv_nonresident": "45", "hv_single": "315", "hv_dual": "630"}


def answers(klass: str, day: date) -> list[Answer]:
    """Every task of the stage in order, for a class and the day it begins."""
    found = [
        _applied(klass, day),
        _opinion("marketing", "孙浩", "sunhao", "change", "配电室操作通道堆放杂物，安全警示标志未装"),
        _opinion("production", "高志远", "sunhao", "change", "进线电缆相色标识与接线不符"),
        _inspected(),
        _signed(),
    ]
    return [
        *found,
        _rectified("1", "已清理并装设警示标志", "客户"),
        _rectified("2", "已重做电缆头并更正相色", "柳湾电力安装工程有限公司"),
        _opinion("marketing", "孙浩", "sunhao", "agree", ""),
        _opinion("production", "高志远", "sunhao", "agree", ""),
        _passed(),
        _signed(),
    ]


def _applied(klass: str, day: date) -> Answer:
    values: dict[str, Any] = {
        "completion_sender": "柳湾电力安装工程有限公司",
        "completion_applicant": "郑长顺",
        "completion_applicant_phone": "0371-65550155",
        "completion_planned": day_on(1, "09:30"),
        "completion_papers": [{"name": name, "state": "original", "copies": "1"} for name in PAPERS],
        "works_name": "受电工程",
        "works_no": f"SG{day:%Y%m}017",
        "works_category": "客户受电工程",
        "works_type": "3" if klass.startswith("hv") else "2",
        "works_capacity": _size(klass),
        "works_started_on": day_on(-9),
        "works_finished_on": day_on(-1),
        "works_customer_rep": CUSTOMER,
        "works_leader": "郑长顺",
        "works_quality": "自检合格",
        "works_done": "进线电缆、受电装置、接地装置安装和试验",
        "works_units": _units(),
        "completion_devices": _devices(klass),
    }
    return Answer("completion.applied", "@manager", values)


def _units() -> list[dict[str, str]]:
    named = (
        ("design_electrical", "中原电力设计院有限公司", "A141004101", "乙级", "韩雪"),
        ("build_electrical", "柳湾电力安装工程有限公司", "4-1-00123-2023", "四级", "郑长顺"),
        ("test", "中州电力试验检测有限公司", "3-3-00321-2023", "三级", "高敏"),
    )
    keys = ("works_role", "name", "certificate", "grade", "handler")
    return [{**dict(zip(keys, row, strict=True)), "valid_until": day_on(900)} for row in named]


def _size(klass: str) -> Callable[[Case, Reference], str]:
    return lambda case, known: capacity_of(case, known) or CAPACITY[klass]


def _devices(klass: str) -> list[dict[str, Any]]:
    if not klass.startswith("hv"):
        return [
            {
                "name": "配电箱",
                "spec": "XL-21",
                "quantity": "1",
                "device_voltage": "380v",
                "device_place": "东墙",
            }
        ]
    size = _size(klass)
    transformer: dict[str, Any] = {
        "type": "油浸式",
        "device_voltage": "10kv",
        "unit_capacity": size,
        "total_capacity": size,
        "maker": "示例变压器厂",
    }
    cabinet = {
        "type": "户内",
        "spec": "KYN28-12",
        "device_voltage": "10kv",
        "maker": "示例开关厂",
        "device_place": "配电室",
    }
    return [
        {
            "name": "变压器",
            "spec": lambda case, known: f"S22-{size(case, known)}/10",
            "quantity": "1",
            "device_voltage": "10kv",
            **transformer,
        },
        {"name": "高压进线柜", "quantity": "1", "device_place": "配电室", **cabinet},
        {"name": "高压计量柜", "quantity": "1", "device_place": "配电室", **cabinet},
    ]


def _opinion(department: str, signer: str, by: str, opinion: str, words: str) -> Answer:
    values = {
        "completion_department": department,
        "completion_opinion": opinion,
        "completion_signer": signer,
        **({"completion_words": words} if words else {}),
    }
    return Answer("completion.opined", by, values)


def _present() -> dict[str, Any]:
    people = [{"department": "marketing", "name": "孙浩"}, {"department": "production", "name": "高志远"}]
    return {
        "completion_inspectors": people,
        "completion_customer_present": CUSTOMER,
        "completion_builder_present": "郑长顺",
    }


def _scope(case: Case, reference: Reference) -> str:
    return "network" if network_only(case, reference) else "whole"


def _details(case: Case, reference: Reference) -> list[dict[str, str]]:
    """Everything on the list of the scope: one thing is wrong; where one source is there is no interlock."""
    dual = case.klass == "hv_dual"
    interlock = ("闭锁可靠，切换试验正常", "passed") if dual else ("无双电源、自备电源", "none")
    outcomes = {WRONG: ("相色标识与接线不符", "failed"), INTERLOCK: interlock}
    found = []
    for code, item in items(_scope(case, reference), reference):
        outcome, passed = outcomes.get(code, ("符合要求", "passed"))
        standard = reference.code_label("completion_standards", code)
        found.append({"item": item, "standard": standard, "outcome": outcome, "passed": passed})
    return found


def _inspected() -> Answer:
    defects = [
        {
            "what": "配电室操作通道堆放杂物，安全警示标志未装",
            "required": "清理通道，按规定装设警示标志",
            "responsible": "customer",
            "due": day_on(30),
        },
        {
            "what": "进线电缆相色标识与接线不符",
            "required": "重做电缆头，更正相色并重新核相",
            "responsible": "builder",
            "due": day_on(30),
        },
    ]
    values: dict[str, Any] = {
        "completion_scope": _scope,
        **_present(),
        "completion_basis": basis,
        "completion_details": _details,
        "completion_result": "failed",
        "completion_defects": defects,
        "completion_evaluation": "工程总体符合设计，两项缺陷整改后复验",
    }
    return Answer("completion.inspected", "heping", values)


def _rectified(no: str, remedy: str, by: str) -> Answer:
    row = {"no": no, "remedy": remedy, "remedied_by": by, "remedied_on": TODAY, "evidence": "整改后照片 2 张"}
    values = {"completion_rectified": [row], "completion_reported_by": "郑长顺", "completion_report": FILE}
    return Answer("completion.rectified", "@manager", values)


def _passed() -> Answer:
    rows = [
        {"no": no, "recheck": "passed", "outcome": outcome, "evidence": "整改后照片 2 张，现场复验"}
        for no, outcome in (("1", "通道已清理，标志已装设"), ("2", "相色与接线一致，核相正确"))
    ]
    values = {
        **_present(),
        "completion_closed": rows,
        "completion_result": "passed",
        "completion_evaluation": "缺陷已全部消除，验收合格",
    }
    return Answer("completion.reinspected", "heping", values)


def _signed() -> Answer:
    values = {
        "completion_our_signer": "@heping",
        "completion_receiver": CUSTOMER,
        "completion_builder_receiver": "郑长顺",
        "completion_receipt": FILE,
    }
    return Answer("completion.delivered", "@manager", values)
