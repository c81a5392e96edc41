"""Business fees: what the plan asks for, what comes in, what goes back (regulations.md 2.12: 应收 013,
实收 014; 3.4: 费用结清方可接电)."""

from decimal import Decimal
from typing import Any

import pytest

from tests.domain.replies import FEES, approve, draft, in_stage, object_to, reply, walked
from tests.domain.trade import Trade, reference
from yekuo_desktop.domain.casework import Reason
from yekuo_desktop.domain.formalities import fees_due, fees_paid, formalities
from yekuo_desktop.domain.path import Correction
from yekuo_desktop.domain.stages.survey.fee_rules import missing, too_much
from yekuo_desktop.domain.tasks import Recorded

REPLIED, ACCEPTED = 2, 4
DUE = Decimal(113400)


def paying(amount: str, receipt: str = "0041001", **changes: Any) -> dict[str, Any]:
    values = {"fees_amount": amount, "fees_items": "高可靠性供电费", "fees_way": "transfer"}
    return {**values, "fees_receipt_no": receipt, "fees_payer": "柳湾粮油加工有限公司", **changes}


def giving_back(amount: str, voucher: str = "TF-01", **changes: Any) -> dict[str, Any]:
    values = {"refund_amount": amount, "refund_reason": "方案变更", "refund_way": "transfer"}
    return {**values, "refund_receipt_no": voucher, "refund_receiver": "柳湾粮油加工有限公司", **changes}


def pay(trade: Trade, amount: str, receipt: str = "0041001") -> None:
    trade.act("fees.received", Recorded(paying(amount, receipt)), "wangli")


def give_back(trade: Trade, amount: str, voucher: str = "TF-01") -> None:
    trade.act("fees.refunded", Recorded(giving_back(amount, voucher)), "wangli")


def why_open(trade: Trade) -> str:
    """What the preconditions of the connection say about fees."""
    return next(f.why for f in formalities(trade.case, reference()) if f.id == "fees")


def test_the_plan_says_what_is_due_and_the_receipts_what_is_open() -> None:
    trade = walked("hv_dual", REPLIED)
    assert (fees_due(trade.case), missing(trade.case)) == (DUE, DUE)
    assert why_open(trade) == "还欠业务费用 113,400.00 元"
    pay(trade, "13400")
    assert (fees_paid(trade.case), missing(trade.case)) == (Decimal(13400), Decimal(100000))
    assert why_open(trade) == "还欠业务费用 100,000.00 元"
    pay(trade, "100000", "0041002")
    assert missing(trade.case) == 0
    assert why_open(trade) == ""
    assert trade.refusal("fees.received", "wangli", **paying("1", "0041003")) == "业务费用已经结清"


def test_most_plans_have_no_fees_and_nobody_is_asked_for_any() -> None:
    trade = walked("lv_resident", REPLIED)
    assert trade.refusal("fees.received", "wangli", **paying("1")) == "这件业务不需要收取业务费用"
    assert trade.refusal("fees.refunded", "wangli") == "这件业务不需要退还业务费用"
    assert why_open(trade) == ""


@pytest.mark.parametrize("steps", [0, 1])
def test_nothing_is_taken_before_the_plan_was_replied(steps: int) -> None:
    trade = walked("hv_dual", steps)
    assert trade.refusal("fees.received", "wangli", **paying("113400")) == "供电方案还没有答复,费用未定"
    assert why_open(trade) == "供电方案还没有答复,费用未定"


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        (paying("113400.01"), "应收余额 113,400.00 元,不得多收"),
        (paying("0"), "收费金额应为大于零的数字"),
        (paying("abc"), "收费金额应为大于零的数字"),
        (paying("100", receipt=""), "请填写收据(发票)号"),
        (paying("100", fees_way=""), "请填写收费方式"),
        (paying("100", fees_payer=""), "请填写缴费人"),
        (paying("113400"), ""),
    ],
)
def test_no_more_than_is_due_and_never_without_a_receipt(values: dict[str, Any], refusal: str) -> None:
    assert walked("hv_dual", REPLIED).refusal("fees.received", "wangli", **values) == refusal


def test_a_receipt_number_is_used_once() -> None:
    trade = walked("hv_dual", REPLIED)
    pay(trade, "13400")
    again = trade.refusal("fees.received", "wangli", **paying("100000", " 0041001 "))
    assert again == "收据(发票)号 0041001 已经登记过"


