"""工作台: what is due, what is on its way, what waits for me."""

from collections.abc import Sequence

import msgspec

from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.ports import Filter, QueueRow

SHOWN = 50


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """One number of the work bench, with its list behind it."""

    title: str
    hint: str
    where: Filter
    count: int
    rows: Sequence[QueueRow]


class Bench(msgspec.Struct, frozen=True, kw_only=True):
    """The cards of one person's morning."""

    overdue: Card
    due_today: Card
    undelivered: Card
    registered: Card
    mine: Card

    def cards(self) -> tuple[Card, ...]:
        """In the order of urgency."""
        return (self.overdue, self.due_today, self.undelivered, self.registered, self.mine)


def bench(desk: Desk, session: Session) -> Bench:
    """Everything the work bench shows, as of now."""
    live = ("registered", "open", "suspended")
    me = session.person.id
    return Bench(
        overdue=_card(desk, "已超时", "没有超时的业务", Filter(light="overdue")),
        due_today=_card(desk, "今日到期", "今天没有到期的环节", Filter(light="today")),
        undelivered=_card(desk, "未签收的纸质工单", "工单都已签收", Filter(light="undelivered")),
        registered=_card(desk, "待正式受理", "没有等待受理的申请", Filter(states=("registered",))),
        mine=_card(desk, "我的业务", "没有经我办理的在途业务", Filter(states=live, person=me)),
    )


def _card(desk: Desk, title: str, hint: str, where: Filter) -> Card:
    now = desk.clock()
    rows = desk.store.queue(where, now, limit=SHOWN)
    return Card(title=title, hint=hint, where=where, count=desk.store.count(where, now), rows=rows)
