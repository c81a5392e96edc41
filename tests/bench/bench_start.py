"""From process start to a usable window, beside a bare PySide6 window with one table: time and memory.

Where others use the cores, the wall clock also measures them; the row of CPU seconds does not.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

from tests.store.county import populate
from yekuo_desktop import bootstrap
from yekuo_desktop.office.practice.county import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
CASES = int(os.environ.get("YEKUO_BENCH_CASES", "100000"))
RUNS = 9
# Peak memory, from its own line of the kernel: getrusage would tell of the process that started this one.
TELL = """
import os; print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
sys.stdout.flush(); os._exit(0)
"""
BARE = (
    """
import sys
from PySide6.QtCore import QTimer, QStringListModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
app = QApplication([]); window = QMainWindow(); table = QTableView()
table.setModel(QStringListModel([str(n) for n in range(200)])); window.setCentralWidget(table); window.show()
QTimer.singleShot(0, app.quit); app.exec()
"""
    + TELL
)
# What `yekuo` does (cli/window.py), until the window shows its list and its counts.
OURS = (
    """
import sys
from pathlib import Path
from yekuo_desktop.cli.window import begin
early = begin(Path(sys.argv[1]), "wangli", fixed=True)
from PySide6.QtCore import QTimer
from yekuo_desktop.ui.app import application
from yekuo_desktop.ui.shell import Shell
app = application()
shell = Shell(app, early.opener, early=early)
def look(window):
    if window.overview is not None and window.deck.tab("workbench")._heading.text(): app.quit()
    else: QTimer.singleShot(1, lambda: look(window))
shell.ready.connect(look); QTimer.singleShot(0, shell.start); app.exec()
"""
    + TELL
)


class Took(NamedTuple):
    """What one process took."""

    wall: float  # seconds
    cpu: float  # seconds
    memory: float  # MB at its peak


def run() -> list[dict[str, Any]]:
    """Ours against the bare window: the medians of alternating runs."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "store"
        bootstrap.create_practice(folder)
        desk = bootstrap.open_desk(str(folder))
        populate(desk.store, CASES)
        desk.store.close()
        return rows(folder)


def rows(folder: Path) -> list[dict[str, Any]]:
    """The rows of a store that is there."""
    pairs = [(take(BARE, folder), take(OURS, folder)) for _ in range(RUNS + 1)][1:]
    bare, ours = (Took(*map(statistics.median, zip(*runs, strict=True))) for runs in zip(*pairs, strict=True))
    what = f"start to usable window, signed in, {CASES} cases"
    more = ours.memory - bare.memory
    return [
        _row(what, ours.wall, "s", bare.wall, "≤ 2.0", "≤ 1.3"),
        _row(f"{what}, CPU", ours.cpu, "s", bare.cpu, "≤ 2.0", "≤ 1.3"),
        _row(f"{what}, memory ({more:+.0f} MB)", ours.memory, "MB", bare.memory, "≤ +150 MB", ""),
    ]


def _row(what: str, value: float, unit: str, yardstick: float, must: str, stretch: str) -> dict[str, Any]:
    ratio = value / yardstick
    return {
        **{"what": what, "value": value, "unit": unit, "yardstick": yardstick, "ratio": ratio},
        **{"must": must, "stretch": stretch},
    }


def take(script: str, folder: Path) -> Took:
    """What one process took, from its start to its end."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "YEKUO_PASSWORD": PASSWORD}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a program that is installed is compiled
    before, began = _children(), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    return Took(time.perf_counter() - began, _children() - before, int(done.stdout) / 1024)


def _children() -> float:
    """CPU seconds of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
