"""The second half of stage 2: approval of the supply plan, reply, the customer's answer, fees, extension."""

from yekuo_desktop.domain.field import Values
from yekuo_desktop.domain.people import Role
from yekuo_desktop.domain.stages.survey import reply_answers as answers
from yekuo_desktop.domain.stages.survey import reply_extension as extension
from yekuo_desktop.domain.stages.survey import reply_review as review
from yekuo_desktop.domain.stages.survey import reply_rounds as rounds
from yekuo_desktop.domain.stages.survey.fee_tasks import FEE_TASKS, LATER, STAGE
from yekuo_desktop.domain.stages.survey.reply_fields import (
    ACCEPTED,
    APPROVED,
    ASKED,
    EXTENDED,
    GRANTED,
    OBJECTED,
    OPINED,
    RECEIVED,
    REPLIED,
    RETURNED,
)
from yekuo_desktop.domain.tasks import Task, happens, optional, task

DESK = (Role.PROJECT_MANAGER, Role.CLERK, Role.SUPERVISOR)
DEPARTMENTS = (Role.REVIEWER, Role.INSPECTOR, Role.DISPATCHER)


def _extended(values: Values) -> str:
    if values.get("extension_result") == GRANTED:
        return f"同意延至 {values.get('extension_until', '')}"
    return f"不同意:{values.get('extension_refusal', '')}"


REVIEW_TASKS = (
    task(
        kind=rounds.OPINED,
        label="部门会签方案",
        stage=STAGE,
        roles=DEPARTMENTS,
        fields=OPINED,
        hint="各部门分别提出意见并签名;同一部门再次登记时以最后一次为准",
        needed=review.reviewed,
        offered=review.reviewed,
        done=review.spoken,
        awaited=review.others_awaited,
        blocked=review.opining_blocked,
        locked=review.opinion_locked,
        propose=review.propose_opinion,
        check=review.check_opinion,
        repeats=True,
        says=lambda values: str(values.get("review_signer", "")),
    ),
    task(
        kind=rounds.RETURNED,
        label="退回方案",
        stage=STAGE,
        roles=(Role.APPROVER,),
        fields=RETURNED,
        hint="方案需要修改的,写明原因退回拟定人;答复时限照常计算",
        needed=optional,
        blocked=review.returning_blocked,
        locked=review.return_locked,
        propose=review.propose_return,
        check=review.check_order,
        repeats=True,
        says=lambda values: str(values.get("plan_return_reason", "")),
    ),
    task(
        kind=rounds.APPROVED,
        label="审批方案",
        stage=STAGE,
        roles=(Role.APPROVER,),
        fields=APPROVED,
        hint="由拟定人以外的人审批;审批后才能答复客户",
        done=rounds.approved,
        blocked=review.approving_blocked,
        locked=review.approval_locked,
        propose=review.propose_approval,
        check=review.check_approval,
        papers=("plan_approval",),
        says=lambda values: str(values.get("approval_words", "")),
    ),
)
ANSWER_TASKS = (
    task(
        kind=rounds.REPLIED,
        label="答复供电方案",
        stage=STAGE,
        roles=DESK,
        fields=REPLIED,
        hint="书面一次答复,加盖供电企业章;答复时限到此为止",
        done=rounds.replied,
        blocked=answers.replying_blocked,
        locked=answers.reply_locked,
        propose=answers.propose_reply,
        check=answers.check_reply,
        events=happens("plan_replied"),
        papers=("plan_reply_low_voltage", "plan_reply_high_voltage", "supply_plan", "fee_notice"),
    ),
    task(
        kind=rounds.RECEIVED,
        label="客户签收方案",
        stage=STAGE,
        roles=DESK,
        fields=RECEIVED,
        hint="客户在答复单上签名(单位盖章);方案有效期从签收之日起算",
        done=rounds.received,
        blocked=answers.receiving_blocked,
        locked=answers.receipt_locked,
        propose=answers.propose_receipt,
        check=answers.check_receipt,
        events=answers.receipt_events,
        says=lambda values: str(values.get("reply_receiver", "")),
    ),
    task(
        kind=rounds.ACCEPTED,
        label="客户接受方案",
        stage=STAGE,
        roles=DESK,
        fields=ACCEPTED,
        hint="签收时没有当场同意的,客户签字同意后登记,转入下一环节",
        done=rounds.accepted,
        blocked=answers.accepting_blocked,
        propose=answers.propose_answer,
        check=answers.check_acceptance,
        says=lambda values: str(values.get("answer_signer", "")),
    ),
    task(
        kind=rounds.OBJECTED,
        label="客户提出异议",
        stage=STAGE,
        roles=DESK,
        fields=OBJECTED,
        hint="记录客户的意见,重新拟定、审批、答复方案",
        needed=optional,
        blocked=answers.objecting_blocked,
        locked=answers.objection_locked,
        propose=answers.propose_objection,
        check=answers.check_objection,
        events=happens("plan_objected"),
        repeats=True,
        says=lambda values: str(values.get("objection_words", "")),
    ),
)
EXTENSION_TASKS = (
    task(
        kind=rounds.ASKED,
        label="受理方案延期申请",
        stage=STAGE,
        also_in=LATER,
        roles=DESK,
        fields=ASKED,
        hint="到期前 10 天由客户书面申请;补录的按客户提交申请的时间填写,补录会显示出来",
        needed=optional,
        offered=extension.has_plan,
        blocked=extension.asking_blocked,
        locked=extension.request_locked,
        propose=extension.propose_request,
        check=extension.check_request,
        repeats=True,
        says=lambda values: f"要求延至 {values.get('extension_wanted_until', '')}",
    ),
    task(
        kind=rounds.EXTENDED,
        label="审批方案延期",
        stage=STAGE,
        also_in=LATER,
        roles=(Role.APPROVER,),
        fields=EXTENDED,
        hint="同意的写明延至何日,不超过原期限;不同意的写明原因",
        needed=optional,
        offered=extension.was_asked,
        blocked=extension.deciding_blocked,
        propose=extension.propose_decision,
        check=extension.check_decision,
        repeats=True,
        says=_extended,
    ),
)
REPLY_TASKS: tuple[Task, ...] = (*REVIEW_TASKS, *ANSWER_TASKS, *FEE_TASKS, *EXTENSION_TASKS)
