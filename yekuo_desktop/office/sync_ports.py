"""What the office knows of the centre: whose device this is, how far both sides are, what is unsettled."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol

import msgspec

from yekuo_desktop.domain.case import Conflict
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.rulings import Ruling, Verdict

ContactState = Literal["active", "revoked", "upgrade"]


class Centre(msgspec.Struct, frozen=True, kw_only=True):
    """The centre this machine is enrolled at. ``server``: the key it signs with, ``sealing``: the one parcels
    are sealed for; ``scope``: "own" or "all"; ``machine``: on which the store was when it was enrolled."""

    url: str
    server: bytes
    sealing: bytes
    scope: str
    epoch: str = ""
    state: ContactState = "active"
    machine: str = ""
    parcels: int = 0
    allowed: str = ""  # head up to which a large removal was allowed by a person


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """How the last contacts went. ``met``: when the centre was last reached; ``drift``: seconds our clock is
    ahead of its clock; ``trouble``: in words why the last try came to nothing, "" when it went through."""

    tried: datetime | None = None
    met: datetime | None = None
    drift: int = 0
    trouble: str = ""
    held_back: str = ""  # what waits for a person: a large removal


class Unsettled(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of ours that does not count as it was meant. ``pending``: the centre has not seen it yet, and
    would say this."""

    entry: Entry
    verdict: Verdict
    ruling: Ruling
    number: str
    customer: str
    pending: bool = False


class OpenConflict(msgspec.Struct, frozen=True, kw_only=True):
    """A field that two people wanted differently, and the case it belongs to."""

    case: str
    number: str
    customer: str
    conflict: Conflict


class StreamSight(msgspec.Struct, frozen=True):
    """How far a stream was read, and as of when it was complete, None for not yet."""

    name: str
    seq: int
    upto: int
    state: str
    complete: datetime | None


class Tally(msgspec.Struct, frozen=True):
    """What waits: entries and files to be sent, entries held or refused, conflicts to be closed."""

    unsent: int
    files: int = 0
    unsettled: int = 0
    conflicts: int = 0


class CentreRows(Protocol):
    """What the store keeps of the centre, for the screen."""

    def centre(self) -> Centre | None: ...
    def contact(self) -> Contact: ...
    def tally(self) -> Tally: ...
    def waiting(self, limit: int = 200) -> Sequence[Entry]:
        """Entries that were not received yet, the oldest first."""
        ...

    def unsettled(self, limit: int = 200) -> Sequence[Unsettled]: ...
    def conflicts(self, limit: int = 200) -> Sequence[OpenConflict]: ...
    def streams(self) -> Sequence[StreamSight]: ...
    def settle(self, entry_id: str, verdict: Verdict) -> None:
        """A person has read what became of an entry: it is not shown again."""
        ...

    def allow_removal(self) -> None:
        """A person agrees that cases go out of view."""
        ...
