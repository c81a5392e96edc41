"""The store behind the office's port: opens the file, hands out commits and answers questions."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from yekuo_desktop import __version__
from yekuo_desktop.domain.entries import Fault
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.office.ports import Identity, Ids, StoreTrouble, Unit
from yekuo_desktop.runtime.later import later
from yekuo_desktop.runtime.paths import CENTRE_FORMS
from yekuo_desktop.store import keeping, queries, schema, upgrading
from yekuo_desktop.store.asked import Asked
from yekuo_desktop.store.blobs import Blobs
from yekuo_desktop.store.engine import SNAPSHOT, WRITE, Database, scalar
from yekuo_desktop.store.errors import Damaged, NotThere, told
from yekuo_desktop.store.marker import (
    RESTORED,
    check_identity,
    check_key,
    marker_of,
    read_marker,
    sync_folder,
    write_marker,
)
from yekuo_desktop.store.print_rows import StoredPrintRows
from yekuo_desktop.store.published import PublishedReference
from yekuo_desktop.store.signing import DeviceSigner

with later():  # what a start does not need
    from yekuo_desktop.store import (
        backup,
        backup_swap,
        centre_rows,
        folding,
        proof,
        station,
        statistics,
        unit,
    )

FILE, BLOBS = "yekuo.db", "blobs"


class LocalStore(Asked):
    """One open store."""

    def __init__(
        self, folder: Path, database: Database, key: bytes, reference: Reference, new_id: Ids
    ) -> None:
        super().__init__(folder / FILE, database)
        self._reference = reference
        self.published = PublishedReference(reference, folder / CENTRE_FORMS, self.blob)
        self._new_id = new_id
        self._blobs = Blobs(folder / BLOBS, key)
        with self._reading() as connection:
            self.identity = keeping.identity(connection)
        self._watch = database.connect()
        self._key = key
        self.prints = StoredPrintRows(self._reading, self._writing)
        self.signer = DeviceSigner(key, self.identity)

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether a store lies there, or one that was restored waits for its place."""
        return (folder / FILE).exists() or (folder / RESTORED).is_dir()

    @staticmethod
    def settle(folder: Path) -> None:
        """A store that was restored takes its place, before anybody asks for its key."""
        if (folder / RESTORED).is_dir():
            backup_swap.finish(folder)

    @classmethod
    def create(
        cls, folder: Path, key: bytes, reference: Reference, identity: Identity, new_id: Ids
    ) -> "LocalStore":
        """A new, empty store in a folder that has none. It has its name only when it is complete."""
        if cls.exists(folder):
            raise StoreTrouble(f"{folder} 里已经有数据")
        beside = folder / f"{FILE}.new"
        for left_over in folder.glob(f"{FILE}.new*"):
            left_over.unlink()
        with told(folder), closing(Database(beside, key)) as database:
            schema.migrate(database)
            with database.lend(WRITE) as connection:
                keeping.save_identity(connection, identity)
        write_marker(folder, marker_of(identity, key))
        beside.rename(folder / FILE)
        sync_folder(folder)
        return cls.open(folder, key, reference, new_id)

    @classmethod
    def open(cls, folder: Path, key: bytes, reference: Reference, new_id: Ids) -> "LocalStore":
        """An existing store; brought up to date when an older release made it."""
        cls.settle(folder)
        if not cls.exists(folder):
            raise NotThere(f"{folder} 里没有数据")
        marker = read_marker(folder)
        check_key(marker, key, folder)
        if (folder / FILE).stat().st_size == 0:  # SQLite would take it for a new one
            raise Damaged(f"数据文件已损坏:里面是空的。请从备份里取回({folder / FILE})")
        database = Database(folder / FILE, key)
        try:
            with told(folder):
                upgrading.keep_as_it_is(folder, database, key, reference)
                schema.bring_up_to_date(database)
                with database.lend() as connection:
                    check_identity(marker, keeping.identity(connection), key)
                store = cls(folder, database, key, replace(reference), new_id)
                store.published.look_up(store.organisation().published)
                _fold_anew_after_upgrade(store)
                return store
        except BaseException:
            database.close()
            raise

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """One commit; rolled back as a whole when anything is raised."""
        with self._writing() as connection:
            whose = keeping.identity(connection)  # another process may have begun another life of it
            opened = unit.StoreUnit(connection, whose, self._reference, self._new_id)
            yield opened
            opened.flush()

    def take_published(self) -> bool:
        """Use what the journal says is published, and count every limit anew by it. False: nothing is new."""
        if not self.published.look_up(self.organisation().published):
            return False
        self.rebuild()
        return True

    @cached_property
    def centre(self) -> "centre_rows.StoredCentre":
        """What is known of the centre."""
        return centre_rows.StoredCentre(self._reading, self._writing)

    @cached_property
    def statistics(self) -> "statistics.CountedCases":
        """Cases counted, the alike ones together."""
        return statistics.CountedCases(self._reading)

    @cached_property
    def station(self) -> "station.StationRows":
        """What a contact with the centre works on."""
        return station.StationRows(
            *(self._reading, self._writing, self._reference, self._key, self._blobs),
            *(self._renamed, self.published),
        )

    @property
    def backing(self) -> "backup.Source":
        """What a backup is made of."""
        return backup.Source(self._path.parent, self._database, self._key, self.published.reference)

    def _renamed(self) -> None:
        """The identity has changed: what is kept of it with it."""
        with self._reading() as connection:
            self.identity = keeping.identity(connection)
        write_marker(self._path.parent, marker_of(self.identity, self._key))
        self.signer = DeviceSigner(self._key, self.identity)

    def put_blob(self, content: bytes) -> str:
        """Store bytes under their SHA-256; durable when it returns."""
        return self._blobs.put(content)

    def blob(self, sha256: str) -> bytes | None:
        """The bytes under a SHA-256."""
        return self._blobs.get(sha256)

    def unsent(self) -> int:
        """How many entries have reached no centre yet."""
        with self._reading() as connection:
            return queries.unsent(connection)

    def verify(self) -> Iterator[Fault]:
        """Everything that is not as it should be, as of one moment."""
        try:
            with told(self._path), self._database.lend(SNAPSHOT) as connection:
                yield from proof.verify(connection, self._reference, self._blobs)
        except StoreTrouble as trouble:  # a file that cannot be read to its end
            yield Fault(0, "", str(trouble))

    def rebuild(self, progress: Any = None) -> int:
        """Make everything derived anew; the number of entries read."""
        with self._writing() as connection:
            return folding.rebuild(connection, self._reference, progress)

    def version(self) -> int:
        """Changes whenever anything was committed, by this process or another."""
        return int(scalar(self._watch, "PRAGMA data_version"))

    def close(self) -> None:
        """Let go of the file."""
        self._watch.close()
        self._database.close()


def _fold_anew_after_upgrade(store: LocalStore) -> None:
    """Another release may fold the same entries otherwise: what it derived is made anew once."""
    if store.setting(keeping.FOLDED_BY) != __version__:
        store.rebuild()
        store.save_setting(keeping.FOLDED_BY, __version__)