def test_a_part_payment_says_what_remains() -> None:
    found = walked("hv_dual", REPLIED).found("fees.received", "wangli", **paying("13400"))
    assert [(p.text, p.warning) for p in found] == [("收后还欠 100,000.00 元", True)]


def test_what_is_proposed() -> None:
    trade = walked("hv_dual", REPLIED)
    pay(trade, "13400")
    found = trade.proposed("fees.received", "wangli")
    assert found["fees_amount"].value == "100000"
    assert found["fees_amount"].reason == "应收 113,400.00 元,已收 13,400.00 元"
    assert found["fees_items"].value == "高可靠性供电费"
    assert found["fees_payer"].value == "柳湾粮油加工有限公司"


def test_a_mistyped_amount_is_corrected_within_what_is_due() -> None:
    trade = walked("hv_dual", REPLIED)
    pay(trade, "11340")
    wrong = trade.case.records[-1].id
    fix = Correction(wrong, {"fees_amount": ("11340", "113400")}, "少录一个零")
    trade.act("record.corrected", fix, "wangli")
    assert missing(trade.case) == 0


@pytest.mark.parametrize("stage", ["survey", "design", "construction", "completion", "energization"])
def test_fees_are_paid_at_any_stage_up_to_the_connection(stage: str) -> None:
    trade = in_stage(walked("hv_dual", ACCEPTED), stage)
    pay(trade, "113400")
    assert why_open(trade) == ""


# ---- refunds -------------------------------------------------------------------------------------------


def cheaper(amount: str = "50000") -> Trade:
    """Paid in full, then objected to; the next plan asks for less."""
    trade = walked("hv_dual", 3)
    pay(trade, "113400")
    object_to(trade)
    draft(trade, fees=[{**FEES[0], "amount": amount}])
    return trade


def test_a_new_plan_that_asks_for_less_gives_the_rest_back() -> None:
    trade = cheaper()
    assert (
        trade.refusal("fees.refunded", "wangli", **giving_back("63400")) == "新的供电方案还没有答复,费用未定"
    )
    approve(trade)
    reply(trade)
    assert too_much(trade.case) == Decimal(63400)
    found = trade.proposed("fees.refunded", "wangli")
    assert (found["refund_amount"].value, found["refund_receiver"].value) == ("63400", "柳湾粮油加工有限公司")
    too_large = trade.refusal("fees.refunded", "wangli", **giving_back("63400.5"))
    assert too_large == "应退 63,400.00 元,不能多退"
    give_back(trade, "60000")
    assert trade.refusal("fees.refunded", "wangli", **giving_back("3400")) == "退费凭证号 TF-01 已经登记过"
    give_back(trade, "3400", "TF-02")
    assert (fees_paid(trade.case), too_much(trade.case)) == (Decimal(50000), 0)
    assert trade.refusal("fees.refunded", "wangli", **giving_back("1", "TF-03")) == "没有应退的费用"
    assert why_open(trade) == ""


def test_a_new_plan_that_asks_for_more_leaves_the_difference_open() -> None:
    trade = cheaper("120000")
    approve(trade)
    reply(trade)
    assert why_open(trade) == "还欠业务费用 6,600.00 元"
    pay(trade, "6600", "0041002")
    assert why_open(trade) == ""


@pytest.mark.parametrize("kind", ["case.withdrawn", "case.terminated"])
def test_a_case_that_came_to_nothing_gives_everything_back(kind: str) -> None:
    trade = walked("hv_dual", ACCEPTED)
    pay(trade, "113400")
    assert trade.refusal("fees.refunded", "wangli", **giving_back("113400")) == "没有应退的费用"
    trade.act(kind, Reason("客户取消项目"), "zhaojun")
    assert too_much(trade.case) == DUE
    assert "终止" in trade.proposed("fees.refunded", "wangli")["refund_reason"].value
    give_back(trade, "113400")
    assert fees_paid(trade.case) == 0
    assert "不能收取业务费用" in trade.refusal("fees.received", "wangli", **paying("1", "0041009"))


def test_the_sum_is_over_all_fees_of_the_plan_that_stands() -> None:
    more = [*FEES, {"name": "temporary", "amount": "600.50", "basis": "省价费〔2017〕18号"}]
    trade = walked("hv_dual", REPLIED, fees=more)
    assert fees_due(trade.case) == Decimal("114000.50")
