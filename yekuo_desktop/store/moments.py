"""Moments as text whose order is the order of time."""

from datetime import datetime
from functools import lru_cache
from typing import overload

from yekuo_desktop.domain.deadlines.workdays import CHINA


@overload
def text(moment: datetime) -> str: ...
@overload
def text(moment: None) -> None: ...
def text(moment: datetime | None) -> str | None:
    """+08:00, with microseconds, always equally long."""
    return _text(moment) if moment else None


@lru_cache(maxsize=1000)
def _text(moment: datetime) -> str:
    """The same few moments come with every row a commit derives."""
    return moment.astimezone(CHINA).isoformat(timespec="microseconds")


moment = datetime.fromisoformat
"""The moment in stored text."""
