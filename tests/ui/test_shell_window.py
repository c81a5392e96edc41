"""The window as a whole: stages, search, scan, hand-over, lock, log, help; with real keys."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QMessageBox,
)

from tests.ui.conftest import HOUSEHOLD, AtWindow
from yekuo_desktop.domain.qr import sheet_code
from yekuo_desktop.office import accepting
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.practice import county as practice
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.runtime.paths import RESOURCES
from yekuo_desktop.ui.dialogs.day_book import DayBook
from yekuo_desktop.ui.dialogs.handbook import Handbook
from yekuo_desktop.ui.dialogs.handover import MINE, HandOver
from yekuo_desktop.ui.dialogs.print_preview import PrintPreview
from yekuo_desktop.ui.dialogs.screen_lock import ScreenLock
from yekuo_desktop.ui.tabs import ALL_TABS
from yekuo_desktop.ui.tabs.acceptance.tab import AcceptanceTab
from yekuo_desktop.ui.tabs.workbench.tab import Workbench

Sit = Callable[[str], AtWindow]
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def sheet(desk: Desk, accepted: accepting.Accepted) -> str:
    """The number of the work order."""
    delivery = accepted.case.delivery
    assert delivery is not None
    return delivery.sheet_no


def test_practice_cannot_be_mistaken(sit: Sit) -> None:
    window = sit("wangli").window
    assert window.ribbon.isVisible()
    assert "演练" in window.ribbon.text()
    assert "演练" in window.windowTitle()


def test_every_digit_turns_to_its_tab(sit: Sit) -> None:
    person = sit("wangli")
    for at, kind in enumerate(ALL_TABS):
        person.press(Qt.Key(Qt.Key.Key_1 + at), ALT if at % 2 else CTRL)
        assert person.window.deck.shown == kind.id
        assert person.window.stages.current() == kind.id


def test_counts_stand_on_the_tabs_and_at_the_bottom(sit: Sit, accepted: accepting.Accepted) -> None:
    window = sit("wangli").window
    assert window.stages._buttons["acceptance"].accessibleName() == "1 业务受理,1 件"
    assert window.stages._buttons["survey"].accessibleName() == "2 勘查与方案"
    _, orders, log = window.status.words()
    assert orders == "未签收工单 1 张，最早一张 03-11 17:30 到期"
    assert log.startswith("今日营业日志 ")


def test_an_overdue_order_is_said_in_red(sit: Sit, accepted: accepting.Accepted, clock: Any) -> None:
    clock.advance(days=3)
    window = sit("wangli").window
    assert window.stages._buttons["acceptance"].accessibleName() == "1 业务受理,1 件,有超时"
    assert window.status._orders.property("tone") == "error"


@pytest.mark.parametrize("typed", ["zxy", "0001", "410122196603121029", "柳湾"])
def test_search_finds_and_enter_opens(sit: Sit, accepted: accepting.Accepted, typed: str) -> None:
    person = sit("wangli")
    person.press(Qt.Key.Key_K, CTRL)
    search = person.window.header.search
    assert search.hasFocus()
    if typed.isascii():
        person.bot.keyClicks(search, typed)
    else:
        search.setText(typed)
        search.textEdited.emit(typed)
    person.until(search.hits)
    assert [row.customer for row in search.hits()] == ["张秀英"]
    person.press(Qt.Key.Key_Return, widget=search)
    person.until(lambda: person.window.deck.shown == "acceptance")
    person.settle()
    tab = person.window.deck.tab("acceptance")
    assert isinstance(tab, AcceptanceTab)
    assert tab.current_case() == accepted.case.id
    assert search.text() == ""


def test_enter_before_the_list_appears_opens_the_number(sit: Sit, accepted: accepting.Accepted) -> None:
    person = sit("wangli")
    search = person.window.header.search
    person.window.look_for()
    search.setText(accepted.case.number)
    person.press(Qt.Key.Key_Return, widget=search)
    person.until(lambda: person.window.deck.shown == "acceptance")


def test_what_cannot_be_found_is_said(sit: Sit) -> None:
    person = sit("wangli")
    person.window.look_for()
    person.window.header.search.setText("没有这个人")
    person.press(Qt.Key.Key_Return, widget=person.window.header.search)
    person.until(person.window.toast.words)
    assert person.window.toast.words() == "没有找到 没有这个人"


def test_a_manager_signs_what_he_scans(
    sit: Sit, desk: Desk, accepted: accepting.Accepted, sheet: str
) -> None:
    person = sit("liming")
    person.window.look_for()
    search = person.window.header.search
    person.bot.keyClicks(search, sheet_code(sheet, accepted.case.number))
    person.press(Qt.Key.Key_Return, widget=search)
    box = person.dialog()
    assert isinstance(box, QMessageBox)
    assert "张秀英" in box.text()
    person.bot.keyClick(box, Qt.Key.Key_Return)
    person.until(lambda: "已签收" in person.window.toast.words())
    case = desk.store.case(accepted.case.id)
    assert case is not None
    assert case.delivery is not None
    assert (case.delivery.how, case.stage) == ("scan", "survey")
    assert person.window.deck.shown == "survey"


def test_a_clerk_who_scans_only_sees_the_case(
    sit: Sit, desk: Desk, accepted: accepting.Accepted, sheet: str
) -> None:
    person = sit("wangli")
    person.window.header.search.scanned.emit(sheet_code(sheet))
    person.until(lambda: person.window.deck.shown == "acceptance")
    person.settle()
    assert person.dialogs == []


def test_hand_over_from_the_bottom_line(sit: Sit, desk: Desk, accepted: accepting.Accepted) -> None:
    person = sit("wangli")
    person.window.status._orders.click()
    dialog = person.dialog()
    assert isinstance(dialog, HandOver)
    dialog.carrier.setText("赵军")
    person.bot.keyClick(dialog, Qt.Key.Key_F9)
    person.until(lambda: len(person.dialogs) == 2)
    preview = person.dialogs[-1]
    assert isinstance(preview, PrintPreview)
    person.until(lambda: preview.count == 2 and preview.shown()[0])
    case = desk.store.case(accepted.case.id)
    assert case is not None
    assert case.delivery is not None
    assert case.delivery.carrier == "赵军"
    assert "已交接 1 张" in person.window.toast.words()
    preview.reject()
    dialog.reject()


def test_a_manager_signs_in_the_program(sit: Sit, desk: Desk, accepted: accepting.Accepted) -> None:
    person = sit("liming")
    person.press(Qt.Key.Key_F4)
    dialog = person.dialog()
    assert isinstance(dialog, HandOver)
    assert dialog.pills.current() == MINE
    assert not dialog._send.isVisible()
    assert not dialog.carrier.isVisible()
    assert dialog.table.view.hasFocus()
    person.bot.keyClick(dialog, Qt.Key.Key_F9)
    person.until(lambda: "已签收 1 张" in person.window.toast.words())
    person.settle()
    assert dialog.table.model.total == 0
    dialog.reject()


def test_the_lock_keeps_what_is_half_typed(sit: Sit) -> None:
    person = sit("wangli")
    person.press(Qt.Key.Key_F2)
    tab = person.window.deck.tab("acceptance")
    assert isinstance(tab, AcceptanceTab)
    edit = tab.application.page.form.editor("mobile").input
    edit.setFocus()
    person.bot.keyClicks(edit, "138037")
    person.press(Qt.Key.Key_L, CTRL)
    lock = person.dialog()
    assert isinstance(lock, ScreenLock)
    person.bot.keyClick(lock, Qt.Key.Key_Escape)
    assert lock.isVisible()
    person.bot.keyClicks(lock.password, "wrong")
    person.bot.keyClick(lock.password, Qt.Key.Key_Return)
    person.until(lambda: "密码不对" in lock.notice.words())
    person.bot.keyClicks(lock.password, practice.PASSWORD)
    with person.bot.waitSignal(lock.finished):
        person.bot.keyClick(lock.password, Qt.Key.Key_Return)
    assert edit.text() == "138037"


def test_another_process_is_noticed(sit: Sit, desk: Desk) -> None:
    person = sit("wangli")
    accepting.register(desk, sit_down(desk, "chenjing"), HOUSEHOLD, {})
    person.window.lookout.poll()
    person.until(lambda: "1 件" in person.window.stages._buttons["acceptance"].accessibleName())
    person.settle()


def test_the_bench_lists_what_its_numbers_count(sit: Sit, accepted: accepting.Accepted) -> None:
    person = sit("wangli")
    bench = person.window.deck.tab("workbench")
    assert isinstance(bench, Workbench)
    assert bench.current() == "undelivered"
    assert [row.case.id for row in bench.table.model.rows()] == [accepted.case.id]
    tile = bench.chosen_tile()
    assert tile.hasFocus()
    person.press(Qt.Key.Key_Left, widget=tile)
    assert bench.current() == "due_today"
    assert bench.table.model.total == 0
    assert bench.table.empty.isVisible()
    bench.choose("mine")
    bench.table.choose(0)
    person.press(Qt.Key.Key_Return, widget=bench.table.view)
    person.until(lambda: person.window.deck.shown == "acceptance")


def test_the_day_book_is_read_printed_and_exported(
    sit: Sit, accepted: accepting.Accepted, tmp_path: Path
) -> None:
    person = sit("wangli")
    person.press(Qt.Key.Key_R, CTRL)
    book = person.dialog()
    assert isinstance(book, DayBook)
    assert book.table.model.total >= 1
    book.export_to(str(tmp_path / "log.xlsx"))
    person.until(lambda: "已导出" in person.window.toast.words())
    assert (tmp_path / "log.xlsx").stat().st_size > 1000
    person.bot.keyClick(book, Qt.Key.Key_F9)
    person.until(lambda: len(person.dialogs) == 2)
    preview = person.dialogs[-1]
    assert isinstance(preview, PrintPreview)
    preview.save_to(str(tmp_path / "log.pdf"))
    person.until(lambda: "已保存" in person.window.toast.words())
    assert (tmp_path / "log.pdf").read_bytes().startswith(b"%PDF")
    preview.reject()
    book.reject()


def test_f1_opens_the_page_of_the_tab(sit: Sit) -> None:
    person = sit("wangli")
    for kind in ALL_TABS:
        person.window.show_stage(kind.id)
        person.settle()
        person.press(Qt.Key.Key_F1)
        book = person.dialog()
        assert isinstance(book, Handbook)
        assert str(book.pages.currentItem().data(256)).endswith(f"-{kind.id}")
        book.accept()


def test_every_page_of_the_handbook_has_a_title() -> None:
    pages = sorted((RESOURCES / "help").glob("*.md"))
    assert len(pages) >= len(ALL_TABS)
    assert all(page.read_text(encoding="utf-8").startswith("# ") for page in pages)


def test_verification_says_what_it_found(sit: Sit, accepted: accepting.Accepted) -> None:
    person = sit("wangli")
    person.window.keeping.verify()
    assert person.window.progress.isVisible()
    person.until(lambda: "校验通过" in person.window.toast.words())
    assert not person.window.progress.isVisible()


def test_one_who_may_not_accept_is_told_why(sit: Sit) -> None:
    window = sit("luoxin").window
    action = window.actions_by_words["新受理"]
    assert not action.isEnabled()
    assert "营业员" in action.toolTip()


def test_size_and_place_are_remembered(sit: Sit, desk: Desk) -> None:
    person = sit("wangli")
    person.window.resize(777, 666)
    person.window.close()
    person.settle()
    assert desk.store.setting("window.geometry")
    assert sit("wangli").window.size().width() == max(777, person.window.minimumSizeHint().width())
