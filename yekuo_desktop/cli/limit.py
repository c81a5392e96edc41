"""``yekuo limit``: the due moment of one limit and its explanation, day by day. Needs no store."""

import argparse
from typing import Any

from yekuo_desktop.bootstrap import load_reference
from yekuo_desktop.cli.terminal import add_json, moment, say, say_json
from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.deadlines.limits import Deadline
from yekuo_desktop.domain.deadlines.timelimits import deadline
from yekuo_desktop.domain.deadlines.wording import explain
from yekuo_desktop.domain.rules import CONDITIONS
from yekuo_desktop.domain.vocabulary import CLASSES


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Rule set, class, limit and start."""
    parser.add_argument("--rules", required=True, metavar="规则集", help="规则集的代号或名称")
    parser.add_argument("--class", dest="klass", required=True, choices=tuple(CLASSES))
    parser.add_argument("--when", action="append", default=[], choices=tuple(CONDITIONS), help="情形(可重复)")
    parser.add_argument("--limit", required=True, metavar="时限", help="时限的代号")
    parser.add_argument("--from", dest="start", required=True, type=moment, metavar="时间")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Say when it is due and why."""
    reference = load_reference()
    rules = next((r for r in reference.rulesets.values() if args.rules in (r.id, r.label)), None)
    if rules is None:
        raise refuse(f"没有规则集 {args.rules};现有:{'、'.join(reference.rulesets)}")
    limits = [x for x in rules.limits if not x.classes or args.klass in x.classes]
    same = [x for x in limits if x.id == args.limit and set(x.when) <= set(args.when)]
    found = max(same, key=lambda x: len(x.when), default=None)
    if found is None:
        names = "、".join(dict.fromkeys(x.id for x in limits))
        raise refuse(f"{rules.label}对这类客户没有时限 {args.limit};现有:{names}")
    due = deadline(found, rules.first_day, args.start, reference.calendar, reference.hours)
    if args.json:
        say_json(_document(rules.id, due))
    else:
        for line in explain(due):
            say(line)
    return 0


def _document(rules: str, due: Deadline) -> dict[str, Any]:
    return {
        "rules": rules,
        "limit": due.limit.id,
        "start": due.start.isoformat(),
        "due": due.due.isoformat() if due.due else None,
        "warn": due.warn.isoformat() if due.warn else None,
        "announced": due.announced,
        "days": [
            {"date": day.date.isoformat(), "counted": day.counted, "number": day.number, "reason": day.reason}
            for day in due.days
        ],
        "explanation": list(explain(due)),
    }
