"""Small widgets with small real data: lists, pills, stages, lights, inputs, search, toast, printing."""

from datetime import datetime, timedelta
from typing import NamedTuple

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from yekuo_desktop.domain.clocks import RunningLimit
from yekuo_desktop.domain.deadlines.timelimits import Light
from yekuo_desktop.domain.deadlines.workdays import CHINA, Calendar
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.office.history import LimitView
from yekuo_desktop.ui import theme
from yekuo_desktop.ui.case.pages.header import deadline_words
from yekuo_desktop.ui.widgets.buttons import Pill, PillBar, allow, secondary
from yekuo_desktop.ui.widgets.columns import Column, moment
from yekuo_desktop.ui.widgets.empty import Empty
from yekuo_desktop.ui.widgets.inputs import Fields, entry
from yekuo_desktop.ui.widgets.lights import Due, Mark, due_in, due_of
from yekuo_desktop.ui.widgets.stage_bar import Badge, StageBar
from yekuo_desktop.ui.widgets.stepper import At, Stepper, steps
from yekuo_desktop.ui.widgets.table import Table
from yekuo_desktop.ui.widgets.toast import Toast

MINUTE = 60_000


class Line(NamedTuple):
    """A row of a small list."""

    id: str
    name: str


COLUMNS = (
    Column("id", "编号", lambda line: line.id, order="id"),
    Column("name", "客户", lambda line: line.name),
    Column("more", "备注", lambda line: f"{line.name}的备注", hidden=True),
)
LINES = tuple(Line(str(at), name) for at, name in enumerate(("张秀英", "李国强", "王海")))


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    """A list of three."""
    made = Table(COLUMNS, "名单", Empty("inbox", "没有人"))
    qtbot.addWidget(made)
    made.resize(600, 400)
    with qtbot.waitActive(made, timeout=MINUTE):
        made.show()
        made.activateWindow()
    made.set_rows(LINES)
    return made


def test_rows_are_32_pixels_high(table: Table) -> None:
    assert {table.view.rowHeight(at) for at in range(3)} == {32}


def test_an_empty_list_says_so(table: Table) -> None:
    assert not table.empty.isVisible()
    table.set_rows(())
    assert table.empty.isVisible()


def test_keys_choose_copy_and_open(qtbot: QtBot, table: Table) -> None:
    chosen: list[Line] = []
    table.chosen.connect(chosen.append)
    table.choose(0)
    qtbot.keyClick(table.view, Qt.Key.Key_Down)
    assert chosen == [LINES[0], LINES[1]]
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "1\t李国强"
    with qtbot.waitSignal(table.opened) as told:
        qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert told.args == [LINES[1]]


def test_a_refresh_keeps_the_chosen_row_where_it_went(table: Table) -> None:
    told: list[Line] = []
    table.choose(1)
    table.chosen.connect(told.append)
    table.set_rows(tuple(reversed(LINES)))
    assert table.current() == LINES[1]
    assert told == []
    table.set_rows(LINES[:1])
    assert table.current() is None
    assert told == [None]


def test_a_case_that_is_shown_is_scrolled_to_once(qtbot: QtBot, table: Table) -> None:
    table.resize(400, 200)
    table.show()
    table.set_rows([Line(str(at), "张秀英") for at in range(60)])
    assert table.choose_case("55")
    bar = table.view.verticalScrollBar()
    place = table.model.index(55, 0)
    qtbot.waitUntil(lambda: table.view.viewport().rect().contains(table.view.visualRect(place).center()))
    bar.setValue(0)  # the person looks elsewhere
    assert table.choose_case("55")  # a refresh marks it again
    for _ in range(3):  # what was put off for a turn, and what that has put off
        QCoreApplication.processEvents()
    assert bar.value() == 0


