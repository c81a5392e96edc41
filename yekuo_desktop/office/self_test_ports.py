"""What the self-test is about: facts of a store and its machine, what they mean, and who finds them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol

import msgspec

from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.office.backup_ports import Kept

Level = Literal["ok", "warn", "bad"]


class Ailment(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with the files of a store. ``way``: what can be done, a key of WAY_WORDS."""

    kind: str
    words: str
    way: str = ""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What was found. None and () stand for what nobody looked at."""

    now: datetime
    practice: bool = False
    ailments: tuple[Ailment, ...] = ()
    unfinished: bool = False  # the last save before this start was cut off
    entries: int = 0
    cases: int = 0
    faults: tuple[str, ...] | None = None  # of the verification of the journal
    backup: Kept = Kept()
    last_written: datetime | None = None
    years: tuple[int, ...] = ()  # of the calendar that are announced
    drift: int | None = None  # seconds ahead of the centre, None for no centre
    met: datetime | None = None
    free: int | None = None  # bytes on the disk of the data
    fonts_missing: tuple[str, ...] | None = None
    printers: tuple[str, ...] | None = None
    printer_trouble: str = ""
    typing: str | None = None  # the input method in words, "" for none
    versions: tuple[tuple[str, str], ...] = ()


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the page: what, how it is, what was found; what to do, and by which way ("" for none)."""

    key: str
    title: str
    level: Level
    words: str
    remedy: str = ""
    way: str = ""


class Examiner(Protocol):
    """Looks at the open store and its machine. Its methods take long and belong behind the window."""

    def facts(self, *, whole: bool) -> Facts:
        """What was found; ``whole``: every entry verified as well."""
        ...

    def mend(self, way: str) -> str:
        """Set right what can be while the store is open ("rebuild", "files"); what was done, in words."""
        ...

    def bundle(self, path: str, found: Sequence[Finding]) -> None:
        """What support needs, as an archive that says nothing about anybody. Raises ``StoreTrouble``."""
        ...

    def signal(self) -> str:
        """What a person should know of backup and last save without having asked, "" for nothing."""
        ...


class NoExaminer:
    """A desk whose machine nobody looks at."""

    def facts(self, *, whole: bool) -> Facts:
        """Nothing but that there is no time."""
        return Facts(now=datetime.min.replace(tzinfo=CHINA), practice=True)

    def mend(self, way: str) -> str:
        """Nothing can be done."""
        return ""

    def bundle(self, path: str, found: Sequence[Finding]) -> None:
        """There is nothing to tell."""

    def signal(self) -> str:
        """Nothing."""
        return ""
