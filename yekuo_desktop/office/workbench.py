"""工作台: what a person opens first in the morning, by role. Every number is the length of a list."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.people import Person, Role
from yekuo_desktop.domain.vocabulary import LIVE_STATES
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.ports import QueueRow

SHOWN = 50
MOST = 8  # cards side by side
LIVE = tuple(sorted(LIVE_STATES))
STAGES_OF: dict[Role, tuple[str, ...]] = {
    Role.REVIEWER: ("survey",),
    Role.APPROVER: ("survey",),
    Role.INSPECTOR: ("design", "construction", "completion"),
    Role.METERING: ("energization",),
    Role.CONTRACTS: ("construction",),
    Role.DISPATCHER: ("energization",),
    Role.ARCHIVIST: ("archive",),
}
"""Where the work of those lies who look after no case of their own."""


class Day(NamedTuple):
    """Who looks, today and the next working day."""

    person: Person
    today: date
    next: date

    @property
    def stages(self) -> tuple[str, ...]:
        """Of the person's roles."""
        return tuple(dict.fromkeys(stage for role in self.person.roles for stage in STAGES_OF.get(role, ())))


class CardKind(NamedTuple):
    """One card as it is declared: its words where there is something and where there is nothing, and its
    list. ``urgency`` colours it: error, warning or nothing."""

    id: str
    title: str
    hint: str
    nothing: str
    where: Callable[[Day], Filter]
    urgency: str = ""


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """One number of the work bench, with the first of its list behind it."""

    id: str
    title: str
    hint: str
    nothing: str
    urgency: str
    where: Filter
    count: int
    rows: Sequence[QueueRow]


class Bench(msgspec.Struct, frozen=True):
    """The cards of one person's morning, and the one to begin with: the first that counts something."""

    cards: tuple[Card, ...]
    shown: str

    def card(self, id_: str) -> Card:
        """The card of that id."""
        return next(card for card in self.cards if card.id == id_)


def _mine(day: Day) -> Filter:
    return Filter(states=LIVE, person=day.person.id)


def _managed(day: Day, **more: object) -> Filter:
    return Filter(manager=day.person.id, **more)  # type: ignore[arg-type]


def _waiting(day: Day, **more: object) -> Filter:
    return Filter(states=LIVE, stages=day.stages, **more)  # type: ignore[arg-type]


