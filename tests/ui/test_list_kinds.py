"""The dialog of lists: a wrong row is mended before it is taken; work orders of 95598."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt

from tests.ui.at_list import GOOD, OTHER, WRONG_DIGIT, AtList, accepted, answers, book
from tests.ui.conftest import AtWindow
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.ui.dialogs.list_import import ListImport
from yekuo_desktop.ui.dialogs.list_mend import RowMend
from yekuo_desktop.ui.dialogs.list_rows import standing

Sit = Callable[[str], AtWindow]


def test_a_wrong_row_is_mended_or_left_out_in_the_preview(
    sit: Sit, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_list = AtList(sit("wangli"), monkeypatch)
    source = tmp_path / "a.xlsx"
    at_list.choose(book(source, GOOD, (*WRONG_DIGIT[:6], "八"), OTHER))
    table, dialog = at_list.dialog.table, at_list.dialog
    table.choose(0)
    at_list.person.bot.keyClick(table.view, Qt.Key.Key_Return)
    (mend,) = dialog.findChildren(RowMend)
    at_list.person.until(mend.isActiveWindow)
    assert mend.form.wrong() == ["identity_number", "capacity"]
    assert mend.form.editor("capacity").value() == "八"
    mend.form.set_value("identity_number", "410122196603121029")
    mend.form.set_value("capacity", "12")
    at_list.person.bot.keyClick(mend, Qt.Key.Key_F9)
    at_list.settle()
    assert at_list.lines() == [("可受理", "")] * 3
    table.choose(2)
    at_list.person.bot.keyClick(table.view, Qt.Key.Key_Delete)
    at_list.settle()
    assert at_list.lines()[2] == ("不要", "")
    assert dialog._leave.text().startswith("恢复")
    assert dialog._accept.text() == "受理 2 行  F9"
    dialog.activateWindow()  # offscreen nobody gives it back
    at_list.person.until(dialog.isActiveWindow)
    at_list.person.bot.keyClick(dialog, Qt.Key.Key_F9)
    at_list.settle()
    assert accepted(desk) == 2
    answered = answers(tmp_path / "a-受理结果.xlsx")
    assert [row[0] for row in answered[1:]] == ["已受理", "已受理", "未受理"]
    assert answered[2][2] == "导入时改过:证件号码、申请容量"
    at_list.choose(str(source))
    assert [words for words, _ in at_list.lines()] == ["此前已受理", "有问题", "可受理"]
    dialog.reject()


def test_orders_of_95598_wait_at_the_counter(sit: Sit, desk: Desk, tmp_path: Path) -> None:
    person = sit("wangli")
    person.window.actions_by_words["登记 95598 工单清单…"].trigger()
    dialog = person.dialog()
    assert isinstance(dialog, ListImport)
    person.until(dialog.isActiveWindow)
    made = openpyxl.Workbook()
    for row in (
        ("工单号", "受理时间", "姓名", "电话"),
        ("9003", "2026-03-09 09:12", "赵德柱", "13803710001"),
    ):
        made.worksheets[0].append(row)
    made.save(tmp_path / "下派.xlsx")
    for words in ("可登记", "此前已登记"):
        dialog.open_list(str(tmp_path / "下派.xlsx"))
        person.settle()
        assert [standing(line).words for line in dialog.table.model.rows()] == [words]
        person.bot.keyClick(dialog, Qt.Key.Key_F9)
        person.settle()
    (row,) = desk.store.queue(Filter(states=("registered",)), desk.clock())
    assert row.case.customer == "赵德柱"
    assert answers(tmp_path / "下派-登记结果.xlsx", 4) == [("结果", "编号", "原因"), ("已登记", None, None)]
    dialog.reject()
