"""The tasks of a case: what is to be done, by whom, what it needs; and doing one, in one commit."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain import path
from yekuo_desktop.domain.act import refuse, stated_time, stopped, where_not, why_not
from yekuo_desktop.domain.case import Case, Event, Record
from yekuo_desktop.domain.casework import OverdueReason
from yekuo_desktop.domain.clocks import running_limits
from yekuo_desktop.domain.field import Field, Kind, Problem, filled, sheet_of
from yekuo_desktop.domain.journal import ACTS
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.domain.people import role_words
from yekuo_desktop.domain.records import records
from yekuo_desktop.domain.stages import ALL_FORMS
from yekuo_desktop.domain.tasks import Proposal, Recorded, Task, problems
from yekuo_desktop.domain.vocabulary import STAGES
from yekuo_desktop.office.desk import Desk, Session, Step, act, context_for, write
from yekuo_desktop.office.ports import Unit
from yekuo_desktop.office.printing import available_forms, issue_in

MOVED, EXPLAINED = "case.moved", "case.overdue_explained"
CHAIN = 5  # how far one proposal may build on another


class TaskView(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the list of tasks. ``obstacle`` says why this person cannot do it now, "" when he can."""

    kind: str
    label: str
    stage: str
    hint: str
    who: str
    needed: bool
    done: bool
    repeats: bool
    obstacle: str
    theirs: bool  # nothing is in the way but that other roles do it
    records: tuple[Record, ...]
    said: str  # what the newest record says, in a few words
    late: str = ""  # label of a missed limit that it would stop

    @property
    def possible(self) -> bool:
        """Whether this person can do it now."""
        return not self.obstacle


class Done(msgspec.Struct, frozen=True):
    """The case after a task, and the sheets that came with it."""

    case: Case
    sheets: tuple[Snapshot, ...]


class Late(msgspec.Struct, frozen=True):
    """A missed limit that a task stops; ``key`` names this running of it."""

    key: str
    label: str
    due: datetime


def tasks(desk: Desk, session: Session, case: Case, stage: str) -> tuple[TaskView, ...]:
    """The tasks of a stage that exist for this case, and those of other stages that may be done in it."""
    offered = (
        task
        for task in path.TASKS.values()
        if (task.stage == stage or stage in task.stages) and task.offered(case, desk.reference)
    )
    return tuple(_view(desk, session, case, task) for task in offered)


def _view(desk: Desk, session: Session, case: Case, task: Task) -> TaskView:
    found = records(case, task.kind)
    here = where_not(task, case) or task.blocked(case, session.person, desk.reference)
    obstacle = here or why_not(task, case, session.person)
    late = () if obstacle else missed(desk, session, case, task.kind, {})
    return TaskView(
        kind=task.kind,
        label=task.label,
        stage=task.stage,
        hint=task.hint,
        who=role_words(task.roles),
        needed=task.needed(case, desk.reference),
        done=path.complete(task, case, desk.reference),
        repeats=task.repeats,
        obstacle=obstacle,
        theirs=bool(obstacle) and not here,
        records=found,
        said=task.words(Recorded(found[-1].values)).partition(":")[2] if found else "",
        late=late[0].label if late else "",
    )


def earlier(desk: Desk, session: Session, case: Case, stage: str) -> dict[str, tuple[TaskView, ...]]:
    """By stage before this one, what was done there or can still be done."""
    order = tuple(STAGES)
    here = {view.kind for view in tasks(desk, session, case, stage)}
    found = {
        before: tuple(
            view
            for view in tasks(desk, session, case, before)
            if view.stage == before and view.kind not in here and (view.records or view.possible)
        )
        for before in order[: order.index(stage)]
    }
    return {before: views for before, views in found.items() if views}


def fields_of(case: Case, kind: str) -> tuple[Field, ...]:
    """What a task asks for in such a case. A capacity without a unit of its own is in that of the class:
    high voltage is counted in kVA (附件3-4)."""
    sheet, unit = sheet_of(case.klass, case.business), "kVA" if case.klass.startswith("hv") else "kW"
    return tuple(
        replace(field, unit=unit) if field.kind is Kind.CAPACITY and not field.unit else field
        for field in path.TASKS[kind].fields
        if sheet in field.on
    )


def suggested(
    desk: Desk, session: Session, case: Case, kind: str, typed: Mapping[str, Any]
) -> dict[str, Proposal]:
    """What follows from what a person typed, by field, and what follows from that in turn. A key in
    ``typed`` is decided by the person, also where its value is empty: nothing builds on the proposal."""
    context, propose = context_for(desk, session), path.TASKS[kind].propose
    values = {key: value for key, value in typed.items() if filled(value)}
    found: dict[str, Proposal] = {}
    for _turn in range(CHAIN):
        new: dict[str, Proposal] = {}
        for proposal in propose(case, values, context):
            if filled(proposal.value) or proposal.field not in new:
                new[proposal.field] = proposal
        # Words without a value do not take away the value that was proposed a turn before.
        found.update({key: p for key, p in new.items() if filled(p.value) or key not in found})
        more = {
            key: proposal.value
            for key, proposal in new.items()
            if key not in typed and filled(proposal.value) and values.get(key) != proposal.value
        }
        if not more:
            break
        values.update(more)
    return found


def prefilled(desk: Desk, session: Session, case: Case, kind: str) -> dict[str, Any]:
    """A new record as it may stand: every proposal that brings a value."""
    found = suggested(desk, session, case, kind, {})
    return {key: proposal.value for key, proposal in found.items() if filled(proposal.value)}


