"""The encrypted database and its connections."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

BUSY_MS = 5000
PAGE = 500  # rows at a time
CACHE_KIB = 16 * 1024  # of one connection
WRITE, SNAPSHOT = {"yekuo_begin": "BEGIN IMMEDIATE"}, {"yekuo_begin": "BEGIN"}


def make_engine(path: Path, key: bytes) -> Engine:
    """An engine over the encrypted file. The key is the raw 256 bits: a passphrase would cost 0.1 s."""

    def connect() -> Any:
        connection = sqlcipher.connect(str(path), check_same_thread=False, isolation_level=None)
        try:
            prepare(connection, key)
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine(
        "sqlite://", creator=connect, module=sqlcipher, poolclass=QueuePool, pool_size=3, max_overflow=5
    )
    event.listen(engine, "begin", _begin)
    return engine


def prepare(connection: Any, key: bytes) -> None:
    """Give a fresh connection its key and make every commit durable."""
    for pragma in (
        f"key = \"x'{key.hex()}'\"",
        "cipher_log_level = NONE",
        f"busy_timeout = {BUSY_MS}",
        "foreign_keys = ON",
        "journal_mode = WAL",
        "synchronous = FULL",
        f"cache_size = -{CACHE_KIB}",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    """A writer takes its lock at once, so that what it reads first is still true when it writes.
    A single question needs no transaction."""
    begin = connection.get_execution_options().get("yekuo_begin")
    if begin:
        connection.exec_driver_sql(begin)


def scan(connection: Connection, sql: str, values: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Rows as the bare library gives them, for reading many of them."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(sql, values)
        while rows := cursor.fetchmany(PAGE):
            yield from rows
    finally:
        cursor.close()
