"""Opening an attachment with the system's program, and saving a copy of it."""

from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.privacy_entries import SAVED
from yekuo_desktop.office import privacy
from yekuo_desktop.ui.case.pages.counter import Counter, reason_of


class Files(QObject):
    """Copies bytes out of the store, behind the window."""

    done = Signal(str)

    def __init__(self, counter: Counter, window: QWidget) -> None:
        super().__init__(window)
        self._counter = counter

    def open(self, sha256: str, name: str) -> None:
        """A copy in a folder of its own, opened with the system's program."""
        self._copy(sha256, lambda: Path(mkdtemp(prefix="yekuo-")) / Path(name).name, _show)

    def save(self, case: Case, sha256: str, path: str) -> None:
        """A copy where the person wants it; that it left the program is on record."""
        desk, session = self._counter.desk, self._counter.session
        self._counter.background.run(
            lambda: Path(path).write_bytes(privacy.take_file(desk, session, case, sha256)),
            lambda _size: self.done.emit("附件已另存"),
            lambda error: self.done.emit(reason_of(error)),
            self,
            changed=lambda _size: ((SAVED,), (case.id,)),
        )

    def _copy(self, sha256: str, place: Callable[[], Path], done: Callable[[str], None]) -> None:
        store = self._counter.desk.store

        def work() -> str:
            content = store.blob(sha256)
            if content is None:
                raise FileNotFoundError("附件内容不在本机")
            path = place()
            path.write_bytes(content)
            return str(path)

        self._counter.background.run(work, done, lambda error: self.done.emit(reason_of(error)), self)


def _show(path: str) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))
