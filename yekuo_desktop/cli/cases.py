"""``yekuo cases``: the cases with their running limits, due moments and lights."""

import argparse
from typing import Any

from yekuo_desktop.cli.terminal import add_json, desk, say, say_json, table
from yekuo_desktop.domain.vocabulary import CLASSES, STAGES, STATES, business_title
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.history import LimitView, limits
from yekuo_desktop.office.ports import Filter

PAGE = 500


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The filters."""
    parser.add_argument("--stage", choices=tuple(STAGES), default="", help="只列某一环节")
    parser.add_argument(
        "--state", choices=tuple(STATES), action="append", default=[], help="只列某些状态(可重复)"
    )
    parser.add_argument("--class", dest="klass", choices=tuple(CLASSES), default="", help="只列某一类客户")
    parser.add_argument("--station", default="", help="只列某一供电所(代码)")
    parser.add_argument(
        "--light",
        choices=("overdue", "today", "undelivered"),
        default="",
        help="超时 / 今日到期 / 工单未签收",
    )
    parser.add_argument("--text", default="", help="姓名、拼音首字母、电话、证件、地址、编号的一部分")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """List them, those due first on top."""
    opened = desk(args)
    where = Filter(
        stage=args.stage,
        states=tuple(args.state),
        klass=args.klass,
        station=args.station,
        light=args.light,
        text=args.text,
    )
    found = _all(opened, where)
    if args.json:
        say_json(found)
        return 0
    table(
        ("编号", "户名", "类别", "环节", "状态", "时限", "到期", "灯"),
        ([*_head(case), *_first_limit(case)] for case in found),
    )
    say(f"共 {len(found)} 件")
    return 0


def _all(opened: Desk, where: Filter) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while rows := opened.store.queue(where, opened.clock(), limit=PAGE, offset=len(found)):
        found += [_case(opened, row.case.id) for row in rows]
    return found


def _case(opened: Desk, case_id: str) -> dict[str, Any]:
    case = opened.store.case(case_id)
    if case is None:
        raise LookupError(case_id)
    return {
        "id": case.id,
        "number": case.number or None,
        "customer": case.values.get("customer_name", ""),
        "class": case.klass,
        "business": case.business,
        "title": business_title(case.klass, case.business),
        "stage": case.stage,
        "state": case.state,
        "station": case.station,
        "project_manager": opened.store.organisation().person_name(case.project_manager),
        "limits": [limit_dict(view) for view in limits(opened, case)],
    }


def limit_dict(view: LimitView) -> dict[str, Any]:
    """A limit for a machine."""
    running = view.running
    return {
        "id": running.limit,
        "label": running.label,
        "start": running.start.isoformat(),
        "due": running.due.isoformat() if running.due else None,
        "stopped": running.stopped.isoformat() if running.stopped else None,
        "light": str(view.light),
        "remaining": view.remaining,
    }


def _head(case: dict[str, Any]) -> list[str]:
    return [
        case["number"] or "(未受理)",
        case["customer"],
        case["title"],
        STAGES[case["stage"]],
        STATES[case["state"]],
    ]


def _first_limit(case: dict[str, Any]) -> list[str]:
    running = [limit for limit in case["limits"] if not limit["stopped"]]
    if not running:
        return ["", "", ""]
    first = min(running, key=lambda limit: limit["due"] or "9")
    return [
        first["label"],
        (first["due"] or "")[:16].replace("T", " "),
        f"{first['light']} {first['remaining']}",
    ]
