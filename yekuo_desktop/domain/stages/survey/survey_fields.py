"""What the survey found on the spot: 现场勘查单 (附件4, regulations.md 2.6, [V]) in its order. Circumstances
that rules depend on are recorded under the names of rules.CONDITIONS."""

from typing import Any

from msgspec.structs import replace

from yekuo_desktop.domain.field import ALL_SHEETS, HIGH_VOLTAGE, LOW_VOLTAGE, Field, Kind, Sheet
from yekuo_desktop.domain.stages.survey.plan_fields import (
    ESTATE,
    IMPORTANCE,
    SUPPLY_CONCLUSION,
    SUPPLY_REFUSAL,
)

UNITS = ALL_SHEETS - {Sheet.RESIDENT}
TRADED = frozenset({Sheet.NONRESIDENT, Sheet.HIGH_VOLTAGE})  # the forms that ask for the industry
SINGLE_LOW = LOW_VOLTAGE - {Sheet.BATCH}
VERIFIED, ACCESS, RECEIVING = "申请与核定", "接入点信息", "受电点信息"
METERING, EQUIPMENT, CONDITIONS = "计量点信息", "主要用电设备", "勘查认定的情况"
SKETCH, RESULT = "供电简图与现场照片", "勘查结论"

EQUIPMENT_COLUMNS = (
    Field(key="name", label="设备名称", required=ALL_SHEETS),
    Field(key="model", label="型号"),
    Field(key="quantity", label="数量", kind=Kind.COUNT, required=ALL_SHEETS),
    Field(key="total_capacity", label="总容量", kind=Kind.CAPACITY, unit="kW", required=ALL_SHEETS),
    Field(key="note", label="备注"),
)


def _flag(key: str, label: str, **parts: Any) -> Field:
    """A circumstance under the name of its condition."""
    return Field(key=key, label=label, kind=Kind.FLAG, group=CONDITIONS, **parts)


FOUND = (
    Field(
        key="survey_category_same",
        label="用电类别与申请一致",
        kind=Kind.FLAG,
        required=ALL_SHEETS,
        group=VERIFIED,
    ),
    Field(
        key="survey_category",
        label="核定用电类别",
        kind=Kind.CODE,
        codes="categories",
        required=ALL_SHEETS,
        given=("survey_category_same", "no"),
        group=VERIFIED,
    ),
    Field(
        key="survey_industry_same",
        label="行业分类与申请一致",
        kind=Kind.FLAG,
        on=TRADED,
        required=TRADED,
        group=VERIFIED,
    ),
    Field(
        key="survey_industry",
        label="核定行业分类",
        kind=Kind.CODE,
        codes="industries",
        on=TRADED,
        required=TRADED,
        given=("survey_industry_same", "no"),
        group=VERIFIED,
    ),
    Field(
        key="survey_voltage",
        label="核定供电电压",
        kind=Kind.CODE,
        codes="voltages",
        required=ALL_SHEETS,
        group=VERIFIED,
    ),
    Field(
        key="survey_capacity",
        label="核定用电容量",
        kind=Kind.CAPACITY,
        required=ALL_SHEETS,
        group=VERIFIED,
        hint="低压按 kW,高压按 kVA",
    ),
    Field(key="survey_source", label="电源点", required=ALL_SHEETS, max_length=200, group=ACCESS),
    Field(key="survey_route", label="线路敷设方式及路径", max_length=300, group=ACCESS),
    Field(key="survey_access_equipment", label="电气设备情况", max_length=300, group=ACCESS),
    Field(
        key="survey_transformer_capacity",
        label="变压器容量",
        kind=Kind.CAPACITY,
        unit="kVA",
        on=HIGH_VOLTAGE,
        required=HIGH_VOLTAGE,
        group=RECEIVING,
    ),
    Field(
        key="survey_works",
        label="建设类型",
        kind=Kind.CODE,
        codes="receiving_kinds",
        on=HIGH_VOLTAGE,
        group=RECEIVING,
    ),
    Field(
        key="survey_site_kind",
        label="建议类型",
        kind=Kind.CODE,
        codes="site_kinds",
        on=HIGH_VOLTAGE,
        group=RECEIVING,
    ),
    Field(
        key="survey_transformer",
        label="建议变压器",
        kind=Kind.CODE,
        codes="transformer_fillings",
        on=HIGH_VOLTAGE,
        group=RECEIVING,
    ),
    Field(key="survey_facility", label="设施建设类型", on=LOW_VOLTAGE, group=RECEIVING),
    Field(
        key="survey_main_equipment",
        label="主要设备特性",
        on=LOW_VOLTAGE,
        max_length=300,
        group=RECEIVING,
    ),
    Field(
        key="survey_metering_place",
        label="计量装置安装位置",
        required=ALL_SHEETS,
        max_length=200,
        group=METERING,
    ),
    Field(
        key="survey_equipment",
        label="主要用电设备",
        kind=Kind.ROWS,
        columns=EQUIPMENT_COLUMNS,
        on=SINGLE_LOW,
        group=EQUIPMENT,
    ),
    Field(key="survey_other", label="其他", max_length=300, group=EQUIPMENT),
    Field(key="survey_remarks", label="勘查备注", kind=Kind.LONG_TEXT, max_length=500, group=EQUIPMENT),
)