def check(
    desk: Desk,
    session: Session,
    case: Case,
    kind: str,
    values: Mapping[str, Any],
    stated: datetime | None = None,
) -> tuple[Problem, ...]:
    """Everything wrong, missing or worth a warning; the same checks that the act makes."""
    task, context = path.TASKS[kind], context_for(desk, session, stated)
    return (*stated_time(case, context), *problems(task.fields, task.check, case, values, context))


def missed(
    desk: Desk,
    session: Session,
    case: Case,
    kind: str,
    values: Mapping[str, Any],
    stated: datetime | None = None,
) -> tuple[Late, ...]:
    """The limits that are over and that this task would stop: their reason is asked for with it."""
    now = desk.clock()
    over = {
        item.key: item
        for item in running_limits(case, desk.reference)
        if item.stopped is None and item.due is not None and item.due < (stated or now)
    }
    if not over:
        return ()
    after = running_limits(_as_done(case, kind, values, session, stated or now, now), desk.reference)
    return tuple(
        Late(item.key, item.label, over[item.key].due or now)
        for item in after
        if item.stopped is not None and item.key in over and item.key not in case.overdue_reasons
    )


def papers_with(
    session: Session, case: Case, kind: str, values: Mapping[str, Any], now: datetime
) -> tuple[str, ...]:
    """The titles of the sheets that would come with a task, recorded with these values now."""
    offered = {form.id for form in available_forms(_as_done(case, kind, values, session, now, now))}
    return tuple(ALL_FORMS[form].title for form in path.TASKS[kind].papers if form in offered)


def _as_done(
    case: Case, kind: str, values: Mapping[str, Any], session: Session, stated: datetime, now: datetime
) -> Case:
    """The case as it would be with this record; nothing is written."""
    made = Record(id="", kind=kind, values=dict(values), by=session.person.id, stated=stated, recorded=now)
    happened = tuple(Event(name, stated, now, "") for name in path.TASKS[kind].events(case, values))
    return replace(case, records=(*case.records, made), events=(*case.events, *happened))


def record(
    desk: Desk,
    session: Session,
    case_id: str,
    kind: str,
    values: Mapping[str, Any],
    stated: datetime | None = None,
    overdue: str = "",
) -> Done:
    """Do a task: its record, its papers, the reason of the limits it stopped too late, and the step to
    the next stage where it was the last one."""
    asked = {key: value for key, value in values.items() if filled(value)}
    with desk.store.unit() as unit:
        before = unit.case(case_id)
        late = missed(desk, session, before, kind, asked, stated) if before and overdue.strip() else ()
        case = write(desk, unit, session, case_id, (Step(kind, Recorded(asked)),), stated)
        case, sheets = _issued(desk, unit, session, case, path.TASKS[kind])
        reasons = tuple(Step(EXPLAINED, OverdueReason(item.key, overdue.strip())) for item in late)
        case = write(desk, unit, session, case_id, reasons) if reasons else case
        return Done(_advanced(desk, unit, session, case), sheets)


def _issued(
    desk: Desk, unit: Unit, session: Session, case: Case, task: Task
) -> tuple[Case, tuple[Snapshot, ...]]:
    sheets = []
    for form in task.papers:
        if form in {offered.id for offered in available_forms(case)}:
            sheets.append(issue_in(desk, unit, session, case, form))
            case = unit.case(case.id) or case
    return case, tuple(sheets)


def _advanced(desk: Desk, unit: Unit, session: Session, case: Case) -> Case:
    move = path.next_stage(case, desk.reference)
    may = move is not None and not why_not(ACTS[MOVED], case, session.person)
    return write(desk, unit, session, case.id, (Step(MOVED, move),)) if move and may else case


def correct(
    desk: Desk,
    session: Session,
    case_id: str,
    record_id: str,
    changes: dict[str, tuple[Any, Any]],
    reason: str,
) -> Case:
    """Change fields of a record; old and new value and the reason stay in the journal."""
    with desk.store.unit() as unit:
        payload = path.Correction(record_id, changes, reason)
        case = write(desk, unit, session, case_id, (Step("record.corrected", payload),))
        return _advanced(desk, unit, session, case)


def why_not_correct(desk: Desk, session: Session, case: Case, found: Record) -> str:
    """Why this person cannot correct a record now; "" when he can."""
    task = path.TASKS.get(found.kind)
    if task is None:
        return "这条记录由新版本登记,不能在这里更正"
    if found.redone:
        return "已要求重办"
    reason = stopped(path.CORRECT, case, session.person, desk.reference)
    obstacle = reason or path.locked(task, case, found)
    return obstacle or path.not_his_to_correct(
        task, case, found, session.person, desk.store.organisation(), desk.reference
    )


def move(desk: Desk, session: Session, case_id: str) -> Case:
    """To the next stage, where everything needed has been done."""
    case = desk.store.case(case_id)
    wanted = path.next_stage(case, desk.reference) if case else None
    if wanted is None:
        raise refuse("本环节还有事项没有办完")
    return act(desk, session, case_id, MOVED, wanted)


def send_back(
    desk: Desk, session: Session, case_id: str, to: str, redo: tuple[str, ...], reason: str
) -> Case:
    """退回重办: to an earlier stage, with the tasks that must be done anew."""
    return act(desk, session, case_id, "case.returned", path.Return(to, redo, reason))
