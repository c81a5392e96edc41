"""The window and the centre: the light tells the truth, news come by themselves, conflicts are decided."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.sync.conftest import first, hall, second, settled_hall
from tests.sync.hall import Hall
from tests.sync.post import Post, PostLine, lost
from tests.sync.test_contact import note, rename
from tests.ui.conftest import AtWindow
from yekuo_desktop import bootstrap
from yekuo_desktop.domain.casework import Reason
from yekuo_desktop.office import desk as office
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.about import WorksAlone
from yekuo_desktop.ui.dialogs.sync_conflict import SyncConflict
from yekuo_desktop.ui.dialogs.sync_county import MACHINES, STUCK, SyncCounty
from yekuo_desktop.ui.dialogs.sync_join import SyncJoin
from yekuo_desktop.ui.dialogs.sync_page import DISPUTED, REJECTED, SyncPage
from yekuo_desktop.ui.main_window import MainWindow
from yekuo_desktop.ui.ports import Tools

__all__ = ["first", "hall", "second", "settled_hall"]
Open = Callable[[Post], AtWindow]


@pytest.fixture
def at(qtbot: QtBot, background: Background, tmp_path: Path) -> Iterator[Open]:
    """Opens the window at a station, with its line."""
    windows: list[MainWindow] = []

    def open_at(post: Post) -> AtWindow:
        desk = office.Desk(
            **{name: getattr(post.desk, name) for name in post.desk.__struct_fields__}
            | {"line": PostLine(post)}
        )
        tools = Tools(bootstrap.PageImages(), bootstrap.write_table, str(tmp_path), bootstrap.OfficeFiles())
        windows.append(MainWindow(desk, sit_down(desk, "wangli"), background, tools))
        return AtWindow(qtbot, windows[-1])

    yield open_at
    for window in windows:
        window.close()
        qtbot.waitUntil(lambda: not background.busy)
        window.deleteLater()


def light(person: AtWindow) -> str:
    return person.window.header.sync_words()


def test_what_is_written_goes_up_by_itself_and_the_light_says_so(at: Open, first: Post, hall: Hall) -> None:
    case = first.accept()
    person = at(first)
    person.until(lambda: light(person) == "已同步")
    assert hall.document(case.id) == case
    note(first, case, "再来一条")
    person.window.background.committed.emit(("case.noted",), (case.id,))
    person.until(lambda: first.store.unsent() == 0)
    person.until(lambda: light(person) == "已同步")


def test_without_a_line_the_light_says_how_much_waits_and_it_goes_on_later(at: Open, first: Post) -> None:
    first.interfere = lost
    first.accept()
    waiting = first.store.unsent()
    person = at(first)
    person.until(lambda: light(person) == f"离线(待上传 {waiting})")
    first.interfere = None
    person.until(lambda: light(person) == "已同步")


def test_a_conflict_is_shown_side_by_side_and_decided(at: Open, first: Post, second: Post) -> None:
    case = first.accept()
    for post in (first, second):
        post.sync()
    rename(first, case, "张秀芳")
    rename(second, case, "张秀英子")
    for post in (second, first, second):
        post.sync()
    person = at(first)
    person.until(lambda: light(person) == "需处理 1")
    person.window.header.sync_asked.emit()
    page = person.dialog()
    assert isinstance(page, SyncPage)
    person.until(lambda: page.tabs.tabText(DISPUTED) == "冲突 1")
    page.tabs.setCurrentIndex(DISPUTED)
    page.tables[DISPUTED].choose(0)
    page.decide()
    conflict = person.dialog()
    assert isinstance(conflict, SyncConflict)
    words = {label.text() for label in conflict.findChildren(QLabel)}
    assert {"张秀芳", "张秀英子"} <= words
    assert any("原值:张秀英" in line for line in words)
    conflict.keep.click()
    conflict.take.click()
    assert not conflict.keep.isChecked()
    conflict.decide()
    person.settle()
    assert conflict.isVisible()  # a reason is asked for
    conflict.reason.setText("看过身份证原件")
    conflict.decide()
    person.until(lambda: not first.store.centre.conflicts())
    assert first.store.case(case.id).values["customer_name"] in {"张秀芳", "张秀英子"}
    person.until(lambda: first.store.unsent() == 0)
    second.sync()
    assert second.store.case(case.id) == first.store.case(case.id)
    page.accept()


def test_a_step_that_did_not_count_is_shown_with_its_reason_and_the_way_on(
    at: Open, first: Post, second: Post
) -> None:
    case = first.accept()
    for post in (first, second):
        post.sync()
    for post in (second, first):
        office.act(post.desk, post.session(), case.id, "case.withdrawn", Reason("不办了"))
    second.sync()
    person = at(first)
    person.until(lambda: light(person) == "需处理 1")
    person.window.sync.page()
    page = person.dialog()
    assert isinstance(page, SyncPage)
    person.until(lambda: page.tabs.tabText(REJECTED) == "未采纳 1")
    page.tabs.setCurrentIndex(REJECTED)
    page.tables[REJECTED].choose(0)
    row = page.tables[REJECTED].current()
    assert (row.state, row.why) == ("未采纳", "业务已撤回,不能撤回申请")
    assert row.remedy == "请打开业务,按现在的情况重新办理"
    page.settle()
    person.until(lambda: page.tabs.tabText(REJECTED) == "未采纳")
    person.until(lambda: light(person) == "已同步")
    page.accept()


def test_news_of_another_station_are_in_the_window(at: Open, first: Post, second: Post) -> None:
    person = at(first)
    person.until(lambda: light(person) == "已同步")
    case = second.accept()
    second.sync()
    person.window.sync.syncing.now()
    person.until(lambda: first.store.case(case.id) is not None)


def test_a_wrong_code_is_said_beside_its_field(at: Open, first: Post) -> None:
    person = at(first)
    person.window.sync.join()
    dialog = person.dialog()
    assert isinstance(dialog, SyncJoin)
    dialog.code.setText("ABCD")
    dialog.join()
    person.until(lambda: any("加入码不对" in label.text() for label in dialog.findChildren(QLabel)))
    dialog.reject()


def test_who_works_alone_is_told_so_and_may_join(sit: Callable[[str], AtWindow]) -> None:
    person = sit("wangli")
    person.window.header.sync_asked.emit()
    told = person.dialog()
    assert isinstance(told, WorksAlone)
    told._join()
    dialog = person.dialog()
    assert isinstance(dialog, SyncJoin)
    dialog.reject()


def test_the_county_sees_who_has_been_silent(at: Open, first: Post, second: Post, hall: Hall) -> None:
    for post in (second, first):
        post.sync()
    hall.clock.advance(days=4)
    person = at(first)
    person.window.actions_by_words["各所情况…"].trigger()
    page = person.dialog()
    assert isinstance(page, SyncCounty)
    person.until(lambda: page.tabs.tabText(MACHINES) != "电脑")
    table = page.tables[MACHINES]
    table.choose(0)
    silent = table.current()
    assert silent.worries == ("已 4 天没有联系",)
    assert page.tables[STUCK].current() is None
    first.interfere = lost
    person.press(Qt.Key.Key_F5, widget=page)
    person.until(lambda: "连不上" in page.notice.words())
    assert table.current() is not None  # what was known stays in sight
    page.reject()
