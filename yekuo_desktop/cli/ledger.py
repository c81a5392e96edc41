"""``yekuo ledger``: 业扩台账, one line a case."""

import argparse
from pathlib import Path
from typing import Any

from yekuo_desktop.bootstrap import demand_writable, write_table
from yekuo_desktop.cli.terminal import add_json, day, desk, say, say_json, table
from yekuo_desktop.domain.vocabulary import CLASSES, STATES
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.statistics import ledger


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The filters, and a file."""
    parser.add_argument("--station", default="", help="只列某一供电所(代码)")
    parser.add_argument("--class", dest="klass", choices=tuple(CLASSES), default="", help="只列某一类客户")
    parser.add_argument(
        "--state", choices=tuple(STATES), action="append", default=[], help="只列某些状态(可重复)"
    )
    for name, words in (("accepted", "受理"), ("connected", "送电"), ("archived", "归档")):
        parser.add_argument(f"--{name}-from", type=day, metavar="日期", help=f"{words}日期,从这一天起")
        parser.add_argument(f"--{name}-to", type=day, metavar="日期", help=f"{words}日期,到这一天止")
    parser.add_argument("--missed", action="store_true", help="只列归档时有环节超时的")
    parser.add_argument("--out", metavar="X.xlsx", help="存成 Excel")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """List or write them, by the day they were accepted."""
    opened = desk(args)
    spans = {
        f"{name}_{end}": getattr(args, f"{name}_{end}")
        for name in ("accepted", "connected", "archived")
        for end in ("from", "to")
    }
    where = Filter(
        station=args.station,
        klass=args.klass,
        states=tuple(args.state),
        kept=False if args.missed else None,
        **spans,
    )
    if args.json:
        say_json([_row(row) for row in ledger.whole(opened, where)])
        return 0
    shown = ledger.columns(opened)
    rows = ([column.words(row) for column in shown] for row in ledger.whole(opened, where))
    if args.out:
        demand_writable(Path(args.out))
        write_table(args.out, "业扩台账", [(c.title, c.kind, c.width) for c in shown], rows)
        say(f"业扩台账 → {args.out}")
        return 0
    found = list(rows)
    table([column.title for column in shown], found)
    say(f"共 {len(found)} 件")
    return 0


def _row(row: ledger.LedgerRow) -> dict[str, Any]:
    """A line for a machine."""
    case = row.case
    return {
        "id": case.id,
        "number": case.number or None,
        "customer": case.customer,
        "class": case.klass,
        "business": case.business,
        "capacity": case.capacity,
        "unit": "kVA" if case.klass.startswith("hv_") else "kW",
        "station": case.station,
        "stage": case.stage,
        "state": case.state,
        "accepted": case.accepted.isoformat() if case.accepted else None,
        "connected": row.connected.isoformat() if row.connected else None,
        "archived": row.archived.isoformat() if row.archived else None,
        "kept": row.kept,
        "nodes": [
            {
                "limit": node.limit,
                "label": node.label,
                "stage": node.stage,
                "days": node.days,
                "unit": node.unit,
                "kept": node.kept,
                "whole": node.whole,
            }
            for node in row.nodes
        ],
    }
