"""The fields of the second half of stage 2: the departments' review, approval, reply, the customer's receipt
and answer, extension (regulations.md 1.3, 2.12: 供电方案答复 012)."""

from yekuo_desktop.domain.field import ALL_SHEETS, Field, Kind
from yekuo_desktop.domain.people import Role
from yekuo_desktop.domain.stages.survey.fee_fields import FEE_FIELDS
from yekuo_desktop.domain.validity import REFUSED

REVIEW, APPROVAL, REPLY = "会签意见", "方案审批", "方案答复"
RECEIPT, ANSWER, EXTENSION = "客户签收", "客户答复", "方案延期"
GRANTED = "granted"  # code of resources/codes/extension_results.toml
BY_POST = "post"  # code of resources/codes/reply_ways.toml
OPINED = (
    Field(
        key="review_department",
        label="会签部门",
        kind=Kind.CODE,
        codes="departments",
        required=ALL_SHEETS,
        group=REVIEW,
    ),
    Field(
        key="review_opinion",
        label="会签意见",
        kind=Kind.CODE,
        codes="review_opinions",
        required=ALL_SHEETS,
        group=REVIEW,
    ),
    Field(key="review_signer", label="会签人签名", kind=Kind.NAME, required=ALL_SHEETS, group=REVIEW),
    Field(
        key="review_words",
        label="会签具体意见",
        kind=Kind.LONG_TEXT,
        max_length=500,
        group=REVIEW,
        hint="需修改、不同意的,写明要改什么",
    ),
)
RETURNED = (
    Field(
        key="plan_return_reason",
        label="退回原因",
        kind=Kind.LONG_TEXT,
        max_length=500,
        required=ALL_SHEETS,
        group=APPROVAL,
        hint="一次写全,拟定人据此重新拟定方案",
    ),
)
APPROVED = (
    Field(
        key="approval_words",
        label="审批意见",
        kind=Kind.LONG_TEXT,
        max_length=300,
        required=ALL_SHEETS,
        group=APPROVAL,
    ),
)
REPLIED = (
    Field(
        key="replied_by",
        label="答复人",
        kind=Kind.PERSON,
        roles=frozenset({Role.PROJECT_MANAGER, Role.CLERK, Role.SUPERVISOR}),
        required=ALL_SHEETS,
        group=REPLY,
    ),
    Field(
        key="reply_way",
        label="答复方式",
        kind=Kind.CODE,
        codes="reply_ways",
        required=ALL_SHEETS,
        group=REPLY,
    ),
    Field(
        key="reply_tracking",
        label="邮件号",
        required=ALL_SHEETS,
        given=("reply_way", BY_POST),
        group=REPLY,
    ),
    Field(key="reply_words", label="答复说明", kind=Kind.LONG_TEXT, max_length=300, group=REPLY),
)
RECEIVED = (
    Field(key="reply_receiver", label="签收人", kind=Kind.NAME, required=ALL_SHEETS, group=RECEIPT),
    Field(key="reply_receiver_phone", label="签收人电话", kind=Kind.LANDLINE, group=RECEIPT),
    Field(
        key="reply_signed",
        label="客户已签章",
        kind=Kind.FLAG,
        required=ALL_SHEETS,
        group=RECEIPT,
        hint="客户签名,单位客户还要盖章",
    ),
    Field(
        key="reply_accepted",
        label="客户当场同意方案",
        kind=Kind.FLAG,
        group=RECEIPT,
        hint="在答复单上签署同意的选“是”,不必再登记“客户接受方案”;要再考虑的选“否”",
    ),
    Field(key="reply_receipt", label="答复单扫描件", kind=Kind.ATTACHMENT, group=RECEIPT),
)
ANSWERED = (
    Field(key="answer_signer", label="客户答复人", kind=Kind.NAME, required=ALL_SHEETS, group=ANSWER),
    Field(
        key="answer_way",
        label="客户答复方式",
        kind=Kind.CODE,
        codes="reply_ways",
        required=ALL_SHEETS,
        group=ANSWER,
    ),
    Field(key="answer_paper", label="客户书面答复", kind=Kind.ATTACHMENT, group=ANSWER),
)
ACCEPTED = (
    *ANSWERED,
    Field(key="answer_words", label="客户意见", kind=Kind.LONG_TEXT, max_length=300, group=ANSWER),
)
OBJECTED = (
    *ANSWERED,
    Field(
        key="objection_words",
        label="异议内容",
        kind=Kind.LONG_TEXT,
        max_length=500,
        required=ALL_SHEETS,
        group=ANSWER,
        hint="按客户的原意逐条记录,重新拟定方案时逐条回应",
    ),
)
ASKED = (
    Field(
        key="extension_applicant", label="延期申请人", kind=Kind.NAME, required=ALL_SHEETS, group=EXTENSION
    ),
    Field(
        key="extension_reason",
        label="延期原因",
        kind=Kind.LONG_TEXT,
        max_length=300,
        required=ALL_SHEETS,
        group=EXTENSION,
    ),
    Field(
        key="extension_wanted_until",
        label="客户要求延至",
        kind=Kind.DATE,
        required=ALL_SHEETS,
        group=EXTENSION,
    ),
    Field(key="extension_paper", label="书面延期申请", kind=Kind.ATTACHMENT, group=EXTENSION),
)
EXTENDED = (
    Field(
        key="extension_result",
        label="延期审批结果",
        kind=Kind.CODE,
        codes="extension_results",
        required=ALL_SHEETS,
        group=EXTENSION,
    ),
    Field(
        key="extension_until",
        label="方案有效期延至",
        kind=Kind.DATE,
        required=ALL_SHEETS,
        given=("extension_result", GRANTED),
        group=EXTENSION,
    ),
    Field(
        key="extension_refusal",
        label="不同意延期的原因",
        kind=Kind.LONG_TEXT,
        max_length=300,
        required=ALL_SHEETS,
        given=("extension_result", REFUSED),
        group=EXTENSION,
    ),
)
REPLY_FIELDS: tuple[Field, ...] = (
    *OPINED,
    *RETURNED,
    *APPROVED,
    *REPLIED,
    *RECEIVED,
    *ACCEPTED,
    *OBJECTED[len(ANSWERED) :],
    *ASKED,
    *EXTENDED,
    *FEE_FIELDS,
)
