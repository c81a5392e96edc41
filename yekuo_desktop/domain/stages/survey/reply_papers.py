"""The papers of the second half of stage 2 and the words their layouts may name: 供电方案审批单, 答复单,
正文, 缴费通知单 (附件5, regulations.md 2.7, 2.8, 2.12)."""

from collections.abc import Callable

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.papers import PaperForm, once_each
from yekuo_desktop.domain.stages.survey import fee_rules
from yekuo_desktop.domain.stages.survey import reply_rounds as rounds
from yekuo_desktop.domain.stages.survey.plan_columns import COLUMNS
from yekuo_desktop.domain.stages.survey.reply_values import (
    approval_values,
    fee_notice_values,
    reply_values,
)

BUSINESS_SEAL = "供电业务专用章"  # 供电企业（盖章）, regulations.md 6.1
REPLY_LABELS: dict[str, str] = {
    **{column.key: column.label for column in COLUMNS},
    "plan_round": "方案次数",
    "plan_capacity_text": "供电容量",
    "plan_category": "用电类别",
    "plan_industry": "行业分类",
    "plan_drafter": "拟定人",
    "plan_drafted_day": "拟定日期",
    "plan_points": "方案要点",
    "part": "方案要点",
    "plan_opinions": "部门会签",
    "plan_returns": "退回记录",
    "plan_approver": "审批人",
    "plan_approved_day": "审批日期",
    "plan_valid_words": "方案有效期",
    "plan_extend_days": "提前申请延期的天数",
    "receiving_count": "受电点数",
    "receiving_total": "受电总容量",
    "fees_total": "应收合计",
    "fees_paid_text": "已收",
    "fees_open_text": "尚欠",
    "fee_payments": "收费记录",
    "paid_day": "日期",
    "paid_way": "方式",
    "paid_amount": "金额",
    "paid_receipt": "收据(发票)号",
}


def _low(case: Case) -> bool:
    return not case.klass.startswith("hv")


def _replies(form: str, fits: Callable[[Case], bool]) -> Callable[[Case], bool]:
    """One sheet for each reply, on the form of the class."""
    once = once_each(form, rounds.REPLIED)
    return lambda case: fits(case) and rounds.replied(case) and once(case)


def _planned(case: Case) -> bool:
    return not _low(case) and not rounds.impossible(case)


def _open_fees(case: Case) -> bool:
    return rounds.replied(case) and not rounds.impossible(case) and fee_rules.missing(case) > 0


REPLY_FORMS: dict[str, PaperForm] = {
    form.id: form
    for form in (
        PaperForm(
            id="plan_approval",
            title="供电方案审批单",
            when=lambda case: rounds.approved(case) and once_each("plan_approval", rounds.APPROVED)(case),
            values=approval_values,
            copies_note="本单一份，由供电企业存档。",
        ),
        PaperForm(
            id="plan_reply_low_voltage",
            title="低压供电方案答复单",
            when=_replies("plan_reply_low_voltage", _low),
            values=reply_values,
            seal=BUSINESS_SEAL,
            copies_note="本单一式两份：客户一份，供电企业存档一份。",
        ),
        PaperForm(
            id="plan_reply_high_voltage",
            title="高压供电方案答复单",
            when=_replies("plan_reply_high_voltage", lambda case: not _low(case)),
            values=reply_values,
            seal=BUSINESS_SEAL,
            copies_note="本单一式两份：客户一份，供电企业存档一份。",
        ),
        PaperForm(
            id="supply_plan",
            title="高压客户供电方案",
            when=_replies("supply_plan", _planned),
            values=reply_values,
            copies_note="本方案为高压供电方案答复单的附件。",
        ),
        PaperForm(
            id="fee_notice",
            title="业务费用缴费通知单",
            when=_open_fees,
            values=fee_notice_values,
            copies_note="本单一式两份：客户一份，供电企业存档一份。",
        ),
    )
}
