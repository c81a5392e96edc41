"""The fields of the intermediate inspection: application, inspection, hand-over, rectification (种子文件 四;
regulations.md 2.10)."""

from yekuo_desktop.domain.brought_papers import PAPER_COLUMNS
from yekuo_desktop.domain.field import ALL_SHEETS, Field, Kind
from yekuo_desktop.domain.findings import CLOSING_COLUMNS, FINDING_COLUMNS

APPLYING, PAPERS = "中间检查申请", "收到的资料"
INSPECTING, FOUND, SIGNED, CLOSING = "检查情况", "检查结论", "签收", "整改情况"

INSPECTOR_COLUMNS = (
    Field(key="department", label="部门", kind=Kind.CODE, codes="departments", required=ALL_SHEETS),
    Field(key="name", label="检查人", kind=Kind.NAME, required=ALL_SHEETS),
)
CONTENT_COLUMNS = (
    Field(key="item", label="检查内容", kind=Kind.CODE, codes="intermediate_contents", required=ALL_SHEETS),
    Field(key="outcome", label="检查情况", kind=Kind.CODE, codes="check_outcomes", required=ALL_SHEETS),
    Field(key="note", label="说明", max_length=200),
)

APPLIED = (
    Field(
        key="intermediate_trigger",
        label="申请时机",
        kind=Kind.CODE,
        codes="intermediate_triggers",
        required=ALL_SHEETS,
        group=APPLYING,
    ),
    Field(
        key="intermediate_percent",
        label="设备安装完成",
        kind=Kind.NUMBER,
        unit="%",
        required=ALL_SHEETS,
        group=APPLYING,
        given=("intermediate_trigger", "progress"),
    ),
    Field(
        key="intermediate_hidden",
        label="将覆盖的隐蔽工程",
        required=ALL_SHEETS,
        max_length=300,
        group=APPLYING,
        given=("intermediate_trigger", "hidden"),
    ),
    Field(
        key="intermediate_cover_on",
        label="计划覆盖日期",
        kind=Kind.DATE,
        group=APPLYING,
        given=("intermediate_trigger", "hidden"),
    ),
    Field(
        key="intermediate_applicant",
        label="中间检查申请人",
        kind=Kind.NAME,
        required=ALL_SHEETS,
        group=APPLYING,
    ),
    Field(key="intermediate_applicant_phone", label="申请人电话", kind=Kind.LANDLINE, group=APPLYING),
    Field(key="intermediate_wished", label="希望检查日期", kind=Kind.DATE, group=APPLYING),
    Field(
        key="intermediate_papers",
        label="中间检查资料清单",
        kind=Kind.ROWS,
        columns=PAPER_COLUMNS,
        group=PAPERS,
    ),
)
INSPECTED = (
    Field(
        key="intermediate_basis",
        label="检查依据",
        kind=Kind.LONG_TEXT,
        required=ALL_SHEETS,
        max_length=300,
        group=INSPECTING,
        hint="按审查同意的设计图纸检查",
    ),
    Field(
        key="intermediate_inspectors",
        label="检查人员",
        kind=Kind.ROWS,
        columns=INSPECTOR_COLUMNS,
        required=ALL_SHEETS,
        group=INSPECTING,
    ),
    Field(
        key="intermediate_content",
        label="检查内容",
        kind=Kind.ROWS,
        columns=CONTENT_COLUMNS,
        required=ALL_SHEETS,
        group=INSPECTING,
    ),
    Field(key="intermediate_witness", label="客户在场人员", kind=Kind.NAME, group=INSPECTING),
    Field(
        key="intermediate_result",
        label="中间检查结论",
        kind=Kind.CODE,
        codes="inspection_results",
        required=ALL_SHEETS,
        group=FOUND,
    ),
    Field(
        key="intermediate_findings",
        label="缺陷及整改要求",
        kind=Kind.ROWS,
        columns=FINDING_COLUMNS,
        group=FOUND,
        given=("intermediate_result", "failed"),
    ),
    Field(key="intermediate_remarks", label="检查说明", kind=Kind.LONG_TEXT, max_length=300, group=FOUND),
)
DELIVERED = (
    Field(
        key="intermediate_receiver",
        label="意见书签收人",
        kind=Kind.NAME,
        required=ALL_SHEETS,
        group=SIGNED,
    ),
    Field(key="intermediate_receiver_phone", label="意见书签收人电话", kind=Kind.LANDLINE, group=SIGNED),
    Field(key="intermediate_receipt", label="意见书签字页扫描", kind=Kind.ATTACHMENT, group=SIGNED),
)
RECTIFIED = (
    Field(
        key="intermediate_closed",
        label="逐条整改情况",
        kind=Kind.ROWS,
        columns=CLOSING_COLUMNS,
        required=ALL_SHEETS,
        group=CLOSING,
    ),
    Field(
        key="intermediate_reported_by",
        label="整改报告人",
        kind=Kind.NAME,
        required=ALL_SHEETS,
        group=CLOSING,
    ),
    Field(key="intermediate_photo", label="整改照片或报告", kind=Kind.ATTACHMENT, group=CLOSING),
)
INSPECTION_FIELDS = (*APPLIED, *INSPECTED, *DELIVERED, *RECTIFIED)
