"""The supply plan: every blank of 供电方案答复单 and 高压客户供电方案 (附件5, regulations.md 2.7, 2.8).

``sources`` and ``metering_points`` are defined once for low and once for high voltage, with other columns;
a case has one of the two.
"""

from typing import Any

from msgspec.structs import replace

from yekuo_desktop.domain.field import ALL_SHEETS, HIGH_VOLTAGE, LOW_VOLTAGE, Field, Kind, Sheet
from yekuo_desktop.domain.stages.survey.plan_columns import (
    FEE_COLUMNS,
    HIGH_METERING_COLUMNS,
    HIGH_SOURCE_COLUMNS,
    LOW_METERING_COLUMNS,
    LOW_SOURCE_COLUMNS,
    RECEIVING_COLUMNS,
)

ESTATES = HIGH_VOLTAGE | {Sheet.BATCH}
CAPACITY, MODE = "结论、容量与电压", "供电方式"
RECEIVING, METERING, CHARGES = "受电方式", "计量", "电价与业务收费"
ESTATE_GROUP, WORDS = "居民小区", "备注与说明"
POSSIBLE, IMPOSSIBLE = "possible", "impossible"  # codes of resources/codes/supply_conclusions.toml
GIVEN = ("supply_conclusion", POSSIBLE)


def _planned(group: str, key: str, label: str, kind: Kind = Kind.TEXT, **parts: Any) -> Field:
    """A blank of a plan that can be supplied; a refusal asks for its reason only."""
    parts.setdefault("given", GIVEN)
    return Field(key=key, label=label, kind=kind, group=group, **parts)


def _high(group: str, key: str, label: str, kind: Kind = Kind.TEXT, **parts: Any) -> Field:
    """A blank of the high voltage plan only."""
    return _planned(group, key, label, kind, on=HIGH_VOLTAGE, **parts)


def _estate(key: str, label: str, kind: Kind, **parts: Any) -> Field:
    """A blank of 居民小区高压供电方案."""
    return _planned(ESTATE_GROUP, key, label, kind, on=ESTATES, given=("estate", "yes"), **parts)


