"""The fields of the works that are reported complete (regulations.md 2.11 工程, 受电设备 [S-DECL][S-DM])."""

from yekuo_desktop.domain.field import ALL_SHEETS, HIGH_VOLTAGE, Field, Kind

SITE, UNITS, DEVICES = "工程概况", "参建单位", "受电设备"

UNIT_COLUMNS = (
    Field(key="works_role", label="承担", kind=Kind.CODE, codes="works_unit_roles", required=ALL_SHEETS),
    Field(key="name", label="单位名称", required=ALL_SHEETS),
    Field(key="unit_code", label="单位代码"),
    Field(key="certificate", label="资格证编号", required=ALL_SHEETS),
    Field(key="grade", label="资质等级", required=ALL_SHEETS),
    Field(key="valid_until", label="有效期限", kind=Kind.DATE, required=ALL_SHEETS),
    Field(key="handler", label="经手人", kind=Kind.NAME),
)
DEVICE_COLUMNS = (
    Field(key="name", label="设备名称", required=ALL_SHEETS),
    Field(key="type", label="类型"),
    Field(key="spec", label="规格"),
    Field(key="quantity", label="数量", kind=Kind.COUNT, required=ALL_SHEETS),
    Field(key="unit_capacity", label="单台容量", kind=Kind.CAPACITY),
    Field(key="total_capacity", label="总容量", kind=Kind.CAPACITY),
    Field(key="device_voltage", label="电压", kind=Kind.CODE, codes="voltages"),
    Field(key="maker", label="厂家"),
    Field(key="device_place", label="安装位置"),
)
WORKS = (
    Field(key="works_name", label="工程名称", required=ALL_SHEETS, max_length=120, group=SITE),
    Field(key="works_no", label="工程编号", group=SITE),
    Field(key="works_category", label="工程类别", group=SITE),
    Field(key="works_type", label="工程类型", kind=Kind.CODE, codes="works_types", group=SITE),
    Field(
        key="works_capacity",
        label="施工容量",
        kind=Kind.CAPACITY,
        required=ALL_SHEETS,
        group=SITE,
        hint="低压按 kW,高压按 kVA",
    ),
    Field(key="works_scale", label="工程规模", max_length=200, group=SITE),
    Field(key="works_started_on", label="工程开工日期", kind=Kind.DATE, required=ALL_SHEETS, group=SITE),
    Field(key="works_finished_on", label="交工日期", kind=Kind.DATE, required=ALL_SHEETS, group=SITE),
    Field(key="works_customer_rep", label="客户代表", kind=Kind.NAME, group=SITE),
    Field(key="works_leader", label="项目负责人", kind=Kind.NAME, group=SITE),
    Field(key="works_cost", label="工程造价", kind=Kind.MONEY, unit="元", group=SITE),
    Field(key="works_quality", label="质量评定", group=SITE),
    Field(key="works_done", label="工程施工内容", kind=Kind.LONG_TEXT, max_length=300, group=SITE),
    Field(key="works_changes", label="设计变更", kind=Kind.LONG_TEXT, max_length=300, group=SITE),
    Field(key="works_remarks", label="报验备注", kind=Kind.LONG_TEXT, max_length=200, group=SITE),
    Field(
        key="works_units",
        label="设计、施工、试验单位",
        kind=Kind.ROWS,
        columns=UNIT_COLUMNS,
        required=HIGH_VOLTAGE,
        group=UNITS,
    ),
    Field(
        key="completion_devices",
        label="受电设备清单",
        kind=Kind.ROWS,
        columns=DEVICE_COLUMNS,
        required=HIGH_VOLTAGE,
        group=DEVICES,
    ),
)
