"""The supply contract: drafted by contract staff, seen by the departments, signed by both sides with days,
signers, capacity and seals (种子文件 四; regulations.md 4.5, 6.1, R3)."""

from typing import Any

import pytest
from msgspec.structs import replace

from tests.domain.trade import Trade, reference
from tests.domain.walk import SCAN, given
from yekuo_desktop.domain import path
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.formalities import formalities
from yekuo_desktop.domain.path import Correction

TERMS = {
    "contract_number": "HT-1",
    "contract_kind": "high",
    "contract_form": "paper",
    "contract_from": "2026-03-10",
    "contract_long_term": False,
    "contract_until": "2029-03-09",
}
SEEN = [
    {"department": "marketing", "reviewer": "钱勇", "day": "2026-03-10"},
    {"department": "office", "reviewer": "宋洁", "day": "2026-03-10"},
]
SIGNED = {
    "contract_our_signer": "赵军",
    "contract_our_capacity": "authorised",
    "contract_our_day": "2026-03-10",
    "contract_our_seal": "contract",
    "contract_customer_signer": "赵国强",
    "contract_customer_capacity": "legal",
    "contract_customer_day": "2026-03-10",
    "contract_customer_seal": "official",
}
HIGH = TERMS | SIGNED | {"contract_reviews": SEEN}
LOW = TERMS | SIGNED | {"contract_kind": "low"}
RESIDENT = (
    TERMS
    | SIGNED
    | {
        "contract_kind": "resident",
        "contract_form": "endorsed",
        "contract_long_term": True,
        "contract_until": "",
        "contract_customer_signer": "张秀英",
        "contract_customer_capacity": "self",
        "contract_customer_seal": "signature",
    }
)
BY_CLASS = {"lv_resident": RESIDENT, "lv_nonresident": LOW, "hv_single": HIGH, "hv_dual": HIGH}


def asked(klass: str = "hv_single", rules: str = "supply_rules_2024", **values: Any) -> Trade:
    """The notice has been given; of high voltage the contract is drafted."""
    trade = Trade(klass, "construction", rules=rules, values={"klass": klass, **values})
    given(trade, "contract.requested", contract_wanted_kind=BY_CLASS[klass]["contract_kind"])
    if klass.startswith("hv"):
        trade.do("contract.drafted", "xuemei", **TERMS)
    return trade


def refusal(klass: str, **changes: Any) -> str:
    return asked(klass).refusal("contract.signed", "xuemei", **BY_CLASS[klass] | changes)


def warned(found: list[Problem]) -> list[str]:
    return [p.field for p in found if p.warning]


@pytest.mark.parametrize("klass", BY_CLASS)
def test_a_contract_of_each_class_is_signed(klass: str) -> None:
    trade = asked(klass)
    trade.do("contract.signed", "xuemei", **BY_CLASS[klass])
    assert [e.name for e in trade.case.events] == ["accepted", "contract_signed"]
    found = formalities(trade.case, trade.context("xuemei").reference)
    assert next(f.settled for f in found if f.id == "contract") == trade.now


# ---- order and roles -----------------------------------------------------------------------------


def test_nobody_drafts_or_signs_before_the_notice() -> None:
    trade = Trade("hv_single", "construction", rules="supply_rules_2024")
    for kind, values in (("contract.drafted", TERMS), ("contract.signed", HIGH)):
        assert "还没有通知起草合同" in trade.refusal(kind, "xuemei", **values)


def test_high_voltage_is_drafted_first_and_low_voltage_may_be_signed_at_one_sitting() -> None:
    trade = Trade("hv_single", "construction", rules="supply_rules_2024")
    given(trade, "contract.requested")
    assert "还没有起草" in trade.refusal("contract.signed", "xuemei", **HIGH)
    needed = {
        task.kind for task in path.undone(trade.case, "construction", trade.context("xuemei").reference)
    }
    assert "contract.drafted" in needed
    low = Trade("lv_resident", "construction", rules="supply_rules_2024")
    needed = {task.kind for task in path.undone(low.case, "construction", low.context("xuemei").reference)}
    assert "contract.drafted" not in needed


