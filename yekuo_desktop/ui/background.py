"""Work behind the window, brought home to it: what the lanes do and what becomes of the results.

Callbacks stay in the window's thread; only plain values cross. What a dead widget asked for is thrown
away, but what was committed for it is still announced.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Executor, Future
from itertools import count
from threading import Event
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from yekuo_desktop.ui.lanes import Lanes
from yekuo_desktop.ui.sweeping import Sweeper

log = logging.getLogger(__name__)
Done = Callable[[Any], None]
Failed = Callable[[Exception], None]
Changed = Callable[[Any], tuple[tuple[str, ...], tuple[str, ...]]]


class Cancelled(Exception):
    """The person stopped a long piece of work."""


class Progress(Protocol):
    """Told by long work how far it is. Raises ``Cancelled`` once the person has stopped it."""

    def __call__(self, done: int, total: int, text: str = "") -> None: ...


class Job(NamedTuple):
    """A piece of work under way."""

    number: int
    title: str
    stop: Event

    def cancel(self) -> None:
        """Ask it to stop at its next step."""
        self.stop.set()


class _Asked(NamedTuple):
    """Kept by the window's thread until the answer is home: what a closure holds, a widget perhaps, is
    let go there and not in the worker."""

    work: Callable[[], Any]
    done: Done | None
    failed: Failed | None
    owner: QObject | None
    changed: Changed | None
    quiet: bool = False


class Background(QObject):
    """Runs work and brings results home. One per program; shut down explicitly."""

    committed = Signal(tuple, tuple)  # kinds of entries, ids of cases
    progressed = Signal(int, int, int, str)  # job, done, total (0: unknown), text
    started = Signal(int, str)  # job with a title
    ended = Signal(int)
    crashed = Signal(object)  # an exception nobody took
    settled = Signal()  # nothing is under way any more
    _finished = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None, lanes: Lanes | None = None) -> None:
        """``lanes``: those a start is already using."""
        super().__init__(parent)
        self._lanes = lanes or Lanes()
        self._numbers = count(1)
        self._asked: dict[int, _Asked] = {}
        self._jobs: dict[int, Job] = {}
        self._closed = False
        self._sweeper = Sweeper(self)  # begins with the first answer that comes home
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether anything asked for has not come back yet; a line that waits is not busy."""
        return any(not asked.quiet for asked in self._asked.values())

    def run(
        self,
        work: Callable[[], Any],
        done: Done | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
        *,
        changed: Changed | None = None,
    ) -> None:
        """Work on the store, in the order asked. ``changed`` says what a result has committed."""
        self._start(self._lanes.store, _Asked(work, done, failed, owner, changed))

    def follow(self, begun: "Future[Any]", done: Done, failed: Failed, owner: QObject) -> None:
        """Bring home what a lane was given before there was a window."""
        number = next(self._numbers)
        self._asked[number] = _Asked(begun.result, done, failed, owner, None)
        begun.add_done_callback(lambda _: self._perform(number))

    def files(
        self,
        work: Callable[[], Any],
        done: Done | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        """Work on files or pages, beside the store. ``quiet``: nobody waits for it."""
        self._start(self._lanes.files, _Asked(work, done, failed, owner, None, quiet))

    def line(
        self,
        work: Callable[[], Any],
        done: Done | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
        *,
        changed: Changed | None = None,
        quiet: bool = False,
    ) -> None:
        """Work on the line to the centre, which may take as long as it likes. ``quiet``: it only waits."""
        self._start(self._lanes.line, _Asked(work, done, failed, owner, changed, quiet))

    def job(
        self,
        title: str,
        work: Callable[[Progress], Any],
        then: Done | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
        *,
        changed: Changed | None = None,
    ) -> Job:
        """Long work with progress, which can be cancelled; it uses the pool and leaves the lane free."""
        job = Job(next(self._numbers), title, Event())
        self._jobs[job.number] = job
        self.started.emit(job.number, title)

        def report(done: int, total: int, text: str = "") -> None:
            if job.stop.is_set():
                raise Cancelled
            self.progressed.emit(job.number, done, total, text)

        asked = _Asked(lambda: work(report), then, failed, owner, changed)
        self._start(self._lanes.files, asked, job.number)
        return job

    def cancel(self, number: int) -> None:
        """Stop a long piece of work."""
        if number in self._jobs:
            self._jobs[number].cancel()

    def shutdown(self) -> None:
        """Finish the queued writes, stop long work, end the threads. Nothing is delivered afterwards."""
        self._closed = True
        for job in self._jobs.values():
            job.cancel()
        self._lanes.shutdown()
        self._sweeper.stop()
        self._asked.clear()

    def _start(self, lane: Executor, asked: _Asked, number: int = 0) -> None:
        if self._closed:
            return
        number = number or next(self._numbers)
        self._asked[number] = asked
        lane.submit(self._perform, number)

    def _perform(self, number: int) -> None:
        """In the worker: everything it raises travels home as a value."""
        try:
            result, error = self._asked[number].work(), None
        except Exception as caught:
            result, error = None, caught
        self._finished.emit(number, result, error)

    def _deliver(self, number: int, result: Any, error: Exception | None) -> None:
        self._sweeper.start()
        asked = self._asked.pop(number, None)
        if self._jobs.pop(number, None):
            self.ended.emit(number)
        if asked is not None:
            self._hand_over(asked, result, error)
        if not self.busy:
            self.settled.emit()

    def _hand_over(self, asked: _Asked, result: Any, error: Exception | None) -> None:
        if error is None and asked.changed is not None:
            self.committed.emit(*asked.changed(result))
        if asked.owner is not None and not isValid(asked.owner):
            return
        if error is None:
            if asked.done is not None:
                asked.done(result)
        elif asked.failed is not None:
            asked.failed(error)
        elif not isinstance(error, Cancelled):
            log.error("background work failed", exc_info=error)
            self.crashed.emit(error)
