"""The database of the centre: PostgreSQL, or SQLite for a small one. Made, opened, written to."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Connection,
    Engine,
    LargeBinary,
    Table,
    Text,
    create_engine,
    event,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from yekuo_desktop.server import tables
from yekuo_desktop.server.errors import Busy, CentreTrouble

MIGRATIONS = Path(__file__).with_name("migrations")
LOCK_SECONDS, BUSY_MS = 5, 5000
TRANSIENT = {"40001", "40P01", "55P03", "57014", "57P01", "57P02", "57P03", "53300", "08006", "08003"}
"""SQLSTATEs of what another try can heal: deadlock, lock timeout, statement timeout, a server going down."""
Row = Mapping[str, Any]
_ARRAYS = {Text: "text[]", BigInteger: "bigint[]", LargeBinary: "bytea[]", Boolean: "boolean[]"}


class Database:
    """An engine, and what differs between the two kinds of it."""

    def __init__(self, url: str, *, pool: int = 10) -> None:
        self.url = url
        self.engine = _engine(url, pool)
        self.postgres = self.engine.dialect.name == "postgresql"

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction, committed at the end, rolled back when anything is raised."""
        with _told(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Questions; each sees what is committed when it is asked."""
        with _told(), self.engine.connect().execution_options(yekuo_read=True) as connection:
            yield connection

    def add(self, connection: Connection, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows in bulk."""
        self._insert_all(connection, table, rows, "")

    def add_new(self, connection: Connection, table: Table, rows: Sequence[Row]) -> None:
        """Insert the rows whose key is not there yet."""
        self._insert_all(connection, table, rows, " ON CONFLICT DO NOTHING")

    def put(self, connection: Connection, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows, or replace those of the same key; of several with one key the last."""
        keys = [column.name for column in table.primary_key]
        newest = list({tuple(row[key] for key in keys): row for row in rows}.values())
        if newest:
            others = ", ".join(f'"{name}" = excluded."{name}"' for name in newest[0] if name not in keys)
            self._insert_all(
                connection, table, newest, f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {others}"
            )

    def _insert_all(self, connection: Connection, table: Table, rows: Sequence[Row], end: str) -> None:
        """One statement for all rows where the database takes whole columns."""
        if not rows:
            return
        names = tuple(rows[0])
        into = f"INSERT INTO {table.name} ({', '.join(map(_quoted, names))})"
        if self.postgres:
            kinds = ", ".join(f"%b::{_ARRAYS[type(table.c[name].type)]}" for name in names)
            # WHERE true: else ON CONFLICT would be read as the condition of a join.
            columns = tuple([row[name] for row in rows] for name in names)
            connection.exec_driver_sql(f"{into} SELECT * FROM unnest({kinds}) WHERE true{end}", columns)
        else:
            places = ", ".join("?" for _ in names)
            values = [tuple(row[name] for name in names) for row in rows]
            connection.exec_driver_sql(f"{into} VALUES ({places}){end}", values)

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def _quoted(name: str) -> str:
    return f'"{name}"'  # "offset" is a word of SQL


@contextmanager
def _told() -> Iterator[None]:
    """What passes by itself is ``Busy``; the rest goes on as it is."""
    try:
        yield
    except PoolTimeout as error:
        raise Busy("数据库连接已用完,请稍后再试") from error
    except DBAPIError as error:
        if _passes(error):
            raise Busy("数据库正忙,请稍后再试") from error
        raise


def _passes(error: DBAPIError) -> bool:
    if error.connection_invalidated:
        return True
    original = error.orig
    if isinstance(original, sqlite3.OperationalError):
        return "locked" in str(original) or "busy" in str(original)
    state = getattr(original, "sqlstate", None)
    return state in TRANSIENT or (state is None and "connection" in str(original).lower())


def _engine(url: str, pool: int) -> Engine:
    try:
        if url.startswith("sqlite"):
            return _sqlite(url)
        return _postgresql(url, pool)
    except (SQLAlchemyError, ImportError, ValueError) as error:
        raise CentreTrouble(f"数据库地址不能用:{error}") from error


def _postgresql(url: str, pool: int) -> Engine:
    """``synchronous_commit`` stays on: an acknowledged entry that vanished would get its place used again."""
    plain = url.replace("postgres://", "postgresql://", 1)
    settings = f"-c lock_timeout={LOCK_SECONDS}s -c idle_in_transaction_session_timeout=60s -c timezone=UTC"
    return create_engine(
        plain.replace("postgresql://", "postgresql+psycopg://", 1),
        pool_size=pool,
        max_overflow=0,
        pool_timeout=LOCK_SECONDS,
        pool_pre_ping=True,
        connect_args={"options": settings, "connect_timeout": 10},
    )


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_MS / 1000})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we begin ourselves
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            f"busy_timeout={BUSY_MS}",
            "cache_size=-32768",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes the lock at once, so that what it reads first is still true when it writes.
        reading = connection.get_execution_options().get("yekuo_read", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


# ---- shape -------------------------------------------------------------------------------------------


def bring_up_to_date(database: Database) -> bool:
    """Make or migrate the tables, in one transaction; True when there was something to do. Refuses those of a
    newer release."""
    with database.write() as connection:
        if database.postgres:  # two processes that start at once must not both do it
            connection.execute(text("SELECT pg_advisory_xact_lock(7236011)"))
        found = _version(connection)
        if found > tables.VERSION:
            raise CentreTrouble("数据库是更新的版本建立的,请先升级中心程序")
        if found == tables.VERSION:
            return False
        migrate(connection, found)
        return True


def migrate(connection: Connection, found: int, to: int = tables.VERSION) -> None:
    """Run the revisions behind ``found`` (0: there is nothing yet) up to ``to``."""
    config, command = import_module("alembic.config").Config(), import_module("alembic.command")
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    if found and not connection.dialect.has_table(connection, "alembic_version"):
        command.stamp(config, f"{found:04}")  # made before there were revisions
    command.upgrade(config, f"{to:04}")
    connection.execute(tables.schema_version.delete())
    connection.execute(tables.schema_version.insert(), [{"version": to}])


def _version(connection: Connection) -> int:
    if not connection.dialect.has_table(connection, "schema_version"):
        return 0
    return int(connection.execute(select(tables.schema_version.c.version)).scalar() or 0)
