"""The practice county for tests: made once a run by whoever comes first, copied by whoever needs it."""

import fcntl
import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path

import time_machine

from yekuo_desktop.cli import main

MOMENT = datetime(2026, 3, 10, 14, 0, tzinfo=timezone(timedelta(hours=8)))
"""When it was made: a Tuesday in opening hours; everything in it lies before."""


def made_once(base: Path) -> Path:
    """The folder of the store below ``base``, which all workers of a run share. Nobody writes into it."""
    made, folder = base / "practice-made", base / "practice"
    with (base / "practice-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            with time_machine.travel(MOMENT, tick=False):
                assert main(["setup", "--practice", "--data", str(folder)]) == 0
            made.touch()
    return folder


def copied(made: Path, to: Path) -> Path:
    """A store of one's own: its database, its files and its key."""
    shutil.copytree(made, to)
    return to
