"""Acts of 营销稽查 on a case: entries beside it. No value, stage, state or clock of it changes by them."""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace

from yekuo_desktop.domain.act import Act, Context
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.oversight import orders
from yekuo_desktop.domain.oversight_orders import (
    Answering,
    Exempting,
    Judging,
    Lifting,
    Opening,
    Oversight,
    Word,
)

Problems = Callable[[Oversight, Any, Context], Iterable[Problem]]
Change = Callable[[Oversight, Any, Entry], Oversight]


def opened(known: Oversight, payload: Opening, entry: Entry) -> Oversight:
    """A new order, under the id of its entry."""
    return known.opened(entry.id, payload, entry.actor, entry.stated)


def answered(known: Oversight, payload: Answering, entry: Entry) -> Oversight:
    """The owner's answer waits to be weighed."""
    word = Word(True, entry.actor, entry.stated, payload.text, payload.evidence)
    return known.said(payload.order, "answered", word)


def returned(known: Oversight, payload: Judging, entry: Entry) -> Oversight:
    """The answer does not do: it is asked for again."""
    return known.said(payload.order, "open", Word(False, entry.actor, entry.stated, payload.reason))


def closed(known: Oversight, payload: Judging, entry: Entry) -> Oversight:
    """The answer was found right."""
    return known.said(payload.order, "closed", Word(False, entry.actor, entry.stated, payload.reason))


def exempted(known: Oversight, payload: Exempting, entry: Entry) -> Oversight:
    """One more on the white list."""
    return known.exempted(entry.id, payload, entry.actor, entry.stated)


def lifted(known: Oversight, payload: Lifting, _entry: Entry) -> Oversight:
    """One less."""
    return known.lifted(payload)


def _act(
    kind: str,
    label: str,
    payload: type[Any],
    problems: Problems,
    change: Change,
    words: Callable[[Any], str],
    *,
    owner: bool = False,
) -> Act:
    def guard(case: Case, said: Any, context: Context) -> Iterable[Problem]:
        return problems(case.oversight, said, context)

    def apply(case: Case, said: Any, entry: Entry) -> Case:
        return replace(case, oversight=change(case.oversight, said, entry))

    return Act(
        kind=kind,
        label=label,
        payload=payload,
        roles=orders.OWNERS if owner else orders.AUDITORS,
        guard=guard,
        apply=apply,
        words=words,
    )


OPEN = _act(
    "oversight.opened",
    "派发预警工单",
    Opening,
    orders.opening_problems,
    opened,
    lambda p: f"稽查预警 {p.rule} {p.subject}:应为{p.wanted},现为{p.found};要求:{p.demand}({p.due} 前答复)",
)
ANSWER = _act(
    "oversight.answered",
    "答复预警工单",
    Answering,
    orders.answering_problems,
    answered,
    lambda p: f"答复稽查预警:{p.text}(佐证:{p.evidence})",
    owner=True,
)
RETURN = _act(
    "oversight.returned",
    "退回答复",
    Judging,
    orders.judging_problems,
    returned,
    lambda p: f"稽查退回答复:{p.reason}",
)
CLOSE = _act(
    "oversight.closed",
    "办结预警工单",
    Judging,
    orders.judging_problems,
    closed,
    lambda p: f"稽查办结:{p.reason}",
)
EXEMPT = _act(
    "oversight.exempted",
    "列入白名单",
    Exempting,
    orders.exempting_problems,
    exempted,
    lambda p: f"列入稽查白名单 {p.rule} {p.subject}:{p.reason}(至 {p.until},佐证:{p.evidence})",
)
LIFT = _act(
    "oversight.lifted",
    "移出白名单",
    Lifting,
    orders.lifting_problems,
    lifted,
    lambda p: f"移出稽查白名单:{p.reason}",
)
ACTS = (OPEN, ANSWER, RETURN, CLOSE, EXEMPT, LIFT)
