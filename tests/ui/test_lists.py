"""Every list: its columns are remembered, and the whole of it goes to Excel and on paper."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFileDialog
from pytestqt.qtbot import QtBot

from tests.ui.conftest import HOUSEHOLD, AtWindow
from yekuo_desktop.domain.case import Material
from yekuo_desktop.office import accepting, privacy
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.ui.dialogs.day_book import DayBook
from yekuo_desktop.ui.dialogs.handover import HandOver
from yekuo_desktop.ui.dialogs.print_preview import PrintPreview
from yekuo_desktop.ui.tabs.acceptance.tab import AcceptanceTab
from yekuo_desktop.ui.tabs.workbench.tab import Workbench
from yekuo_desktop.ui.widgets.columns import Column
from yekuo_desktop.ui.widgets.empty import Empty
from yekuo_desktop.ui.widgets.export_reason import ExportReason
from yekuo_desktop.ui.widgets.table import Table
from yekuo_desktop.ui.widgets.table_menu import ListButton

Sit = Callable[[str], AtWindow]
DAY = timedelta(days=1)
CTRL = Qt.KeyboardModifier.ControlModifier
NAMES = ("张秀英", "李国强", "王海", "赵敏", "周芳")


@pytest.fixture
def five(desk: Desk) -> None:
    """Five households, accepted one after another."""
    clerk = sit_down(desk, "wangli")
    for at, name in enumerate(NAMES, start=1):
        values = HOUSEHOLD | {"customer_name": name, "address_door": f"{at}号"}
        rules = accepting.materials_for(desk, values)
        seen = {rule.id: Material(original_seen=True, copies=1) for rule in rules if rule.required}
        accepting.accept(desk, clerk, values, seen, "liming")


@pytest.fixture
def saved_as(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the person saves what is exported; the name that was proposed is kept beside it."""
    path = tmp_path / "out.xlsx"
    proposed: list[str] = []

    def answer(_parent: Any, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        proposed.append(name)
        (tmp_path / "proposed").write_text("\n".join(proposed))
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return path


def acceptance(person: AtWindow) -> AcceptanceTab:
    person.window.show_stage("acceptance")
    person.settle()
    tab = person.window.deck.tab("acceptance")
    assert isinstance(tab, AcceptanceTab)
    return tab


def rows_of(path: Path) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))


def give_reason(person: AtWindow, words: str) -> None:
    """Type why a list of customers leaves, and press Enter."""
    person.until(lambda: person.window.findChild(ExportReason))
    asked: Any = person.window.findChild(ExportReason)
    person.bot.keyClick(asked.reason, Qt.Key.Key_Return)
    assert asked.isVisible()  # not without a reason
    asked.reason.setText(words)
    person.bot.keyClick(asked.reason, Qt.Key.Key_Return)


