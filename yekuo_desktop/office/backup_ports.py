"""Backups as the office sees them: what was kept, where, how good it is, and what going back would cost."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Literal, Protocol

import msgspec

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.entries import Entry

Why = Literal["start", "nightly", "upgrade", "by_hand"]
WHY_WORDS: dict[str, str] = {
    "start": "开机",
    "nightly": "夜间",
    "upgrade": "升级前",
    "by_hand": "手动",
}


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup says of itself. ``faults``: what its verification found, none in a good one; ``notes``:
    attachments that were missing when it was made."""

    format: int
    made: datetime
    why: Why
    release: str
    schema: int
    org: str
    station: str
    terminal: str
    device: str
    incarnation: str
    practice: bool
    entries: int
    cases: int
    sha256: str  # of the database in it
    size: int
    verified: datetime
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Backup(msgspec.Struct, frozen=True, kw_only=True):
    """A backup file; without ``manifest`` it cannot be read, for the reason in ``trouble``."""

    path: str
    bytes: int
    manifest: Manifest | None = None
    trouble: str = ""

    @property
    def good(self) -> bool:
        """Whether it was opened, verified and found whole."""
        return self.manifest is not None and not self.manifest.faults


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """How the backups of a store stand: the last try, the last good one, and the copy in the second place."""

    tried: datetime | None = None
    trouble: str = ""  # of the last try, "" when it went well
    good: datetime | None = None
    place: str = ""
    copied: datetime | None = None  # the newest backup that lies in the second place
    place_trouble: str = ""


class Lost(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that only the present store has, and whose it is."""

    entry: Entry
    number: str
    customer: str


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What going back to a backup would come to.

    ``after``: entries of the present store that the backup does not have; of these ``returning`` are with the
    centre and come back by themselves, and the rest is ``lost``, the first of them in ``entries``.
    ``readable``: False when the present store cannot be read, so that nobody can say.
    """

    manifest: Manifest
    present: bool  # whether there is a store that would be replaced
    readable: bool
    after: int = 0
    returning: int = 0
    lost: int = 0
    entries: Sequence[Lost] = ()
    joined: bool = False


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """A store that went back: where the replaced one lies ("" where there was none), the new life, the
    faults its verification found."""

    set_aside: str
    incarnation: str
    entries: int
    faults: tuple[str, ...] = ()


class Gap(msgspec.Struct, frozen=True):
    """Entries of this machine that nobody has any more: their places, and between which moments they were
    written, as far as their neighbours can be read."""

    first: int
    last: int
    after: datetime | None
    before: datetime | None


class Mended(msgspec.Struct, frozen=True, kw_only=True):
    """A store made anew out of what was left: the backup it began with ("" for none), where the damaged one
    lies, how many entries came from where; ``returning``: how many of those written here only the centre
    still has; ``lost``: what nobody has."""

    base: str
    set_aside: str
    entries: int
    from_backup: int
    from_file: int
    returning: int
    lost: tuple[Gap, ...]


Progress = Callable[[int, int, str], Any]
"""Told how far long work is: done, of how many, what is being done."""


class Keeper(Protocol):
    """Backups of the open store. Its methods take long and belong behind the window; all raise
    ``StoreTrouble`` or ``Refused`` in words."""

    def standing(self) -> Kept: ...
    def due(self, started: bool) -> Why | None:
        """The reason to make one now, None for none. ``started``: the program has just been opened."""
        ...

    def backups(self) -> Sequence[Backup]:
        """Those on this machine, the newest first."""
        ...

    def back_up(self, why: Why, progress: Progress = ...) -> Backup:
        """Make one in this process."""
        ...

    def back_up_apart(self, why: Why, stopped: Callable[[], bool]) -> Kept:
        """Make one, and its copy in the second place, in a process of its own; how it went."""
        ...

    def send_on(self, made: Backup, place: str = "") -> Kept:
        """Copy one to the second place: the chosen one, or ``place`` this once."""
        ...

    def place(self) -> str:
        """The second place that was chosen, "" for none."""
        ...

    def choose_place(self, place: str) -> str:
        """From now on also there; "" for nowhere. What to be warned of, "" for nothing."""
        ...

    def preview(self, path: str, code: str = "") -> Preview:
        """What going back to this backup would come to. ``code``: the recovery code, where the key is not
        on this machine."""
        ...

    def prepare(self, path: str, code: str = "") -> Restored:
        """Make a store out of a backup; it takes its place when the store is opened the next time."""
        ...


class NoKeeper:
    """A desk whose store nobody keeps backups of."""

    def standing(self) -> Kept:
        """Nothing was ever kept."""
        return Kept()

    def due(self, started: bool) -> Why | None:
        """Never."""
        return None

    def backups(self) -> Sequence[Backup]:
        """None."""
        return ()

    def back_up(self, why: Why, progress: Progress = lambda done, total, text: None) -> Backup:
        """Not possible."""
        raise refuse("这套数据不能备份")

    def back_up_apart(self, why: Why, stopped: Callable[[], bool]) -> Kept:
        """Not possible."""
        raise refuse("这套数据不能备份")

    def send_on(self, made: Backup, place: str = "") -> Kept:
        """Not possible."""
        raise refuse("这套数据不能备份")

    def place(self) -> str:
        """Nowhere."""
        return ""

    def choose_place(self, place: str) -> str:
        """Not possible."""
        raise refuse("这套数据不能备份")

    def preview(self, path: str, code: str = "") -> Preview:
        """Not possible."""
        raise refuse("这套数据不能恢复")

    def prepare(self, path: str, code: str = "") -> Restored:
        """Not possible."""
        raise refuse("这套数据不能恢复")
