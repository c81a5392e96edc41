"""The fields of stage 3: the design unit, the papers sent in, opinions and findings (regulations.md 2.9;
种子文件 三)."""

from yekuo_desktop.domain.brought_papers import PAPER_COLUMNS
from yekuo_desktop.domain.field import ALL_SHEETS, Field, Kind
from yekuo_desktop.domain.free_choice import LIST_LENGTH

UNIT, SENT, OPINION, RESULT, HANDED = "设计单位", "送审资料", "会签意见", "审查结论", "意见书交付"
FINDING_COLUMNS = (
    Field(key="drawing", label="图号"),
    Field(key="what", label="问题", required=ALL_SHEETS, max_length=300),
    Field(key="required", label="修改要求", required=ALL_SHEETS, max_length=300),
)
CLOSED_COLUMNS = (
    Field(key="no", label="意见序号", kind=Kind.COUNT, required=ALL_SHEETS),
    Field(key="outcome", label="复审情况", required=ALL_SHEETS, max_length=300),
    Field(
        key="evidence",
        label="修改后的图号",
        max_length=200,
        hint="已落实的写明修改后的图号;没有落实的留空,仍作为未落实的意见",
    ),
)
CHOSEN = (
    Field(
        key="designer_list",
        label="公开名录",
        kind=Kind.LONG_TEXT,
        max_length=LIST_LENGTH,
        group=UNIT,
        hint="全部入围单位,次序随机,供客户自行选择",
    ),
    Field(key="designer_name", label="客户选定的设计单位", required=ALL_SHEETS, group=UNIT),
    Field(
        key="designer_grade",
        label="资质等级",
        kind=Kind.CODE,
        codes="design_grades",
        required=ALL_SHEETS,
        group=UNIT,
    ),
    Field(key="designer_certificate", label="资质证书编号", required=ALL_SHEETS, group=UNIT),
    Field(key="designer_valid_until", label="资质有效期至", kind=Kind.DATE, required=ALL_SHEETS, group=UNIT),
    Field(key="designer_contact", label="设计单位联系人", kind=Kind.NAME, group=UNIT),
    Field(key="designer_phone", label="设计单位电话", kind=Kind.LANDLINE, group=UNIT),
    Field(key="designer_copy", label="资质证书复印件", kind=Kind.ATTACHMENT, group=UNIT),
    Field(
        key="designer_own_choice",
        label="客户自选,未指定",
        kind=Kind.FLAG,
        required=ALL_SHEETS,
        group=UNIT,
    ),
)
RECEIVED = (
    Field(key="design_sender", label="报送单位", required=ALL_SHEETS, group=SENT),
    Field(key="design_sent_by", label="报送人", kind=Kind.NAME, required=ALL_SHEETS, group=SENT),
    Field(key="design_sent_phone", label="报送人电话", kind=Kind.LANDLINE, group=SENT),
    Field(key="drawing_sets", label="图纸", kind=Kind.COUNT, unit="份", required=ALL_SHEETS, group=SENT),
    Field(key="civil_sets", label="土建图纸", kind=Kind.NUMBER, unit="份", group=SENT),
    Field(key="line_sets", label="线路图纸", kind=Kind.NUMBER, unit="份", group=SENT),
    Field(key="substation_sets", label="变电图纸", kind=Kind.NUMBER, unit="份", group=SENT),
    Field(key="designer_sealed", label="图纸盖设计单位章", kind=Kind.FLAG, required=ALL_SHEETS, group=SENT),
    Field(key="design_papers", label="送审资料清单", kind=Kind.ROWS, columns=PAPER_COLUMNS, group=SENT),
)
OPINED = (
    Field(
        key="design_department",
        label="审查部门",
        kind=Kind.CODE,
        codes="design_departments",
        required=ALL_SHEETS,
        group=OPINION,
    ),
    Field(
        key="design_opinion",
        label="部门意见",
        kind=Kind.CODE,
        codes="review_opinions",
        required=ALL_SHEETS,
        group=OPINION,
    ),
    Field(key="design_signer", label="审查人签名", kind=Kind.NAME, required=ALL_SHEETS, group=OPINION),
    Field(key="design_words", label="具体意见", kind=Kind.LONG_TEXT, max_length=500, group=OPINION),
)
CONCLUDED = (
    Field(
        key="design_result",
        label="审查结论",
        kind=Kind.CODE,
        codes="design_results",
        required=ALL_SHEETS,
        group=RESULT,
    ),
    Field(
        key="design_findings",
        label="审查意见(逐条编号)",
        kind=Kind.ROWS,
        columns=FINDING_COLUMNS,
        group=RESULT,
        given=("design_result", "change"),
    ),
    Field(key="design_closed", label="前次意见的复审", kind=Kind.ROWS, columns=CLOSED_COLUMNS, group=RESULT),
    Field(key="design_remarks", label="其他说明", kind=Kind.LONG_TEXT, max_length=500, group=RESULT),
)
DELIVERED = (
    Field(key="design_receiver", label="签收人", kind=Kind.NAME, required=ALL_SHEETS, group=HANDED),
    Field(key="design_receiver_phone", label="签收人电话", kind=Kind.LANDLINE, group=HANDED),
    Field(
        key="drawings_returned",
        label="随意见书退回图纸",
        kind=Kind.NUMBER,
        unit="份",
        required=ALL_SHEETS,
        group=HANDED,
    ),
    Field(key="design_receipt", label="签收页扫描件", kind=Kind.ATTACHMENT, group=HANDED),
)
FIELDS = (*CHOSEN, *RECEIVED, *OPINED, *CONCLUDED, *DELIVERED)
