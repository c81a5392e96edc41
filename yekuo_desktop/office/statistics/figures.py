"""The figures themselves: plain values, each with the cases behind it.

The method (客户业扩报装服务时限考核办法 [S-KPI], regulations.md 1.5): in time or not is counted on the cases
*archived* in the period, node by node and whole (every node in time), on the company's own time alone. A node
is a limit of the case's own rule set; rounds of one limit are one node. ``over_all`` is the other whole: the
limit over several stages, where the rule set has one. Average and 90th percentile (nearest rank) are of the
days those cases took, in the unit of the limit.
"""

from typing import Literal

import msgspec

from yekuo_desktop.domain.measures import Rate
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.statistics.periods import Period

Dimension = Literal["class", "station", "month", "person"]


class Scope(msgspec.Struct, frozen=True):
    """What is counted; empty means all."""

    station: str = ""
    klass: str = ""


class Count(msgspec.Struct, frozen=True):
    """How many cases, and which: a list through ``where`` has exactly so many."""

    value: int
    where: Filter


class Capacity(msgspec.Struct, frozen=True):
    """What was connected: kW at low voltage, kVA at high voltage; they are never added up."""

    kw: float = 0
    kva: float = 0


class NodeFigures(msgspec.Struct, frozen=True, kw_only=True):
    """One limit over all cases that had it. ``average`` and ``ninety`` in days of ``unit``."""

    limit: str
    label: str
    stage: str
    unit: str
    whole: bool
    rate: Rate
    average: float | None
    ninety: float | None
    cases: Filter
    missed: Filter


class StageFigures(msgspec.Struct, frozen=True, kw_only=True):
    """One stage: what stands in it now, and the node rate of those that passed it."""

    stage: str
    title: str
    open: Count
    late: Count
    rate: Rate


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one group of cases, or of all. ``open`` and ``late`` are as of now, the rest of the
    period; ``kept``: every node in time, ``over_all``: the limit over several stages."""

    id: str
    label: str
    accepted: Count
    connected: Count
    archived: Count
    missed: Count
    open: Count
    late: Count
    capacity: Capacity
    kept: Rate
    over_all: Rate


class ChannelFigures(msgspec.Struct, frozen=True):
    """How customers came."""

    channel: str
    label: str
    accepted: Count


class Statistics(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about one period."""

    period: Period
    scope: Scope
    total: Figures
    nodes: tuple[NodeFigures, ...]
    stages: tuple[StageFigures, ...]
    groups: dict[Dimension, tuple[Figures, ...]]
    channels: tuple[ChannelFigures, ...]


class Compared(msgspec.Struct, frozen=True):
    """A period, the one before it and the same one a year ago."""

    now: Statistics
    before: Statistics
    year_ago: Statistics
