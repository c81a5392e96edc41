"""The fields of stage 4 up to the intermediate inspection: certificates of the devices, the builder's
licence, the works, application, inspection, rectification (种子文件 四; regulations.md 2.10, 2.12, 3.3).
What follows the inspection stands in ``contract_fields``."""

from yekuo_desktop.domain.field import ALL_SHEETS, HIGH_VOLTAGE, Field, Kind
from yekuo_desktop.domain.findings import CLOSING_COLUMNS, FINDING_COLUMNS
from yekuo_desktop.domain.stages.construction.contract_fields import CONTRACT_FIELDS

CERTIFIED, BUILDER, TESTER = "设备三证", "施工单位", "试验单位"
START, PROGRESS = "开工", "施工进度"
APPLYING, PAPERS = "中间检查申请", "收到的资料"
INSPECTING, FOUND, SIGNED, CLOSING = "检查情况", "检查结论", "签收", "整改情况"

DEVICE_COLUMNS = (
    Field(key="name", label="设备名称", required=ALL_SHEETS),
    Field(key="model", label="型号规格"),
    Field(key="maker", label="生产厂家", required=ALL_SHEETS),
    Field(key="production_licence", label="生产许可证号"),
    Field(key="conformity", label="产品合格证号"),
    Field(key="network_permit", label="入网许可证号"),
    Field(key="copies", label="复印件份数", kind=Kind.COUNT),
    Field(key="problem", label="存在问题", max_length=200),
)
PAPER_COLUMNS = (
    Field(key="name", label="资料名称", required=ALL_SHEETS),
    Field(key="state", label="收取情况", kind=Kind.CODE, codes="paper_states", required=ALL_SHEETS),
    Field(key="copies", label="份数", kind=Kind.COUNT),
    Field(key="note", label="说明"),
)
INSPECTOR_COLUMNS = (
    Field(key="department", label="部门", kind=Kind.CODE, codes="departments", required=ALL_SHEETS),
    Field(key="name", label="检查人", kind=Kind.NAME, required=ALL_SHEETS),
)
CONTENT_COLUMNS = (
    Field(key="item", label="检查内容", kind=Kind.CODE, codes="intermediate_contents", required=ALL_SHEETS),
    Field(key="outcome", label="检查情况", kind=Kind.CODE, codes="check_outcomes", required=ALL_SHEETS),
    Field(key="note", label="说明", max_length=200),
)

