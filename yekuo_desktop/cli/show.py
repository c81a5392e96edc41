"""``yekuo show NUMBER``: one case whole, with its journal; the customer's numbers as far as who asks may see
them, with ``--as`` and ``--whole``."""

import argparse
from itertools import chain
from typing import Any

import msgspec

from yekuo_desktop.cli.cases import limit_dict
from yekuo_desktop.cli.misuse import Misuse
from yekuo_desktop.cli.terminal import add_json, add_login, desk, say, say_json, signed_in, stamp
from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.display import value_text
from yekuo_desktop.domain.privacy import NOTHING, Sight
from yekuo_desktop.domain.stages.acceptance.fields import fields_on
from yekuo_desktop.domain.stages.acceptance.guards import sheet_for, unit_of
from yekuo_desktop.domain.vocabulary import STAGES, STATES, business_title
from yekuo_desktop.office import escalation, privacy
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.history import HistoryLine, history, limits
from yekuo_desktop.office.privacy_document import document


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The number; also a sheet number or the internal id; who asks."""
    parser.add_argument("number", metavar="编号")
    parser.add_argument("--whole", metavar="原因", help="显示全号,写明查看原因(须用 --as 登录),记入流水")
    add_login(parser, required=False)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Show it."""
    if args.whole is not None and not args.login:
        raise Misuse("--whole 须用 --as 登录")
    opened, session = signed_in(args) if args.login else (desk(args), None)
    case = opened.store.find(args.number)
    if case is None:
        raise refuse(f"没有编号 {args.number} 的业务")
    sight = NOTHING
    if session is not None:
        if args.whole is not None:
            case = privacy.unmask(opened, session, case, args.whole)
        sight = privacy.sight(opened, session, case)
    if args.json:
        say_json(_document(opened, case, sight))
    else:
        _page(opened, case, sight)
    return 0


def _document(opened: Desk, case: Case, sight: Sight) -> dict[str, Any]:
    found = document(case, sight)
    found["limits"] = [
        {**limit_dict(view), "explanation": list(view.explanation)} for view in limits(opened, case)
    ]
    found["escalated"] = [
        {
            "limit": each.running.key,
            "level": each.level.id,
            "since": each.since.isoformat(),
            "workdays_late": each.late,
            "acknowledged": each.answered is not None,
        }
        for each in escalation.of_case(opened, case)
    ]
    past = zip(opened.store.history(f"case:{case.id}"), history(opened, case.id, sight), strict=True)
    found["journal"] = [{"n": entry.n, **msgspec.to_builtins(line)} for entry, line in past]
    return found


def _page(opened: Desk, case: Case, sight: Sight) -> None:
    say(f"{case.number or '(未受理)'}  {business_title(case.klass, case.business)}")
    say(f"环节 {STAGES[case.stage]}  状态 {STATES[case.state]}")
    sheet = sheet_for(case.values)
    for field in chain.from_iterable(fields_on(sheet).values()):
        value, unit = case.values.get(field.key, ""), unit_of(field, sheet)
        text = value_text(field, value, opened.reference, unit=unit, masked=sight.masks(field, value))
        if text:
            say(f"  {field.label}:{sight.prose(text)}")
    for view in limits(opened, case):
        say(f"\n时限 {view.running.label}:{view.remaining}")
        for line in view.explanation:
            say(f"  {line}")
    gone_up = escalation.of_case(opened, case)
    for at, found in enumerate(gone_up):
        say(("" if at else "\n") + f"督办 {sight.prose(escalation.escalation_words(found))}")
    say("\n流水")
    for past in history(opened, case.id, sight):
        _history(past)


def _history(line: HistoryLine) -> None:
    gap = f"({line.gap})" if line.gap else ""
    say(f"  {stamp(line.stated)}{gap}  {line.actor}  {line.words}")
    for label, old, new in line.changes:
        say(f"      {label}:{old or '空'} → {new or '空'}")
