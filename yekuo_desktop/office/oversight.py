"""营销稽查 at the desk: what the rules find, what was made of it, and the acts of auditor and owner.

The auditor reads everything and changes nothing: what he finds lies beside the case.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.deadlines.lights import Light
from yekuo_desktop.domain.deadlines.workdays import bounds
from yekuo_desktop.domain.display import address
from yekuo_desktop.domain.office_acts import office_payload
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.oversight import checks, watch
from yekuo_desktop.domain.oversight.hits import Hit, Look, day, phase
from yekuo_desktop.domain.oversight_orders import Exemption, Order, Oversight
from yekuo_desktop.domain.oversight_rules import SEVERITIES, OversightRule, Phase
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.privacy_entries import EXPORTED
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.filters import Filter

PAGE = 200
Standing = Literal["new", "open", "answered", "closed", "exempt"]
STANDINGS: dict[Standing, str] = {
    "new": "未处理",
    "open": "待答复",
    "answered": "待核实",
    "closed": "已办结",
    "exempt": "白名单",
}
Progress = Callable[[int, int], object]
"""Told how many of how many cases were looked at; raises what stops the work."""


FOREVER = (date(2000, 1, 1), date(2100, 1, 1))
OPENED = "oversight.opened"


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """Which cases are looked at: those accepted in a stretch of days, of one station ("" for all)."""

    station: str = ""
    accepted_from: date | None = None
    accepted_to: date | None = None


class HitLine(msgspec.Struct, frozen=True, kw_only=True):
    """A hit for the eye. ``case`` is the id; ``who`` the name of whoever answers."""

    hit: Hit
    rule: OversightRule
    phase: Phase
    case: str  # "" for what only shows over many cases
    number: str
    customer: str
    klass: str
    station: str
    station_name: str
    who: str
    rules_label: str
    gone: bool = False  # no longer found: what an order demanded has been done
    order: Order | None = None
    exemption: Exemption | None = None

    @property
    def id(self) -> str:
        """What makes it the same after a refresh."""
        return f"{self.case}:{self.hit.key}"

    @property
    def standing(self) -> Standing:
        """What has become of it."""
        if self.exemption is not None:
            return "exempt"
        return self.order.state if self.order is not None else "new"

    @property
    def light(self) -> Light:
        """Red for a fault nobody took up, yellow for a warning and what is being answered, grey on the
        white list, met once it was closed."""
        if self.standing in ("exempt", "closed"):
            return Light.GREY if self.standing == "exempt" else Light.MET
        waiting = self.standing == "answered" or self.rule.severity == "notice"
        return Light.YELLOW if waiting or self.hit.rule == "R8" else Light.RED


def examine(desk: Desk, case: Case) -> tuple[HitLine, ...]:
    """Everything the rules find in one case now, and every order that still waits for its end."""
    look = _look(desk, case)
    found = checks.hits(look)
    keys = {hit.key for hit in found}
    waiting = (order for order in case.oversight.orders if order.state != "closed")
    gone = [_hit_of(order) for order in waiting if order.what.key not in keys]
    lines = [_line(desk, look, hit, gone=False) for hit in found]
    return (*lines, *(_line(desk, look, hit, gone=True) for hit in gone))


def survey(desk: Desk, scope: Scope, progress: Progress | None = None) -> tuple[HitLine, ...]:
    """The hits of every case in scope, and of stations and people over all of them, the gravest first."""
    total = desk.store.count(_filter(scope), desk.clock())
    found: list[HitLine] = []
    chosen: list[tuple[watch.Choice, ...]] = []
    for at, case in enumerate(cases_in(desk, scope), start=1):
        found.extend(examine(desk, case))
        chosen.append(tuple(watch.choices(case)))
        if progress is not None and (at % 20 == 0 or at == total):
            progress(at, total)
    order = [rule.id for rule in desk.reference.oversight.rules]
    grave = [*SEVERITIES]

    def weight(line: HitLine) -> tuple[int, int]:
        return grave.index(line.rule.severity), order.index(line.rule.id) if line.rule.id in order else 0

    return tuple(sorted((*found, *_over_many(desk, scope, chosen)), key=weight))


def addressed(desk: Desk, person: Person, since: timedelta = timedelta(days=366)) -> tuple[HitLine, ...]:
    """What this person has to answer: orders of the last year that are his."""
    now = desk.clock()
    ids = dict.fromkeys(desk.store.cases_with((OPENED,), now - since, now + timedelta(seconds=1)))
    cases = (desk.store.case(case_id) for case_id in ids)
    lines = [line for case in cases if case for line in examine(desk, case)]
    lines += _stations_orders(desk, {})
    return tuple(line for line in lines if line.order is not None and line.order.what.owner == person.id)


def period(scope: Scope) -> str:
    """The stretch of days in words; it is part of the name of what is found over many cases."""
    if scope.accepted_from is None and scope.accepted_to is None:
        return "全部"
    return f"{scope.accepted_from or ''}至{scope.accepted_to or ''}"


def shares(desk: Desk, scope: Scope) -> tuple[watch.Share, ...]:
    """三不指定: the share of every unit, by station and kind, whether or not it stands out."""
    return watch.shares(tuple(watch.choices(case)) for case in cases_in(desk, scope))


def _filter(scope: Scope) -> Filter:
    return Filter(station=scope.station, accepted_from=scope.accepted_from, accepted_to=scope.accepted_to)


def cases_in(desk: Desk, scope: Scope) -> Iterator[Case]:
    """Every case in scope."""
    where, offset = _filter(scope), 0
    while rows := desk.store.queue(where, desk.clock(), order="number", limit=PAGE, offset=offset):
        for row in rows:
            case = desk.store.case(row.case.id)
            if case is not None:
                yield case
        offset += len(rows)


def _look(desk: Desk, case: Case) -> Look:
    return Look(
        case=case,
        now=desk.clock(),
        reference=desk.reference,
        organisation=desk.store.organisation(),
        others=_others(desk, case),
        entries=lambda: desk.store.history(f"case:{case.id}"),
    )


def _others(desk: Desk, case: Case) -> tuple[Case, ...]:
    """Further cases of the same identity number, and those on their way at the same address."""
    identity = str(case.values.get("identity_number") or "")
    known = {other.id: other for other in desk.store.of_customer(identity)} if identity else {}
    for row in desk.store.duplicates("", address(case.values), case.id):
        found = None if row.id in known else desk.store.case(row.id)
        if found is not None:
            known[found.id] = found
    known.pop(case.id, None)
    return tuple(known.values())


def _hit_of(order: Order) -> Hit:
    """What an order was about, as it was found then."""
    what = order.what
    return Hit(
        rule=what.rule,
        key=what.key,
        subject=what.subject,
        wanted=what.wanted,
        found=what.found,
        who=what.owner,
        rules=what.rules,
    )


def _rule(desk: Desk, id_: str) -> OversightRule:
    """The rule; where the county keeps it no more, its number still says what an old order was about."""
    found = desk.reference.oversight.rule(id_)
    return found or OversightRule(
        id=id_, title="已停用的规则", severity="notice", phases=("after",), citation="", confidence="M"
    )


def _line(desk: Desk, look: Look, hit: Hit, *, gone: bool) -> HitLine:
    case, rule = look.case, _rule(desk, hit.rule)
    rules = look.reference.rulesets.get(hit.rules)
    return HitLine(
        hit=hit,
        rule=rule,
        phase=phase(case, rule),
        case=case.id,
        number=case.number,
        customer=case.values.get("customer_name", ""),
        klass=case.klass,
        station=case.station,
        station_name=look.organisation.station_name(case.station),
        who=look.organisation.person_name(hit.who),
        rules_label=rules.label if rules else hit.rules,
        gone=gone,
        order=case.oversight.order_of(hit.key),
        exemption=case.oversight.exemption_of(hit.key, day(look.now)),
    )


# ---- over many cases ------------------------------------------------------------------------------


def _over_many(desk: Desk, scope: Scope, chosen: Iterable[tuple[watch.Choice, ...]]) -> list[HitLine]:
    organisation, rules = desk.store.organisation(), desk.reference.oversight
    found: dict[str, Hit] = {}
    concentration, curiosity = rules.rule("R19"), rules.rule("R24")
    if concentration is not None:
        shares = watch.shares(chosen)
        hits = watch.concentrated(shares, concentration, period(scope), organisation)
        found |= {hit.key: hit for hit in hits}
    if curiosity is not None:
        found |= {hit.key: hit for hit in watch.curious(_looked(desk, scope, curiosity), curiosity)}
    return _stations_orders(desk, found)


def _looked(desk: Desk, scope: Scope, rule: OversightRule) -> Iterator[watch.Looked]:
    """Every time somebody saw or exported personal data in the stretch."""
    first, last = scope.accepted_from or FOREVER[0], scope.accepted_to or FOREVER[1]
    for entry, _number, _customer in desk.store.entries_of(rule.kinds, bounds(first)[0], bounds(last)[1]):
        taken = office_payload(entry).rows if entry.kind == EXPORTED else 0
        yield watch.Looked(entry.actor, day(entry.recorded), taken)


def _stations_orders(desk: Desk, found: dict[str, Hit]) -> list[HitLine]:
    """What was found, and every order about stations and people that still waits."""
    organisation, now = desk.store.organisation(), desk.clock()
    waiting = (order for order in organisation.oversight.orders if order.state != "closed")
    gone = [_hit_of(order) for order in waiting if order.what.key not in found]
    return [
        _station_line(desk, organisation, hit, now, gone=hit.key not in found)
        for hit in (*found.values(), *gone)
    ]


def _station_line(desk: Desk, organisation: Organisation, hit: Hit, now: datetime, *, gone: bool) -> HitLine:
    known: Oversight = organisation.oversight
    station = hit.key.split(":")[1]
    listed = {each.code for each in organisation.stations}
    return HitLine(
        hit=hit,
        rule=_rule(desk, hit.rule),
        phase="after",
        case="",
        number="",
        customer="",
        klass="",
        station=station if station in listed else "",
        station_name=organisation.station_name(station) if station in listed else "",
        who=organisation.person_name(hit.who),
        rules_label="",
        gone=gone,
        order=known.order_of(hit.key),
        exemption=known.exemption_of(hit.key, day(now)),
    )
