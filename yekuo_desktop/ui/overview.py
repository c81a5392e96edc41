"""What the frame of the window shows of the whole store: counts on the tabs, and the bottom line."""

from datetime import datetime
from typing import NamedTuple

from yekuo_desktop.domain.deadlines.workdays import CHINA, bounds
from yekuo_desktop.domain.vocabulary import LIVE_STATES, STAGES
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.sync_light import SyncLight, light


class Badge(NamedTuple):
    """How many cases wait, and whether one of them is overdue."""

    waiting: int = 0
    overdue: bool = False


class Overview(NamedTuple):
    """One look at the store, as of ``now``."""

    now: datetime
    badges: dict[str, Badge]
    orders: int
    earliest: datetime | None
    log: int
    unsent: int  # entries that only this computer holds
    sync: SyncLight


def look(desk: Desk, session: Session) -> Overview:
    """Read it; in the store's lane."""
    now, store = desk.clock(), desk.store
    orders = Filter(light="undelivered")
    waiting = store.stages(sorted(LIVE_STATES), now)
    first = store.queue(orders, now, limit=1)
    return Overview(
        now=now,
        badges={stage: Badge(*waiting.get(stage, (0, False))) for stage in STAGES},
        orders=store.count(orders, now),
        earliest=first[0].limit.due if first and first[0].limit else None,
        log=store.day_count(*bounds(now.astimezone(CHINA).date()), session.terminal),
        unsent=store.unsent(),
        sync=light(desk),
    )
