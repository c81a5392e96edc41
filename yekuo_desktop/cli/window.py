"""No command: open the window. Without a display, say so and name what works without one."""

import argparse
import gc
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from yekuo_desktop.cli import COMMANDS
from yekuo_desktop.runtime.paths import store_dir

SCREENLESS = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")


def has_display(environment: dict[str, str], platform: str) -> bool:
    """Whether a window can appear."""
    if not platform.startswith("linux"):
        return True
    chosen = environment.get("QT_QPA_PLATFORM", "").partition(":")[0]
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")) or chosen in SCREENLESS


def run(args: argparse.Namespace) -> int:
    """Open the window of the store and stay until it is closed."""
    if not has_display(dict(os.environ), sys.platform):
        sys.stderr.write(
            f"yekuo:这里没有屏幕,打不开窗口。不需要屏幕的命令有:{' '.join(COMMANDS)}(各带 --help)。\n"
        )
        return 2
    try:
        early = begin(store_dir(args.data, practice=args.practice), args.login or "", fixed=bool(args.data))
        return int(import_module("yekuo_desktop.ui.app").run(early, early.opener.stood))
    except ImportError as error:
        sys.stderr.write(f"yekuo:窗口所需的系统库不全({error});请运行 sh installer/run.sh 补装。\n")
        return 2


def begin(folder: Path, login: str, *, fixed: bool) -> Any:
    """Open the store, and sign in where the start says who, while Qt and the window are still loaded.

    What a start makes stays, so nothing is collected meanwhile; the sweeper of the window does so later.
    """
    gc.disable()
    # shiboken goes through all loaded modules once, when it is loaded itself: a module that the lane of the
    # store loads at that moment ends the process. So this first, alone; Qt comes while the store is opened.
    import_module("PySide6")
    opener = import_module("yekuo_desktop.bootstrap").Opener(folder, fixed=fixed)
    password = os.environ.get("YEKUO_PASSWORD", "")
    early = import_module("yekuo_desktop.ui.early").Early(opener, login, password)
    early.begin()
    return early
