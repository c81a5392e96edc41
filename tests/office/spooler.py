"""A print system in memory that behaves like CUPS: jobs come out in order, or do not."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from yekuo_desktop.office.print_ports import (
    JobState,
    Looked,
    PrinterFacts,
    PrintOrder,
    SpoolerTrouble,
    SpoolJob,
)


class PowerCut(BaseException):
    """The program is gone at this very point."""


class Printer:
    """One printer and its jobs. What came out lies in ``tray`` by job name, in order."""

    def __init__(self) -> None:
        self.facts = PrinterFacts(name="柜台", default=True, papers=frozenset({"A4"}))
        self.jobs: list[tuple[PrintOrder, SpoolJob]] = []
        self.tray: list[str] = []
        self.there = True
        self.remembers = True  # jobs that ended before ours
        self.cut_before = self.cut_after = 0  # the power goes at the n-th job, before or after it is taken

    def present(self) -> bool:
        return True

    def printers(self) -> Sequence[PrinterFacts]:
        return (self.facts,) if self.there else ()

    def send(self, order: PrintOrder) -> int:
        if not self.there:
            raise SpoolerTrouble("打印机不在")
        number = len(self.jobs) + 1
        if number == self.cut_before:
            self.cut_before = 0
            raise PowerCut
        self.jobs.append((order, SpoolJob(id=number, name=order.name, state="pending")))
        if number == self.cut_after:
            self.cut_after = 0
            raise PowerCut
        return number

    def job(self, number: int) -> SpoolJob | None:
        return next((job for _, job in self.jobs if job.id == number), None)

    def look_for(self, name: str, _printer: str, _since: datetime) -> Looked:
        found = next((job for order, job in self.jobs if order.name == name), None)
        return Looked(found, complete=self.remembers)

    def cancel(self, number: int) -> None:
        if self.jobs[number - 1][1].state == "pending":
            self.end(number, "cancelled")

    def end(self, number: int, state: JobState, **more: object) -> None:
        """A job comes to its end."""
        order, job = self.jobs[number - 1]
        self.jobs[number - 1] = (order, replace(job, state=state, **more))
        if state == "completed":
            self.tray.append(order.name)

    def print_out(self) -> None:
        """Everything that waits comes out."""
        for _, job in self.jobs[:]:
            if job.state == "pending":
                self.end(job.id, "completed", pages=1, begun=True)

    def forget(self) -> None:
        """The history of jobs is gone."""
        self.jobs, self.remembers = [], False
