"""Locks the screen: by key, by menu, or after nobody touched anything for a while."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.idle import IdleWatch

with later():
    from yekuo_desktop.ui.dialogs import screen_lock


class Locking(QObject):
    """At most one lock at a time."""

    dialog = Signal(object)  # to be opened by the window
    switch_wanted = Signal()

    def __init__(
        self, desk: Desk, session: Session, background: Background, window: QWidget, minutes: int
    ) -> None:
        super().__init__(window)
        self._desk, self._session, self._background, self._window = desk, session, background, window
        self._minutes = minutes
        self._screen: screen_lock.ScreenLock | None = None
        self._idle = IdleWatch(minutes, self)
        self._idle.idle.connect(self.lock)

    def set_minutes(self, minutes: int) -> None:
        """Another time without a touch; 0 never locks by itself."""
        self._minutes = minutes
        self._idle.set_minutes(minutes)

    def lock(self) -> None:
        """Cover the window until the person is back; what is half typed stays."""
        if self._screen is None:
            self._screen = screen_lock.ScreenLock(self._desk, self._session, self._background, self._window)
            self._screen.finished.connect(self._opened)
            self.dialog.emit(self._screen)

    def _opened(self, result: int) -> None:
        self._screen = None
        self._idle.set_minutes(self._minutes)
        if result == screen_lock.SWITCH:
            self.switch_wanted.emit()
