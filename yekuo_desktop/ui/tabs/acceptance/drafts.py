"""A half-typed application on disk within a second, per person and form, until it is accepted or given up."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from yekuo_desktop.domain.case import Material
from yekuo_desktop.ui.case.pages.counter import Counter, reason_of

SAVE_MS = 500


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a form."""

    values: dict[str, Any]
    materials: dict[str, Material] = {}
    manager: str = ""
    stated: str = ""
    case_id: str = ""
    at: datetime | None = None


def draft_key(person: str, case_id: str) -> str:
    """One new application a person, and one for each registered case being worked on."""
    return f"acceptance:{person}:{case_id or 'new'}"


class DraftKeeper(QObject):
    """Saves what ``content`` gives half a second after the last key."""

    saved = Signal(object)  # the moment
    failed = Signal(str)
    found = Signal(object)  # Draft, None when none was left

    def __init__(self, counter: Counter, content: Callable[[], Draft], parent: QObject) -> None:
        super().__init__(parent)
        self._counter, self._content = counter, content
        self._case = ""
        self._timer = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._timer.timeout.connect(self.save)

    def begin(self, case_id: str) -> None:
        """Another form: look whether a draft of it was left."""
        self.flush()
        self._case = case_id
        store, person, key = self._counter.desk.store, self._person, self._key
        self._counter.read(lambda: store.drafts(person).get(key), lambda kept: self._take(kept, key), self)

    def follow(self, case_id: str) -> None:
        """The application has become a case: its drafts are kept under the case from now on."""
        self._timer.stop()
        self._case = case_id

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
        store, person, key, at = self._counter.desk.store, self._person, self._key, self._counter.desk.clock()
        content = msgspec.to_builtins(msgspec.structs.replace(self._content(), at=at))
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

    @property
    def _person(self) -> str:
        return self._counter.session.person.id

    @property
    def _key(self) -> str:
        return draft_key(self._person, self._case)

    def _take(self, kept: dict[str, Any] | None, key: str) -> None:
        if key == self._key:
            self.found.emit(msgspec.convert(kept, Draft) if kept else None)
