"""One line of the print queue: which printing of which sheet, how far it got, and how sure that is.

待打印 → 已生成 → 已送打印机 → 已确认, or 失败. Each step is on disk before the next begins, so that after
a power cut the queue still says what came out for certain, what may have come out, and what did not.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, get_args

import msgspec
from msgspec.structs import replace

State = Literal["waiting", "made", "sending", "sent", "done", "failed", "cancelled"]
Surety = Literal["printed", "maybe", "not"]

WORDS: dict[State, str] = {
    "waiting": "待打印",
    "made": "已生成",
    "sending": "正在送打印机",
    "sent": "已送打印机",
    "done": "已确认",
    "failed": "失败",
    "cancelled": "已取消",
}
OPEN: tuple[State, ...] = ("waiting", "made", "sending", "sent", "failed")
"""Rows somebody still has to see to."""
UNSENT: tuple[State, ...] = ("waiting", "made")
AT_PRINTER: tuple[State, ...] = ("sending", "sent")
PRINT_SYSTEM = "system"
"""Who confirmed a row that no person looked at."""


class PrintRow(msgspec.Struct, frozen=True, kw_only=True):
    """One printing of one sheet, or of a list that belongs to no case (then ``case_id`` is "").

    ``copy`` counts from 1; ``reprint`` 0 is the first printing. ``job`` is the print system's number, 0
    where it gives none. ``torn``: it failed after the printer had begun. ``settled_by``: the person, or
    ``PRINT_SYSTEM``, that said it is out of the printer.
    """

    id: str
    batch: str
    place: int
    title: str
    sheet_no: str
    case_id: str = ""
    number: str = ""
    customer: str = ""
    reprint: int = 0
    copy: int = 1
    printer: str = ""
    duplex: bool = False
    state: State = "waiting"
    reason: str = ""
    job: int = 0
    pages: int = 0
    printed_pages: int = 0
    torn: bool = False
    attempts: int = 0
    digest: str = ""  # SHA-256 of the PDF that was sent
    asked: datetime
    asked_by: str
    changed: datetime
    settled_by: str = ""

    @property
    def printing(self) -> str:
        """What must never come out twice unmarked: this copy of this printing of the sheet. A row that
        was taken back before it came out no longer stands in the way."""
        free = not self.case_id or (self.state == "cancelled" and not self.torn)
        return self.id if free else f"{self.sheet_no}/{self.reprint}/{self.copy}"

    @property
    def surety(self) -> Surety:
        """Whether it came out: for certain, perhaps, or certainly not."""
        if self.state == "done":
            return "printed"
        return "maybe" if self.torn or self.state in AT_PRINTER else "not"

    @property
    def job_name(self) -> str:
        """ASCII, the same in every attempt: by it the print system is asked after a crash."""
        return f"yekuo-{self.id}"

    def now(self, state: State, at: datetime, reason: str = "", **more: object) -> "PrintRow":
        """The row in another state, as of ``at``."""
        return replace(self, state=state, changed=at, reason=reason, **more)


class Tally(msgspec.Struct, frozen=True):
    """How many rows are out for certain, perhaps, or not, and how many of the last failed."""

    printed: int = 0
    maybe: int = 0
    missing: int = 0
    failed: int = 0

    @property
    def whole(self) -> int:
        """All of them."""
        return self.printed + self.maybe + self.missing

    def words(self) -> str:
        """For the person who comes back to an interrupted batch."""
        failed = f"(其中失败 {self.failed} 张)" if self.failed else ""
        return f"确定已印出 {self.printed} 张,可能已印出 {self.maybe} 张,没有印出 {self.missing} 张{failed}"


def tally(rows: Iterable[PrintRow]) -> Tally:
    """The rows counted; cancelled ones are nobody's business any more."""
    found = [row for row in rows if row.state != "cancelled" or row.torn]
    sure = [row.surety for row in found]
    failed = sum(row.state == "failed" and not row.torn for row in found)
    return Tally(sure.count("printed"), sure.count("maybe"), sure.count("not"), failed)


ALL_STATES: tuple[State, ...] = get_args(State)
