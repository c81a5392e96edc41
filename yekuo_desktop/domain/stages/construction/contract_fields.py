"""The fields of the second half of stage 4: installation of the meters, the supply contract (种子文件 四;
regulations.md 3.4, 4.5, 6.1)."""

from yekuo_desktop.domain.field import ALL_SHEETS, Field, Kind
from yekuo_desktop.domain.people import Role

ORDER, INSTALLATION = "装表通知", "装表调试"
NOTICE, CONTRACT, OURS, THEIRS, FILED = "合同起草通知", "合同", "供电人签订", "用电人签订", "会签与存档"

ORDERED_COLUMNS = (
    Field(key="place", label="安装位置", required=ALL_SHEETS),
    Field(key="mode", label="计量方式", kind=Kind.CODE, codes="metering_modes"),
    Field(key="wiring", label="接线方式", kind=Kind.CODE, codes="wirings"),
    Field(key="meter", label="电能表规格及精度", required=ALL_SHEETS),
    Field(key="ct", label="电流互感器变比及精度"),
    Field(key="pt", label="电压互感器变比及精度"),
)
INSTALLED_COLUMNS = (
    Field(key="place", label="安装位置", required=ALL_SHEETS),
    Field(key="asset_no", label="电能表资产编号", required=ALL_SHEETS),
    Field(key="meter", label="电能表规格及精度", required=ALL_SHEETS),
    Field(key="ct", label="电流互感器变比及精度"),
    Field(key="ct_no", label="互感器编号"),
    Field(key="pt", label="电压互感器变比及精度"),
    Field(key="installer", label="安装人", kind=Kind.NAME, required=ALL_SHEETS),
    Field(key="day", label="安装日期", kind=Kind.DATE, required=ALL_SHEETS),
)
REVIEW_COLUMNS = (
    Field(
        key="department", label="会签部门", kind=Kind.CODE, codes="contract_departments", required=ALL_SHEETS
    ),
    Field(key="reviewer", label="会签人", kind=Kind.NAME, required=ALL_SHEETS),
    Field(key="day", label="会签日期", kind=Kind.DATE, required=ALL_SHEETS),
)
ORDERED = (
    Field(
        key="metering_order_points",
        label="应装计量装置",
        kind=Kind.ROWS,
        columns=ORDERED_COLUMNS,
        required=ALL_SHEETS,
        group=ORDER,
    ),
    Field(
        key="metering_order_prepaid",
        label="装设预付费",
        kind=Kind.FLAG,
        group=ORDER,
        hint="送电后须做预购电报警和跳闸试验",
    ),
    Field(
        key="metering_order_due",
        label="要求装表完成日期",
        kind=Kind.DATE,
        required=ALL_SHEETS,
        group=ORDER,
    ),
    Field(
        key="metering_order_to",
        label="装表工单送交",
        kind=Kind.PERSON,
        roles=frozenset({Role.METERING}),
        group=ORDER,
    ),
    Field(key="metering_order_notes", label="装表要求", kind=Kind.LONG_TEXT, max_length=300, group=ORDER),
)
INSTALLED = (
    Field(
        key="installed_meters",
        label="已装计量装置",
        kind=Kind.ROWS,
        columns=INSTALLED_COLUMNS,
        required=ALL_SHEETS,
        group=INSTALLATION,
    ),
    Field(
        key="meters_adjusted",
        label="已按方案调试",
        kind=Kind.FLAG,
        required=ALL_SHEETS,
        group=INSTALLATION,
    ),
    Field(
        key="meters_tested",
        label="检定、试验合格",
        kind=Kind.FLAG,
        required=ALL_SHEETS,
        group=INSTALLATION,
    ),
    Field(key="meters_tester", label="调试核对人", kind=Kind.NAME, required=ALL_SHEETS, group=INSTALLATION),
    Field(key="meters_remarks", label="装表说明", kind=Kind.LONG_TEXT, max_length=300, group=INSTALLATION),
)
REQUESTED = (
    Field(
        key="contract_wanted_kind",
        label="应订合同种类",
        kind=Kind.CODE,
        codes="contract_kinds",
        required=ALL_SHEETS,
        group=NOTICE,
    ),
    Field(key="contract_wanted_by", label="要求起草日期", kind=Kind.DATE, required=ALL_SHEETS, group=NOTICE),
    Field(
        key="contract_assignee",
        label="通知送交",
        kind=Kind.PERSON,
        roles=frozenset({Role.CONTRACTS}),
        group=NOTICE,
    ),
    Field(key="contract_basis", label="签订依据", kind=Kind.LONG_TEXT, max_length=500, group=NOTICE),
    Field(key="contract_special", label="特别约定", kind=Kind.LONG_TEXT, max_length=500, group=NOTICE),
)
TERMS = (
    Field(key="contract_number", label="合同编号", required=ALL_SHEETS, group=CONTRACT),
    Field(
        key="contract_kind",
        label="合同种类",
        kind=Kind.CODE,
        codes="contract_kinds",
        required=ALL_SHEETS,
        group=CONTRACT,
    ),
    Field(
        key="contract_form",
        label="签订形式",
        kind=Kind.CODE,
        codes="contract_forms",
        required=ALL_SHEETS,
        group=CONTRACT,
    ),
    Field(key="contract_from", label="合同生效日期", kind=Kind.DATE, required=ALL_SHEETS, group=CONTRACT),
    Field(key="contract_long_term", label="长期有效", kind=Kind.FLAG, required=ALL_SHEETS, group=CONTRACT),
    Field(
        key="contract_until",
        label="合同有效期至",
        kind=Kind.DATE,
        required=ALL_SHEETS,
        group=CONTRACT,
        given=("contract_long_term", "no"),
    ),
    Field(key="contract_copies", label="合同份数", kind=Kind.COUNT, unit="份", group=CONTRACT),
)
SIGNED = (
    Field(key="contract_our_signer", label="供电人签订人", kind=Kind.NAME, required=ALL_SHEETS, group=OURS),
    Field(
        key="contract_our_capacity",
        label="供电人签订人身份",
        kind=Kind.CODE,
        codes="signer_capacities",
        required=ALL_SHEETS,
        group=OURS,
    ),
    Field(key="contract_our_day", label="供电人签订日期", kind=Kind.DATE, required=ALL_SHEETS, group=OURS),
    Field(
        key="contract_our_seal",
        label="供电人用章",
        kind=Kind.CODE,
        codes="contract_seals",
        required=ALL_SHEETS,
        group=OURS,
    ),
    Field(
        key="contract_department",
        label="签订部门",
        kind=Kind.CODE,
        codes="contract_departments",
        group=OURS,
    ),
    Field(
        key="contract_customer_signer",
        label="用电人签订人",
        kind=Kind.NAME,
        required=ALL_SHEETS,
        group=THEIRS,
    ),
    Field(
        key="contract_customer_capacity",
        label="用电人签订人身份",
        kind=Kind.CODE,
        codes="signer_capacities",
        required=ALL_SHEETS,
        group=THEIRS,
    ),
    Field(
        key="contract_customer_day",
        label="用电人签订日期",
        kind=Kind.DATE,
        required=ALL_SHEETS,
        group=THEIRS,
    ),
    Field(
        key="contract_customer_seal",
        label="用电人用章",
        kind=Kind.CODE,
        codes="customer_contract_seals",
        required=ALL_SHEETS,
        group=THEIRS,
    ),
    Field(key="contract_authority", label="签订授权委托书", kind=Kind.ATTACHMENT, group=THEIRS),
    Field(key="contract_reviews", label="合同会签", kind=Kind.ROWS, columns=REVIEW_COLUMNS, group=FILED),
    Field(key="contract_across", label="已盖骑缝章", kind=Kind.FLAG, group=FILED),
    Field(key="contract_scan", label="合同扫描件", kind=Kind.ATTACHMENT, group=FILED),
)
CONTRACT_FIELDS = (*ORDERED, *INSTALLED, *REQUESTED, *TERMS, *SIGNED)
