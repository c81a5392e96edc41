"""Somebody who has never seen the program and has no mouse: where the keys go, what Enter and Tab do."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.at_task import delivered
from tests.ui.conftest import AtWindow
from yekuo_desktop.office import accepting
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.ui.case.frame import StageTab
from yekuo_desktop.ui.case.tasks.line import TaskLine
from yekuo_desktop.ui.dialogs.case_correction import CorrectionDialog
from yekuo_desktop.ui.dialogs.case_dialog import CaseDialog
from yekuo_desktop.ui.dialogs.case_reason import ReasonDialog, SuspensionDialog
from yekuo_desktop.ui.dialogs.case_return import ReturnDialog, Station
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.forms.choices import make_choices
from yekuo_desktop.ui.tabs.acceptance.tab import AcceptanceTab
from yekuo_desktop.ui.tabs.workbench.tab import Workbench
from yekuo_desktop.ui.widgets.buttons import primary, secondary

Sit = Callable[[str], AtWindow]
CTRL = Qt.KeyboardModifier.ControlModifier
TWO_LINES = "电动机\tY2-160\t2\t315\n卷扬机\tJM-5\t1\t30\n"


def tab_of(person: AtWindow, stage: str) -> StageTab:
    """The tab of a stage."""
    tab = person.window.deck.tab(stage)
    assert isinstance(tab, StageTab)
    return tab


def walk(bot: QtBot, dialog: QWidget, steps: int) -> list[str]:
    """The names of what Tab leads to, the first included."""
    with bot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    names = []
    for _ in range(steps):
        at: Any = QApplication.focusWidget()
        names.append(at.accessibleName() or at.text())
        bot.keyClick(at, Qt.Key.Key_Tab)
    dialog.close()
    return names


def test_a_stage_gives_the_keyboard_to_its_list(sit: Sit, accepted: accepting.Accepted) -> None:
    person = sit("wangli")
    person.press(Qt.Key.Key_2, CTRL)
    tab = tab_of(person, "acceptance")
    assert QApplication.focusWidget() is tab.queue.table.view
    person.press(Qt.Key.Key_Return, widget=tab.queue.table.view)
    assert tab.current_case() == accepted.case.id


def test_enter_in_the_list_leads_to_what_is_to_be_done(sit: Sit, desk: Desk, clock: Any) -> None:
    case = delivered(desk, clock)
    person = sit("liming")
    person.press(Qt.Key.Key_4, CTRL)
    tab = tab_of(person, "design")
    person.press(Qt.Key.Key_Return, widget=tab.queue.table.view)
    assert tab.current_case() == case.id
    assert isinstance(QApplication.focusWidget(), TaskLine)


def test_an_empty_stage_gives_the_keyboard_to_its_filter(sit: Sit) -> None:
    person = sit("wangli")
    person.press(Qt.Key.Key_4, CTRL)
    assert QApplication.focusWidget() is tab_of(person, "design").queue.search


def test_who_has_begun_to_type_a_filter_keeps_the_keyboard(sit: Sit, accepted: accepting.Accepted) -> None:
    person = sit("wangli")
    person.press(Qt.Key.Key_2, CTRL)
    queue = tab_of(person, "acceptance").queue
    queue.take_keyboard()
    queue.search.setFocus()
    person.bot.keyClicks(queue.search, "zxy")
    person.settle()
    assert queue.search.hasFocus()


def test_enter_on_a_figure_goes_to_its_list(sit: Sit, accepted: accepting.Accepted) -> None:
    person = sit("wangli")
    bench = person.window.deck.tab("workbench")
    assert isinstance(bench, Workbench)
    person.press(Qt.Key.Key_Return, widget=bench.chosen_tile())
    assert bench.table.view.hasFocus()


def test_enter_presses_the_button_with_the_keyboard_and_not_the_default(qtbot: QtBot) -> None:
    pressed: list[str] = []
    dialog = Dialog("离开")
    qtbot.addWidget(dialog)
    stay, go = (
        secondary("留下", lambda: pressed.append("留下")),
        primary("离开", lambda: pressed.append("离开")),
    )
    dialog.add_buttons(stay, go, default=go)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    stay.setFocus()
    qtbot.keyClick(stay, Qt.Key.Key_Return)
    assert pressed == ["留下"]


def test_what_is_asked_first_has_the_keyboard_and_tab_goes_down(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    texts, kinds = ("暂停", "", "暂停办理"), make_choices([("a", "客户原因"), ("b", "其他")])
    pause = SuspensionDialog(window, texts, kinds)
    assert walk(qtbot, pause, 5) == ["暂停原因类别", "原因", "证明材料", "取消", "暂停办理"]
    stages = [Station("survey", "勘查", (("sent", "派工"), ("seen", "勘查")))]
    again = ReturnDialog(window, stages, "survey")
    names = walk(qtbot, again, 10)
    assert (names[:3], names[6:]) == (
        ["退回到", "派工", "勘查"],
        ["原因", "客户书面申请", "取消", "退回重办"],
    )
    withdrawal = ReasonDialog(window, "撤回申请", "", "撤回申请", usual=("重复申请",))
    assert walk(qtbot, withdrawal, 3) == ["原因", "取消", "撤回申请"]


def test_a_correction_begins_with_its_field(sit: Sit, accepted: accepting.Accepted) -> None:
    person = sit("wangli")
    person.window.finder.open_case(accepted.case.id)
    person.settle()
    view = tab_of(person, "acceptance").case_view
    view.bar.correct.click()
    (dialog,) = [w for w in view.findChildren(CorrectionDialog) if w.isVisible()]
    assert isinstance(dialog, CaseDialog)
    person.until(dialog.pick.input.hasFocus)


def test_cells_pasted_while_one_types_in_a_cell_fill_the_table(sit: Sit) -> None:
    person = sit("wangli")
    person.press(Qt.Key.Key_F2)
    tab = tab_of(person, "acceptance")
    assert isinstance(tab, AcceptanceTab)
    form = tab.application.page.form
    form.set_value("klass", "hv_single")
    form.changed.emit("klass")
    person.settle()
    assert form.focus("equipment")
    cell: Any = QApplication.focusWidget()
    QGuiApplication.clipboard().setText(TWO_LINES)
    person.press(Qt.Key.Key_V, CTRL, widget=cell)
    rows = form.values()["equipment"]
    assert [row["name"] for row in rows] == ["电动机", "卷扬机"]
    assert [row["quantity"] for row in rows] == ["2", "1"]


def test_one_word_is_pasted_into_the_cell(sit: Sit) -> None:
    person = sit("wangli")
    person.press(Qt.Key.Key_F2)
    tab = tab_of(person, "acceptance")
    assert isinstance(tab, AcceptanceTab)
    form = tab.application.page.form
    form.set_value("klass", "hv_single")
    form.changed.emit("klass")
    person.settle()
    assert form.focus("equipment")
    cell: Any = QApplication.focusWidget()
    QGuiApplication.clipboard().setText("电动机")
    person.press(Qt.Key.Key_V, CTRL, widget=cell)
    assert cell.text() == "电动机"


def test_a_filter_that_hides_everything_says_so(sit: Sit, accepted: accepting.Accepted) -> None:
    person = sit("wangli")
    person.press(Qt.Key.Key_2, CTRL)
    tab = tab_of(person, "acceptance")
    words = tab.queue.table.empty
    tab.queue.choose_pill("overdue")
    person.settle()
    assert words._title.text() == "“超时”里没有业务"
    assert "共 1 件" in words._hint.text()
    assert tab.nothing._title.text() == "选中的业务在这里显示"
    tab.queue.choose_pill("station")
    tab.queue.search.setFocus()
    person.bot.keyClicks(tab.queue.search, "zzz")
    person.until(lambda: words._title.text() == "没有含“zzz”的业务")
    person.bot.keyClick(tab.queue.search, Qt.Key.Key_A, CTRL)
    person.bot.keyClick(tab.queue.search, Qt.Key.Key_Delete)
    person.until(lambda: tab.queue.table.model.total == 1)
    assert tab.nothing._title.text().startswith("从左侧选择一件业务")


def test_the_list_of_a_choice_does_not_call_the_keyboard_back(sit: Sit) -> None:
    person = sit("wangli")
    person.press(Qt.Key.Key_F2)
    tab = tab_of(person, "acceptance")
    assert isinstance(tab, AcceptanceTab)
    form = tab.application.page.form
    assert form.focus("category")
    edit: Any = form.editor("category").input
    person.bot.keyClicks(edit, "201")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    person.bot.keyClick(popup, Qt.Key.Key_Return)
    popup.setFocus()  # as under X11, which activates the list when it has gone already
    assert form.focused_key() == "capacity"


def test_tab_goes_through_a_page_and_then_to_the_buttons_below(
    sit: Sit, accepted: accepting.Accepted
) -> None:
    person = sit("wangli")
    person.window.finder.open_case(accepted.case.id)
    person.settle()
    view = tab_of(person, "acceptance").case_view
    view.pages.setCurrentWidget(view.papers)
    person.settle()
    view.pages.tabBar().setFocus()
    names = []
    for _ in range(40):
        person.bot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        at: Any = QApplication.focusWidget()
        names.append(at.text() if hasattr(at, "text") else "")
        if at is view.bar.pause:
            break
    sheets = len(accepted.case.papers) or 1
    assert names[-1] == "暂停"
    assert names.count("预览") == names.count("作废") >= sheets
    assert "用电申请受理回执" in names


def test_back_from_the_first_paper_is_what_owes_the_rest(sit: Sit) -> None:
    person = sit("wangli")
    person.press(Qt.Key.Key_F2)
    tab = tab_of(person, "acceptance")
    assert isinstance(tab, AcceptanceTab)
    person.press(Qt.Key.Key_PageDown, CTRL)
    tab.application.materials.focus_first()
    person.bot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is tab.application.materials._one
