"""A damaged store is mended out of what is left; what is missing is named, and nothing overwritten."""

import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from tests.store import county
from tests.store.backed_up import COUNT, NOW, folder, made, root, store
from yekuo_desktop import bootstrap
from yekuo_desktop.bootstrap.doctor import mended_words
from yekuo_desktop.domain.casework import NoteText
from yekuo_desktop.office.backup_ports import Mended
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.store import backup, backup_files
from yekuo_desktop.store.errors import Damaged
from yekuo_desktop.store.repair_reading import Damaged as Reader
from yekuo_desktop.store.repair_salvage import salvage
from yekuo_desktop.store.repair_wal import Log, read_log
from yekuo_desktop.store.store import LocalStore

__all__ = ["folder", "made", "store"]
PAGE = 4096


def mended(folder: Path) -> tuple[Mended, LocalStore]:
    found = salvage(
        folder, county.KEY, "", bootstrap.new_id, NOW + timedelta(days=1), backup_files.backups(root(folder))
    )
    return found, county.open_store(folder)


def spoiled(folder: Path, *pages: int) -> bytes:
    """The database with a byte of some pages flipped; what it was then."""
    file = folder / "yekuo.db"
    content = bytearray(file.read_bytes())
    for page in pages:
        content[(page - 1) * PAGE + 100] ^= 0x20
    file.write_bytes(content)
    return bytes(content)


def cases(store: LocalStore) -> dict[str, object]:
    rows = store.queue(Filter(), NOW, limit=10_000)
    return {row.case.id: store.case(row.case.id) for row in rows}


def readable(folder: Path, scratch: Path) -> list[int]:
    """The entries of this machine that can be read of a file as it lies there."""
    shutil.rmtree(scratch, ignore_errors=True)
    with closing(Reader(folder, scratch, county.KEY)) as damaged:
        return sorted(entry.n for entry, _, _ in damaged.entries())


@pytest.fixture(scope="module")
def leaf(made: Path, tmp_path_factory: pytest.TempPathFactory) -> int:
    """A page that holds a few entries of the journal and nothing else."""
    scratch = tmp_path_factory.mktemp("leaf")
    whole = readable(made, scratch / "read")
    for page in range(70, (made / "yekuo.db").stat().st_size // PAGE):
        shutil.rmtree(scratch / "store", ignore_errors=True)
        shutil.copytree(made, scratch / "store")
        spoiled(scratch / "store", page)
        gone = set(whole) - set(readable(scratch / "store", scratch / "read"))
        if 0 < len(gone) < 20 and min(gone) > 20 and max(gone) < len(whole) - 20:
            return page
    raise AssertionError("no such page")


def test_a_damaged_page_behind_a_backup_costs_nothing(store: LocalStore, folder: Path, leaf: int) -> None:
    backup.back_up(store.backing, "nightly", NOW)
    with store.unit() as unit:
        county.say(unit, f"case:{county.id_of(1)}", "case.noted", NoteText("备份之后"), NOW)
    before, life = cases(store), store.identity.incarnation
    store.close()
    content = spoiled(folder, leaf)
    found, again = mended(folder)
    assert (found.lost, found.from_file, found.returning) == ((), 1, 0)
    assert cases(again) == before
    assert list(again.verify()) == []
    assert again.identity.incarnation != life
    again.close()
    assert (Path(found.set_aside) / "yekuo.db").read_bytes() == content


def test_without_a_backup_every_readable_entry_is_kept_and_the_others_are_named(
    store: LocalStore, folder: Path, tmp_path: Path, leaf: int
) -> None:
    before = cases(store)
    store.close()
    whole = readable(folder, tmp_path / "read")
    spoiled(folder, leaf)
    left = readable(folder, tmp_path / "read")
    found, again = mended(folder)
    assert found.base == ""
    gone = [n for gap in found.lost for n in range(gap.first, gap.last + 1)]
    assert gone == [n for n in whole if n not in left]
    assert 0 < len(gone) < 20
    assert all(gap.after and gap.before for gap in found.lost)
    words = mended_words(found)
    assert f"共 {len(gone)} 条" in words
    assert f"{found.lost[0].after:%m-%d %H:%M} 至" in words
    assert (found.entries, found.from_file) == (len(left), len(left))
    faults = [fault.reason for fault in again.verify()]
    assert not [words for words in faults if "流水" in words and "读不懂" not in words]
    now = cases(again)
    assert sum(now.get(id_) == case for id_, case in before.items()) >= COUNT - 10
    with again.unit() as unit:  # work goes on
        county.say(unit, f"case:{county.id_of(COUNT - 1)}", "case.noted", NoteText("修好之后"), NOW)
    again.close()


def test_a_file_that_is_nothing_any_more_comes_back_from_the_backup_alone(
    store: LocalStore, folder: Path
) -> None:
    backup.back_up(store.backing, "nightly", NOW)
    before = cases(store)
    store.close()
    (folder / "yekuo.db").write_bytes(Random(1).randbytes(30_000))
    found, again = mended(folder)
    assert (found.from_file, found.lost) == (0, ())
    assert cases(again) == before
    assert list(again.verify()) == []
    again.close()


def test_where_nothing_is_left_nothing_is_touched(store: LocalStore, folder: Path) -> None:
    store.close()
    (folder / "yekuo.db").write_bytes(bytes(8192))
    before = sorted(folder.iterdir())
    with pytest.raises(Damaged, match="原样保留"):
        mended(folder)
    assert sorted(folder.iterdir()) == before


def test_a_backup_of_an_earlier_life_is_no_base(store: LocalStore, folder: Path, leaf: int) -> None:
    backup.back_up(store.backing, "nightly", NOW)
    store.close()
    lived = county.open_store(folder)
    lived.station.begin_life("life-2")
    before = cases(lived)
    lived.close()
    spoiled(folder, leaf)
    found, again = mended(folder)
    assert found.base == ""
    assert len(cases(again)) > COUNT - 20
    assert len(cases(again)) <= len(before)
    assert not [fault for fault in again.verify() if "缺少" in fault.reason]
    again.close()


def test_the_log_is_read_as_sqlite_reads_it(store: LocalStore, folder: Path, tmp_path: Path) -> None:
    for text in "一二三":
        with store.unit() as unit:
            county.say(unit, f"case:{county.id_of(2)}", "case.noted", NoteText(text), NOW)
    log = (folder / "yekuo.db-wal").read_bytes()
    whole = read_log(folder / "yekuo.db-wal")
    assert (whole.saves, whole.unfinished) == (3, False)
    path, draw = tmp_path / "wal", Random(2)
    for _ in range(6):
        cut = draw.randrange(33, len(log))
        path.write_bytes(log[:cut])
        copy = tmp_path / f"cut-{cut}"
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("*-shm", "backups"))
        (copy / "yekuo.db-wal").write_bytes(log[:cut])
        again = county.open_store(copy)
        case = again.case(county.id_of(2))
        assert case is not None
        assert read_log(path).saves == len(case.notes) - 1
        again.close()
    path.write_bytes(log[:-1])
    assert read_log(path) == Log(2, True)
    path.write_bytes(log[:-100] + bytes([log[-100] ^ 1]) + log[-99:])
    assert read_log(path) == Log(2, True)
    assert read_log(tmp_path / "none") == Log(0, False)
