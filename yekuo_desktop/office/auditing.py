"""The acts of 营销稽查 at the desk: order, answer, verdict, white list, draw. Beside a case they are entries
of the case; about a station or a person, entries of the organisation."""

from collections.abc import Mapping
from typing import Any

import msgspec

from yekuo_desktop.domain.act import Refused, refuse
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.oversight import orders, watch
from yekuo_desktop.domain.oversight.hits import day
from yekuo_desktop.domain.oversight_orders import (
    Answering,
    Drawn,
    Exempting,
    Judging,
    Lifting,
    Opening,
    Sample,
)
from yekuo_desktop.domain.people import role_words
from yekuo_desktop.office.desk import Desk, Session, act
from yekuo_desktop.office.oversight import HitLine, Scope, cases_in, period
from yekuo_desktop.office.ports import Draft

SUBJECT = "oversight"
MOST_DRAWN = 100
NAMES = {
    "opened": "派发预警工单",
    "answered": "答复",
    "returned": "退回答复",
    "closed": "办结",
    "exempted": "列入白名单",
    "lifted": "移出白名单",
}
OFFERED: Mapping[str, tuple[str, ...]] = {
    "new": ("opened", "exempted"),
    "open": ("answered",),
    "answered": ("closed", "returned"),
    "closed": ("opened", "exempted"),
    "exempt": ("lifted",),
}
"""By standing of a hit, what can be done about it."""


def why_not(session: Session, line: HitLine, name: str) -> str:
    """Why this person cannot do it to this hit now; "" when he can."""
    if name not in OFFERED[line.standing] or (line.gone and name in ("opened", "exempted")):
        return "现在不能办理"
    roles = orders.ROLES[name]
    if not session.person.may(roles):
        return f"{NAMES[name]}由{role_words(roles)}办理"
    if name == "answered" and line.order and line.order.what.owner != session.person.id:
        return "由责任人答复"
    return ""


def payload_for(line: HitLine, name: str, said: Mapping[str, Any]) -> msgspec.Struct:
    """The entry for what somebody filled in: ``said`` by the names of its fields."""
    order = line.order.id if line.order else ""
    if name == "opened":
        hit = line.hit
        values = {"wanted": hit.wanted, "found": hit.found, "rules": hit.rules, **said}
        return Opening(rule=hit.rule, key=hit.key, subject=hit.subject, **values)
    if name == "exempted":
        return Exempting(rule=line.hit.rule, key=line.hit.key, subject=line.hit.subject, **said)
    if name == "answered":
        return Answering(order=order, **said)
    if name == "lifted":
        return Lifting(exemption=line.exemption.id if line.exemption else "", **said)
    return Judging(order=order, **said)


def do(desk: Desk, session: Session, line: HitLine, name: str, said: Mapping[str, Any]) -> None:
    """Do it, in one commit. Raises ``Refused`` with the reasons."""
    payload = payload_for(line, name, said)
    if line.case:
        act(desk, session, line.case, f"oversight.{name}", payload)
        return
    roles = orders.ROLES[name]
    if not session.person.may(roles):
        raise refuse(f"{NAMES[name]}由{role_words(roles)}办理")
    with desk.store.unit() as unit:
        organisation = unit.organisation()
        asker = orders.Asker(
            actor=session.person,
            day=day(desk.clock()),
            organisation=organisation,
            rules=desk.reference.oversight,
        )
        problems: list[Problem] = list(orders.PROBLEMS[name](organisation.oversight, payload, asker))
        if problems:
            raise Refused(problems)
        unit.append(_draft(desk, session, f"watch.{name}", payload))


def draw(desk: Desk, session: Session, scope: Scope, count: int, seed: str = "") -> Drawn:
    """Draw cases to be looked at, and keep how: the seed is on record before anybody sees the list."""
    if not session.person.may(orders.AUDITORS):
        raise refuse(f"抽查由{role_words(orders.AUDITORS)}办理")
    if not 1 <= count <= MOST_DRAWN:
        raise refuse(f"一次抽查 1 至 {MOST_DRAWN} 件", "count")
    population = [case.id for case in cases_in(desk, scope) if case.number]
    if not population:
        raise refuse("这个范围里没有业务")
    sample: Sample = watch.draw(population, seed or desk.ids()[-12:], count, period(scope))
    with desk.store.unit() as unit:
        unit.append(_draft(desk, session, "sample.drawn", sample))
        return unit.organisation().samples[-1]


def _draft(desk: Desk, session: Session, kind: str, payload: msgspec.Struct) -> Draft:
    now = desk.clock()
    return Draft(
        act=desk.ids(),
        subject=SUBJECT,
        kind=kind,
        actor=session.person.id,
        stated=now,
        recorded=now,
        payload=payload,
    )
