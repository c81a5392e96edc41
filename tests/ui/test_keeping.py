"""Backup and the self-test at the window; and backups that go by themselves."""

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MINUTE, AtWindow
from yekuo_desktop import bootstrap
from yekuo_desktop.office.accepting import Accepted
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.setting_up import Founding
from yekuo_desktop.store.store import LocalStore
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.backing_up import BackingUp
from yekuo_desktop.ui.dialogs.backup import BackupDialog
from yekuo_desktop.ui.dialogs.restore import RestoreDialog
from yekuo_desktop.ui.dialogs.self_test import SelfTest

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
    qtbot.waitUntil(lambda: said[1:] == [""], timeout=MINUTE)  # nothing to see to any more
    desk.store.station.begin_life("life-2")
    assert desk.keeper.due(True) == "start"  # of the new life there is none
    backing.stop()
    desk.store.close()
    shutil.rmtree(tmp_path / "real")


def test_what_must_be_seen_to_stays_at_the_bottom_of_the_window(sit: Sit) -> None:
    person = sit("wangli")
    strip = person.window.status
    strip.self_test_asked.connect(person.window.keeping.self_test)
    strip.show_warning("备份:最近一次完好的备份 3 天前。请到 系统 → 备份与恢复 立即备份")
    assert strip._warning.isVisible()
    assert strip._warning.text() == "△ 备份要处理"
    assert "3 天前" in strip._warning.accessibleName()
    strip._warning.click()
    assert isinstance(person.dialog(), SelfTest)
    person.dialogs[-1].reject()
    strip.show_warning("")
    assert not strip._warning.isVisible()