DEVICES = (
    Field(
        key="devices",
        label="主要设备及三证",
        kind=Kind.ROWS,
        columns=DEVICE_COLUMNS,
        required=ALL_SHEETS,
        group=CERTIFIED,
        hint="每台设备逐证核对原件,留存复印件;缺证、有问题的如实登记,补齐后再登记一次",
    ),
    Field(key="devices_copy", label="三证复印件扫描", kind=Kind.ATTACHMENT, group=CERTIFIED),
    Field(
        key="devices_own_choice",
        label="设备由客户自行采购,未指定",
        kind=Kind.FLAG,
        required=ALL_SHEETS,
        group=CERTIFIED,
    ),
    Field(key="devices_remarks", label="三证审查说明", kind=Kind.LONG_TEXT, max_length=300, group=CERTIFIED),
)
CONTRACTOR = (
    Field(
        key="builder_list",
        label="施工单位公开名录",
        kind=Kind.LONG_TEXT,
        max_length=2000,
        group=BUILDER,
        hint="全部入围单位,次序随机,供客户自行选择",
    ),
    Field(key="builder_name", label="客户选定的施工单位", required=ALL_SHEETS, group=BUILDER),
    Field(key="builder_licence", label="承装许可证编号", required=ALL_SHEETS, group=BUILDER),
    Field(
        key="builder_regime",
        label="施工许可等级制度",
        kind=Kind.CODE,
        codes="licence_regimes",
        required=ALL_SHEETS,
        group=BUILDER,
        hint="许可证按哪种制度发放,就按哪种制度判断",
    ),
    Field(
        key="builder_grade",
        label="施工许可等级",
        kind=Kind.CODE,
        codes="licence_grades",
        required=ALL_SHEETS,
        group=BUILDER,
    ),
    Field(key="builder_valid_from", label="施工许可自", kind=Kind.DATE, required=ALL_SHEETS, group=BUILDER),
    Field(key="builder_valid_until", label="施工许可至", kind=Kind.DATE, required=ALL_SHEETS, group=BUILDER),
    Field(key="builder_contact", label="施工联系人", kind=Kind.NAME, group=BUILDER),
    Field(key="builder_phone", label="施工单位电话", kind=Kind.LANDLINE, group=BUILDER),
    Field(
        key="builder_own_choice",
        label="由客户自行选择,未指定施工单位",
        kind=Kind.FLAG,
        required=ALL_SHEETS,
        group=BUILDER,
    ),
    Field(key="builder_copies", label="资质复印件", kind=Kind.COUNT, unit="份", group=BUILDER),
    Field(key="builder_copy", label="资质复印件扫描", kind=Kind.ATTACHMENT, group=BUILDER),
    Field(key="tester_name", on=HIGH_VOLTAGE, label="电气试验单位", required=HIGH_VOLTAGE, group=TESTER),
    Field(key="tester_licence", on=HIGH_VOLTAGE, label="承试许可证编号", required=HIGH_VOLTAGE, group=TESTER),
    Field(
        key="tester_regime",
        on=HIGH_VOLTAGE,
        label="试验许可等级制度",
        kind=Kind.CODE,
        codes="licence_regimes",
        required=HIGH_VOLTAGE,
        group=TESTER,
    ),
    Field(
        key="tester_grade",
        on=HIGH_VOLTAGE,
        label="试验许可等级",
        kind=Kind.CODE,
        codes="licence_grades",
        required=HIGH_VOLTAGE,
        group=TESTER,
    ),
    Field(
        key="tester_valid_until",
        on=HIGH_VOLTAGE,
        label="试验许可至",
        kind=Kind.DATE,
        required=HIGH_VOLTAGE,
        group=TESTER,
    ),
)
STARTED = (
    Field(key="construction_planned_start", label="计划开工日期", kind=Kind.DATE, group=START),
    Field(
        key="construction_started_on",
        label="实际开工日期",
        kind=Kind.DATE,
        required=ALL_SHEETS,
        group=START,
    ),
    Field(
        key="construction_expected_end",
        label="预计完工日期",
        kind=Kind.DATE,
        required=ALL_SHEETS,
        group=START,
    ),
    Field(
        key="hidden_works",
        label="有隐蔽工程",
        kind=Kind.FLAG,
        required=ALL_SHEETS,
        group=START,
        hint="接地装置、直埋电缆、电缆沟、暗敷管线、基础预埋等",
    ),
    Field(key="construction_foreman", label="施工负责人", kind=Kind.NAME, group=START),
    Field(key="construction_foreman_phone", label="施工负责人电话", kind=Kind.LANDLINE, group=START),
    Field(key="construction_content", label="施工内容", kind=Kind.LONG_TEXT, max_length=300, group=START),
)
PROGRESSED = (
    Field(
        key="construction_percent",
        label="设备安装进度",
        kind=Kind.NUMBER,
        unit="%",
        required=ALL_SHEETS,
        group=PROGRESS,
    ),
    Field(key="construction_new_end", label="现预计完工日期", kind=Kind.DATE, group=PROGRESS),
    Field(key="construction_finished_on", label="实际完工日期", kind=Kind.DATE, group=PROGRESS),
    Field(key="construction_delay", label="超期原因", kind=Kind.LONG_TEXT, max_length=300, group=PROGRESS),
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
FIELDS = (
    *DEVICES,
    *CONTRACTOR,
    *STARTED,
    *PROGRESSED,
    *APPLIED,
    *INSPECTED,
    *DELIVERED,
    *RECTIFIED,
    *CONTRACT_FIELDS,
)
