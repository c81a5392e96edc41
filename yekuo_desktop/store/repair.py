"""What is wrong with the files of a store, and setting it right without overwriting anything.

Looking opens the file only to read. Whatever is replaced is set aside first, under ``replaced``.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from yekuo_desktop.office.backup_ports import Mended
from yekuo_desktop.office.ports import Ids, StoreTrouble
from yekuo_desktop.office.self_test_ports import Ailment
from yekuo_desktop.store import backup_files, backup_swap, derived, keeping, tables
from yekuo_desktop.store.backup import open_quietly
from yekuo_desktop.store.backup_files import BLOBS, DATABASE, FOLDER, KEY, MARKER
from yekuo_desktop.store.engine import Connection, scalar, scan
from yekuo_desktop.store.errors import (
    Busy,
    Damaged,
    DiskFull,
    Mismatch,
    NewerSchema,
    NotThere,
    ReadOnly,
    WrongKey,
    told,
)
from yekuo_desktop.store.keys import KeyRing
from yekuo_desktop.store.marker import check_identity, check_key, marker_of, read_marker, write_marker
from yekuo_desktop.store.repair_salvage import salvage
from yekuo_desktop.store.store import LocalStore

LEAST = 20 * 1024 * 1024  # bytes free, for a save to be possible at all
KINDS: tuple[tuple[type[StoreTrouble], str, str], ...] = (
    (WrongKey, "key", "code"),
    (NewerSchema, "newer", "upgrade"),
    (ReadOnly, "read_only", "view"),
    (DiskFull, "full", "view"),
    (Busy, "busy", "retry"),
    (Mismatch, "mismatch", "support"),
    (Damaged, "damaged", "mend"),
    (NotThere, "missing", "restore"),
)


def ailment(trouble: StoreTrouble) -> Ailment:
    """What an error of a store is, and the way out of it."""
    for kind, name, way in KINDS:
        if isinstance(trouble, kind):
            return Ailment(kind=name, words=str(trouble), way=way)
    return Ailment(kind="unknown", words=str(trouble), way="support")


def examine(folder: Path, machine: str) -> Ailment | None:
    """The first thing that keeps a store from being opened or written; None for a sound one."""
    try:
        LocalStore.settle(folder)
        if not LocalStore.exists(folder):
            return Ailment(kind="nothing", words=f"这里还没有数据({folder})", way="setup")
        key = _key(folder, machine)
        if key is None:
            words = f"密钥文件 {KEY} 不在或已损坏,数据打不开({folder})"
            return Ailment(kind="no_key", words=words, way="key")
        _writable(folder)
        found = _marker(folder, key)
        if found is None:
            _database(folder, key)
            _room(folder)
        return found
    except StoreTrouble as trouble:
        return ailment(trouble)


def _key(folder: Path, machine: str) -> bytes | None:
    """None where the file that holds it is gone or damaged."""
    try:
        return KeyRing(folder, machine).key()
    except NotThere:
        return None


def _marker(folder: Path, key: bytes) -> Ailment | None:
    try:
        check_key(read_marker(folder), key, folder)
    except NotThere as trouble:
        return Ailment(kind="marker", words=str(trouble), way="marker")
    return None


def _database(folder: Path, key: bytes) -> None:
    if (folder / DATABASE).stat().st_size == 0:
        raise Damaged(f"数据文件已损坏:里面是空的({folder / DATABASE})")
    with told(folder), closing(open_quietly(folder / DATABASE, key)) as connection:
        connection.execute("PRAGMA query_only = ON")
        if int(scalar(connection, "PRAGMA user_version")) > tables.VERSION:
            raise NewerSchema("这套数据是更新的版本写的,请先升级本程序再打开")
        for words in connection.execute("PRAGMA cipher_integrity_check"):
            raise Damaged(f"数据文件有一页已损坏({words[0]}),原文件没有动({folder})")
        check_identity(read_marker(folder), keeping.identity(connection), key)


def _writable(folder: Path) -> None:
    if not os.access(folder, os.W_OK) or not os.access(folder / DATABASE, os.W_OK):
        raise ReadOnly(f"数据目录只读,不能保存。请检查权限或磁盘({folder})")


def _room(folder: Path) -> None:
    if shutil.disk_usage(folder).free < LEAST:
        raise DiskFull(f"磁盘已满,不能保存,请腾出空间({folder})")


def shape(folder: Path, key: bytes) -> dict[str, object]:
    """The tables of a store as they were made, how many rows each has, and the names of its settings."""
    with told(folder), closing(open_quietly(folder / DATABASE, key)) as connection:
        connection.execute("PRAGMA query_only = ON")
        made = dict(
            connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
        )
        ours = (table.name for table in (*tables.BESIDE, *tables.DERIVED))
        rows = {
            name: int(scalar(connection, f"SELECT count(*) FROM {name}")) for name in ours if name in made
        }
        settings = sorted(name for (name,) in connection.execute("SELECT name FROM settings"))
        return {
            "user_version": int(scalar(connection, "PRAGMA user_version")),
            "rows": rows,
            "settings": [name.split(":")[0] for name in settings],
            "schema": made,
        }


# ---- setting right --------------------------------------------------------------------------------


def write_marker_anew(folder: Path, machine: str, now: datetime) -> None:
    """The marker out of the store itself; the damaged one is set aside."""
    key = KeyRing(folder, machine).key()
    with told(folder), closing(open_quietly(folder / DATABASE, key)) as connection:
        whose = keeping.identity(connection)
    _set_aside(folder, MARKER, now)
    write_marker(folder, marker_of(whose, key))


def bring_key(folder: Path, machine: str, code: str, now: datetime) -> None:
    """The key by the recovery code; where its file is gone or damaged, out of the newest backup that has
    one. Raises ``StoreTrouble``."""
    if not code:
        raise WrongKey("需要恢复码(首次设置时抄在纸上的那一串)")
    try:
        KeyRing(folder, machine).recover(code)
        return
    except NotThere:
        content = _key_in(folder / FOLDER)
    aside = folder / f"{KEY}.trial"
    aside.mkdir()
    try:
        (aside / KEY).write_bytes(content)
        KeyRing(aside, machine).recover(code)
        _set_aside(folder, KEY, now)
        (aside / KEY).replace(folder / KEY)
    finally:
        shutil.rmtree(aside)


def _key_in(root: Path) -> bytes:
    for each in backup_files.backups(root):
        if each.manifest and (content := backup_files.key_file(Path(each.path))):
            return content
    raise NotThere("密钥文件不在,备份里也没有。请从第二备份位置恢复,或联系维护人员")


def _set_aside(folder: Path, name: str, now: datetime) -> None:
    if (folder / name).exists():
        aside = backup_swap.aside_for(folder, now)
        aside.mkdir(parents=True)
        (folder / name).rename(aside / name)


def make_anew(folder: Path, machine: str, new_id: Ids, now: datetime) -> Mended:
    """A damaged store, made anew and in its place."""
    key = KeyRing(folder, machine).key()
    found = salvage(folder, key, machine, new_id, now, backup_files.backups(folder / FOLDER))
    LocalStore.settle(folder)
    return found


def bring_attachments(store: LocalStore, now: datetime) -> tuple[int, int, int]:
    """Attachments that are missing or damaged, out of the backups beside the store; how many came, how many
    the centre is asked for, and how many are nowhere."""
    source = store.backing
    came, asked, nowhere = 0, 0, 0
    aside = backup_swap.aside_for(source.folder, now) / BLOBS
    with store._writing() as connection:
        joined = keeping.centre(connection) is not None
        for sha256 in _missing(store, connection):
            place = store._blobs.place(sha256)
            kept = source.root / BLOBS / place.parent.name / place.name
            if place.exists():
                (aside / place.parent.name).mkdir(parents=True, exist_ok=True)
                place.rename(aside / place.parent.name / place.name)
            if kept.exists():
                backup_files.add_blob(kept, place)
            if store.blob(sha256) is not None:
                came += 1
            elif joined:
                connection.execute(tables.files.replace, (sha256, "awaited"))
                asked += 1
            else:
                nowhere += 1
    return came, asked, nowhere


def _missing(store: LocalStore, connection: Connection) -> Iterator[str]:
    for (content,) in list(scan(connection, "SELECT content FROM documents")):
        for file in derived.decode_case(content).attachments:
            if store.blob(file.sha256) is None:
                yield file.sha256
