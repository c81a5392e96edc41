"""From process start to a usable window, beside a bare PySide6 window with one table."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.store.county import populate
from yekuo_desktop import bootstrap
from yekuo_desktop.office.practice import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
CASES = int(os.environ.get("YEKUO_BENCH_CASES", "100000"))
RUNS = 5
BARE = """
from PySide6.QtCore import QTimer, QStringListModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
app = QApplication([]); window = QMainWindow(); table = QTableView()
table.setModel(QStringListModel([str(n) for n in range(200)])); window.setCentralWidget(table); window.show()
QTimer.singleShot(0, app.quit); app.exec()
"""
# What `yekuo` does (cli/window.py), until the window shows its list and its counts.
OURS = """
import os, sys
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
shell.ready.connect(look); QTimer.singleShot(0, shell.start); app.exec(); os._exit(0)
"""


def run() -> list[dict[str, Any]]:
    """One row: seconds of ours against the bare window, the medians of alternating runs."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "store"
        bootstrap.create_practice(folder)
        desk = bootstrap.open_desk(str(folder))
        populate(desk.store, CASES)
        desk.store.close()
        pairs = [(timed(BARE, folder), timed(OURS, folder)) for _ in range(RUNS + 1)][1:]
    bare, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
    return [
        {
            "what": f"start to usable window, signed in, {CASES} cases",
            "value": ours,
            "unit": "s",
            "yardstick": bare,
            "ratio": ours / bare,
            "must": "≤ 2.0",
            "stretch": "≤ 1.3",
        }
    ]


def timed(script: str, folder: Path) -> float:
    """Seconds of one process, from its start to its end."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "YEKUO_PASSWORD": PASSWORD}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a program that is installed is compiled
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - began
