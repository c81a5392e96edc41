"""What the people of the practice county record at stage 3: one round with findings, one that agrees."""

from datetime import date, timedelta
from typing import Any

from yekuo_desktop.office.practice_answers import FILE, Answer

PAPERS = (
    "设计单位资质等级证书复印件",
    "受电工程设计图纸及说明（设计单位盖章，一式四份）",
    "负荷分布图",
    "隐蔽工程设计资料",
    "配电网络布置图",
    "主要电气设备一览表",
    "自备应急电源接线图",
    "双电源主接线、平面与电缆走向、继保与备自投图",
)


def answers(klass: str, day: date) -> list[Answer]:
    """Every task of the stage in order, for a class and the day it begins."""
    first = [_chosen(day), _received(), *_opinions("change"), _asks_for_changes(), _delivered("0")]
    return [*first, _received(), *_opinions("agree"), _agrees(), _delivered("3")]


def _chosen(day: date) -> Answer:
    values = {
        "designer_name": "中原电力设计院有限公司",
        "designer_grade": "b",
        "designer_certificate": "A141004101",
        "designer_valid_until": (day + timedelta(days=900)).isoformat(),
        "designer_contact": "韩雪",
        "designer_phone": "0371-65550188",
        "designer_copy": FILE,
        "designer_own_choice": True,
    }
    return Answer("designer.chosen", "@manager", values)


def _received() -> Answer:
    rows = [{"name": name, "state": "original", "copies": "4"} for name in PAPERS]
    values: dict[str, Any] = {
        "design_sender": "中原电力设计院有限公司",
        "design_sent_by": "韩雪",
        "drawing_sets": "4",
        "civil_sheets": "6",
        "line_sheets": "5",
        "substation_sheets": "12",
        "designer_sealed": True,
        "design_papers": rows,
    }
    return Answer("design.received", "@manager", values)


def _opinions(opinion: str) -> list[Answer]:
    words = {"marketing": "计量柜前后净距不足", "production": "进线柜缺少电缆故障指示器"}
    signers = {"marketing": "孙浩", "production": "高志远"}
    return [
        Answer(
            "design.opined",
            "sunhao",
            {
                "design_department": department,
                "design_opinion": opinion,
                "design_signer": signers[department],
                **({"design_words": words[department]} if opinion != "agree" else {}),
            },
        )
        for department in words
    ]


def _asks_for_changes() -> Answer:
    rows = [
        {"drawing": "D-05", "what": "计量柜前操作通道 0.8 米", "required": "调整为不小于 1.5 米"},
        {"drawing": "D-02", "what": "进线柜缺少电缆故障指示器", "required": "按典型设计补装"},
    ]
    values = {"design_result": "change", "design_reviewer": "@sunhao", "design_findings": rows}
    return Answer("design.concluded", "sunhao", values)


def _agrees() -> Answer:
    rows = [
        {"no": "1", "outcome": "通道已调整为 1.6 米", "evidence": "D-05(A 版)"},
        {"no": "2", "outcome": "已补装", "evidence": "D-02(A 版)"},
    ]
    values = {"design_result": "agreed", "design_reviewer": "@sunhao", "design_closed": rows}
    return Answer("design.concluded", "sunhao", values)


def _delivered(sets: str) -> Answer:
    values = {"design_receiver": "韩雪", "drawings_returned": sets, "design_receipt": FILE}
    return Answer("design.delivered", "@manager", values)
