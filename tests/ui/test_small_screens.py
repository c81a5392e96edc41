"""What must be seen where there is little room: 1366 by 768 pixels at 150 % are 911 by 512."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import AtWindow
from yekuo_desktop import bootstrap
from yekuo_desktop.domain.case import Material
from yekuo_desktop.domain.deadlines.lights import Light
from yekuo_desktop.office import accepting
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.case.case_view import CaseView
from yekuo_desktop.ui.case.frame import StageTab
from yekuo_desktop.ui.case.pages.material_row import MaterialRow
from yekuo_desktop.ui.case.pages.materials import MaterialsPage
from yekuo_desktop.ui.citation import plain
from yekuo_desktop.ui.dialogs.setup_wizard import SetupWizard
from yekuo_desktop.ui.dialogs.sync_page import SyncPage
from yekuo_desktop.ui.forms.choice_list import ChoiceList
from yekuo_desktop.ui.forms.choices import make_choices
from yekuo_desktop.ui.tabs.workbench.tab import Workbench
from yekuo_desktop.ui.widgets.lights import MARKS, Mark, paint_shape
from yekuo_desktop.ui.widgets.scrolling import bring, scrolling, topped

Sit = Callable[[str], AtWindow]
WIDE, HIGH = 911, 512  # of that screen
FRAME = 48  # what a window manager and its bar take
MENU = (
    "工单交接…",
    "档案借阅登记…",
    "离线交换包…",
    "营业日志…",
    "稽查清单…",
    "督办清单…",
    "查看导出登记…",
    "人员…",
    "公开名录…",
    "修改密码…",
    "设置…",
    "同步情况…",
    "备份与恢复…",
    "自检…",
    "本页手册",
    "关于",
    "从 Excel 受理…",
)


def inside(part: QWidget, whole: QWidget) -> bool:
    """Whether all of a part is seen."""
    at = part.mapTo(whole, QPoint(0, 0))
    return at.x() >= 0 and at.x() + part.width() <= whole.width() and at.y() + part.height() <= whole.height()


@pytest.fixture
def small(sit: Sit, accepted: accepting.Accepted) -> tuple[AtWindow, CaseView]:
    """An accepted case in a window of that size."""
    person = sit("wangli")
    person.window.resize(WIDE, HIGH - 20)
    person.window.finder.open_case(accepted.case.id)
    person.settle()
    tab = person.window.deck.tab("acceptance")
    assert isinstance(tab, StageTab)
    return person, tab.case_view


def test_the_head_of_a_case_says_who_when_and_which(
    small: tuple[AtWindow, CaseView], accepted: accepting.Accepted
) -> None:
    _person, view = small
    shown = [label for label in (view.header._name, view.header._short) if label.isVisible()]
    assert [label.text() for label in shown] == ["张秀英", accepted.case.number]
    for part in (*shown, view.header._chip):
        assert part.width() > 40
        assert inside(part, view.header)
    assert not view.header._chip._due.words.startswith("纸质工单")
    assert view.header._chip.toolTip().startswith("纸质工单")


def test_the_tab_does_not_scroll_as_a_whole(small: tuple[AtWindow, CaseView]) -> None:
    person, _view = small
    area: Any = person.window.deck.currentWidget()
    assert area.verticalScrollBar().maximum() == 0


def test_how_a_case_stands_goes_before_seldom_buttons(small: tuple[AtWindow, CaseView]) -> None:
    _person, view = small
    bar = view.bar
    assert (bar.note.isVisible(), bar.correct.isVisible()) == (False, False)
    offered = [action.text() for action in bar._menu.actions() if action.isVisible()]
    assert offered[:2] == ["备注…", "更正登记内容…"]
    assert bar._words.width() > bar._words.fontMetrics().horizontalAdvance("工单待交项目经理")


def test_every_button_of_a_sheet_is_seen(small: tuple[AtWindow, CaseView]) -> None:
    person, view = small
    view.pages.setCurrentWidget(view.papers)
    person.settle()
    buttons: Any = view.papers.findChildren(QPushButton)
    for words in ("预览", "补打", "作废"):
        (first, *_rest) = [button for button in buttons if button.text() == words and button.isVisible()]
        assert first.mapTo(view.papers, QPoint(first.width(), 0)).x() <= view.papers.width()


def test_what_was_registered_is_shown_at_once_in_fewer_columns(small: tuple[AtWindow, CaseView]) -> None:
    person, view = small
    view.pages.setCurrentWidget(view.record)
    person.window.resize(WIDE + 400, HIGH - 20)
    person.window.resize(WIDE, HIGH - 20)
    person.settle()
    assert view.record.record.sizeHint().height() > 100


def test_the_dates_of_a_paper_stand_below_its_ticks(qtbot: QtBot, desk: Desk) -> None:
    rule = accepting.materials_for(desk, {"klass": "lv_resident", "business": "new"})[0]
    page = QWidget()
    qtbot.addWidget(page)
    row = MaterialRow(rule, lambda: desk.clock().date())
    row.setParent(page)
    row.set_material(Material(owed_until=desk.clock().date()))
    row.resize(900, 80)
    page.show()
    assert row._valid.y() == row._copies.y() or abs(row._valid.y() - row._copies.y()) < 8
    row.resize(460, 120)
    qtbot.waitUntil(lambda: row._valid.y() > row._copies.y() + 20)
    for part in (row._original, row._scanned, row._owed, row._valid, row._note):
        assert inside(part, row)
    row.resize(900, 80)
    qtbot.waitUntil(lambda: abs(row._valid.y() - row._copies.y()) < 8)


def test_the_choices_of_a_narrow_cell_can_be_read(qtbot: QtBot) -> None:
    edit = QLineEdit()
    qtbot.addWidget(edit)
    edit.setFixedWidth(40)
    edit.show()
    entries = ChoiceList(edit, make_choices([("a", "缺供电企业盖章"), ("b", "齐全")]))
    entries.show_all()
    popup = entries._list.popup()
    assert popup.width() >= popup.sizeHintForColumn(0) > 40
    entries.hide()


def test_the_first_line_of_a_long_table_is_seen_when_its_form_opens(qtbot: QtBot) -> None:
    cell, tall = QLineEdit(), QWidget()
    box = QVBoxLayout(tall)
    box.addSpacing(60)
    box.addWidget(cell)
    box.addSpacing(600)
    area = scrolling(topped(tall))
    qtbot.addWidget(area)
    area.resize(300, 200)
    with qtbot.waitActive(area):
        area.show()
        area.activateWindow()
    cell.setFocus()
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    bring(area, tall, 24)
    assert inside(cell, area.viewport())
    assert cell.mapTo(area, QPoint(0, 0)).y() >= 60  # with the headings above it


def test_the_wizard_fits_and_shows_the_field_with_the_cursor(
    qtbot: QtBot, tmp_path: Path, background: Background
) -> None:
    wizard = SetupWizard(bootstrap.Opener(tmp_path / "new", fixed=True), background)
    qtbot.addWidget(wizard)
    wizard.choice.real.click()
    assert wizard.minimumSizeHint().height() <= HIGH - FRAME
    wizard.resize(640, HIGH - FRAME)
    with qtbot.waitActive(wizard):
        wizard.show()
        wizard.activateWindow()
    assert inside(wizard.next, wizard)
    again = wizard.form._entries["again"]
    for _ in range(9):
        qtbot.keyClick(wizard.focusWidget(), Qt.Key.Key_Tab)
    assert again.hasFocus()
    assert inside(again, wizard.form)


@pytest.mark.parametrize("words", MENU)
def test_every_dialog_of_the_menu_fits(sit: Sit, words: str) -> None:
    person = sit("wangli" if "受理" in words else "admin")
    person.window.actions_by_words[words].trigger()
    dialog = person.dialog()
    least = dialog.minimumSizeHint().expandedTo(dialog.minimumSize())
    dialog.close()
    assert (least.width() <= WIDE - 40, least.height() <= HIGH - FRAME) == (True, True), least


def test_what_waits_without_a_centre_is_not_called_sent(
    qtbot: QtBot, desk: Desk, accepted: accepting.Accepted, sit: Sit
) -> None:
    person = sit("wangli")
    person.window.actions_by_words["同步情况…"].trigger()
    dialog = person.dialog()
    assert isinstance(dialog, SyncPage)
    words = dialog.tables[0].empty._title.text()
    dialog.close()
    assert words.startswith("本机已有")


def test_a_case_without_a_running_clock_does_not_look_paused() -> None:
    def picture(mark: Mark) -> bytes:
        image = QImage(40, 40, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        paint_shape(painter, QRectF(10, 10, 20, 20), Light.GREY, QColor("black"), mark)
        painter.end()
        return bytes(image.constBits())

    pictures = {mark: picture(mark) for mark in Mark}
    assert len(set(pictures.values())) == len(Mark)
    assert pictures[Mark.LIGHT] not in {pictures[mark] for mark in MARKS.values()}


def test_a_citation_has_no_marks_of_the_collection() -> None:
    assert plain("《供电营业规则》第十九条 [S-2024]") == "《供电营业规则》第十九条"
    assert plain("流程及管理（种子文件）一、受理 [S-SEED]") == "流程及管理 一、受理"


def test_the_figures_give_way_to_their_list(sit: Sit, accepted: accepting.Accepted) -> None:
    person = sit("wangli")
    person.window.resize(WIDE, HIGH - 20)
    person.settle()
    bench = person.window.deck.tab("workbench")
    assert isinstance(bench, Workbench)
    tile, view = bench.chosen_tile(), bench.table.view
    person.until(lambda: tile.height() < 110)
    for part in (tile._title, tile._figure):
        assert inside(part, tile)
    area: Any = person.window.deck.currentWidget()
    first = view.viewport().mapTo(area, QPoint(0, view.rowHeight(0)))
    assert first.y() <= area.height()  # the end of the first row, without scrolling
    person.window.resize(1366, 768)
    person.settle()
    person.until(tile._hint.isVisible)
    person.until(lambda: tile.height() > 110)


def test_words_that_wrap_are_read_whole(sit: Sit) -> None:
    person = sit("wangli")
    person.window.actions_by_words["离线交换包…"].trigger()
    dialog = person.dialog()
    labels: Any = dialog.findChildren(QLabel)
    for label in labels:
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    dialog.close()


def test_the_offer_of_papers_is_read_whole(qtbot: QtBot, desk: Desk, background: Background) -> None:
    page = MaterialsPage(desk.reference, desk.clock().date())
    qtbot.addWidget(page)
    rules = accepting.materials_for(desk, {"klass": "lv_resident", "business": "new"})
    page.show_rules(rules)
    page.resize(460, 130)
    page.show()
    held = {rule.id: Material(original_seen=True, held_from="YK4101") for rule in rules[:2]}
    page.offer(held, dict.fromkeys(held, "该客户 2026-11-25"))
    words = page._offer_text
    qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()) > 30)
    assert words.mapTo(page, QPoint(0, 0)).y() > page._one.mapTo(page, QPoint(0, 0)).y()
