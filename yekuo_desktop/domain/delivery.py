"""The way of the stamped paper work order: dispatched with a hand-over list, signed for by the
project manager. Its clock of one working day stops when he signs and not before (seed document). Who goes on
with the case: another project manager, another station, which signs for the papers it is sent."""

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain.act import Act, Context
from yekuo_desktop.domain.case import Case, Delivery, Event
from yekuo_desktop.domain.casework import DESK
from yekuo_desktop.domain.deadlines.limits import PAPERS, PAPERS_RECEIVED, PAPERS_SENT
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.people import COUNTER, Person, Role


class Dispatch(msgspec.Struct, frozen=True):
    """The sheet leaves the counter on a hand-over list, carried by somebody."""

    list_no: str
    carrier: str


class Receipt(msgspec.Struct, frozen=True):
    """The project manager signs for the sheet; ``how`` is "scan" or "program"."""

    sheet_no: str
    how: str


class Reassignment(msgspec.Struct, frozen=True):
    """Another project manager takes the work order."""

    project_manager: str
    reason: str


class Transfer(msgspec.Struct, frozen=True):
    """Another station goes on with the case. ``project_manager`` "" keeps the present one."""

    station: str
    reason: str
    project_manager: str = ""


class PapersReceipt(msgspec.Struct, frozen=True):
    """The station that goes on with a case has its papers; ``found``: all of them, or what was lacking."""

    found: str


def papers_under_way(case: Case) -> bool:
    """Whether another station was given the case and has not signed for its papers yet."""
    told = [event.name for event in case.events if event.name in PAPERS]
    return bool(told) and told[-1] == PAPERS_SENT


def _no_papers_for(case: Case, actor: Person) -> str:
    if not papers_under_way(case):
        return "没有正在移交的资料"
    return "" if actor.station == case.station else "移交的资料由接收的供电所签收"


def _papers_counted(case: Case, payload: PapersReceipt, context: Context) -> Iterable[Problem]:
    if not payload.found.strip():
        yield Problem("found", "请写明清点情况")
    yield from _after_papers(case, context)


def _after_papers(case: Case, context: Context) -> Iterable[Problem]:
    """The papers are sent, received and sent on in the order of time."""
    last = max((event.stated for event in case.events if event.name in PAPERS), default=None)
    if last is not None and context.stated < last:
        yield Problem("stated", f"所填时间早于资料的上一次移交或签收({last:%m-%d %H:%M})")


def _undelivered(case: Case) -> Iterable[Problem]:
    if case.delivery is None:
        yield Problem("", "还没有出具纸质工单")
    elif case.delivery.received:
        yield Problem("", f"工单已于 {case.delivery.received:%m-%d %H:%M} 签收")


def _dispatch_guard(case: Case, payload: Dispatch, _context: Context) -> Iterable[Problem]:
    yield from _undelivered(case)
    if not payload.carrier.strip():
        yield Problem("carrier", "请填写递送人")


def _receipt_guard(case: Case, payload: Receipt, context: Context) -> Iterable[Problem]:
    yield from _undelivered(case)
    if case.delivery is None:
        return
    if context.actor.id != case.delivery.project_manager:
        name = context.organisation.person_name(case.delivery.project_manager)
        yield Problem("", f"这张工单的项目经理是{name},须由本人签收")
    if payload.sheet_no != case.delivery.sheet_no:
        yield Problem("sheet_no", f"有效的工单是 {case.delivery.sheet_no},这一张已被替换")
    sent = case.delivery.dispatched
    if sent and context.stated < sent:
        yield Problem("stated", "签收时间早于交接时间")


def _reassign_guard(case: Case, payload: Reassignment, context: Context) -> Iterable[Problem]:
    yield from _undelivered(case)
    if not payload.reason.strip():
        yield Problem("reason", "请写明原因")
    if payload.project_manager == case.project_manager:
        yield Problem("project_manager", "已经是这位项目经理")
    yield from project_manager_problems(payload.project_manager, context)


def project_manager_problems(person_id: str, context: Context) -> Iterable[Problem]:
    """Whether a work order may be addressed to that person."""
    person = context.organisation.people.get(person_id)
    if person is None or not person.active or Role.PROJECT_MANAGER not in person.roles:
        yield Problem("project_manager", "请选择客户项目经理")


