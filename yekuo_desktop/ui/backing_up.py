"""Backups by themselves: some time after the start, every night, and a word when something is not well."""

from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from yekuo_desktop.office.backup_ports import Kept
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.ui.background import Background

LOOK_MS = 4_000  # after the window is there: what the last save and the last backup have left
FIRST_MS, EVERY_MS = 60_000, 600_000  # a start is never slowed by its backup


class BackingUp(QObject):
    """``said`` a sentence a person should see to, "" once there is none. One per program; ``stop`` gives a
    running backup up."""

    said = Signal(str)
    done = Signal(object)  # Kept

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._desk: Desk | None = None
        self._started, self._busy, self._stop = True, False, Event()
        self._look = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._look.timeout.connect(self.look)
        self._next = QTimer(self, singleShot=True)
        self._next.timeout.connect(self.back_up)

    def begin(self, desk: Desk) -> None:
        """A window over this desk is shown."""
        if self._desk is not desk:
            self._desk, self._started = desk, True
            self._look.start()
            self._next.start(FIRST_MS)

    def look(self) -> None:
        """Say what is not well, if anything."""
        desk = self._desk
        if desk is not None:
            self._background.files(desk.examiner.signal, self.said.emit, lambda _: None, self, quiet=True)

    def back_up(self) -> None:
        """Make a backup when one is due, in a process of its own."""
        desk, started = self._desk, self._started
        self._started = False
        if desk is None or self._busy:
            return
        self._busy = True
        self._background.files(
            lambda: _backed_up(desk, started, self._stop), self._ended, self._failed, self, quiet=True
        )

    def stop(self) -> None:
        """The program ends, or the store is closed."""
        self._desk = None
        self._look.stop()
        self._next.stop()
        self._stop.set()
        self._stop = Event()

    def _ended(self, kept: Kept | None) -> None:
        self._busy = False
        if self._desk is not None:
            self._next.start(EVERY_MS)
            self.look()
        if kept is not None:
            self.done.emit(kept)

    def _failed(self, error: Exception) -> None:
        self._ended(Kept(trouble=str(error)))


def _backed_up(desk: Desk, started: bool, stop: Event) -> Kept | None:
    why = desk.keeper.due(started)
    return desk.keeper.back_up_apart(why, stop.is_set) if why else None
