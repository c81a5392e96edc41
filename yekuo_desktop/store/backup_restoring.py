"""Going back to a backup: what that would cost, and a store made of it that lives a life of its own.

What was written after the backup and had reached the centre comes back from there; what had not is only in
the replaced store, which is set aside and stays. Numbers given out since are not given out again.
"""

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from msgspec.structs import replace

from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.entries import open_body
from yekuo_desktop.office.backup_ports import Lost, Manifest, Preview, Restored
from yekuo_desktop.office.ports import Ids, StoreTrouble
from yekuo_desktop.store import backup, backup_files, backup_swap, keeping, outbox, schema, tables
from yekuo_desktop.store.backup_files import BLOBS, DATABASE, KEY, words_of
from yekuo_desktop.store.engine import WRITE, Connection, Database, scalar
from yekuo_desktop.store.errors import DiskFull, Mismatch, WrongKey, told
from yekuo_desktop.store.keys import KeyRing
from yekuo_desktop.store.marker import check_identity, check_key, marker_of, read_marker, write_marker

SHOWN = 200  # entries of a preview
LEAP = 500  # serials of a day that are passed over where nobody can say which were given out
_DAILY = re.compile(r"(.+:)(\d{8})")
_AFTER = "FROM main.entries AS e WHERE NOT EXISTS (SELECT 1 FROM old.entries AS o WHERE o.id = e.id)"
_CASE = "FROM main.cases AS c WHERE c.id = substr(e.subject, 6)"
_LOST = f"SELECT e.body, coalesce((SELECT number {_CASE}), ''), coalesce((SELECT customer {_CASE}), '')"
_WITH_CENTRE = (
    "(EXISTS (SELECT 1 FROM main.log AS l WHERE l.entry = e.seq)"
    " OR EXISTS (SELECT 1 FROM main.receipts AS r WHERE r.entry = e.seq))"
)


def preview(path: Path, folder: Path, machine: str, code: str = "") -> Preview:
    """What going back to the backup at ``path`` would come to. Nothing is changed."""
    with _unpacked(path, folder, machine, code) as (work, manifest, key):
        present = (folder / DATABASE).exists()
        found = Preview(manifest=manifest, present=present, readable=present)
        if not present:
            return found
        _demand_same(folder, manifest)
        try:
            with _beside(folder, work, key) as both:
                return _compared(found, both)
        except (StoreTrouble, sqlcipher.Error):
            return replace(found, readable=False)


def prepare(path: Path, folder: Path, machine: str, new_id: Ids, now: datetime, code: str = "") -> Restored:
    """A store out of the backup, complete in every part; ``backup_swap.finish`` brings it to its place."""
    aside = backup_swap.aside_for(folder, now)
    with _unpacked(path, folder, machine, code) as (work, manifest, key):
        _demand_same(folder, manifest)
        with told(work):
            _carry_over(folder, work, key, manifest, now)
            restored = begin_anew(work, key, machine, new_id())
        bring_files(path.parent / BLOBS, folder / BLOBS, aside / BLOBS)
        backup_swap.commit(work, folder, aside)
    return replace(restored, set_aside=str(aside) if (folder / DATABASE).exists() else "")


@contextmanager
def _unpacked(path: Path, folder: Path, machine: str, code: str) -> Iterator[tuple[Path, Manifest, bytes]]:
    """The backup in a folder of its own, and its key; all of that goes again, unless it was committed."""
    work = folder / backup_swap.WORK
    shutil.rmtree(work, ignore_errors=True)
    try:
        work.mkdir(parents=True)
        manifest = backup_files.unpack(path, work)
        yield work, manifest, _key_of(work, folder, machine, code)
    except OSError as error:
        raise DiskFull(words_of(error, f"备份没有展开({folder})")) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _key_of(work: Path, folder: Path, machine: str, code: str) -> bytes:
    marker = read_marker(work)
    try:
        key = KeyRing(folder, machine).key()
        check_key(marker, key, folder)
        shutil.copyfile(folder / KEY, work / KEY)
    except StoreTrouble as trouble:
        if not code:
            words = "这台电脑上没有这份备份的密钥:请输入恢复码(首次设置时抄在纸上的那一串)"
            raise WrongKey(words) from trouble
        key = KeyRing(work, machine).recover(code)
        check_key(marker, key, work)
    with told(work), closing(backup.open_quietly(work / DATABASE, key)) as copy:
        check_identity(marker, keeping.identity(copy), key)
    return key


def _demand_same(folder: Path, manifest: Manifest) -> None:
    """A backup of another machine has no business in the place of this one's store."""
    if not (folder / DATABASE).exists():
        return
    try:
        here = read_marker(folder)
    except StoreTrouble:  # damaged as well: the key has shown that it is ours
        return
    meant = (manifest.practice, manifest.org, manifest.terminal)
    if (here.practice, here.org, here.terminal) != meant:
        words = f"这是另一台电脑(终端 {manifest.terminal})或另一套数据的备份,不能放到这里"
        raise Mismatch(f"{words};要用它,请另选一个空的数据目录")


