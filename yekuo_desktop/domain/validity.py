"""How long a supply plan holds: 供电营业规则 (2024: 高压一年, 低压三个月, 自正式通知至开工, 逾期未开工失效;
延期须在期满前 10 天申请, 不超过原期限). The figures stand in the rule set (`plan_validity`).

It counts from the day the customer received the plan, whatever pauses there are, and ends when construction
starts or the customer is connected. Construction asks ``plan_expired_on`` before its start: a plan that has
expired must not be built (R10). A plan that was objected to or drafted anew holds no more.
"""

from collections.abc import Iterator
from datetime import date, datetime

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.deadlines.limits import UNITS, DayLine, Deadline, Limit
from yekuo_desktop.domain.deadlines.timelimits import corresponding_day
from yekuo_desktop.domain.deadlines.workdays import CHINA, ONE_DAY, Calendar
from yekuo_desktop.domain.display import day as day_text
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.rules import PlanValidity

PLAN_VALIDITY = "plan_validity"
RECEIVED, EXTENDED, DRAFTED = "plan.received", "plan.extended", "plan.drafted"
SUPERSEDED_BY = ("plan.objected", DRAFTED)
ENDED_BY = frozenset({"construction_started", "connected"})
REFUSED = "refused"  # code of resources/codes/extension_results.toml


class Validity(msgspec.Struct, frozen=True, kw_only=True):
    """One plan in the customer's hands: ``until`` is its last day, ``original`` the one without extension,
    ``ended`` when construction or connection began or another plan took its place."""

    received: datetime
    original: date
    until: date
    extended: datetime | None = None
    ended: datetime | None = None
    superseded: bool = False

    def last_request(self, rule: PlanValidity) -> date:
        """The last day on which an extension may be asked for."""
        return date.fromordinal(self.until.toordinal() - rule.extend_before)


def rule_of(case: Case, reference: Reference) -> PlanValidity | None:
    """What the rule set of the case says of plans of its class; None where it says nothing."""
    rules = reference.rulesets.get(case.rules)
    return rules.plan_validity_for(case.klass) if rules else None


def validities(case: Case, reference: Reference) -> tuple[Validity, ...]:
    """Every plan the customer received, the oldest first."""
    rule = rule_of(case, reference)
    return tuple(_validities(case, rule, reference.calendar)) if rule else ()


def valid_until(case: Case, reference: Reference) -> Validity | None:
    """The plan that stands; None before one was received, or when it is being made anew."""
    found = validities(case, reference)
    return found[-1] if found and not found[-1].superseded else None


def plan_expired_on(case: Case, reference: Reference, day: date) -> bool:
    """Whether the plan that stands had run out by the beginning of this day (R10). Never true of a case
    that has received no plan, nor of one whose construction began in time."""
    found = valid_until(case, reference)
    if found is None or (found.ended is not None and _day(found.ended) <= found.until):
        return False
    return day > found.until


def longest_extension(case: Case, validity: Validity, reference: Reference) -> date:
    """The last day an extension may reach: 延期不超过原期限, counted from the end of the original period."""
    rule = rule_of(case, reference)
    if rule is None:
        return validity.until
    return _last_day(validity.original, rule, reference.calendar)


def _validities(case: Case, rule: PlanValidity, calendar: Calendar) -> Iterator[Validity]:
    formal = {event.entry for event in case.events if event.name == "plan_received"}
    current: Validity | None = None
    for step in _happened(case):
        if step.record.kind == EXTENDED:
            current = _extended(current, step.record)
        elif current is not None and not current.superseded:
            current = replace(current, ended=min(step.at, current.ended or step.at), superseded=True)
        if step.record.kind == RECEIVED and not step.undone and step.record.id in formal:
            if current is not None:
                yield current
            current = _received(case, step.record, rule, calendar)
    if current is not None:
        yield current


class _Step(msgspec.Struct, frozen=True):
    """What happened to a plan: a record, or that it was to be made anew."""

    place: int
    undone: bool
    at: datetime
    record: Record


