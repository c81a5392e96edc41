"""The written reply and the customer's answer (regulations.md 1.2, 1.3, 2.7, 2.8, 2.12: 答复 012)."""

from typing import Any

import pytest

from tests.domain.replies import accept, approve, draft, in_stage, object_to, receive, reply, walked
from tests.domain.told import moment
from tests.domain.trade import Trade, reference
from yekuo_desktop.domain import path
from yekuo_desktop.domain.casework import Reason
from yekuo_desktop.domain.stages.survey import reply_rounds as rounds

APPROVED, REPLIED, RECEIVED, ACCEPTED = 1, 2, 3, 4
REPLY = {"replied_by": "liming", "reply_way": "counter"}
RECEIPT = {"reply_receiver": "赵国强", "reply_signed": True}
ANSWER = {"answer_signer": "赵国强", "answer_way": "counter"}
OBJECTION = {**ANSWER, "objection_words": "要求改由河口线供电"}
IMPOSSIBLE = {"supply_conclusion": "impossible"}


@pytest.mark.parametrize(
    ("steps", "kind", "values", "refusal"),
    [
        (0, "plan.replied", REPLY, "供电方案还没有审批"),
        (2, "plan.replied", REPLY, "答复供电方案已经登记,有误请更正"),
        (1, "plan.replied", {}, "请填写答复人;请填写答复方式"),
        (1, "plan.replied", {**REPLY, "reply_way": "post"}, "请填写邮件号"),
        (1, "plan.replied", {**REPLY, "replied_by": "duwei"}, "杜伟不能担任答复人"),
        (1, "plan.received", RECEIPT, "供电方案还没有答复客户"),
        (3, "plan.received", RECEIPT, "客户签收方案已经登记,有误请更正"),
        (
            2,
            "plan.received",
            {**RECEIPT, "reply_signed": False},
            "答复单须由客户签名并盖单位章,没有签收的不能登记",
        ),
        (2, "plan.received", {"reply_receiver": "赵国强"}, "请填写客户已签章"),
        (2, "plan.accepted", ANSWER, "客户还没有签收供电方案"),
        (1, "plan.objected", OBJECTION, "供电方案还没有答复客户"),
        (3, "plan.objected", ANSWER, "请填写异议内容"),
        (4, "plan.objected", OBJECTION, "客户已经接受方案;需要变更的退回重新拟定"),
        (4, "plan.accepted", ANSWER, "客户接受方案已经登记,有误请更正"),
    ],
)
def test_each_step_rests_on_the_one_before(
    steps: int, kind: str, values: dict[str, Any], refusal: str
) -> None:
    assert walked("lv_nonresident", steps).refusal(kind, "zhaojun", **values) == refusal


def test_a_resident_needs_no_stamp() -> None:
    trade = walked("lv_resident", REPLIED)
    words = trade.refusal("plan.received", "wangli", **{**RECEIPT, "reply_signed": False})
    assert words == "答复单须由客户签名,没有签收的不能登记"


def test_whoever_agrees_while_he_signs_is_not_asked_again() -> None:
    trade = walked("lv_resident", REPLIED)
    trade.do("plan.received", "wangli", **RECEIPT, reply_accepted=True)
    assert "plan.accepted" not in [task.kind for task in path.undone(trade.case, "survey", reference())]
    task, receipt = path.TASKS["plan.received"], trade.case.records[-1]
    assert path.locked(task, trade.case, receipt) == ""
    assert "不能再改" in path.locked(task, in_stage(trade, "construction").case, receipt)
    later = walked("lv_resident", REPLIED)
    later.do("plan.received", "wangli", **RECEIPT, reply_accepted=False)
    assert "plan.accepted" in [task.kind for task in path.undone(later.case, "survey", reference())]


def test_a_refusal_is_signed_for_and_not_agreed_to() -> None:
    trade = walked("lv_nonresident", REPLIED, **IMPOSSIBLE)
    assert "没有可同意的方案" in trade.refusal("plan.received", "wangli", **RECEIPT, reply_accepted=True)
    assert trade.refusal("plan.received", "wangli", **RECEIPT) == ""


def test_a_reply_may_come_before_the_receipt_only_once_a_plan() -> None:
    trade = walked("hv_single", RECEIVED)
    object_to(trade)
    assert trade.refusal("plan.replied", "liming", **REPLY) == "还没有拟定供电方案"
    draft(trade)
    approve(trade)
    reply(trade)
    receive(trade)
    accept(trade)
    assert rounds.accepted(trade.case)
    replies = [record for record in trade.case.records if record.kind == "plan.replied"]
    assert len(replies) == 2


def test_an_objection_needs_no_receipt_first() -> None:
    """Who does not agree need not sign for it."""
    trade = walked("hv_single", REPLIED)
    trade.do("plan.objected", "wangli", **OBJECTION)
    assert not rounds.drafted(trade.case)
    assert trade.refusal("plan.received", "wangli", **RECEIPT) == "供电方案还没有答复客户"


@pytest.mark.parametrize(
    ("receiver", "warned"),
    [("柳湾粮油加工有限公司", False), ("赵国强", False), ("路人甲", True)],
)
def test_somebody_else_needs_an_authority(receiver: str, warned: bool) -> None:
    trade = walked("lv_nonresident", REPLIED)
    found = trade.found("plan.received", "wangli", reply_receiver=receiver, reply_signed=True)
    assert ("reply_receiver" in {problem.field for problem in found}) is warned
    assert all(problem.warning for problem in found)
    assert "reply_receipt" in {problem.field for problem in found}  # 答复单原件归档 (3.5)


