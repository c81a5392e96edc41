"""What the dossier needs from outside: its parts in order, and the bindery that makes one PDF of them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import BinaryIO, Protocol

import msgspec

from yekuo_desktop.domain.papers import Print, Snapshot

Job = tuple[Snapshot, Print, str, bytes | None]
"""A sheet to draw: snapshot, printing, layout text, seal picture."""


class Stopped(Exception):
    """Somebody cancelled; nothing of the dossier counts."""


class ScanFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the case: its bytes lie under their SHA-256. ``size`` in bytes."""

    name: str
    sha256: str
    size: int


class Leaf(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a dossier, in its order: a sheet (``job``) or a file (``scan``). ``stage`` is the heading
    it stands under in the outline, ``source`` the sheet's number or who added the file and when."""

    stage: str
    title: str
    source: str
    job: Job | None = None
    scan: ScanFile | None = None


class Volume(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is bound. ``contents`` makes the list of contents once it is known on which page each
    leaf begins; ``read`` gives the bytes of a file, None when they are lost."""

    title: str
    author: str
    number: str
    at: datetime
    cover: Job
    contents: Callable[[Sequence[int]], Job]
    leaves: tuple[Leaf, ...]
    read: Callable[[str], bytes | None]


class Bound(msgspec.Struct, frozen=True):
    """A finished dossier: how many pages, and what a person must know about it."""

    pages: int
    warnings: tuple[str, ...]


class Progress(Protocol):
    """Told how far it is; may raise what stops the work."""

    def __call__(self, done: int, total: int, text: str = "") -> None: ...


class Bindery(Protocol):
    """Makes one PDF of a volume, page by page."""

    def bind(self, volume: Volume, out: BinaryIO, progress: Progress, cancelled: Callable[[], bool]) -> Bound:
        """Raises ``Stopped`` when ``cancelled`` says so; ``out`` then holds a part of no use."""
        ...
