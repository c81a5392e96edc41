"""``yekuo show NUMBER``: one case whole, with its journal."""

import argparse
from itertools import chain
from typing import Any

import msgspec

from yekuo_desktop.cli.cases import limit_dict
from yekuo_desktop.cli.terminal import add_json, desk, say, say_json, stamp
from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.display import value_text
from yekuo_desktop.domain.stages.acceptance.fields import fields_on
from yekuo_desktop.domain.stages.acceptance.guards import sheet_for, unit_of
from yekuo_desktop.domain.vocabulary import STAGES, STATES, business_title
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.history import HistoryLine, history, limits


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The number; also a sheet number or the internal id."""
    parser.add_argument("number", metavar="编号")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Show it."""
    opened = desk(args)
    case = opened.store.find(args.number)
    if case is None:
        raise refuse(f"没有编号 {args.number} 的业务")
    if args.json:
        say_json(_document(opened, case))
    else:
        _page(opened, case)
    return 0


def _document(opened: Desk, case: Case) -> dict[str, Any]:
    document: dict[str, Any] = msgspec.to_builtins(case)
    document["limits"] = [
        {**limit_dict(view), "explanation": list(view.explanation)} for view in limits(opened, case)
    ]
    document["journal"] = [
        {"n": entry.n, **msgspec.to_builtins(line)}
        for entry, line in zip(opened.store.history(f"case:{case.id}"), history(opened, case.id), strict=True)
    ]
    return document


def _page(opened: Desk, case: Case) -> None:
    say(f"{case.number or '(未受理)'}  {business_title(case.klass, case.business)}")
    say(f"环节 {STAGES[case.stage]}  状态 {STATES[case.state]}")
    sheet = sheet_for(case.values)
    for field in chain.from_iterable(fields_on(sheet).values()):
        value, unit = case.values.get(field.key, ""), unit_of(field, sheet)
        text = value_text(field, value, opened.reference, unit=unit)
        if text:
            say(f"  {field.label}:{text}")
    for view in limits(opened, case):
        say(f"\n时限 {view.running.label}:{view.remaining}")
        for line in view.explanation:
            say(f"  {line}")
    say("\n流水")
    for past in history(opened, case.id):
        _history(past)


def _history(line: HistoryLine) -> None:
    gap = f"({line.gap})" if line.gap else ""
    say(f"  {stamp(line.stated)}{gap}  {line.actor}  {line.words}")
    for label, old, new in line.changes:
        say(f"      {label}:{old or '空'} → {new or '空'}")
