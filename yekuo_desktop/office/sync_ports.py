"""What the office knows of the centre: whose device this is, how far both sides are, what is unsettled."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol

import msgspec

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.case import Conflict
from yekuo_desktop.domain.contacts import CountySight
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
    stuck: datetime | None = None  # since when the centre is there and takes nothing of what waits


class Granted(msgspec.Struct, frozen=True):
    """Until when, by the centre's clock, somebody may sign in on this machine without asking, and as what."""

    roles: tuple[str, ...]
    expires: datetime


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


class Went(msgspec.Struct, frozen=True, kw_only=True):
    """How a contact went: ``trouble`` in words, "" when everything was done; ``retry``: seconds the centre
    wants to be left alone; what changed here because of it."""

    trouble: str = ""
    retry: int = 0
    sent: int = 0
    read: int = 0
    cases: tuple[str, ...] = ()
    office: bool = False


class Line(Protocol):
    """The line to the centre. Its methods block: they belong behind the window."""

    def contact(self) -> Went:
        """Send what waits, read what is new. Never raises for want of a line."""
        ...

    def wait(self, seconds: int) -> bool:
        """Until something is new at the centre or ``interrupt``; False when there is no line to wait on."""
        ...

    def pause(self, went: Went) -> float:
        """Seconds until the next try after a contact that did not go well."""
        ...

    def interrupt(self) -> None:
        """End the waiting; from any thread."""
        ...

    def close(self) -> None:
        """End whatever is under way; from any thread."""
        ...

    def join(self, url: str, code: str) -> None:
        """Make this machine a device of the centre, with what it has. Raises ``Refused``."""
        ...

    def county(self) -> CountySight:
        """Every machine of the organisation, from the centre. Raises ``Refused``: no line, or not for us."""
        ...

    def write_parcel(self, path: str) -> int:
        """What waits into a file for the centre; the number of entries. Raises ``Refused``."""
        ...

    def read_answer(self, path: str) -> Went:
        """The centre's answer out of a file. Raises ``Refused``."""
        ...


class NoLine:
    """A desk without any line."""

    def contact(self) -> Went:
        """Nothing is there to be reached."""
        return Went(trouble="没有连接")

    def wait(self, seconds: int) -> bool:
        """Nothing to wait for."""
        return False

    def pause(self, went: Went) -> float:
        """A quarter of an hour."""
        return 900.0

    def interrupt(self) -> None:
        """Nothing is under way."""

    def close(self) -> None:
        """Nothing is under way."""

    def join(self, url: str, code: str) -> None:
        """There is nothing to join with."""
        raise refuse("没有连接")

    def county(self) -> CountySight:
        """There is nobody to ask."""
        raise refuse("没有连接")

    def write_parcel(self, path: str) -> int:
        """There is nobody it would be for."""
        raise refuse("本机尚未加入中心")

    def read_answer(self, path: str) -> Went:
        """There is nobody it could be from."""
        raise refuse("本机尚未加入中心")


class CentreRows(Protocol):
    """What the store keeps of the centre, for the screen."""

    def centre(self) -> Centre | None: ...
    def contact(self) -> Contact: ...
    def granted(self, person: str) -> Granted | None:
        """What the centre has signed for somebody on this machine."""
        ...

    def unheard_of(self, person: str) -> bool:
        """Whether somebody was entered here and the centre has received nothing of it yet."""
        ...

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
