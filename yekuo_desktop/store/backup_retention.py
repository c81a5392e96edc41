"""Which backups stay: a pure rule over the moments they were made."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import msgspec


class Retention(msgspec.Struct, frozen=True):
    """How many days, weeks and months keep their newest backup, counted over those that have one."""

    daily: int = 7
    weekly: int = 4
    monthly: int = 12


RETENTION = Retention()
AHEAD = timedelta(days=1)  # a backup from further in the future says that a clock was wrong, not its age
Period = Callable[[datetime], object]


def kept(made: Iterable[datetime], now: datetime, keep: Retention = RETENTION) -> set[datetime]:
    """The moments whose backups stay: the newest one, and the newest of each of the last days, weeks and
    months that have any. No backup goes for its age alone, and none for a date that cannot be trusted."""
    newest_first = sorted(set(made), reverse=True)
    past = [at for at in newest_first if at <= now + AHEAD]
    chosen = {at for at in newest_first if at > now + AHEAD} | set(past[:1])
    for period, count in ((_day, keep.daily), (_week, keep.weekly), (_month, keep.monthly)):
        chosen |= _newest_of(past, period, count)
    return chosen


def _newest_of(newest_first: Iterable[datetime], period: Period, count: int) -> set[datetime]:
    found: dict[object, datetime] = {}
    for at in newest_first:
        found.setdefault(period(at), at)
    return set(list(found.values())[:count])


def _day(at: datetime) -> object:
    return at.date()


def _week(at: datetime) -> object:
    return at.isocalendar()[:2]


def _month(at: datetime) -> object:
    return at.year, at.month
