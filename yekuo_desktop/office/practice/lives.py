"""The lives of the practised cases: who does what when. Many cases go on side by side, so their acts are
done in the order of time, as they would have been in a county."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from random import Random
from typing import Any

import msgspec

from yekuo_desktop.domain.case import Case, Material
from yekuo_desktop.domain.casework import NoteText, Reason, Suspension
from yekuo_desktop.domain.delivery import Receipt
from yekuo_desktop.domain.path import TASKS, passed
from yekuo_desktop.office import accepting, handover
from yekuo_desktop.office.desk import Desk, act
from yekuo_desktop.office.practice.answers import Answer
from yekuo_desktop.office.practice.applications import application
from yekuo_desktop.office.practice.way import at_moment, perform, sit_down, working_moments

Life = Iterator[datetime]
"""Yields the moment at which it wants to go on, and does what it does then when it is resumed."""
Ways = Sequence[tuple[str, Callable[[str, date], Sequence[Answer]]]]
"""For each stage in order what is recorded there, for a class and the day it begins."""


class Fate(msgspec.Struct, frozen=True, kw_only=True):
    """How one practised case goes: which of the county's cases it is, when it begins, the working time
    between two acts, the stage in which it waits now ("" at the counter) and how much was done there."""

    at: int
    start: datetime
    step: timedelta
    klass: str
    until: str = ""
    tasks: int = 0
    befalls: str = ""  # registered_only, withdrawn, suspended, undelivered, carried


def live(lives: Iterable[Life], now: datetime) -> None:
    """Let the lives go on in the order of their moments, none beyond ``now``."""
    waiting: list[tuple[datetime, int, Life]] = []
    for at, life in enumerate(lives):
        _wait(waiting, at, life)
    while waiting and waiting[0][0] <= now:
        _, at, life = heapq.heappop(waiting)
        _wait(waiting, at, life)


def _wait(waiting: list[tuple[datetime, int, Life]], at: int, life: Life) -> None:
    moment = next(life, None)
    if moment is not None:
        heapq.heappush(waiting, (moment, at, life))


def life(desk: Desk, draw: Random, fate: Fate, ways: Ways) -> Life:
    """From the counter to as far as its fate lets it come."""
    moments = working_moments(desk.reference, fate.start, fate.step)
    moment = next(moments)
    yield moment
    case = _taken_in(at_moment(desk, moment), draw, fate)
    if case is None or fate.befalls == "undelivered":
        return
    for befall in _counter_acts(fate):
        moment = next(moments)
        yield moment
        befall(at_moment(desk, moment), case.id)
    for stage, answers in ways if fate.until else ():
        moment = next(moments)
        told = answers(case.klass, moment.date())[: fate.tasks if stage == fate.until else None]
        yield from _tasks(desk, case.id, told, chain((moment,), moments))
        if stage == fate.until:
            return


def _tasks(desk: Desk, case_id: str, answers: Iterable[Answer], moments: Iterator[datetime]) -> Life:
    """One task after the other, those left out that such a case does not have."""
    for answer in answers:
        task, case = TASKS[answer.kind], desk.store.case(case_id)
        if case is None or task.stage not in passed(case, desk.reference):
            continue
        if task.offered(case, desk.reference):
            moment = next(moments)
            yield moment
            perform(at_moment(desk, moment), case_id, answer)


def _taken_in(desk: Desk, draw: Random, fate: Fate) -> Case | None:
    clerk = sit_down(desk, "wangli" if fate.at % 3 else "chenjing")
    values = application(draw, fate.at, desk.clock().date(), fate.klass)
    if fate.befalls == "registered_only":
        accepting.register(desk, clerk, values, {})
        return None
    manager = accepting.propose_manager(desk, values)
    if manager is None:
        raise LookupError(values["address_town"])
    owed = fate.at % 5 == 4 and not fate.until
    materials = seen_materials(desk, values, owed=owed)
    return accepting.accept(desk, clerk, values, materials, manager.id, papers=bool(fate.until)).case


def seen_materials(desk: Desk, values: dict[str, Any], *, owed: bool = False) -> dict[str, Material]:
    """Everything seen and copied; or all but the subject's own paper owed for a week."""
    until = desk.clock().date() + timedelta(days=7)
    found = {}
    for rule in accepting.materials_for(desk, values):
        if owed and rule.may_be_owed and not rule.subject_qualification:
            found[rule.id] = Material(owed_until=until)
        elif rule.required:
            found[rule.id] = Material(original_seen=True, copies=1)
    return found


CounterAct = Callable[[Desk, str], object]


def _counter_acts(fate: Fate) -> tuple[CounterAct, ...]:
    """What happens at the counter after acceptance: mostly the work order is carried and signed for."""
    if fate.befalls in ("withdrawn", "suspended"):
        return (_withdraw if fate.befalls == "withdrawn" else _suspend,)
    if fate.befalls == "carried":
        return (_note, _carry)
    return (_carry, _sign)


def _withdraw(desk: Desk, case_id: str) -> object:
    return act(desk, sit_down(desk, "wangli"), case_id, "case.withdrawn", Reason("客户改变计划,书面申请撤回"))


def _suspend(desk: Desk, case_id: str) -> object:
    pause = Suspension("客户外出,房屋产权证明补办中", evidence="客户书面说明")
    return act(desk, sit_down(desk, "wangli"), case_id, "case.suspended", pause)


def _note(desk: Desk, case_id: str) -> object:
    return act(desk, sit_down(desk, "wangli"), case_id, "case.noted", NoteText("客户希望下午联系"))


def _carry(desk: Desk, case_id: str) -> object:
    return handover.hand_over_only(desk, sit_down(desk, "wangli"), (case_id,), "赵军")


def _sign(desk: Desk, case_id: str) -> object:
    case = desk.store.case(case_id)
    if case is None or case.delivery is None:
        raise LookupError(case_id)
    manager = desk.store.organisation().people[case.project_manager]
    receipt = Receipt(case.delivery.sheet_no, "scan")
    return act(desk, sit_down(desk, manager.login), case_id, "work_order.received", receipt)