def test_the_next_page_is_asked_for_once(qtbot: QtBot, table: Table) -> None:
    wanted: list[int] = []
    table.model.wanted.connect(wanted.append)
    table.set_rows(LINES, 5)
    root = table.view.rootIndex()
    assert table.model.canFetchMore(root)
    table.model.fetchMore(root)
    assert not table.model.canFetchMore(root)
    assert wanted == [3]
    table.model.add_rows((Line("3", "赵敏"), Line("4", "周芳")))
    assert table.model.rowCount() == 5
    assert not table.model.canFetchMore(root)


def test_sorting_is_left_to_the_store(qtbot: QtBot, table: Table) -> None:
    with qtbot.waitSignal(table.model.resorted) as told:
        table.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert told.args == ["id", True]
    with qtbot.assertNotEmitted(table.model.resorted):
        table.view.sortByColumn(1, Qt.SortOrder.AscendingOrder)  # the store cannot sort by this


def test_columns_are_remembered(qtbot: QtBot, table: Table) -> None:
    table.view.setColumnHidden(2, False)
    other = Table(COLUMNS, "名单", Empty("inbox", "没有人"))
    qtbot.addWidget(other)
    other.restore_layout(table.layout_state())
    assert not other.view.isColumnHidden(2)


def test_pills_move_with_arrow_keys_and_alarm_only_with_something(qtbot: QtBot) -> None:
    bar = PillBar((Pill("all", "全部"), Pill("late", "超时", "error")))
    qtbot.addWidget(bar)
    bar.show()
    bar.set_count("late", 2)
    late = bar._buttons["late"]
    assert (late.text(), late.property("tone")) == ("超时 2", "error")
    bar.set_count("late", 0)
    assert (late.text(), late.property("tone")) == ("超时 0", "")
    with qtbot.waitSignal(bar.chosen) as told:
        bar._buttons["all"].setFocus()
        qtbot.keyClick(bar._buttons["all"], Qt.Key.Key_Right)
        qtbot.keyClick(late, Qt.Key.Key_Space)
    assert told.args == ["late"]
    assert bar.current() == "late"


def test_a_grey_button_says_why(qtbot: QtBot) -> None:
    button = secondary("打印", lambda: None)
    qtbot.addWidget(button)
    allow(button, "合同未签订")
    assert not button.isEnabled()
    assert (button.toolTip(), button.accessibleDescription()) == ("合同未签订", "合同未签订")
    allow(button, "")
    assert button.isEnabled()


def test_stages_grow_short_where_the_window_is_narrow(qtbot: QtBot) -> None:
    bar = StageBar((("a", "1 业务受理", "1 受理"), ("b", "2 勘查与方案", "2 方案")))
    qtbot.addWidget(bar)
    bar.resize(600, 45)
    bar.show()
    assert [button.words() for button in bar._buttons.values()] == ["1 业务受理", "2 勘查与方案"]
    bar.set_badge("a", Badge(12, True))
    bar.resize(180, 45)
    assert [button.words() for button in bar._buttons.values()] == ["1 受理", "2 方案"]
    assert bar._buttons["a"].accessibleName() == "1 业务受理,12 件,有超时"


def _limit(due: datetime | None, stopped: datetime | None = None) -> RunningLimit:
    start = datetime(2026, 3, 9, 9, 0, tzinfo=CHINA)
    warn = due - timedelta(days=1, hours=9) if due else None
    return RunningLimit(
        limit="x", label="答复", stage="survey", start=start, due=due, warn=warn, stopped=stopped,
        paused=due is None,
    )  # fmt: skip


DUE = datetime(2026, 3, 11, 17, 30, tzinfo=CHINA)  # a Wednesday


@pytest.mark.parametrize(
    ("now", "light", "words"),
    [
        (DUE - timedelta(days=2), Light.GREEN, "剩 2 日"),
        (DUE - timedelta(days=1), Light.YELLOW, "剩 1 日"),
        (DUE - timedelta(hours=2), Light.YELLOW, "今日 17:30"),
        (DUE + timedelta(minutes=1), Light.RED, "已超时"),
        (DUE + timedelta(days=5), Light.RED, "超 3 日"),  # a weekend between
    ],
)
def test_a_deadline_in_shape_and_words(now: datetime, light: Light, words: str) -> None:
    assert due_of(_limit(DUE), now, Calendar()) == Due(light, words)