@pytest.mark.usefixtures("five")
def test_ctrl_e_exports_more_than_the_page_that_is_loaded(
    sit: Sit, desk: Desk, saved_as: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yekuo_desktop.ui.case.queue.PAGE", 2)
    person = sit("wangli")
    table = acceptance(person).queue.table
    identity = next(at for at, column in enumerate(table.model.columns) if column.id == "identity")
    table.show_column(identity, True)
    table.view.horizontalHeader().moveSection(2, 0)  # 客户 first
    person.press(Qt.Key.Key_E, CTRL, table.view)
    give_reason(person, "现场核对")
    person.until(lambda: "已导出 5 条到 out.xlsx" in person.window.toast.words())
    (look,) = privacy.looks(desk, desk.clock() - DAY, desk.clock() + DAY)
    assert (look.person, look.rows) == ("王丽", 5)
    assert look.words == "导出《业务受理清单》5 行到 out.xlsx:现场核对"
    _, head, *rows = rows_of(saved_as)
    assert head == ("序号", "客户", "时限", "编号", "类别", "容量", "到期", "证件号码")
    assert {row[1] for row in rows} == set(NAMES)
    assert {row[7] for row in rows} == {"4101**********1029"}
    assert rows[0][3].startswith("YK")
    assert rows[0][5] == 8
    assert f"{rows[0][6]:%Y-%m-%d %H:%M}" == "2026-03-11 17:30"
    assert (saved_as.parent / "proposed").read_text() == "业务受理清单-20260310-0930.xlsx"


@pytest.mark.usefixtures("five")
def test_the_filter_is_exported_and_said(sit: Sit, saved_as: Path) -> None:
    person = sit("wangli")
    queue = acceptance(person).queue
    queue.search.setText("李国强")
    queue.refresh()
    person.settle()
    person.press(Qt.Key.Key_E, CTRL, queue.table.view)
    person.until(lambda: "已导出 1 条" in person.window.toast.words())
    title, _, *rows = rows_of(saved_as)
    assert "筛选：本所，含“李国强”" in title[0]
    assert [row[3] for row in rows] == ["李国强"]


@pytest.mark.usefixtures("five")
def test_ctrl_p_shows_the_list_on_paper(sit: Sit) -> None:
    person = sit("wangli")
    tab = acceptance(person)
    person.press(Qt.Key.Key_P, CTRL, tab.queue.table.view)
    preview = person.dialog()
    assert isinstance(preview, PrintPreview)
    person.until(lambda: preview.count == 1 and preview.shown()[0])
    assert preview.heading.text() == "业务受理清单"
    width, height, _ = preview.shown()
    assert width > height
    preview.reject()


@pytest.mark.usefixtures("five")
def test_a_list_with_addresses_is_printed_for_a_reason(sit: Sit, desk: Desk) -> None:
    person = sit("wangli")
    table = acceptance(person).queue.table
    table.show_column(next(at for at, c in enumerate(table.model.columns) if c.id == "address"), True)
    person.press(Qt.Key.Key_P, CTRL, table.view)
    give_reason(person, "现场核对")
    preview = person.dialog()
    assert isinstance(preview, PrintPreview)
    preview.reject()
    (look,) = privacy.looks(desk, desk.clock() - DAY, desk.clock() + DAY)
    assert look.words == "导出《业务受理清单》5 行到 纸面:现场核对"


@pytest.mark.usefixtures("five")
def test_the_button_offers_what_the_keys_do(sit: Sit, saved_as: Path) -> None:
    person = sit("wangli")
    bench = person.window.deck.tab("workbench")
    assert isinstance(bench, Workbench)
    button = bench.findChild(ListButton)
    assert button is not None
    menu = button.menu()
    menu.aboutToShow.emit()
    offered = {action.text().split("\t")[0]: action for action in menu.actions()}
    assert list(offered) == ["复制所选行", "导出 Excel…", "打印…", "视图", "选择列"]
    offered["导出 Excel…"].trigger()
    give_reason(person, "上报统计")
    person.until(lambda: "已导出 5 条" in person.window.toast.words())
    assert rows_of(saved_as)[0][0].startswith("未签收工单")


def test_an_empty_list_has_nothing_to_write(sit: Sit) -> None:
    person = sit("wangli")
    table = acceptance(person).queue.table
    with person.bot.assertNotEmitted(table.export_wanted):
        person.press(Qt.Key.Key_E, CTRL, table.view)


@pytest.mark.usefixtures("five")
def test_columns_stay_as_the_person_arranged_them(sit: Sit, desk: Desk) -> None:
    person = sit("wangli")
    table = acceptance(person).queue.table
    header = table.view.horizontalHeader()
    with person.bot.waitSignal(table.arranged):
        header.moveSection(header.visualIndex(2), 0)
        header.resizeSection(1, 141)
        table.show_column(4, False)
    person.settle()
    assert desk.store.setting("columns.queue.acceptance")
    person.window.close()
    other = acceptance(again := sit("wangli")).queue.table
    assert [column.id for column in other.shown()][:3] == ["customer", "due", "number"]
    assert other.view.columnWidth(1) == 141
    assert other.view.isColumnHidden(4)
    with again.bot.waitSignal(other.arranged):
        other.design_layout()
    again.settle()
    assert [column.id for column in other.shown()][:2] == ["due", "number"]


@pytest.mark.usefixtures("five")
def test_orders_on_their_way_are_sorted_and_exported(sit: Sit, saved_as: Path) -> None:
    person = sit("wangli")
    person.press(Qt.Key.Key_F4)
    dialog = person.dialog()
    assert isinstance(dialog, HandOver)
    table = dialog.table
    table.view.clearSelection()
    table.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    table.choose(0)
    chosen = table.selected()
    table.view.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    addresses = [row.case.address for row in table.model.rows()]
    assert addresses == sorted(addresses, reverse=True)
    assert table.selected() == chosen
    dialog.out.export_to(str(saved_as), "上报统计")
    person.until(lambda: "已导出 5 条" in person.window.toast.words())
    assert [row[4] for row in rows_of(saved_as)[2:]] == addresses
    dialog.reject()


@pytest.mark.usefixtures("five")
def test_the_day_book_takes_the_keys_too(sit: Sit, saved_as: Path) -> None:
    person = sit("wangli")
    person.press(Qt.Key.Key_R, CTRL)
    book = person.dialog()
    assert isinstance(book, DayBook)
    person.press(Qt.Key.Key_E, CTRL, book.table.view)
    person.until(lambda: "已导出" in person.window.toast.words())
    assert len(rows_of(saved_as)) == book.table.model.total + 2
    book.reject()


def test_a_whole_list_sorts_numbers_by_size_and_blanks_last(qtbot: QtBot) -> None:
    columns = (Column("id", "号", str), Column("n", "数", lambda at: f"{at}" if at else ""))
    table = Table(columns, "数", Empty("inbox", "没有"), whole=True)
    qtbot.addWidget(table)
    table.set_rows((10, 0, 9, 100))
    table.view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert list(table.model.rows()) == [9, 10, 100, 0]
    table.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert list(table.model.rows()) == [100, 10, 9, 0]
    table.set_rows((1, 2))
    assert list(table.model.rows()) == [2, 1]
