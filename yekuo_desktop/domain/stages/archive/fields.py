"""The fields of stage 7: the check of every paper, hand-over, count, review, shelf (种子文件 七;
regulations.md 2.12 归档 042, 3.5). What comes afterwards stands in ``shelf_fields``."""

from typing import Any

from yekuo_desktop.domain.field import ALL_SHEETS, Field, Kind
from yekuo_desktop.domain.people import Role
from yekuo_desktop.domain.stages.archive.shelf_fields import SHELF_FIELDS

CLOSING, CHECK, ANSWERS, HANDING, COUNTING = "工单办结", "逐件检查", "问题说明", "移交", "核收"
REVIEW, SHELF = "复核", "编号上架"
ACCEPTED, RETURNED = "accepted", "returned"  # codes of resources/codes/archive_results.toml

ITEM_COLUMNS = (
    Field(key="name", label="资料名称", required=ALL_SHEETS),
    Field(key="held", label="归档形式", kind=Kind.CODE, codes="archive_holdings", required=ALL_SHEETS),
    Field(key="pages", label="页数", kind=Kind.COUNT),
    Field(key="day", label="纸面日期", kind=Kind.DATE),
    Field(key="signed", label="签字", kind=Kind.CODE, codes="archive_marks"),
    Field(key="sealed", label="盖章", kind=Kind.CODE, codes="archive_marks"),
    Field(key="signer", label="签字人"),
    Field(key="note", label="备注", max_length=200),
)
ANSWER_COLUMNS = (
    Field(key="matter", label="不符之处", required=ALL_SHEETS, max_length=300),
    Field(key="explanation", label="书面说明", required=ALL_SHEETS, max_length=300),
    Field(key="answered_by", label="说明人", kind=Kind.NAME, required=ALL_SHEETS),
)
REASON_COLUMNS = (
    Field(key="name", label="资料名称", required=ALL_SHEETS),
    Field(key="what", label="问题", required=ALL_SHEETS, max_length=300),
    Field(key="answered_by", label="责任人", kind=Kind.NAME, required=ALL_SHEETS),
    Field(key="due", label="补正期限", kind=Kind.DATE),
)

CLOSED = (
    Field(
        key="order_official_number",
        label="营销系统工单号",
        group=CLOSING,
        hint="营销系统中这件业务的编号",
    ),
    Field(
        key="order_data_filed",
        label="营销系统信息归档完成",
        kind=Kind.FLAG,
        required=ALL_SHEETS,
        group=CLOSING,
    ),
    Field(key="order_closing_remarks", label="办结说明", max_length=200, group=CLOSING),
)
CHECKED = (
    Field(
        key="archive_items",
        label="归档资料",
        kind=Kind.ROWS,
        columns=ITEM_COLUMNS,
        required=ALL_SHEETS,
        group=CHECK,
        hint="对照纸面逐件填写:原件还是复印件、页数、纸上写的日期、签字盖章是否齐全",
    ),
    Field(
        key="archive_answers",
        label="不符的书面说明",
        kind=Kind.ROWS,
        columns=ANSWER_COLUMNS,
        group=ANSWERS,
        hint="日期、先后和容量不符的,由责任人书面说明;缺件、缺签章的须补齐,不能以说明代替",
    ),
    Field(
        key="archive_check_remarks",
        label="检查备注",
        kind=Kind.LONG_TEXT,
        max_length=300,
        group=ANSWERS,
    ),
)
HANDED = (
    Field(
        key="archive_clerk",
        label="移交营业员",
        kind=Kind.PERSON,
        roles=frozenset({Role.CLERK}),
        required=ALL_SHEETS,
        group=HANDING,
    ),
    Field(
        key="archive_archivist",
        label="移交资料员",
        kind=Kind.PERSON,
        roles=frozenset({Role.ARCHIVIST}),
        required=ALL_SHEETS,
        group=HANDING,
    ),
    Field(
        key="archive_pieces",
        label="移交件数",
        kind=Kind.COUNT,
        unit="件",
        required=ALL_SHEETS,
        group=HANDING,
    ),
    Field(key="archive_pages", label="移交页数", kind=Kind.COUNT, unit="页", group=HANDING),
    Field(key="archive_hand_remarks", label="移交备注", max_length=200, group=HANDING),
)
COUNTED = (
    Field(
        key="archive_counted",
        label="实收件数",
        kind=Kind.COUNT,
        unit="件",
        required=ALL_SHEETS,
        group=COUNTING,
    ),
    Field(
        key="archive_same",
        label="与归档资料清单相符",
        kind=Kind.FLAG,
        required=ALL_SHEETS,
        group=COUNTING,
    ),
    Field(key="archive_count_remarks", label="核收备注", max_length=200, group=COUNTING),
)


def _verdict(key: str, label: str) -> Field:
    """One of the four things the archivist looks at (档案管理规定: 资料员审核)."""
    return Field(
        key=key,
        label=label,
        kind=Kind.FLAG,
        required=ALL_SHEETS,
        given=("archive_result", ACCEPTED),
        group=REVIEW,
    )


REVIEWED = (
    Field(
        key="archive_result",
        label="复核结果",
        kind=Kind.CODE,
        codes="archive_results",
        required=ALL_SHEETS,
        group=REVIEW,
    ),
    _verdict("archive_true", "内容真实"),
    _verdict("archive_ordered", "办理程序、时间先后正确"),
    _verdict("archive_signed", "签字盖章完整有效"),
    _verdict("archive_dated", "日期填写正确"),
    Field(
        key="archive_reasons",
        label="退回原因",
        kind=Kind.ROWS,
        columns=REASON_COLUMNS,
        required=ALL_SHEETS,
        given=("archive_result", RETURNED),
        group=REVIEW,
    ),
)


def _shelved(key: str, label: str, *, needed: bool = True, **parts: Any) -> Field:
    """A field of the shelf: asked for only when the file is accepted."""
    return Field(
        key=key,
        label=label,
        group=SHELF,
        given=("archive_result", ACCEPTED),
        required=ALL_SHEETS if needed else frozenset(),
        **parts,
    )


SHELVED = (
    _shelved("archive_account_no", "户号", hint="档案盒(袋)正面写户名和户号,侧面写户号"),
    _shelved("archive_number", "档案号", hint="按档案号模板得出;增容并入该户原有档案的,写原档案号"),
    _shelved("archive_joined", "并入该户原有档案", kind=Kind.FLAG, needed=False),
    _shelved("archive_container", "装具", kind=Kind.CODE, codes="archive_containers"),
    _shelved("archive_box", "盒(袋)号"),
    _shelved("archive_zone", "分区", kind=Kind.CODE, codes="archive_zones"),
    _shelved("archive_cabinet", "柜号"),
    _shelved("archive_column", "列号"),
    _shelved("archive_layer", "层号"),
    _shelved("archive_shelf_remarks", "归档备注", needed=False, max_length=200),
)
FIELDS = (
    *CLOSED,
    *CHECKED,
    *HANDED,
    *COUNTED,
    *REVIEWED,
    *SHELVED,
    *SHELF_FIELDS,
)
