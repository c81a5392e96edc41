"""``yekuo sync``: contact the centre, once or until stopped."""

import argparse
import threading
from typing import NoReturn

from yekuo_desktop.cli.terminal import add_json, desk, say, say_json
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.sync_ports import Went

WAIT_SECONDS = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--once``."""
    parser.add_argument("--once", action="store_true", help="联系一次就结束(默认一直同步,Ctrl+C 停止)")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Exit code 0 when everything was done, 1 when something waits."""
    opened = desk(args)
    try:
        went = opened.line.contact()
        _tell(args, opened, went)
        if args.once:
            return 1 if went.trouble else 0
        _go_on(args, opened, went)
    finally:
        opened.line.close()
        opened.store.close()


def _go_on(args: argparse.Namespace, opened: Desk, went: Went) -> NoReturn:
    nobody = threading.Event()  # the pause ends only with Ctrl+C
    while True:
        if went.trouble or not opened.line.wait(WAIT_SECONDS):
            nobody.wait(opened.line.pause(went))
        went = opened.line.contact()
        if went.trouble or went.sent or went.read:
            _tell(args, opened, went)


def _tell(args: argparse.Namespace, opened: Desk, went: Went) -> None:
    tally = opened.store.centre.tally()
    if args.json:
        say_json(
            {
                "trouble": went.trouble,
                "sent": went.sent,
                "read": went.read,
                "unsent": tally.unsent,
                "unsettled": tally.unsettled,
                "conflicts": tally.conflicts,
            }
        )
        return
    done = f"上传 {went.sent} 条,下载 {went.read} 条"
    rest = f"待上传 {tally.unsent} 条,需处理 {tally.unsettled + tally.conflicts} 处"
    say(f"{went.trouble};{rest}" if went.trouble else f"已同步:{done};{rest}")
