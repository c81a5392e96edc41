"""更新程序 at the window, with a package that installer/update.py has made."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from installer.update import make_package
from tests.ui.conftest import AtWindow
from yekuo_desktop.bootstrap.updates import this_platform
from yekuo_desktop.domain.releases import PRODUCT, Release
from yekuo_desktop.runtime import launching
from yekuo_desktop.store.tables import VERSION
from yekuo_desktop.ui.dialogs.update import UpdateDialog

Sit = Callable[[str], AtWindow]


def package(folder: Path, version: str) -> tuple[str, str]:
    """A signed package, and the public key."""
    (folder / "built").mkdir(exist_ok=True)
    (folder / "built" / "yekuo").write_text("#!/bin/sh\n")
    key, out = Ed25519PrivateKey.generate(), folder / f"{version}.yekuo-update"
    release = Release(
        product=PRODUCT,
        version=version,
        platform=this_platform(),
        schema=VERSION,
        reads=(VERSION,),
        made="2026-11-25T08:00:00+00:00",
        start="yekuo",
        files={},
        notes="修正月报的合计",
    )
    make_package(folder / "built", out, key, release)
    return str(out), key.public_key().public_bytes_raw().hex()


def dialog_of(person: AtWindow) -> UpdateDialog:
    person.window.actions_by_words["更新程序…"].trigger()
    dialog = person.dialog()
    assert isinstance(dialog, UpdateDialog)
    person.until(lambda: "正在运行" in dialog._now.text())
    return dialog


def test_an_update_is_shown_refused_installed_and_taken_back(
    sit: Sit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    home = tmp_path / "data" / "yekuo"
    home.mkdir(parents=True)
    person = sit("admin")
    dialog = dialog_of(person)
    good, public = package(tmp_path, "9.0.0")
    stranger, _ = package(tmp_path, "9.0.1")
    (home / "update_keys.toml").write_text(f'[[key]]\nname = "本县"\npublic = "{public}"\n', encoding="utf-8")
    dialog.choose(stranger)
    person.until(lambda: "签名不对" in dialog.notice.words())
    assert not dialog.yes.isEnabled() and not dialog.back.isEnabled()
    dialog.choose(good)
    person.until(dialog.yes.isEnabled)
    assert "版本 9.0.0" in dialog.found.text() and dialog.notes.text() == "修正月报的合计"
    dialog.yes.click()
    person.until(dialog.back.isEnabled)
    assert launching.read(home / "program").current == "9.0.0"
    assert "下次启动:版本 9.0.0" in dialog._now.text()
    dialog.back.click()
    person.until(lambda: "已退回" in dialog.found.text())
    assert launching.read(home / "program").current == ""
    dialog.reject()


def test_a_clerk_sees_which_program_runs_and_changes_nothing(sit: Sit) -> None:
    dialog = dialog_of(sit("wangli"))
    assert not dialog.yes.isEnabled() and not dialog.back.isEnabled()
    assert "系统管理员" in dialog.yes.toolTip()
    dialog.reject()
