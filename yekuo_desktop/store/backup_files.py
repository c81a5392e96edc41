"""A backup as one file: the encrypted database, its marker, its key under the recovery code, what it is.

A plain archive without compression (nothing encrypted shrinks), so that support can look into it anywhere.
Attachments lie beside it in ``blobs``, encrypted as in the store, each once for all backups.
"""

import errno
import hashlib
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import msgspec

from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.office.backup_ports import Backup, Manifest
from yekuo_desktop.office.ports import StoreTrouble
from yekuo_desktop.store.errors import Damaged
from yekuo_desktop.store.marker import sync_folder, written_durably

SUFFIX = ".yekuo-backup"
FOLDER, BLOBS = "backups", "blobs"
DATABASE, MARKER, KEY, MANIFEST = "yekuo.db", "store.json", "store.key", "backup.json"
PARTS = (DATABASE, MARKER, KEY)  # the key under the recovery code, where the store has such a file
FORMAT = 1
SMALL = 1024 * 1024  # no part but the database is larger
CHUNK = 1024 * 1024
BY_ERRNO = {
    errno.ENOSPC: "磁盘已满,请腾出空间",
    errno.EDQUOT: "磁盘配额已用完,请腾出空间",
    errno.EFBIG: "磁盘已满或文件过大,请腾出空间",
    errno.EROFS: "磁盘只读,请检查磁盘或权限",
    errno.EACCES: "没有写入的权限",
    errno.EPERM: "没有写入的权限",
    errno.ENOENT: "这个位置不在",
    errno.EIO: "读写出错,磁盘可能已坏",
}
Progress = Callable[[int, int], Any]


class BadBackup(Damaged):
    """A file that is no backup, or not what was written."""


def name_of(manifest: Manifest) -> str:
    """Terminal, moment and reason; in the order of time for one terminal."""
    terminal = "".join(sign for sign in manifest.terminal if sign.isalnum()) or "store"
    made = manifest.made.astimezone(CHINA)
    return f"{terminal}-{made:%Y%m%d-%H%M%S}{made.microsecond // 1000:03}-{manifest.why}{SUFFIX}"


def pack(work: Path, path: Path, manifest: Manifest) -> None:
    """The parts in ``work`` as one file at ``path``: whole and on the disk, or not there."""
    with (
        written_durably(path, 0o600) as out,
        zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=True) as archive,
    ):
        archive.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
        for part in PARTS:
            if part != KEY or (work / part).exists():
                archive.write(work / part, part)


def unpack(path: Path, work: Path) -> Manifest:
    """The parts of a backup into the empty folder ``work``, each as it was written. Raises ``BadBackup``."""
    with _opened(path) as archive:
        manifest = _manifest(archive, path)
        for part in _parts(archive):
            info = _part(archive, part, path)
            limit = manifest.size if part == DATABASE else SMALL
            if info.file_size > limit:
                raise BadBackup(f"{path.name} 里的 {part} 与清单不符,不能用")
            with archive.open(info) as source, (work / part).open("xb") as target:
                found = _copied(source, target)
            if part == DATABASE and found != manifest.sha256:
                raise BadBackup(f"备份文件 {path.name} 已损坏:数据库与校验值不符,请换一个备份")
    return manifest


def check(path: Path) -> Manifest:
    """What a backup says of itself, after reading all of it. Raises ``BadBackup``."""
    with _opened(path) as archive:
        manifest = _manifest(archive, path)
        with archive.open(_part(archive, DATABASE, path)) as source:
            if _copied(source, None) != manifest.sha256:
                raise BadBackup(f"备份文件 {path.name} 已损坏:数据库与校验值不符,请换一个备份")
        for part in _parts(archive)[1:]:
            with archive.open(_part(archive, part, path)) as source:
                _copied(source, None)
    return manifest


def backups(folder: Path) -> list[Backup]:
    """The backups in a folder, the newest first; those that cannot be read last."""
    if not folder.is_dir():
        return []
    found = [look(path) for path in sorted(folder.iterdir()) if path.suffix == SUFFIX]
    return sorted(
        found, key=lambda each: each.manifest.made.timestamp() if each.manifest else 0, reverse=True
    )


def look(path: Path) -> Backup:
    """A backup file as it says of itself; its content is not read."""
    size = path.stat().st_size
    try:
        with _opened(path) as archive:
            return Backup(path=str(path), bytes=size, manifest=_manifest(archive, path))
    except StoreTrouble as trouble:
        return Backup(path=str(path), bytes=size, trouble=str(trouble))


