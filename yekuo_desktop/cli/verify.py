"""``yekuo verify``: the hash chain, the order, the gaps, and that every derived table equals the fold."""

import argparse

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
        first = faults[0]
        say(f"发现 {len(faults)} 处问题。第一处:第 {first['n']} 条 {first['entry_id']} {first['reason']}")
        for fault in faults[1:20]:
            say(f"  第 {fault['n']} 条 {fault['entry_id']} {fault['reason']}")
    else:
        say("流水完整,派生数据与流水一致")
    return 1 if faults else 0
