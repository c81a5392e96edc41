"""What the statistics are added up from: counts of cases that are alike, read in one go each."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol


class Alike(NamedTuple):
    """What the cases of one count share; ``month`` as 2026-10, ``person`` who took it in, or who looked
    after it (``Done``)."""

    month: str
    klass: str
    station: str
    person: str


class Taken(NamedTuple):
    """Cases that were accepted."""

    of: Alike
    cases: int
    capacity: float


class Connected(NamedTuple):
    """Cases that were connected; ``capacity`` in kW (low voltage) or kVA (high voltage)."""

    of: Alike
    cases: int
    capacity: float


class Done(NamedTuple):
    """Cases that were archived: how many, how many of them had a node to keep, and how many kept all."""

    of: Alike
    cases: int
    judged: int
    kept: int


class Passed(NamedTuple):
    """Nodes of archived cases that took the same time."""

    of: Alike
    limit: str
    label: str
    stage: str
    unit: str
    whole: bool
    days: float
    kept: bool
    cases: int


class Open(NamedTuple):
    """Cases on their way now, by stage; how many of them are late. ``month``: in which they were accepted."""

    month: str
    klass: str
    station: str
    stage: str
    person: str
    cases: int
    late: int


class Channel(NamedTuple):
    """Accepted cases by how the customer came."""

    klass: str
    station: str
    channel: str
    cases: int


class LedgerNode(NamedTuple):
    """One node of one archived case."""

    case_id: str
    limit: str
    label: str
    stage: str
    unit: str
    days: float
    kept: bool
    whole: bool


class LedgerCourse(NamedTuple):
    """When a case was connected and archived (ISO text in +08:00), and whether all nodes were kept."""

    case_id: str
    connected: str | None
    archived: str | None
    kept: bool | None


class StatisticsRows(Protocol):
    """Days are inclusive, in China's time."""

    def taken(self, first: date, last: date) -> Sequence[Taken]: ...
    def connected(self, first: date, last: date) -> Sequence[Connected]: ...
    def done(self, first: date, last: date) -> Sequence[Done]: ...
    def passed(self, first: date, last: date) -> Sequence[Passed]: ...
    def open(self, now: datetime) -> Sequence[Open]: ...
    def channels(self, first: date, last: date) -> Sequence[Channel]: ...
    def courses(self, case_ids: Sequence[str]) -> Sequence[LedgerCourse]: ...
    def nodes(self, case_ids: Sequence[str]) -> Sequence[LedgerNode]: ...
