"""An overdue limit goes up: to the supervisor, then to the county. Nothing is set off by a timer; who has to
know now follows from when the limit ran out, from the calendar, and from who has answered already."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain.act import Act, Context
from yekuo_desktop.domain.case import Answered, Case
from yekuo_desktop.domain.case_rows import RunningLimit
from yekuo_desktop.domain.clocks import running_limits
from yekuo_desktop.domain.deadlines.workdays import CHINA, Calendar
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.escalation_rules import EscalationRules, Level
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.people import Person, Role, role_words

KIND = "escalation.acknowledged"
ANSWERING = frozenset(Role) - {Role.ADMINISTRATOR}


class Acknowledgement(msgspec.Struct, frozen=True, kw_only=True):
    """A receiver says what he does about it. ``limit`` is the key of the running, ``level`` the id."""

    limit: str
    level: str
    text: str


class Escalation(msgspec.Struct, frozen=True, kw_only=True):
    """An overdue limit at one level: since when its receivers have to know, and what one of them said.
    ``late``: working days since the limit ran out."""

    level: Level
    running: RunningLimit
    since: datetime
    late: int
    answered: Answered | None = None


def escalations(
    limits: Iterable[RunningLimit],
    answers: Sequence[Answered],
    rules: EscalationRules,
    calendar: Calendar,
    now: datetime,
) -> tuple[Escalation, ...]:
    """Every level that each overdue limit has reached by now, in the order of limits and levels."""
    return tuple(
        found
        for running in limits
        if running.limit not in rules.exempt and overdue(running, now)
        for found in _levels(running, answers, rules, calendar, now)
    )


def overdue(running: RunningLimit, now: datetime) -> bool:
    """Whether it has run out and still waits to be met."""
    return running.stopped is None and running.due is not None and now > running.due


def _levels(
    running: RunningLimit,
    answers: Sequence[Answered],
    rules: EscalationRules,
    calendar: Calendar,
    now: datetime,
) -> Iterator[Escalation]:
    due = running.due or now
    late = calendar.workdays_between(due.astimezone(CHINA).date(), now.astimezone(CHINA).date())
    before: Escalation | None = None
    for level in rules.levels:
        since = _since(level, due, before, calendar)
        if since > now:
            return
        said = _answer(answers, running.key, level.id)
        before = Escalation(level=level, running=running, since=since, late=late, answered=said)
        yield before


def _since(level: Level, due: datetime, before: Escalation | None, calendar: Calendar) -> datetime:
    """When a level is reached: its own days, or sooner because nobody below has answered in time."""
    own = _workdays_after(due, level.workdays, calendar)
    if before is None:
        return own
    own = max(own, before.since)
    if level.unanswered is None:
        return own
    waited = _workdays_after(before.since, level.unanswered, calendar)
    heard = before.answered is not None and before.answered.at <= waited
    return own if heard else min(own, waited)


def _workdays_after(moment: datetime, count: int, calendar: Calendar) -> datetime:
    """The same time of day, so many working days later."""
    local = moment.astimezone(CHINA)
    return datetime.combine(calendar.add_workdays(local.date(), count), local.timetz())


def _answer(answers: Sequence[Answered], limit: str, level: str) -> Answered | None:
    """The first word of that level about that limit."""
    return next((each for each in answers if (each.limit, each.level) == (limit, level)), None)


def receives(level: Level, person: Person, station: str) -> bool:
    """Whether this person is told of a case of that station at that level. Somebody without a station of
    his own answers for all of them."""
    if not person.may(frozenset(level.receivers)):
        return False
    return level.within == "county" or person.station in ("", station)


def _guard(case: Case, payload: Acknowledgement, context: Context) -> Iterable[Problem]:
    level = context.reference.escalation.level(payload.level)
    if level is None:
        yield Problem("level", "没有这一级督办")
    elif not receives(level, context.actor, case.station):
        yield Problem("level", f"{level.label}由{role_words(frozenset(level.receivers))}签收")
    if not payload.text.strip():
        yield Problem("text", "请写明怎么处理,例如派谁、什么时候办完")
    yield from _not_overdue(case, payload, context)


def _not_overdue(case: Case, payload: Acknowledgement, context: Context) -> Iterable[Problem]:
    """What was late and is settled meanwhile may still be answered: the two may cross on their way."""
    running = {each.key: each for each in running_limits(case, context.reference)}.get(payload.limit)
    if running is None or running.limit in context.reference.escalation.exempt:
        yield Problem("limit", "没有这项时限,或它不需要督办")
    elif running.due is not None and running.due >= context.stated:
        yield Problem("limit", f"{running.label}没有超时,不需要督办")
    said = (each for each in case.escalations if each.by == context.actor.id)
    if _answer(tuple(said), payload.limit, payload.level):
        yield Problem("", "您已经签收过这一级督办")


def _apply(case: Case, payload: Acknowledgement, entry: Entry) -> Case:
    said = Answered(payload.limit, payload.level, entry.actor, entry.stated, payload.text)
    return replace(case, escalations=(*case.escalations, said))


ACKNOWLEDGE = Act(
    kind=KIND,
    label="签收督办",
    payload=Acknowledgement,
    roles=ANSWERING,
    guard=_guard,
    apply=_apply,
    words=lambda payload: f"签收督办:{payload.text}",
)
ACTS = (ACKNOWLEDGE,)
