"""Stretches of days that figures are counted over."""

from datetime import date, timedelta

import msgspec


class Period(msgspec.Struct, frozen=True):
    """From the first day to the last, both inclusive."""

    first: date
    last: date


def month(text: str) -> Period:
    """The month 2026-10. Raises ``ValueError``."""
    first = date.fromisoformat(f"{text}-01")
    return Period(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def month_before(today: date) -> Period:
    """The last whole month."""
    last = today.replace(day=1) - timedelta(days=1)
    return Period(last.replace(day=1), last)


def before(period: Period) -> Period:
    """The period before: the month before a whole month, otherwise as many days."""
    last = period.first - timedelta(days=1)
    if period == month(f"{period.first:%Y-%m}"):
        return Period(last.replace(day=1), last)
    return Period(last - (period.last - period.first), last)


def year_ago(period: Period) -> Period:
    """The same days of the year before; the last of February stays the last."""
    if period == month(f"{period.first:%Y-%m}"):
        return month(f"{period.first.year - 1}-{period.first:%m}")
    return Period(_year_before(period.first), _year_before(period.last))


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
