"""The fields of stage 4 before the inspection: certificates of the devices, the builder's licence, the works
(种子文件 四; regulations.md 2.12, 3.3)."""

from yekuo_desktop.domain.field import ALL_SHEETS, HIGH_VOLTAGE, Field, Kind
from yekuo_desktop.domain.free_choice import LIST_LENGTH
from yekuo_desktop.domain.stages.construction.contract_fields import CONTRACT_FIELDS
from yekuo_desktop.domain.stages.construction.grid_works import GRID_FIELDS
from yekuo_desktop.domain.stages.construction.inspection_fields import INSPECTION_FIELDS

CERTIFIED, BUILDER, TESTER = "设备三证", "施工单位", "试验单位"
START, PROGRESS = "开工", "施工进度"

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
        label="客户自购,未指定",
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
        max_length=LIST_LENGTH,
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
        label="客户自选,未指定",
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
FIELDS = (
    *DEVICES,
    *CONTRACTOR,
    *STARTED,
    *PROGRESSED,
    *GRID_FIELDS,
    *INSPECTION_FIELDS,
    *CONTRACT_FIELDS,
)
