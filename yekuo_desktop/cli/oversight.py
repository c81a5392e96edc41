"""``yekuo oversight``: what the audit's rules find, each hit with its two values and who answers."""

import argparse
from typing import Any

from yekuo_desktop.cli.terminal import add_json, day, desk, say, say_json, table
from yekuo_desktop.domain.oversight_rules import SEVERITIES
from yekuo_desktop.office.oversight import STANDINGS, HitLine, Scope, survey


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The cases that are looked at, and which hits are listed."""
    parser.add_argument("--station", default="", help="只查某一供电所(代码)")
    parser.add_argument("--accepted-from", type=day, metavar="日期", help="受理日期,从这一天起")
    parser.add_argument("--accepted-to", type=day, metavar="日期", help="受理日期,到这一天止")
    parser.add_argument(
        "--rule", action="append", default=[], metavar="编号", help="只列某些规则,如 R6(可重复)"
    )
    parser.add_argument("--severity", choices=tuple(SEVERITIES), default="", help="只列某一级别")
    parser.add_argument("--standing", choices=tuple(STANDINGS), default="", help="只列某一处理情况")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """List them, the gravest first; 0 whether or not something was found."""
    opened = desk(args)
    scope = Scope(station=args.station, accepted_from=args.accepted_from, accepted_to=args.accepted_to)
    found = [line for line in survey(opened, scope) if _wanted(line, args)]
    if args.json:
        say_json([_hit(line) for line in found])
        return 0
    table(("规则", "级别", "处理", "编号", "事项", "应为", "现为", "责任人"), map(_row, found))
    say(f"共 {len(found)} 项")
    return 0


def _wanted(line: HitLine, args: argparse.Namespace) -> bool:
    right = not args.rule or line.rule.id in args.rule
    right = right and args.severity in ("", line.rule.severity)
    return right and args.standing in ("", line.standing)


def _row(line: HitLine) -> list[str]:
    hit = line.hit
    standing, severity = STANDINGS[line.standing], SEVERITIES[line.rule.severity]
    return [line.rule.name, severity, standing, line.number, hit.subject, hit.wanted, hit.found, line.who]


def _hit(line: HitLine) -> dict[str, Any]:
    """A hit for a machine."""
    hit = line.hit
    return {
        "rule": line.rule.id,
        "title": line.rule.title,
        "severity": line.rule.severity,
        "phase": line.phase,
        "key": hit.key,
        "case": line.case or None,
        "number": line.number or None,
        "customer": line.customer,
        "station": line.station,
        "stage": hit.stage or None,
        "subject": hit.subject,
        "wanted": hit.wanted,
        "found": hit.found,
        "ruleset": hit.rules or None,
        "answers": line.who,
        "at": hit.at.isoformat() if hit.at else None,
        "standing": line.standing,
        "gone": line.gone,
        "citation": line.rule.citation,
    }