def _dispatch(case: Case, payload: Dispatch, entry: Entry) -> Case:
    if case.delivery is None:
        return case
    sent = replace(case.delivery, list_no=payload.list_no, carrier=payload.carrier, dispatched=entry.stated)
    return replace(case, delivery=sent)


def _receive(case: Case, payload: Receipt, entry: Entry) -> Case:
    """Signed for: the clock stops and the case goes on to survey."""
    if case.delivery is None:
        return case
    signed = replace(case.delivery, received=entry.stated, received_by=entry.actor, how=payload.how)
    event = Event("work_order_received", entry.stated, entry.recorded, entry.id)
    return replace(case, delivery=signed, events=(*case.events, event), stage="survey")


def _reassign(case: Case, payload: Reassignment, _entry: Entry) -> Case:
    delivery = case.delivery
    if delivery is not None:
        delivery = Delivery(sheet_no=delivery.sheet_no, project_manager=payload.project_manager)
    return replace(case, project_manager=payload.project_manager, delivery=delivery)


def _transfer_guard(case: Case, payload: Transfer, context: Context) -> Iterable[Problem]:
    if not payload.reason.strip():
        yield Problem("reason", "请写明原因")
    if payload.station == case.station or payload.station not in {
        s.code for s in context.organisation.stations
    }:
        yield Problem("station", "请选择另一个供电所")
    yield from _after_papers(case, context)
    if payload.project_manager:
        yield from project_manager_problems(payload.project_manager, context)


def _transfer(case: Case, payload: Transfer, entry: Entry) -> Case:
    """The papers go to the other station; a work order nobody has signed for to the new project manager."""
    manager, delivery = payload.project_manager or case.project_manager, case.delivery
    if delivery is not None and not delivery.received and delivery.project_manager != manager:
        delivery = Delivery(sheet_no=delivery.sheet_no, project_manager=manager)
    events = (*case.events, Event(PAPERS_SENT, entry.stated, entry.recorded, entry.id))
    return replace(case, station=payload.station, project_manager=manager, delivery=delivery, events=events)


def _receive_papers(case: Case, _payload: PapersReceipt, entry: Entry) -> Case:
    event = Event(PAPERS_RECEIVED, entry.stated, entry.recorded, entry.id)
    return replace(case, events=(*case.events, event))


DISPATCH = Act(
    kind="work_order.dispatched",
    label="交接工单",
    payload=Dispatch,
    roles=COUNTER,
    states=frozenset({"open", "suspended"}),
    guard=_dispatch_guard,
    apply=_dispatch,
    words=lambda payload: f"工单交 {payload.carrier} 递送,交接清单 {payload.list_no}",
)
RECEIVE = Act(
    kind="work_order.received",
    label="签收工单",
    payload=Receipt,
    roles=frozenset({Role.PROJECT_MANAGER}),
    states=frozenset({"open", "suspended"}),
    guard=_receipt_guard,
    apply=_receive,
    words=lambda payload: (
        f"项目经理签收工单 {payload.sheet_no}" + ("(扫码)" if payload.how == "scan" else "")
    ),
)
REASSIGN = Act(
    kind="work_order.reassigned",
    label="改派项目经理",
    payload=Reassignment,
    roles=DESK,
    states=frozenset({"open", "suspended"}),
    guard=_reassign_guard,
    apply=_reassign,
    words=lambda payload: f"改派项目经理:{payload.reason}",
)
TRANSFER = Act(
    kind="case.transferred",
    label="移交其他供电所",
    payload=Transfer,
    roles=frozenset({Role.SUPERVISOR}),
    states=frozenset({"open", "suspended"}),
    guard=_transfer_guard,
    apply=_transfer,
    words=lambda payload: f"移交 {payload.station}:{payload.reason}",
)
RECEIVE_PAPERS = Act(
    kind="papers.received",
    label="接收移交资料",
    payload=PapersReceipt,
    roles=DESK,
    guard=_papers_counted,
    blocked=lambda case, actor, _reference: _no_papers_for(case, actor),
    apply=_receive_papers,
    words=lambda payload: f"接收移交资料:{payload.found}",
)
ACTS = (DISPATCH, RECEIVE, REASSIGN, TRANSFER, RECEIVE_PAPERS)
