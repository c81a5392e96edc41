"""What a customer asks of us beside the way of his case: a meter to be tested, a reading that cannot be, a
complaint. The promises of service give each its time (供电服务“十项承诺”).
"""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain.act import Act, Context
from yekuo_desktop.domain.case import Case, Event
from yekuo_desktop.domain.casework import DESK
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.people import Role


class Step(NamedTuple):
    """What answers a request: an event after its first, in the clerk's words."""

    event: str
    label: str


class RequestKind(NamedTuple):
    """One kind of request: the event that begins it, and what must follow, in any order."""

    label: str
    begins: str
    steps: tuple[Step, ...]


KINDS = {
    "meter_check": RequestKind(
        "电能表校验", "meter_check_requested", (Step("meter_checked", "出具校验结果"),)
    ),
    "anomaly": RequestKind("抄表数据异常", "anomaly_reported", (Step("anomaly_answered", "核实并答复"),)),
    "complaint": RequestKind(
        "投诉",
        "complaint_received",
        (Step("complaint_contacted", "联系客户"), Step("complaint_answered", "答复处理意见")),
    ),
}
STEPS = {step.event: f"{kind.label}:{step.label}" for kind in KINDS.values() for step in kind.steps}


class RequestTaken(msgspec.Struct, frozen=True):
    """``kind`` one of ``KINDS``; ``said``: what the customer wants, in his words."""

    kind: str
    said: str


class RequestAnswered(msgspec.Struct, frozen=True):
    """``step`` one of ``STEPS``; ``said``: what was found or answered."""

    step: str
    said: str


def open_steps(case: Case) -> tuple[str, ...]:
    """The steps that customers wait for, each an event that has not come since its request."""
    return tuple(
        step.event
        for kind in KINDS.values()
        for step in kind.steps
        if _last(case, kind.begins) > _last(case, step.event)
    )


def _last(case: Case, name: str) -> int:
    """Where the newest event of a name stands; -1 when there is none."""
    return max((at for at, event in enumerate(case.events) if event.name == name), default=-1)


def _takes(case: Case, payload: RequestTaken, context: Context) -> Iterable[Problem]:
    kind = KINDS.get(payload.kind)
    if kind is None:
        yield Problem("choice", "请选择诉求类别")
    elif {step.event for step in kind.steps} & {*open_steps(case)}:
        yield Problem("choice", f"上一件{kind.label}还没有办完,请先答复")
    elif any(context.stated < event.stated for event in case.events if event.name in _names(kind)):
        yield Problem("stated", f"所填时间早于上一件{kind.label}的办理时间,请按实际时间登记")
    if not payload.said.strip():
        yield Problem("reason", "请写明客户诉求")


def _names(kind: RequestKind) -> frozenset[str]:
    return frozenset({kind.begins, *(step.event for step in kind.steps)})


def _answers(case: Case, payload: RequestAnswered, context: Context) -> Iterable[Problem]:
    if payload.step not in open_steps(case):
        yield Problem("choice", "没有这一项待答复的诉求")
    elif context.stated < case.events[_last(case, _begun(payload.step))].stated:
        yield Problem("stated", "答复时间早于客户提出的时间")
    if not payload.said.strip():
        yield Problem("reason", "请写明办理情况")


def _begun(step: str) -> str:
    return next(kind.begins for kind in KINDS.values() if step in {each.event for each in kind.steps})


def _happened(case: Case, name: str, entry: Entry) -> Case:
    return replace(case, events=(*case.events, Event(name, entry.stated, entry.recorded, entry.id)))


def _nothing_open(case: Case) -> str:
    return "" if open_steps(case) else "没有待答复的客户诉求"


TAKE = Act(
    kind="request.taken",
    label="登记客户诉求",
    payload=RequestTaken,
    roles=DESK,
    guard=_takes,
    apply=lambda case, payload, entry: _happened(case, KINDS[payload.kind].begins, entry),
    words=lambda payload: f"客户诉求({KINDS[payload.kind].label}):{payload.said}",
)
ANSWER = Act(
    kind="request.answered",
    label="答复客户诉求",
    payload=RequestAnswered,
    roles=DESK | {Role.METERING},
    guard=_answers,
    blocked=lambda case, _actor, _reference: _nothing_open(case),
    apply=lambda case, payload, entry: _happened(case, payload.step, entry),
    words=lambda payload: f"{STEPS[payload.step]}:{payload.said}",
)
ACTS = (TAKE, ANSWER)
