"""``yekuo tour --out DIR``: the real window, driven with real key presses through the main job."""

import argparse
import os
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from yekuo_desktop.bootstrap import Opener, create_practice, write_file
from yekuo_desktop.cli.terminal import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the results go."""
    parser.add_argument("--out", required=True, metavar="目录", help="截图、单据和 summary.json 放在这里")


def run(args: argparse.Namespace) -> int:
    """0 when every step did what it should, 1 when one did not."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="yekuo-tour-") as scratch:
        folder = Path(scratch) / "store"
        create_practice(folder)
        tour = import_module("yekuo_desktop.ui.tour")
        summary = tour.run(Opener(folder, fixed=True), out, write_file)
    for step in summary["steps"]:
        say(("✓ " if step["ok"] else "✗ ") + step["name"] + (f":{step['note']}" if step["note"] else ""))
    say(f"截图与单据 → {out}")
    return 0 if summary["ok"] else 1
