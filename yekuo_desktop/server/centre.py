"""What every part of the centre works with: database, keys, rules, clock, files, and who is waiting."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

import msgspec

from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.protocol.greeting import Limits
from yekuo_desktop.server.database import Database
from yekuo_desktop.server.keys import Keys

Clock = Callable[[], datetime]
LIMITS = Limits(entries=500, bytes=1_000_000, rows=1000, chunk=1_000_000)


class Bell(Protocol):
    """Wakes those who wait for a stream to go on."""

    def ring(self, org: str, epoch: str, heads: dict[str, int]) -> None:
        """Streams of an organisation stand there now."""
        ...


class Silence:
    """Nobody waits."""

    def ring(self, org: str, epoch: str, heads: dict[str, int]) -> None:
        """Nothing happens."""


class Centre(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One process of the centre. ``files`` is the folder of attachments, shared by all processes;
    ``address``: under which customers reach it, "" where they do not."""

    database: Database
    keys: Keys
    reference: Reference
    clock: Clock
    new_id: Callable[[], str]
    files: Path
    address: str = ""
    bell: Bell = Silence()
    limits: Limits = LIMITS

    def moment(self) -> str:
        """Now, as it is stored."""
        return text_of(self.clock())


def text_of(moment: datetime) -> str:
    """+08:00 with microseconds, always equally long: the order of texts is the order of time."""
    return moment.astimezone(CHINA).isoformat(timespec="microseconds")


def station_stream(station: str) -> str:
    """The stream of a station's cases."""
    return f"station:{station}"


OFFICE = "office"
