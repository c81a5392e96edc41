"""The fields of business fees: what was received and what was paid back (regulations.md 2.12: 实收 014)."""

from yekuo_desktop.domain.field import ALL_SHEETS, Field, Kind

FEES, REFUND = "业务收费", "业务退费"
RECEIVED = (
    Field(key="fees_amount", label="收费金额", kind=Kind.MONEY, unit="元", required=ALL_SHEETS, group=FEES),
    Field(key="fees_items", label="收费项目", required=ALL_SHEETS, max_length=200, group=FEES),
    Field(
        key="fees_way", label="收费方式", kind=Kind.CODE, codes="fee_ways", required=ALL_SHEETS, group=FEES
    ),
    Field(key="fees_receipt_no", label="收据(发票)号", required=ALL_SHEETS, max_length=40, group=FEES),
    Field(key="fees_payer", label="缴费人", required=ALL_SHEETS, group=FEES),
    Field(key="fees_receipt", label="收据(发票)扫描件", kind=Kind.ATTACHMENT, group=FEES),
)
REFUNDED = (
    Field(
        key="refund_amount", label="退费金额", kind=Kind.MONEY, unit="元", required=ALL_SHEETS, group=REFUND
    ),
    Field(
        key="refund_reason",
        label="退费原因",
        kind=Kind.LONG_TEXT,
        max_length=300,
        required=ALL_SHEETS,
        group=REFUND,
    ),
    Field(
        key="refund_way",
        label="退费方式",
        kind=Kind.CODE,
        codes="fee_ways",
        required=ALL_SHEETS,
        group=REFUND,
    ),
    Field(key="refund_receipt_no", label="退费凭证号", required=ALL_SHEETS, max_length=40, group=REFUND),
    Field(key="refund_receiver", label="退费收款人", required=ALL_SHEETS, group=REFUND),
    Field(key="refund_paper", label="退费凭证扫描件", kind=Kind.ATTACHMENT, group=REFUND),
)
FEE_FIELDS = (*RECEIVED, *REFUNDED)
