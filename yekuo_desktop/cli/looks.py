"""``yekuo looks``: who looked at customers' numbers and who took lists of customers out (R24)."""

import argparse
from datetime import date, timedelta

import msgspec

from yekuo_desktop.cli.terminal import add_json, day, desk, say, say_json, stamp, table
from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.deadlines.workdays import bounds
from yekuo_desktop.office import privacy

USUAL = timedelta(days=30)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The stretch of days, and whose looks."""
    parser.add_argument("--from", dest="first", type=day, metavar="日期", help="从这一天起(默认 30 天前)")
    parser.add_argument("--to", dest="last", type=day, metavar="日期", help="到这一天止(默认今天)")
    parser.add_argument("--person", metavar="登录名", default="", help="只列他的")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """List them, the newest first."""
    opened = desk(args)
    last: date = args.last or opened.clock().date()
    first: date = args.first or last - USUAL
    person = opened.store.organisation().by_login(args.person) if args.person else None
    if args.person and person is None:
        raise refuse(f"没有登录名为 {args.person} 的人")
    found = privacy.looks(opened, bounds(first)[0], bounds(last)[1], person.id if person else "")
    if args.json:
        say_json(msgspec.to_builtins(found))
        return 0
    table(
        ("时间", "人员", "事项", "编号", "客户", "内容"),
        ([stamp(each.at), each.person, each.done, each.number, each.customer, each.words] for each in found),
    )
    say(f"共 {len(found)} 次")
    return 0
