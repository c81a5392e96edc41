"""Looks at the store again: after every commit, when another process wrote, and as the clock goes on."""

from PySide6.QtCore import QObject, QTimer, Signal

from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.overview import Overview, look

POLL_MS, LOOK_EVERY = 2000, 30  # polls between two looks at the clock's effect on the lights


class Lookout(QObject):
    """``changed`` comes once for however many commits just happened, and with it what the frame shows."""

    changed = Signal()
    seen = Signal(object)  # Overview
    rested = Signal()  # once, when the start is over and nobody waits

    def __init__(self, desk: Desk, session: Session, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._session, self._background = desk, session, background
        self.overview: Overview | None = None
        self._version, self._polls = desk.store.version(), 0
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._look)
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self.poll)
        self._poll.start()

    @property
    def waiting(self) -> bool:
        """Whether a look is due."""
        return self._later.isActive()

    def refresh(self) -> None:
        """Look again with the next turn of the event loop."""
        self._later.start()

    def ask(self) -> None:
        """See what the frame shows."""
        self._background.run(lambda: look(self._desk, self._session), self.show, owner=self)

    def show(self, overview: Overview) -> None:
        """What was seen is passed on."""
        self.overview = overview
        self.seen.emit(overview)

    def poll(self) -> None:
        """Ask whether anybody has written."""
        if not self._background.busy:
            self._background.run(self._desk.store.version, self._versioned, owner=self)

    def stop(self) -> None:
        """Look no more."""
        self._poll.stop()

    def _look(self) -> None:
        self.ask()
        self.changed.emit()

    def _versioned(self, version: int) -> None:
        self._polls += 1
        if self._polls == 1:
            self.rested.emit()
        if version != self._version or self._polls % LOOK_EVERY == 0:
            self._version = version
            self.refresh()
