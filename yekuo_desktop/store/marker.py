"""What can be read of a store without its key, and must agree with what is in it."""

import hashlib
import hmac
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from yekuo_desktop.office.ports import Identity, StoreTrouble
from yekuo_desktop.store.errors import Mismatch, NotThere, WrongKey

FILE, DATABASE = "store.json", "yekuo.db"
RESTORED = ".restored"  # beside them: a finished store that takes their place when the folder is opened
PURPOSE = b"yekuo-key-check-1"


class Marker(msgspec.Struct, frozen=True, kw_only=True):
    """Whose store it is, practice or real. ``key_check`` tells a wrong key from a damaged file."""

    practice: bool
    org: str
    station: str
    terminal: str
    key_check: str


def marker_of(identity: Identity, key: bytes) -> Marker:
    """The marker of a store."""
    check = hmac.digest(key, PURPOSE, hashlib.sha256).hex()[:16]
    return Marker(
        practice=identity.practice,
        org=identity.org,
        station=identity.station,
        terminal=identity.terminal,
        key_check=check,
    )


def write_marker(folder: Path, marker: Marker) -> None:
    """Leave the marker beside the store, durable."""
    write_durably(folder / FILE, msgspec.json.format(msgspec.json.encode(marker)))


def read_marker(folder: Path) -> Marker:
    """The marker beside the store."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Marker)
    except (OSError, msgspec.MsgspecError) as error:
        raise NotThere(f"{folder / FILE} 不在或已损坏,无法确认是演练还是正式数据") from error


def check_key(marker: Marker, key: bytes, folder: Path) -> None:
    """Refuse a key of another store before it is tried on the file."""
    found = hmac.digest(key, PURPOSE, hashlib.sha256).hex()[:16]
    if not hmac.compare_digest(found, marker.key_check):
        raise WrongKey(f"打不开数据:密钥不对。请用恢复码重试({folder})")


def check_identity(marker: Marker, identity: Identity, key: bytes) -> None:
    """Practice data can never pass for real data, nor one county's for another's."""
    if marker != marker_of(identity, key):
        raise Mismatch("数据目录的标记与数据本身不一致:演练与正式数据、不同单位的数据不能混用")


def write_durably(path: Path, content: bytes, mode: int = 0o644) -> None:
    """The whole file or none, on disk when it returns."""
    with written_durably(path, mode) as file:
        file.write(content)


@contextmanager
def written_durably(path: Path, mode: int = 0o644) -> Iterator[BinaryIO]:
    """A file to write piece by piece; it has its name when everything was written, and none when not."""
    beside = path.with_name(f"{path.name}.new")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    beside.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a new name durable too. Windows cannot open folders and does not need it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def move_store(source: Path, target: Path) -> None:
    """Bring a finished store to its place, the database last: a folder without it holds no store. What an
    interrupted attempt left there makes room."""
    try:
        for entry in sorted(source.iterdir(), key=lambda entry: entry.name == DATABASE):
            place = target / entry.name
            if place.is_dir():
                shutil.rmtree(place)
            entry.replace(place)
        source.rmdir()
        sync_folder(target)
    except OSError as error:
        raise StoreTrouble(f"数据目录 {target} 写不进去:{error.strerror}") from error
