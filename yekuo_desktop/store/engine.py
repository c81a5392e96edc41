"""The encrypted database: how it is opened, and how its faults are told to people."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool

from yekuo_desktop.office.ports import StoreTrouble

BUSY_MS = 5000
WRITE = {"yekuo_write": True}
TROUBLES = (
    (
        "file is not a database",
        "打不开数据:密钥不对,或数据文件已损坏。请不要再操作,先备份数据目录,再用恢复码重试",
    ),
    ("malformed", "数据文件已损坏。请不要再操作,先备份数据目录,再联系维护人员"),
    ("disk is full", "磁盘已满,这次没有保存。请腾出空间后重试;录入的内容还在屏幕上"),
    ("readonly", "数据目录只读,不能保存。请检查权限或磁盘"),
    ("locked", "数据正被另一个程序占用,请稍后重试"),
    ("unable to open", "打不开数据文件,请检查数据目录的权限"),
)


def make_engine(path: Path, key: bytes) -> Engine:
    """An engine over the encrypted file. The key is the raw 256 bits: a passphrase would cost 0.1 s."""

    def connect() -> Any:
        connection = sqlcipher.connect(str(path), check_same_thread=False, isolation_level=None)
        cursor = connection.cursor()
        for pragma in (
            f"key = \"x'{key.hex()}'\"",
            "cipher_log_level = NONE",
            f"busy_timeout = {BUSY_MS}",
            "foreign_keys = ON",
            "journal_mode = WAL",
            "synchronous = FULL",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        return connection

    engine = create_engine(
        "sqlite://", creator=connect, module=sqlcipher, poolclass=QueuePool, pool_size=4, max_overflow=4
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """A writer takes its lock at once, so that what it reads first is still true when it writes."""
    write = connection.get_execution_options().get("yekuo_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn database faults into words."""
    try:
        yield
    except (DatabaseError, sqlcipher.DatabaseError) as error:
        raise StoreTrouble(f"{words(str(error))}({path})") from error


def words(message: str) -> str:
    """What a clerk is told about a fault of the database."""
    for sign, text in TROUBLES:
        if sign in message:
            return text
    return "数据保存出了问题,这次没有保存"
