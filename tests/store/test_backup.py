"""A backup is whole, proven and encrypted or it is not there; what goes wrong leaves the others alone."""

import resource
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import msgspec
import pytest

from tests.store import county
from tests.store.backed_up import COUNT, NOW, folder, made, names, root, store
from yekuo_desktop.domain.casework import NoteText
from yekuo_desktop.office.backup_ports import Kept
from yekuo_desktop.office.ports import StoreTrouble
from yekuo_desktop.runtime.claim import Claim
from yekuo_desktop.store import backup, backup_files
from yekuo_desktop.store.errors import Busy, Damaged, DiskFull
from yekuo_desktop.store.store import LocalStore
from yekuo_desktop.store.tables import VERSION

__all__ = ["folder", "made", "store"]
ROOT = Path(__file__).resolve().parents[2]


def test_a_backup_is_a_verified_copy_that_nobody_can_read(store: LocalStore, folder: Path) -> None:
    said: list[str] = []
    found = backup.back_up(store.backing, "by_hand", NOW, lambda done, total, text: said.append(text))
    assert found.good
    assert found.manifest is not None
    assert found.manifest.cases == COUNT
    assert tuple(said) == backup.STEPS
    assert names(root(folder)) == {Path(found.path).name}
    content = Path(found.path).read_bytes()
    assert b"SQLite format" not in content
    assert "柳湾村".encode() not in content
    with zipfile.ZipFile(found.path) as archive:
        assert {info.filename for info in archive.infolist()} == {"backup.json", "yekuo.db", "store.json"}
    assert len(list(backup_files.blob_files(root(folder) / "blobs"))) == 1
    assert backup.read_state(root(folder)) == Kept(tried=NOW, good=NOW)
    assert backup_files.check(Path(found.path)) == found.manifest


def test_a_backup_is_of_one_moment_while_others_write(store: LocalStore) -> None:
    with store._writing() as connection:  # a commit that has begun and is not done
        connection.execute("INSERT INTO settings (name, value) VALUES ('half', 'done')")
        found = backup.back_up(store.backing, "nightly", NOW)
    assert found.good


def test_what_a_person_should_see_makes_a_backup_no_good_one(store: LocalStore, folder: Path) -> None:
    first = backup.back_up(store.backing, "nightly", NOW)
    county.by_hand(folder, ("UPDATE cases SET customer = 'x' WHERE id = ?", (county.id_of(3),)))
    (blob,) = backup_files.blob_files(folder / "blobs")
    later = backup.back_up(store.backing, "nightly", NOW + timedelta(days=1))
    assert not later.good
    state = backup.read_state(root(folder))
    assert state.good == NOW
    assert "核对发现数据有问题" in state.trouble
    again = backup.back_up(store.backing, "nightly", NOW + timedelta(days=2))
    assert {each.path for each in backup_files.backups(root(folder))} == {first.path, again.path}
    store.rebuild()
    blob.unlink()
    mended = backup.back_up(store.backing, "nightly", NOW + timedelta(days=3))
    assert mended.good  # as the store is; that an attachment is missing is said
    assert mended.manifest is not None
    assert mended.manifest.notes == ("1 个附件缺失",)


def test_older_backups_are_thinned_out(store: LocalStore, folder: Path, tmp_path: Path) -> None:
    found = backup.back_up(store.backing, "nightly", NOW)
    work = tmp_path / "work"
    work.mkdir()
    manifest = backup_files.unpack(Path(found.path), work)
    for ago in range(1, 60):
        older = msgspec.structs.replace(manifest, made=NOW - timedelta(days=ago))
        backup_files.pack(work, root(folder) / backup_files.name_of(older), older)
    (root(folder) / "notes.yekuo-backup").write_bytes(b"not ours")
    gone = backup.thin_out(root(folder), NOW)
    stay = backup_files.backups(root(folder))
    assert len(stay) == 11  # 7 days, 2 more weeks, 1 more month, and what is none of ours
    assert len(gone) == 50
    assert stay[0].path == found.path
    assert not stay[-1].good


