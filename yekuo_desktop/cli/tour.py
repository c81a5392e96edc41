"""``yekuo tour --out DIR``: the real window, driven with real key presses through all seven stages."""

import argparse
import os
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from yekuo_desktop.bootstrap import Opener, create_practice, load_reference, write_dossier, write_file
from yekuo_desktop.cli.terminal import say
from yekuo_desktop.cli.tour_centre import TourCentre, available
from yekuo_desktop.domain.vocabulary import CLASSES
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.dossier_ports import Bound
from yekuo_desktop.runtime import clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the results go, and which cases are driven."""
    parser.add_argument(
        "--out", required=True, metavar="目录", help="截图、单据、卷宗和 summary.json 放在这里"
    )
    parser.add_argument(
        "--case",
        action="append",
        choices=tuple(CLASSES),
        help="只走这一类客户(可重复):" + "、".join(f"{klass} {words}" for klass, words in CLASSES.items()),
    )


def run(args: argparse.Namespace) -> int:
    """0 when every step did what it should, 1 when one did not."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    out, classes = Path(args.out), tuple(args.case or CLASSES)
    out.mkdir(parents=True, exist_ok=True)
    watches, tour = import_module("yekuo_desktop.ui.tour.watch"), import_module("yekuo_desktop.ui.tour")
    reference = load_reference()
    watch = watches.Watch(watches.beginning(classes, clock.now(), reference), reference)
    with TemporaryDirectory(prefix="yekuo-tour-") as scratch:
        folder = Path(scratch) / "store"
        say("演练县正在建立…")
        create_practice(folder, watch)
        centre = TourCentre(Path(scratch), folder) if available() else None
        summary = tour.run(Opener(folder, fixed=True), watch, classes, out, write_file, say, bind, centre)
        if centre is None:
            say("没有安装中心的库,两台电脑经中心办理的一段没有演示")
    say(f"截图、单据与卷宗 → {out}")
    return 0 if summary["ok"] else 1


def bind(desk: Desk, session: Session, case_id: str, path: Path) -> Bound:
    """The whole file of a case as one PDF."""
    return write_dossier(desk, session, case_id, path, _untold)


def _untold(done: int, total: int, text: str = "") -> None:
    """Nobody watches."""
