"""What the people of the practice county record at stage 3: one round with findings, one that agrees."""

from datetime import date
from typing import Any

from yekuo_desktop.office.practice.answers import FILE, MANAGER, Answer
from yekuo_desktop.office.practice.firms import first

PAPERS = (
    "设计单位资质等级证书复印件",
    "受电工程设计图纸及说明（设计单位盖章，一式四份）",
    "负荷分布图",
    "隐蔽工程设计资料",
    "配电网络布置图",
    "主要电气设备一览表",
)
OF_HIGH_VOLTAGE = ("自备应急电源接线图",)
OF_TWO_SOURCES = ("双电源主接线、平面与电缆走向、继保与备自投图",)
HIGH_VOLTAGE_FINDINGS = (
    ("marketing", "D-05", "计量柜前操作通道 0.8 米", "调整为不小于 1.5 米", "通道已调整为 1.6 米"),
    ("production", "D-02", "进线柜缺少电缆故障指示器", "按典型设计补装", "已补装"),
)
LOW_VOLTAGE_FINDINGS = (
    ("marketing", "D-02", "表箱中心离地 1.2 米", "调整为 1.6 至 1.8 米", "已调整为 1.7 米"),
    ("production", "D-03", "进户线未标明截面", "注明导线型号和截面", "已注明"),
)
SIGNERS = {"marketing": "孙浩", "production": "高志远"}


def answers(klass: str, day: date) -> list[Answer]:
    """Every task of the stage in order, for a class and the day it begins."""
    findings = HIGH_VOLTAGE_FINDINGS if klass.startswith("hv") else LOW_VOLTAGE_FINDINGS
    first = [_chosen(day), _received(klass), *_against(findings), _asks_for_changes(findings)]
    return [*first, _delivered("0"), _received(klass), *_for(), _agrees(findings), _delivered("3")]


def _chosen(day: date) -> Answer:
    unit = first("designer", day)
    values = {
        "designer_name": unit.name,
        "designer_grade": unit.grade,
        "designer_certificate": unit.certificate,
        "designer_valid_until": str(unit.valid_until),
        "designer_contact": "韩雪",
        "designer_phone": unit.phone,
        "designer_copy": FILE,
        "designer_own_choice": True,
    }
    return Answer("designer.chosen", MANAGER, values, proposed=True)


def _received(klass: str) -> Answer:
    more = OF_HIGH_VOLTAGE if klass.startswith("hv") else ()
    names = (*PAPERS, *more, *(OF_TWO_SOURCES if klass == "hv_dual" else ()))
    values: dict[str, Any] = {
        "design_sender": "中原电力设计院有限公司",
        "design_sent_by": "韩雪",
        "design_sent_phone": "0371-65550188",
        "drawing_sets": "4",
        "civil_sets": "4",
        "line_sets": "4",
        **({"substation_sets": "4"} if klass.startswith("hv") else {}),
        "designer_sealed": True,
        "design_papers": [{"name": name, "state": "original", "copies": "4"} for name in names],
    }
    return Answer("design.received", MANAGER, values)


Findings = tuple[tuple[str, str, str, str, str], ...]


def _against(findings: Findings) -> list[Answer]:
    return [_opinion(department, "change", what) for department, _, what, _, _ in findings]


def _for() -> list[Answer]:
    return [_opinion(department, "agree") for department in SIGNERS]


def _opinion(department: str, opinion: str, words: str = "") -> Answer:
    values = {"design_department": department, "design_opinion": opinion, "design_words": words}
    return Answer("design.opined", "sunhao", {**values, "design_signer": SIGNERS[department]})


def _asks_for_changes(findings: Findings) -> Answer:
    rows = [{"drawing": at, "what": what, "required": wanted} for _, at, what, wanted, _ in findings]
    return Answer("design.concluded", "qianyong", {"design_result": "change", "design_findings": rows})


def _agrees(findings: Findings) -> Answer:
    rows = [
        {"no": str(no), "outcome": done, "evidence": f"{at}（A 版）"}
        for no, (_, at, _, _, done) in enumerate(findings, start=1)
    ]
    return Answer("design.concluded", "qianyong", {"design_result": "agreed", "design_closed": rows})


def _delivered(sets: str) -> Answer:
    values = {"design_receiver": "韩雪", "drawings_returned": sets, "design_receipt": FILE}
    return Answer("design.delivered", MANAGER, values)
