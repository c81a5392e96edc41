"""Sheets out of Python values, for the tests of lists."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from yekuo_desktop.domain.codes import parse_codes
from yekuo_desktop.domain.lists.cells import Cell, Grid, Merge, number_cell, text_cell
from yekuo_desktop.domain.lists.reading import ListTable, Trade, read_list
from yekuo_desktop.domain.stages.acceptance.fields import FIELDS

CODES = Path(__file__).parents[2] / "resources" / "codes"
NAMES = ("businesses", "categories", "channels", "classes", "documents", "load_nature", "supply_modes")
TODAY = date(2026, 11, 23)
TRADE = Trade(codes={n: parse_codes((CODES / f"{n}.toml").read_text("utf-8")) for n in NAMES}, today=TODAY)
ZHANG = ("张三", "41012219800101123X", "13800001111", "示例县柳树镇李庄村三组5号", "8")
HEAD = ("户名", "证件号码", "联系电话", "用电地址", "申请容量")


def cell(value: Any) -> Cell:
    """A cell as the reader makes it out of a Python value."""
    if value is None:
        return Cell()
    if isinstance(value, bool):
        return Cell("是" if value else "否", "bool", float(value))
    if isinstance(value, date):
        return Cell(value.isoformat(), "date")
    return number_cell(float(value)) if isinstance(value, int | float) else text_cell(value)


def grid(*rows: Sequence[Any], merges: Sequence[tuple[int, int, int, int]] = (), sheet: str = "表") -> Grid:
    """A sheet out of Python values."""
    return Grid(sheet, [[cell(value) for value in row] for row in rows], tuple(Merge(*m) for m in merges))


def read(*rows: Sequence[Any], merges: Sequence[tuple[int, int, int, int]] = ()) -> ListTable:
    """The applications in those rows."""
    return read_list([grid(*rows, merges=merges)], FIELDS, TRADE)


def keys(table: ListTable) -> list[str]:
    """The fields by column, "" for a column that is none of ours."""
    return [column.field.key if column.field else "" for column in table.header.columns]
