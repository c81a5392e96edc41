"""Acts of 营销稽查 on a case: entries beside it. No value, stage, state or clock of it changes by them."""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace

from yekuo_desktop.domain.act import Act, Context
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.oversight import orders
from yekuo_desktop.domain.oversight_orders import CHANGES, PAYLOADS


def asker(context: Context) -> orders.Asker:
    """What the rules of orders look at."""
    return orders.Asker(
        actor=context.actor,
        day=context.day,
        organisation=context.organisation,
        rules=context.reference.oversight,
    )


def _act(name: str, label: str, words: Callable[[Any], str]) -> Act:
    problems, change = orders.PROBLEMS[name], CHANGES[name]

    def guard(case: Case, said: Any, context: Context) -> Iterable[Problem]:
        return problems(case.oversight, said, asker(context))

    def apply(case: Case, said: Any, entry: Entry) -> Case:
        return replace(case, oversight=change(case.oversight, said, entry))

    return Act(
        kind=f"oversight.{name}",
        label=label,
        payload=PAYLOADS[name],
        roles=orders.ROLES[name],
        guard=guard,
        apply=apply,
        words=words,
    )


OPEN = _act(
    "opened",
    "派发预警工单",
    lambda p: f"稽查预警 {p.rule} {p.subject}:应为{p.wanted},现为{p.found};要求:{p.demand}({p.due} 前答复)",
)
ANSWER = _act("answered", "答复预警工单", lambda p: f"答复稽查预警:{p.text}(佐证:{p.evidence})")
RETURN = _act("returned", "退回答复", lambda p: f"稽查退回答复:{p.reason}")
CLOSE = _act("closed", "办结预警工单", lambda p: f"稽查办结:{p.reason}")
EXEMPT = _act(
    "exempted",
    "列入白名单",
    lambda p: f"列入稽查白名单 {p.rule} {p.subject}:{p.reason}(至 {p.until},佐证:{p.evidence})",
)
LIFT = _act("lifted", "移出白名单", lambda p: f"移出稽查白名单:{p.reason}")
ACTS = (OPEN, ANSWER, RETURN, CLOSE, EXEMPT, LIFT)
