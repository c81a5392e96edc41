"""Warning orders and the white list: who may do what, in which order, and that nothing of the case changes.

Source: 营销稽查监控运营管理办法 双发送、整改答复、白名单 (国家电网2026版题库, regulations.md 5.1); R23.
"""

from datetime import date
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from tests.domain.trade import Trade
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.journal import words
from yekuo_desktop.domain.oversight_orders import (
    Answering,
    Exempting,
    Judging,
    Lifting,
    Opening,
    Oversight,
)

KEY = "R6:plan_reply:1"
OPENING = Opening(
    rule="R6",
    key=KEY,
    subject="供电方案答复",
    wanted="3 个工作日,2026-03-12 17:30 前",
    found="2026-03-16 09:00 完成",
    rules="supply_rules_2024",
    owner="liming",
    demand="说明原因并整改",
    due=date(2026, 3, 20),
)
EXEMPTING = Exempting(
    rule="R6",
    key=KEY,
    subject="供电方案答复",
    ground="confirmed_normal",
    reason="现场核实,客户要求推迟",
    evidence="核查单 3 号",
    until=date(2026, 9, 10),
)


def refusal(trade: Trade, kind: str, payload: msgspec.Struct, by: str) -> str:
    """Why an act is refused; "" when it is done."""
    try:
        trade.act(kind, payload, by)
    except Refused as refused:
        return ";".join(problem.text for problem in refused.problems)
    return ""


def opened(**changes: Any) -> Trade:
    """A case with one order on it."""
    trade = Trade("lv_resident", "survey")
    trade.act("oversight.opened", replace(OPENING, **changes), "luoxin")
    return trade


def answered() -> Trade:
    """And its answer."""
    trade = opened()
    trade.act("oversight.answered", Answering(order="e1", text="已整改", evidence="附件 2"), "liming")
    return trade


def test_the_way_of_an_order_from_hit_to_end() -> None:
    trade = opened()
    assert states(trade.case) == ["open"]
    trade.act("oversight.answered", Answering(order="e1", text="漏登,已补", evidence="附件 1"), "liming")
    assert states(trade.case) == ["answered"]
    trade.act("oversight.returned", Judging(order="e1", reason="佐证不清"), "luoxin")
    assert states(trade.case) == ["open"]
    trade.act("oversight.answered", Answering(order="e1", text="补充照片", evidence="附件 2"), "liming")
    trade.act("oversight.closed", Judging(order="e1", reason="核实属实"), "luoxin")
    assert states(trade.case) == ["closed"]
    (order,) = trade.case.oversight.orders
    assert [(word.answer, word.by, word.text) for word in order.said] == [
        (True, "liming", "漏登,已补"),
        (False, "luoxin", "佐证不清"),
        (True, "liming", "补充照片"),
        (False, "luoxin", "核实属实"),
    ]
    assert words(trade.entries[0]).startswith("稽查预警 R6 供电方案答复:应为3 个工作日")


def states(case: Case) -> list[str]:
    """Where the orders stand."""
    return [order.state for order in case.oversight.orders]


def test_an_auditor_changes_nothing_of_the_case() -> None:
    trade = answered()
    trade.act("oversight.closed", Judging(order="e1", reason="属实"), "luoxin")
    trade.act("oversight.exempted", EXEMPTING, "luoxin")
    assert replace(trade.case, oversight=Oversight(), rev=0) == Trade("lv_resident", "survey").case


@pytest.mark.parametrize(
    ("changes", "by", "said"),
    [
        ({}, "luoxin", ""),
        ({}, "wangli", "派发预警工单由营销稽查办理"),
        ({}, "admin", "派发预警工单由营销稽查办理"),
        ({"owner": ""}, "luoxin", "请选择责任人"),
        ({"owner": "luoxin"}, "luoxin", "罗欣不办理业务"),
        ({"owner": "everybody"}, "everybody", "不能自查自答"),
        ({"demand": " "}, "luoxin", "请写明整改要求"),
        ({"due": date(2026, 3, 9)}, "luoxin", "答复期限已过"),
        ({"rule": "R99"}, "luoxin", "没有启用规则 R99"),
    ],
)
def test_who_opens_an_order_and_to_whom(changes: dict[str, Any], by: str, said: str) -> None:
    found = refusal(Trade("lv_resident", "survey"), "oversight.opened", replace(OPENING, **changes), by)
    assert said in found if said else not found


