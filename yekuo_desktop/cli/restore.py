"""``yekuo restore``: what going back to a backup would cost, and going back."""

import argparse
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from yekuo_desktop.bootstrap import keeper, keyring_for, load_reference, new_id
from yekuo_desktop.cli.misuse import Misuse
from yekuo_desktop.cli.terminal import add_json, say, say_json, stamp
from yekuo_desktop.office.backup_ports import WHY_WORDS, Lost, Preview, Restored
from yekuo_desktop.office.restoring import cost_words, lost_lines
from yekuo_desktop.runtime.claim import Claim
from yekuo_desktop.runtime.paths import machine_id, store_dir
from yekuo_desktop.store.store import LocalStore


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE, and ``--preview`` or ``--yes``."""
    parser.add_argument("file", metavar="备份", help="备份文件;写文件夹则用其中最新的完好备份")
    chosen = parser.add_mutually_exclusive_group(required=True)
    chosen.add_argument("--preview", action="store_true", help="只说明恢复后会缺什么,不动数据")
    chosen.add_argument("--yes", action="store_true", help="恢复;现在的数据另存到 replaced,不删除")
    parser.add_argument(
        "--code", metavar="恢复码", default="", help="换了电脑时要用;也可放在 YEKUO_RECOVERY_CODE"
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Exit code 0; 1 for a preview that would lose something, or a restored store with faults."""
    folder, machine = store_dir(args.data), machine_id(os.environ)
    code = args.code or os.environ.get("YEKUO_RECOVERY_CODE", "")
    if args.preview:
        return _preview(args, keeper.preview(folder, args.file, machine, code))
    claim = Claim(str(folder))
    if not claim.take():
        raise Misuse("程序的窗口正开着这套数据,请先关闭窗口再恢复")
    try:
        restored = keeper.prepare(folder, args.file, machine, new_id, code)
        return _tell(args, folder, msgspec.structs.replace(restored, faults=_proven(folder)))
    finally:
        claim.release()


def _proven(folder: Path) -> tuple[str, ...]:
    """Open the store in its place, which brings it there, and verify it."""
    LocalStore.settle(folder)
    store = LocalStore.open(folder, keyring_for(folder).key(), load_reference(), new_id)
    try:
        return tuple(fault.reason for fault in store.verify())
    finally:
        store.close()


def _preview(args: argparse.Namespace, found: Preview) -> int:
    if args.json:
        plain: dict[str, Any] = msgspec.to_builtins(msgspec.structs.replace(found, entries=()))
        say_json(plain | {"entries": [_plain(each) for each in found.entries]})
    else:
        made = found.manifest
        say(f"备份:{stamp(made.made)} {WHY_WORDS[made.why]},终端 {made.terminal},流水 {made.entries} 条")
        _say_all((cost_words(found), *lost_lines(found, 20)))
    return 1 if found.lost or (found.present and not found.readable) else 0


def _tell(args: argparse.Namespace, folder: Path, restored: Restored) -> int:
    if args.json:
        say_json(msgspec.to_builtins(restored))
        return 1 if restored.faults else 0
    say(f"已恢复到 {folder}(流水 {restored.entries} 条)")
    if restored.set_aside:
        say(f"原来的数据保留在 {restored.set_aside}")
    _say_all(f"核对发现:{fault}" for fault in restored.faults[:20])
    return 1 if restored.faults else 0


def _plain(lost: Lost) -> dict[str, Any]:
    return {
        "id": lost.entry.id,
        "recorded": lost.entry.recorded.isoformat(),
        "kind": lost.entry.kind,
        "number": lost.number,
        "customer": lost.customer,
    }


def _say_all(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)
