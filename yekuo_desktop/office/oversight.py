"""营销稽查 at the desk: what the rules find, what was made of it, and the acts of auditor and owner.

The auditor reads everything and changes nothing: what he finds lies beside the case.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Literal

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.display import address
from yekuo_desktop.domain.lights import Light
from yekuo_desktop.domain.oversight import checks
from yekuo_desktop.domain.oversight.hits import Hit, Look, day, phase
from yekuo_desktop.domain.oversight_orders import (
    Exemption,
    Order,
)
from yekuo_desktop.domain.oversight_rules import OversightRule, Phase
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.ports import Filter

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
    case: str
    number: str
    customer: str
    klass: str
    station: str
    station_name: str
    who: str
    rules_label: str
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
    """Everything the rules find in one case now."""
    look = _look(desk, case)
    return tuple(_line(desk, look, hit) for hit in checks.hits(look))


def survey(desk: Desk, scope: Scope, progress: Progress | None = None) -> tuple[HitLine, ...]:
    """The hits of every case in scope, the gravest rules first as the table orders them."""
    total = desk.store.count(_filter(scope), desk.clock())
    found: list[HitLine] = []
    for at, case in enumerate(_cases(desk, scope), start=1):
        found.extend(examine(desk, case))
        if progress is not None and (at % 20 == 0 or at == total):
            progress(at, total)
    return tuple(found)


def _filter(scope: Scope) -> Filter:
    return Filter(station=scope.station, accepted_from=scope.accepted_from, accepted_to=scope.accepted_to)


def _cases(desk: Desk, scope: Scope) -> Iterator[Case]:
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


def _line(desk: Desk, look: Look, hit: Hit) -> HitLine:
    case, rule = look.case, look.reference.oversight.rule(hit.rule)
    if rule is None:
        raise LookupError(hit.rule)
    rules = look.reference.rulesets.get(case.rules)
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
        rules_label=rules.label if rules else case.rules,
        order=case.oversight.order_of(hit.key),
        exemption=case.oversight.exemption_of(hit.key, day(look.now)),
    )
