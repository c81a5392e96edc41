"""The tasks of stage 5, in their order."""

from typing import Final

from yekuo_desktop.domain.field import Values
from yekuo_desktop.domain.formalities import INSPECTED, PASSED, REINSPECTED
from yekuo_desktop.domain.lacking import COMPLETION, Receipt, lacking_task
from yekuo_desktop.domain.people import Role
from yekuo_desktop.domain.records import last
from yekuo_desktop.domain.stages.completion import application, fields, inspection, rectification, rounds
from yekuo_desktop.domain.tasks import Task, happens, optional, step_required, task

STAGE: Final = "completion"
DESK = (Role.PROJECT_MANAGER, Role.CLERK, Role.SUPERVISOR)
PAPERS = Receipt(
    rounds.APPLIED, lambda case: last(case, rounds.APPLIED) is None, application.applying_blocked
)
LEADERS = (Role.INSPECTOR, Role.REVIEWER)
INSPECTION = step_required("completion_inspection")


def _result(values: Values) -> str:
    if values.get("completion_result") == PASSED:
        return "合格"
    found = len(values.get("completion_defects") or ())
    again = sum(row.get("recheck") != rectification.RIGHT for row in values.get("completion_closed") or ())
    return f"不合格,{found + again} 项缺陷"


TASKS: tuple[Task, ...] = (
    task(
        kind=rounds.APPLIED,
        label="受理竣工报验",
        stage=STAGE,
        roles=DESK,
        fields=fields.APPLIED,
        hint="清点竣工报告和技术资料,登记工程和受电设备;检验时限从此刻起算",
        needed=INSPECTION,
        offered=INSPECTION,
        done=lambda case: last(case, rounds.APPLIED) is not None,
        blocked=application.applying_blocked,
        locked=application.applied_locked,
        propose=application.propose_application,
        check=application.check_application,
        events=happens("completion_applied"),
        papers=("completion_application", "completion_registration"),
        says=lambda values: str(values.get("works_name", "")),
    ),
    lacking_task(COMPLETION, STAGE, DESK, INSPECTION, PAPERS),
    task(
        kind=rounds.OPINED,
        label="部门验收意见",
        stage=STAGE,
        roles=(Role.REVIEWER, Role.INSPECTOR, Role.PROJECT_MANAGER, Role.METERING, Role.DISPATCHER),
        fields=fields.OPINED,
        hint="联合验收现场逐个部门收集意见并签名;同一部门再次登记时以最后一次为准",
        needed=optional,
        offered=INSPECTION,
        done=lambda case: bool(rounds.opinions(case)),
        blocked=inspection.opining_blocked,
        locked=inspection.opined_locked,
        check=inspection.check_opinion,
        repeats=True,
        says=lambda values: str(values.get("completion_signer", "")),
    ),
    task(
        kind=INSPECTED,
        label="竣工验收并出具纪要",
        stage=STAGE,
        roles=LEADERS,
        fields=fields.INSPECTED,
        hint="营销部牵头,依据批准的设计和中间检查纪要;缺陷一次提全,写明责任方",
        needed=INSPECTION,
        offered=INSPECTION,
        done=lambda case: rounds.inspection(case) is not None,
        blocked=inspection.inspecting_blocked,
        locked=inspection.written_locked,
        propose=inspection.propose_inspection,
        check=inspection.check_inspection,
        events=happens("completion_inspected"),
        papers=("completion_minutes", "rectification_notice"),
        says=_result,
    ),
    task(
        kind=rounds.DELIVERED,
        label="验收纪要双方签字",
        stage=STAGE,
        roles=(*DESK, Role.INSPECTOR),
        fields=fields.DELIVERED,
        hint="纪要和整改通知由双方签字;施工单位负责整改的,施工单位也签",
        needed=INSPECTION,
        offered=INSPECTION,
        done=rounds.delivered,
        blocked=inspection.delivering_blocked,
        propose=inspection.propose_delivery,
        check=inspection.check_delivery,
        says=lambda values: str(values.get("completion_receiver", "")),
    ),
    task(
        kind=rounds.RECTIFIED,
        label="登记缺陷整改",
        stage=STAGE,
        roles=DESK,
        fields=fields.RECTIFIED,
        hint="整改后逐条登记并写明证据;全部登记后复验,时限重新起算",
        needed=optional,
        offered=rectification.once_failed,
        blocked=rectification.rectifying_blocked,
        locked=rectification.rectified_locked,
        propose=rectification.propose_rectification,
        check=rectification.check_rectification,
        events=rectification.rectification_events,
        repeats=True,
        says=lambda values: f"{len(values.get('completion_rectified') or ())} 项",
    ),
    task(
        kind=REINSPECTED,
        label="竣工复验",
        stage=STAGE,
        roles=LEADERS,
        fields=fields.REINSPECTED,
        hint="逐条复验,有证据的消除;全部消除才合格,未合格不得送电",
        offered=rectification.once_failed,
        done=rounds.passed,
        blocked=rectification.reinspecting_blocked,
        locked=inspection.written_locked,
        propose=rectification.propose_reinspection,
        check=rectification.check_reinspection,
        events=happens("completion_inspected"),
        papers=("completion_minutes", "rectification_notice"),
        says=_result,
    ),
)
