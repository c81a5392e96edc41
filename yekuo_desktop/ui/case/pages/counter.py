"""What every page is given: the desk, who sits at it, and the lane for work behind the window."""

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QObject

from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.case import Case
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.ports import TableWriter
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.ports import OfficeFiles

Done = Callable[[Any], None]
Failed = Callable[[Exception], None]


class Counter(NamedTuple):
    """Told to each widget by its constructor."""

    desk: Desk
    session: Session
    background: Background
    write_table: TableWriter
    files: OfficeFiles

    def read(self, work: Callable[[], Any], done: Done, owner: QObject) -> None:
        """Read from the store and bring the result home."""
        self.background.run(work, done, None, owner)

    def write(self, kind: str, work: Callable[[], Any], done: Done, failed: Failed, owner: QObject) -> None:
        """Do an act; the window is told which case it changed."""
        self.background.run(work, done, failed, owner, changed=lambda made: ((kind,), _cases(made)))


def _cases(made: Any) -> tuple[str, ...]:
    """The cases that the result of an act is about."""
    if isinstance(made, Case):
        return (made.id,)
    case = getattr(made, "case", None)
    if isinstance(case, Case):
        return (case.id,)
    return tuple(case.id for case in getattr(made, "cases", ()))


def reason_of(error: Exception) -> str:
    """An error in words: a refusal says why, anything else that it failed."""
    if isinstance(error, Refused):
        return ";".join(problem.text for problem in error.problems)
    return f"没有成功:{error}"
