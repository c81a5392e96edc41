"""What must be so before anybody is connected, each with a tick or the reason why not yet (种子文件 六;
regulations.md 3.4 接电, R14). The window shows ``conditions``; every act up to the connection asks again."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from yekuo_desktop.domain.act import Context
from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.circumstances import circumstances
from yekuo_desktop.domain.clocks import applying_limits, running_limits
from yekuo_desktop.domain.display import moment
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.formalities import CONNECTED, Formality, formalities
from yekuo_desktop.domain.records import last
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.energization import chain

EXTERNAL = frozenset({"external_line", "grid_works"})  # of rules.CONDITIONS


def conditions(case: Case, reference: Reference) -> tuple[Formality, ...]:
    """Every precondition of the connection of this case, in order: the formalities, the works outside, the
    agreed day, the group that takes the works into operation."""
    return (*formalities(case, reference), *_own(case, reference))


def _own(case: Case, reference: Reference) -> Iterator[Formality]:
    agreed = last(case, chain.SCHEDULED)
    if EXTERNAL & circumstances(case, reference):
        accepted = [agreed] if agreed and agreed.values.get("external_works_accepted") is True else []
        yield _settled("external", "外部供电工程已验收", accepted, "外部供电工程还没有验收")
    yield _settled("agreed", "送电时间已商定", [agreed] if agreed else [], "还没有与客户商定送电时间")
    if chain.orders_required(case, reference):
        tasked = last(case, chain.TASKED)
        yield _settled("tasked", "送电任务已下达", [tasked] if tasked else [], "送电任务还没有下达")


def _settled(id_: str, label: str, found: Iterable[Record], why: str) -> Formality:
    at: datetime | None = max((record.stated for record in found), default=None)
    return Formality(id=id_, label=label, settled=at, why="" if at else why, customer=False)


def unready(case: Case, reference: Reference) -> str:
    """The first reason why nobody may be connected yet; "" when everything is settled."""
    waiting = (found.why for found in conditions(case, reference) if found.settled is None)
    reason = next(waiting, "")
    return f"{reason},不能送电" if reason else ""


def too_early(case: Case, context: Context) -> Iterator[Problem]:
    """送电不早于各项条件 (R3: connection before inspection, contract after energization)."""
    for found in conditions(case, context.reference):
        if found.settled is not None and found.settled > context.stated:
            yield Problem("stated", f"所填时间早于{found.label}({moment(found.settled)})")


def connection_due(case: Case, reference: Reference) -> datetime | None:
    """The first of the running limits that end with the connection; None while none runs."""
    ending = {limit.id for limit in applying_limits(case, reference) if limit.stops_on == CONNECTED}
    running = [
        limit.due
        for limit in running_limits(case, reference)
        if limit.limit in ending and limit.stopped is None and limit.due is not None
    ]
    return min(running, default=None)
