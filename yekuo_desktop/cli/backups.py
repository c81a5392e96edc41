"""``yekuo backups``: what was kept, the newest first; it needs neither key nor store."""

import argparse
from pathlib import Path

import msgspec

from yekuo_desktop.bootstrap import keeper
from yekuo_desktop.cli.terminal import add_json, say, say_json, stamp, table
from yekuo_desktop.office.backup_ports import WHY_WORDS, Backup
from yekuo_desktop.runtime.paths import store_dir


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--in``, ``--json``."""
    parser.add_argument("--in", dest="place", metavar="文件夹", help="看这个文件夹里的备份(默认是本机的)")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Exit code 1 when there is no good one."""
    found = keeper.backups(store_dir(args.data), Path(args.place) if args.place else None)
    if args.json:
        say_json([{**msgspec.to_builtins(each), "good": each.good} for each in found])
    elif not found:
        say("还没有备份,请运行 yekuo backup")
    else:
        table(("时间", "原因", "结果", "流水", "大小", "文件"), map(_line, found))
    return 0 if any(each.good for each in found) else 1


def _line(each: Backup) -> tuple[str, ...]:
    size = f"{each.bytes // 1024} KB"
    if each.manifest is None:
        return ("", "", "读不出", "", size, each.path)
    result = "完好" if each.good else f"有问题:{each.manifest.faults[0]}"
    made = each.manifest
    return (stamp(made.made), WHY_WORDS[made.why], result, str(made.entries), size, each.path)
