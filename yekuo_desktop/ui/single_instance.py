"""One window per store: a second start raises the first window and ends."""

import hashlib

from PySide6.QtCore import QDir, QLockFile, QObject, Signal

from yekuo_desktop.runtime.later import later

with later():
    from yekuo_desktop.ui import calling


class SingleInstance(QObject):
    """Claims a store's folder for this process as long as it lives."""

    raised = Signal()

    def __init__(self, folder: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = f"yekuo-{hashlib.sha256(folder.encode()).hexdigest()[:16]}"
        self._lock = QLockFile(QDir(QDir.tempPath()).filePath(f"{self._name}.lock"))
        self._lock.setStaleLockTime(0)
        self._ear: calling.Ear | None = None

    def claim(self) -> bool:
        """True: this is the first. False: another one lives."""
        return self._lock.tryLock(0)

    def call(self) -> bool:
        """Ask the other one to come to the front; whether it heard. Needs the application."""
        return calling.call(self._name)

    def listen(self) -> None:
        """Hear the starts that come after this one."""
        if self._ear is None:
            self._ear = calling.Ear(self._name, self)
            self._ear.called.connect(self.raised)

    def release(self) -> None:
        """Give the folder up."""
        if self._ear is not None:
            self._ear.close()
            self._ear = None
        self._lock.unlock()
