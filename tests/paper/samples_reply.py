"""Sheets of the second half of stage 2, of plans that people drafted, approved and replied."""

from tests.domain.replies import approve, draft, opine, planned, walked
from tests.domain.trade import Trade
from tests.paper.samples import sheet_of
from yekuo_desktop.domain.papers import Snapshot

REPLIED = 2  # steps: approved, replied


def twice_drafted() -> Trade:
    """A dual-source plan that a department and the approver sent back once."""
    trade = planned("hv_dual")
    opine(trade, "change")
    trade.do(
        "plan.returned", "qianyong", plan_return_reason="变压器台数与负荷不符;备用电源的切换方式没有写明"
    )
    draft(trade)
    approve(trade)
    return trade


_HIGH = walked("hv_dual", REPLIED)
SAMPLES: dict[str, Snapshot] = {
    "plan_approval": sheet_of("plan_approval", twice_drafted()),
    "plan_reply_low_voltage": sheet_of("plan_reply_low_voltage", walked("lv_nonresident", REPLIED)),
    **{form: sheet_of(form, _HIGH) for form in ("plan_reply_high_voltage", "supply_plan", "fee_notice")},
}