def key_file(path: Path) -> bytes:
    """The key under the recovery code out of a backup, b"" where it has none."""
    try:
        with _opened(path) as archive:
            return archive.read(_part(archive, KEY, path)) if KEY in archive.namelist() else b""
    except StoreTrouble:
        return b""


class _opened:
    """The archive; whatever is wrong with it is told as a bad backup."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> zipfile.ZipFile:
        try:
            self._archive = zipfile.ZipFile(self._path)
        except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise self._bad(error) from error
        return self._archive

    def __exit__(self, kind: Any, error: BaseException | None, _trace: Any) -> None:
        self._archive.close()
        if isinstance(error, zipfile.BadZipFile | EOFError | RuntimeError | NotImplementedError):
            raise self._bad(error) from error

    def _bad(self, error: BaseException) -> BadBackup:
        if isinstance(error, OSError):
            return BadBackup(f"备份文件 {self._path} 读不出:{error.strerror or error}")
        return BadBackup(f"{self._path.name} 不是完整的备份文件,请换一个")


def _parts(archive: zipfile.ZipFile) -> tuple[str, ...]:
    return PARTS if KEY in archive.namelist() else (DATABASE, MARKER)


def _part(archive: zipfile.ZipFile, name: str, path: Path) -> zipfile.ZipInfo:
    try:
        info = archive.getinfo(name)
    except KeyError as error:
        raise BadBackup(f"{path.name} 里缺少 {name},不是完整的备份文件") from error
    if info.compress_type != zipfile.ZIP_STORED or info.compress_size != info.file_size:
        raise BadBackup(f"{path.name} 里的 {name} 不是本程序写的,不能用")
    return info


def _manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    info = _part(archive, MANIFEST, path)
    if info.file_size > SMALL:
        raise BadBackup(f"{path.name} 的清单过大,不是本程序写的")
    try:
        found = msgspec.json.decode(archive.read(info), type=Manifest)
    except msgspec.MsgspecError as error:
        raise BadBackup(f"{path.name} 的清单读不懂,不是完整的备份文件") from error
    if found.format > FORMAT:
        raise BadBackup(f"{path.name} 是更新的版本写的备份,请先升级本程序")
    if found.made.tzinfo is None:
        raise BadBackup(f"{path.name} 的清单读不懂,不是完整的备份文件")
    return found


def _copied(source: IO[bytes], target: IO[bytes] | None) -> str:
    digest = hashlib.sha256()
    while piece := source.read(CHUNK):
        digest.update(piece)
        if target is not None:
            target.write(piece)
    return digest.hexdigest()


def digest_of(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file."""
    with path.open("rb") as file:
        return _copied(file, None), path.stat().st_size


# ---- attachments ----------------------------------------------------------------------------------


def blob_files(folder: Path) -> Iterator[Path]:
    """The attachments in a folder of them, as they lie there: folder and name."""
    if not folder.is_dir():
        return
    for sub in sorted(folder.iterdir()):
        if sub.is_dir() and len(sub.name) == 2:
            yield from (path for path in sorted(sub.iterdir()) if path.suffix == "")


def add_blobs(source: Path, target: Path, *, link: bool, progress: Progress | None = None) -> int:
    """Bring the attachments that ``target`` lacks; how many. Named by content and never changed, so one that
    is there in its whole length stays. ``link``: on the same disk, where a second name costs nothing."""
    there = {(path.parent.name, path.name): path.stat().st_size for path in blob_files(target)}
    wanted = [
        path for path in blob_files(source) if there.get((path.parent.name, path.name)) != path.stat().st_size
    ]
    for at, path in enumerate(wanted, start=1):
        place = target / path.parent.name / path.name
        place.parent.mkdir(parents=True, exist_ok=True)
        if not (link and _linked(path, place)):
            copy_durably(path, place)
        if progress is not None:
            progress(at, len(wanted))
    return len(wanted)


def add_blob(path: Path, place: Path) -> None:
    """One attachment to its place."""
    place.parent.mkdir(parents=True, exist_ok=True)
    copy_durably(path, place)


def _linked(path: Path, place: Path) -> bool:
    try:
        if place.exists():
            return False
        place.hardlink_to(path)
    except (OSError, NotImplementedError):  # another disk, or a file system without
        return False
    return True


def copy_durably(path: Path, place: Path) -> None:
    """A whole copy or none, on the disk when it returns."""
    with path.open("rb") as source, written_durably(place, 0o600) as target:
        shutil.copyfileobj(source, target, CHUNK)
    sync_folder(place.parent)


def words_of(error: OSError, what: str) -> str:
    """Why something could not be written, and what to do."""
    return f"{what}:{BY_ERRNO.get(error.errno or 0, error.strerror or '原因不明')}"
