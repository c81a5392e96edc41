"""The files of a store as the synchronisation sees them: every method is one question or one commit."""

from collections.abc import Iterable, Sequence

from yekuo_desktop.store import attached, queries, tables
from yekuo_desktop.store.blobs import Blobs
from yekuo_desktop.store.centre_rows import Lend
from yekuo_desktop.store.published import missing


class StationFiles:
    """What goes up and comes down after the entries."""

    def __init__(self, reading: Lend, writing: Lend, blobs: Blobs) -> None:
        self._reading, self._writing, self._blobs = reading, writing, blobs

    def unpublished(self) -> Sequence[str]:
        """Files of rules, calendars, code tables and forms that are not here yet."""
        with self._reading() as connection:
            return missing(queries.organisation(connection).published, self._blobs.get)

    def to_send(self) -> Sequence[str]:
        """Files of received entries that the centre is not known to have, the small first."""
        with self._reading() as connection:
            return sorted(attached.to_send(connection), key=self._blobs.size)

    def to_fetch(self) -> Sequence[str]:
        """Files that entries speak of and that are not here."""
        with self._reading() as connection:
            awaited = attached.spoken_of(connection, ("awaited",))
            missing = [sha for sha in awaited if self._blobs.get(sha) is None]
            ours = attached.spoken_of(connection, (attached.DUE,))  # gone from here, but perhaps sent before
            return [*missing, *(sha for sha in ours if not self._blobs.size(sha))]

    def file(self, sha256: str) -> bytes | None:
        """The bytes under a SHA-256."""
        return self._blobs.get(sha256)

    def keep_file(self, content: bytes) -> str:
        """Store bytes; durable when it returns."""
        sha256 = self._blobs.put(content)
        self.mark_files((sha256,), "stored")
        return sha256

    def mark_files(self, names: Iterable[str], state: str) -> None:
        """Keep what is known of files: "stored" at the centre and here, or "awaited"."""
        with self._writing() as connection:
            connection.executemany(tables.files.replace, [(name, state) for name in names])
