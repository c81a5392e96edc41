"""The second place of backups may be gone or hang: this machine's own go on, and nothing is half written."""

import os
import shutil
from pathlib import Path

import pytest

from tests.store.backed_up import NOW, folder, made, root, store
from yekuo_desktop.office.backup_ports import Kept
from yekuo_desktop.office.ports import StoreTrouble
from yekuo_desktop.store import backup, backup_files, backup_place
from yekuo_desktop.store.store import LocalStore

__all__ = ["folder", "made", "store"]


@pytest.fixture
def share(store: LocalStore, folder: Path, tmp_path: Path) -> Path:
    """A place somebody chose; where this machine's backups go in it."""
    place = tmp_path / "share"
    place.mkdir()
    assert "同一块盘" in backup_place.prepare(place, store.identity, folder)
    return backup_place.corner(place, store.identity)


def sent(store: LocalStore, folder: Path, share: Path, patience: float = 60.0) -> Kept:
    made = backup.back_up(store.backing, "nightly", NOW)
    return backup_place.send_patiently(
        Path(made.path), root(folder), share.parent, store.identity, NOW, patience
    )


def test_a_copy_goes_to_the_second_place_with_its_attachments(
    store: LocalStore, folder: Path, share: Path
) -> None:
    state = sent(store, folder, share)
    assert (state.place_trouble, state.copied) == ("", NOW)
    (copy,) = backup_files.backups(share)
    assert copy.good
    assert backup_files.check(Path(copy.path)) == copy.manifest
    (blob,) = backup_files.blob_files(share / "blobs")
    (own,) = backup_files.blob_files(folder / "blobs")
    assert blob.stat().st_ino != own.stat().st_ino
    before = blob.stat().st_mtime_ns
    backup_place.send(Path(copy.path), root(folder), share, NOW)
    assert blob.stat().st_mtime_ns == before  # what is there is not sent again


def test_a_share_that_is_gone_is_a_warning_and_fills_nothing_else(
    store: LocalStore, folder: Path, share: Path
) -> None:
    shutil.rmtree(share)  # what an empty mount point looks like
    state = sent(store, folder, share)
    assert "不在" in state.place_trouble
    assert state.copied is None
    assert list(share.parent.iterdir()) == []
    assert backup.read_state(root(folder)).good == NOW


def test_a_share_that_hangs_keeps_nobody(store: LocalStore, folder: Path, share: Path) -> None:
    made = backup.back_up(store.backing, "nightly", NOW)
    pipe = share / "blobs" / next(backup_files.blob_files(folder / "blobs")).parent.name
    pipe.mkdir(parents=True)
    os.mkfifo(pipe / (next(backup_files.blob_files(folder / "blobs")).name + ".new"))  # nobody ever reads it
    state = backup_place.send_patiently(
        Path(made.path), root(folder), share.parent, store.identity, NOW, patience=2
    )
    assert "没有在限定时间内写完" in state.place_trouble
    assert backup_files.backups(share) == []


@pytest.mark.parametrize("where", ["", "backups", "nowhere"])
def test_a_second_place_is_another_folder_that_is_there(store: LocalStore, folder: Path, where: str) -> None:
    (folder / "backups").mkdir()
    with pytest.raises(StoreTrouble):
        backup_place.prepare(folder / where, store.identity, folder)
