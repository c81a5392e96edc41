"""The desk: everything an act needs, brought together once; and who sits at it."""

from datetime import datetime
from typing import Any

import msgspec

from yekuo_desktop.domain.act import Context, decide, refuse, stopped, why_not
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.field import Private
from yekuo_desktop.domain.people import COUNTER, Person, role_words
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.office.backup_ports import Keeper, NoKeeper
from yekuo_desktop.office.ports import Clock, Draft, Hasher, Ids, Printery, Store, Unit
from yekuo_desktop.office.print_ports import NoSpooler, Spooler
from yekuo_desktop.office.self_test_ports import Examiner, NoExaminer
from yekuo_desktop.office.sync_ports import Line, NoLine
from yekuo_desktop.runtime.later import later

with later():  # every act of every stage
    from yekuo_desktop.domain import journal


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """The store, the rules and the tools. One per open store."""

    store: Store
    reference: Reference
    printery: Printery
    hasher: Hasher
    clock: Clock
    ids: Ids
    spooler: Spooler = NoSpooler()
    line: Line = NoLine()
    keeper: Keeper = NoKeeper()
    examiner: Examiner = NoExaminer()


def at_one_moment(desk: Desk) -> Desk:
    """The desk with its clock stopped: what is done together is recorded at one moment."""
    now = desk.clock()
    return msgspec.structs.replace(desk, clock=lambda: now)


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A person who signed in at this terminal."""

    person: Person
    station: str
    terminal: str
    unmasked: dict[str, frozenset[Private]] = {}
    """What was looked at with a reason since, by case: the one thing of a session that changes."""


class Step(msgspec.Struct, frozen=True):
    """One entry an act writes: its kind and payload."""

    kind: str
    payload: msgspec.Struct


def act(
    desk: Desk,
    session: Session,
    case_id: str,
    kind: str,
    payload: msgspec.Struct,
    stated: datetime | None = None,
) -> Case:
    """Do one act on one case, in one commit. Raises ``Refused`` with the reasons."""
    with desk.store.unit() as unit:
        return write(desk, unit, session, case_id, (Step(kind, payload),), stated)


def write(
    desk: Desk,
    unit: Unit,
    session: Session,
    case_id: str,
    steps: tuple[Step, ...],
    stated: datetime | None = None,
) -> Case:
    """Decide and write the entries of one act inside an open commit."""
    now, organisation = desk.clock(), unit.organisation()
    known = organisation.people.get(session.person.id)
    if known is not None and not known.active:  # since he signed in
        raise refuse(f"{known.name}已停用,不能再办理业务")
    context = Context(
        actor=session.person,
        now=now,
        stated=stated or now,
        reference=desk.reference,
        organisation=organisation,
    )
    case, act_id = unit.case(case_id), desk.ids()
    for step in steps:
        decide(journal.ACTS[step.kind], case, step.payload, context)
        unit.append(_draft(act_id, case_id, step, context), case)
        case = unit.case(case_id)
    if case is None:
        raise refuse("没有这件业务")
    return case


def _draft(act_id: str, case_id: str, step: Step, context: Context) -> Draft:
    return Draft(
        act=act_id,
        subject=f"case:{case_id}",
        kind=step.kind,
        actor=context.actor.id,
        stated=context.stated,
        recorded=context.now,
        payload=step.payload,
    )


def why_not_new(session: Session) -> str:
    """Why this person cannot begin an application, "" when he can: asked at every start, before the acts
    are loaded."""
    return "" if session.person.may(COUNTER) else f"新受理由{role_words(COUNTER)}办理"


def obstacle(session: Session, case: Case | None, kind: str) -> str:
    """Why this person cannot do this act on this case now; "" when he can."""
    return why_not(journal.ACTS[kind], case, session.person)


def obstacles(desk: Desk, session: Session, case: Case) -> dict[str, str]:
    """By kind of act why this person cannot do it on this case now, the way of the case included."""
    return {kind: stopped(act, case, session.person, desk.reference) for kind, act in journal.ACTS.items()}


def context_for(desk: Desk, session: Session, stated: datetime | None = None) -> Context:
    """The context a screen checks with before anything is written."""
    now: Any = desk.clock()
    return Context(
        actor=session.person,
        now=now,
        stated=stated or now,
        reference=desk.reference,
        organisation=desk.store.organisation(),
    )
