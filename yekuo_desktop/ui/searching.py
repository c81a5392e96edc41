"""What the search box asks and remembers: hits from the store, and what this person looked for last."""

import re
import unicodedata
from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QObject

from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.scanning import Finder
from yekuo_desktop.ui.widgets.search_box import SHOWN, SearchBox

RECENT = "search.recent."  # setting: what each person looked for, by his id
KEPT, LONGEST, TAIL = 8, 30, 4
JOINED = re.compile(r"(?<=\d)[-\s.·_]+(?=[\dXx])")
PERSONAL = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[\dXx]|\d{15}|1\d{10}|0\d{9,11})(?![0-9A-Za-z])")


class Searching(QObject):
    """Joins the box of the header to the store. Numbers of people are remembered by their last four signs."""

    def __init__(
        self, box: SearchBox, finder: Finder, desk: Desk, session: Session, background: Background
    ) -> None:
        super().__init__(box)
        self._box, self._finder, self._store, self._background = box, finder, desk.store, background
        self._key = f"{RECENT}{session.person.id}"
        self._recent: tuple[str, ...] = ()
        box.typed.connect(self._ask)
        box.opened.connect(finder.open_case)
        box.entered.connect(self._enter)
        box.scanned.connect(finder.scan)
        box.used.connect(self._remember)
        box.cleared.connect(lambda: self._keep(()))
        background.run(lambda: self._store.setting(self._key), self._read, None, self)

    def _ask(self, words: str) -> None:
        store = self._store
        self._background.run(
            lambda: store.hits(words, SHOWN), lambda hits: self._box.show_hits(words, hits), owner=self
        )

    def _enter(self, words: str) -> None:
        self._box.finish()
        self._finder.open_text(words)

    def _read(self, kept: str) -> None:
        self._show(parsed(kept))

    def _remember(self, words: str) -> None:
        if kept := worth_keeping(words):
            self._keep((kept, *(each for each in self._recent if each != kept))[:KEPT])

    def _keep(self, recent: Sequence[str]) -> None:
        self._show(recent)
        text = msgspec.json.encode(recent).decode() if recent else ""
        self._background.run(lambda: self._store.save_setting(self._key, text), None, None, self)

    def _show(self, recent: Sequence[str]) -> None:
        self._recent = tuple(recent)
        self._box.recent = self._recent


def parsed(kept: str) -> tuple[str, ...]:
    """What was kept; nothing where it is not ours."""
    try:
        return msgspec.json.decode(kept, type=tuple[str, ...])[:KEPT]
    except msgspec.DecodeError:
        return ()


def worth_keeping(words: str) -> str:
    """A text as it is remembered: of an identity number or a phone, whichever way it is written, the end."""
    text = " ".join(unicodedata.normalize("NFKC", words).split())
    numbers = JOINED.sub("", text)
    if PERSONAL.search(numbers):
        text = PERSONAL.sub(lambda found: found[0][-TAIL:], numbers)
    return text[:LONGEST]
