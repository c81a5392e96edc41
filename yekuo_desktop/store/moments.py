"""Moments as text whose order is the order of time."""

from datetime import datetime
from typing import overload

from yekuo_desktop.domain.workdays import CHINA


@overload
def text(moment: datetime) -> str: ...
@overload
def text(moment: None) -> None: ...
def text(moment: datetime | None) -> str | None:
    """+08:00, with microseconds, always equally long."""
    return moment.astimezone(CHINA).isoformat(timespec="microseconds") if moment else None


def moment(stored: str) -> datetime:
    """The moment in stored text."""
    return datetime.fromisoformat(stored)
