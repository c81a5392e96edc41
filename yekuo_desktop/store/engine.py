"""The encrypted database and its connections."""

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

BUSY_MS = 5000
CACHE_KIB = 16 * 1024  # of one connection
WRITE = {"yekuo_write": True}


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
    """A writer takes its lock at once, so that what it reads first is still true when it writes."""
    write = connection.get_execution_options().get("yekuo_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
