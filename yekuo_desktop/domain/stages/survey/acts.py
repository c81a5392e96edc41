"""The tasks of stage 2, in their order."""

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.field import Sheet, Values, sheet_of
from yekuo_desktop.domain.people import Role
from yekuo_desktop.domain.records import last
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.survey import plan_guards, sending
from yekuo_desktop.domain.stages.survey import survey_guards as guards
from yekuo_desktop.domain.stages.survey import survey_rounds as rounds
from yekuo_desktop.domain.stages.survey.plan_checks import check_plan
from yekuo_desktop.domain.stages.survey.plan_fields import DRAFTED, IMPOSSIBLE
from yekuo_desktop.domain.stages.survey.plan_proposals import propose_plan
from yekuo_desktop.domain.stages.survey.reply_rounds import DRAFTED as PLAN_DRAFTED
from yekuo_desktop.domain.stages.survey.reply_tasks import REPLY_TASKS
from yekuo_desktop.domain.stages.survey.sending_fields import (
    APPOINTED,
    ASSIGNED,
    OPINED,
    REOPENED,
    SETTLED,
)
from yekuo_desktop.domain.stages.survey.survey_fields import SURVEYED
from yekuo_desktop.domain.tasks import Task, happens, task

STAGE = "survey"
LEADERS = (Role.PROJECT_MANAGER, Role.SUPERVISOR)
SURVEYORS = (Role.PROJECT_MANAGER, Role.REVIEWER, Role.SUPERVISOR)
PAPERS = ("survey_low_voltage", "survey_high_voltage")


def _of_household(case: Case) -> bool:
    """One household: one person surveys and nobody else signs (一岗制, 〔2019〕431号)."""
    return sheet_of(case.klass, case.business) is Sheet.RESIDENT


def _several(case: Case, reference: Reference) -> bool:
    return guards.JOINT(case, reference) or not _of_household(case)


def _reopens(case: Case, _reference: Reference) -> bool:
    return rounds.impossible(case) or last(case, rounds.REOPENED) is not None


def _suspicion(case: Case, _reference: Reference) -> bool:
    return rounds.suspected(case) or last(case, rounds.SETTLED) is not None


def _surveyed(values: Values) -> str:
    if values.get("supply_conclusion") == IMPOSSIBLE:
        return f"不具备供电条件:{values.get('supply_refusal', '')}"
    return f"具备供电条件,{values.get('survey_signers', '')}"


def _planned(values: Values) -> str:
    if values.get("supply_conclusion") == IMPOSSIBLE:
        return "不具备供电条件"
    return f"容量 {values.get('plan_capacity', '')},电源 {len(values.get('sources') or ())} 路"


SURVEY_TASKS = (
    task(
        kind=rounds.ASSIGNED,
        label="勘查派工",
        stage=STAGE,
        roles=LEADERS,
        fields=ASSIGNED,
        hint="指定负责人和参加部门,营销部牵头;参加的部门都要会签",
        needed=guards.JOINT,
        offered=_several,
        blocked=lambda case, _actor, _reference: sending.sent_locked(case),
        locked=sending.sent_locked,
        propose=sending.propose_assignment,
        check=sending.check_assignment,
        repeats=True,
        says=lambda values: f"{len(values.get('survey_party') or ())} 个部门参加",
    ),
    task(
        kind=rounds.APPOINTED,
        label="预约勘查",
        stage=STAGE,
        roles=(*SURVEYORS, Role.CLERK),
        fields=APPOINTED,
        hint="与客户联系后如实登记:约定什么时间、与谁约定、用什么方式;改期再登记一次",
        needed=guards.JOINT,
        blocked=sending.appointing_blocked,
        locked=sending.sent_locked,
        check=sending.check_appointment,
        events=sending.appointment_events,
        repeats=True,
        says=lambda values: str(values.get("appointment_with", "")),
    ),
    task(
        kind=rounds.SURVEYED,
        label="现场勘查",
        stage=STAGE,
        roles=SURVEYORS,
        fields=SURVEYED,
        hint="在现场核实申请内容,认定供电条件;勘查单可先在“单据”中出具,带到现场手填,回来照此登记",
        done=lambda case: rounds.survey(case) is not None,
        blocked=guards.surveying_blocked,
        locked=guards.survey_locked,
        propose=guards.propose_survey,
        check=guards.check_survey,
        events=sending.survey_events,
        papers=PAPERS,
        says=_surveyed,
    ),
    task(
        kind=rounds.OPINED,
        label="部门会签勘查意见",
        stage=STAGE,
        roles=(Role.REVIEWER, Role.PROJECT_MANAGER, Role.DISPATCHER, Role.INSPECTOR, Role.METERING),
        fields=OPINED,
        hint="参加勘查的部门分别提出意见并签名;同一部门再次登记时以最后一次为准",
        needed=guards.JOINT,
        offered=_several,
        done=rounds.signed,
        blocked=sending.opining_blocked,
        locked=guards.survey_locked,
        propose=sending.propose_opinion,
        check=sending.check_opinion,
        repeats=True,
        says=lambda values: str(values.get("survey_opinion_signer", "")),
    ),
    task(
        kind=rounds.SETTLED,
        label="登记违约用电、窃电处理完毕",
        stage=STAGE,
        roles=(*LEADERS, Role.INSPECTOR),
        fields=SETTLED,
        hint="嫌疑查清、处理完毕后登记文书编号,业务继续办理",
        offered=_suspicion,
        done=lambda case: not rounds.suspected(case),
        blocked=sending.settling_blocked,
        says=lambda values: str(values.get("violation_document", "")),
    ),
    task(
        kind=PLAN_DRAFTED,
        label="拟定供电方案",
        stage=STAGE,
        roles=(Role.PROJECT_MANAGER, Role.REVIEWER),
        fields=DRAFTED,
        hint="按勘查结果拟定;计量方式、电流、互感器、电价由程序提出建议并说明理由,由拟定人决定;不能供电的写明原因",
        done=lambda case: rounds.plan(case) is not None,
        blocked=plan_guards.drafting_blocked,
        locked=plan_guards.plan_locked,
        propose=propose_plan,
        check=check_plan,
        says=_planned,
    ),
)
REOPENING = (
    task(
        kind=rounds.REOPENED,
        label="具备条件后复勘",
        stage=STAGE,
        roles=LEADERS,
        fields=REOPENED,
        hint="不具备供电条件的已书面答复;条件改变后登记,重新勘查、拟定方案。客户不再用电的请撤回或终止",
        needed=_reopens,
        offered=_reopens,
        done=lambda case: not rounds.impossible(case),
        blocked=plan_guards.reopening_blocked,
        events=happens("survey_reopened"),
        says=lambda values: str(values.get("reopening_reason", "")),
    ),
)
TASKS: tuple[Task, ...] = (*SURVEY_TASKS, *REPLY_TASKS, *REOPENING)