def test_one_order_at_a_time_about_one_fact() -> None:
    trade = opened()
    assert "已经派发预警工单" in refusal(trade, "oversight.opened", OPENING, "luoxin")
    assert not refusal(trade, "oversight.opened", replace(OPENING, key="R6:connection:1"), "luoxin")
    trade = answered()
    trade.act("oversight.closed", Judging(order="e1", reason="属实"), "luoxin")
    assert not refusal(trade, "oversight.opened", OPENING, "luoxin")  # it came back


@pytest.mark.parametrize(
    ("by", "changes", "said"),
    [
        ("liming", {}, ""),
        ("zhoufang", {}, "由责任人李明答复"),
        ("luoxin", {}, "答复预警工单由"),
        ("liming", {"text": ""}, "请写明原因和整改情况"),
        ("liming", {"evidence": " "}, "请写明佐证"),
        ("liming", {"order": "e9"}, "没有这张预警工单"),
    ],
)
def test_the_owner_answers_with_proof(by: str, changes: dict[str, str], said: str) -> None:
    answer = Answering(order="e1", text="已整改", evidence="附件 2")
    found = refusal(opened(), "oversight.answered", replace(answer, **changes), by)
    assert said in found if said else not found


def test_nobody_weighs_what_was_not_answered_or_what_he_answered_himself() -> None:
    judging = Judging(order="e1", reason="属实")
    assert "还没有答复" in refusal(opened(), "oversight.closed", judging, "luoxin")
    both = opened(owner="everybody")
    both.act("oversight.answered", Answering(order="e1", text="已整改", evidence="附件"), "everybody")
    assert "不能核实自己的答复" in refusal(both, "oversight.closed", judging, "everybody")
    assert not refusal(both, "oversight.closed", judging, "luoxin")
    assert "已经答复" in refusal(
        answered(), "oversight.answered", Answering(order="e1", text="再答", evidence="附件"), "liming"
    )
    assert "请写明核实意见" in refusal(
        answered(), "oversight.closed", Judging(order="e1", reason=""), "luoxin"
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"until": date(2026, 9, 11)}, "白名单最长 6 个月,不晚于 2026-09-10"),
        ({"until": date(2026, 3, 9)}, "截止日期已过"),
        ({"ground": "staff_error"}, "工作差错的,不能列入白名单"),
        ({"ground": ""}, "请选择列入白名单的理由"),
        ({"reason": ""}, "请写明原因"),
        ({"evidence": ""}, "请写明佐证"),
    ],
)
def test_r23_the_white_list_asks_for_reason_proof_and_end(changes: dict[str, Any], said: str) -> None:
    found = refusal(
        Trade("lv_resident", "survey"), "oversight.exempted", replace(EXEMPTING, **changes), "luoxin"
    )
    assert said in found if said else not found


def test_the_white_list_ends_with_its_day_or_earlier() -> None:
    trade = Trade("lv_resident", "survey")
    trade.act("oversight.exempted", EXEMPTING, "luoxin")
    known = trade.case.oversight
    assert known.exemption_of(KEY, date(2026, 9, 10))
    assert not known.exemption_of(KEY, date(2026, 9, 11))
    assert "已在白名单内" in refusal(trade, "oversight.exempted", EXEMPTING, "luoxin")
    assert "在白名单内" in refusal(trade, "oversight.opened", OPENING, "luoxin")
    trade.act("oversight.lifted", Lifting(exemption="e1", reason="复核不属实"), "luoxin")
    assert not trade.case.oversight.exemption_of(KEY, date(2026, 3, 11))
    assert not refusal(trade, "oversight.opened", OPENING, "luoxin")
    assert "已经到期" in refusal(trade, "oversight.lifted", Lifting(exemption="e1", reason="再"), "luoxin")
