"""The fields of stage 5: report and works, the departments' opinions, the inspection, its defects and their
rectification (种子文件 五; regulations.md 2.11, 3.4)."""

from yekuo_desktop.domain.brought_papers import PAPER_COLUMNS
from yekuo_desktop.domain.field import ALL_SHEETS, Field, Kind
from yekuo_desktop.domain.findings import FINDING_COLUMNS
from yekuo_desktop.domain.people import Role
from yekuo_desktop.domain.stages.completion.works_fields import WORKS

REPORT, PAPERS, OPINION = "报验", "报验资料", "部门意见"
INSPECTING, CONCLUSION, HANDED = "验收情况", "验收结论", "双方签字"
RECTIFYING, RECHECKING = "整改情况", "缺陷复验"

INSPECTOR_COLUMNS = (
    Field(key="department", label="部门", kind=Kind.CODE, codes="departments", required=ALL_SHEETS),
    Field(key="name", label="验收人", kind=Kind.NAME, required=ALL_SHEETS),
)
DETAIL_COLUMNS = (
    Field(key="item", label="验收项目", required=ALL_SHEETS),
    Field(key="standard", label="验收标准", required=ALL_SHEETS, max_length=200),
    Field(key="outcome", label="验收情况", max_length=200),
    Field(key="passed", label="是否合格", kind=Kind.CODE, codes="check_outcomes", required=ALL_SHEETS),
    Field(key="note", label="备注", max_length=200),
)
RECTIFIED_COLUMNS = (
    Field(key="no", label="缺陷序号", kind=Kind.COUNT, required=ALL_SHEETS),
    Field(key="remedy", label="整改结果", required=ALL_SHEETS, max_length=300),
    Field(key="remedied_by", label="整改单位(人)", required=ALL_SHEETS),
    Field(key="remedied_on", label="完成日期", kind=Kind.DATE),
    Field(key="evidence", label="整改证据", required=ALL_SHEETS, max_length=200),
)
RECHECK_COLUMNS = (
    Field(key="no", label="缺陷序号", kind=Kind.COUNT, required=ALL_SHEETS),
    Field(key="recheck", label="复验结果", kind=Kind.CODE, codes="test_results", required=ALL_SHEETS),
    Field(key="outcome", label="复验情况", required=ALL_SHEETS, max_length=300),
    Field(key="evidence", label="整改证据", max_length=200),
    Field(key="due", label="重新整改期限", kind=Kind.DATE),
)

