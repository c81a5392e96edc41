"""``yekuo escalations``: overdue limits and who has to know of them now, by level."""

import argparse
from collections.abc import Sequence
from typing import Any

from yekuo_desktop.cli.terminal import add_json, desk, say, say_json, stamp, table
from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.people import Role, role_words
from yekuo_desktop.office import escalation
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.escalation import EscalationLine


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose they are, or which."""
    parser.add_argument("--person", metavar="登录名", default="", help="只列他现在应当知道的")
    parser.add_argument("--station", default="", help="只列某一供电所(代码)")
    parser.add_argument("--level", default="", metavar="级别", help="只列某一级,如 station、county")
    parser.add_argument("--waiting", action="store_true", help="只列还没有人签收的")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """List them, what ran out first on top; 0 whether or not something was found."""
    opened = desk(args)
    found = [line for line in _lines(opened, args) if args.level in ("", line.escalation.level.id)]
    if args.json:
        say_json([_document(opened, line) for line in found])
        return 0
    table(("级别", "编号", "客户", "供电所", "责任人", "时限", "上报", "签收"), map(_row, found))
    say(f"共 {len(found)} 项")
    return 0


def _lines(opened: Desk, args: argparse.Namespace) -> Sequence[EscalationLine]:
    if not args.person:
        return escalation.everything(opened, args.station, answered=not args.waiting)
    person = opened.store.organisation().by_login(args.person)
    if person is None:
        raise refuse(f"没有登录名为 {args.person} 的人")
    session = Session(person=person, station=person.station, terminal=opened.store.identity.terminal)
    lines = escalation.escalations(opened, session, answered=not args.waiting)
    return [line for line in lines if args.station in ("", line.case.station)]


def _row(line: EscalationLine) -> list[str]:
    found = line.escalation
    said = found.answered.text if found.answered else "待签收"
    limit = f"{found.running.label} {escalation.late_words(found)}"
    return [
        *(found.level.label, line.case.number or "(未受理)", line.case.customer, line.station_name),
        *(line.who, limit, stamp(found.since), said),
    ]


def _document(opened: Desk, line: EscalationLine) -> dict[str, Any]:
    """An escalation for a machine."""
    found, organisation = line.escalation, opened.store.organisation()
    said = found.answered
    return {
        "level": found.level.id,
        "label": found.level.label,
        "receivers": [str(role) for role in found.level.receivers],
        "receivers_words": role_words(frozenset[Role](found.level.receivers)),
        "within": found.level.within,
        "case": line.case.id,
        "number": line.case.number or None,
        "customer": line.case.customer,
        "station": line.case.station,
        "stage": line.case.stage,
        "answers": line.who,
        "limit": found.running.key,
        "limit_label": found.running.label,
        "due": found.running.due.isoformat() if found.running.due else None,
        "workdays_late": found.late,
        "since": found.since.isoformat(),
        "acknowledged": {
            "by": organisation.person_name(said.by), "at": said.at.isoformat(), "text": said.text
        } if said else None,
        "citation": found.level.citation,
    }  # fmt: skip
