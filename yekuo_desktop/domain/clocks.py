"""The running limits of a case: what the queue, the work bench and the explanation show."""

from datetime import datetime
from decimal import Decimal

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.circumstances import conditions, number
from yekuo_desktop.domain.display import address
from yekuo_desktop.domain.limits import Deadline, Interval, Limit
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.timelimits import deadline, deadline_of_sum

ENDED = frozenset({"withdrawn", "terminated"})  # nothing runs any more, and nothing was kept or missed


class RunningLimit(msgspec.Struct, frozen=True, kw_only=True):
    """One limit of one case. ``due``/``warn`` are None while the case is paused."""

    limit: str
    label: str
    stage: str
    start: datetime
    due: datetime | None
    warn: datetime | None
    stopped: datetime | None
    paused: bool


class CaseRow(msgspec.Struct, frozen=True, kw_only=True):
    """The columns lists sort and filter by. Everything else is in the case itself."""

    id: str
    number: str
    station: str
    klass: str
    business: str
    stage: str
    state: str
    customer: str
    identity_number: str
    address: str
    capacity: float
    manager: str
    registered: datetime | None
    accepted: datetime | None
    accepted_by: str
    delivered: datetime | None
    dispatched: datetime | None
    sheet_no: str
    source: str
    searched: tuple[str, ...]


def applying_limits(case: Case, reference: Reference) -> tuple[Limit, ...]:
    """The limits of the case's own rule set that its class, business and circumstances are held to."""
    rules = reference.rulesets.get(case.rules)
    if rules is None:
        return ()
    return rules.limits_for(case.klass, case.business, conditions(case.values))


def deadline_of(case: Case, limit: Limit, reference: Reference) -> Deadline | None:
    """The deadline with its explanation, once its start event has happened."""
    first_day = reference.rulesets[case.rules].first_day
    if limit.kind == "sum":
        stretches = _stretches(case, limit)
        if not stretches:
            return None
        return deadline_of_sum(limit, first_day, stretches, reference.calendar, reference.hours, case.pauses)
    start, stop = case.event(limit.starts_on), case.event(limit.stops_on)
    if start is None:
        return None
    pauses = tuple(p for p in case.pauses if stop is None or p.start < stop.stated)
    return deadline(limit, first_day, start.stated, reference.calendar, reference.hours, pauses)


def _stretches(case: Case, limit: Limit) -> list[Interval]:
    """The utility-side stretches of a sum limit that have begun, in order of time."""
    found = []
    for part in limit.parts:
        start, stop = case.event(part.starts_on), case.event(part.stops_on)
        if start is not None:
            found.append(Interval(start.stated, stop.stated if stop else None))
    return sorted(found, key=lambda stretch: stretch.start)


def running_limits(case: Case, reference: Reference) -> tuple[RunningLimit, ...]:
    """Every limit whose start event has happened, met ones included."""
    found = ((limit, deadline_of(case, limit, reference)) for limit in applying_limits(case, reference))
    return tuple(_running(case, limit, due) for limit, due in found if due is not None)


def _running(case: Case, limit: Limit, due: Deadline) -> RunningLimit:
    stop = case.event(limit.parts[-1].stops_on if limit.parts else limit.stops_on)
    ended = stop is None and case.state in ENDED
    return RunningLimit(
        limit=limit.id,
        label=limit.label,
        stage=limit.stage,
        start=due.start,
        due=None if ended else due.due,
        warn=None if ended else due.warn,
        stopped=stop.stated if stop else None,
        paused=ended or due.due is None,
    )


def case_row(case: Case) -> CaseRow:
    """What lists show and search finds of a case."""
    values, accepted = case.values, case.event("accepted")
    delivery = case.delivery
    return CaseRow(
        id=case.id,
        number=case.number,
        station=case.station,
        klass=case.klass,
        business=case.business,
        stage=case.stage,
        state=case.state,
        customer=values.get("customer_name", ""),
        identity_number=values.get("identity_number", ""),
        address=address(values),
        capacity=float(_capacity(case)),
        manager=case.project_manager,
        registered=case.registered,
        accepted=accepted.stated if accepted else None,
        accepted_by=case.accepted_by,
        delivered=delivery.received if delivery else None,
        dispatched=delivery.dispatched if delivery else None,
        sheet_no=delivery.sheet_no if delivery else "",
        source=case.source,
        searched=_searched(case),
    )


def _capacity(case: Case) -> Decimal:
    return number(case.values, "batch_capacity" if case.business == "batch" else "capacity")


def _searched(case: Case) -> tuple[str, ...]:
    keys = (
        "customer_name",
        "identity_number",
        "mobile",
        "landline",
        "agent_name",
        "agent_mobile",
        "account_no",
        "channel_reference",
        "official_number",
    )
    texts = (str(case.values.get(key, "") or "") for key in keys)
    return tuple(text for text in (case.number, *texts, address(case.values)) if text)
