"""Who is sent to a survey, when the customer expects them, what each department says of it; and what opens
the way again after a suspicion or a refusal (种子文件 二; regulations.md 5.2)."""

from yekuo_desktop.domain.field import ALL_SHEETS, HIGH_VOLTAGE, Field, Kind
from yekuo_desktop.domain.people import Role

ASSIGNMENT, APPOINTMENT, OPINION = "派工", "预约", "会签意见"
SETTLEMENT, REOPENING = "违约用电、窃电处理", "复勘"
GOING_COLUMNS = (
    Field(key="department", label="部门", kind=Kind.CODE, codes="departments", required=ALL_SHEETS),
    Field(key="person", label="参加人", kind=Kind.NAME),
)

ASSIGNED = (
    Field(
        key="survey_leader",
        label="勘查负责人",
        kind=Kind.PERSON,
        roles=frozenset({Role.PROJECT_MANAGER, Role.REVIEWER}),
        required=ALL_SHEETS,
        group=ASSIGNMENT,
    ),
    Field(
        key="survey_party",
        label="参加部门",
        kind=Kind.ROWS,
        columns=GOING_COLUMNS,
        required=HIGH_VOLTAGE,
        group=ASSIGNMENT,
        hint="营销部牵头;参加的每个部门都要会签",
    ),
    Field(key="survey_due", label="要求完成日期", kind=Kind.DATE, required=ALL_SHEETS, group=ASSIGNMENT),
    Field(key="survey_orders", label="派工说明", kind=Kind.LONG_TEXT, max_length=300, group=ASSIGNMENT),
)

APPOINTED = (
    Field(
        key="appointment_at", label="约定勘查时间", kind=Kind.MOMENT, required=ALL_SHEETS, group=APPOINTMENT
    ),
    Field(
        key="appointment_with",
        label="与谁约定",
        kind=Kind.NAME,
        required=ALL_SHEETS,
        group=APPOINTMENT,
        hint="实际通话或见面的人,没有联系上的不要登记",
    ),
    Field(key="appointment_phone", label="联系所用电话", kind=Kind.LANDLINE, group=APPOINTMENT),
    Field(
        key="appointment_how",
        label="联系方式",
        kind=Kind.CODE,
        codes="contact_methods",
        required=ALL_SHEETS,
        group=APPOINTMENT,
    ),
    Field(
        key="appointment_site",
        label="现场条件",
        kind=Kind.CODE,
        codes="site_states",
        required=ALL_SHEETS,
        group=APPOINTMENT,
    ),
    Field(
        key="appointment_obstacle",
        label="尚不具备勘查条件的原因",
        max_length=200,
        required=ALL_SHEETS,
        given=("appointment_site", "not_ready"),
        group=APPOINTMENT,
    ),
    Field(key="appointment_words", label="客户意见", kind=Kind.LONG_TEXT, max_length=300, group=APPOINTMENT),
    Field(key="appointment_proof", label="联系记录附件", kind=Kind.ATTACHMENT, group=APPOINTMENT),
)

OPINED = (
    Field(
        key="survey_department",
        label="会签部门",
        kind=Kind.CODE,
        codes="departments",
        required=ALL_SHEETS,
        group=OPINION,
    ),
    Field(
        key="survey_opinion",
        label="勘查意见",
        kind=Kind.CODE,
        codes="review_opinions",
        required=ALL_SHEETS,
        group=OPINION,
    ),
    Field(
        key="survey_opinion_signer", label="会签人签名", kind=Kind.NAME, required=ALL_SHEETS, group=OPINION
    ),
    Field(key="survey_words", label="意见内容", kind=Kind.LONG_TEXT, max_length=500, group=OPINION),
)

SETTLED = (
    Field(
        key="violation_outcome",
        label="处理结果",
        kind=Kind.LONG_TEXT,
        max_length=500,
        required=ALL_SHEETS,
        group=SETTLEMENT,
    ),
    Field(key="violation_document", label="处理文书编号", required=ALL_SHEETS, group=SETTLEMENT),
    Field(key="violation_file", label="处理文书附件", kind=Kind.ATTACHMENT, group=SETTLEMENT),
)

REOPENED = (
    Field(
        key="reopening_reason",
        label="供电条件的变化",
        kind=Kind.LONG_TEXT,
        max_length=300,
        required=ALL_SHEETS,
        group=REOPENING,
    ),
)
