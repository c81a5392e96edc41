"""The course of a case that has come to its end: what the statistics are made of.

Counted on archived cases, node by node and whole: 客户业扩报装服务时限考核办法 [S-KPI] (regulations.md 1.5):
a case has kept its time only if every node has. Only the company's own time counts: what a limit excludes is
not in its days, and what a customer has to keep (how long his plan is valid), a file on loan and what was
promised beside the way of the case are no nodes.
"""

from datetime import datetime

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.clocks import applying_limits, case_events, deadlines_of, stretches
from yekuo_desktop.domain.deadlines.limits import BESIDE, Deadline, Interval, Limit, Unit
from yekuo_desktop.domain.deadlines.timelimits import used_days
from yekuo_desktop.domain.loans import LOAN
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.validity import PLAN_VALIDITY

CONNECTED, ARCHIVED = "connected", "archived"
NO_NODES = frozenset({PLAN_VALIDITY, LOAN})
HOURS_A_DAY = 24


class Node(msgspec.Struct, frozen=True):
    """One limit of a case, all its rounds together. ``days``: what they used, in ``unit`` (hours as parts of
    a day); ``kept``: every round was in time; ``whole``: it spans several stages."""

    limit: str
    label: str
    stage: str
    unit: Unit
    days: float
    kept: bool
    whole: bool


class Course(msgspec.Struct, frozen=True):
    """When a case was connected and archived, and its nodes once it was archived."""

    connected: datetime | None
    archived: datetime | None
    nodes: tuple[Node, ...] = ()

    @property
    def kept(self) -> bool | None:
        """Whether every node of a stage was in time; None where the case had none to keep."""
        nodes = [node.kept for node in self.nodes if not node.whole]
        return all(nodes) if nodes else None


def course_of(case: Case, reference: Reference) -> Course | None:
    """The course of a case, None before it was connected."""
    connected, archived = case.event(CONNECTED), case.event(ARCHIVED)
    if connected is None and archived is None:
        return None
    ended = archived.stated if archived and case.state == ARCHIVED else None
    return Course(
        connected.stated if connected and not connected.undone else None,
        ended,
        _nodes(case, reference, ended) if ended else (),
    )


def _nodes(case: Case, reference: Reference, ended: datetime) -> tuple[Node, ...]:
    events = case_events(case, reference)
    found: list[Node] = []
    for limit in applying_limits(case, reference):
        if limit.id in NO_NODES or limit.starts_on in BESIDE:
            continue
        runs = [run for run in deadlines_of(case, limit, reference, events) if _counts(*run, ended)]
        if runs:
            days = sum(_days(case, reference, limit, *run) for run in runs)
            kept = all(_in_time(*run, ended) for run in runs)
            whole = limit.kind != "stage"
            found.append(Node(limit.id, limit.label, limit.stage, limit.unit, days, kept, whole))
    return tuple(found)


def _counts(due: Deadline, run: Interval, ended: datetime) -> bool:
    """What was still running when the case came to its end was missed, or had time left and says nothing."""
    return run.end is not None or (due.due is not None and due.due < ended)


def _in_time(due: Deadline, run: Interval, ended: datetime) -> bool:
    return due.due is None or (run.end or ended) <= due.due


def _days(case: Case, reference: Reference, limit: Limit, due: Deadline, run: Interval) -> float:
    if run.end is None:
        return due.used
    if limit.unit == "hour":
        return round((run.end - run.start).total_seconds() / 3600 / HOURS_A_DAY, 2)
    counted = [run] if limit.kind == "stage" else stretches(limit.parts, case_events(case, reference))
    ended = [each for each in counted if each.end is not None]
    return used_days(due.limit, due.first_day, ended, reference.calendar, reference.hours, case.pauses)
