"""The encrypted database and its connections.

Plain SQL over the bare library: SQLAlchemy takes longer to load than the whole window, so it is loaded
only with alembic, when a file is made or changes its shape.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import sqlcipher3.dbapi2 as sqlcipher

BUSY_MS = 5000
PAGE = 500  # rows at a time
CACHE_KIB = 16 * 1024  # of one connection
# A writer takes its lock at once, so that what it reads first is still true when it writes. A single
# question needs no transaction.
WRITE, SNAPSHOT = "BEGIN IMMEDIATE", "BEGIN"
Connection: TypeAlias = Any  # the library ships no types
Values = Sequence[Any]


class Database:
    """The encrypted file. Connections are lent out, each to one piece of work at a time, in any thread."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._key = path, key
        self._idle: deque[Connection] = deque()

    def connect(self) -> Connection:
        """A connection of one's own. The key is the raw 256 bits: a passphrase would cost 0.1 s."""
        connection = sqlcipher.connect(str(self._path), check_same_thread=False, isolation_level=None)
        try:
            prepare(connection, self._key)
        except BaseException:
            connection.close()
            raise
        return connection

    def lend(self, begin: str = "") -> "Loan":
        """A connection for reading, or for a transaction: committed at the end, rolled back as a whole
        when anything is raised."""
        return Loan(self, begin)

    def take(self) -> Connection:
        """A connection nobody works with."""
        return self._idle.pop() if self._idle else self.connect()

    def give_back(self, connection: Connection) -> None:
        """Others may work with it now."""
        self._idle.append(connection)

    def close(self) -> None:
        """Close the connections nobody works with."""
        while self._idle:
            self._idle.pop().close()


class Loan:
    """A connection on loan, for one ``with``. A class, because every question to the store takes one."""

    def __init__(self, database: Database, begin: str) -> None:
        self._database, self._begin = database, begin
        self._connection: Connection = None

    def __enter__(self) -> Connection:
        connection = self._database.take()
        self._connection = connection
        if self._begin:
            try:
                connection.execute(self._begin)
            except BaseException:
                self._end(connection.rollback)
                raise
        return connection

    def __exit__(self, kind: Any, error: BaseException | None, _trace: Any) -> None:
        if error is not None:
            self._end(self._connection.rollback)
        elif self._begin:
            self._commit()
        else:
            self._database.give_back(self._connection)

    def _commit(self) -> None:
        try:
            self._connection.commit()
        except BaseException:
            self._end(self._connection.rollback)
            raise
        self._database.give_back(self._connection)

    def _end(self, work: Callable[[], Any]) -> None:
        try:
            work()
        finally:
            self._database.give_back(self._connection)


def prepare(connection: Connection, key: bytes) -> None:
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


def first(connection: Connection, sql: str, values: Values = ()) -> tuple[Any, ...] | None:
    """The first row; None when there is none."""
    found: tuple[Any, ...] | None = connection.execute(sql, values).fetchone()
    return found


def scalar(connection: Connection, sql: str, values: Values = ()) -> Any:
    """The first value of the first row; None when there is none."""
    found = first(connection, sql, values)
    return found[0] if found is not None else None


def scalars(connection: Connection, sql: str, values: Values = ()) -> list[Any]:
    """The first value of every row."""
    return [row[0] for row in connection.execute(sql, values)]


def scan(connection: Connection, sql: str, values: Values = ()) -> Iterator[tuple[Any, ...]]:
    """Rows one by one, for reading many of them."""
    cursor = connection.cursor()
    try:
        cursor.execute(sql, values)
        while rows := cursor.fetchmany(PAGE):
            yield from rows
    finally:
        cursor.close()
