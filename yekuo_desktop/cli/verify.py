"""``yekuo verify``: the hash chain, the order, the gaps, and that every derived table equals the fold."""

import argparse
from typing import Any

import msgspec

from yekuo_desktop.cli.terminal import add_json, desk, say, say_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--json``."""
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Exit code 0 when everything is right, 1 when something is not."""
    faults = [msgspec.to_builtins(fault) for fault in desk(args).store.verify()]
    if args.json:
        say_json({"ok": not faults, "faults": faults})
    elif faults:
        say(f"发现 {len(faults)} 处问题。第一处:{_words(faults[0])}")
        for fault in faults[1:20]:
            say(f"  {_words(fault)}")
    else:
        say("流水完整,派生数据与流水一致")
    return 1 if faults else 0


def _words(fault: dict[str, Any]) -> str:
    """Entries count from 1: what is wrong with the file itself belongs to none."""
    where = f"第 {fault['n']} 条 {fault['entry_id']} " if fault["n"] else ""
    return f"{where}{fault['reason']}"
