"""What a contact came to, and what it works with."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

import msgspec

from yekuo_desktop.protocol.greeting import Welcome
from yekuo_desktop.sync.ports import Changed

OFFICE = "office"
Clock = Callable[[], datetime]


class Outcome(msgspec.Struct, kw_only=True):
    """What a contact came to. ``met``: the centre was reached; ``trouble`` says why it did not come to its
    end, "" when it did; ``retry``: seconds the centre wants to be left alone. ``ends``: where the
    streams stood at last; ``held_back``: what waits for a person."""

    met: bool = False
    trouble: str = ""
    retry: int = 0
    sent: int = 0
    read: int = 0
    cases: list[str] = []
    office: bool = False
    welcome: Welcome | None = None
    ends: dict[str, int] = {}
    held_back: str = ""

    @property
    def well(self) -> bool:
        """Everything was done that there was to do."""
        return not self.trouble

    def add(self, changed: Changed) -> None:
        """Cases that are otherwise now."""
        self.cases.extend((*changed.cases, *changed.gone))


class Again(Exception):
    """The two sides stand otherwise than was thought: greet again."""


class Stopped(Exception):
    """A contact cannot go on; the message says why."""


class Tools(NamedTuple):
    """Clock, ids and the machine's name, "" where it has none."""

    clock: Clock
    new_id: Callable[[], str]
    machine: str = ""
