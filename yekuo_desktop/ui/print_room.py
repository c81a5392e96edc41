"""Keeps the print queue moving while the window is open, a short step at a time, behind the window."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from yekuo_desktop.domain.print_rows import PrintRow
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.ports import Pages

with later():
    from yekuo_desktop.office import print_queue, print_run
    from yekuo_desktop.ui import printing

JOB, TITLE = 0, "打印"  # beside the jobs of the background, which count from 1
SOON_MS, LATER_MS = 400, 3000  # while sheets come out; while a printer is off


class PrintRoom(QObject):
    """``stood`` says how the queue stands (a ``Standing``), ``said`` what became of a batch."""

    stood = Signal(object)
    said = Signal(str, str)
    started = Signal(int, str)  # as ``Background`` tells of its jobs, under the number ``JOB``
    progressed = Signal(int, int, int, str)
    ended = Signal(int)
    unsure = Signal(str, tuple)  # a batch whose sheets a person must look for: words, and their rows

    def __init__(
        self,
        desk: Desk,
        background: Background,
        pages: Pages,
        parent: QObject | None = None,
        *,
        make: "Callable[[printing.Errand], Any] | None" = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._background, self._pages, self._make = desk, background, pages, make
        self._batches: set[str] = set()
        self._busy = self._stopped = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.step)

    @property
    def batches(self) -> frozenset[str]:
        """The batches that may go on."""
        return frozenset(self._batches)

    def release(self, batches: Sequence[str]) -> None:
        """Let these batches go on."""
        if not self._batches and batches:
            self.started.emit(JOB, TITLE)
        self._batches.update(batches)
        self.step()

    def hold(self, job: int = JOB) -> None:
        """Send nothing more; what is at the printer comes out, the rest stays in the queue."""
        if job == JOB and self._batches:
            self._let_go()
            self.said.emit("打印已停下，没有送打印机的单据还在打印队列里", "warning")

    def _let_go(self) -> None:
        self._batches.clear()
        self.ended.emit(JOB)

    def stop(self) -> None:
        """The window closes."""
        self._stopped = True
        self._timer.stop()

    def step(self) -> None:
        """One step now, unless one is under way."""
        if self._busy or self._stopped:
            return
        self._busy = True
        self._timer.stop()
        desk, batches = self._desk, self.batches
        self._background.files(lambda: print_run.advance(desk, batches), self._stood, self._failed, self)

    def _stood(self, standing: "print_run.Standing") -> None:
        self._busy = False
        self.stood.emit(standing)
        if self._batches:
            counted = standing.tally
            self.progressed.emit(JOB, counted.printed + counted.maybe, counted.whole, standing.trouble)
        if standing.ready is not None:
            self._paint(standing.ready)
        elif standing.waiting or standing.active:
            self._wait(LATER_MS if standing.trouble else 0 if standing.moved else SOON_MS)
        elif self._batches:
            self._tell()

    def _wait(self, milliseconds: int) -> None:
        if not self._stopped:
            self._timer.start(milliseconds)

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self.said.emit(f"打印队列停下了：{words_of(error)}", "error")

    def _tell(self) -> None:
        """The released batches are through: say how they ended, and let them go."""
        desk, batches = self._desk, self.batches
        self._let_go()

        def read() -> list[PrintRow]:
            return [row for batch in batches for row in desk.store.prints.rows(batch=batch)]

        self._background.files(read, self._tell_outcome, self._failed, self)

    def _tell_outcome(self, rows: Sequence[PrintRow]) -> None:
        words, tone = print_queue.outcome(rows)
        unsure = tuple(row.id for row in rows if row.state == "sent")
        if unsure and tone == "good":
            self.unsure.emit(words, unsure)
        else:
            self.said.emit(words, tone)

    def _paint(self, row: PrintRow) -> None:
        """Claim the sheet on disk, then paint it through Qt."""
        desk, self._busy = self._desk, True

        def take() -> tuple[PrintRow | None, bytes, int]:
            pdf = desk.store.prints.pdf(row.id)
            return print_run.claim(desk, row), pdf, row.pages or self._pages.count(pdf)

        self._background.files(take, lambda taken: self._take(*taken), self._failed, self)

    def _take(self, row: PrintRow | None, pdf: bytes, pages: int) -> None:
        if row is None:
            self._went()
            return
        run = printing.PrintRun(pdf, self._pages, self._background, self, make=self._make)
        run.finished.connect(partial(self._keep, run, partial(print_run.painted, self._desk, row)))
        run.failed.connect(
            lambda words, given: self._keep(run, partial(print_run.broken, self._desk, row, words, given))
        )
        run.start(printing.Errand(row.printer, row.duplex, row.job_name), pages)

    def _keep(self, run: "printing.PrintRun", save: "partial[PrintRow]") -> None:
        run.deleteLater()
        self._background.files(save, lambda _row: self._went(), self._failed, self)

    def _went(self) -> None:
        self._busy = False
        self.step()
