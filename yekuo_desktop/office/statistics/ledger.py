"""业扩台账: one line a case, with its moments, what each node took, and whether everything was in time."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec

from yekuo_desktop.domain.case_rows import CaseRow
from yekuo_desktop.domain.deadlines.limits import UNITS, Unit
from yekuo_desktop.domain.vocabulary import STAGES, STATES, business_title
from yekuo_desktop.office.counted_ports import LedgerCourse, LedgerNode
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.listing import Shown

PAGE = 500
KEPT = {True: "按时", False: "超时", None: ""}


class LedgerRow(msgspec.Struct, frozen=True):
    """``connected`` and ``archived`` are None until then; ``kept`` until the case is archived."""

    case: CaseRow
    connected: datetime | None
    archived: datetime | None
    kept: bool | None
    nodes: tuple[LedgerNode, ...]


def ledger(
    desk: Desk,
    where: Filter,
    *,
    order: str = "accepted",
    descending: bool = False,
    limit: int = PAGE,
    offset: int = 0,
) -> list[LedgerRow]:
    """One page."""
    found = desk.store.queue(
        where, desk.clock(), order=order, descending=descending, limit=limit, offset=offset
    )
    cases = [row.case for row in found]
    ids = [case.id for case in cases]
    courses = {course.case_id: course for course in desk.store.statistics.courses(ids)}
    nodes: dict[str, list[LedgerNode]] = defaultdict(list)
    for node in desk.store.statistics.nodes(ids):
        nodes[node.case_id].append(node)
    return [_row(case, courses.get(case.id), nodes[case.id]) for case in cases]


def whole(desk: Desk, where: Filter, *, order: str = "accepted") -> Iterator[LedgerRow]:
    """Every line, page by page."""
    offset = 0
    while page := ledger(desk, where, order=order, offset=offset):
        yield from page
        offset += len(page)


def columns(desk: Desk) -> tuple[Shown, ...]:
    """What the ledger shows, in its own order."""
    organisation = desk.store.organisation()
    return (
        Shown("编号", lambda row: row.case.number, 22),
        Shown("户名", lambda row: row.case.customer, 14),
        Shown("用电地址", lambda row: row.case.address, 28),
        Shown("业务", lambda row: business_title(row.case.klass, row.case.business), 14),
        Shown("容量", lambda row: capacity(row.case), 10),
        Shown("供电所", lambda row: organisation.station_name(row.case.station), 12),
        Shown("项目经理", lambda row: organisation.person_name(row.case.manager), 10),
        Shown("环节", lambda row: STAGES.get(row.case.stage, ""), 10),
        Shown("状态", lambda row: STATES.get(row.case.state, ""), 10),
        Shown("受理", lambda row: _day(row.case.accepted), 11),
        Shown("送电", lambda row: _day(row.connected), 11),
        Shown("归档", lambda row: _day(row.archived), 11),
        Shown("各环节用时", lambda row: "；".join(map(node_words, row.nodes)), 44),
        Shown("全程", lambda row: KEPT[row.kept], 6),
    )


def node_words(node: LedgerNode) -> str:
    """What a node took: 供电方案答复 3 个工作日（超时）."""
    unit: Unit = node.unit if node.unit in UNITS else "day"
    counted = UNITS["workday"] if unit == "workday" else UNITS["day"]
    return f"{node.label} {node.days:g} {counted}{'' if node.kept else '（超时）'}"


def capacity(case: CaseRow) -> str:
    """With its unit: kVA at high voltage, kW at low."""
    return f"{case.capacity:g} {'kVA' if case.klass.startswith('hv_') else 'kW'}" if case.capacity else ""


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else ""


def _row(case: CaseRow, course: LedgerCourse | None, nodes: Sequence[LedgerNode]) -> LedgerRow:
    if course is None:
        return LedgerRow(case, None, None, None, ())
    connected, archived = (
        datetime.fromisoformat(text) if text else None for text in (course.connected, course.archived)
    )
    return LedgerRow(case, connected, archived, course.kept, tuple(nodes))
