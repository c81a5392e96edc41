"""How long ago a machine was last in contact with the centre, and what of that somebody should look into."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

SILENT_DAYS = 3  # by default: a weekend without a line is nothing to worry about
DRIFT_SECONDS = 120  # a clock that is further off dates papers wrong


class MachineSight(msgspec.Struct, frozen=True, kw_only=True):
    """One machine as the centre has last seen it. ``seen``: its last contact, ``oldest``: when the oldest
    entry was written that waited on it then; None for never and nothing. ``drift``: seconds its clock was
    ahead. ``trouble``: in its own words why an earlier contact came to nothing. ``held``: of its entries, how
    many wait at the centre for a decision."""

    device: str
    station: str
    terminal: str
    host: str = ""
    app: str = ""
    scope: str = "own"
    active: bool = True
    seen: datetime | None = None
    oldest: datetime | None = None
    unsent: int = 0
    unsent_files: int = 0
    held: int = 0
    drift: int = 0
    trouble: str = ""


class StuckSight(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that waits at the centre for a decision: of which machine, about what, why and since when."""

    entry: str
    device: str
    subject: str
    code: str
    since: datetime | None = None


class CountySight(msgspec.Struct, frozen=True, kw_only=True):
    """All machines, the longest silent first, and what waits for a decision, the oldest first."""

    now: datetime
    machines: tuple[MachineSight, ...]
    stuck: tuple[StuckSight, ...]


def days_since(moment: datetime | None, now: datetime) -> int | None:
    """Whole days; None for never. Clocks that differ make no negative ones."""
    return max((now - moment).days, 0) if moment is not None else None


def silent(machine: MachineSight, now: datetime, days: int = SILENT_DAYS) -> bool:
    """Whether it should have been in contact by now."""
    ago = days_since(machine.seen, now)
    return machine.active and (ago is None or ago >= days)


def worries(machine: MachineSight, now: datetime, days: int = SILENT_DAYS) -> Iterator[str]:
    """What somebody should look into, in words. A machine that was withdrawn may be as silent as it likes."""
    if silent(machine, now, days):
        ago = days_since(machine.seen, now)
        yield "从未联系" if ago is None else f"已 {ago} 天没有联系"
    waits = days_since(machine.oldest, now)
    if machine.unsent and waits is not None and waits >= days:
        yield f"{machine.unsent} 条没有送到,最早的写于 {waits} 天前"
    if machine.held:
        yield f"{machine.held} 条暂存,等中心决定"
    if abs(machine.drift) > DRIFT_SECONDS:
        yield f"时钟{'快' if machine.drift > 0 else '慢'} {abs(machine.drift) // 60} 分钟"
    if machine.trouble:
        yield machine.trouble
