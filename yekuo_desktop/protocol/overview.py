"""What the county sees of its stations."""

import msgspec

from yekuo_desktop.protocol.scalars import Count, Id, Moment, Word


class DeviceLine(msgspec.Struct, frozen=True, kw_only=True):
    """One device: when it was last here, what waits on it as it said then, what of it is held here, and how
    far its clock was off (seconds, ahead of the centre is positive)."""

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


class Overview(msgspec.Struct, frozen=True):
    """Every device of the organisation, the longest silent first."""

    now: Moment
    devices: tuple[DeviceLine, ...]
