"""A table of a form out of a workbook, in the window: looked at, mended, then in the form that records it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.at_counter import AtCounter
from tests.ui.at_task import AtTask, delivered, put
from tests.ui.conftest import AtWindow
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.list_import import ListImport
from yekuo_desktop.ui.dialogs.list_mend import RowMend
from yekuo_desktop.ui.dialogs.list_rows import remark, standing
from yekuo_desktop.ui.forms.rows import FROM_FILE

Sit = Callable[[str], AtWindow]
HEAD = ("室号", "户名", "身份证号码", "用电容量", "移动电话")
GOOD = ("101", "赵德柱", "410122196603121029", 8, "13803710001")
WRONG = ("102", "钱秀兰", "410122196603121020", 8, "13803710002")


def book(path: Path, *rows: tuple[Any, ...]) -> str:
    made = openpyxl.Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    made.save(path)
    return str(path)


@pytest.fixture
def at_counter(qtbot: QtBot, desk: Desk, background: Background) -> AtCounter:
    made = AtCounter(qtbot, desk, background, "wangli")
    made.press(Qt.Key.Key_F2)
    made.enter("business", "低压批量")
    made.settle()
    return made


def lines(dialog: ListImport) -> list[tuple[str, str]]:
    dialog.pills.choose("all")
    return [(standing(line).words, remark(line)) for line in dialog.table.model.rows()]


def opened(at: AtCounter) -> Callable[[str], ListImport]:
    """By the button of the table."""

    def choose(path: str) -> ListImport:
        (button,) = [
            b for b in at.form.editor("households").findChildren(QPushButton) if b.text() == FROM_FILE
        ]
        before = set(at.tab.application.findChildren(ListImport))
        button.click()
        (dialog,) = set(at.tab.application.findChildren(ListImport)) - before
        dialog.open_list(path)
        at.settle()
        return dialog

    return choose


def test_households_go_into_the_form_all_at_once(at_counter: AtCounter, tmp_path: Path) -> None:
    choose, source = opened(at_counter), tmp_path / "三幢.xlsx"
    dialog = choose(book(source, ("经办单位:某公司",), HEAD, GOOD, WRONG))
    assert lines(dialog) == [("可写入", ""), ("有问题", "身份证号第 18 位应为 9")]
    assert dialog._accept.toolTip() == "还有 1 行有问题，请改正或不要这几行"
    dialog.options._form.set_value("building", "3")
    dialog.options.changed.emit()
    at_counter.bot.waitUntil(lambda: not dialog._later.isActive())
    at_counter.settle()
    dialog.table.choose(1)
    dialog.leave_out()
    at_counter.settle()
    at_counter.bot.keyClick(dialog, Qt.Key.Key_F9)
    at_counter.settle()
    form = at_counter.form
    household = {
        "building": "3",
        "room": "101",
        "name": "赵德柱",
        "identity": "410122196603121029",
        "capacity": "8",
        "mobile": "13803710001",
    }
    assert form.editor("households").value() == [household]
    assert form.editor("household_count").value() == "1"
    answered = list(openpyxl.load_workbook(tmp_path / "三幢-写入结果.xlsx").worksheets[0].values)
    assert [row[5:8] for row in answered[2:]] == [
        ("已写入", None, None),
        ("未写入", None, "预览时选了不要这一行"),
    ]
    at_counter.bot.keyClick(
        form.editor("households").table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier
    )
    assert form.editor("households").value() == []
    form.editor("households").take_rows([household])
    again = choose(book(source, HEAD, (*GOOD, "3幢"), (*WRONG[:2], None, 8, "1380371")))
    assert [words for words, _ in lines(again)] == ["可写入", "有问题"]
    again.reject()
    at_counter.tab.application.drop_draft()
    at_counter.settle()


def test_a_table_of_a_task_is_filled_and_judged_by_the_task(
    sit: Sit, desk: Desk, clock: Any, tmp_path: Path
) -> None:
    case = delivered(desk, clock)
    put(desk, case.id, "construction")
    at = AtTask(sit("liming"), desk, case.id)
    at.open("devices.certified")
    dialog = at.form.lists.open("devices")
    heads = ("设备名称", "型号规格", "生产厂家", "产品合格证号", "复印件份数")
    rows = (("变压器", "S13-315", "某厂", "HG-1", "一"), ("高压柜", "KYN28", None, "HG-2", 1))
    dialog.open_list(book(tmp_path / "设备.xlsx", heads, *rows))
    at.person.until(lambda: dialog._looked)
    assert lines(dialog) == [("有问题", "复印件份数“一”不是数字"), ("有问题", "请填写生产厂家")]
    for at_row, key, text in ((0, "copies", "1"), (1, "maker", "某厂")):
        dialog.table.choose(at_row)
        dialog.mend_row()
        (mend,) = dialog.findChildren(RowMend)
        mend.form.set_value(key, text)
        mend._take()
        at.person.until(lambda: not dialog.findChildren(RowMend))
        at.settle()
    assert [words for words, _ in lines(dialog)] == ["可写入", "可写入"]
    dialog.accept_rows()
    at.person.until(lambda: not dialog.accepting)
    at.settle()
    assert [row["name"] for row in at.fields.editor("devices").value()] == ["变压器", "高压柜"]
    assert at.fields.editor("devices").value()[0]["copies"] == "1"
