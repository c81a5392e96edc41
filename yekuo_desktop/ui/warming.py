"""The code that a start put off, read while nobody waits: the first tab and dialog then open at once."""

from PySide6.QtCore import QObject, QTimer

from yekuo_desktop.runtime.later import read, unread

EVERY_MS = 60
WINDOW = "yekuo_desktop.ui."  # what else is needed comes with it


class Warming(QObject):
    """Reads one module after the other between two events. ``start`` when the window has come to rest."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._read)
        self._names: list[str] = []

    def start(self) -> None:
        """Begin; it ends by itself."""
        self._names = list(unread(WINDOW))
        self._timer.start()

    def _read(self) -> None:
        if self._names:
            read(self._names.pop())
        else:
            self._timer.stop()
