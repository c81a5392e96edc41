"""The tasks of stage 6, in their order."""

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.field import Values
from yekuo_desktop.domain.formalities import PASSED
from yekuo_desktop.domain.people import Role
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.energization import (
    chain,
    fields,
    meter_fields,
    meters,
    orders,
    scheduling,
    sealing,
)
from yekuo_desktop.domain.tasks import Task, optional, task

STAGE = "energization"
DESK = (Role.PROJECT_MANAGER, Role.CLERK, Role.SUPERVISOR)


def _on_site(case: Case, reference: Reference) -> bool:
    return not chain.orders_required(case, reference)


def _result(values: Values) -> str:
    return "正常" if values.get("energization_result") == chain.NORMAL else "未成功"


def _checked(values: Values) -> str:
    return "合格" if values.get("meter_check_result") == PASSED else str(values.get("meter_faults", "不合格"))


TASKS: tuple[Task, ...] = (
    task(
        kind=chain.SCHEDULED,
        label="商定送电时间",
        stage=STAGE,
        roles=DESK,
        fields=fields.SCHEDULED,
        hint="在装表接电时限内与客户商定;改期再登记一次并写明原因",
        blocked=scheduling.scheduling_blocked,
        locked=scheduling.tasked_locked,
        propose=scheduling.propose_schedule,
        check=scheduling.check_schedule,
        repeats=True,
        says=lambda values: str(values.get("energization_planned", ""))[:16].replace("T", " "),
    ),
    task(
        kind=chain.TASKED,
        label="下达送电任务",
        stage=STAGE,
        roles=(Role.PROJECT_MANAGER, Role.SUPERVISOR),
        fields=fields.TASKED,
        hint="成立启动委员会或投运工作小组,明确任务、步骤、安全措施和执行单位",
        needed=chain.orders_required,
        offered=chain.orders_required,
        blocked=scheduling.tasking_blocked,
        locked=scheduling.tasked_locked,
        propose=scheduling.propose_task,
        check=scheduling.check_task,
        papers=("energization_task",),
        says=lambda values: str(values.get("energization_crew", "")),
    ),
    task(
        kind=chain.PERMITTED,
        label="送电许可",
        stage=STAGE,
        roles=(Role.INSPECTOR,),
        fields=fields.PERMITTED,
        hint="各项条件具备后由用电检查专责许可;许可、命令、执行是三个人",
        needed=chain.orders_required,
        offered=chain.orders_required,
        done=lambda case: chain.permit(case) is not None or chain.energized(case) is not None,
        blocked=orders.permitting_blocked,
        locked=orders.permit_locked,
        propose=orders.propose_permit,
        check=orders.check_permit,
        says=lambda values: str(values.get("permit_scope", "")),
    ),
    task(
        kind=chain.COMMANDED,
        label="送电命令",
        stage=STAGE,
        roles=(Role.DISPATCHER,),
        fields=fields.COMMANDED,
        hint="配网管理向现场负责人下令,受令人复诵",
        needed=chain.orders_required,
        offered=chain.orders_required,
        done=lambda case: chain.command(case) is not None or chain.energized(case) is not None,
        blocked=orders.commanding_blocked,
        locked=orders.command_locked,
        propose=orders.propose_command,
        check=orders.check_command,
        says=lambda values: str(values.get("command_receiver", "")),
    ),
    task(
        kind=chain.EXECUTED,
        label="执行送电(试送电)",
        stage=STAGE,
        roles=(Role.PROJECT_MANAGER, Role.METERING, Role.SUPERVISOR, Role.INSPECTOR),
        fields=fields.EXECUTED,
        hint="施工单位现场执行,登记时间即送电时间;未成功的重新许可、下令",
        needed=chain.orders_required,
        offered=chain.orders_required,
        done=lambda case: chain.energized(case) is not None,
        blocked=orders.executing_blocked,
        locked=orders.executed_locked,
        propose=orders.propose_execution,
        check=orders.check_execution,
        events=orders.connection_events,
        papers=("energization_order",),
        says=_result,
    ),
    task(
        kind=chain.ON_SITE,
        label="现场接电(试送电)",
        stage=STAGE,
        roles=(Role.METERING,),
        fields=fields.CONNECTED,
        hint="低压由计量人员现场接电;登记时间就是送电时间",
        needed=_on_site,
        offered=_on_site,
        done=lambda case: chain.energized(case) is not None,
        blocked=orders.connecting_blocked,
        locked=orders.executed_locked,
        propose=orders.propose_connection,
        check=orders.check_connection,
        events=orders.connection_events,
        says=_result,
    ),
    task(
        kind=chain.CHECKED,
        label="现场核表",
        stage=STAGE,
        roles=(Role.METERING,),
        fields=meter_fields.CHECKED,
        hint="试送电后核对示数、各相和相序;预付费表做报警、跳闸试验",
        done=lambda case: chain.checked(case) is not None,
        blocked=meters.checking_blocked,
        locked=meters.check_locked,
        propose=meters.propose_check,
        check=meters.check_meters,
        says=_checked,
    ),
    task(
        kind=chain.REMEDIED,
        label="核表不合格整改",
        stage=STAGE,
        roles=(Role.METERING,),
        fields=meter_fields.RECTIFIED,
        hint="更正接线、换表等;整改后重新核表",
        needed=optional,
        offered=lambda case, _reference: chain.must_remedy(case) or bool(chain.remedies(case)),
        blocked=meters.rectifying_blocked,
        locked=meters.remedy_locked,
        propose=meters.propose_rectification,
        check=meters.check_rectification,
        repeats=True,
        says=lambda values: str(values.get("meter_remedy", "")),
    ),
    task(
        kind=chain.SEALED,
        label="加封并由客户签认",
        stage=STAGE,
        roles=(Role.METERING,),
        fields=meter_fields.SEALED,
        hint="登记各处封签编号,客户在装拆单上签认示数和封签",
        done=lambda case: chain.sealed(case) is not None,
        blocked=sealing.sealing_blocked,
        propose=sealing.propose_seals,
        check=sealing.check_seals,
        papers=("meter_slip",),
        says=lambda values: f"封签 {len(values.get('seals') or ())} 个",
    ),
)
