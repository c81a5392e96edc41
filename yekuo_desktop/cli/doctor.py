"""``yekuo doctor``: the self-test without a screen; sets right what can be, writes a bundle for support."""

import argparse
from pathlib import Path

import msgspec

from yekuo_desktop.bootstrap import doctor, examiner
from yekuo_desktop.cli.misuse import Misuse
from yekuo_desktop.cli.terminal import add_json, say, say_json
from yekuo_desktop.office.self_test import as_text, worst
from yekuo_desktop.runtime.claim import Claim
from yekuo_desktop.runtime.paths import store_dir

OK, WARN, BAD = 0, 1, 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--repair``, ``--code``, ``--bundle``, ``--quick``, ``--json``."""
    parser.epilog = "退出码:0 全部正常,1 有要注意的,3 有问题。"
    parser.add_argument("--repair", action="store_true", help="能修的修好;被替换的文件另存到 replaced,不删除")
    parser.add_argument(
        "--code", metavar="恢复码", default="", help="密钥打不开时用(首次设置时抄在纸上的那一串)"
    )
    parser.add_argument("--bundle", metavar="文件.zip", help="写出给维护人员的资料包,不含个人信息")
    parser.add_argument("--quick", action="store_true", help="不逐条核对流水")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Exit code 0, 1 or 3: everything well, something to look at, something wrong."""
    folder = store_dir(args.data)
    seen = doctor.Doctor(folder)
    done = _repaired(args, folder, seen) if args.repair else []
    found = seen.look(whole=not args.quick)
    if args.bundle:
        examiner.bundle(folder, found, Path(args.bundle).expanduser())
        done.append(f"资料包已写出:{args.bundle}")
    level = worst(found)
    if args.json:
        say_json({"level": level, "checks": msgspec.to_builtins(found), "done": done})
    else:
        say("\n".join([*done, as_text(found)]))
    return {"ok": OK, "warn": WARN, "bad": BAD}[level]


def _repaired(args: argparse.Namespace, folder: Path, seen: doctor.Doctor) -> list[str]:
    claim = Claim(str(folder))
    if not claim.take():
        raise Misuse("程序的窗口正开着这套数据,请先关闭窗口再修复")
    try:
        return list(seen.mend(args.code)) or ["没有需要修复的"]
    finally:
        claim.release()
