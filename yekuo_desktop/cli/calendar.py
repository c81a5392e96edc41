"""``yekuo calendar``: the years whose days off are known; a new notice previewed and taken."""

import argparse
from pathlib import Path
from typing import Any

from yekuo_desktop.cli.misuse import Misuse
from yekuo_desktop.cli.terminal import add_json, add_login, desk, password, say, say_json, stamp, table
from yekuo_desktop.domain.act import refuse
from yekuo_desktop.office import calendars
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.signing_in import sign_in


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A file, and what to do with it."""
    parser.add_argument("--import", dest="source", metavar="文件", help="放假通知的正文,或日历文件")
    parser.add_argument(
        "--citation", default="", metavar="文号", help="通知的名称和文号(日历文件里已有的不用写)"
    )
    parser.add_argument("--yes", action="store_true", help="采用;不写则只预览哪些时限会变")
    add_login(parser, required=False)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """List, preview or take."""
    opened = desk(args)
    if not args.source:
        return _list(opened, args)
    text = _text(Path(args.source))
    if not args.yes:
        return _preview(opened, text, args)
    if not args.login:
        raise Misuse("采用请用 --as 指明系统管理员")
    taken = calendars.take(opened, sign_in(opened, args.login, password()), text, args.citation)
    say(f"{taken.year} 年的放假安排已采用,时限已重新计算")
    return 0


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise refuse(f"读不了 {path}:请给 UTF-8 文字的文件") from error


def _list(opened: Desk, args: argparse.Namespace) -> int:
    calendar, missing = opened.reference.calendar, calendars.missing_year(opened)
    if args.json:
        say_json({"years": {str(y): calendar.citation(y) for y in calendar.years}, "missing": missing})
        return 0
    table(("年份", "依据"), ([str(year), calendar.citation(year)] for year in calendar.years))
    if missing:
        say(f"还没有 {missing} 年的放假安排")
    return 0


def _preview(opened: Desk, text: str, args: argparse.Namespace) -> int:
    found = calendars.preview(opened, text, args.citation)
    if args.json:
        say_json({"year": found.table.year, "known": found.known, "moved": [_moved(x) for x in found.moved]})
        return 0
    rows = (
        [x.case.number, x.case.customer, x.limit.label, stamp(x.before), stamp(x.after)] for x in found.moved
    )
    table(("编号", "客户", "时限", "原到期", "改为"), rows)
    say(f"{found.table.year} 年:{len(found.moved)} 个时限会变。采用请加 --yes --as 管理员")
    return 0


def _moved(moved: calendars.Moved) -> dict[str, Any]:
    return {
        "number": moved.case.number,
        "customer": moved.case.customer,
        "limit": moved.limit.key,
        "label": moved.limit.label,
        "before": moved.before.isoformat() if moved.before else None,
        "after": moved.after.isoformat() if moved.after else None,
    }
