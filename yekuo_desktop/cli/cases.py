"""``yekuo cases``: the cases with their running limits, due moments and lights."""

import argparse
from typing import Any

from yekuo_desktop.cli.terminal import add_json, day, desk, say, say_json, table
from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.vocabulary import CLASSES, STAGES, STATES, business_title
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.history import LimitView, limits

PAGE = 500
DAYS = {"accepted": "受理日期", "due": "到期", "connected": "接电日期", "archived": "归档日期"}
ORDERS = (
    "due",
    "number",
    "customer",
    "class",
    "capacity",
    "accepted",
    "address",
    "station",
    "stage",
    "state",
)


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
    parser.add_argument("--person", metavar="登录名", default="", help="只列由他受理或负责的")
    parser.add_argument("--accepted-by", metavar="登录名", default="", help="只列由他受理的")
    parser.add_argument("--manager", metavar="登录名", default="", help="只列由他负责的")
    parser.add_argument("--channel", default="", help="只列某一受理渠道(代码)")
    for name, words in DAYS.items():
        parser.add_argument(f"--{name}-from", type=day, metavar="日期", help=f"{words},从这一天起")
        parser.add_argument(f"--{name}-to", type=day, metavar="日期", help=f"{words},到这一天止")
    parser.add_argument("--text", default="", help="姓名、拼音首字母、电话、证件、地址、编号、表号的一部分")
    parser.add_argument("--order", choices=ORDERS, default="due", help="按哪一栏排(默认按到期)")
    parser.add_argument("--descending", action="store_true", help="从大到小、从晚到早")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """List them, those due first on top."""
    opened = desk(args)
    found = _all(opened, _where(opened, args), args.order, args.descending)
    if args.json:
        say_json(found)
        return 0
    table(
        ("编号", "户名", "类别", "环节", "状态", "时限", "到期", "灯"),
        ([*_head(case), *_first_limit(case)] for case in found),
    )
    say(f"共 {len(found)} 件")
    return 0


def _where(opened: Desk, args: argparse.Namespace) -> Filter:
    people = {name: _person(opened, getattr(args, name)) for name in ("person", "accepted_by", "manager")}
    days = {f"{name}_{end}": getattr(args, f"{name}_{end}") for name in DAYS for end in ("from", "to")}
    return Filter(
        stage=args.stage,
        states=tuple(args.state),
        klass=args.klass,
        station=args.station,
        light=args.light,
        text=args.text,
        channel=args.channel,
        person=people["person"],
        accepted_by=people["accepted_by"],
        manager=people["manager"],
        **days,
    )


def _person(opened: Desk, login: str) -> str:
    if not login:
        return ""
    person = opened.store.organisation().by_login(login)
    if person is None:
        raise refuse(f"没有登录名为 {login} 的人")
    return person.id


def _all(opened: Desk, where: Filter, order: str, descending: bool) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    organisation = opened.store.organisation()
    now = opened.clock()
    while rows := opened.store.queue(
        where, now, order=order, descending=descending, limit=PAGE, offset=len(found)
    ):
        found += [_case(opened, organisation, row.case.id) for row in rows]
    return found


def _case(opened: Desk, organisation: Organisation, case_id: str) -> dict[str, Any]:
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
        "project_manager": organisation.person_name(case.project_manager),
        "limits": [limit_dict(view) for view in limits(opened, case, explained=False)],
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
