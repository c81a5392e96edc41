"""The fields of a file on its shelf: loans, additions and corrections (regulations.md 3.5)."""

from yekuo_desktop.domain.field import ALL_SHEETS, Field, Kind
from yekuo_desktop.domain.people import Role

LOAN, BACK = "借阅", "归还"
REQUEST, DECISION, CHANGE = "申请", "审批", "补充更正"

LENT = (
    Field(key="loan_borrower", label="借阅人", kind=Kind.NAME, required=ALL_SHEETS, group=LOAN),
    Field(key="loan_unit", label="借阅部门(单位)", required=ALL_SHEETS, group=LOAN),
    Field(key="loan_phone", label="借阅人电话", kind=Kind.LANDLINE, group=LOAN),
    Field(
        key="loan_kind",
        label="借阅种类",
        kind=Kind.CODE,
        codes="loan_kinds",
        required=ALL_SHEETS,
        group=LOAN,
    ),
    Field(
        key="loan_letter",
        label="公函编号",
        required=ALL_SHEETS,
        given=("loan_kind", "judicial"),
        group=LOAN,
    ),
    Field(
        key="loan_proof",
        label="查阅人证件",
        required=ALL_SHEETS,
        given=("loan_kind", "judicial"),
        group=LOAN,
        hint="证件名称和编号",
    ),
    Field(
        key="loan_counsel",
        label="法律部门会同人",
        kind=Kind.NAME,
        required=ALL_SHEETS,
        given=("loan_kind", "judicial"),
        group=LOAN,
    ),
    Field(
        key="loan_manner",
        label="借阅方式",
        kind=Kind.CODE,
        codes="loan_manners",
        required=ALL_SHEETS,
        group=LOAN,
    ),
    Field(key="loan_contents", label="借阅内容", required=ALL_SHEETS, max_length=200, group=LOAN),
    Field(key="loan_purpose", label="借阅用途", required=ALL_SHEETS, max_length=200, group=LOAN),
    Field(
        key="loan_approver",
        label="借阅批准人",
        kind=Kind.PERSON,
        roles=frozenset({Role.APPROVER, Role.SUPERVISOR}),
        required=ALL_SHEETS,
        group=LOAN,
    ),
    Field(key="loan_until", label="约定归还日期", kind=Kind.DATE, required=ALL_SHEETS, group=LOAN),
)
GIVEN_BACK = (
    Field(key="loan_returned_by", label="归还人", kind=Kind.NAME, required=ALL_SHEETS, group=BACK),
    Field(key="loan_complete", label="页数齐全、无涂改损坏", kind=Kind.FLAG, required=ALL_SHEETS, group=BACK),
    Field(
        key="loan_damage",
        label="缺损情况",
        kind=Kind.LONG_TEXT,
        max_length=300,
        required=ALL_SHEETS,
        given=("loan_complete", "no"),
        group=BACK,
    ),
)
ASKED = (
    Field(
        key="change_kind",
        label="补充或更正",
        kind=Kind.CODE,
        codes="archive_changes",
        required=ALL_SHEETS,
        group=REQUEST,
    ),
    Field(key="change_item", label="涉及资料", required=ALL_SHEETS, group=REQUEST),
    Field(
        key="change_content",
        label="拟修改内容",
        kind=Kind.LONG_TEXT,
        max_length=500,
        required=ALL_SHEETS,
        group=REQUEST,
    ),
    Field(
        key="change_reason",
        label="修改原因",
        kind=Kind.LONG_TEXT,
        max_length=300,
        required=ALL_SHEETS,
        group=REQUEST,
    ),
)
DECIDED = (
    Field(
        key="change_decision",
        label="审批意见",
        kind=Kind.CODE,
        codes="archive_decisions",
        required=ALL_SHEETS,
        group=DECISION,
    ),
    Field(key="change_decision_words", label="审批说明", max_length=300, group=DECISION),
)
MADE = (
    Field(
        key="change_done",
        label="修改内容",
        kind=Kind.LONG_TEXT,
        max_length=500,
        required=ALL_SHEETS,
        group=CHANGE,
    ),
    Field(key="change_old", label="原内容", max_length=300, required=ALL_SHEETS, group=CHANGE),
    Field(key="change_new", label="新内容", max_length=300, required=ALL_SHEETS, group=CHANGE),
    Field(key="change_at", label="修改时间", kind=Kind.MOMENT, required=ALL_SHEETS, group=CHANGE),
    Field(key="change_by", label="修改人", kind=Kind.NAME, required=ALL_SHEETS, group=CHANGE),
    Field(key="change_file", label="新资料扫描件", kind=Kind.ATTACHMENT, group=CHANGE),
    Field(
        key="change_kept",
        label="新旧资料一并保存",
        kind=Kind.FLAG,
        required=ALL_SHEETS,
        group=CHANGE,
    ),
)
SHELF_FIELDS = (*LENT, *GIVEN_BACK, *ASKED, *DECIDED, *MADE)
