"""What every page is given: the desk, who sits at it, and the lane for work behind the window."""

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import QObject

from yekuo_desktop.domain.act import Refused
from yekuo_desktop.office.desk import Desk, Session

Done = Callable[[Any], None]
Failed = Callable[[Exception], None]


class Run(Protocol):
    """Do ``work`` behind the window and bring its result back; nothing comes once the owner is gone."""

    def __call__(self, work: Callable[[], Any], done: Done, failed: Failed, owner: QObject) -> None: ...


class Counter(NamedTuple):
    """Told to each widget by its constructor."""

    desk: Desk
    session: Session
    run: Run


def reason_of(error: Exception) -> str:
    """An error in words: a refusal says why, anything else that it failed."""
    if isinstance(error, Refused):
        return ";".join(problem.text for problem in error.problems)
    return f"没有成功:{error}"
