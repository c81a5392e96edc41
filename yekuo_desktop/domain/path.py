"""The way of a case through the stages: what its rule set demands, what is done, where it goes next.

A case leaves a stage when everything its class and rule set need there is done, and by an entry of its
own; no stage that the rule set requires can be left out.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain import undoing
from yekuo_desktop.domain.act import Act, Context
from yekuo_desktop.domain.after_archiving import ARCHIVED, shut
from yekuo_desktop.domain.case import Case, Paper, Record
from yekuo_desktop.domain.casework import STAFF
from yekuo_desktop.domain.circumstances import circumstances
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.field import Kind, Problem
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.people import Person, Role, role_words
from yekuo_desktop.domain.records import last
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.tasks import WORKING, Task, problems
from yekuo_desktop.domain.vocabulary import LIVE_STATES, STAGES

TASKS = undoing.TASKS
SUPERVISORS = frozenset({Role.SUPERVISOR})


class Move(msgspec.Struct, frozen=True):
    """The case leaves a stage for another, or for the shelf (``to`` "")."""

    leaves: str
    to: str


class Correction(msgspec.Struct, frozen=True):
    """Per field of one record the value seen and the value wanted, with the reason."""

    record: str
    changes: dict[str, tuple[Any, Any]]
    reason: str


class Return(msgspec.Struct, frozen=True):
    """Back to an earlier stage: the records of these tasks must be made anew. ``request``: the customer's
    own written request (id of a file or number of a document), "" where the return is our affair."""

    to: str
    redo: tuple[str, ...]
    reason: str
    request: str = ""


def tasks_of(stage: str) -> tuple[Task, ...]:
    """The tasks of a stage in their order."""
    return tuple(task for task in TASKS.values() if task.stage == stage)


def passed(case: Case, reference: Reference) -> tuple[str, ...]:
    """The stages such a case goes through, in order."""
    rules = reference.rulesets.get(case.rules)
    return tuple(rules.stages_for(case.klass, circumstances(case, reference))) if rules else ()


def undone(case: Case, stage: str, reference: Reference) -> tuple[Task, ...]:
    """What is still needed before the stage can be left."""
    needed = (task for task in tasks_of(stage) if task.needed(case, reference))
    return tuple(task for task in needed if not complete(task, case, reference))


def complete(task: Task, case: Case, reference: Reference) -> bool:
    """Whether a task has been done, and no more of it is waited for."""
    return task.done(case) and not task.awaited(case, reference)


def next_stage(case: Case, reference: Reference) -> Move | None:
    """Where the case goes now; None while something is to be done where it is."""
    if case.state != "open" or case.stage == "acceptance" or undone(case, case.stage, reference):
        return None
    order = tuple(STAGES)
    ahead = order[order.index(case.stage) + 1 :]
    path = passed(case, reference)
    return Move(case.stage, next((stage for stage in ahead if stage in path), ""))


def _may_move(case: Case, payload: Move, context: Context) -> Iterable[Problem]:
    if next_stage(case, context.reference) != payload:
        waiting = undone(case, case.stage, context.reference)
        names = "、".join(task.label for task in waiting)
        yield Problem("", f"还没有办完:{names}" if names else "业务不能转到这个环节")


def _stays(case: Case, _actor: Person, reference: Reference) -> str:
    waiting = undone(case, case.stage, reference)
    return f"还没有办完:{'、'.join(task.label for task in waiting)}" if waiting else ""


def _move(case: Case, payload: Move, _entry: Entry) -> Case:
    return replace(case, stage=payload.to) if payload.to else replace(case, state=ARCHIVED)


def _record(case: Case, record_id: str) -> Record | None:
    return next((record for record in case.records if record.id == record_id), None)


def locked(task: Task, case: Case, record: Record) -> str:
    """Why a record may no longer be corrected; "" when it may. What was locked once stays locked: a new
    round opens its own records, not those of the rounds before it. In a file on the shelf nothing is touched
    without approval; what is recorded there, the loans, is no part of it."""
    if ARCHIVED not in task.states and (reason := shut(case)):
        return reason
    at = next((at for at, each in enumerate(case.records, start=1) if each.id == record.id), 0)
    lengths = range(len(case.records), at - 1, -1)
    reasons = (task.locked(replace(case, records=case.records[:length])) for length in lengths)
    return next((reason for reason in reasons if reason), "")


def not_his_to_correct(
    task: Task, case: Case, record: Record, actor: Person, organisation: Organisation, reference: Reference
) -> str:
    """Why this person may not correct a record; "" when he may. Whoever made it may; so may the supervisor
    where he might have made it himself, and where its author has left, whoever does the same work: nobody
    decides by a correction what he might not decide."""
    if record.by == actor.id:
        return ""
    author, own = organisation.people.get(record.by), Role.SUPERVISOR in task.roles
    if author is not None and author.active and not (actor.may(task.roles) and actor.may(SUPERVISORS)):
        return f"由登记人{author.name}{'或班长' if own else ''}更正"
    if not actor.may(task.roles):
        return f"由{role_words(task.roles)}更正"
    at = next(at for at, each in enumerate(case.records) if each.id == record.id)
    return task.blocked(replace(case, records=case.records[:at]), actor, reference)


def _correct_guard(case: Case, payload: Correction, context: Context) -> Iterable[Problem]:
    record = _record(case, payload.record)
    task = TASKS.get(record.kind) if record else None
    if record is None or task is None or record.redone:
        yield Problem("", "没有这条记录,或已要求重办")
        return
    reason = locked(task, case, record)
    if reason:
        yield Problem("", reason)
        return
    if not payload.reason.strip():
        yield Problem("reason", "请写明更正原因")
    whose = not_his_to_correct(task, case, record, context.actor, context.organisation, context.reference)
    if whose:
        yield Problem("", whose)
    yield from _still_right(case, task, record, payload, context)


def _still_right(
    case: Case, task: Task, record: Record, payload: Correction, context: Context
) -> Iterable[Problem]:
    """What a correction would make wrong; what was wrong before is not its fault. The record itself is left
    out of the case it is checked against, as it was when it was made: a fee does not count against itself."""
    others = tuple(each for each in case.records if each.id != record.id)
    case = replace(case, records=others)
    for key, (seen, _wanted) in payload.changes.items():
        if (record.values.get(key) or "") != (seen or ""):
            yield Problem(key, "刚被别人改过,请核对后再改")
    wanted = {**record.values, **{key: pair[1] for key, pair in payload.changes.items()}}
    before = set(problems(task.fields, task.check, case, record.values, context))
    after = problems(task.fields, task.check, case, wanted, context)
    yield from (found for found in after if found not in before or found.field in payload.changes)
    if set(task.events(case, wanted)) != set(task.events(case, record.values)):
        yield Problem("", "更正会改变时限的起止;确须改变结论的,请退回重办")


def _corrected(case: Case, payload: Correction, entry: Entry) -> Case:
    def change(record: Record) -> Record:
        if record.id != payload.record:
            return record
        values = {**record.values, **{key: pair[1] for key, pair in payload.changes.items()}}
        hands = tuple(dict.fromkeys((*record.corrected_by, entry.actor)))
        return replace(record, values=values, corrections=record.corrections + 1, corrected_by=hands)

    record = _record(case, payload.record)
    said = _overtaken(case, record, payload.changes) if record else frozenset()
    papers = (replace(p, overtaken=payload.reason) if p.sheet_no in said else p for p in case.papers)
    return replace(case, records=tuple(change(record) for record in case.records), papers=tuple(papers))


def _overtaken(case: Case, record: Record, changed: Iterable[str]) -> frozenset[str]:
    """The sheets that were issued with a record and now say something else; scans stand on none."""
    task = TASKS.get(record.kind)
    printed = {field.key for field in task.fields if field.kind is not Kind.ATTACHMENT} if task else set()
    if task is None or printed.isdisjoint(changed):
        return frozenset()
    return frozenset(
        paper.sheet_no
        for paper in case.papers
        if paper.form in task.papers and not paper.void and issued_with(case, paper) == record.id
    )


def issued_with(case: Case, paper: Paper) -> str:
    """The id of the record a sheet tells of: the newest before it that issues such a sheet."""
    made = [r for r in case.records if r.kind in TASKS and paper.form in TASKS[r.kind].papers]
    return next((r.id for r in reversed(made) if r.recorded <= paper.issued), "")


def _return_guard(case: Case, payload: Return, context: Context) -> Iterable[Problem]:
    order = tuple(STAGES)
    path = passed(case, context.reference)
    if payload.to not in path or order.index(payload.to) > order.index(case.stage) or payload.to == order[0]:
        yield Problem("to", "请选择要退回的环节")
        return
    if not payload.reason.strip():
        yield Problem("reason", "请写明退回原因")
    again = [TASKS[kind] for kind in payload.redo if kind in TASKS]
    from_there = order[order.index(payload.to) :]
    if not again or any(task.stage not in from_there or last(case, task.kind) is None for task in again):
        yield Problem("redo", "请选择需要重新办理的事项")
    elif payload.to != case.stage and not any(task.stage == payload.to for task in again):
        yield Problem("redo", f"请选择“{STAGES[payload.to]}”环节需要重新办理的事项")


def _returned(case: Case, payload: Return, entry: Entry) -> Case:
    customer = bool(payload.request.strip())
    undone = undoing.undo(case, payload.redo, payload.reason, entry, for_customer=customer)
    return replace(undone, stage=payload.to)


def _return_words(payload: Return) -> str:
    labels = "、".join(TASKS[kind].label for kind in payload.redo if kind in TASKS)
    request = f"(客户申请:{payload.request})" if payload.request else ""
    return f"退回“{STAGES[payload.to]}”环节重办({labels}):{payload.reason}{request}"


MOVE = Act(
    kind="case.moved",
    label="转入下一环节",
    payload=Move,
    roles=STAFF,
    states=WORKING,
    guard=_may_move,
    blocked=_stays,
    apply=_move,
    words=lambda payload: f"转入“{STAGES[payload.to]}”环节" if payload.to else "办结归档",
)
CORRECT = Act(
    kind="record.corrected",
    label="更正记录",
    payload=Correction,
    roles=STAFF,
    states=LIVE_STATES | {ARCHIVED},
    guard=_correct_guard,
    apply=_corrected,
    words=lambda payload: f"更正记录 {len(payload.changes)} 项:{payload.reason}",
)
RETURN = Act(
    kind="case.returned",
    label="退回重办",
    payload=Return,
    roles=frozenset({Role.SUPERVISOR, Role.PROJECT_MANAGER}),
    states=WORKING,
    stages=frozenset(STAGES) - {"acceptance"},
    guard=_return_guard,
    apply=_returned,
    words=_return_words,
)
ACTS = (MOVE, CORRECT, RETURN)
