"""Our own empty list: text cells where numbers must not be rounded, choices to pick from, instructions."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from yekuo_desktop.domain.codes import CodeTable
from yekuo_desktop.domain.field import Field, Kind, Sheet
from yekuo_desktop.sheets.stream import Style, apply, replacing
from yekuo_desktop.sheets.writer import FORMATS, HEAD, TITLE, for_print

ROWS = 2000  # prepared for filling in
MUST = Style(bold=True, fill="FFFCEBD6", align="center", wrap=True, border=True)
PLAIN = Style(wrap=True, border=True)
CHOICES = "选项"
INLINE_LIMIT = 255  # characters of choices a cell rule can hold itself
HOW = {
    Kind.IDENTITY: "按证件填写,不要空格;单元格为文本格式",
    Kind.MOBILE: "11 位手机号;座机也可填在此栏",
    Kind.CAPACITY: "只填数字",
    Kind.COUNT: "整数",
    Kind.DATE: "如 2026-11-25",
    Kind.FLAG: "是 或 否",
    Kind.CODE: "从下拉列表中选择",
}
WIDTHS = {
    Kind.IDENTITY: 22,
    Kind.MOBILE: 14,
    Kind.LANDLINE: 15,
    Kind.LONG_TEXT: 30,
    Kind.DATE: 13,
    Kind.CODE: 14,
}


def write_template(
    path: Path, title: str, fields: Sequence[Field], on: Sheet, codes: Mapping[str, CodeTable]
) -> None:
    """Write the empty list with instructions; what ``on`` requires is marked. Raises NotWritten."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "申请清单"
    sheet["A1"] = f"{title}(* 为必填;一行一户;删改表头不影响导入)"
    apply(sheet["A1"], TITLE)
    choices = book.create_sheet(CHOICES)
    choices.sheet_state = "hidden"
    for at, field in enumerate(fields, start=1):
        _column(sheet, at, field, on)
        _rule(sheet, choices, at, field, codes)
    sheet.freeze_panes = "B3"
    sheet.row_dimensions[2].height = 32
    for_print(sheet, "1:2")
    _instructions(book.create_sheet("填写说明", 1), fields, on, codes)
    with replacing(path) as file:
        book.save(file)


def heading(field: Field, on: Sheet) -> str:
    """The heading of a column: label, unit, and a mark where it must be filled."""
    unit = f"({field.unit})" if field.unit else ""
    return f"{field.label}{unit}{'*' if on in field.required else ''}"


def _column(sheet: Worksheet, at: int, field: Field, on: Sheet) -> None:
    cell = sheet.cell(2, at, heading(field, on))
    apply(cell, MUST if on in field.required else HEAD)
    dimension = sheet.column_dimensions[get_column_letter(at)]
    dimension.width = WIDTHS.get(field.kind, max(12, 2 * len(field.label) + 4))
    dimension.number_format = FORMATS.get(field.kind, "@")


def _rule(
    sheet: Worksheet, choices: Worksheet, at: int, field: Field, codes: Mapping[str, CodeTable]
) -> None:
    """What is shown when a cell of the column is entered, and what may be picked there."""
    labels = _labels(field, codes)
    rule = DataValidation(type="list" if labels else None, allow_blank=True)
    rule.formula1 = _list_of(labels, choices, at) if labels else None
    rule.showErrorMessage = False  # a list may also use the words of the office
    rule.promptTitle, rule.prompt = field.label[:32], _how(field)[:255] or field.label
    rule.showInputMessage = True
    letter = get_column_letter(at)
    rule.add(f"{letter}3:{letter}{ROWS}")
    sheet.add_data_validation(rule)


def _list_of(labels: Sequence[str], choices: Worksheet, at: int) -> str:
    joined = ",".join(labels)
    if len(joined) <= INLINE_LIMIT and not any("," in label or '"' in label for label in labels):
        return f'"{joined}"'
    for row, label in enumerate(labels, start=1):
        choices.cell(row, at, label)
    letter = get_column_letter(at)
    return f"{CHOICES}!${letter}$1:${letter}${len(labels)}"


def _labels(field: Field, codes: Mapping[str, CodeTable]) -> tuple[str, ...]:
    if field.kind is Kind.FLAG:
        return ("是", "否")
    table = codes.get(field.codes) if field.kind is Kind.CODE else None
    return tuple(item.label for item in table.choices()) if table else ()


def _how(field: Field) -> str:
    return ";".join(filter(None, (HOW.get(field.kind, ""), field.hint)))


def _instructions(
    sheet: Worksheet, fields: Sequence[Field], on: Sheet, codes: Mapping[str, CodeTable]
) -> None:
    lines = [("栏目", "必填", "怎么填", "可填内容", "也认得的表头")]
    for field in fields:
        labels = _labels(field, codes)
        offered = "、".join(labels) if len(labels) <= 20 else "见下拉列表"
        must = "必填" if on in field.required else ""
        lines.append((field.label, must, _how(field), offered, "、".join(field.aliases)))
    for row, line in enumerate(lines, start=1):
        for at, text in enumerate(line, start=1):
            apply(sheet.cell(row, at, text), HEAD if row == 1 else PLAIN)
    for letter, width in zip("ABCDE", (18, 8, 36, 44, 44), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
