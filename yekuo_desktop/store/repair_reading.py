"""Reading what can still be read of a damaged file, row by row; the file itself is copied first and never
opened, because opening it would already change it."""

import logging
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from yekuo_desktop.domain.entries import Entry, open_body
from yekuo_desktop.store.backup import open_quietly
from yekuo_desktop.store.backup_files import DATABASE
from yekuo_desktop.store.engine import Connection
from yekuo_desktop.store.tables import Table

LOG = logging.getLogger(__name__)
LEAST = 100  # bytes no entry is shorter than: how many there can be at most
CLOSE, STRIDE = 500, 40  # unreadable rows one after another that are tried singly; and then in strides
Row = tuple[Any, ...]


class Damaged:
    """A copy of a damaged database. An error stays with its connection, so each gets a new one."""

    def __init__(self, folder: Path, copy: Path, key: bytes) -> None:
        copy.mkdir(parents=True, exist_ok=True)
        self._path, self._key = copy / DATABASE, key
        for part in (DATABASE, f"{DATABASE}-wal"):
            if (folder / part).exists():
                shutil.copyfile(folder / part, copy / part)
        self._connection: Connection = None

    def close(self) -> None:
        """Let go of the copy."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def ask(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """The answer as far as it can be read; an error ends it."""
        found: list[Row] = []
        try:
            if self._connection is None:
                self._connection = open_quietly(self._path, self._key)
            found.extend(self._connection.execute(sql, values))
        except sqlcipher.Error:
            self.close()
        return found

    def whole(self, table: Table) -> list[dict[str, Any]]:
        """Every row of a small table, as far as they can be read."""
        rows = self.ask(f"SELECT {', '.join(table.columns)} FROM {table.name}")
        return [dict(zip(table.columns, row, strict=True)) for row in rows]

    def entries(self) -> Iterator[tuple[Entry, bytes, bytes]]:
        """Every entry that can be read: itself, its body, its hash."""
        for body, stored in self._bodies():
            try:
                yield open_body(body), body, stored
            except (ValueError, TypeError):
                LOG.warning("an entry of a damaged store cannot be read")

    def _bodies(self) -> Iterator[tuple[bytes, bytes]]:
        at, last = 0, self._last()
        while at < last:
            rows = self.ask("SELECT seq, body, hash FROM entries WHERE seq > ? ORDER BY seq LIMIT 200", (at,))
            if not rows:  # an error takes the row before it along: rows are read singly here
                at = self._next(at, last)
                rows = self.ask("SELECT seq, body, hash FROM entries WHERE seq = ?", (at,))
            yield from ((body, stored) for _, body, stored in rows)
            at = rows[-1][0] if rows else last

    def _next(self, at: int, last: int) -> int:
        """The place of the next row that can be read, or the last. Near by every row is tried; behind a large
        hole only every so often, because each error costs a new connection."""
        near = min(last, at + CLOSE)
        for place in range(at + 1, near + 1):
            if self._is_there(place):
                return place
        for far in range(near + STRIDE, last + STRIDE, STRIDE):
            if self._is_there(min(far, last)):
                tried = range(far - STRIDE + 1, min(far, last) + 1)
                return next(place for place in tried if self._is_there(place))
        return last

    def _is_there(self, place: int) -> bool:
        return bool(self.ask("SELECT body, hash FROM entries WHERE seq = ?", (place,)))

    def _last(self) -> int:
        """How far to look."""
        found = self.ask("SELECT max(seq) FROM entries")
        return int(found[0][0] or 0) if found else self._path.stat().st_size // LEAST