APPLIED = (
    Field(key="completion_sender", label="报验单位", required=ALL_SHEETS, group=REPORT),
    Field(key="completion_applicant", label="报验人", kind=Kind.NAME, required=ALL_SHEETS, group=REPORT),
    Field(key="completion_applicant_phone", label="报验人电话", kind=Kind.LANDLINE, group=REPORT),
    Field(
        key="completion_planned",
        label="计划验收时间",
        kind=Kind.MOMENT,
        required=ALL_SHEETS,
        group=REPORT,
    ),
    Field(key="completion_wishes", label="报验要求", kind=Kind.LONG_TEXT, max_length=200, group=REPORT),
    Field(
        key="completion_papers",
        label="报验资料清单",
        kind=Kind.ROWS,
        columns=PAPER_COLUMNS,
        required=ALL_SHEETS,
        group=PAPERS,
        hint="竣工报告和技术资料逐项清点;缺的不能受理,一次书面告知",
    ),
    *WORKS,
)
OPINED = (
    Field(
        key="completion_department",
        label="验收部门",
        kind=Kind.CODE,
        codes="departments",
        required=ALL_SHEETS,
        group=OPINION,
    ),
    Field(
        key="completion_opinion",
        label="部门验收意见",
        kind=Kind.CODE,
        codes="review_opinions",
        required=ALL_SHEETS,
        group=OPINION,
    ),
    Field(key="completion_signer", label="验收人签名", kind=Kind.NAME, required=ALL_SHEETS, group=OPINION),
    Field(
        key="completion_words",
        label="验收具体意见",
        kind=Kind.LONG_TEXT,
        max_length=500,
        group=OPINION,
        hint="不合格的写明问题和整改要求",
    ),
)
PRESENT = (
    Field(
        key="completion_inspectors",
        label="验收人员",
        kind=Kind.ROWS,
        columns=INSPECTOR_COLUMNS,
        required=ALL_SHEETS,
        group=INSPECTING,
    ),
    Field(
        key="completion_customer_present",
        label="客户参加人员",
        kind=Kind.NAME,
        required=ALL_SHEETS,
        group=INSPECTING,
    ),
    Field(key="completion_builder_present", label="施工单位参加人员", kind=Kind.NAME, group=INSPECTING),
)
CONCLUDED = (
    Field(
        key="completion_result",
        label="竣工验收结论",
        kind=Kind.CODE,
        codes="inspection_results",
        required=ALL_SHEETS,
        group=CONCLUSION,
    ),
    Field(
        key="completion_defects",
        label="验收缺陷及整改要求",
        kind=Kind.ROWS,
        columns=FINDING_COLUMNS,
        group=CONCLUSION,
        given=("completion_result", "failed"),
        hint="一次提全;逐条写明责任方是施工单位还是客户、整改期限",
    ),
    Field(
        key="completion_evaluation",
        label="总体评价",
        kind=Kind.LONG_TEXT,
        required=ALL_SHEETS,
        max_length=300,
        group=CONCLUSION,
    ),
    Field(key="completion_remarks", label="验收备注", kind=Kind.LONG_TEXT, max_length=300, group=CONCLUSION),
)
INSPECTED = (
    Field(
        key="completion_scope",
        label="检验范围",
        kind=Kind.CODE,
        codes="completion_scopes",
        required=ALL_SHEETS,
        group=INSPECTING,
    ),
    *PRESENT,
    Field(
        key="completion_basis",
        label="验收依据",
        kind=Kind.LONG_TEXT,
        required=ALL_SHEETS,
        max_length=800,
        group=INSPECTING,
        hint="审查同意的设计图纸、中间检查纪要",
    ),
    Field(
        key="completion_details",
        label="验收明细",
        kind=Kind.ROWS,
        columns=DETAIL_COLUMNS,
        required=ALL_SHEETS,
        group=INSPECTING,
    ),
    *CONCLUDED,
)
DELIVERED = (
    Field(
        key="completion_our_signer",
        label="供电企业签字人",
        kind=Kind.PERSON,
        roles=frozenset({Role.INSPECTOR, Role.REVIEWER, Role.PROJECT_MANAGER, Role.SUPERVISOR}),
        required=ALL_SHEETS,
        group=HANDED,
    ),
    Field(key="completion_receiver", label="客户签字人", kind=Kind.NAME, required=ALL_SHEETS, group=HANDED),
    Field(key="completion_receiver_phone", label="客户签字人电话", kind=Kind.LANDLINE, group=HANDED),
    Field(key="completion_builder_receiver", label="施工单位签字人", kind=Kind.NAME, group=HANDED),
    Field(key="completion_receipt", label="双方签字的纪要扫描件", kind=Kind.ATTACHMENT, group=HANDED),
)
RECTIFIED = (
    Field(
        key="completion_rectified",
        label="逐条整改结果",
        kind=Kind.ROWS,
        columns=RECTIFIED_COLUMNS,
        required=ALL_SHEETS,
        group=RECTIFYING,
    ),
    Field(
        key="completion_reported_by",
        label="报告整改的人",
        kind=Kind.NAME,
        required=ALL_SHEETS,
        group=RECTIFYING,
    ),
    Field(key="completion_report", label="整改报告或照片", kind=Kind.ATTACHMENT, group=RECTIFYING),
)
REINSPECTED = (
    *PRESENT,
    Field(
        key="completion_closed",
        label="逐条复验",
        kind=Kind.ROWS,
        columns=RECHECK_COLUMNS,
        required=ALL_SHEETS,
        group=RECHECKING,
        hint="合格的写明证据才算消除;不合格的写明重新整改的期限",
    ),
    *CONCLUDED,
)
FIELDS = (*APPLIED, *OPINED, *INSPECTED, *DELIVERED, *RECTIFIED, *REINSPECTED)
