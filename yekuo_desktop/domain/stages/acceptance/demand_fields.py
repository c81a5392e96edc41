"""What is asked for: load, equipment, households, services, the tax invoice: the lower half of the forms."""

from yekuo_desktop.domain.field import ALL_SHEETS, Field, Kind
from yekuo_desktop.domain.stages.acceptance.sheets import BATCH, HIGH, NONRESIDENT, RESIDENT, SINGLE, UNITS

EQUIPMENT_COLUMNS = (
    Field(key="name", label="设备名称", required=ALL_SHEETS),
    Field(key="model", label="型号"),
    Field(key="quantity", label="数量", kind=Kind.COUNT, required=ALL_SHEETS),
    Field(key="total_capacity", label="总容量", kind=Kind.CAPACITY, unit="kW", required=ALL_SHEETS),
    Field(key="load_grade", label="负荷等级", kind=Kind.CODE, codes="load_nature"),
)
HOUSEHOLD_COLUMNS = (
    Field(key="building", label="幢"),
    Field(key="unit", label="单元"),
    Field(key="room", label="室号", required=ALL_SHEETS, aliases=("房号", "门牌号")),
    Field(key="name", label="户名", kind=Kind.NAME, required=ALL_SHEETS, aliases=("客户名称", "姓名")),
    Field(
        key="capacity",
        label="用电容量",
        kind=Kind.CAPACITY,
        unit="kW",
        required=ALL_SHEETS,
        aliases=("容量", "申请容量"),
    ),
    Field(
        key="identity",
        label="身份证或其他证件号码",
        kind=Kind.IDENTITY,
        aliases=("身份证号", "身份证号码", "证件号码", "证件号"),
    ),
    Field(key="mobile", label="移动电话", kind=Kind.MOBILE, aliases=("手机", "手机号", "联系电话", "电话")),
)

DEMAND = (
    Field(
        key="category",
        label="用电类别",
        kind=Kind.CODE,
        codes="categories",
        required=ALL_SHEETS,
        aliases=("用电性质", "用电分类", "用电用途", "电价类别"),
    ),
    Field(
        key="industry",
        label="行业",
        kind=Kind.CODE,
        codes="industries",
        on=UNITS,
        required=HIGH,
        aliases=("行业分类",),
    ),
    Field(
        key="capacity",
        label="申请容量",
        kind=Kind.CAPACITY,
        unit="kW",
        required=SINGLE,
        on=SINGLE,
        aliases=(
            "容量",
            "用电容量",
            "供电容量",
            "报装容量",
            "申请用电容量",
            "申请容量kW",
            "申请负荷",
            "用电负荷",
            "负荷",
            "装机容量",
        ),
        hint="高压按 kVA 填",
    ),
    Field(
        key="existing_capacity",
        label="原有容量",
        kind=Kind.CAPACITY,
        unit="kW",
        on=SINGLE,
        aliases=("原容量", "现有容量"),
    ),
    Field(
        key="total_capacity", label="合计容量", kind=Kind.CAPACITY, unit="kW", on=SINGLE, hint="申请加原有"
    ),
    Field(
        key="supply_mode", label="供电方式", kind=Kind.CODE, codes="supply_modes", on=RESIDENT | NONRESIDENT
    ),
    Field(key="first_source_load", label="第一路电源容量", kind=Kind.CAPACITY, unit="kW", on=HIGH),
    Field(key="second_source_load", label="第二路电源容量", kind=Kind.CAPACITY, unit="kW", on=HIGH),
    Field(key="second_existing_capacity", label="第二路原有容量", kind=Kind.CAPACITY, unit="kVA", on=HIGH),
    Field(key="second_capacity", label="第二路申请容量", kind=Kind.CAPACITY, unit="kVA", on=HIGH),
    Field(key="load_nature", label="负荷性质", kind=Kind.CODE, codes="load_nature", on=UNITS),
    Field(key="importance", label="重要客户等级", kind=Kind.CODE, codes="importance", on=HIGH),
    Field(key="nonlinear_load", label="非线性负荷", kind=Kind.FLAG, on=HIGH),
    Field(key="own_supply", label="自备电源", kind=Kind.FLAG, on=HIGH),
    Field(key="own_supply_capacity", label="自备电源容量", kind=Kind.CAPACITY, unit="kW", on=HIGH),
    Field(key="household_count", label="申请户数", kind=Kind.COUNT, unit="户", on=BATCH, required=BATCH),
    Field(
        key="household_capacity", label="单户容量", kind=Kind.CAPACITY, unit="kW", on=BATCH, required=BATCH
    ),
    Field(key="batch_capacity", label="总容量", kind=Kind.CAPACITY, unit="kW", on=BATCH, required=BATCH),
    Field(
        key="wished_date",
        label="期望送电日期",
        kind=Kind.DATE,
        aliases=("意向接电时间", "希望送电时间", "要求送电日期", "期望用电时间", "要求送电时间"),
    ),
)
SERVICE = (
    Field(key="tariff", label="电价", on=RESIDENT),
    Field(key="added_service", label="增值服务", on=RESIDENT),
    Field(key="fee_name", label="收费名称", on=RESIDENT),
    Field(key="fee_amount", label="收费金额", kind=Kind.MONEY, unit="元", on=RESIDENT),
    Field(key="other_notes", label="其他说明", kind=Kind.LONG_TEXT, on=RESIDENT, max_length=200),
)
VAT = (
    Field(key="vat_wanted", label="需要增值税发票", kind=Kind.FLAG, on=UNITS),
    Field(key="vat_name", label="增值税户名", on=UNITS),
    Field(key="vat_address", label="纳税地址", on=UNITS),
    Field(key="vat_phone", label="纳税联系电话", kind=Kind.LANDLINE, on=UNITS),
    Field(
        key="vat_number", label="纳税证号", kind=Kind.CREDIT_CODE, on=UNITS, aliases=("税号", "纳税人识别号")
    ),
    Field(key="vat_bank", label="开户银行", on=UNITS),
    Field(key="vat_account", label="银行账号", kind=Kind.BANK_ACCOUNT, on=UNITS),
)
ROWS = (
    Field(key="equipment", label="主要用电设备清单", kind=Kind.ROWS, columns=EQUIPMENT_COLUMNS, on=UNITS),
    Field(key="demand_load", label="需求负荷", kind=Kind.CAPACITY, unit="kW", on=UNITS),
    Field(key="households", label="低压批量用电清单", kind=Kind.ROWS, columns=HOUSEHOLD_COLUMNS, on=BATCH),
)
REMARKS = (
    Field(
        key="remarks",
        label="备注",
        kind=Kind.LONG_TEXT,
        max_length=500,
        aliases=("申请备注", "说明", "备注说明"),
    ),
)
