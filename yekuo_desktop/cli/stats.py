"""``yekuo stats``: how many, how fast, in time or not."""

import argparse
from datetime import date
from typing import Any

from yekuo_desktop.cli.terminal import add_json, day, desk, say, say_json, table
from yekuo_desktop.domain.measures import Rate
from yekuo_desktop.domain.vocabulary import CLASSES
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.statistics import counting, periods
from yekuo_desktop.office.statistics.figures import Capacity, Figures, NodeFigures, Scope, Statistics

BY = {"class": "类别", "station": "供电所", "month": "月份", "person": "人员"}

HEADS = ("受理", "送电", "归档", "超时归档", "在途", "在途超时", "达标率", "容量")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The period, what is counted, and by what."""
    add_span(parser)
    parser.add_argument("--by", choices=tuple(BY), action="append", default=[], help="再按什么分(可重复)")
    add_json(parser)


def add_span(parser: argparse.ArgumentParser) -> None:
    """The period and what is counted."""
    parser.add_argument("--month", type=_month, metavar="年-月", help="统计月份,例如 2026-10(默认上个月)")
    parser.add_argument("--from", dest="first", type=day, metavar="日期", help="统计期的第一天")
    parser.add_argument("--to", dest="last", type=day, metavar="日期", help="统计期的最后一天")
    parser.add_argument("--station", default="", help="只统计某一供电所(代码)")
    parser.add_argument("--class", dest="klass", choices=tuple(CLASSES), default="", help="只统计某一类客户")


def _month(text: str) -> periods.Period:
    try:
        return periods.month(text.replace("/", "-"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是月份,请写成 2026-10") from None


def run(args: argparse.Namespace) -> int:
    """Count; 0 also where there is nothing."""
    opened = desk(args)
    period = span(args, opened.clock().date())
    found = counting.compare(opened, period, Scope(args.station, args.klass))
    by = args.by or list(BY)
    if args.json:
        say_json(
            {
                "now": _statistics(found.now, by),
                "before": _statistics(found.before, []),
                "year_ago": _statistics(found.year_ago, []),
            }
        )
        return 0
    _tell(opened, found.now, by)
    return 0


def span(args: argparse.Namespace, today: date) -> periods.Period:
    """The period that was asked for: the last month unless one is named."""
    if args.month:
        found: periods.Period = args.month
        return found
    if args.first or args.last:
        return periods.Period(args.first or date(1990, 1, 1), args.last or today)
    return periods.month_before(today)


def _tell(opened: Desk, found: Statistics, by: list[str]) -> None:
    say(f"{found.period.first} 至 {found.period.last}")
    groups: dict[str, tuple[Figures, ...]] = {BY[name]: found.groups[name] for name in by}  # type: ignore[index]
    for title, rows in {"": (found.total,), **groups}.items():
        say()
        table(
            (title or "合计", "受理", "送电", "归档", "超时归档", "在途", "在途超时", "达标率", "容量"),
            map(_line, rows),
        )
    say()
    table(("环节时限", "归档件数", "按时", "达标率", "平均", "90% 在"), map(_node_line, found.nodes))
    say()
    table(("渠道", "受理"), ([each.label, str(each.accepted.value)] for each in found.channels))
    say("达标率以统计期内归档的业务计算,各环节都按时的才算达标,客户原因等不计入的时间已扣除。")


def _line(row: Figures) -> list[str]:
    counts = (row.accepted, row.connected, row.archived, row.missed, row.open, row.late)
    return [row.label, *(str(count.value) for count in counts), _percent(row.kept), _capacity(row.capacity)]


def _node_line(node: NodeFigures) -> list[str]:
    rate = node.rate
    return [
        node.label,
        *(str(rate.total), str(rate.kept), _percent(rate), _days(node.average), _days(node.ninety)),
    ]


def _percent(rate: Rate) -> str:
    return "" if rate.share is None else f"{rate.share:.1%}"


def _days(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _capacity(value: Capacity) -> str:
    return "，".join(f"{each:g} {unit}" for each, unit in ((value.kw, "kW"), (value.kva, "kVA")) if each)


def _statistics(found: Statistics, by: list[str]) -> dict[str, Any]:
    return {
        "from": found.period.first.isoformat(),
        "to": found.period.last.isoformat(),
        "total": _figures(found.total),
        "nodes": [_node(node) for node in found.nodes],
        "stages": [
            {"stage": each.stage, "open": each.open.value, "late": each.late.value, **_rate(each.rate)}
            for each in found.stages
        ],
        "channels": {each.channel: each.accepted.value for each in found.channels},
        "by": {name: [_figures(row) for row in found.groups[name]] for name in by},  # type: ignore[index]
    }


def _figures(row: Figures) -> dict[str, Any]:
    return {
        "id": row.id,
        "label": row.label,
        "accepted": row.accepted.value,
        "connected": row.connected.value,
        "archived": row.archived.value,
        "missed": row.missed.value,
        "open": row.open.value,
        "late": row.late.value,
        "kw": row.capacity.kw,
        "kva": row.capacity.kva,
        **_rate(row.kept),
        "over_all": _rate(row.over_all),
    }


def _node(node: NodeFigures) -> dict[str, Any]:
    return {
        "limit": node.limit,
        "label": node.label,
        "stage": node.stage,
        "unit": node.unit,
        "whole": node.whole,
        "average": node.average,
        "ninety": node.ninety,
        **_rate(node.rate),
    }


def _rate(rate: Rate) -> dict[str, Any]:
    return {"kept": rate.kept, "of": rate.total, "share": rate.share}