def test_a_damaged_store_is_not_backed_up_over_a_good_one(store: LocalStore, folder: Path) -> None:
    first = backup.back_up(store.backing, "nightly", NOW)
    store.close()
    file, draw = folder / "yekuo.db", Random(3)
    whole = file.read_bytes()
    at = draw.randrange(8192, len(whole))
    file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    with pytest.raises(Damaged, match="损坏"):
        backup.back_up(store.backing, "nightly", NOW + timedelta(days=1))
    assert names(root(folder)) == {Path(first.path).name}
    state = backup.read_state(root(folder))
    assert state.good == NOW
    assert "损坏" in state.trouble


@pytest.fixture
def little_room() -> Iterator[None]:
    """No file of this process grows beyond 100 KB: what a full disk does, to the byte."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_fills_up_leaves_no_half_file(
    store: LocalStore, folder: Path, request: pytest.FixtureRequest
) -> None:
    first = backup.back_up(store.backing, "nightly", NOW)
    request.getfixturevalue("little_room")
    with pytest.raises(StoreTrouble):
        backup.back_up(store.backing, "nightly", NOW + timedelta(days=1))
    assert names(root(folder)) == {Path(first.path).name}
    assert not (root(folder) / ".work").exists()
    work = folder / "work"
    work.mkdir()
    (work / "yekuo.db").write_bytes(b"")
    (work / "store.json").write_bytes(bytes(90_000))
    assert first.manifest is not None
    with pytest.raises(OSError, match=r"too large|space"):
        backup_files.pack(folder, work / "x.yekuo-backup", first.manifest)
    assert {path.name for path in work.iterdir()} == {"yekuo.db", "store.json"}


def test_two_backups_at_once_are_one(store: LocalStore, folder: Path) -> None:
    other = Claim(str(root(folder)))
    assert other.take()
    with pytest.raises(Busy, match="正在进行"):
        backup.back_up(store.backing, "nightly", NOW)
    other.release()
    assert backup.back_up(store.backing, "nightly", NOW).good


KILLED = """
import os, signal, sys
from datetime import timedelta
from pathlib import Path
from tests.store import county
from yekuo_desktop.store import backup
step, store = int(sys.argv[2]), county.open_store(Path(sys.argv[1]))
def progress(done, total, text):
    if done == step:
        sys.stdout.write("here\\n"); sys.stdout.flush()
    if done == step == 3:
        os.kill(os.getpid(), signal.SIGKILL)
backup.back_up(store.backing, "nightly", county.START + timedelta(days=40), progress)
"""


def test_a_backup_that_is_killed_leaves_the_others_and_the_store_alone(
    store: LocalStore, folder: Path
) -> None:
    first = backup.back_up(store.backing, "nightly", NOW)
    for step in range(4):
        child = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(folder), str(step)], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        child.stdout.readline()
        child.send_signal(signal.SIGKILL)
        child.communicate()
    found = backup_files.backups(root(folder))
    assert all(each.good and backup_files.check(Path(each.path)) for each in found)
    assert first.path in {each.path for each in found}
    assert list(store.verify()) == []
    assert backup.back_up(store.backing, "nightly", NOW + timedelta(days=50)).good
    assert all(name.endswith("nightly.yekuo-backup") for name in names(root(folder)))


# ---- before another release ------------------------------------------------------------------------


def test_what_another_release_left_is_kept_before_it_is_touched(folder: Path) -> None:
    county.by_hand(folder, ("UPDATE settings SET value = '0.0.1' WHERE name = 'folded_by'", ()))
    county.open_store(folder).close()
    (kept,) = backup_files.backups(root(folder))
    assert kept.good
    assert kept.manifest is not None
    assert kept.manifest.why == "upgrade"
    county.open_store(folder).close()
    assert len(backup_files.backups(root(folder))) == 1


def test_no_shape_is_changed_without_a_backup(folder: Path) -> None:
    county.by_hand(folder, (f"PRAGMA user_version = {VERSION - 1}", ()))
    (folder / "backups").write_bytes(b"in the way")
    with pytest.raises(DiskFull, match="备份"):
        county.open_store(folder)
    (folder / "backups").unlink()
    county.by_hand(folder, (f"PRAGMA user_version = {VERSION}", ()))
    reopened = county.open_store(folder)
    with reopened.unit() as unit:
        county.say(unit, f"case:{county.id_of(1)}", "case.noted", NoteText("仍可办理"))
    reopened.close()
