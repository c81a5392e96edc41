"""What lists show of a case: its columns (``case_columns``), and its limits as they run (``clocks``)."""

from datetime import datetime
from typing import NamedTuple

import msgspec

from yekuo_desktop.domain.deadlines.limits import Unit


class RunningLimit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One limit of one case. ``due``/``warn`` are None while the case is paused."""

    limit: str
    label: str
    stage: str
    start: datetime
    due: datetime | None
    warn: datetime | None
    stopped: datetime | None
    paused: bool
    round: int = 1
    unit: Unit = "workday"  # what is left of it is counted in these
    promised: bool = False  # to the customer beside his case: it runs whatever became of that

    @property
    def key(self) -> str:
        """Names this running of the limit: the reason of an overrun is kept under it."""
        return self.limit if self.round == 1 else f"{self.limit}#{self.round}"


class Searched(NamedTuple):
    """One text search finds a case by, and the key of its field."""

    key: str
    text: str


class Mark(NamedTuple):
    """What of a text was found: from and behind which sign. Nothing where only its parts were."""

    key: str
    text: str
    spans: tuple[tuple[int, int], ...]


class CaseRow(msgspec.Struct, frozen=True):
    """The columns lists sort and filter by. Everything else is in the case itself."""

    id: str
    number: str
    station: str
    klass: str
    business: str
    stage: str
    state: str
    customer: str
    identity_number: str
    address: str
    capacity: float
    manager: str
    registered: datetime | None
    accepted: datetime | None
    accepted_by: str
    delivered: datetime | None
    dispatched: datetime | None
    sheet_no: str
    source: str
    searched: tuple[Searched, ...] = ()  # not read with a list


class Hit(NamedTuple):
    """A case that was found, and where in its texts."""

    case: CaseRow
    marks: tuple[Mark, ...]
