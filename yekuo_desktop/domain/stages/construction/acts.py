"""The tasks of stage 4, in their order: the works, their inspection, the rest."""

from typing import Final

from yekuo_desktop.domain.field import Values
from yekuo_desktop.domain.lacking import INTERMEDIATE, Receipt, lacking_task
from yekuo_desktop.domain.people import Role
from yekuo_desktop.domain.records import last
from yekuo_desktop.domain.stages.construction import inspections, rounds, works
from yekuo_desktop.domain.stages.construction.fields import CONTRACTOR, DEVICES, PROGRESSED, STARTED
from yekuo_desktop.domain.stages.construction.grid_works import GRID_TASKS
from yekuo_desktop.domain.stages.construction.inspection_fields import (
    APPLIED,
    DELIVERED,
    INSPECTED,
    RECTIFIED,
)
from yekuo_desktop.domain.stages.construction.notice_acts import NOTICE_TASKS
from yekuo_desktop.domain.tasks import happens, optional, step_required, task

STAGE: Final = "construction"
DESK = (Role.PROJECT_MANAGER, Role.CLERK, Role.SUPERVISOR)
PAPERS = Receipt(
    rounds.APPLIED, lambda case: last(case, rounds.APPLIED) is None, inspections.applying_blocked
)
INSPECTION = step_required("intermediate_inspection")


def _devices(values: Values) -> str:
    return f"设备 {len(values.get('devices') or ())} 台"


def _result(values: Values) -> str:
    if values.get("intermediate_result") == rounds.PASSED:
        return "合格"
    return f"不合格,{len(values.get('intermediate_findings') or ())} 项缺陷"


def _trigger(values: Values) -> str:
    if values.get("intermediate_trigger") == "hidden":
        return f"隐蔽工程:{values.get('intermediate_hidden', '')}"
    return f"安装 {values.get('intermediate_percent', '')}%"


TASKS = (
    task(
        kind=works.CERTIFIED,
        label="审查设备三证",
        stage=STAGE,
        roles=(Role.PROJECT_MANAGER, Role.INSPECTOR),
        fields=DEVICES,
        hint="开工前逐台核对生产许可证、产品合格证、入网许可证,留存复印件;设备由客户自行采购",
        needed=step_required("three_certificates"),
        offered=step_required("three_certificates"),
        locked=works.works_locked,
        propose=works.propose_devices,
        check=works.check_devices,
        repeats=True,
        says=_devices,
    ),
    task(
        kind=works.CHECKED,
        label="审查施工资质",
        stage=STAGE,
        roles=(Role.PROJECT_MANAGER, Role.INSPECTOR),
        fields=CONTRACTOR,
        hint="出示完整的公开名录,由客户自行选择;核对许可等级与电压、有效期与施工日期,留存复印件",
        needed=step_required("contractor_licence"),
        offered=step_required("contractor_licence"),
        locked=works.works_locked,
        propose=works.propose_contractor,
        check=works.check_contractor,
        repeats=True,
        says=lambda values: str(values.get("builder_name", "")),
    ),
    task(
        kind=works.STARTED,
        label="登记开工",
        stage=STAGE,
        roles=DESK,
        fields=STARTED,
        hint="设计审查同意、三证和施工资质审查完毕后开工;供电方案须在有效期内",
        needed=works.has_works,
        offered=works.has_works,
        blocked=works.starting_blocked,
        locked=works.works_locked,
        propose=works.propose_start,
        check=works.check_start,
        events=happens("construction_started"),
        says=lambda values: f"{values.get('construction_started_on', '')} 开工",
    ),
    task(
        kind=works.PROGRESSED,
        label="登记施工进度",
        stage=STAGE,
        roles=(*DESK, Role.INSPECTOR),
        fields=PROGRESSED,
        hint="进度、预计与实际完工日期;超过预计日期的写明原因",
        needed=optional,
        offered=works.has_works,
        blocked=works.progress_blocked,
        check=works.check_progress,
        repeats=True,
        says=lambda values: f"{values.get('construction_percent', '')}%",
    ),
    *GRID_TASKS,
    task(
        kind=rounds.APPLIED,
        label="受理中间检查申请",
        stage=STAGE,
        roles=DESK,
        fields=APPLIED,
        hint="设备安装约三分之二,或隐蔽工程覆盖之前,由客户申请;中间检查时限从此刻起算",
        needed=INSPECTION,
        offered=INSPECTION,
        blocked=inspections.applying_blocked,
        locked=inspections.applied_locked,
        propose=inspections.propose_application,
        check=inspections.check_application,
        events=happens("intermediate_applied"),
        papers=("intermediate_registration",),
        repeats=True,
        says=_trigger,
    ),
    lacking_task(INTERMEDIATE, STAGE, DESK, INSPECTION, PAPERS),
    task(
        kind=rounds.INSPECTED,
        label="中间检查",
        stage=STAGE,
        roles=(Role.INSPECTOR,),
        fields=INSPECTED,
        hint="按审查同意的设计图纸逐项检查;缺陷一次提出、逐条编号,当场出具意见书",
        needed=INSPECTION,
        offered=INSPECTION,
        done=rounds.passed,
        blocked=inspections.inspecting_blocked,
        locked=inspections.written_locked,
        propose=inspections.propose_inspection,
        check=inspections.check_inspection,
        events=happens("intermediate_inspected", "intermediate_replied"),
        papers=("intermediate_opinion",),
        repeats=True,
        says=_result,
    ),
    task(
        kind=rounds.DELIVERED,
        label="中间检查意见书签收",
        stage=STAGE,
        roles=(*DESK, Role.INSPECTOR),
        fields=DELIVERED,
        hint="意见书由双方签字,交客户一份",
        needed=INSPECTION,
        offered=INSPECTION,
        done=lambda case: rounds.count(case) > 0 and rounds.delivered(case),
        blocked=inspections.delivering_blocked,
        repeats=True,
        says=lambda values: str(values.get("intermediate_receiver", "")),
    ),
    task(
        kind=rounds.RECTIFIED,
        label="登记整改情况",
        stage=STAGE,
        roles=DESK,
        fields=RECTIFIED,
        hint="客户报告整改后逐条登记,写明证据;全部整改后复查,时限重新起算",
        needed=optional,
        offered=INSPECTION,
        blocked=inspections.rectifying_blocked,
        locked=lambda case: "" if rounds.due(case) or rounds.must_rectify(case) else "已经复查,不能再改",
        propose=inspections.propose_rectification,
        check=inspections.check_rectification,
        events=inspections.rectification_events,
        repeats=True,
        says=lambda values: f"{len(values.get('intermediate_closed') or ())} 项",
    ),
    *NOTICE_TASKS,
)
