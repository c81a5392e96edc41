"""What can go wrong with a store, told in words a clerk can act on."""

from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from yekuo_desktop.office.ports import StoreTrouble


class NotThere(StoreTrouble):
    """There is no store, or a part of it is missing."""


class WrongKey(StoreTrouble):
    """The key is not the key of this store."""


class Damaged(StoreTrouble):
    """The file does not hold what was written."""


class NewerSchema(StoreTrouble):
    """A newer release wrote the store."""


class ReadOnly(StoreTrouble):
    """Nothing can be written where the store lies."""


class DiskFull(StoreTrouble):
    """The disk has no room left."""


class Busy(StoreTrouble):
    """Another program holds the store."""


class Mismatch(StoreTrouble):
    """The marker and the store, or practice and real, do not belong together."""


class Stale(StoreTrouble):
    """A decision was made on a case that has changed meanwhile."""


DAMAGED = "数据文件已损坏,原文件没有动。请关闭程序再打开,按提示修复"
SUSPECT = ".suspect"  # beside a store in which damage was met: the next start looks at all of it
BY_CODE: dict[int, tuple[type[StoreTrouble], str]] = {
    sqlcipher.SQLITE_BUSY: (Busy, "数据正被另一个程序占用,请稍后重试"),
    sqlcipher.SQLITE_LOCKED: (Busy, "数据正被另一个程序占用,请稍后重试"),
    sqlcipher.SQLITE_READONLY: (ReadOnly, "数据目录只读,不能保存。请检查权限或磁盘"),
    sqlcipher.SQLITE_PERM: (ReadOnly, "数据目录只读,不能保存。请检查权限或磁盘"),
    sqlcipher.SQLITE_FULL: (DiskFull, "磁盘已满,这次没有保存。请腾出空间后重试;录入的内容还在屏幕上"),
    sqlcipher.SQLITE_NOTADB: (Damaged, DAMAGED),
    sqlcipher.SQLITE_CORRUPT: (Damaged, DAMAGED),
    sqlcipher.SQLITE_CANTOPEN: (NotThere, "打不开数据文件,请检查数据目录是否存在、是否有权限"),
    sqlcipher.SQLITE_IOERR: (Damaged, "读写磁盘出错,这次没有保存。请检查磁盘后重试"),
}
UNKNOWN = (StoreTrouble, "数据保存出了问题,这次没有保存")


def suspect(path: Path) -> None:
    """Have the next start look at the whole store that ``path`` is, or lies in."""
    folder = path if path.is_dir() else path.parent
    with suppress(OSError):
        (folder / SUSPECT).touch()


class told:
    """Turn faults of the database into words."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None: ...

    def __exit__(self, kind: Any, error: BaseException | None, _trace: Any) -> None:
        if isinstance(error, sqlcipher.Error):
            trouble, words = BY_CODE.get(_code(error), UNKNOWN)
            if trouble is Damaged:
                suspect(self._path)
            raise trouble(f"{words}({self._path})") from error


class Asking:
    """A connection on loan whose faults are told in words."""

    def __init__(self, path: Path, loan: AbstractContextManager[Any]) -> None:
        self._told, self._loan = told(path), loan

    def __enter__(self) -> Any:
        with self._told:
            return self._loan.__enter__()

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        with self._told:
            self._loan.__exit__(kind, error, trace)
        self._told.__exit__(kind, error, trace)


def _code(error: BaseException) -> int:
    """The primary result code; the upper bits of an extended one say where it happened."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
