"""Making a backup: copied while others work, opened and verified, then named; the older ones thinned out.

A backup has its name only when it is whole, on the disk and proven. What an interrupted one left behind
lies in ``.work`` and is swept away by the next.
"""

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import sqlcipher3.dbapi2 as sqlcipher

from yekuo_desktop import __version__
from yekuo_desktop.domain.entries import Fault, check_chain
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.office.backup_ports import Backup, Kept, Manifest, Why
from yekuo_desktop.office.ports import StoreTrouble
from yekuo_desktop.runtime.claim import Claim
from yekuo_desktop.store import backup_files, keeping, proof
from yekuo_desktop.store.backup_files import BLOBS, DATABASE, FOLDER, FORMAT, KEY, words_of
from yekuo_desktop.store.backup_retention import RETENTION, Retention, kept
from yekuo_desktop.store.blobs import Blobs
from yekuo_desktop.store.engine import Connection, Database, scalar, scan
from yekuo_desktop.store.errors import Busy, DiskFull, told
from yekuo_desktop.store.keys import KeyFile
from yekuo_desktop.store.marker import marker_of, write_durably, write_marker

LOG = logging.getLogger(__name__)
WORK, STATE = ".work", "state.json"
ROOM = 64 * 1024 * 1024  # bytes left free beside a backup
AT_MOST = 20  # faults that are kept in words
FILE_FAULT = "的附件 "  # what ``proof`` says of an attachment that is not there
OWN_CHAIN = "SELECT n, body, hash FROM entries WHERE incarnation = ? AND n <= ? ORDER BY n"
Progress = Callable[[int, int, str], Any]
STEPS = ("复制数据", "核对副本", "写入备份", "整理旧备份")


class Source(msgspec.Struct, frozen=True):
    """An open store, as far as a backup needs it."""

    folder: Path
    database: Database
    key: bytes
    reference: Reference

    @property
    def root(self) -> Path:
        """Where its backups lie."""
        return self.folder / FOLDER


class Sight(msgspec.Struct, frozen=True):
    """What a store holds, and when this machine last wrote."""

    entries: int
    cases: int
    last_written: datetime | None


def sight(connection: Connection) -> Sight:
    """In numbers."""
    whose = keeping.identity(connection)
    sql = "SELECT recorded FROM entries WHERE incarnation = ? ORDER BY n DESC LIMIT 1"
    last = scalar(connection, sql, (whose.incarnation,))
    return Sight(
        int(scalar(connection, "SELECT count(*) FROM entries")),
        int(scalar(connection, "SELECT count(*) FROM cases")),
        datetime.fromisoformat(last) if last else None,
    )


def back_up(
    source: Source,
    why: Why,
    now: datetime,
    progress: Progress = lambda done, total, text: None,
    keep: Retention = RETENTION,
) -> Backup:
    """A verified backup beside the store. Raises ``StoreTrouble`` in words; what was there stays."""

    def proven(copy: Connection) -> list[Fault]:
        there = Present(source.folder / BLOBS, source.key)
        return list(proof.verify(copy, source.reference, there))

    return _made(source, why, now, proven, progress, keep)


def before_upgrade(source: Source, now: datetime) -> Backup:
    """A backup of a store an older release has made: the new one proves the journal before it touches it."""
    return _made(source, "upgrade", now, _plain_faults, lambda done, total, text: None, RETENTION)


def _made(
    source: Source,
    why: Why,
    now: datetime,
    proven: Callable[[Connection], list[Fault]],
    progress: Progress,
    keep: Retention,
) -> Backup:
    state = read_state(source.root)
    try:
        with _alone(source.root) as work:
            made = _whole(source, why, now, proven, progress, work)
            progress(3, len(STEPS), STEPS[3])
            thin_out(source.root, now, keep)
    except StoreTrouble as trouble:
        _note(source.root, msgspec.structs.replace(state, tried=now, trouble=str(trouble)))
        raise
    good = now if made.good else state.good
    _note(source.root, msgspec.structs.replace(state, tried=now, trouble=_fault_words(made), good=good))
    return made


def _whole(
    source: Source,
    why: Why,
    now: datetime,
    proven: Callable[[Connection], list[Fault]],
    progress: Progress,
    work: Path,
) -> Backup:
    progress(0, len(STEPS), STEPS[0])
    _snapshot(source, work)
    progress(1, len(STEPS), STEPS[1])
    with told(work), closing(open_quietly(work / DATABASE, source.key)) as copy:
        manifest = _manifest(copy, proven(copy), work, why, now)
    progress(2, len(STEPS), STEPS[2])
    place = source.root / backup_files.name_of(manifest)
    try:
        backup_files.add_blobs(source.folder / BLOBS, source.root / BLOBS, link=True)
        backup_files.pack(work, place, manifest)
    except OSError as error:
        raise DiskFull(words_of(error, f"备份没有写成({place})")) from error
    backup_files.check(place)
    return backup_files.look(place)


