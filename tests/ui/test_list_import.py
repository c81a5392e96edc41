"""从 Excel 受理 in the window: look at every row first, then accept, stop, answer; never over the list."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from tests.ui.at_list import GOOD, OTHER, WRONG_DIGIT, AtList, accepted, answers, book
from tests.ui.conftest import AtWindow
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.ui.dialogs.list_options import OWED
from yekuo_desktop.ui.dialogs.list_rows import BEFORE, READY, WRONG

Sit = Callable[[str], AtWindow]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def at_list(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> AtList:
    return AtList(sit("wangli"), monkeypatch)


def test_nothing_can_be_accepted_before_it_was_looked_at(at_list: AtList, tmp_path: Path) -> None:
    button = at_list.dialog._accept
    assert button.toolTip() == "请先选择清单"
    at_list.choose(book(tmp_path / "a.xlsx", GOOD), "")
    assert button.toolTip() == "请说明资料收到了没有"
    assert button.text() == "受理 1 行  F9"
    at_list.dialog.options.materials.setCurrentIndex(1)
    at_list.settle()
    assert button.isEnabled()
    at_list.dialog.reject()


def test_each_row_says_what_is_wrong_and_nothing_is_written(
    at_list: AtList, desk: Desk, tmp_path: Path
) -> None:
    total = (None,) * 6 + (34,)
    at_list.choose(book(tmp_path / "a.xlsx", GOOD, WRONG_DIGIT, OTHER, GOOD, ("合计", *total[1:])))
    assert at_list.dialog.pills.current() == WRONG
    assert at_list.lines() == [
        ("可受理", ""),
        ("有问题", "身份证号第 18 位应为 9"),
        ("可受理", ""),
        ("重复行", "与第 2 行相同，只受理一次"),
    ]
    assert "跳过合计行 1 行" in at_list.dialog.notice.words()
    assert "备用电话" in at_list.dialog.notice.words()
    shown = at_list.dialog.table.model
    texts = {shown.data(shown.index(at, 4)) for at in range(4)}
    assert texts == {"4101**********1029", "4101**********1020"}
    assert accepted(desk) == 0
    assert list(tmp_path.glob("*结果*")) == []
    at_list.dialog.reject()


def test_f9_accepts_and_answers_beside_the_list(at_list: AtList, desk: Desk, tmp_path: Path) -> None:
    source = tmp_path / "村里.xlsx"
    at_list.choose(book(source, GOOD, WRONG_DIGIT, OTHER))
    before = source.read_bytes()
    at_list.person.bot.keyClick(at_list.dialog, Qt.Key.Key_F9)
    at_list.settle()
    assert accepted(desk) == 2
    numbers = sorted(row.case.number for row in desk.store.queue(Filter(), desk.clock()))
    assert [words for words, _ in at_list.lines()] == ["已受理", "未受理", "已受理"]
    assert answers(tmp_path / "村里-受理结果.xlsx") == [
        ("结果", "编号", "原因"),
        ("已受理", numbers[0], None),
        ("未受理", None, "身份证号第 18 位应为 9"),
        ("已受理", numbers[1], None),
    ]
    assert source.read_bytes() == before
    assert "已受理 2 行，未受理 1 行" in at_list.person.window.toast.words()
    assert not at_list.dialog._accept.isEnabled()
    case = desk.store.find(numbers[0])
    assert case is not None
    assert [paper.form for paper in case.papers] == ["work_order"]
    assert case.project_manager == "liming"
    at_list.dialog.reject()


def test_a_list_sent_again_is_known_and_its_answer_not_overwritten(
    at_list: AtList, desk: Desk, tmp_path: Path
) -> None:
    path = book(tmp_path / "a.xlsx", GOOD)
    for _ in range(2):
        at_list.choose(path)
        at_list.person.bot.keyClick(at_list.dialog, Qt.Key.Key_F9)
        at_list.settle()
    ((words, said),) = at_list.lines()
    assert words == "此前已受理"
    assert said.startswith("编号 YK")
    assert at_list.dialog._accept.toolTip() == "没有可以受理的行，请按说明改好清单"
    assert accepted(desk) == 1
    book(tmp_path / "a.xlsx", GOOD, OTHER)
    at_list.choose(path)
    at_list.person.bot.keyClick(at_list.dialog, Qt.Key.Key_F9)
    at_list.settle()
    assert len(answers(tmp_path / "a-受理结果.xlsx")) == 2
    assert len(answers(tmp_path / "a-受理结果-2.xlsx")) == 3
    at_list.dialog.pills.choose(BEFORE)
    assert at_list.dialog.table.model.total == 1
    at_list.dialog.reject()


def test_papers_may_be_owed_and_another_class_and_manager_given(
    at_list: AtList, desk: Desk, tmp_path: Path
) -> None:
    options = at_list.dialog.options
    at_list.choose(book(tmp_path / "a.xlsx", GOOD), OWED)
    assert options.until.isEnabled()
    for box, value in ((options.manager, "zhoufang"), (options.channel, "phone"), (options.category, "201")):
        box.setCurrentIndex(box.findData(value))
    at_list.settle()
    at_list.person.bot.keyClick(at_list.dialog, Qt.Key.Key_F9)
    at_list.settle()
    (row,) = desk.store.queue(Filter(), desk.clock())
    case = desk.store.case(row.case.id)
    assert case is not None
    assert (case.project_manager, case.values["channel"], case.values["category"]) == (
        "zhoufang",
        "phone",
        "201",
    )
    owed = [material.owed_until for material in case.materials.values() if not material.present]
    assert {f"{day}" for day in owed} == {"2026-03-17"}  # five working days
    at_list.dialog.reject()


def test_stopping_keeps_what_was_done_and_answers_it(
    at_list: AtList, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [(f"户{at}", *GOOD[1:5], f"{at}号", 8) for at in range(1, 6)]
    at_list.choose(book(tmp_path / "a.xlsx", *rows))
    waiting = Waiting(at_list.dialog._work._files)
    monkeypatch.setattr(at_list.dialog._work, "_files", waiting)
    at_list.person.bot.keyClick(at_list.dialog, Qt.Key.Key_F9)
    at_list.person.until(lambda: at_list.dialog.accepting)
    at_list.person.bot.keyClick(at_list.dialog, Qt.Key.Key_Escape)
    assert at_list.dialog.isVisible()
    assert "正在停止" in at_list.dialog.notice.words()
    waiting.go.set()
    at_list.settle()
    assert accepted(desk) == 1
    assert len(answers(tmp_path / "a-受理结果.xlsx")) == 6
    assert [row[0] for row in answers(tmp_path / "a-受理结果.xlsx")][1:3] == ["已受理", None]
    assert "其余未办" in at_list.dialog.notice.words()
    assert not at_list.dialog.accepting
    at_list.dialog.reject()


class Waiting:
    """Files that are slow: the first row waits for them."""

    def __init__(self, files: Any) -> None:
        self._files, self.go = files, Event()

    def demand_writable(self, path: str) -> None:
        self._files.demand_writable(path)
        assert self.go.wait(60)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._files, name)


def test_a_folder_that_takes_no_answer_stops_before_the_first_row(
    at_list: AtList, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_list.choose(book(tmp_path / "a.xlsx", GOOD))
    monkeypatch.setattr("yekuo_desktop.bootstrap.files.os.access", lambda *_: False)
    at_list.person.bot.keyClick(at_list.dialog, Qt.Key.Key_F9)
    at_list.settle()
    assert "写不了文件" in at_list.dialog.notice.words()
    assert accepted(desk) == 0
    assert at_list.dialog._accept.isEnabled()
    at_list.dialog.reject()


def test_what_is_no_list_is_said(at_list: AtList, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.worksheets[0].append(("天气", "晴"))
    made.save(tmp_path / "no.xlsx")
    at_list.choose(str(tmp_path / "no.xlsx"))
    assert "no.xlsx" in at_list.dialog.notice.words()
    assert at_list.dialog.table.model.total == 0
    at_list.dialog.reject()


def test_an_empty_list_can_be_saved(at_list: AtList, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "空白.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    at_list.dialog._template.click()
    at_list.settle()
    sheets = openpyxl.load_workbook(path).worksheets
    assert any("户名" in str(cell.value) for row in sheets[0].iter_rows() for cell in row)
    at_list.dialog.reject()


def test_only_the_counter_accepts_lists(sit: Sit) -> None:
    action = sit("liming").window.actions_by_words["从 Excel 受理…"]
    assert not action.isEnabled()
    assert "营业员" in action.toolTip()


def test_ready_rows_are_told_apart(at_list: AtList, tmp_path: Path) -> None:
    at_list.choose(book(tmp_path / "a.xlsx", GOOD, WRONG_DIGIT))
    at_list.dialog.pills.choose(READY)
    assert [line.check.values["customer_name"] for line in at_list.dialog.table.model.rows()] == ["赵德柱"]
    at_list.dialog.reject()
