"""Files under their SHA-256, an organisation a folder: written beside, made durable, then given a name."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from yekuo_desktop.server.errors import Busy, Declined

PIECE = 1024 * 1024


class NewFile:
    """Bytes that have no name yet; hashed as they come."""

    def __init__(self, file: BinaryIO, path: Path, blobs: "Blobs") -> None:
        self._file, self._path, self._blobs = file, path, blobs
        self._hash, self.size = hashlib.sha256(), 0

    def write(self, content: bytes) -> int:
        """Append."""
        self._hash.update(content)
        self.size += len(content)
        return self._file.write(content)

    def keep(self) -> tuple[str, int]:
        """Give it its name; durable when it returns. SHA-256 and size."""
        self._file.flush()
        os.fsync(self._file.fileno())
        name = self._hash.hexdigest()
        self._blobs.take(self._path, name)
        return name, self.size


class Blobs:
    """The files of one organisation."""

    def __init__(self, root: Path, org: str) -> None:
        # Ids come from outside: only what is a plain name becomes part of a path.
        if not org.replace("-", "").isalnum() or not org.isascii():
            raise Declined("not_found", "没有这个机构")
        self.folder = root / org
        self.incoming = self.folder / "incoming"

    def path(self, sha256: str) -> Path:
        """Where a file lies or will lie. Raises ``Declined`` for what is no SHA-256."""
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise Declined("not_found", "没有这个文件")
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def has(self, sha256: str) -> bool:
        """Whether it is there, whole: a file gets its name only then."""
        return self.path(sha256).is_file()

    @contextmanager
    def new(self) -> Iterator[NewFile]:
        """Write a file; it is gone again unless ``keep`` was called."""
        try:
            self.incoming.mkdir(parents=True, exist_ok=True)
            path = self.incoming / secrets.token_hex(16)
            with path.open("wb") as file:
                try:
                    yield NewFile(file, path, self)
                finally:
                    path.unlink(missing_ok=True)
        except OSError as error:
            raise Busy(f"中心写不了文件:{error.strerror}", retry_after=60) from error

    def take(self, path: Path, sha256: str) -> None:
        """Give a finished file its name. The same bytes that are there already stay."""
        target = self.path(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(path, target)
        for folder in (target.parent, target.parent.parent, path.parent):
            _settle(folder)

    def pieces(self, sha256: str, first: int, last: int) -> Iterator[bytes]:
        """The bytes ``first`` to ``last``, both counted."""
        with self.path(sha256).open("rb") as file:
            file.seek(first)
            left = last - first + 1
            while left > 0 and (piece := file.read(min(PIECE, left))):
                left -= len(piece)
                yield piece

    def sound(self, sha256: str) -> bool:
        """Whether the bytes are still those of their name."""
        found = hashlib.sha256()
        for piece in self.pieces(sha256, 0, self.path(sha256).stat().st_size - 1):
            found.update(piece)
        return found.hexdigest() == sha256


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