SUPPLY_CONCLUSION = Field(
    key="supply_conclusion",
    label="供电条件",
    kind=Kind.CODE,
    codes="supply_conclusions",
    required=ALL_SHEETS,
    group=CAPACITY,
)
SUPPLY_REFUSAL = Field(
    key="supply_refusal",
    label="不具备供电条件的原因",
    kind=Kind.LONG_TEXT,
    max_length=500,
    required=ALL_SHEETS,
    given=("supply_conclusion", IMPOSSIBLE),
    group=CAPACITY,
    hint="一次写明原因和客户可以怎样做,按时限书面答复客户",
)
IMPORTANCE = Field(
    key="importance",
    label="重要客户等级",
    kind=Kind.CODE,
    codes="importance",
    on=HIGH_VOLTAGE,
    group=CAPACITY,
    hint="高压答复单的“拟定客户分级”",
)
ESTATE = Field(key="estate", label="居民住宅小区", kind=Kind.FLAG, on=ESTATES, group=ESTATE_GROUP)
PLAN_CAPACITY = (
    _planned(
        CAPACITY,
        "plan_capacity",
        "供电容量",
        Kind.CAPACITY,
        required=ALL_SHEETS,
        hint="低压按 kW,高压按 kVA",
    ),
    _planned(CAPACITY, "supply_voltage", "供电电压", Kind.CODE, codes="voltages", required=ALL_SHEETS),
    replace(IMPORTANCE, given=GIVEN),
    _high(CAPACITY, "plan_equipment", "用电设备总容量", Kind.CAPACITY, unit="kVA"),
    _high(CAPACITY, "calculated_load", "计算负荷", Kind.CAPACITY, unit="kW", required=HIGH_VOLTAGE),
    _high(CAPACITY, "first_class_load", "一级负荷", Kind.NUMBER, unit="kW"),
    _high(CAPACITY, "second_class_load", "二级负荷", Kind.NUMBER, unit="kW"),
)
PLAN_MODE = (
    _high(MODE, "source_type", "电源类型", Kind.CODE, codes="source_types", required=HIGH_VOLTAGE),
    _planned(
        MODE,
        "sources",
        "电源",
        Kind.ROWS,
        columns=LOW_SOURCE_COLUMNS,
        on=LOW_VOLTAGE,
        required=LOW_VOLTAGE,
    ),
    _high(MODE, "sources", "电源", Kind.ROWS, columns=HIGH_SOURCE_COLUMNS, required=HIGH_VOLTAGE),
    _high(MODE, "source_interlock", "电源联锁", Kind.CODE, codes="interlocks"),
    _high(MODE, "source_transfer", "电源切换", Kind.CODE, codes="transfers"),
)
PLAN_RECEIVING = (
    _high(
        RECEIVING,
        "receiving_points",
        "受电点",
        Kind.ROWS,
        columns=RECEIVING_COLUMNS,
        required=HIGH_VOLTAGE,
    ),
    _high(RECEIVING, "main_wiring", "主接线", Kind.CODE, codes="main_wirings", required=HIGH_VOLTAGE),
    _high(RECEIVING, "control_device", "控制设备", Kind.CODE, codes="control_devices"),
    _high(RECEIVING, "operation_mode", "运行方式", max_length=200),
    _high(RECEIVING, "protection", "保护与闭锁", max_length=200),
    _high(RECEIVING, "harmonics", "谐波治理", max_length=200),
    _high(RECEIVING, "plan_own_supply", "自备应急(保安)电源容量", Kind.CAPACITY, unit="kW"),
    _high(RECEIVING, "plan_own_supply_lock", "自备电源闭锁方式", Kind.CODE, codes="own_supply_locks"),
    _high(
        RECEIVING,
        "ownership_boundary",
        "产权及维护分界点",
        Kind.LONG_TEXT,
        required=HIGH_VOLTAGE,
        max_length=300,
    ),
)
PLAN_METERING = (
    _planned(
        METERING,
        "metering_points",
        "计量点",
        Kind.ROWS,
        columns=LOW_METERING_COLUMNS,
        on=LOW_VOLTAGE,
        required=LOW_VOLTAGE,
    ),
    _high(
        METERING,
        "metering_points",
        "计量点",
        Kind.ROWS,
        columns=HIGH_METERING_COLUMNS,
        required=HIGH_VOLTAGE,
    ),
    _planned(METERING, "meter_box_place", "表箱安装位置", on=LOW_VOLTAGE, max_length=200),
)
PLAN_CHARGES = (
    _planned(
        CHARGES,
        "tariff_system",
        "电价制度",
        Kind.CODE,
        codes="tariff_systems",
        required=ALL_SHEETS,
    ),
    _planned(CHARGES, "plan_tariff", "电价类别", Kind.CODE, codes="categories", required=ALL_SHEETS),
    _planned(
        CHARGES,
        "power_factor_standard",
        "功率因数标准",
        Kind.CODE,
        codes="power_factors",
        required=HIGH_VOLTAGE,
    ),
    _high(CHARGES, "reactive_capacity", "无功补偿容量", Kind.NUMBER, unit="kvar"),
    _planned(
        CHARGES,
        "fees",
        "业务费用",
        Kind.ROWS,
        columns=FEE_COLUMNS,
        hint="没有费用就不填;每一项写明收费依据,不在目录内的不得收取",
    ),
)
PLAN_ESTATE = (
    replace(ESTATE, given=GIVEN),
    _estate("estate_area", "建筑面积", Kind.NUMBER, unit="m²"),
    _estate("estate_buildings", "建筑类型", Kind.CODE, codes="building_types"),
    _estate("estate_housing_area", "住宅面积", Kind.NUMBER, unit="m²"),
    _estate("estate_households", "住户数", Kind.COUNT, unit="户"),
    _estate("estate_commercial_area", "商业面积", Kind.NUMBER, unit="m²"),
    _estate("estate_public_area", "公建面积", Kind.NUMBER, unit="m²"),
    _estate("estate_switching_stations", "开闭所", Kind.NUMBER, unit="座"),
    _estate("estate_substations", "配电站", Kind.NUMBER, unit="座"),
    _estate("estate_tie_cabinets", "联络柜", Kind.NUMBER, unit="面"),
    _estate("estate_range", "供电范围", Kind.LONG_TEXT, max_length=300),
)
PLAN_WORDS = (
    _planned(WORDS, "customer_duties", "需客户配合事项", Kind.LONG_TEXT, on=LOW_VOLTAGE, max_length=300),
    _planned(WORDS, "plan_notes", "方案说明", Kind.LONG_TEXT, max_length=500),
)
DRAFTED = (
    SUPPLY_CONCLUSION,
    SUPPLY_REFUSAL,
    *PLAN_CAPACITY,
    *PLAN_MODE,
    *PLAN_RECEIVING,
    *PLAN_METERING,
    *PLAN_CHARGES,
    *PLAN_ESTATE,
    *PLAN_WORDS,
)
"""What ``plan.drafted`` records."""
