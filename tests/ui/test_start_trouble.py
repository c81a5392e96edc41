"""A start that cannot open its data says why and has a way out; and going back from the window."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MINUTE
from yekuo_desktop import bootstrap
from yekuo_desktop.domain.casework import NoteText
from yekuo_desktop.office import desk as office
from yekuo_desktop.office.accepting import Accepted
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.ports import StoreTrouble
from yekuo_desktop.office.practice import county as practice
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.office.self_test import findings
from yekuo_desktop.store import schema
from yekuo_desktop.store.engine import Database
from yekuo_desktop.store.errors import ReadOnly
from yekuo_desktop.store.store import LocalStore
from yekuo_desktop.ui.app import application
from yekuo_desktop.ui.dialogs.backup import BackupDialog
from yekuo_desktop.ui.dialogs.repair import StartTrouble
from yekuo_desktop.ui.dialogs.restore import RestoreDialog
from yekuo_desktop.ui.dialogs.sign_in import SignIn
from yekuo_desktop.ui.shell import Shell


class Program:
    """A start of the program over a folder, and what it asks."""

    def __init__(self, qtbot: QtBot, folder: Path, login: str = "") -> None:
        self.bot, self.asked = qtbot, []  # type: ignore[var-annotated]
        password = practice.PASSWORD if login else ""
        self.shell = Shell(application(), bootstrap.Opener(folder, fixed=True), login, password)
        self.ended: list[int] = []
        self.shell.asked.connect(self.asked.append)
        self.shell.ended.connect(self.ended.append)
        self.shell.start()

    def until(self, true: Callable[[], object]) -> None:
        self.bot.waitUntil(lambda: bool(true()), timeout=MINUTE)

    def last(self, kind: type[QDialog]) -> QDialog:
        self.until(lambda: self.asked and isinstance(self.asked[-1], kind))
        found: QDialog = self.asked[-1]
        return found


@pytest.fixture
def begin(qtbot: QtBot) -> Iterator[Callable[..., Program]]:
    programs: list[Program] = []

    def started(folder: Path, login: str = "") -> Program:
        programs.append(Program(qtbot, folder, login))
        return programs[-1]

    yield started
    for program in programs:
        program.until(lambda program=program: not program.shell.background.busy)
        if program.shell.window is not None:
            program.shell.window.close()
        program.shell.stop()
        program.shell.deleteLater()


@pytest.fixture
def folder(desk: Desk, accepted: Accepted) -> Path:
    assert isinstance(desk.store, LocalStore)
    desk.keeper.back_up("by_hand")
    desk.store.close()
    return desk.store._path.parent


def test_a_damaged_store_says_so_once_and_is_mended_from_the_box(
    begin: Callable[..., Program], folder: Path
) -> None:
    (folder / "yekuo.db").write_bytes(bytes(8192))
    program = begin(folder)
    box = program.last(StartTrouble)
    assert isinstance(box, StartTrouble)
    program.until(box.mending.isVisible)
    assert box.words.text().count(str(folder)) == 1
    assert not [label for label in box.findChildren(type(box.words)) if "数据文件夹" in label.text()]
    box.mending.click()
    program.until(lambda: "没有缺少" in box.notice.words())
    box.main.click()
    assert isinstance(program.last(SignIn), SignIn)
    assert list(folder.glob("replaced/*/yekuo.db"))
    program.asked[-1].reject()
    program.until(lambda: program.ended)


def test_damage_that_is_met_in_use_is_looked_for_by_the_next_start(folder: Path) -> None:
    whole = (folder / "yekuo.db").read_bytes()
    at = len(whole) // 2  # opening does not read it
    (folder / "yekuo.db").write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    desk = bootstrap.Opener(folder, fixed=True).open()
    (journal,) = (f for f in findings(desk.examiner.facts(whole=True)) if f.key == "journal")
    assert (journal.level, journal.way) == ("bad", "reopen")
    desk.store.close()
    with pytest.raises(StoreTrouble, match="损坏"):
        bootstrap.Opener(folder, fixed=True).open()
    (folder / "yekuo.db").write_bytes(whole)
    bootstrap.Opener(folder, fixed=True).open().store.close()
    assert not (folder / ".suspect").exists()


def test_a_key_that_is_wrong_asks_for_the_code(begin: Callable[..., Program], folder: Path) -> None:
    (folder / "store.key").unlink()
    program = begin(folder)
    box = program.last(StartTrouble)
    assert isinstance(box, StartTrouble)
    program.until(box._fields.isVisible)
    box._code.setText("AAAA-BBBB")
    box.mending.click()
    program.until(lambda: "恢复码不对" in box.notice.words())
    assert box.mending.isEnabled()
    box.reject()
    program.until(lambda: program.ended == [1])


def test_where_nothing_can_be_saved_one_may_look(
    begin: Callable[..., Program], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder on a read-only disk: SQLite cannot even open its log there."""
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and may(path, mode))
    monkeypatch.setattr(schema, "bring_up_to_date", _read_only(schema.bring_up_to_date, folder))
    program = begin(folder, "wangli")
    box = program.last(StartTrouble)
    assert isinstance(box, StartTrouble)
    program.until(box.look.isVisible)
    assert "只读" in box.words.text()
    box.look.click()
    program.until(lambda: program.shell.window is not None and program.shell.window.isVisible())
    window = program.shell.window
    assert window is not None
    assert "只读查看" in window.windowTitle()
    desk = window.desk
    (row,) = desk.store.queue(Filter(), desk.clock())
    assert desk.store.case(row.case.id) is not None
    with pytest.raises(StoreTrouble, match="只读查看"):
        office.act(desk, sit_down(desk, "wangli"), row.case.id, "case.noted", NoteText("x"))
    copy = desk.store._path.parent  # type: ignore[attr-defined]
    assert copy != folder
    program.until(lambda: not program.shell.background.busy)
    program.shell.stop()
    assert not copy.exists()
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def _read_only(usual: Callable[[Database], None], folder: Path) -> Callable[[Database], None]:
    def refusing(database: Database) -> None:
        if database._path.parent == folder:
            raise ReadOnly(f"数据目录只读,不能保存({folder})")
        usual(database)

    return refusing