KINDS = {
    kind.id: kind
    for kind in (
        CardKind(
            *("overdue", "已超时", "先办这些，并写明原因", "没有超时的业务"),
            lambda day: Filter(light="overdue"),
            "error",
        ),
        CardKind(
            *("due_today", "今日到期", "今天下班前办完", "今天没有到期的环节"),
            lambda day: Filter(light="today"),
            "warning",
        ),
        CardKind(
            *("due_next", "次日到期", "早作安排", "次日没有到期的环节"),
            lambda day: Filter(due_from=day.next, due_to=day.next),
        ),
        CardKind(
            *("undelivered", "未签收工单", "等待签收", "工单都已签收"),
            lambda day: Filter(light="undelivered"),
            "warning",
        ),
        CardKind(
            *("registered", "待正式受理", "等待办理", "没有等待受理的申请"),
            lambda day: Filter(states=("registered",)),
        ),
        CardKind(
            *("owed", "容缺待补", "催客户补齐资料", "没有欠缺的资料"),
            lambda day: Filter(reminder="owed"),
        ),
        CardKind(
            *("mine", "我的业务", "经我受理或由我负责", "没有我的在途业务"),
            _mine,
        ),
        CardKind(
            *("my_overdue", "我的超时", "先办这些，并写明原因", "我负责的业务没有超时"),
            lambda day: _managed(day, light="overdue"),
            "error",
        ),
        CardKind(
            *("my_today", "我的今日到期", "今天下班前办完", "今天没有到期的环节"),
            lambda day: _managed(day, light="today"),
            "warning",
        ),
        CardKind(
            *("my_next", "我的次日到期", "早作安排", "次日没有到期的环节"),
            lambda day: _managed(day, due_from=day.next, due_to=day.next),
        ),
        CardKind(
            *("to_sign", "等我签收", "收到后扫码签收", "没有等我签收的工单"),
            lambda day: _managed(day, light="undelivered"),
            "warning",
        ),
        CardKind(
            *("expiring", "方案有效期内", "到期前办理，或办延期", "没有有效期内的方案"),
            lambda day: _managed(day, states=LIVE, reminder="expiring"),
        ),
        CardKind(
            *("returned", "退回给我的", "按退回的原因重办", "没有退回给我的记录"),
            lambda day: Filter(reminder="returned", reminded=day.person.id),
            "warning",
        ),
        CardKind(
            *("waiting", "等我办理", "我的岗位上的业务", "我的岗位上没有在途业务"),
            _waiting,
        ),
        CardKind(
            *("waiting_overdue", "岗位上已超时", "先办这些，并写明原因", "我的岗位上没有超时的业务"),
            lambda day: _waiting(day, light="overdue"),
            "error",
        ),
        CardKind(
            *("waiting_today", "岗位上今日到期", "今天下班前办完", "我的岗位上今天没有到期的环节"),
            lambda day: _waiting(day, light="today"),
            "warning",
        ),
        CardKind(
            *("audited", "稽查待答复", "等责任人答复", "没有等待答复的稽查工单"),
            lambda day: Filter(reminder="audited"),
            "warning",
        ),
        CardKind(
            *("my_audited", "稽查待我答复", "请核实后答复", "没有等我答复的工单"),
            lambda day: Filter(reminder="audited", reminded=day.person.id),
            "warning",
        ),
    )
}
OF_ROLE: dict[Role, tuple[str, ...]] = {
    Role.CLERK: (
        *("overdue", "due_today", "undelivered", "registered", "mine"),
        *("my_audited", "owed", "due_next"),
    ),
    Role.SUPERVISOR: (
        *("overdue", "due_today", "undelivered", "registered", "mine"),
        *("my_audited", "owed", "due_next"),
    ),
    Role.PROJECT_MANAGER: (
        *("my_overdue", "my_today", "to_sign", "returned", "mine"),
        *("my_audited", "my_next", "expiring"),
    ),
    Role.AUDITOR: ("audited", "overdue", "undelivered", "due_today", "owed"),
    Role.ADMINISTRATOR: ("overdue", "due_today", "undelivered", "registered", "mine"),
}
AT_A_STAGE = ("waiting_overdue", "waiting_today", "returned", "waiting", "my_audited", "mine")
"""What those see whose work is a stage's."""


def kinds_of(person: Person) -> tuple[CardKind, ...]:
    """The cards of a person, those of the first role first; who holds several roles sees of each what there
    is room for."""
    wanted = [OF_ROLE.get(role, AT_A_STAGE) for role in person.roles] or [("mine",)]
    ids = dict.fromkeys(id_ for of in wanted for id_ in of)
    return tuple(KINDS[id_] for id_ in ids)[:MOST]


def bench(desk: Desk, session: Session) -> Bench:
    """Everything the work bench shows, as of now."""
    today = desk.clock().astimezone(CHINA).date()
    day = Day(session.person, today, desk.reference.calendar.next_workday(today))
    cards = tuple(_card(desk, kind, kind.where(day)) for kind in kinds_of(day.person))
    ids = [card.id for card in cards]
    resting = "mine" if "mine" in ids else ids[0]
    return Bench(cards, next((card.id for card in cards if card.count), resting))


def _card(desk: Desk, kind: CardKind, where: Filter) -> Card:
    now = desk.clock()
    count = desk.store.count(where, now)
    return Card(
        id=kind.id,
        title=kind.title,
        hint=kind.hint,
        nothing=kind.nothing,
        urgency=kind.urgency,
        where=where,
        count=count,
        rows=desk.store.queue(where, now, limit=SHOWN) if count else (),
    )
