"""Backup, the way back and the self-test at the window; and a start that cannot open its data."""

import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MINUTE, AtWindow
from yekuo_desktop import bootstrap
from yekuo_desktop.office.accepting import Accepted
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.practice import county as practice
from yekuo_desktop.office.setting_up import Founding
from yekuo_desktop.store.store import LocalStore
from yekuo_desktop.ui.app import application
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.backing_up import BackingUp
from yekuo_desktop.ui.dialogs.backup import BackupDialog
from yekuo_desktop.ui.dialogs.repair import StartTrouble
from yekuo_desktop.ui.dialogs.restore import RestoreDialog
from yekuo_desktop.ui.dialogs.self_test import SelfTest
from yekuo_desktop.ui.dialogs.sign_in import SignIn
from yekuo_desktop.ui.shell import Shell

Sit = Callable[[str], AtWindow]


def opened(person: AtWindow, words: str) -> QDialog:
    person.window.actions_by_words[words].trigger()
    return person.dialog()


def test_the_self_test_is_read_over_the_phone(sit: Sit, tmp_path: Path) -> None:
    person = sit("wangli")
    dialog = opened(person, "自检…")
    assert isinstance(dialog, SelfTest)
    keys = [finding.key for finding in dialog.found]
    assert keys == ["store", "backup", "disk", "clock", "calendar", "fonts", "printer", "typing", "versions"]
    dialog.look(whole=True)
    person.until(lambda: "journal" in [finding.key for finding in dialog.found])
    assert dialog.copy().splitlines()[1].startswith("2. ✓ 流水与业务:正常")
    assert QGuiApplication.clipboard().text() == dialog.copy()
    dialog.write_bundle(str(tmp_path / "support.zip"))
    person.until(lambda: "资料包已写出" in person.window.toast.words())
    with zipfile.ZipFile(tmp_path / "support.zip") as archive:
        assert "self_test.json" in archive.namelist()
    assert not dialog._mend.isVisible()
    dialog.reject()


def test_what_the_self_test_finds_can_be_mended_from_it(sit: Sit, desk: Desk, accepted: Accepted) -> None:
    person = sit("wangli")
    assert isinstance(desk.store, LocalStore)
    with desk.store._writing() as connection:
        connection.execute("UPDATE cases SET customer = 'x' WHERE id = ?", (accepted.case.id,))
    dialog = opened(person, "自检…")
    assert isinstance(dialog, SelfTest)
    dialog.look(whole=True)
    person.until(dialog._mend.isVisible)
    dialog._mend.click()
    person.until(lambda: "重新整理" in person.window.toast.words())
    person.until(lambda: not dialog._mend.isVisible())
    assert list(desk.store.verify()) == []
    dialog.reject()


def test_a_backup_is_made_copied_and_looked_at(
    sit: Sit, desk: Desk, accepted: Accepted, tmp_path: Path, clock: Callable[[], object]
) -> None:
    person = sit("admin")
    dialog = opened(person, "备份与恢复…")
    assert isinstance(dialog, BackupDialog)
    assert dialog.table.empty.isVisible()
    share = tmp_path / "share"
    share.mkdir()
    dialog.choose_place(str(share))
    person.until(lambda: "同一块盘" in dialog.notice.words())
    dialog.now.click()
    person.until(lambda: dialog.table.model.total == 1)
    assert list(share.rglob("*.yekuo-backup"))
    dialog.table.choose(0)
    assert dialog._back.isEnabled()
    dialog._back.click()
    way = person.dialog()
    assert isinstance(way, RestoreDialog)
    person.until(way.yes.isEnabled)
    assert "没有新的登记" in way._cost.text()
    way.reject()
    dialog.reject()


def test_a_clerk_may_back_up_and_not_go_back(sit: Sit) -> None:
    dialog = opened(sit("wangli"), "备份与恢复…")
    assert isinstance(dialog, BackupDialog)
    assert dialog.now.isEnabled()
    for button in (dialog._back, dialog._file, dialog._choose):
        assert not button.isEnabled()
        assert "系统管理员" in button.toolTip()
    dialog.reject()


# ---- the whole program -----------------------------------------------------------------------------


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


def test_going_back_from_the_window_opens_the_restored_store(
    begin: Callable[..., Program], folder: Path
) -> None:
    program = begin(folder, "admin")
    program.until(lambda: program.shell.window is not None)
    window = program.shell.window
    assert window is not None
    life = window.desk.store.identity.incarnation
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


def test_a_backup_goes_by_itself_in_a_process_of_its_own(
    qtbot: QtBot, background: Background, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YEKUO_PASSWORD", "secret-1")
    founding = Founding(
        county="某县", station="HK", station_name="河口", terminal="HK01", number_org="YK", contact=""
    )
    bootstrap.create_real(tmp_path / "real", founding, "adm", "王", "secret-1")
    desk = bootstrap.open_desk(str(tmp_path / "real"))
    backing, kept, said = BackingUp(background), [], []  # type: ignore[var-annotated]
    backing.done.connect(kept.append)
    backing.said.connect(said.append)
    backing.begin(desk)
    backing.look()
    qtbot.waitUntil(lambda: bool(said), timeout=MINUTE)
    assert "还没有完好的备份" in said[0]
    backing.back_up()
    qtbot.waitUntil(lambda: bool(kept), timeout=MINUTE)
    assert (kept[0].trouble, kept[0].good is not None) == ("", True)
    assert len(desk.keeper.backups()) == 1
    assert desk.keeper.due(True) is None
    assert said[1:] == []
    backing.stop()
    desk.store.close()
    shutil.rmtree(tmp_path / "real")
