"""The tasks of stage 4 after the intermediate inspection: the two notices, the meters, the contract."""

from yekuo_desktop.domain.people import Role
from yekuo_desktop.domain.stages.construction import notices, signing
from yekuo_desktop.domain.stages.construction.contract_fields import (
    INSTALLED,
    ORDERED,
    REQUESTED,
    SIGNED,
    TERMS,
)
from yekuo_desktop.domain.tasks import happens, task

STAGE = "construction"
NOTICE_TASKS = (
    task(
        kind=notices.ORDERED,
        label="通知计量装表",
        stage=STAGE,
        roles=(Role.PROJECT_MANAGER,),
        fields=ORDERED,
        hint="中间检查合格后通知计量部门装表调试,随附装表工单",
        blocked=notices.notifying_blocked,
        locked=notices.order_locked,
        propose=notices.propose_order,
        check=notices.check_order,
        papers=("metering_order",),
        says=lambda values: f"{len(values.get('metering_order_points') or ())} 处",
    ),
    task(
        kind=notices.REQUESTED,
        label="通知起草合同",
        stage=STAGE,
        roles=(Role.PROJECT_MANAGER,),
        fields=REQUESTED,
        hint="中间检查合格后通知合同管理员起草供用电合同",
        blocked=notices.notifying_blocked,
        locked=notices.request_locked,
        propose=notices.propose_request,
        check=notices.check_request,
        papers=("contract_notice",),
        says=lambda values: f"{values.get('contract_wanted_by', '')} 前起草",
    ),
    task(
        kind=notices.INSTALLED,
        label="装表调试",
        stage=STAGE,
        roles=(Role.METERING,),
        fields=INSTALLED,
        hint="登记装了什么、谁装的、何时装的;调试并检定合格后才算装好",
        blocked=notices.installing_blocked,
        propose=notices.propose_installation,
        check=notices.check_installation,
        says=lambda values: f"{len(values.get('installed_meters') or ())} 块表",
    ),
    task(
        kind=notices.DRAFTED,
        label="起草供用电合同",
        stage=STAGE,
        roles=(Role.CONTRACTS,),
        fields=TERMS,
        hint="登记合同编号、种类和期限,高压合同起草后交各部门会签",
        needed=signing.demanded_draft,
        blocked=signing.drafting_blocked,
        locked=signing.drafted_locked,
        propose=signing.propose_terms,
        check=signing.check_terms,
        repeats=True,
        says=lambda values: str(values.get("contract_number", "")),
    ),
    task(
        kind=notices.SIGNED,
        label="签订供用电合同",
        stage=STAGE,
        roles=(Role.CONTRACTS,),
        fields=(*TERMS, *SIGNED),
        hint="双方签订人、日期、用章如实登记;没有签订的合同不得送电",
        blocked=signing.signing_blocked,
        propose=signing.propose_signing,
        check=signing.check_signing,
        events=happens("contract_signed"),
        says=lambda values: str(values.get("contract_number", "")),
    ),
)
