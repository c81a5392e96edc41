"""A new store out of what is left: the newest good backup, what can still be read of the damaged file, and
what the centre will give back. What is missing for good is named, entry by entry.

The journal written on this machine is one chain: what continues it without a gap is taken as it stands. What
lies behind a gap is written again under the new life, as the sync does it with a restored station; what the
centre has confirmed comes back from there and is not written twice.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import msgspec

from yekuo_desktop.domain.entries import Entry, link
from yekuo_desktop.office.backup_ports import Backup, Gap, Mended
from yekuo_desktop.office.ports import Identity, Ids
from yekuo_desktop.store import (
    backup_files,
    backup_restoring,
    backup_swap,
    keeping,
    outbox,
    schema,
    tables,
    unit,
)
from yekuo_desktop.store.backup_files import DATABASE, KEY, words_of
from yekuo_desktop.store.engine import WRITE, Connection, Database, scalar
from yekuo_desktop.store.errors import Damaged as DamagedStore
from yekuo_desktop.store.errors import DiskFull, told
from yekuo_desktop.store.marker import marker_of, read_marker, write_marker
from yekuo_desktop.store.repair_reading import Damaged
from yekuo_desktop.store.tables import Table

COPY = "damaged"
NOTHING = "数据文件整个读不出,也没有完好的备份。请把数据文件夹原样保留,联系维护人员"


Readable = dict[int, tuple[Entry, bytes, bytes]]
BESIDE = (
    *(tables.credentials, tables.drafts, tables.settings, tables.prints),
    *(tables.grants, tables.centre, tables.replaced),
)


class Told(msgspec.Struct):
    """What becomes of the entries written here."""

    kept: int = 0
    returning: int = 0
    lost: list[int] = msgspec.field(default_factory=list)
    written: dict[int, datetime] = msgspec.field(default_factory=dict)  # in the life the store was living


def salvage(
    folder: Path, key: bytes, machine: str, new_id: Ids, now: datetime, backups: Sequence[Backup]
) -> Mended:
    """Make the store anew in ``.restored``, from where it takes its place with the next opening; the damaged
    one is set aside. ``backups``: what there is, the newest first."""
    aside = backup_swap.aside_for(folder, now)
    with _work(folder) as (work, copy):
        with closing(Damaged(folder, copy, key)) as damaged:
            backup = _newest(backups, _identity(damaged))
            whose, since = _base(folder, work, damaged, key, backup)
            with (
                told(work),
                closing(Database(work / DATABASE, key)) as database,
                database.lend(WRITE) as base,
            ):
                before = int(scalar(base, "SELECT count(*) FROM entries"))
                keeping.change_identity(base, whose)
                found = _bring(base, damaged, whose)
                _pass_over(base, damaged, whose, since, now)
                keeping.save_setting(base, keeping.FOLDED_BY, "")  # all that is derived is made anew
        shutil.rmtree(copy)
        if (folder / KEY).exists():
            shutil.copyfile(folder / KEY, work / KEY)
        write_marker(work, marker_of(whose, key))
        with told(work):
            restored = backup_restoring.begin_anew(work, key, machine, new_id())
        backup_swap.commit(work, folder, aside)
    return Mended(
        base=backup.path if backup else "",
        set_aside=str(aside),
        entries=restored.entries,
        from_backup=before,
        from_file=found.kept,
        returning=found.returning,
        lost=_gaps(found),
    )


@contextmanager
def _work(folder: Path) -> Iterator[tuple[Path, Path]]:
    work = folder / backup_swap.WORK
    shutil.rmtree(work, ignore_errors=True)
    try:
        work.mkdir(parents=True)
        yield work, work / COPY
    except OSError as error:
        raise DiskFull(words_of(error, f"修复没有做成({folder})")) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _newest(backups: Sequence[Backup], whose: Identity | None) -> Backup | None:
    """The newest good backup of the life the damaged store was living: in one of a life before it the same
    entries stand otherwise."""
    for each in backups:
        if each.good and each.manifest and (whose is None or each.manifest.incarnation == whose.incarnation):
            return each
    return None


def _base(
    folder: Path, work: Path, damaged: Damaged, key: bytes, backup: Backup | None
) -> tuple[Identity, datetime | None]:
    """The backup's store or an empty one in ``work``; whose the damaged one is, and when the backup was
    made."""
    if backup is not None:
        manifest = backup_files.unpack(Path(backup.path), work)
        with told(work), closing(Database(work / DATABASE, key)) as database:
            schema.bring_up_to_date(database)
            with database.lend(WRITE) as connection:
                _bring_tables(connection, damaged, (tables.drafts, tables.credentials))
                return _identity(damaged) or keeping.identity(connection), manifest.made
    whose = _identity(damaged) or _from_entries(folder, damaged)
    with told(work), closing(Database(work / DATABASE, key)) as database:
        schema.migrate(database)
        with database.lend(WRITE) as connection:
            keeping.save_identity(connection, whose)
            _bring_tables(connection, damaged, BESIDE)
    return whose, None


def _identity(damaged: Damaged) -> Identity | None:
    rows = damaged.ask("SELECT content FROM identity")
    return msgspec.json.decode(rows[0][0], type=Identity) if rows else None


def _from_entries(folder: Path, damaged: Damaged) -> Identity:
    """Who the store was, by the marker beside it and the last entry that was written here."""
    last = None
    marker = read_marker(folder)
    for entry, _, _ in damaged.entries():
        if entry.terminal == marker.terminal:
            last = entry
    if last is None:
        raise DamagedStore(NOTHING)
    return Identity(
        org=marker.org,
        station=marker.station,
        terminal=marker.terminal,
        device=last.device,
        incarnation=last.incarnation,
        practice=marker.practice,
    )


def _bring_tables(connection: Connection, damaged: Damaged, wanted: Sequence[Table]) -> None:
    for table in wanted:
        connection.executemany(table.replace, [tuple(row.values()) for row in damaged.whole(table)])


def _bring(base: Connection, damaged: Damaged, whose: Identity) -> Told:
    """What was written here and can be read, life by life, behind what the base has."""
    lives: dict[str, Readable] = {}
    for entry, body, stored in damaged.entries():
        if entry.device == whose.device:
            lives.setdefault(entry.incarnation, {})[entry.n] = (entry, body, stored)
    heads = {row["incarnation"]: int(row["n"]) for row in damaged.whole(tables.heads)}
    told_of = Told()
    _bring_tables(base, damaged, (tables.chains, tables.seen))
    for life in dict.fromkeys((*heads, *lives, whose.incarnation)):
        readable = lives.get(life, {})
        last = max(heads.get(life, 0), max(readable, default=0))
        current = life == whose.incarnation
        if current:
            told_of.written = {n: entry.recorded for n, (entry, _, _) in readable.items()}
        _bring_life(base, readable, life, last, told_of, current=current)
    return told_of


def _bring_life(
    base: Connection, readable: Readable, life: str, last: int, told_of: Told, *, current: bool
) -> None:
    n, prev = unit.read_head(base, life)
    known = outbox.chain(base, life)
    while n + 1 in readable and link(prev, readable[n + 1][1]) == readable[n + 1][2]:
        n += 1
        prev = _append(base, readable[n], told_of)
    whole = n
    for later in range(n + 1, last + 1):
        if later <= known.acked:
            told_of.returning += 1
        elif current and later in readable:
            n, prev = later, _append(base, readable[later], told_of)
        else:
            told_of.lost.append(later)
    if n:
        base.execute(tables.heads.replace, (life, n, prev))
    if known.acked > whole:  # the centre has more of this life than is left here
        outbox.save_chain(base, life, msgspec.structs.replace(known, acked=whole))


def _gaps(found: Told) -> tuple[Gap, ...]:
    gaps: list[list[int]] = []
    for n in found.lost:
        if gaps and n == gaps[-1][1] + 1:
            gaps[-1][1] = n
        else:
            gaps.append([n, n])
    return tuple(Gap(a, b, found.written.get(a - 1), found.written.get(b + 1)) for a, b in gaps)


def _append(base: Connection, found: tuple[Entry, bytes, bytes], told_of: Told) -> bytes:
    entry, body, stored = found
    place = int(scalar(base, "SELECT coalesce(max(seq), 0) + 1 FROM entries"))
    base.execute(tables.entries.insert, (place, *unit.columns(entry).values(), body, stored))
    told_of.kept += 1
    return stored


def _pass_over(
    base: Connection, damaged: Damaged, whose: Identity, since: datetime | None, now: datetime
) -> None:
    """Serials as the damaged store gave them out; where that cannot be read, they leap."""
    counters = {row["name"]: int(row["value"]) for row in damaged.whole(tables.counters)}
    if counters:
        known = dict(base.execute("SELECT name, value FROM counters").fetchall())
        higher = [(name, max(value, known.get(name, 0))) for name, value in counters.items()]
        base.executemany(tables.counters.replace, higher)
    else:
        backup_restoring.leap(base, since or now, now, (f"number:{whose.terminal}:",))