@contextmanager
def _alone(root: Path) -> Iterator[Path]:
    """An empty folder to work in, for one backup at a time."""
    claim = Claim(str(root))
    if not claim.take():
        raise Busy("另一个备份正在进行,请稍后再试")
    work = root / WORK
    try:
        shutil.rmtree(work, ignore_errors=True)
        for left_over in root.glob(f"*{backup_files.SUFFIX}.new"):
            left_over.unlink(missing_ok=True)
        work.mkdir(parents=True)
        yield work
    except OSError as error:
        raise DiskFull(words_of(error, f"备份没有做成({root})")) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
        claim.release()


def _snapshot(source: Source, work: Path) -> None:
    """The store as of one moment, while others go on writing."""
    needed = 2 * (source.folder / DATABASE).stat().st_size + ROOM
    if shutil.disk_usage(work).free < needed:
        raise DiskFull(f"备份没有做成:磁盘剩余空间不足(需要约 {needed // 1024**2} MB),请腾出空间")
    with (
        told(source.folder),
        closing(source.database.connect()) as live,
        closing(open_quietly(work / DATABASE, source.key)) as copy,
    ):
        live.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file: no log beside it
        whose = keeping.identity(copy)
    write_marker(work, marker_of(whose, source.key))
    if (source.folder / KEY).exists():
        found = msgspec.json.decode((source.folder / KEY).read_bytes(), type=KeyFile)
        bare = msgspec.structs.replace(found, machine=None)  # opens with the code on paper, wherever it lies
        write_durably(work / KEY, msgspec.json.encode(bare), 0o600)


def open_quietly(path: Path, key: bytes) -> Connection:
    """A connection that leaves no log beside the file."""
    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA cipher_log_level = NONE")
    return connection


def _manifest(copy: Connection, faults: list[Fault], work: Path, why: Why, now: datetime) -> Manifest:
    whose = keeping.identity(copy)
    sha256, size = backup_files.digest_of(work / DATABASE)
    missing = sum(FILE_FAULT in fault.reason for fault in faults)
    return Manifest(
        format=FORMAT,
        made=now,
        why=why,
        release=__version__,
        schema=int(scalar(copy, "PRAGMA user_version")),
        org=whose.org,
        station=whose.station,
        terminal=whose.terminal,
        device=whose.device,
        incarnation=whose.incarnation,
        practice=whose.practice,
        entries=int(scalar(copy, "SELECT count(*) FROM entries")),
        cases=int(scalar(copy, "SELECT count(*) FROM cases")),
        sha256=sha256,
        size=size,
        verified=now,
        faults=tuple(fault.reason for fault in faults if FILE_FAULT not in fault.reason)[:AT_MOST],
        notes=(f"{missing} 个附件缺失",) if missing else (),
    )


def _plain_faults(copy: Connection) -> list[Fault]:
    """What can be proven of a store of any release: every page, and the chain of every life of it."""
    for words in copy.execute("PRAGMA cipher_integrity_check"):
        return [Fault(0, "", f"数据文件有一页已损坏({words[0]})")]
    lives = copy.execute("SELECT incarnation, n, hash FROM heads").fetchall()
    chains = ((check_chain(scan(copy, OWN_CHAIN, (life, n)), (n, last))) for life, n, last in lives)
    return [fault for chain in chains for fault in chain]


class Present(Blobs):
    """Attachments that count as there when they lie there; every ``verify`` reads them whole."""

    def get(self, sha256: str) -> bytes | None:
        """Nothing is read: empty for one that is there."""
        return b"" if self.size(sha256) else None


def thin_out(root: Path, now: datetime, keep: Retention = RETENTION) -> list[Path]:
    """Remove good backups no rule keeps, and faulty ones but the newest; which ones went."""
    found = backup_files.backups(root)
    good = {each.path: each.manifest.made for each in found if each.manifest and each.good}
    stay = kept(good.values(), now, keep)
    faulty = [each.path for each in found if each.manifest and not each.good]
    gone = [Path(path) for path in (*(p for p, made in good.items() if made not in stay), *faulty[1:])]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


# ---- how they stand -------------------------------------------------------------------------------


def read_state(root: Path) -> Kept:
    """How the backups in a folder stand; what lies there counts where nothing was noted."""
    try:
        return msgspec.json.decode((root / STATE).read_bytes(), type=Kept)
    except (OSError, msgspec.MsgspecError):
        good = [each.manifest.made for each in backup_files.backups(root) if each.good and each.manifest]
        return Kept(good=max(good, default=None))


def _note(root: Path, state: Kept) -> None:
    try:
        root.mkdir(parents=True, exist_ok=True)
        write_durably(root / STATE, msgspec.json.encode(state))
    except OSError:
        LOG.warning("cannot note how the backup went", exc_info=True)


note_state = _note


def _fault_words(made: Backup) -> str:
    faults = made.manifest.faults if made.manifest else (made.trouble,)
    if not faults:
        return ""
    first = faults[0].removesuffix(proof.MEND)
    return f"备份已做,但核对发现数据有问题:{first}。请到 系统 → 自检 逐条核对并修复"