def test_what_is_proposed() -> None:
    trade = walked("lv_nonresident", APPROVED)
    assert trade.proposed("plan.replied", "liming")["replied_by"].value == "liming"
    assert "replied_by" not in trade.proposed("plan.replied", "qianyong")  # he may not reply
    reply(trade)
    found = trade.proposed("plan.received", "wangli")
    assert (found["reply_receiver"].value, found["reply_receiver_phone"].value) == ("赵国强", "13800001000")
    receive(trade)
    found = trade.proposed("plan.accepted", "wangli")
    assert (found["answer_signer"].value, found["answer_way"].value) == ("赵国强", "counter")


# ---- the month to object -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "on", "refusal"),
    [
        # 供电营业规则 1996: 一个月内 (1.2); received 2026-03-10, a Tuesday
        ("seed", "2026-04-10 10:00", ""),
        (
            "seed",
            "2026-04-11 10:00",
            "异议应在签收后一个月内(至 2026-04-10)提出;双方协商同意变更的,退回重新拟定方案",
        ),
        (
            "rules_2019",
            "2026-04-13 10:00",
            "异议应在签收后一个月内(至 2026-04-10)提出;双方协商同意变更的,退回重新拟定方案",
        ),
        # the 2024 edition is not known to have it
        ("supply_rules_2024", "2026-06-01 10:00", ""),
    ],
)
def test_an_objection_comes_within_a_month(rules: str, on: str, refusal: str) -> None:
    trade = walked("hv_single", RECEIVED, rules=rules)
    trade.now = moment(on)
    assert trade.refusal("plan.objected", "wangli", **OBJECTION) == refusal


def test_the_month_ends_on_a_working_day() -> None:
    trade = walked("hv_single", REPLIED, rules="seed")
    trade.now = moment("2026-04-03 09:00")  # a month on is Sunday 05-03, within 劳动节 05-01 to 05-05
    receive(trade)
    assert "2026-05-06" in trade.proposed("plan.objected", "wangli")["objection_words"].reason
    trade.now = moment("2026-05-06 10:00")
    assert trade.refusal("plan.objected", "wangli", **OBJECTION) == ""
    trade.now = moment("2026-05-07 10:00")
    assert "2026-05-06" in trade.refusal("plan.objected", "wangli", **OBJECTION)


def test_no_receipt_no_month() -> None:
    trade = walked("hv_single", REPLIED, rules="seed")
    trade.now = moment("2026-06-01 10:00")
    assert trade.refusal("plan.objected", "wangli", **OBJECTION) == ""


# ---- acceptance, expiry, refusal -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("klass", "on", "refused"),
    [
        ("lv_resident", "2026-06-10 10:00", False),
        ("lv_resident", "2026-06-11 10:00", True),
        ("hv_single", "2027-03-10 10:00", False),
        ("hv_single", "2027-03-11 10:00", True),
    ],
)
def test_a_plan_that_ran_out_is_not_accepted_any_more(klass: str, on: str, refused: bool) -> None:
    """有效期自签收起算: 低压 3 个月, 高压 1 年 (1.3)."""
    trade = walked(klass, RECEIVED)
    trade.now = moment(on)
    assert ("到期失效" in trade.refusal("plan.accepted", "wangli", **ANSWER)) is refused


def test_acceptance_ends_the_half_of_the_stage_that_begins_with_the_plan() -> None:
    kinds = {"plan.approved", "plan.replied", "plan.received", "plan.accepted"}
    trade = walked("lv_resident", RECEIVED)
    assert {t.kind for t in path.undone(trade.case, "survey", reference())} & kinds == {"plan.accepted"}
    accept(trade)
    assert not {t.kind for t in path.undone(trade.case, "survey", reference())} & kinds


def refused() -> Trade:
    """A case that was told in writing that it cannot be supplied."""
    return walked("hv_single", RECEIVED, **IMPOSSIBLE)


def test_a_refusal_is_approved_replied_and_signed_for_like_a_plan() -> None:
    trade = walked("hv_single", 0, **IMPOSSIBLE)
    assert trade.refusal("plan.replied", "liming", **REPLY) == "供电方案还没有审批"
    words = trade.proposed("plan.approved", "qianyong")["approval_words"].value
    assert "不具备供电条件" in words
    assert rounds.received(refused().case)


def test_a_refusal_leaves_nothing_to_accept_and_the_case_can_be_terminated() -> None:
    trade = refused()
    assert "没有可接受的方案" in trade.refusal("plan.accepted", "wangli", **ANSWER)
    assert trade.case.stage == "survey"
    assert trade.act("case.terminated", Reason("电网不具备供电条件"), "zhaojun").state == "terminated"


def test_a_refusal_may_be_objected_to() -> None:
    trade = refused()
    object_to(trade)
    draft(trade)  # this time with a plan
    approve(trade)
    reply(trade)
    receive(trade)
    accept(trade)
    assert rounds.accepted(trade.case)


def test_a_survey_reopened_after_a_refusal_begins_anew() -> None:
    trade = refused()
    trade.do("survey.reopened", "liming", reopening_reason="城西变电站扩建投运")
    assert not rounds.replied(trade.case)
    assert "plan.replied" in {task.kind for task in path.undone(trade.case, "survey", reference())}
    draft(trade)
    assert trade.refusal("plan.replied", "liming", **REPLY) == "供电方案还没有审批"


def test_a_refusal_starts_no_validity_and_asks_for_no_fees() -> None:
    trade = refused()
    assert trade.case.event("plan_received") is None
    assert trade.case.event("plan_replied") is not None
    assert trade.refusal("plan.extension_asked", "wangli") == "这件业务不需要受理方案延期申请"
    assert trade.refusal("fees.received", "wangli") == "这件业务不需要收取业务费用"
