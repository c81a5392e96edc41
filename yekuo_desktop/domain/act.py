"""An act: its name, who may do it and when, what stops it, and what it makes of a case.

``decide`` says whether an act may happen; ``Act.apply`` says what a case is after it. Both are pure
and run unchanged at the counter and at the centre.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.deadlines.limits import BESIDE
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.display import moment
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.people import Person, Role, role_words
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.vocabulary import STAGES, STATES

CLOCK_SLACK = timedelta(minutes=2)  # a stated time may be this far ahead of our clock (sync.md 2.8)


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision may look at besides the case: who, when, and the rules."""

    actor: Person
    now: datetime
    stated: datetime
    reference: Reference
    organisation: Organisation

    @property
    def day(self) -> date:
        """The day the act is said to have happened, in Beijing."""
        return self.stated.astimezone(CHINA).date()


class Refused(Exception):
    """An act that may not happen. ``problems`` says why, in words a clerk would use."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(";".join(problem.text for problem in self.problems))


def refuse(text: str, field: str = "") -> Refused:
    """A refusal for a single reason."""
    return Refused((Problem(field, text),))


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of act. ``states``/``stages`` empty means any; ``starts`` means it makes the case;
    ``blocked`` says what else stands in the way before anything is filled in, "" for nothing."""

    kind: str
    label: str
    payload: type[Any]
    roles: frozenset[Role]
    apply: Callable[[Any, Any, Entry], Case]
    guard: Callable[[Any, Any, Context], Iterable[Problem]]
    words: Callable[[Any], str]
    states: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    starts: bool = False
    blocked: Callable[[Any, Person, Reference], str] = lambda _case, _actor, _reference: ""


def why_not(act: Act, case: Case | None, actor: Person) -> str:
    """Why this person cannot do this act on this case now; "" when nothing stands in the way.

    The window shows it on the greyed button; ``decide`` refuses with it.
    """
    if not actor.may(act.roles):
        return f"{act.label}由{role_words(act.roles)}办理"
    return where_not(act, case)


def where_not(act: Act, case: Case | None) -> str:
    """Why nobody can do this act on this case now, whoever he is; "" when state and stage let it be."""
    if case is None:
        return "" if act.starts else "请先选择一件业务"
    if act.states and case.state not in act.states:
        return f"业务{STATES[case.state]},不能{act.label}"
    if act.stages and case.stage not in act.stages:
        return f"“{STAGES[case.stage]}”环节不能{act.label}"
    return ""


def stopped(act: Act, case: Case | None, actor: Person, reference: Reference) -> str:
    """The same, and what the way of the case so far and its rule set say."""
    return why_not(act, case, actor) or (act.blocked(case, actor, reference) if case else "")


def decide(act: Act, case: Case | None, payload: Any, context: Context) -> None:
    """Raise ``Refused`` with every reason why the act may not happen."""
    reason = stopped(act, case, context.actor, context.reference)
    if reason:
        raise refuse(reason)
    found = (*stated_time(case, context), *act.guard(case, payload, context))
    problems = [problem for problem in found if not problem.warning]
    if problems:
        raise Refused(problems)


def stated_time(case: Case | None, context: Context) -> Iterable[Problem]:
    """Neither ahead of the clock nor before what has already happened to the case."""
    if context.stated > context.now + CLOCK_SLACK:
        yield Problem("stated", "所填时间晚于现在,不能预先登记")
    events = (event for event in case.events if event.name not in BESIDE) if case else ()
    last = max((event.stated for event in events), default=None)
    if last is not None and context.stated < last:
        yield Problem("stated", f"所填时间早于上一环节({last:%m-%d %H:%M}),不能倒填")


def not_before(record: Record | None, what: str, context: Context) -> Iterable[Problem]:
    """What rests on a record did not happen before it: a late step is not made an early one (R3).
    ``what`` is what the record is called."""
    if record is not None and context.stated < record.stated:
        yield Problem("stated", f"所填时间早于{what}({moment(record.stated)}),不能倒填")


def never(_case: Any, _payload: Any, _context: Context) -> Iterable[Problem]:
    """The guard of an act that nothing but role and state can stop."""
    return ()
