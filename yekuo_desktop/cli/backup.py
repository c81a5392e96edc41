"""``yekuo backup``: a verified, encrypted backup of the store; and a copy of it in a second place."""

import argparse
from pathlib import Path
from typing import Any

import msgspec

from yekuo_desktop.bootstrap import keeper
from yekuo_desktop.cli.misuse import Misuse
from yekuo_desktop.cli.terminal import add_json, desk, say, say_json
from yekuo_desktop.office.backup_ports import WHY_WORDS, Backup, Kept
from yekuo_desktop.office.ports import StoreTrouble
from yekuo_desktop.runtime import own_process


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--to``, ``--why``, ``--json``; ``--send`` is how the program calls itself."""
    parser.add_argument(
        "--to", metavar="文件夹", help="另存一份到另一块盘、U 盘或共享文件夹(只这一次;长期的在 设置 里选)"
    )
    parser.add_argument("--place", metavar="文件夹", help="以后每次备份都另存一份到这里;写 无 表示取消")
    parser.add_argument("--why", choices=tuple(WHY_WORDS), default="by_hand", help=argparse.SUPPRESS)
    parser.add_argument("--send", metavar="文件", help=argparse.SUPPRESS)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Exit code 0: a good backup, in every place; 1: there is something a person should look at."""
    if args.send:
        return _send(args)
    if args.why != "by_hand":
        own_process.step_back()
    opened = desk(args)
    try:
        if args.place is not None:
            return _choose(opened.keeper, args.place)
        made = opened.keeper.back_up(args.why)
        state = opened.keeper.send_on(made, args.to or "")
    finally:
        opened.store.close()
    if args.json:
        say_json(_plain(made, state))
    else:
        _tell(made, state)
    return 0 if made.good and not state.place_trouble else 1


def _send(args: argparse.Namespace) -> int:
    """In a process of its own, so that a share that hangs keeps nobody: the trouble goes to the output."""
    if not args.to:
        raise Misuse("--send 要与 --to 同用")
    own_process.step_back()
    try:
        keeper.send(Path(args.send), Path(args.to))
    except StoreTrouble as trouble:
        say(str(trouble))
        return 1
    return 0


def _choose(kept: Any, place: str) -> int:
    warning = kept.choose_place("" if place in ("无", "") else place)
    say(warning or ("已取消第二备份位置" if place in ("无", "") else f"以后的备份都另存一份到 {place}"))
    return 0


def _plain(made: Backup, state: Kept) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(made)
    return found | {"good": made.good, "place": state.place, "place_trouble": state.place_trouble}


def _tell(made: Backup, state: Kept) -> None:
    assert made.manifest is not None
    say(f"已备份并核对:{made.path}({made.bytes // 1024} KB,流水 {made.manifest.entries} 条)")
    for fault in made.manifest.faults:
        say(f"  核对发现问题:{fault}")
    for note in made.manifest.notes:
        say(f"  注意:{note}")
    if state.place_trouble:
        say(f"  {state.place_trouble}")
    elif state.place:
        say(f"已另存一份到 {state.place}")
