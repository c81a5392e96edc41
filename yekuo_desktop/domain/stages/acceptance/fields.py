"""Every field of stage 1, as on the official registration forms (附件3-1 … 3-4, 设备清单, 批量清单;
regulations.md 2.1–2.5, all [V]) plus what the counter records beside them (product.md, 1 业务受理)."""

from yekuo_desktop.domain.field import ALL_SHEETS, Field, Kind, Sheet, by_key

RESIDENT = frozenset({Sheet.RESIDENT})
NONRESIDENT = frozenset({Sheet.NONRESIDENT})
BATCH = frozenset({Sheet.BATCH})
HIGH = frozenset({Sheet.HIGH_VOLTAGE})
UNITS = NONRESIDENT | HIGH
SINGLE = RESIDENT | UNITS  # every form but the batch
LEGAL = NONRESIDENT | HIGH

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

APPLICATION = (
    Field(
        key="klass",
        label="客户类别",
        kind=Kind.CODE,
        codes="classes",
        required=ALL_SHEETS,
        aliases=(
            "用户类别",
            "客户分类",
            "客户类型",
            "用户分类",
        ),
    ),
    Field(
        key="business",
        label="业务类型",
        kind=Kind.CODE,
        codes="businesses",
        required=ALL_SHEETS,
        aliases=(
            "申请类型",
            "报装类型",
            "业务类别",
            "业务种类",
            "办理业务",
        ),
    ),
    Field(
        key="channel",
        label="受理渠道",
        kind=Kind.CODE,
        codes="channels",
        required=ALL_SHEETS,
        aliases=(
            "渠道",
            "申请渠道",
            "受理方式",
        ),
    ),
    Field(
        key="channel_reference",
        label="95598 工单号",
        aliases=("外部工单号", "95598工单编号", "工单编号", "工单号", "服务单号"),
    ),
    Field(
        key="official_number", label="营销系统编号", aliases=("营销系统申请编号",), hint="营销系统给出后补录"
    ),
)
CUSTOMER = (
    Field(
        key="customer_name",
        label="户名",
        kind=Kind.NAME,
        required=ALL_SHEETS,
        aliases=(
            "客户名称",
            "用户名称",
            "客户姓名",
            "姓名",
            "申请人",
            "客户",
            "用户名",
            "申请人姓名",
            "用户姓名",
            "单位名称",
            "企业名称",
            "客户户名",
            "用电户名",
            "户主",
            "户主姓名",
            "报装人",
        ),
    ),
    Field(
        key="account_no",
        label="户号",
        aliases=("用户编号", "客户编号", "用户号", "总户号"),
        hint="增容时必填",
    ),
    Field(key="customer_standing", label="客户身份", kind=Kind.CODE, codes="standings"),
    Field(
        key="identity_kind",
        label="证件类型",
        kind=Kind.CODE,
        codes="documents",
        on=SINGLE,
        required=SINGLE,
        aliases=("证件名称", "证件种类", "证件类别"),
    ),
    Field(
        key="identity_number",
        label="证件号码",
        kind=Kind.IDENTITY,
        identity_kind="identity_kind",
        on=SINGLE,
        required=SINGLE,
        aliases=(
            "身份证号",
            "身份证号码",
            "身份证",
            "证件号",
            "统一社会信用代码",
            "营业执照号",
            "公民身份号码",
            "居民身份证号",
            "身份证件号码",
            "证照号码",
            "有效证件号码",
            "社会信用代码",
            "营业执照号码",
        ),
    ),
    Field(key="legal_person", label="法人代表", kind=Kind.NAME, on=LEGAL, aliases=("法定代表人", "法人")),
    Field(
        key="legal_person_identity",
        label="法人身份证号",
        kind=Kind.IDENTITY,
        on=LEGAL,
        aliases=("法人代表身份证号", "法人身份证"),
    ),
    Field(
        key="mobile",
        label="移动电话",
        kind=Kind.MOBILE,
        aliases=(
            "联系电话",
            "手机",
            "手机号",
            "手机号码",
            "电话",
            "联系方式",
            "客户电话",
            "电话号码",
            "移动电话号码",
            "手机电话",
        ),
    ),
    Field(key="landline", label="固定电话", kind=Kind.LANDLINE, aliases=("座机",)),
    Field(key="mail_address", label="通信地址", max_length=200, aliases=("通讯地址",)),
    Field(key="postcode", label="邮编", kind=Kind.POSTCODE, aliases=("邮政编码",)),
    Field(key="email", label="电子邮箱", kind=Kind.EMAIL, aliases=("邮箱", "电子邮件")),
)
ADDRESS = (
    Field(key="address_county", label="县(市/区)", required=ALL_SHEETS, aliases=("县", "县区", "区县")),
    Field(key="address_town", label="街道(镇/乡)", aliases=("乡镇", "镇", "街道", "镇街", "所在乡镇")),
    Field(
        key="address_village",
        label="社区(居委会/村)",
        aliases=("村", "社区", "行政村", "村社区", "村委会"),
    ),
    Field(key="address_road", label="道路"),
    Field(key="address_estate", label="小区"),
    Field(key="address_group", label="组团(片区/组)", aliases=("组", "村民组", "小组")),
    Field(
        key="address_door",
        label="门牌及说明",
        max_length=120,
        aliases=(
            "门牌",
            "门牌号",
            "用电地址",
            "地址",
            "详细地址",
            "安装地址",
            "住址",
            "家庭住址",
            "用电地点",
            "装表地址",
            "报装地址",
            "申请用电地址",
            "用电详细地址",
        ),
    ),
)
AGENT = (
    Field(
        key="agent_name",
        label="经办人",
        kind=Kind.NAME,
        required=BATCH,
        aliases=("代办人", "联系人", "经办人姓名", "委托人", "代理人"),
    ),
    Field(
        key="agent_identity",
        label="经办人身份证号",
        kind=Kind.IDENTITY,
        required=BATCH,
        aliases=("经办人身份证",),
    ),
    Field(
        key="agent_mobile",
        label="经办人移动电话",
        kind=Kind.MOBILE,
        required=BATCH,
        aliases=("经办人电话", "经办人手机", "代办人电话", "联系人电话", "经办人联系电话"),
    ),
    Field(key="agent_landline", label="经办人固定电话", kind=Kind.LANDLINE),
    Field(key="authorised", label="授权委托书已收", kind=Kind.FLAG, on=SINGLE),
    Field(key="agency_name", label="经办单位", on=BATCH, required=BATCH),
    Field(key="agency_address", label="单位地址", on=BATCH),
    Field(key="fax", label="传真", kind=Kind.LANDLINE, on=BATCH),
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

GROUPS = {
    "申请": APPLICATION,
    "客户": CUSTOMER,
    "用电地址": ADDRESS,
    "经办人": AGENT,
    "用电需求": DEMAND,
    "服务确认": SERVICE,
    "增值税信息": VAT,
    "清单": ROWS,
    "备注": REMARKS,
}
FIELDS = tuple(field for group in GROUPS.values() for field in group)
BY_KEY = by_key(FIELDS)


def fields_on(sheet: Sheet) -> dict[str, tuple[Field, ...]]:
    """The fields of a form by block, without empty blocks."""
    blocks = {name: tuple(f for f in group if sheet in f.on) for name, group in GROUPS.items()}
    return {name: fields for name, fields in blocks.items() if fields}
