"""The fields of stage 6 up to the connection: the agreed day, the group, permit, command, execution
(种子文件 六; regulations.md 1.3, 3.4 接电). Those of the meter stand in ``meter_fields``."""

from yekuo_desktop.domain.field import ALL_SHEETS, HIGH_VOLTAGE, Field, Kind
from yekuo_desktop.domain.stages.energization.meter_fields import METER_FIELDS

AGREED, GROUP, WORK, CREW = "商定送电", "投运组织", "送电任务", "执行单位"
PERMIT, COMMAND, EXECUTION = "送电许可", "送电命令", "执行送电"

MEMBER_COLUMNS = (
    Field(key="department", label="部门", kind=Kind.CODE, codes="departments"),
    Field(key="name", label="姓名", kind=Kind.NAME, required=ALL_SHEETS),
    Field(key="duty", label="职责"),
)
SCHEDULED = (
    Field(
        key="energization_planned",
        label="商定送电时间",
        kind=Kind.MOMENT,
        required=ALL_SHEETS,
        group=AGREED,
        hint="在装表接电时限内与客户商定",
    ),
    Field(
        key="energization_agreed_with",
        label="商定的客户联系人",
        kind=Kind.NAME,
        required=ALL_SHEETS,
        group=AGREED,
    ),
    Field(key="energization_agreed_phone", label="客户联系人电话", kind=Kind.LANDLINE, group=AGREED),
    Field(
        key="external_works_accepted",
        label="外部供电工程已验收",
        kind=Kind.FLAG,
        group=AGREED,
        hint="有外线工程、配套工程的须先验收",
    ),
    Field(
        key="energization_late_reason",
        label="超时限或改期的原因",
        kind=Kind.LONG_TEXT,
        max_length=300,
        group=AGREED,
    ),
)
TASKED = (
    Field(
        key="energization_group",
        label="投运组织",
        kind=Kind.CODE,
        codes="energization_groups",
        required=ALL_SHEETS,
        group=GROUP,
    ),
    Field(
        key="energization_group_leader",
        label="投运组织负责人",
        kind=Kind.NAME,
        required=ALL_SHEETS,
        group=GROUP,
    ),
    Field(
        key="energization_members",
        label="投运组织成员",
        kind=Kind.ROWS,
        columns=MEMBER_COLUMNS,
        required=ALL_SHEETS,
        group=GROUP,
    ),
    Field(key="energization_scheme", label="启动送电方案", kind=Kind.ATTACHMENT, group=GROUP),
    Field(
        key="energization_content",
        label="送电任务内容",
        kind=Kind.LONG_TEXT,
        required=ALL_SHEETS,
        max_length=300,
        group=WORK,
    ),
    Field(
        key="energization_steps",
        label="送电步骤",
        kind=Kind.LONG_TEXT,
        required=ALL_SHEETS,
        max_length=800,
        group=WORK,
    ),
    Field(
        key="energization_measures",
        label="安全措施",
        kind=Kind.LONG_TEXT,
        required=ALL_SHEETS,
        max_length=500,
        group=WORK,
    ),
    Field(key="energization_crew", label="派定的施工单位", required=ALL_SHEETS, group=CREW),
    Field(
        key="energization_crew_leader",
        label="派定的现场负责人",
        kind=Kind.NAME,
        required=ALL_SHEETS,
        group=CREW,
    ),
    Field(key="energization_crew_phone", label="现场负责人电话", kind=Kind.LANDLINE, group=CREW),
    Field(key="energization_crew_size", label="作业人数", kind=Kind.COUNT, unit="人", group=CREW),
)
PERMITTED = (
    Field(
        key="permit_scope",
        label="许可送电的设备和范围",
        kind=Kind.LONG_TEXT,
        required=ALL_SHEETS,
        max_length=300,
        group=PERMIT,
    ),
    Field(
        key="permit_site_ready",
        label="现场具备送电条件",
        kind=Kind.FLAG,
        required=ALL_SHEETS,
        group=PERMIT,
        hint="人员撤离、接地线拆除、设备状态核对无误",
    ),
    Field(key="permit_notes", label="许可注意事项", kind=Kind.LONG_TEXT, max_length=300, group=PERMIT),
)
COMMANDED = (
    Field(key="command_no", label="命令编号", group=COMMAND),
    Field(
        key="command_content",
        label="命令内容",
        kind=Kind.LONG_TEXT,
        required=ALL_SHEETS,
        max_length=500,
        group=COMMAND,
    ),
    Field(key="command_receiver", label="受令人", kind=Kind.NAME, required=ALL_SHEETS, group=COMMAND),
    Field(
        key="command_repeated",
        label="受令人复诵无误",
        kind=Kind.FLAG,
        required=ALL_SHEETS,
        group=COMMAND,
    ),
)
OUTCOME = (
    Field(
        key="energization_result",
        label="试送电结果",
        kind=Kind.CODE,
        codes="energization_results",
        required=ALL_SHEETS,
        group=EXECUTION,
    ),
    Field(
        key="energization_trial",
        label="试送电情况",
        kind=Kind.LONG_TEXT,
        required=ALL_SHEETS,
        max_length=500,
        group=EXECUTION,
        hint="合闸、带电情况和监视结果",
    ),
    Field(
        key="energization_fault",
        label="未成功的原因和处理",
        kind=Kind.LONG_TEXT,
        required=ALL_SHEETS,
        max_length=300,
        group=EXECUTION,
        given=("energization_result", "failed"),
    ),
)
EXECUTED = (
    Field(key="energization_unit", label="执行送电的施工单位", required=ALL_SHEETS, group=EXECUTION),
    Field(
        key="energization_executor",
        label="现场执行负责人",
        kind=Kind.NAME,
        required=ALL_SHEETS,
        group=EXECUTION,
    ),
    Field(key="energization_executor_phone", label="执行负责人电话", kind=Kind.LANDLINE, group=EXECUTION),
    Field(
        key="energization_phasing",
        label="两路电源核相正确",
        kind=Kind.FLAG,
        on=HIGH_VOLTAGE,
        group=EXECUTION,
        hint="双电源客户必填",
    ),
    *OUTCOME,
)
CONNECTED = (
    Field(
        key="energization_hand",
        label="现场接电人",
        kind=Kind.NAME,
        required=ALL_SHEETS,
        group=EXECUTION,
    ),
    *OUTCOME,
)
FIELDS = (*SCHEDULED, *TASKED, *PERMITTED, *COMMANDED, *EXECUTED, *CONNECTED, *METER_FIELDS)
