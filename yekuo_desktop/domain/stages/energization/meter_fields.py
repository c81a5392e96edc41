"""The fields of the meter after the trial energization: readings, phases, tests, seals, the signature of the
customer (种子文件 六; regulations.md 1.3, 2.12 装拆表)."""

from yekuo_desktop.domain.field import ALL_SHEETS, Field, Kind
from yekuo_desktop.domain.people import Role

READINGS, WIRING, TESTS, RESULT = "示数", "接线与相序", "预付费试验", "核表结论"
REMEDY, SEALS, REMOVED, SIGNED = "整改", "封签", "拆回计量装置", "客户签认"

READING_COLUMNS = (
    Field(key="asset_no", label="电能表资产编号", required=ALL_SHEETS),
    Field(key="register", label="示数类型", kind=Kind.CODE, codes="meter_registers", required=ALL_SHEETS),
    Field(key="reading", label="起码", kind=Kind.NUMBER, required=ALL_SHEETS),
)
PHASE_COLUMNS = (
    Field(key="asset_no", label="电能表资产编号", required=ALL_SHEETS),
    Field(key="phase", label="相别", kind=Kind.CODE, codes="meter_phases", required=ALL_SHEETS),
    Field(key="volt", label="电压", kind=Kind.NUMBER, unit="V", required=ALL_SHEETS),
    Field(key="ampere", label="电流", kind=Kind.NUMBER, unit="A", required=ALL_SHEETS),
    Field(key="factor", label="功率因数", kind=Kind.NUMBER),
)
REPLACEMENT_COLUMNS = (
    Field(key="old_asset", label="换下的表号", required=ALL_SHEETS),
    Field(key="new_asset", label="换上的表号", required=ALL_SHEETS),
    Field(key="meter", label="电能表规格及精度"),
    Field(key="reading", label="换下时示数", kind=Kind.NUMBER),
)
SEAL_COLUMNS = (
    Field(key="asset_no", label="电能表资产编号", required=ALL_SHEETS),
    Field(key="seal_place", label="加封位置", kind=Kind.CODE, codes="seal_places", required=ALL_SHEETS),
    Field(key="seal_no", label="封签编号", required=ALL_SHEETS),
)
REMOVED_COLUMNS = (
    Field(key="asset_no", label="电能表资产编号", required=ALL_SHEETS),
    Field(key="meter", label="电能表规格及精度"),
    Field(key="register", label="示数类型", kind=Kind.CODE, codes="meter_registers", required=ALL_SHEETS),
    Field(key="reading", label="止码", kind=Kind.NUMBER, required=ALL_SHEETS),
    Field(key="seal_no", label="拆下的封签编号"),
)
CHECKED = (
    Field(
        key="meter_nameplate_right",
        label="客户信息、铭牌、合格标志无误",
        kind=Kind.FLAG,
        required=ALL_SHEETS,
        group=READINGS,
    ),
    Field(
        key="meter_readings",
        label="各示数起码",
        kind=Kind.ROWS,
        columns=READING_COLUMNS,
        required=ALL_SHEETS,
        group=READINGS,
    ),
    Field(
        key="meter_phases",
        label="各相电压、电流",
        kind=Kind.ROWS,
        columns=PHASE_COLUMNS,
        required=ALL_SHEETS,
        group=WIRING,
    ),
    Field(
        key="meter_phase_sequence",
        label="相序",
        kind=Kind.CODE,
        codes="phase_sequences",
        required=ALL_SHEETS,
        group=WIRING,
    ),
    Field(
        key="meter_wiring_right",
        label="接线正确",
        kind=Kind.FLAG,
        required=ALL_SHEETS,
        group=WIRING,
    ),
    Field(
        key="meter_prepaid",
        label="装有预付费",
        kind=Kind.FLAG,
        required=ALL_SHEETS,
        group=TESTS,
    ),
    Field(
        key="meter_alarm_test",
        label="预购电报警试验",
        kind=Kind.CODE,
        codes="test_results",
        required=ALL_SHEETS,
        group=TESTS,
        given=("meter_prepaid", "yes"),
    ),
    Field(
        key="meter_trip_test",
        label="跳闸试验",
        kind=Kind.CODE,
        codes="test_results",
        required=ALL_SHEETS,
        group=TESTS,
        given=("meter_prepaid", "yes"),
    ),
    Field(
        key="meter_check_result",
        label="现场核表结论",
        kind=Kind.CODE,
        codes="inspection_results",
        required=ALL_SHEETS,
        group=RESULT,
    ),
    Field(
        key="meter_faults",
        label="不合格的情况",
        kind=Kind.LONG_TEXT,
        required=ALL_SHEETS,
        max_length=300,
        group=RESULT,
        given=("meter_check_result", "failed"),
    ),
    Field(key="meter_check_witness", label="核表时客户在场人员", kind=Kind.NAME, group=RESULT),
)
RECTIFIED = (
    Field(
        key="meter_remedy",
        label="整改措施和结果",
        kind=Kind.LONG_TEXT,
        required=ALL_SHEETS,
        max_length=300,
        group=REMEDY,
    ),
    Field(key="meter_remedied_by", label="整改人", kind=Kind.NAME, required=ALL_SHEETS, group=REMEDY),
    Field(
        key="meter_replacements",
        label="更换的电能表",
        kind=Kind.ROWS,
        columns=REPLACEMENT_COLUMNS,
        group=REMEDY,
    ),
)
SEALED = (
    Field(
        key="seals",
        label="封签",
        kind=Kind.ROWS,
        columns=SEAL_COLUMNS,
        required=ALL_SHEETS,
        group=SEALS,
        hint="核表合格后才加封;一个位置一行",
    ),
    Field(
        key="meter_sealer",
        label="加封人",
        kind=Kind.PERSON,
        roles=frozenset({Role.METERING}),
        required=ALL_SHEETS,
        group=SEALS,
    ),
    Field(
        key="meters_removed",
        label="拆回的电能表",
        kind=Kind.ROWS,
        columns=REMOVED_COLUMNS,
        group=REMOVED,
        hint="增容、换表拆回的,登记止码和拆下的封签",
    ),
    Field(key="meter_signer", label="签认的客户", kind=Kind.NAME, required=ALL_SHEETS, group=SIGNED),
    Field(
        key="meter_signed",
        label="客户已签认示数和封签",
        kind=Kind.FLAG,
        required=ALL_SHEETS,
        group=SIGNED,
        hint="在计量装拆单(工作凭证)上签字",
    ),
    Field(key="meter_slip_scan", label="签字的装拆单扫描件", kind=Kind.ATTACHMENT, group=SIGNED),
)
METER_FIELDS = (*CHECKED, *RECTIFIED, *SEALED)
