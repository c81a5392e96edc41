"""``yekuo dossier NUMBER --out X.pdf``: the whole file of a case as one PDF."""

import argparse
import sys
from pathlib import Path

from yekuo_desktop.bootstrap import demand_writable, write_dossier
from yekuo_desktop.cli.terminal import add_json, add_login, add_reason, say, say_json, signed_in
from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.dossiers import KIND
from yekuo_desktop.office import privacy
from yekuo_desktop.office.desk import obstacle
from yekuo_desktop.office.dossier_ports import Progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Number and file."""
    parser.add_argument("number", metavar="编号")
    parser.add_argument("--out", required=True, metavar="X.pdf")
    parser.add_argument("--voided", action="store_true", help="作废的单据也合订,标明作废")
    add_reason(parser)
    add_login(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Bind it; on a terminal tell how far it is."""
    desk, session = signed_in(args)
    case = desk.store.find(args.number)
    if case is None:
        raise refuse(f"没有编号 {args.number} 的业务")
    demand_writable(Path(args.out))
    if stops := obstacle(session, case, KIND):
        raise refuse(stops)
    privacy.demand_papers(desk, session, case, args.reason)
    tell: Progress = _told if sys.stderr.isatty() else _untold
    bound = write_dossier(desk, session, case.id, Path(args.out), tell, voided=args.voided)
    if args.json:
        say_json({"pages": bound.pages, "warnings": list(bound.warnings), "out": args.out})
        return 0
    for warning in bound.warnings:
        say(f"注意:{warning}")
    say(f"卷宗 {case.number or case.id},{bound.pages} 页 → {args.out}")
    return 0


def _told(done: int, total: int, text: str = "") -> None:
    sys.stderr.write(f"\r{done}/{total} {text}\033[K" + ("\n" if done + 1 >= total else ""))


def _untold(done: int, total: int, text: str = "") -> None:
    """Nobody looks."""