@contextmanager
def _beside(folder: Path, work: Path, key: bytes) -> Iterator[Connection]:
    """The present store, and the backup as ``old`` beside it."""
    with told(folder), closing(Database(folder / DATABASE, key).connect()) as both:
        both.execute("ATTACH DATABASE ? AS old KEY ?", (str(work / DATABASE), f"x'{key.hex()}'"))
        yield both


def _compared(found: Preview, both: Connection) -> Preview:
    joined = keeping.centre(both) is not None
    after, with_centre = both.execute(
        f"SELECT count(*), coalesce(sum({_WITH_CENTRE}), 0) {_AFTER}"
    ).fetchone()
    rows = both.execute(f"{_LOST} {_AFTER} AND NOT {_WITH_CENTRE} ORDER BY e.seq LIMIT {SHOWN}")
    return replace(
        found,
        joined=joined,
        after=after,
        returning=with_centre,
        lost=after - with_centre,
        entries=tuple(Lost(entry=open_body(body), number=n, customer=c) for body, n, c in rows),
    )


def begin_anew(work: Path, key: bytes, machine: str, life: str) -> Restored:
    """The store in ``work`` in the shape of this release, under a new life, with everything in one file."""
    database = Database(work / DATABASE, key)
    with closing(database):
        schema.bring_up_to_date(database)
        with database.lend(WRITE) as connection:
            whose = keeping.identity(connection)
            acked = outbox.chain(connection, whose.incarnation).acked
            renewed = outbox.begin_life(connection, whose, life, acked)
            centre = keeping.centre(connection)
            if centre is not None:  # known to be a life of its own: not to be taken for a copy again
                keeping.save_centre(connection, replace(centre, machine=machine))
            entries = int(scalar(connection, "SELECT count(*) FROM entries"))
        write_marker(work, marker_of(renewed, key))
        with database.lend() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
            connection.execute("PRAGMA journal_mode = DELETE").close()
    return Restored(set_aside="", incarnation=life, entries=entries)


def _carry_over(folder: Path, work: Path, key: bytes, manifest: Manifest, now: datetime) -> None:
    """Serials given out since the backup, and forms half typed, out of the present store; where it cannot be
    read, serials leap."""
    with closing(backup.open_quietly(work / DATABASE, key)) as copy:
        try:
            if (folder / DATABASE).exists():
                _take_over(folder, key, copy)
                return
        except (StoreTrouble, sqlcipher.Error):
            pass
        leap(copy, manifest.made, now)


def _take_over(folder: Path, key: bytes, copy: Connection) -> None:
    with told(folder), closing(Database(folder / DATABASE, key).connect()) as live:
        counters = live.execute("SELECT name, value FROM counters").fetchall()
        drafts = live.execute("SELECT name, person, content, at FROM drafts").fetchall()
    with told(folder):
        copy.execute("BEGIN IMMEDIATE")
        known = dict(copy.execute("SELECT name, value FROM counters").fetchall())
        higher = [(name, max(value, known.get(name, 0))) for name, value in counters]
        copy.executemany(tables.counters.replace, higher)
        copy.executemany(tables.drafts.replace, drafts)
        copy.execute("COMMIT")


def leap(copy: Connection, since: datetime, now: datetime, known: Sequence[str] = ()) -> None:
    """Every counter of a day, from the day of ``since`` on, passes over what may have been given out.
    ``known``: beginnings of names that count even where none was found."""
    rows: dict[str, Any] = dict(copy.execute("SELECT name, value FROM counters").fetchall())
    kinds = {match[1] for name in rows if (match := _DAILY.fullmatch(name))} | set(known)
    leaps = {}
    for day in _days(since.astimezone(CHINA).date(), now.astimezone(CHINA).date()):
        for kind in kinds:
            name = f"{kind}{day:%Y%m%d}"
            leaps[name] = rows.get(name, 0) + LEAP
    copy.executemany(tables.counters.replace, leaps.items())


def _days(first: date, last: date) -> Iterator[date]:
    last = min(max(first, last), first + timedelta(days=3660))
    for at in range((last - first).days + 1):
        yield first + timedelta(days=at)


def bring_files(source: Path, target: Path, aside: Path) -> int:
    """Attachments the store lacks, out of the backup's; one of another length is damaged and set aside."""
    try:
        for path in backup_files.blob_files(source):
            place = target / path.parent.name / path.name
            if place.exists() and place.stat().st_size != path.stat().st_size:
                (aside / path.parent.name).mkdir(parents=True, exist_ok=True)
                place.rename(aside / path.parent.name / path.name)
        return backup_files.add_blobs(source, target, link=False)
    except OSError as error:
        raise DiskFull(words_of(error, f"附件没有取回({target})")) from error
