"""A set-up that is killed leaves no half store: the next one starts from nothing."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from yekuo_desktop.cli import BROKEN, OK, main

SETUP = (
    *("--county", "某县供电公司", "--station", "HK:河口供电所", "--terminal", "HK01"),
    *("--admin", "admin:管理员"),
)
KILLED_WHILE_FILLING = """
import os, signal, sys
from yekuo_desktop.cli import main
from yekuo_desktop.office import setting_up
whole = setting_up.set_password
def half(*words):
    whole(*words)
    os.kill(os.getpid(), signal.SIGKILL)
setting_up.set_password = half
main(sys.argv[1:])
"""


@pytest.mark.parametrize("what", [SETUP, ("--practice",)], ids=["real", "practice"])
def test_a_set_up_that_is_killed_is_no_store(
    what: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YEKUO_PASSWORD", "yekuo-2026")
    words = ["setup", *what, "--data", str(tmp_path / "store")]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_WHILE_FILLING, *words], env=dict(os.environ), check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert main(["cases", "--data", str(tmp_path / "store")]) == BROKEN
    assert main(words) == OK
    assert main(["verify", "--data", str(tmp_path / "store")]) == OK
    assert {path.name for path in (tmp_path / "store").iterdir()} >= {"yekuo.db", "store.json", "store.key"}
    assert not (tmp_path / "store" / ".new").exists()
