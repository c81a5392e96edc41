"""Business fees: what the plan that stands asks for, what came in, what must go back (regulations.md 2.12:
应收 013, 实收 014; 3.4: 费用结清方可接电)."""

from collections.abc import Iterable
from decimal import Decimal

from yekuo_desktop.domain.act import Context
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.circumstances import ZERO, number
from yekuo_desktop.domain.clocks import ENDED
from yekuo_desktop.domain.display import money
from yekuo_desktop.domain.field import Problem, Values
from yekuo_desktop.domain.formalities import FEES_RECEIVED, FEES_REFUNDED, fees_due, fees_paid
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.records import records
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.survey import reply_rounds as rounds
from yekuo_desktop.domain.tasks import Proposal


def due(case: Case) -> Decimal:
    """What is to be paid now, in yuan: nothing once the case was withdrawn or terminated."""
    return ZERO if case.state in ENDED else fees_due(case)


def missing(case: Case) -> Decimal:
    """What is still to be paid; 0 where everything is."""
    return max(ZERO, due(case) - fees_paid(case))


def too_much(case: Case) -> Decimal:
    """What was paid and is not asked for any more: it goes back to the customer."""
    return max(ZERO, fees_paid(case) - due(case))


def asks_for_fees(case: Case, _reference: Reference) -> bool:
    """Most plans have no fees at all."""
    return fees_due(case) > 0 or bool(records(case, FEES_RECEIVED))


def was_paid(case: Case, _reference: Reference) -> bool:
    """Whether there is anything that could go back."""
    return bool(records(case, FEES_RECEIVED))


def settled(case: Case) -> bool:
    """Whether nothing is open."""
    return rounds.replied(case) and missing(case) == 0


def receiving_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """Fees are known when the plan was replied, and no more is taken than it says."""
    if not rounds.replied(case) or rounds.impossible(case):
        return "供电方案还没有答复,费用未定"
    return "" if missing(case) > 0 else "业务费用已经结清"


def propose_receipt(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """What is open, for what, by whom."""
    if not values.get("fees_amount"):
        paid = fees_paid(case)
        reason = f"应收 {money(str(due(case)))} 元,已收 {money(str(paid))} 元"
        yield Proposal("fees_amount", f"{missing(case):f}", reason)
    names = [context.reference.code_label("fee_items", row.get("name", "")) for row in _fee_rows(case)]
    if names and not values.get("fees_items"):
        yield Proposal("fees_items", "、".join(dict.fromkeys(names)), "供电方案的业务费用")
    if not values.get("fees_payer"):
        yield Proposal("fees_payer", case.values.get("customer_name", ""), "客户")


def _fee_rows(case: Case) -> tuple[dict[str, str], ...]:
    plan = rounds.plan(case)
    return tuple(plan.values.get("fees") or ()) if plan else ()


def check_receipt(case: Case, values: Values, _context: Context) -> Iterable[Problem]:
    """No more than is due (三零, 红线: 不得多收); no receipt number twice."""
    paid, open_ = number(values, "fees_amount"), missing(case)
    if paid > open_:
        yield Problem("fees_amount", f"应收余额 {money(str(open_))} 元,不得多收")
    elif 0 < paid < open_:
        yield Problem("fees_amount", f"收后还欠 {money(str(open_ - paid))} 元", warning=True)
    number_ = str(values.get("fees_receipt_no") or "").strip()
    used = {str(r.values.get("fees_receipt_no", "")).strip() for r in records(case, FEES_RECEIVED)}
    if number_ and number_ in used:
        yield Problem("fees_receipt_no", f"收据(发票)号 {number_} 已经登记过")


def refunding_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """A new plan asks for less, or the case came to nothing."""
    if case.state not in ENDED and not rounds.replied(case):
        return "新的供电方案还没有答复,费用未定"
    return "" if too_much(case) > 0 else "没有应退的费用"


def propose_refund(case: Case, values: Values, _context: Context) -> Iterable[Proposal]:
    """All that was paid too much, to whoever paid it."""
    if not values.get("refund_amount"):
        reason = f"已收 {money(str(fees_paid(case)))} 元,应收 {money(str(due(case)))} 元"
        yield Proposal("refund_amount", f"{too_much(case):f}", reason)
    if not values.get("refund_reason"):
        words = "业务终止,退还已收费用" if case.state in ENDED else "供电方案变更,应收费用减少"
        yield Proposal("refund_reason", words, "请核对")
    payers = [r.values.get("fees_payer", "") for r in records(case, FEES_RECEIVED)]
    if payers and not values.get("refund_receiver"):
        yield Proposal("refund_receiver", payers[-1], "原缴费人")


def check_refund(case: Case, values: Values, _context: Context) -> Iterable[Problem]:
    """No more than was paid too much; no voucher twice."""
    back, open_ = number(values, "refund_amount"), too_much(case)
    if back > open_:
        yield Problem("refund_amount", f"应退 {money(str(open_))} 元,不能多退")
    number_ = str(values.get("refund_receipt_no") or "").strip()
    used = {str(r.values.get("refund_receipt_no", "")).strip() for r in records(case, FEES_REFUNDED)}
    if number_ and number_ in used:
        yield Problem("refund_receipt_no", f"退费凭证号 {number_} 已经登记过")
