"""Every list that leaves the program as a workbook: what is a number or a moment is one there, what
identifies somebody is text, nothing becomes a formula, the header stands."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.sheets.test_writing import HOSTILE
from yekuo_desktop.bootstrap import write_table
from yekuo_desktop.office import daybook, seal_register
from yekuo_desktop.office.accepting import Accepted
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.ui.dialogs import escalations, handover, loans, looks, oversight_columns, print_queue
from yekuo_desktop.ui.widgets.columns import Column, queue_columns
from yekuo_desktop.ui.widgets.list_out import _shown

Columns = Sequence[tuple[str, str, int]]


def _out(columns: Sequence[Column]) -> Columns:
    """As ``office.listing.to_excel`` hands them on."""
    shown = map(_shown, columns)
    return (("序号", "count", 6), *((c.title, c.kind, c.width + 2) for c in shown))


def _queue(desk: Desk, *, stage: bool) -> Columns:
    organisation = desk.store.organisation()
    return _out(queue_columns(organisation, desk.reference.calendar, desk.clock, stage=stage))


EXPORTS: dict[str, Callable[[Desk], Columns]] = {
    "业务清单": lambda desk: _queue(desk, stage=False),
    "工作台": lambda desk: _queue(desk, stage=True),
    "工单交接": lambda desk: _out(handover._columns(desk)),
    "档案借阅": lambda _desk: _out(loans._columns()),
    "稽查清单": lambda _desk: _out(oversight_columns.hit_columns()),
    "超时上报": lambda desk: _out(escalations._columns(desk)),
    "查看记录": lambda _desk: _out(looks._columns()),
    "打印队列": lambda desk: _out(print_queue._columns(desk)),
    "营业日志": lambda _desk: daybook.COLUMNS,
    "用印登记": lambda _desk: seal_register.COLUMNS,
}
MEANT = (  # what a heading says its cells are
    (r".*时间|到期|最近变化", "datetime"),
    (r".*日期|约定归还|有效期.*", "date"),
    (r"份数|页数|行数|户数|序号", "count"),
    (r".*容量", "capacity"),
    (r".*(金额|费用)", "money"),
    (r".*(编号|号码|电话|单据号|档案号|工单号|表号|户号)", "text"),
)
TYPES = {"datetime": "d", "date": "d", "count": "n", "capacity": "n"}  # as openpyxl calls them
FORMATS = {"datetime": "yyyy-mm-dd hh:mm", "date": "yyyy-mm-dd", "count": "0", "capacity": "General"}


def meant(title: str) -> str:
    return next((kind for pattern, kind in MEANT if re.fullmatch(pattern, title)), "text")


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_keeps_what_its_headings_promise(name: str, desk: Desk, tmp_path: Path) -> None:
    columns = EXPORTS[name](desk)
    assert {title: kind for title, kind, _ in columns} == {title: meant(title) for title, _, _ in columns}
    assert all(width >= 2 * len(title) + 1 or kind == "count" for title, kind, width in columns)
    sample = {"datetime": "2026-11-25 08:30", "date": "2026-11-25", "count": "3", "capacity": "12.5"}

    def row(text: str) -> list[Any]:
        return [sample.get(kind, text) for _, kind, _ in columns]

    path = tmp_path / "out.xlsx"
    write_table(str(path), name, columns, [row("410122198001011234"), *map(row, HOSTILE)])
    sheet = load_workbook(path).worksheets[0]
    last = sheet.cell(sheet.max_row, len(columns)).coordinate
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A3", f"A2:{last}")
    for line in sheet.iter_rows(min_row=3):
        for cell, (_, kind, _) in zip(line, columns, strict=True):
            assert cell.number_format == FORMATS.get(kind, "@")
            assert cell.data_type == TYPES.get(kind, "s")


def test_the_day_book_gives_whole_moments(desk: Desk, accepted: Accepted, tmp_path: Path) -> None:
    at = desk.clock()
    daybook.to_excel(desk, write_table, at.date(), "", str(tmp_path / "log.xlsx"))
    sheet = load_workbook(tmp_path / "log.xlsx").worksheets[0]
    rows = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=3)]
    assert {row[1].date() for row in rows} == {row[2].date() for row in rows} == {at.date()}
    assert rows[0][3] == accepted.case.number
