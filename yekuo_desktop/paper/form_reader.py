"""Reads a form file. A county's own staff write these, so every mistake is named in Chinese with its line.

How to write one stands at the head of each file in ``forms/`` and in ``forms/README.md``.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from yekuo_desktop.paper.form import Block, Condition, Form, Head, Row, Sets, Table
from yekuo_desktop.paper.form_cells import Labels, check_key, check_words, read_cell
from yekuo_desktop.paper.form_table import Reader, Wrong

LEAST_MARGIN_MM = 15.0
_BLOCK = re.compile(r"^\s*\[\[\s*block\s*\]\]", re.MULTILINE)
_TOML_LINE = re.compile(r"line (\d+)")
_LABEL = re.compile(r'"@([a-z][a-z0-9_]*)"')


class FormError(Exception):
    """A form file that cannot be used: its name, the line and the reason, in words."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        self.name, self.line, self.reason = name, line, reason
        super().__init__(f"{name} 第 {line} 行:{reason}" if line else f"{name}:{reason}")


def freeze_labels(text: str, labels: Mapping[str, str]) -> str:
    """``text`` with each ``"@key"`` given the catalogue's words of today (``"@key=户名"``).

    Kept with a sheet, so that a label renamed later does not change it.
    """
    return _LABEL.sub(lambda found: _frozen(found, labels), text)


def _frozen(found: re.Match[str], labels: Mapping[str, str]) -> str:
    key = found.group(1)
    return f'"@{key}={labels[key]}"' if key in labels else found.group(0)


def parse_form(text: str, name: str, labels: Labels) -> Form:
    """The form in ``text``; ``name`` is the file's name for messages, ``labels`` the words of every
    key it may name (None: a layout kept with a sheet, unchecked). Raises ``FormError``."""
    try:
        return _form(Reader(tomllib.loads(text)), labels)
    except tomllib.TOMLDecodeError as error:
        raise FormError(
            name, _toml_line(str(error), text), f"写法不对,请检查引号、括号和逗号({error})"
        ) from error
    except Wrong as error:
        raise FormError(name, _line(text, error), error.reason) from error


def _toml_line(message: str, text: str) -> int:
    found = _TOML_LINE.search(message)
    return int(found.group(1)) if found else text.count("\n") + 1


def _line(text: str, error: Wrong) -> int:
    """The line of the mistake: inside its block, the first that holds the words complained about."""
    starts = [text.count("\n", 0, m.start()) + 1 for m in _BLOCK.finditer(text)]
    lines = text.split("\n")
    first, last = 1, len(lines)
    if error.block:
        first = starts[error.block - 1] if error.block <= len(starts) else 1
        last = starts[error.block] - 1 if error.block < len(starts) else len(lines)
    return next((n for n in range(first, last + 1) if error.words and error.words in lines[n - 1]), first)


def _form(top: Reader, labels: Labels) -> Form:
    page = top.table("page")
    form = Form(
        id=top.words("form", need=True),
        title=top.words("title", need=True),
        head=_head(top.table("head"), labels),
        sets=_sets(top.table("sets")),
        **page.numbers("left", "right", "top", "bottom", "size"),
        landscape=page.flag("landscape"),
        straddle=page.flag("straddle", default=True),
        duplex=page.flag("duplex"),
        blocks=(),
    )
    page.finish()
    _check_margins(form)
    blocks = tuple(_numbered(i, b, form, labels) for i, b in enumerate(top.tables("block"), 1))
    top.finish()
    if not blocks:
        raise Wrong("至少要有一个 [[block]]")
    return replace(form, blocks=blocks)


def _check_margins(form: Form) -> None:
    for name in ("left", "right", "top", "bottom"):
        if getattr(form, name) < LEAST_MARGIN_MM:
            raise Wrong(f"页边距 {name} 不能小于 {LEAST_MARGIN_MM:g} 毫米", name)


def _head(head: Reader, labels: Labels) -> Head:
    read = Head(
        left=_checked(head.lines("left"), labels),
        right=_checked(head.lines("right"), labels),
        qr_note=head.words("qr_note"),
        **head.numbers("qr", "size"),
    )
    head.finish()
    return read


def _checked(templates: tuple[str, ...], labels: Labels) -> tuple[str, ...]:
    return tuple(check_words(template, labels) for template in templates)


def _sets(sets: Reader) -> Sets | None:
    if sets.empty:
        return None
    read = Sets(sets.words("rows", need=True), sets.lines("by"))
    sets.finish()
    return read


def _numbered(place: int, block: Reader, form: Form, labels: Labels) -> Block:
    try:
        return _block(block, form, labels)
    except Wrong as error:
        raise Wrong(f"第 {place} 个 [[block]]:{error.reason}", error.words, place) from error


def _block(block: Reader, form: Form, labels: Labels) -> Block:
    columns = tuple(block.list_of_numbers("columns"))
    _check_columns(columns, form)
    read = Block(
        heading=check_words(block.words("heading"), labels),
        columns=columns or (form.width,),
        rows=tuple(_row(row, len(columns) or 1, labels) for row in block.items("rows")),
        table=_table(block, len(columns), labels),
        text=_checked(block.lines("text"), labels),
        align=block.align(),
        frame=block.flag("frame", default=True),
        each_page=block.flag("each_page"),
        together=block.flag("together"),
        new_page=block.flag("new_page"),
        condition=_condition(block, labels),
        **block.numbers("size", "indent", "gap", "height"),
    )
    block.finish()
    if not (read.rows or read.table or read.text):
        raise Wrong("要有 rows、table 或 text 之一")
    return read


def _check_columns(columns: tuple[float, ...], form: Form) -> None:
    total = sum(columns)
    if columns and abs(total - form.width) > 0.05:
        raise Wrong(f"各列宽度合计 {total:g} 毫米,应为 {form.width:g} 毫米", "columns")


def _condition(source: Reader, labels: Labels) -> Condition:
    condition = Condition(source.words("when"), source.words("unless"))
    for key in filter(None, (condition.when, condition.unless)):
        check_key(key, labels)
    return condition


def _row(item: Any, columns: int, labels: Labels) -> Row:
    if isinstance(item, list):
        return Row(cells=_cells(item, columns, labels))
    source = Reader(item)
    row = Row(
        cells=_cells(source.items("cells"), columns, labels),
        condition=_condition(source, labels),
        **source.numbers("height"),
    )
    source.finish()
    return row


def _cells(items: Any, columns: int, labels: Labels) -> tuple[Any, ...]:
    cells = tuple(read_cell(item, labels) for item in items)
    used = sum(max(cell.span, 1) for cell in cells)
    if not cells or used > columns:
        raise Wrong(f"这一行占了 {used} 列,而 columns 只有 {columns} 列", _first_words(items))
    return cells


def _first_words(items: Any) -> str:
    """Something of a row that can be looked for in the file."""
    for item in items:
        found = next((v for v in item.values() if isinstance(v, str)), "") if isinstance(item, dict) else item
        if found:
            return str(found)
    return ""


def _table(block: Reader, columns: int, labels: Labels) -> Table | None:
    source = block.table("table")
    if source.empty:
        return None
    height = source.numbers("height").get("height", 0.0)
    rows = source.words("rows", need=True)
    check_key(rows, labels)
    table = Table(
        rows=rows,
        head=Row(cells=_cells(source.items("head"), columns, labels), height=height),
        body=Row(cells=_cells(source.items("body"), columns, labels), height=height),
        least=source.count("least"),
        per_page=source.count("per_page"),
    )
    source.finish()
    return table
