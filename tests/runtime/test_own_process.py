"""The program starts itself once more, wherever its modules lie, and is not kept by a child that hangs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from yekuo_desktop import __version__
from yekuo_desktop.runtime import own_process


def test_the_child_finds_the_program_where_this_one_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An installer may have put the modules where the interpreter does not look by itself."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    child = own_process.begin(["--version"])
    assert own_process.said_within(child, 60) == f"yekuo {__version__}\n"
    assert child.returncode == 0


def test_an_installed_program_is_its_own_executable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_process.command(["backup"]) == [sys.executable, "backup"]


def test_a_child_that_hangs_is_given_up() -> None:
    read, write = os.pipe()  # nobody ever writes
    waiting = [sys.executable, "-c", "input()"]
    child = subprocess.Popen(waiting, stdin=read, stdout=subprocess.PIPE, text=True)
    assert own_process.ended(child, 0.05) is None
    assert own_process.said_within(child, 0.05) is None
    assert child.wait(10) != 0
    os.close(read)
    os.close(write)
