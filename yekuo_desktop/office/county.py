"""The county hall's look at its stations: which machine has been silent for how long, and what is stuck."""

import msgspec

from yekuo_desktop.domain.contacts import SILENT_DAYS, MachineSight, StuckSight, silent, worries
from yekuo_desktop.domain.display import moment
from yekuo_desktop.domain.rulings import CODES
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.syncing import REMEDIES


class MachineLine(msgspec.Struct, frozen=True, kw_only=True):
    """A machine for a list: in words what somebody should look into, nothing when all is well."""

    device: str
    station: str
    terminal: str
    host: str
    seen: str
    silent: bool
    active: bool
    unsent: int
    worries: tuple[str, ...]


class StuckLine(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that waits for a decision. ``case``: its id, "" where it is about no case or none of ours."""

    entry: str
    case: str
    number: str
    customer: str
    station: str
    why: str
    remedy: str
    since: str


class County(msgspec.Struct, frozen=True, kw_only=True):
    """As of ``now``. ``without``: the names of stations where no machine was ever enrolled."""

    now: str
    machines: tuple[MachineLine, ...]
    without: tuple[str, ...]
    stuck: tuple[StuckLine, ...]

    @property
    def troubled(self) -> int:
        """How many machines somebody should look into."""
        return sum(bool(each.worries) for each in self.machines)


def county(desk: Desk, days: int = SILENT_DAYS) -> County:
    """Asks the centre: belongs behind the window. Raises ``Refused``: no line, or this machine reads only its
    own station's cases."""
    found = desk.line.county()
    names = {each.code: each.name for each in desk.store.organisation().stations}
    at = {each.device: names.get(each.station, each.station) for each in found.machines}
    there = {each.station for each in found.machines}

    def machine(each: MachineSight) -> MachineLine:
        return MachineLine(
            device=each.device,
            station=at[each.device],
            terminal=each.terminal,
            host=each.host,
            seen=moment(each.seen) if each.seen else "从未",
            silent=silent(each, found.now, days),
            active=each.active,
            unsent=each.unsent,
            worries=tuple(worries(each, found.now, days)),
        )

    return County(
        now=moment(found.now),
        machines=tuple(map(machine, found.machines)),
        without=tuple(name for code, name in names.items() if code not in there),
        stuck=tuple(_stuck(desk, each, at.get(each.device, "")) for each in found.stuck),
    )


def _stuck(desk: Desk, each: StuckSight, station: str) -> StuckLine:
    case = desk.store.case(each.subject.removeprefix("case:")) if each.subject.startswith("case:") else None
    return StuckLine(
        entry=each.entry,
        case=case.id if case else "",
        number=case.number if case else "",
        customer=str(case.values.get("customer_name", "")) if case else "",
        station=station,
        why=CODES.get(each.code, each.code),
        remedy=REMEDIES.get(each.code, ""),
        since=moment(each.since) if each.since else "",
    )
