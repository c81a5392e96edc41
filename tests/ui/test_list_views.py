"""Saved views and filters of lists: the same menu at every list, each person's own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QMenu

from tests.ui.conftest import AtWindow
from tests.ui.test_lists import acceptance, five, rows_of, saved_as
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.ui.dialogs.handover import HandOver
from yekuo_desktop.ui.tabs.acceptance.tab import AcceptanceTab
from yekuo_desktop.ui.widgets.columns import Column
from yekuo_desktop.ui.widgets.empty import Empty
from yekuo_desktop.ui.widgets.list_views import VIEWS, ListViews, parsed
from yekuo_desktop.ui.widgets.table import Table
from yekuo_desktop.ui.widgets.table_menu import row_menu

__all__ = ("five", "saved_as")
Sit = Callable[[str], AtWindow]
CTRL = Qt.KeyboardModifier.ControlModifier
DESCENDING = Qt.SortOrder.DescendingOrder


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def press(menu: QMenu, words: str) -> None:
    next(action for action in menu.actions() if action.text() == words).trigger()


def views_of(table: Table) -> ListViews:
    assert table.views is not None
    return table.views


def save_as(person: AtWindow, table: Table, words: str, name: str) -> None:
    """Through the menu and the box that asks for the name."""
    press(views_of(table).menu(table), words)
    person.until(lambda: table.findChild(QInputDialog))
    asked: QInputDialog = table.findChild(QInputDialog)
    asked.setTextValue(name)
    asked.accept()
    person.until(lambda: not table.findChild(QInputDialog))
    person.settle()


def customers(tab: AcceptanceTab) -> list[str]:
    return [row.case.customer for row in tab.queue.table.model.rows()]


@pytest.mark.usefixtures("five")
def test_a_view_is_columns_order_and_filter_under_a_name(sit: Sit, desk: Desk) -> None:
    person = sit("wangli")
    tab = acceptance(person)
    table = tab.queue.table
    usual = customers(tab)
    table.show_column(8, True)
    table.view.sortByColumn(2, DESCENDING)
    tab.queue.choose_pill("mine")
    tab.queue.search.setText("柳湾")
    tab.queue.refresh()
    person.settle()
    save_as(person, table, "保存为视图…", " 我的  按户名 ")
    wanted = customers(tab)
    assert wanted != usual

    table.show_column(8, False)
    table.view.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    tab.queue.choose_pill("station")
    tab.queue.search.clear()
    tab.queue.refresh()
    person.settle()
    press(views_of(table).menu(table), "我的 按户名")
    person.settle()
    assert customers(tab) == wanted
    assert not table.view.isColumnHidden(8)
    assert (tab.queue._bar.current(), tab.queue.search.text()) == ("mine", "柳湾")

    press(views_of(table).menu(table), "默认打开“我的 按户名”")
    save_as(person, table, "改名“我的 按户名”…", "河口")
    person.settle()
    assert texts(views_of(table).menu(table))[0] == "河口(默认)"

    again = acceptance(sit("wangli"))
    person.until(lambda: customers(again) == wanted)
    assert again.queue._bar.current() == "mine"
    press(views_of(again.queue.table).menu(table), "删除“河口”")
    person.settle()
    other = acceptance(sit("chenjing"))
    assert texts(views_of(other.queue.table).menu(table)) == ["保存为视图…"]
    wangli = desk.store.organisation().by_login("wangli")
    assert wangli is not None
    assert desk.store.setting(f"{VIEWS}{wangli.id}.queue.acceptance") == "[]"


@pytest.mark.usefixtures("five")
def test_what_a_filter_hides_is_not_exported(sit: Sit, saved_as: Path) -> None:
    person = sit("wangli")
    person.window.registers.hand_over()
    dialog = person.dialog()
    assert isinstance(dialog, HandOver)
    person.until(lambda: dialog.table.model.total == 5)
    person.press(Qt.Key.Key_F, CTRL, dialog.table.view)
    dialog.table.search.put("张")
    assert dialog._count.text() == "已选 1 张"
    dialog.table.search.put("李国强")
    assert dialog._count.text() == "已选 0 张"  # nobody hands over what he does not see
    dialog.out.export_to(str(saved_as), "现场核对")
    person.until(lambda: "已导出 1 条" in person.window.toast.words())
    title, _, row = rows_of(saved_as)
    assert "含“李国强”" in title[0]
    assert "李国强" in row


def test_nothing_of_ours_is_no_view() -> None:
    assert parsed("") == parsed("{}") == parsed("[1]") == ()


def columns() -> tuple[Column, ...]:
    return (
        Column("name", "姓名", lambda row: row),
        Column("size", "长度", lambda row: f"{len(row)} 字", out=lambda row: str(len(row))),
    )


def test_a_whole_list_is_filtered_where_it_is(qtbot: object) -> None:
    table = Table(columns(), "名单", Empty("inbox", ""), whole=True)
    table.set_rows(["王海", "李国强", "Wang Hai", "李国"])
    gone: list[object] = []
    table.chosen.connect(gone.append)
    table.choose(1)
    table.search.put("李国")
    assert table.model.rows() == ("李国强", "李国")
    assert table.current() == "李国强"
    table.search.put("李国 2")
    assert table.model.rows() == ("李国",)
    assert gone[-1] is None
    table.search.put("WANG")
    table.set_rows(["王海", "wang", "李国"])
    assert table.model.rows() == ("wang",)
    table.search.put("没有")
    assert table.model.total == 0
    assert table._stack.currentWidget() is table._filtered  # the list is not empty, it is filtered
    table.search.put("")
    assert table.model.total == 3


def test_ctrl_f_asks_and_esc_shows_all_again(qtbot: object) -> None:
    table = Table(columns(), "名单", Empty("inbox", ""), whole=True)
    table.set_rows(["王海", "李国强"])
    assert "筛选…\tCtrl+F" in texts(row_menu(table, table))
    table.search.ask()
    assert not table.search.isHidden()
    table.search.put("王")
    press_esc(table)
    assert table.search.isHidden()
    assert table.model.total == 2


def press_esc(table: Table) -> None:
    QTest.keyClick(table.search, Qt.Key.Key_Escape)
