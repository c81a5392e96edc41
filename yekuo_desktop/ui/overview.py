"""What the frame of the window shows of the whole store: counts on the tabs, and the bottom line."""

from datetime import datetime
from typing import NamedTuple

from yekuo_desktop.domain.vocabulary import LIVE_STATES, STAGES
from yekuo_desktop.domain.workdays import CHINA
from yekuo_desktop.office.daybook import lines
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.handover import waiting
from yekuo_desktop.office.ports import Filter
from yekuo_desktop.ui.widgets.stage_bar import Badge


class Overview(NamedTuple):
    """One look at the store, as of ``now``."""

    now: datetime
    badges: dict[str, Badge]
    orders: int
    earliest: datetime | None
    log: int
    unsent: int  # entries that only this computer holds


def look(desk: Desk, session: Session) -> Overview:
    """Read it; in the store's lane."""
    now, store = desk.clock(), desk.store
    orders = waiting(desk, session)
    dues = [row.limit.due for row in orders if row.limit and row.limit.due]
    return Overview(
        now=now,
        badges={stage: _badge(desk, stage, now) for stage in STAGES},
        orders=len(orders),
        earliest=min(dues, default=None),
        log=len(lines(desk, now.astimezone(CHINA).date(), session.terminal)),
        unsent=store.unsent(),
    )


def _badge(desk: Desk, stage: str, now: datetime) -> Badge:
    states = tuple(sorted(LIVE_STATES))
    here = desk.store.count(Filter(stage=stage, states=states), now)
    late = desk.store.count(Filter(stage=stage, states=states, light="overdue"), now) if here else 0
    return Badge(here, late)
