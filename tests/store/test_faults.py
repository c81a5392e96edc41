"""Full disk, read-only folder, torn log, flipped byte, newer release, two programs: nothing is lost."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random
from threading import Event, Thread

import pytest

from tests.store import county
from yekuo_desktop import bootstrap
from yekuo_desktop.domain.casework import Attaching, NoteText
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.ports import StoreTrouble
from yekuo_desktop.store import engine as engines
from yekuo_desktop.store.engine import scalar
from yekuo_desktop.store.errors import (
    Busy,
    Damaged,
    DiskFull,
    Mismatch,
    NewerSchema,
    NotThere,
    ReadOnly,
    WrongKey,
)
from yekuo_desktop.store.store import LocalStore

COUNT = 40


@pytest.fixture
def full(bare: LocalStore) -> LocalStore:
    county.populate(bare, COUNT, together=5)
    return bare


def state(store: LocalStore) -> tuple[object, ...]:
    rows = store.queue(Filter(), county.START, limit=1000)
    return (*(store.case(row.case.id) for row in rows), store.count(Filter(), county.START))


def test_a_full_disk_leaves_nothing_behind(full: LocalStore, folder: Path) -> None:
    before = state(full)
    with full._reading() as connection:  # the next commit gets this connection again
        pages = scalar(connection, "PRAGMA page_count")
        connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull, match="磁盘已满"):
        county.populate(full, COUNT, first=1000)
    assert state(full) == before
    assert list(full.verify()) == []
    full.close()
    again = county.open_store(folder)
    assert state(again) == before
    county.populate(again, 1, first=1000)
    again.close()


def test_a_read_only_store_can_be_read_and_says_why_it_cannot_be_written(
    full: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    full._database.close()
    usual = engines.prepare

    def reading_only(connection: sqlite3.Connection, key: bytes) -> None:
        usual(connection, key)
        connection.execute("PRAGMA query_only = ON")

    monkeypatch.setattr(engines, "prepare", reading_only)
    assert full.count(Filter(), county.START) == COUNT
    with pytest.raises(ReadOnly, match="只读"):
        full.save_setting("a", "b")


def test_a_store_that_is_held_says_so(
    full: LocalStore, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setattr(engines, "BUSY_MS", 20)
    held, done = Event(), Event()

    def hold() -> None:
        with full._writing():
            held.set()
            done.wait(10)

    holder = Thread(target=hold)
    holder.start()
    held.wait(10)
    other = county.open_store(folder)
    with pytest.raises(Busy, match="占用"):
        other.save_setting("a", "b")
    assert other.count(Filter(), county.START) == COUNT
    done.set()
    holder.join()
    other.save_setting("a", "b")
    other.close()


def test_a_torn_log_opens_to_a_valid_prefix(full: LocalStore, folder: Path, tmp_path: Path) -> None:
    draw, whole = Random(11), full.count(Filter(), county.START)
    log = (folder / "yekuo.db-wal").read_bytes()
    for at in range(8):
        copy = tmp_path / f"torn-{at}"
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("*-shm"))
        cut = draw.randrange(len(log))
        torn = log[:cut] if at % 2 else log[:cut] + bytes(draw.randbytes(64)) + log[cut + 64 :]
        (copy / "yekuo.db-wal").write_bytes(torn)
        try:
            store = county.open_store(copy)
        except StoreTrouble:
            continue  # the log began before the first commit was moved into the file
        assert list(store.verify()) == []
        assert store.count(Filter(), county.START) <= whole
        assert store.count(Filter(), county.START) % 5 == 0  # whole commits only
        store.close()


def test_a_flipped_byte_is_detected_wherever_it_is(full: LocalStore, folder: Path) -> None:
    full.close()
    file, draw = folder / "yekuo.db", Random(5)
    whole = file.read_bytes()
    for _ in range(12):
        at = draw.randrange(len(whole))
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 0x40]) + whole[at + 1 :])
        assert damage(folder)
    file.write_bytes(whole)
    assert not damage(folder)


def damage(folder: Path) -> bool:
    try:
        store = county.open_store(folder)
    except Damaged:
        return True
    try:
        return bool(list(store.verify()))
    finally:
        store.close()


def test_a_wrong_key_is_told_from_a_damaged_file(full: LocalStore, folder: Path) -> None:
    full.close()
    with pytest.raises(WrongKey, match="密钥"):
        LocalStore.open(folder, bytes(32), bootstrap.load_reference(), bootstrap.new_id)
    (folder / "yekuo.db").write_bytes(bytes(8192))
    with pytest.raises(Damaged, match="损坏"):
        county.open_store(folder)


def test_a_store_of_a_newer_release_is_refused(full: LocalStore, folder: Path) -> None:
    full.close()
    county.by_hand(folder, ("PRAGMA user_version = 99", ()))
    with pytest.raises(NewerSchema, match="升级"):
        county.open_store(folder)


@pytest.mark.parametrize(
    ("change", "trouble"),
    [
        (lambda folder: (folder / "yekuo.db").unlink(), NotThere),
        (lambda folder: (folder / "store.json").unlink(), NotThere),
        (lambda folder: (folder / "store.json").write_text("{"), NotThere),
        (lambda folder: edit(folder, '"practice": false', '"practice": true'), Mismatch),
        (lambda folder: edit(folder, '"HK"', '"CX"'), Mismatch),
        (lambda folder: edit(folder, "org-1", "org-2"), Mismatch),
    ],
)
def test_what_does_not_belong_together_is_refused(
    bare: LocalStore, folder: Path, change: Callable[[Path], object], trouble: type[StoreTrouble]
) -> None:
    bare.close()
    change(folder)
    with pytest.raises(trouble):
        county.open_store(folder)
    assert not list(folder.glob("*-wal"))


def edit(folder: Path, before: str, after: str) -> None:
    marker = folder / "store.json"
    assert before in marker.read_text()
    marker.write_text(marker.read_text().replace(before, after))


def test_a_store_is_never_made_over_another(bare: LocalStore, folder: Path) -> None:
    with pytest.raises(StoreTrouble, match="已经有数据"):
        LocalStore.create(folder, county.KEY, bootstrap.load_reference(), county.identity(), bootstrap.new_id)


def test_a_making_that_was_cut_off_can_be_done_again(folder: Path) -> None:
    folder.mkdir()
    (folder / "yekuo.db.new").write_bytes(b"half")
    (folder / "yekuo.db.new-wal").write_bytes(b"half")
    county.new_store(folder).close()
    assert not list(folder.glob("*.new*"))


def test_files_are_kept_encrypted_and_a_damaged_one_is_found(full: LocalStore, folder: Path) -> None:
    content = "身份证 410122196603121029".encode() * 50
    sha256 = full.put_blob(content)
    assert full.put_blob(content) == sha256
    (stored,) = (path for path in (folder / "blobs").rglob("*") if path.is_file())
    assert full.blob(sha256) == content
    assert b"410122" not in stored.read_bytes()
    assert sha256 not in str(stored)
    assert full.blob("0" * 64) is None
    row = full.queue(Filter(), county.START)[0]
    file = Attaching(id="f", sha256=sha256, name="身份证.jpg", media_type="image/jpeg", size=len(content))
    with full.unit() as unit:
        county.say(unit, f"case:{row.case.id}", "case.attached", file)
    assert list(full.verify()) == []
    stored.write_bytes(stored.read_bytes()[:-1] + b"x")
    (fault,) = full.verify()
    assert "身份证.jpg" in fault.reason
    assert full.blob(sha256) is None
    full.put_blob(content)
    assert list(full.verify()) == []
    stored.unlink()
    assert len(list(full.verify())) == 1


def test_a_store_copied_while_open_opens(full: LocalStore, folder: Path, tmp_path: Path) -> None:
    row = full.queue(Filter(), county.START)[0]
    with full.unit() as unit:
        county.say(unit, f"case:{row.case.id}", "case.noted", NoteText("kurz davor"))
        shutil.copytree(folder, tmp_path / "copy")
    copy = county.open_store(tmp_path / "copy")
    assert list(copy.verify()) == []
    assert copy.count(Filter(), county.START) == COUNT
    copy.close()