CIRCUMSTANCES = (
    _flag("direct_metering", "可直接装表", on=LOW_VOLTAGE, hint="电源已到表位,装表即可用电"),
    _flag(
        "same_day_service",
        "当日受理、次日接电",
        on=frozenset({Sheet.RESIDENT}),
        hint="按“当日受理、次日接电”办理的选“是”,次日装表、归档",
    ),
    _flag("receiving_works", "有受电工程", on=UNITS),
    _flag("hidden_works", "有隐蔽工程", on=UNITS, hint="没有隐蔽工程的不做中间检查,请如实认定"),
    _flag("grid_works", "有业扩配套工程"),
    _flag("external_line", "有外线工程"),
    replace(IMPORTANCE, group=CONDITIONS),
    _flag("nonlinear", "有非线性负荷", on=TRADED),
    _flag("impact", "有冲击性负荷", on=TRADED),
    _flag("own_supply", "有自备应急电源", on=HIGH_VOLTAGE),
    _flag("two_high", "两高项目", on=HIGH_VOLTAGE),
    _flag("restricted_access", "电网接入受限", on=UNITS),
    _flag("three_zero", "属三零服务(小微企业等)", on=frozenset({Sheet.NONRESIDENT})),
    _flag("public_facility", "无产权的公共设施", on=frozenset({Sheet.NONRESIDENT})),
    _flag("charging_pile", "充电桩", on=SINGLE_LOW),
    replace(ESTATE, group=CONDITIONS),
)
PICTURES = (
    Field(key="survey_sketch", label="供电简图", kind=Kind.ATTACHMENT, group=SKETCH),
    Field(key="survey_photo", label="现场照片", kind=Kind.ATTACHMENT, group=SKETCH),
    Field(key="survey_photo_source", label="电源点照片", kind=Kind.ATTACHMENT, on=UNITS, group=SKETCH),
    Field(key="survey_photo_place", label="受电点照片", kind=Kind.ATTACHMENT, on=UNITS, group=SKETCH),
)
OUTCOME = (
    replace(SUPPLY_CONCLUSION, group=RESULT),
    replace(SUPPLY_REFUSAL, group=RESULT),
    Field(
        key="survey_violation",
        label="发现违约用电、窃电嫌疑",
        kind=Kind.FLAG,
        group=RESULT,
        hint="有嫌疑的暂停办理,处理完毕后继续",
    ),
    Field(
        key="survey_violation_words",
        label="嫌疑情况",
        kind=Kind.LONG_TEXT,
        max_length=300,
        required=ALL_SHEETS,
        given=("survey_violation", "yes"),
        group=RESULT,
    ),
    Field(key="survey_customer", label="客户现场代表", kind=Kind.NAME, required=HIGH_VOLTAGE, group=RESULT),
    Field(
        key="survey_agreed",
        label="供电方式、计量方式、受电点已与客户商定",
        kind=Kind.FLAG,
        on=UNITS,
        group=RESULT,
    ),
    Field(
        key="survey_signers",
        label="勘查人",
        required=ALL_SHEETS,
        group=RESULT,
        hint="到现场的人,多人用顿号分开;勘查单上由本人签名",
    ),
)
SURVEYED = (*FOUND, *CIRCUMSTANCES, *PICTURES, *OUTCOME)
