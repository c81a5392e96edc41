"""What the county sees of its stations."""

from datetime import datetime

import msgspec

from yekuo_desktop.domain.contacts import CountySight, MachineSight, StuckSight
from yekuo_desktop.protocol.scalars import Count, Id, Moment, Word


class DeviceLine(msgspec.Struct, frozen=True, kw_only=True):
    """One device: when it was last here, what waits on it as it said then, what of it is held here, how far
    its clock was off (seconds, ahead of the centre is positive), and why an earlier contact failed."""

    device: Id
    station: Word
    terminal: Word
    host: Word
    app: Word
    scope: Word
    state: Word
    seen: Moment
    unsent: Count
    unsent_files: Count
    oldest: Moment
    held: Count
    drift: int
    trouble: Word = ""


class StuckLine(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that is held here until somebody decides."""

    id: Word
    device: Id
    subject: Word
    code: Word
    since: Moment


class Overview(msgspec.Struct, frozen=True):
    """Every device of the organisation, the longest silent first; what is held, the oldest first."""

    now: Moment
    devices: tuple[DeviceLine, ...]
    stuck: tuple[StuckLine, ...] = ()


def sight(found: Overview) -> CountySight:
    """The same for the rules about it. What a device said and is no moment counts as never."""
    return CountySight(
        now=datetime.fromisoformat(found.now),
        machines=tuple(map(_machine, found.devices)),
        stuck=tuple(
            StuckSight(entry=s.id, device=s.device, subject=s.subject, code=s.code, since=_moment(s.since))
            for s in found.stuck
        ),
    )


def _machine(line: DeviceLine) -> MachineSight:
    return MachineSight(
        device=line.device,
        station=line.station,
        terminal=line.terminal,
        host=line.host,
        app=line.app,
        scope=line.scope,
        active=line.state == "active",
        seen=_moment(line.seen),
        oldest=_moment(line.oldest),
        unsent=line.unsent,
        unsent_files=line.unsent_files,
        held=line.held,
        drift=line.drift,
        trouble=line.trouble,
    )


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