def test_a_save_that_was_cut_off_is_told_once(begin: Callable[..., Program], folder: Path) -> None:
    again = bootstrap.open_desk(str(folder))
    assert isinstance(again.store, LocalStore)
    again.store.save_setting("a", "b")
    shutil.copytree(folder, folder.with_name("cut"))
    again.store.close()
    folder = folder.with_name("cut")
    log = (folder / "yekuo.db-wal").read_bytes()
    (folder / "yekuo.db-wal").write_bytes(log[:-10])
    desk = bootstrap.Opener(folder, fixed=True).open()
    assert desk.store.setting("a") == ""
    assert desk.examiner.facts(whole=False).unfinished
    assert "没有写完" in desk.examiner.signal()
    assert desk.examiner.signal() == ""
    assert list(desk.store.verify()) == []
    desk.store.close()


def test_going_back_from_the_window_opens_the_restored_store(
    begin: Callable[..., Program], folder: Path
) -> None:
    program = begin(folder, "admin")
    program.until(lambda: program.shell.window is not None)
    window = program.shell.window
    assert window is not None
    life = window.desk.store.identity.incarnation
    program.shell.backing_up.said.emit("备份:最近一次完好的备份 2 天前。请立即备份")
    assert "2 天前" in window.toast.words()
    program.shell.backing_up.said.emit("备份:最近一次完好的备份 3 天前。请立即备份")
    assert "2 天前" in window.toast.words()  # said once
    assert "3 天前" in window.status.warning()
    program.shell.backing_up.said.emit("")
    assert window.status.warning() == ""
    dialogs: list[QDialog] = []
    window.dialog_opened.connect(dialogs.append)
    window.keeping.backups()
    program.until(lambda: dialogs and dialogs[-1].table.model.total)
    dialog = dialogs[-1]
    assert isinstance(dialog, BackupDialog)
    dialog.table.choose(0)
    dialog._back.click()
    program.until(lambda: isinstance(dialogs[-1], RestoreDialog) and dialogs[-1].yes.isEnabled())
    dialogs[-1].yes.click()
    assert isinstance(program.last(SignIn), SignIn)
    assert program.shell._desk is not None
    assert program.shell._desk.store.identity.incarnation != life
    assert list(program.shell._desk.store.verify()) == []
    assert list(folder.glob("replaced/*/yekuo.db"))
    program.asked[-1].reject()
    program.until(lambda: program.ended)