@pytest.mark.parametrize("login", ["liming", "wangli", "zhaojun", "duwei", "qianyong", "luoxin"])
def test_contract_staff_do_both(login: str) -> None:
    assert "由合同管理员办理" in asked().refusal("contract.drafted", login, **TERMS)
    assert "由合同管理员办理" in asked().refusal("contract.signed", login, **HIGH)


# ---- terms ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("klass", "changes", "said"),
    [
        # 低压合同期限不超过 10 年, 居民可长期 (regulations.md 4.5)
        ("lv_nonresident", {"contract_until": "2036-03-09"}, ""),
        ("lv_nonresident", {"contract_until": "2036-03-10"}, "不超过 10 年,最迟至 2036-03-09"),
        ("lv_nonresident", {"contract_long_term": True, "contract_until": ""}, "只有居民合同可长期有效"),
        ("lv_nonresident", {"contract_until": ""}, "请填写合同有效期至"),
        ("lv_nonresident", {"contract_until": "2026-03-09"}, "止日早于生效日期"),
        ("lv_resident", {"contract_long_term": False, "contract_until": "2036-03-09"}, ""),
        ("lv_resident", {"contract_long_term": False, "contract_until": "2040-01-01"}, "不超过 10 年"),
        ("hv_single", {"contract_until": "2040-01-01"}, ""),  # nothing is known of high voltage
        # 背书 is for residents
        ("lv_nonresident", {"contract_form": "endorsed"}, "背书方式只用于低压居民合同"),
        ("hv_single", {"contract_form": "endorsed"}, "背书方式只用于低压居民合同"),
        ("hv_single", {"contract_form": "electronic"}, ""),
        ("lv_resident", {"contract_form": "paper"}, ""),
        ("hv_single", {"contract_number": ""}, "请填写合同编号"),
    ],
)
def test_term_and_form(klass: str, changes: dict[str, Any], said: str) -> None:
    refused = refusal(klass, **changes)
    assert said in refused if said else refused == ""


def test_terms_are_proposed_by_class_and_then_taken_from_the_draft() -> None:
    resident = asked("lv_resident").proposed("contract.signed", "xuemei")
    assert resident["contract_form"].value == "endorsed"
    assert resident["contract_long_term"].value is True
    low = asked("lv_nonresident", legal_person="赵国强").proposed("contract.signed", "xuemei")
    assert low["contract_until"].value == "2036-03-09"
    assert low["contract_number"].value == "HT-YK4101-HK01-260310-0001"
    assert low["contract_customer_signer"].value == "赵国强"
    assert low["contract_department"].value == "marketing"
    high = asked().proposed("contract.signed", "xuemei")
    assert {key: high[key].value for key in TERMS} == TERMS
    assert [row["department"] for row in high["contract_reviews"].value] == ["marketing", "office"]


def test_another_number_or_kind_than_drafted_is_pointed_out() -> None:
    found = asked().found("contract.signed", "xuemei", **HIGH | {"contract_number": "HT-2"})
    assert warned(found) == ["contract_number", "contract_scan"]
    found = asked().found("contract.signed", "xuemei", **HIGH | {"contract_kind": "low"})
    assert warned(found) == ["contract_kind", "contract_scan"]


# ---- signers, seals, days ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("klass", "changes", "said"),
    [
        ("hv_single", {"contract_customer_capacity": "self"}, "单位客户由法定代表人"),
        ("hv_single", {"contract_our_capacity": "self"}, "供电人由法定代表人"),
        ("hv_single", {"contract_customer_capacity": "head"}, ""),
        ("hv_single", {"contract_customer_seal": "signature"}, "须盖合同专用章或公章"),
        ("hv_single", {"contract_customer_seal": "contract"}, ""),
        ("hv_single", {"contract_our_seal": "official"}, ""),
        ("hv_single", {"contract_our_seal": ""}, "请填写供电人用章"),
        ("hv_single", {"contract_customer_signer": "赵军"}, "不能是同一人"),
        ("hv_single", {"contract_customer_signer": ""}, "请填写用电人签订人"),
        ("lv_resident", {"contract_customer_capacity": "authorised"}, ""),
        ("hv_single", {"contract_our_day": "2026-03-11"}, "供电人签订日期 2026-03-11 晚于登记时间"),
        ("hv_single", {"contract_customer_day": "2026-03-09"}, "用电人签订日期 2026-03-09 早于受理日期"),
        ("hv_single", {"contract_customer_day": ""}, "请填写用电人签订日期"),
    ],
)
def test_both_sides_sign(klass: str, changes: dict[str, Any], said: str) -> None:
    refused = refusal(klass, **changes)
    assert said in refused if said else refused == ""


