"""The tasks of stage 3, in their order."""

from typing import Final

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.field import Values
from yekuo_desktop.domain.lacking import DESIGN, Receipt, lacking_task
from yekuo_desktop.domain.people import Role
from yekuo_desktop.domain.records import last
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.design import guards, rounds
from yekuo_desktop.domain.stages.design.fields import CHOSEN, CONCLUDED, DELIVERED, OPINED, RECEIVED
from yekuo_desktop.domain.tasks import happens, step_required, task

STAGE: Final = "design"
REVIEW = step_required("design_review")
DESK = (Role.PROJECT_MANAGER, Role.CLERK, Role.SUPERVISOR)
PAPERS = Receipt(rounds.RECEIVED, lambda case: not rounds.papers_in(case), guards.receiving_blocked)


def _received(case: Case, _values: Values) -> tuple[str, ...]:
    """The first set of papers starts the review, every later one the review of changes."""
    return ("design_resubmitted",) if last(case, rounds.RECEIVED) else ("design_received",)


def _spoken(case: Case) -> bool:
    return rounds.papers_in(case) and bool(rounds.opinions(case))


def _others_awaited(case: Case, reference: Reference) -> bool:
    return not rounds.concluded(case) and any(rounds.silent(case, reference))


TASKS = (
    task(
        kind="designer.chosen",
        label="客户选定设计单位",
        stage=STAGE,
        roles=DESK,
        fields=CHOSEN,
        hint="出示完整的公开名录,由客户自行选择;核对并留存资质",
        offered=REVIEW,
        blocked=guards.choosing_blocked,
        locked=guards.locked,
        propose=guards.propose_choice,
        check=guards.check_choice,
        repeats=True,
        says=lambda values: str(values.get("designer_name", "")),
    ),
    task(
        kind=rounds.RECEIVED,
        label="受理送审资料",
        stage=STAGE,
        roles=DESK,
        fields=RECEIVED,
        hint="清点图纸份数,逐项核对送审资料;审查时限从此刻起算",
        offered=REVIEW,
        done=rounds.papers_in,
        blocked=guards.receiving_blocked,
        locked=guards.locked,
        propose=guards.propose_papers,
        check=guards.check_papers,
        events=_received,
        papers=("design_submission",),
        says=lambda values: f"图纸 {values.get('drawing_sets', '')} 份",
    ),
    lacking_task(DESIGN, STAGE, DESK, REVIEW, PAPERS),
    task(
        kind=rounds.OPINED,
        label="部门审查意见",
        stage=STAGE,
        roles=(Role.REVIEWER, Role.PROJECT_MANAGER),
        fields=OPINED,
        hint="各部门分别提出意见并签名;同一部门再次登记时以最后一次为准",
        offered=REVIEW,
        done=_spoken,
        awaited=_others_awaited,
        blocked=guards.reviewing_blocked,
        locked=guards.locked,
        propose=guards.propose_opinion,
        check=guards.check_opinion,
        repeats=True,
        says=lambda values: str(values.get("design_signer", "")),
    ),
    task(
        kind=rounds.CONCLUDED,
        label="出具审查意见书",
        stage=STAGE,
        roles=(Role.REVIEWER, Role.APPROVER),
        fields=CONCLUDED,
        hint="由审核人出具:意见书面一次提出、逐条编号,加盖公章;登记部门意见的人不能审核",
        offered=REVIEW,
        done=rounds.concluded,
        blocked=guards.concluding_blocked,
        locked=lambda case: "意见书已交客户签收" if rounds.delivered(case) else "",
        propose=guards.propose_conclusion,
        check=guards.check_conclusion,
        events=happens("design_reviewed"),
        papers=("design_opinion",),
        says=lambda values: (
            "同意"
            if values.get("design_result") == rounds.AGREED
            else f"需修改,{len(values.get('design_findings') or ())} 条意见"
        ),
    ),
    task(
        kind=rounds.DELIVERED,
        label="意见书交客户签收",
        stage=STAGE,
        roles=DESK,
        fields=DELIVERED,
        hint="意见书连同图纸交客户,由客户签收;需修改的,修改后重新报送",
        offered=REVIEW,
        done=lambda case: rounds.delivered(case) and not rounds.must_change(case),
        blocked=guards.delivering_blocked,
        propose=guards.propose_delivery,
        check=guards.check_delivery,
        says=lambda values: str(values.get("design_receiver", "")),
    ),
)
