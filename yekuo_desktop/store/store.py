"""The store behind the office's port: opens the file, hands out commits and answers questions."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, delete, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.clocks import CaseRow, RunningLimit
from yekuo_desktop.domain.entries import Entry, Fault, open_body
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.office.ports import (
    Credential,
    Filter,
    Identity,
    Ids,
    LogLine,
    QueueRow,
    SheetRow,
    StoreTrouble,
    Unit,
)
from yekuo_desktop.store import moments, proof, queries, schema, tables
from yekuo_desktop.store.blobs import Blobs
from yekuo_desktop.store.engine import WRITE, make_engine, told
from yekuo_desktop.store.unit import StoreUnit, read_case, read_organisation

FILE, MARKER, BLOBS = "yekuo.db", "store.json", "blobs"
IDENTITY = "identity"


class Marker(msgspec.Struct, frozen=True):
    """What can be read without the key: practice or real. It must agree with the store itself."""

    practice: bool
    org: str


class LocalStore:
    """One open store."""

    def __init__(self, folder: Path, engine: Engine, key: bytes, reference: Reference, new_id: Ids) -> None:
        self._path = folder / FILE
        self._engine = engine
        self._reference = reference
        self._new_id = new_id
        self._blobs = Blobs(folder / BLOBS, key)
        self._watch = engine.raw_connection()
        self.identity = msgspec.json.decode(self.setting(IDENTITY), type=Identity)

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether a store lies there."""
        return (folder / FILE).exists()

    @classmethod
    def create(
        cls, folder: Path, key: bytes, reference: Reference, identity: Identity, new_id: Ids
    ) -> "LocalStore":
        """A new, empty store in a folder that has none."""
        if cls.exists(folder):
            raise StoreTrouble(f"{folder} 里已经有数据")
        engine = make_engine(folder / FILE, key)
        with told(folder):
            schema.create(engine)
            with engine.connect().execution_options(**WRITE) as connection, connection.begin():
                _put(connection, IDENTITY, msgspec.json.encode(identity).decode())
        marker = Marker(practice=identity.practice, org=identity.org)
        (folder / MARKER).write_bytes(msgspec.json.encode(marker))
        return cls(folder, engine, key, reference, new_id)

    @classmethod
    def open(cls, folder: Path, key: bytes, reference: Reference, new_id: Ids) -> "LocalStore":
        """An existing store; brought up to date when an older release made it."""
        engine = make_engine(folder / FILE, key)
        with told(folder):
            schema.bring_up_to_date(engine)
            store = cls(folder, engine, key, reference, new_id)
        store._check_marker(folder)
        return store

    def _check_marker(self, folder: Path) -> None:
        """Practice data can never pass for real data, nor the other way round."""
        try:
            marker = msgspec.json.decode((folder / MARKER).read_bytes(), type=Marker)
        except (OSError, msgspec.MsgspecError) as error:
            raise StoreTrouble(f"{folder / MARKER} 不在或已损坏,无法确认是演练还是正式数据") from error
        if (marker.practice, marker.org) != (self.identity.practice, self.identity.org):
            raise StoreTrouble("数据目录的标记与数据本身不一致:演练与正式数据不能混用")

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """One commit; rolled back as a whole when anything is raised."""
        with self._writing() as connection:
            yield StoreUnit(connection, self.identity, self._reference, self._new_id)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with (
            told(self._path),
            self._engine.connect().execution_options(**WRITE) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with told(self._path), self._engine.connect() as connection:
            yield connection

    def organisation(self) -> Organisation:
        """The organisation as of the last commit."""
        with self._reading() as connection:
            return read_organisation(connection)

    def case(self, case_id: str) -> Case | None:
        """A case by its id."""
        with self._reading() as connection:
            return read_case(connection, tables.cases.c.id == case_id)

    def find(self, number: str) -> Case | None:
        """By number, sheet number or id."""
        wanted, columns = number.strip(), tables.cases.c
        if not wanted:
            return None
        with self._reading() as connection:
            found = read_case(
                connection, or_(columns.number == wanted, columns.sheet_no == wanted, columns.id == wanted)
            )
            if found is not None:
                return found
            sheet = tables.sheets.c
            case_id = connection.execute(select(sheet.case_id).where(sheet.sheet_no == wanted)).scalar()
            return read_case(connection, columns.id == case_id) if case_id else None

    def history(self, subject: str) -> Sequence[Entry]:
        """The entries of one subject, the oldest first."""
        with self._reading() as connection:
            return queries.history(connection, subject)

    def entry(self, entry_id: str) -> Entry | None:
        """One entry."""
        with self._reading() as connection:
            statement = select(tables.entries.c.body).where(tables.entries.c.id == entry_id)
            body = connection.execute(statement).scalar()
            return open_body(body) if body is not None else None

    def queue(
        self,
        where: Filter,
        now: datetime,
        *,
        order: str = "due",
        descending: bool = False,
        limit: int = 200,
        offset: int = 0,
    ) -> Sequence[QueueRow]:
        """One page of a queue."""
        with self._reading() as connection:
            return queries.queue(
                connection, where, now, order=order, descending=descending, limit=limit, offset=offset
            )

    def count(self, where: Filter, now: datetime) -> int:
        """How many cases a filter lets through."""
        with self._reading() as connection:
            return queries.count(connection, where, now)

    def limits(self, case_id: str) -> Sequence[RunningLimit]:
        """Every limit of a case that has started."""
        with self._reading() as connection:
            return queries.limits(connection, case_id)

    def search(self, text: str, limit: int = 20) -> Sequence[CaseRow]:
        """The cases that contain what somebody typed."""
        with self._reading() as connection:
            return queries.search(connection, text, limit)

    def duplicates(self, identity_number: str, address: str, but: str = "") -> Sequence[CaseRow]:
        """Live cases of the same identity number or the same address."""
        with self._reading() as connection:
            return queries.duplicates(connection, identity_number, address, but)

    def of_customer(self, identity_number: str) -> Sequence[Case]:
        """Every case of an identity number."""
        with self._reading() as connection:
            return queries.of_customer(connection, identity_number)

    def day_book(self, first: datetime, last: datetime, terminal: str = "") -> Sequence[LogLine]:
        """The acts recorded in a stretch of time."""
        with self._reading() as connection:
            return queries.day_book(connection, first, last, terminal)

    def sheets(self, first: datetime, last: datetime, *, sealed: bool = False) -> Sequence[SheetRow]:
        """The sheets issued in a stretch of time."""
        with self._reading() as connection:
            return queries.sheets(connection, first, last, sealed)

    def credential(self, person: str) -> Credential | None:
        """The local secret of a person."""
        with self._reading() as connection:
            table = tables.credentials.c
            content = connection.execute(select(table.content).where(table.person == person)).scalar()
            return msgspec.json.decode(content, type=Credential) if content is not None else None

    def save_credential(self, credential: Credential) -> None:
        """Replace the local secret of a person."""
        content = msgspec.json.encode(credential)
        statement = upsert(tables.credentials).values(person=credential.person, content=content)
        with self._writing() as connection:
            connection.execute(
                statement.on_conflict_do_update(index_elements=["person"], set_={"content": content})
            )

    def save_draft(self, key: str, person: str, content: dict[str, Any], at: datetime) -> None:
        """Keep a half-typed form."""
        values = {"person": person, "content": msgspec.json.encode(content), "at": moments.text(at)}
        statement = upsert(tables.drafts).values(name=key, **values)
        with self._writing() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))

    def drafts(self, person: str) -> dict[str, dict[str, Any]]:
        """The half-typed forms of a person, each with "at", the moment it was kept."""
        table = tables.drafts
        with self._reading() as connection:
            rows = connection.execute(select(table).where(table.c.person == person)).all()
        return {row.name: {**msgspec.json.decode(row.content), "at": row.at} for row in rows}

    def drop_draft(self, key: str) -> None:
        """A form was finished or given up."""
        with self._writing() as connection:
            connection.execute(delete(tables.drafts).where(tables.drafts.c.name == key))

    def put_blob(self, content: bytes) -> str:
        """Store bytes under their SHA-256; durable when it returns."""
        try:
            return self._blobs.put(content)
        except OSError as error:
            raise StoreTrouble(f"附件没有存下来:{error.strerror}。请检查磁盘") from error

    def blob(self, sha256: str) -> bytes | None:
        """The bytes under a SHA-256."""
        return self._blobs.get(sha256)

    def setting(self, key: str, default: str = "") -> str:
        """A setting of this machine."""
        table = tables.settings.c
        with self._reading() as connection:
            found = connection.execute(select(table.value).where(table.name == key)).scalar()
        return default if found is None else found

    def save_setting(self, key: str, value: str) -> None:
        """Keep a setting of this machine."""
        with self._writing() as connection:
            _put(connection, key, value)

    def verify(self) -> Iterator[Fault]:
        """Everything that is not as it should be."""
        with self._reading() as connection:
            yield from proof.verify(connection, self._reference, self._blobs)

    def rebuild(self, progress: Any = None) -> int:
        """Make everything derived anew; the number of entries read."""
        with self._writing() as connection:
            return proof.rebuild(connection, self._reference, progress)

    def version(self) -> int:
        """Changes whenever anything was committed, by this process or another."""
        cursor = self._watch.cursor()
        try:
            return int(cursor.execute("PRAGMA data_version").fetchone()[0])
        finally:
            cursor.close()

    def close(self) -> None:
        """Let go of the file."""
        self._watch.close()
        self._engine.dispose()


def _put(connection: Connection, key: str, value: str) -> None:
    statement = upsert(tables.settings).values(name=key, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
