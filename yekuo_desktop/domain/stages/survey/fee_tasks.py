"""The tasks of business fees. They are paid and paid back at any stage up to the connection."""

from yekuo_desktop.domain.circumstances import number
from yekuo_desktop.domain.clocks import ENDED
from yekuo_desktop.domain.display import money
from yekuo_desktop.domain.field import Values
from yekuo_desktop.domain.formalities import FEES_RECEIVED, FEES_REFUNDED
from yekuo_desktop.domain.people import Role
from yekuo_desktop.domain.stages.survey import fee_rules
from yekuo_desktop.domain.stages.survey.fee_fields import RECEIVED, REFUNDED
from yekuo_desktop.domain.tasks import WORKING, Task, optional, task

STAGE = "survey"
LATER = ("design", "construction", "completion", "energization")
TILL = (Role.CLERK, Role.SUPERVISOR)


def _sum(key: str, receipt: str, values: Values) -> str:
    return f"{money(str(number(values, key)))} 元,凭证 {values.get(receipt, '')}"


FEE_TASKS: tuple[Task, ...] = (
    task(
        kind=FEES_RECEIVED,
        label="收取业务费用",
        stage=STAGE,
        also_in=LATER,
        roles=TILL,
        fields=RECEIVED,
        hint="按供电方案的业务费用收取,开具收据(发票);竣工报验前结清",
        needed=optional,
        offered=fee_rules.asks_for_fees,
        done=fee_rules.settled,
        blocked=fee_rules.receiving_blocked,
        propose=fee_rules.propose_receipt,
        check=fee_rules.check_receipt,
        repeats=True,
        says=lambda values: _sum("fees_amount", "fees_receipt_no", values),
    ),
    task(
        kind=FEES_REFUNDED,
        label="退还业务费用",
        stage=STAGE,
        also_in=LATER,
        states=WORKING | ENDED,
        roles=TILL,
        fields=REFUNDED,
        hint="方案变更后应收减少,或业务撤回、终止的,退还多收的费用",
        needed=optional,
        offered=fee_rules.was_paid,
        done=lambda case: fee_rules.too_much(case) == 0,
        blocked=fee_rules.refunding_blocked,
        propose=fee_rules.propose_refund,
        check=fee_rules.check_refund,
        repeats=True,
        says=lambda values: _sum("refund_amount", "refund_receipt_no", values),
    ),
)
