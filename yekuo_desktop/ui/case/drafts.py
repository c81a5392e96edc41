"""What is half typed, on disk within a second: per person and form, until it is recorded or given up."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from yekuo_desktop.ui.case.pages.counter import Counter, reason_of

SAVE_MS = 500


class DraftKeeper(QObject):
    """Saves what ``content`` gives half a second after a key, with the moment under ``at``."""

    saved = Signal(object)  # the moment
    failed = Signal(str)
    found = Signal(object)  # what was kept, None when nothing was left

    def __init__(self, counter: Counter, content: Callable[[], dict[str, Any]], parent: QObject) -> None:
        super().__init__(parent)
        self._counter, self._content = counter, content
        self._key = ""
        self._timer = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._timer.timeout.connect(self.save)

    @property
    def person(self) -> str:
        """Whose drafts these are."""
        return self._counter.session.person.id

    def begin(self, key: str) -> None:
        """Another form: look whether a draft of it was left."""
        self.flush()
        self._key = key
        store, person = self._counter.desk.store, self.person
        self._counter.read(lambda: store.drafts(person).get(key), lambda kept: self._take(kept, key), self)

    def follow(self, key: str) -> None:
        """The form is kept under another key from now on."""
        self._timer.stop()
        self._key = key

    def touch(self) -> None:
        """Something was typed."""
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Save at once what waits to be saved."""
        if self._timer.isActive():
            self.save()

    def save(self) -> None:
        """Write the draft behind the window."""
        self._timer.stop()
        store, person, key, at = self._counter.desk.store, self.person, self._key, self._counter.desk.clock()
        content = {**self._content(), "at": at.isoformat()}
        self._counter.background.run(
            lambda: store.save_draft(key, person, content, at),
            lambda _none: self.saved.emit(at),
            lambda error: self.failed.emit(reason_of(error)),
            self,
        )

    def drop(self) -> None:
        """The draft is not needed any more."""
        self._timer.stop()
        store, key = self._counter.desk.store, self._key
        self._counter.read(lambda: store.drop_draft(key), lambda _none: None, self)

    def _take(self, kept: dict[str, Any] | None, key: str) -> None:
        if key == self._key:
            self.found.emit(kept)
