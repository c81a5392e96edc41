"""A task: one thing to be done and recorded at a later stage. A stage is the sequence of its tasks.

A task is an act whose payload is the values of its fields. Window, paper, history and correction take
everything they need from its definition here: adding a field or a check is one place.
"""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain.act import Act, Context
from yekuo_desktop.domain.case import Case, Event, Record
from yekuo_desktop.domain.circumstances import circumstances
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.field import Field, Kind, Problem, Values, filled, sheet_of
from yekuo_desktop.domain.people import Person, Role
from yekuo_desktop.domain.records import last
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.validate import check_field

Blocked = Callable[[Case, Person, Reference], str]
Holds = Callable[[Case, Reference], bool]
WORKING = frozenset({"open"})


class Recorded(msgspec.Struct, frozen=True):
    """What somebody recorded, by field key."""

    values: dict[str, Any]


class Proposal(msgspec.Struct, frozen=True):
    """What follows from the figures, with the reason; a person decides. ``value`` None: only the words."""

    field: str
    value: Any
    reason: str


Check = Callable[[Case, Values, Context], Iterable[Problem]]
Propose = Callable[[Case, Values, Context], Iterable[Proposal]]


class Task(Act, frozen=True, kw_only=True):
    """``needed``: the stage is not left without it. ``offered``: it exists for this case at all.
    ``done``: it has been done and was not undone. ``locked``: why its record may not be corrected.
    ``awaited``: more of it is waited for although some was done, e.g. what other departments say.
    ``events``: what it starts or stops. ``papers``: sheets issued with it, in the same commit.
    ``hint``: one line that says what it is for. ``repeats``: it may be done again once done."""

    stage: str
    fields: tuple[Field, ...]
    needed: Holds
    offered: Holds
    done: Callable[[Case], bool]
    awaited: Holds
    locked: Callable[[Case], str]
    propose: Propose
    check: Check
    events: Callable[[Case, Values], Iterable[str]]
    papers: tuple[str, ...] = ()
    hint: str = ""
    repeats: bool = False


def always(_case: Case, _reference: Reference) -> bool:
    """For every case."""
    return True


def optional(_case: Case, _reference: Reference) -> bool:
    """May be done, need not."""
    return False


def step_required(step: str) -> Holds:
    """Where the rule set of the case demands this step (rules.STEPS)."""

    def holds(case: Case, reference: Reference) -> bool:
        rules = reference.rulesets.get(case.rules)
        return rules is not None and rules.step_required(step, case.klass, circumstances(case, reference))

    return holds


def unblocked(_case: Case, _actor: Person, _reference: Reference) -> str:
    """Nothing stands in the way."""
    return ""


def unlocked(_case: Case) -> str:
    """Its record may be corrected."""
    return ""


def nothing(_case: Case, _values: Values, _context: Context) -> tuple[Any, ...]:
    """No proposal, no further check, no event."""
    return ()


def happens(*names: str) -> Callable[[Case, Values], tuple[str, ...]]:
    """The same events whatever was filled in."""
    return lambda _case, _values: names


def task(  # noqa: PLR0913 - a definition has many parts, all of them named
    *,
    kind: str,
    label: str,
    stage: str,
    roles: Iterable[Role],
    fields: Iterable[Field],
    hint: str = "",
    also_in: Iterable[str] = (),
    states: frozenset[str] = WORKING,
    needed: Holds = always,
    offered: Holds = always,
    done: Callable[[Case], bool] | None = None,
    awaited: Holds = optional,
    blocked: Blocked = unblocked,
    locked: Callable[[Case], str] = unlocked,
    propose: Propose = nothing,
    check: Check = nothing,
    events: Callable[[Case, Values], Iterable[str]] | None = None,
    papers: tuple[str, ...] = (),
    repeats: bool = False,
    says: Callable[[Values], str] | None = None,
) -> Task:
    """Define a task. ``also_in``: later stages in which it may still be done; ``says``: what was
    recorded, in a few words, for the history and the list of tasks."""
    asked = tuple(fields)
    is_done = done or (lambda case: last(case, kind) is not None)

    def stopped(case: Case, actor: Person, reference: Reference) -> str:
        if not offered(case, reference):
            return f"这件业务不需要{label}"
        if is_done(case) and not repeats:
            return f"{label}已经登记,有误请更正"
        return blocked(case, actor, reference)

    return Task(
        kind=kind,
        label=label,
        stage=stage,
        stages=frozenset({stage, *also_in}),
        states=states,
        roles=frozenset(roles),
        payload=Recorded,
        fields=asked,
        hint=hint,
        needed=lambda case, reference: offered(case, reference) and needed(case, reference),
        offered=offered,
        done=is_done,
        awaited=awaited,
        blocked=stopped,
        locked=locked,
        propose=propose,
        check=check,
        events=events or happens(),
        papers=papers,
        repeats=repeats,
        guard=lambda case, payload, context: problems(asked, check, case, payload.values, context),
        apply=lambda case, payload, entry: _apply(kind, events or happens(), case, payload, entry),
        words=lambda payload: _words(label, says(payload.values) if says else ""),
    )


def problems(
    fields: Iterable[Field], check: Check, case: Case, values: Values, context: Context
) -> Iterable[Problem]:
    """Everything wrong with what was filled in: field by field, then across fields."""
    known = {field.key for field in fields}
    yield from (Problem(key, "没有这个栏目") for key in values if key not in known)
    sheet, today = sheet_of(case.klass, case.business), context.now.date()
    for field in fields:
        if sheet in field.on:
            yield from check_field(field, values, sheet, context.reference, today)
            yield from _named(field, values.get(field.key), case, context)
    yield from check(case, values, context)


def _named(field: Field, value: Any, case: Case, context: Context) -> Iterable[Problem]:
    """A person or a file that is named must be there."""
    if not filled(value):
        return
    if field.kind is Kind.PERSON:
        person = context.organisation.people.get(value)
        if person is None or not person.active:
            yield Problem(field.key, f"请选择{field.label}")
        elif field.roles and field.roles.isdisjoint(person.roles):
            yield Problem(field.key, f"{person.name}不能担任{field.label}")
    if field.kind is Kind.ATTACHMENT and value not in {a.id for a in case.attachments if not a.withdrawn}:
        yield Problem(field.key, f"请选择{field.label}的附件")


def _apply(
    kind: str, events: Callable[[Case, Values], Iterable[str]], case: Case, payload: Recorded, entry: Entry
) -> Case:
    record = Record(
        id=entry.id,
        kind=kind,
        values=payload.values,
        by=entry.actor,
        stated=entry.stated,
        recorded=entry.recorded,
    )
    happened = tuple(
        Event(name, entry.stated, entry.recorded, entry.id) for name in events(case, payload.values)
    )
    return replace(case, records=(*case.records, record), events=(*case.events, *happened))


def _words(label: str, said: str) -> str:
    return f"{label}:{said}" if said else label
