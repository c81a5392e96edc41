"""What the people of the practice county record in the second half of stage 2: one plan is returned and
drafted anew, one objected to, one extended; the others are approved, replied, signed for and accepted."""

from datetime import date
from typing import Any

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.validity import longest_extension, valid_until
from yekuo_desktop.office.practice.answers import CUSTOMER, FILE, MANAGER, Answer
from yekuo_desktop.office.practice.survey import draft

APPROVER, COUNTER = "qianyong", "wangli"
SIGNERS = {"marketing": ("何平", "heping"), "production": ("高志远", "maqiang")}
WISH = "表箱希望移到厂房北墙，避开卸货通道"
LACK = "备用电源的切换方式没有写明，请补充后重报"


def answers(klass: str, _day: date) -> list[Answer]:
    """Every task of this half in order, for a class; the first plan is drafted already."""
    if klass == "lv_nonresident":
        again = draft(klass, "按客户意见，表箱移至厂房北墙")
        return [*_settled(klass)[:3], _objected(), again, *_settled(klass)]
    if klass == "hv_single":
        return [*_settled(klass), _asked(), _extended()]
    if klass == "hv_dual":
        again = draft(klass, "备用电源自动投切，已写明闭锁与切换方式")
        return [*_opinions("change"), _returned(), again, *_settled(klass), _paid()]
    return _settled(klass)


def _settled(klass: str) -> list[Answer]:
    """Approved, replied, received, accepted; low voltage has no departments that speak first, and a household
    agrees while it signs."""
    opinions = _opinions("agree") if klass.startswith("hv") else []
    approved = Answer("plan.approved", APPROVER, {}, proposed=True)
    replied = Answer("plan.replied", MANAGER, {"replied_by": MANAGER, "reply_way": "counter"})
    if klass == "lv_resident":
        return [approved, replied, _received(reply_accepted=True)]
    return [*opinions, approved, replied, _received(), _accepted()]


def _opinions(opinion: str) -> list[Answer]:
    words = {"review_words": LACK} if opinion != "agree" else {}
    return [
        Answer(
            "plan.opined",
            login,
            {"review_department": code, "review_opinion": opinion, "review_signer": name, **words},
        )
        for code, (name, login) in SIGNERS.items()
    ]


def _returned() -> Answer:
    return Answer("plan.returned", APPROVER, {"plan_return_reason": LACK})


def _received(**more: Any) -> Answer:
    values = {"reply_receiver": CUSTOMER, "reply_signed": True, "reply_receipt": FILE, **more}
    return Answer("plan.received", MANAGER, values)


def _answered(**more: Any) -> dict[str, Any]:
    return {"answer_signer": CUSTOMER, "answer_way": "counter", "answer_paper": FILE, **more}


def _accepted() -> Answer:
    return Answer("plan.accepted", COUNTER, _answered(answer_words="同意"))


def _objected() -> Answer:
    return Answer("plan.objected", COUNTER, _answered(objection_words=WISH))


def _paid() -> Answer:
    values = {"fees_way": "transfer", "fees_receipt_no": "0041026", "fees_receipt": FILE}
    return Answer("fees.received", COUNTER, values, proposed=True)


def _longest(case: Case, reference: Reference) -> str:
    plan = valid_until(case, reference)
    return longest_extension(case, plan, reference).isoformat() if plan else ""


def _asked() -> Answer:
    values = {
        "extension_applicant": CUSTOMER,
        "extension_reason": "项目资金计划调整，主体工程推迟到明年下半年开工",
        "extension_wanted_until": _longest,
        "extension_paper": FILE,
    }
    return Answer("plan.extension_asked", COUNTER, values)


def _extended() -> Answer:
    values = {"extension_result": "granted", "extension_until": _longest}
    return Answer("plan.extended", APPROVER, values)
