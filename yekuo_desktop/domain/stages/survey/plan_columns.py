"""The columns of the rows of a supply plan (附件5, regulations.md 2.7, 2.8): sources, receiving points,
metering points, fees. Low and high voltage ask for other columns; a key means the same in both."""

from yekuo_desktop.domain.field import ALL_SHEETS, Field, Kind

FEE_COLUMNS = (
    Field(key="name", label="费用名称", kind=Kind.CODE, codes="fee_items", required=ALL_SHEETS),
    Field(key="unit_price", label="单价", kind=Kind.MONEY),
    Field(key="quantity", label="数量(容量)", kind=Kind.CAPACITY),
    Field(key="amount", label="应收金额", kind=Kind.MONEY, unit="元", required=ALL_SHEETS),
    Field(key="basis", label="收费依据", required=ALL_SHEETS, max_length=200),
)
_ROLE = Field(key="role", label="电源性质", kind=Kind.CODE, codes="source_roles", required=ALL_SHEETS)
_VOLTAGE = Field(key="voltage", label="供电电压", kind=Kind.CODE, codes="voltages", required=ALL_SHEETS)
_LAYING = Field(key="laying", label="敷设方式", kind=Kind.CODE, codes="laying_modes")
LOW_SOURCE_COLUMNS = (
    _ROLE,
    _VOLTAGE,
    Field(key="capacity", label="供电容量", kind=Kind.CAPACITY, unit="kW", required=ALL_SHEETS),
    Field(key="area", label="变压器(台区)", required=ALL_SHEETS),
    Field(key="pole", label="接入点杆号/分支箱号", required=ALL_SHEETS),
    Field(key="boundary", label="产权分界点", required=ALL_SHEETS),
    _LAYING,
)
HIGH_SOURCE_COLUMNS = (
    _ROLE,
    _VOLTAGE,
    Field(key="capacity", label="供电容量", kind=Kind.CAPACITY, unit="kVA", required=ALL_SHEETS),
    Field(key="substation", label="变电所", required=ALL_SHEETS),
    Field(key="bus", label="母线段"),
    Field(key="switch", label="开关"),
    Field(key="line", label="线路", required=ALL_SHEETS),
    Field(key="line_type", label="线路性质", kind=Kind.CODE, codes="line_types", required=ALL_SHEETS),
    Field(key="pole", label="接入点杆号/分支箱号"),
    _LAYING,
    Field(key="conductor", label="线路型号与参数"),
)
RECEIVING_COLUMNS = (
    Field(key="point", label="受电点", required=ALL_SHEETS),
    Field(key="transformer", label="变压器", kind=Kind.CODE, codes="transformer_types", required=ALL_SHEETS),
    Field(key="transformers", label="台数", kind=Kind.COUNT, required=ALL_SHEETS),
    Field(key="unit_capacity", label="单台容量", kind=Kind.CAPACITY, unit="kVA", required=ALL_SHEETS),
    Field(key="incoming", label="进线柜", kind=Kind.NUMBER),
    Field(key="metering", label="计量柜", kind=Kind.NUMBER),
    Field(key="pt_cabinets", label="PT柜", kind=Kind.NUMBER),
    Field(key="feeders", label="馈电柜", kind=Kind.NUMBER),
    Field(key="capacitors", label="电容柜", kind=Kind.NUMBER),
    Field(key="other_cabinets", label="其它柜", kind=Kind.NUMBER),
)
_POINT = (
    Field(key="group_no", label="组号"),
    Field(key="category", label="电价类别", kind=Kind.CODE, codes="categories", required=ALL_SHEETS),
    Field(key="share", label="定量定比"),
    Field(key="place", label="装设位置", required=ALL_SHEETS),
    Field(key="mode", label="计量方式", kind=Kind.CODE, codes="metering_modes", required=ALL_SHEETS),
    Field(key="wiring", label="接线方式", kind=Kind.CODE, codes="wirings", required=ALL_SHEETS),
    Field(key="meter", label="电能表规格", required=ALL_SHEETS),
    Field(key="meter_accuracy", label="电能表精度", required=ALL_SHEETS),
)
_TRANSFORMERS = (
    Field(key="ct", label="CT变比"),
    Field(key="ct_accuracy", label="CT精度"),
)
_READING = (
    Field(key="collection", label="采集方式"),
    Field(key="payment", label="付费方式", kind=Kind.CODE, codes="payment_modes"),
)
LOW_METERING_COLUMNS = (*_POINT, *_TRANSFORMERS, *_READING)
HIGH_METERING_COLUMNS = (
    *_POINT,
    Field(key="pt", label="PT变比"),
    Field(key="pt_accuracy", label="PT精度"),
    *_TRANSFORMERS,
    *_READING,
)
COLUMNS = (
    *FEE_COLUMNS,
    *LOW_SOURCE_COLUMNS,
    *HIGH_SOURCE_COLUMNS,
    *RECEIVING_COLUMNS,
    *HIGH_METERING_COLUMNS,
)
