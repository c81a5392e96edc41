"""A new notice of days off in the window: pasted, looked at, taken; by whom, and what is told otherwise."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.practice_store import CHEAP, MOMENT, copied, opened
from tests.ui.conftest import AtWindow
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.ui.dialogs.calendar import CalendarDialog

Sit = Callable[[str], AtWindow]
NOTICE = "元旦：1月1日至3日放假调休，共3天。1月4日上班。\n植树节：3月12日至13日放假。"
CITATION = "国务院办公厅关于2026年部分节假日安排的通知（试）"


@pytest.fixture
def desk(practice_made: Path, tmp_path: Path) -> Iterator[Desk]:
    made = opened(copied(practice_made, tmp_path / "store"), lambda: MOMENT, CHEAP, alone=True)
    yield made
    made.store.close()


def open_calendar(person: AtWindow) -> CalendarDialog:
    person.window.administration.calendar()
    found = person.dialog()
    assert isinstance(found, CalendarDialog)
    return found


def test_pasted_previewed_and_taken(sit: Sit) -> None:
    person = sit("admin")
    dialog = open_calendar(person)
    assert "2026" in dialog.grid.text()
    assert not dialog._take.isEnabled()
    dialog.paste.setPlainText(NOTICE)
    person.bot.mouseClick(dialog._look, Qt.MouseButton.LeftButton)
    person.until(lambda: "文号" in dialog.notice.words())  # no citation: told, and nothing typed is lost
    assert dialog.paste.toPlainText() == NOTICE
    dialog.citation.setText(CITATION)
    person.bot.mouseClick(dialog._look, Qt.MouseButton.LeftButton)
    person.until(lambda: dialog.seen is not None)
    assert dialog.table.model.total == len(dialog.seen.moved) > 0
    assert "班" in dialog.grid.text()
    person.bot.mouseClick(dialog._take, Qt.MouseButton.LeftButton)
    person.until(lambda: "已采用" in person.window.toast.words())
    assert person.window.desk.reference.calendar.citation(2026) == CITATION


def test_a_clerk_looks_and_is_told_who_takes(sit: Sit) -> None:
    person = sit("wangli")
    dialog = open_calendar(person)
    dialog.paste.setPlainText(NOTICE)
    dialog.citation.setText(CITATION)
    person.bot.mouseClick(dialog._look, Qt.MouseButton.LeftButton)
    person.until(lambda: dialog.seen is not None)
    assert not dialog._take.isEnabled()
    assert "系统管理员" in dialog._take.toolTip()
