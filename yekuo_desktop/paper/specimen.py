"""A form filled in with sample data, for whoever writes one: every place shows something of its kind."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from yekuo_desktop.domain.field import Field, Kind
from yekuo_desktop.domain.papers import PaperForm, Snapshot
from yekuo_desktop.domain.qr import Mark, signed_code
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages import ALL_FIELDS, LABELS
from yekuo_desktop.domain.stages.acceptance.fields import FIELDS
from yekuo_desktop.paper.form import Cell, Form
from yekuo_desktop.paper.form_files import cells_of
from yekuo_desktop.paper.inspect import shown_keys
from yekuo_desktop.paper.template import keys_of

ROWS = 3
NUMBER, SHEET_NO = "YK4101-HK01-261120-0012", "YK4101-HK01-261120-0012-1"
KNOWN = {
    "county": "示例县供电公司",
    "station": "河口供电所",
    "terminal": "HK01",
    "hall_phone": "0371-65550100",
    "customer_name": "示例县柳湾粮油加工有限责任公司",
    "address": "示例县河口镇柳湾村三组1号",
    "account_no": "4101220012345",
    "project_manager_text": "李明（河口镇片区）",
    "carrier": "赵军",
    "day": "2026年11月20日",
    "count": str(ROWS),
}
OF_KIND = {
    Kind.NAME: "张秀英",
    Kind.IDENTITY: "410122196603121029",
    Kind.MOBILE: "13800001000",
    Kind.LANDLINE: "0371-65550123",
    Kind.POSTCODE: "452300",
    Kind.EMAIL: "zhangxy@example.com",
    Kind.CREDIT_CODE: "91410122MA3X4K5T2P",
    Kind.BANK_ACCOUNT: "6228480412345678901",
    Kind.CAPACITY: "80",
    Kind.COUNT: "2",
    Kind.NUMBER: "12.5",
    Kind.MONEY: "1,280.00",
    Kind.DATE: "2026-11-20",
    Kind.MOMENT: "2026-11-20 15:42",
    Kind.FLAG: "是",
    Kind.PERSON: "李明",
    Kind.ATTACHMENT: "现场照片.jpg",
}
_FIELDS: Mapping[str, Field] = {
    field.key: field for parent in (*FIELDS, *ALL_FIELDS) for field in (parent, *parent.columns)
}


def specimen(form: Form, paper: PaperForm, layout: str, reference: Reference, now: datetime) -> Snapshot:
    """A sheet of the form with sample data."""
    seal = reference.seals.usual_mm(paper.seal) if paper.seal else 0.0
    return Snapshot(
        form=form.id,
        title=form.title,
        layout=layout,
        sheet_no=SHEET_NO,
        number=NUMBER if paper.of_case else "",
        values=sample_values(form, reference),
        qr=signed_code(SHEET_NO, Mark("AAA", 1, 1, 0, "ABCDEFGHIJKL")) if paper.of_case else "",
        seal_name=paper.seal,
        seal_unit=KNOWN["county"] if paper.seal else "",
        seal_diameter_mm=seal,
        copies_note=paper.copies_note,
        issued=now,
        issued_by="王丽",
    )


def sample_values(form: Form, reference: Reference) -> dict[str, Any]:
    """A value for every place; where nothing better is known, the item's own name in brackets."""
    values: dict[str, Any] = {key: _value(key, reference) for key in shown_keys(form)}
    values |= {cell.key: _ticked(cell) for cell in cells_of(form) if cell.kind == "ticks"}
    values |= {key: "是" for key in _conditions(form) if key not in values}
    tables = [block.table for block in form.blocks if block.table]
    return values | {table.rows: _rows(table.body.cells, reference) for table in tables}


def _value(key: str, reference: Reference) -> str:
    if key in KNOWN:
        return KNOWN[key]
    field = _FIELDS.get(key)
    if field is None:
        return f"（{LABELS.get(key, key)}）"
    if field.kind is Kind.CODE:
        return next((item.label for item in reference.codes[field.codes].items), "")
    return OF_KIND.get(field.kind, f"（{field.label}）")


def _ticked(cell: Cell) -> str:
    return next((value for value in cell.choices[0].values if value != "*"), "其它")


def _conditions(form: Form) -> Iterator[str]:
    for block in form.blocks:
        for condition in (block.condition, *(row.condition for row in block.rows)):
            if condition.when:
                yield condition.when


def _rows(cells: tuple[Cell, ...], reference: Reference) -> list[dict[str, str]]:
    keys = {key for cell in cells for key in keys_of(cell)} - {"no"}
    return [{key: _value(key, reference) for key in sorted(keys)} for _ in range(ROWS)]