def test_a_plan_that_holds_for_a_year_has_calendar_days() -> None:
    year = replace(_limit(DUE), unit="year", due=DUE.replace(year=2027))
    assert due_of(year, DUE, Calendar()).words == "剩 365 日"
    assert moment(year.due, DUE) == "2027-03-11"
    assert moment(DUE, DUE) == "03-11 17:30"
    view = LimitView(running=year, light=Light.GREEN, remaining="剩 365 日", explanation=())
    assert deadline_words(view) == "剩 365 日(2027-03-11)"


def test_deadlines_that_do_not_run() -> None:
    now = DUE
    assert due_of(None, now, Calendar()) == Due(Light.GREY, "未计时", Mark.NONE)
    assert due_in("archived", None, now, Calendar()) == Due(Light.GREY, "已归档", Mark.DONE)
    assert due_in("open", None, now, Calendar()) == Due(Light.GREY, "未计时", Mark.NONE)
    assert due_of(_limit(None), now, Calendar()) == Due(Light.GREY, "已暂停")
    assert due_of(_limit(DUE, DUE), now, Calendar()) == Due(Light.MET, "按时完成")
    assert due_of(_limit(DUE, DUE + timedelta(1)), now, Calendar()) == Due(Light.MISSED, "超时完成")


def test_the_stepper_says_where_a_case_stands(qtbot: QtBot) -> None:
    made = Stepper()
    qtbot.addWidget(made)
    shown = steps("survey", ("acceptance", "survey", "design"), ("design",))
    assert [step.at for step in shown] == [At.DONE, At.HERE, At.SKIPPED]
    made.set_steps(shown)
    assert made.accessibleDescription() == "受理已完成,方案当前,设计不适用"
    assert not made.grab().isNull()


def test_problems_stand_beside_their_fields(qtbot: QtBot) -> None:
    fields = Fields()
    qtbot.addWidget(fields)
    login, password = entry("登录名"), entry("密码", secret=True)
    fields.add("login", "登录名", login)
    fields.add("password", "密码", password, "至少 6 位")
    fields.show()
    left = fields.show_problems((Problem("password", "密码不对"), Problem("", "别的")))
    assert [problem.text for problem in left] == ["别的"]
    assert fields.message("password") == "密码不对"
    assert password.property("tone") == "error"
    assert password.accessibleDescription() == "密码不对"
    fields.show_problems(())
    assert fields.message("password") == "至少 6 位"
    assert password.property("tone") == ""


def test_a_toast_offers_an_action_and_takes_no_focus(qtbot: QtBot) -> None:
    host, pressed = QWidget(), []
    qtbot.addWidget(host)
    host.resize(600, 400)
    host.show()
    toast = Toast(host)
    toast.say("已受理", action="打印", pressed=lambda: pressed.append(1))
    assert toast.words() == "已受理"
    assert toast.focusPolicy() is Qt.FocusPolicy.NoFocus
    qtbot.mouseClick(toast._button, Qt.MouseButton.LeftButton)
    assert pressed == [1]
    assert toast.words() == ""


def test_the_dialogs_of_qt_speak_chinese(qtbot: QtBot) -> None:
    box = QMessageBox(QMessageBox.Icon.Question, "", "", QMessageBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QMessageBox.StandardButton.Cancel).text() == "取消"
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save)
    qtbot.addWidget(buttons)
    assert buttons.buttons()[0].text() == "保存"


def test_text_is_ours_and_scales() -> None:
    assert theme.font().families() == ["Noto Sans SC", "Yekuo Rare"]
    assert (theme.px(14), theme.row_height()) == (14, 32)