def _happened(case: Case) -> list[_Step]:
    """What matters to a plan, in order. A plan that must be drafted or received anew was held until then and
    holds no more; what else must be done anew never was."""
    found = []
    for place, record in enumerate(case.records, start=1):
        if record.kind == RECEIVED or (record.kind in (EXTENDED, *SUPERSEDED_BY) and not record.redone):
            found.append(_Step(place, False, record.stated, record))
        if record.kind in (DRAFTED, RECEIVED) and record.redone_at is not None:
            found.append(_Step(record.redone_after, True, record.redone_at, record))
    return sorted(found, key=lambda step: (step.place, step.undone))


def _received(case: Case, record: Record, rule: PlanValidity, calendar: Calendar) -> Validity:
    last = _last_day(_day(record.stated), rule, calendar)
    return Validity(received=record.stated, original=last, until=last, ended=_ended(case, record.stated))


def _ended(case: Case, received: datetime) -> datetime | None:
    """When construction began or the customer was connected; at once where works already went on when
    a changed plan was received. What must be done anew ended nothing."""
    again = {record.id for record in case.records if record.redone}
    ends = [e.stated for e in case.events if e.name in ENDED_BY and e.entry not in again]
    return max(received, min(ends)) if ends else None


def _extended(validity: Validity | None, record: Record) -> Validity | None:
    wanted = str(record.values.get("extension_until") or "")
    if validity is None or not wanted or record.values.get("extension_result") == REFUSED:
        return validity
    return replace(validity, until=max(validity.until, date.fromisoformat(wanted)), extended=record.stated)


def _last_day(start: date, rule: PlanValidity, calendar: Calendar) -> date:
    """The corresponding day; where it is a day off, the next working day (Civil Code art. 202, 203)."""
    if rule.unit == "workday":
        return calendar.add_workdays(start, rule.amount)
    last = corresponding_day(start, rule.amount, rule.unit)
    return last if calendar.is_workday(last) else calendar.next_workday(last)


def _day(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()


def limit_of(rule: PlanValidity) -> Limit:
    """The validity as a limit, so that it is shown among the others. No pause stops it."""
    return Limit(
        id=PLAN_VALIDITY,
        label="供电方案有效期",
        amount=rule.amount,
        unit=rule.unit,
        stage="survey",
        starts_on="plan_received",
        stops_on="construction_started",
        first_day="next",
        citation=rule.citation,
        confidence=rule.confidence,
    )


def deadline_of_plan(validity: Validity, rule: PlanValidity, reference: Reference) -> Deadline:
    """When it runs out, told in a few lines: a year is not told day by day."""
    calendar, hours = reference.calendar, reference.hours
    due = hours.closing(validity.until)
    opening = hours.opening(calendar.previous_workday(validity.until))
    days = tuple(_days(validity, rule, calendar))
    return Deadline(
        limit=limit_of(rule),
        first_day="next",
        start=validity.received.astimezone(CHINA),
        due=due,
        warn=max(validity.received, opening),
        announced=all(line.announced for line in days),
        days=days,
        summary=f"计法：自次日起满{rule.amount} {UNITS[rule.unit]}，至 {day_text(validity.until)}。",
    )


def _days(validity: Validity, rule: PlanValidity, calendar: Calendar) -> Iterator[DayLine]:
    start = _day(validity.received)
    yield DayLine(start, False, 0, "起算当日不计", calendar.day(start).announced)
    meant = start if rule.unit == "workday" else corresponding_day(start, rule.amount, rule.unit)
    if rule.unit == "workday" or meant == validity.original:
        meant, words = validity.original, f"满 {rule.amount} {UNITS[rule.unit]}"
    else:
        words = f"满 {rule.amount} {UNITS[rule.unit]}，逢休息日顺延至 {day_text(validity.original)}"
    yield DayLine(meant, True, (meant - start).days, words, calendar.day(meant).announced)
    if validity.extended is not None:
        words = f"延期届满（{day_text(validity.extended)} 批准）"
        last = validity.until
        yield DayLine(last, True, (last - start) // ONE_DAY, words, calendar.day(last).announced)
