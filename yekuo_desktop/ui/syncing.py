"""The window's side of the line: contact, wait for news, contact again; after a failure a pause."""

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.sync_light import SyncLight
from yekuo_desktop.office.sync_ports import Went
from yekuo_desktop.ui.background import Background

WAIT_SECONDS = 50  # of one long poll
FIRST_MS = 1500  # after the window is there
SOON_MS = 300  # several acts in a row are sent together


class Syncing(QObject):
    """``changed`` when a contact began or ended. One per window; ``stop`` hangs up."""

    changed = Signal()

    def __init__(self, desk: Desk, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._background = desk, background
        self.busy = self._waiting = self._stopped = False
        self.last: Went | None = None
        self._started = False
        self._next = QTimer(self, singleShot=True)
        self._next.timeout.connect(self._begin)

    def seen(self, light: SyncLight) -> None:
        """The store was looked at: begin, once there is a centre. The light is moving while we are."""
        if light.kind != "alone" and not self._started:
            self._started = True
            self._later(FIRST_MS)

    def stop(self) -> None:
        """Hang up; nothing begins any more."""
        self._stopped = True
        self._next.stop()
        self._desk.line.close()

    def now(self) -> None:
        """Somebody wants it at once, whatever pause there was."""
        self._started = True
        if self._waiting:
            self._desk.line.interrupt()
        else:
            self._later(0)

    def written(self) -> None:
        """Something was written here: it is sent soon, unless there is no line anyway."""
        if self.busy or self._stopped or not self._started:
            return
        if self._waiting:
            self._desk.line.interrupt()
        elif self.last is None or not self.last.trouble:
            self._later(SOON_MS)

    def _later(self, ms: int) -> None:
        if not self._stopped and not self.busy and not self._waiting:
            self._next.start(ms)

    def _begin(self) -> None:
        if self._stopped or self.busy:
            return
        self.busy = True
        self.changed.emit()
        self._background.line(self._desk.line.contact, self._went, self._failed, self, changed=_committed)

    def _went(self, went: Went) -> None:
        self.busy, self.last = False, went
        self.changed.emit()
        if self._stopped:
            return
        if went.trouble:
            self._later(round(self._desk.line.pause(went) * 1000))
            return
        self._waiting = True
        self._background.line(
            lambda: self._desk.line.wait(WAIT_SECONDS), self._woken, self._failed, self, quiet=True
        )

    def _woken(self, reached: bool) -> None:
        self._waiting = False
        if not self._stopped:
            self._later(0 if reached else round(self._desk.line.pause(Went()) * 1000))

    def _failed(self, error: Exception) -> None:
        """A fault of ours: said once, tried again after the longest pause."""
        self._waiting = False
        self._went(Went(trouble=str(error), retry=600))


def _committed(went: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return ("office",) if went.office else (), went.cases
