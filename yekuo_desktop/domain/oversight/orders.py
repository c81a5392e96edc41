"""Who may do what with a warning order and the white list; the same for a case and for a station
(regulations.md 5.1: the owner rectifies and answers; reason, freeze and evidence on the white list).

Whoever is asked to answer judges nothing: the auditor opens, weighs and closes, the owner answers.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import msgspec

from yekuo_desktop.domain.casework import STAFF
from yekuo_desktop.domain.deadlines.timelimits import corresponding_day
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.oversight_orders import (
    Answering,
    Exempting,
    Judging,
    Lifting,
    Opening,
    Oversight,
)
from yekuo_desktop.domain.oversight_rules import OversightRules
from yekuo_desktop.domain.people import Person, Role

AUDITORS = frozenset({Role.AUDITOR})
OWNERS = STAFF


class Asker(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, on which day, and by which table; None where the table is not at hand: then only what the
    orders themselves say is asked."""

    actor: Person
    day: date
    organisation: Organisation
    rules: OversightRules | None = None


def longest(since: date, months: int) -> date:
    """The last day a place on the white list may reach."""
    return corresponding_day(since, months, "month")


def opening_problems(known: Oversight, payload: Opening, asker: Asker) -> Iterator[Problem]:
    """One order at a time about a fact; to somebody who works here; with time to answer."""
    if asker.rules is not None and asker.rules.rule(payload.rule) is None:
        yield Problem("rule", f"没有启用规则 {payload.rule}")
    before = known.order_of(payload.key)
    if before is not None and before.state != "closed":
        yield Problem("", "这一项已经派发预警工单,还没有办结")
    if known.exemption_of(payload.key, asker.day) is not None:
        yield Problem("", "这一项在白名单内")
    owner = asker.organisation.people.get(payload.owner)
    if owner is None or not owner.active:
        yield Problem("owner", "请选择责任人")
    elif not owner.may(OWNERS):
        yield Problem("owner", f"{owner.name}不办理业务,不能作为责任人")
    elif owner.id == asker.actor.id:
        yield Problem("owner", "稽查人员不能自查自答")
    if not payload.demand.strip():
        yield Problem("demand", "请写明整改要求")
    if payload.due < asker.day:
        yield Problem("due", "答复期限已过")


def answering_problems(known: Oversight, payload: Answering, asker: Asker) -> Iterator[Problem]:
    """By the owner himself, with what proves it."""
    order = known.order(payload.order)
    if order is None or order.state == "closed":
        yield Problem("", "没有这张预警工单,或已经办结")
        return
    if order.state == "answered":
        yield Problem("", "已经答复,等待稽查核实")
    if asker.actor.id != order.what.owner:
        name = asker.organisation.person_name(order.what.owner)
        yield Problem("", f"由责任人{name}答复")
    if not payload.text.strip():
        yield Problem("text", "请写明原因和整改情况")
    if not payload.evidence.strip():
        yield Problem("evidence", "请写明佐证(附件名称或文号)")


def judging_problems(known: Oversight, payload: Judging, asker: Asker) -> Iterator[Problem]:
    """Only what was answered is weighed, by somebody else than who answered."""
    order = known.order(payload.order)
    if order is None or order.state == "closed":
        yield Problem("", "没有这张预警工单,或已经办结")
        return
    if order.state != "answered":
        yield Problem("", "责任人还没有答复")
    if asker.actor.id in {word.by for word in order.said if word.answer} | {order.what.owner}:
        yield Problem("", "答复人不能核实自己的答复")
    if not payload.reason.strip():
        yield Problem("reason", "请写明核实意见")


def exempting_problems(known: Oversight, payload: Exempting, asker: Asker) -> Iterator[Problem]:
    """R23: reason, evidence, an end within six months; a staff error that merely cannot be undone does not
    belong there."""
    yield from _bound(payload, asker)
    if not payload.reason.strip():
        yield Problem("reason", "请写明原因")
    if not payload.evidence.strip():
        yield Problem("evidence", "请写明佐证(附件名称或文号)")
    if payload.until < asker.day:
        yield Problem("until", "截止日期已过")
    if known.exemption_of(payload.key, asker.day) is not None:
        yield Problem("", "这一项已在白名单内")


def _bound(payload: Exempting, asker: Asker) -> Iterator[Problem]:
    """What the table says of grounds and length."""
    if asker.rules is None:
        return
    rule = asker.rules.exemption
    ground, last = rule.ground(payload.ground), longest(asker.day, rule.months)
    if ground is None:
        yield Problem("ground", "请选择列入白名单的理由")
    elif ground.refused:
        yield Problem("ground", f"{ground.label}的,不能列入白名单")
    if payload.until > last:
        yield Problem("until", f"白名单最长 {rule.months} 个月,不晚于 {last}")


def lifting_problems(known: Oversight, payload: Lifting, asker: Asker) -> Iterator[Problem]:
    """Only what holds can be lifted."""
    found = next((each for each in known.exemptions if each.id == payload.exemption), None)
    if found is None or not found.holds(asker.day):
        yield Problem("", "不在白名单内,或已经到期")
    if not payload.reason.strip():
        yield Problem("reason", "请写明移出的原因")


Problems = Callable[[Oversight, Any, Asker], Iterator[Problem]]
PROBLEMS: dict[str, Problems] = {
    "opened": opening_problems,
    "answered": answering_problems,
    "returned": judging_problems,
    "closed": judging_problems,
    "exempted": exempting_problems,
    "lifted": lifting_problems,
}
"""By act, what stands in its way."""
ROLES = {name: OWNERS if name == "answered" else AUDITORS for name in PROBLEMS}