def test_who_signs_for_another_shows_his_authority() -> None:
    values = HIGH | {"contract_customer_capacity": "authorised", "contract_scan": "x"}
    assert warned(asked().found("contract.signed", "xuemei", **values)) == ["contract_authority"]


def test_a_signature_before_the_notice_is_pointed_out() -> None:
    trade = asked("lv_resident")
    trade.later(days=3)
    given(trade, "contract.requested")
    values = RESIDENT | {"contract_our_day": "2026-03-13"}
    assert warned(trade.found("contract.signed", "xuemei", **values)) == [
        "contract_customer_day",
        "contract_scan",
    ]
    assert trade.refusal("contract.signed", "xuemei", **values) == ""


def test_the_scan_is_kept_with_it() -> None:
    trade = asked("lv_resident")
    refused = trade.refusal("contract.signed", "xuemei", **RESIDENT, contract_scan=SCAN.id)
    assert refused == "请选择合同扫描件的附件"
    trade.case = replace(trade.case, attachments=(SCAN,))
    assert trade.found("contract.signed", "xuemei", **RESIDENT, contract_scan=SCAN.id) == []


# ---- review --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("klass", "rows", "said"),
    [
        # 10 kV 高压单电源: 营销部、办公室会签 (regulations.md 4.5); two sources the same by default
        ("hv_single", [], "合同还没有会签:营销部、办公室"),
        ("hv_single", SEEN[:1], "合同还没有会签:办公室"),
        ("hv_dual", SEEN[1:], "合同还没有会签:营销部"),
        ("hv_single", SEEN, ""),
        ("lv_nonresident", [], ""),
        ("lv_resident", [], ""),
        ("hv_single", [{**SEEN[0], "reviewer": "薛梅"}, SEEN[1]], "合同由薛梅起草,不能由本人会签"),
        ("hv_single", [{**SEEN[0], "day": "2026-03-11"}, SEEN[1]], "会签日期 2026-03-11 晚于登记时间"),
        ("hv_single", [{**SEEN[0], "reviewer": ""}, SEEN[1]], "第 1 行:请填写会签人"),
    ],
)
def test_high_voltage_is_seen_by_the_departments(klass: str, rows: list[dict[str, str]], said: str) -> None:
    refused = refusal(klass, contract_reviews=rows)
    assert said in refused if said else refused == ""


def test_what_was_signed_was_drafted_and_asked_for_so() -> None:
    trade = asked()
    trade.do("contract.signed", "xuemei", **HIGH)
    drafted = next(r for r in trade.case.records if r.kind == "contract.drafted")
    change = Correction(drafted.id, {"contract_until": ("2029-03-09", "2030-03-09")}, "改期")
    with pytest.raises(Refused, match="合同已经签订"):
        trade.act("record.corrected", change, "xuemei")


@pytest.mark.parametrize(("capacity", "again"), [("80", False), ("100", True)])
def test_a_contract_is_signed_anew_where_the_plan_says_something_else(capacity: str, again: bool) -> None:
    trade = Trade("lv_nonresident", "construction", values={"klass": "lv_nonresident"})
    given(trade, "plan.drafted", plan_capacity="80")
    given(trade, "contract.requested", contract_wanted_kind="low")
    trade.do("contract.signed", "xuemei", **LOW)
    given(trade, "plan.drafted", plan_capacity=capacity)
    waiting = [task.kind for task in path.undone(trade.case, "construction", reference())]
    assert ("contract.signed" in waiting) is again
    said = trade.refusal("contract.signed", "xuemei", **LOW)
    assert said == ("" if again else "签订供用电合同已经登记,有误请更正")
