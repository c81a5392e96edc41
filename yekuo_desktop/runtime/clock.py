"""The time of this machine: the one place where a clock is read."""

from datetime import datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "+08:00")


def now() -> datetime:
    """This moment, aware, +08:00."""
    return datetime.now(CHINA)
