"""Going back to a backup: what it costs is said before, nothing that was there is lost."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.office.conftest import RESIDENT, seen
from tests.practice_store import CHEAP
from tests.store import county
from yekuo_desktop import bootstrap
from yekuo_desktop.bootstrap import desks, keeper
from yekuo_desktop.domain.casework import NoteText
from yekuo_desktop.office import accepting
from yekuo_desktop.office import desk as office
from yekuo_desktop.office.backup_ports import Kept
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.ports import StoreTrouble
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.office.restoring import cost_words, lost_lines
from yekuo_desktop.runtime.paths import machine_id
from yekuo_desktop.store import backup, backup_files, backup_swap
from yekuo_desktop.store.backup_restoring import LEAP
from yekuo_desktop.store.errors import Damaged, Mismatch, WrongKey
from yekuo_desktop.store.keys import KeyRing
from yekuo_desktop.store.store import LocalStore

MACHINE, OTHER = "machine-1", "machine-2"


@pytest.fixture
def counter(desk: Desk, clock: Callable[[], datetime]) -> Iterator["Counter"]:
    """A desk whose store is backed up and comes back."""
    made = Counter(desk, clock)
    yield made
    made.desk.store.close()


class Counter:
    """A counter with two accepted cases, a backup between them."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self.desk, self.clock = desk, clock
        self.folder = desk.store._path.parent
        self.machine = machine_id(os.environ)
        self.before = self.accept("张秀英")
        made = backup.back_up(desk.store.backing, "by_hand", clock())
        self.backup = Path(made.path)

    def accept(self, name: str) -> accepting.Accepted:
        values = RESIDENT | {"customer_name": name}
        clerk = sit_down(self.desk, "wangli")
        return accepting.accept(self.desk, clerk, values, seen(self.desk, values), "liming")

    def restore(self) -> str:
        """Back to the backup, and the program again. Where the replaced store lies."""
        restored = keeper.prepare(self.folder, str(self.backup), self.machine, bootstrap.new_id, "")
        self.desk.store.close()
        self.desk = desks.open_desk(str(self.folder))
        self.desk = replace(self.desk, clock=self.clock, hasher=CHEAP)
        return restored.set_aside

    def note(self, text: str) -> None:
        session = sit_down(self.desk, "wangli")
        office.act(self.desk, session, self.before.case.id, "case.noted", NoteText(text))


def test_what_would_be_lost_is_said_and_nothing_is_touched(counter: Counter) -> None:
    found = counter.desk.keeper.preview(str(counter.backup))
    assert (found.after, cost_words(found)) == (0, "备份之后没有新的登记,恢复不会缺少什么")
    number = counter.accept("李国强").case.number
    found = counter.desk.keeper.preview(str(counter.backup))
    assert (found.readable, found.joined) == (True, False)
    assert found.after == found.lost == len(found.entries) > 1
    assert "要补录" in cost_words(found)
    assert all(number in line and "李国强" in line for line in lost_lines(found, 10))
    assert not list(counter.folder.glob(".rest*"))
    assert counter.desk.store.find(number) is not None


def test_a_restored_store_is_whole_lives_anew_and_gives_no_number_twice(counter: Counter) -> None:
    later, life = counter.accept("李国强").case, counter.desk.store.identity.incarnation
    counter.desk.store.save_draft("accept", "wangli", {"customer_name": "半张"}, counter.clock())
    aside = Path(counter.restore())
    store = counter.desk.store
    assert list(store.verify()) == []
    assert store.identity.incarnation != life
    assert store.case(counter.before.case.id) == counter.before.case
    assert store.case(later.id) is None
    assert store.drafts("wangli")["accept"]["customer_name"] == "半张"
    again = counter.accept("王海").case
    assert again.number not in (counter.before.case.number, later.number)
    replaced = LocalStore.open(aside, KeyRing(aside, counter.machine).key(), counter.desk.reference, str)
    assert replaced.case(later.id) == later  # set aside, not deleted
    replaced.close()


def test_where_nobody_can_read_which_numbers_were_given_out_they_leap(counter: Counter) -> None:
    later = counter.accept("李国强").case
    counter.desk.store.close()
    (counter.folder / "yekuo.db").write_bytes(bytes(8192))
    found = keeper.preview(counter.folder, str(counter.backup), counter.machine, "")
    assert (found.present, found.readable) == (True, False)
    assert "无法逐条比较" in cost_words(found)
    counter.restore()
    number = counter.accept("王海").case.number
    assert int(number[-4:]) == int(counter.before.case.number[-4:]) + LEAP + 1
    assert int(number[-4:]) > int(later.number[-4:])
    assert list(counter.desk.store.verify()) == []


def test_a_backup_opens_on_a_new_machine_with_the_code_and_only_with_it(tmp_path: Path) -> None:
    folder, new = tmp_path / "old", tmp_path / "new"
    folder.mkdir()
    key, code = KeyRing(folder, MACHINE).create()
    reference = bootstrap.load_reference()
    store = LocalStore.create(folder, key, reference, county.identity(), bootstrap.new_id)
    made = backup.back_up(store.backing, "by_hand", county.START)
    store.close()
    for wrong in ("", "AAAA-BBBB"):
        with pytest.raises(WrongKey, match="恢复码"):
            keeper.prepare(new, made.path, OTHER, bootstrap.new_id, wrong)
    assert list(new.iterdir()) == []
    assert not keeper.prepare(new, made.path, OTHER, bootstrap.new_id, code).set_aside
    LocalStore.settle(new)
    again = LocalStore.open(new, KeyRing(new, OTHER).key(), reference, bootstrap.new_id)
    assert list(again.verify()) == []
    again.close()


def test_what_is_no_backup_of_this_store_is_refused(counter: Counter, tmp_path: Path) -> None:
    content = counter.backup.read_bytes()
    for name, bad, words in (
        ("cut", content[: len(content) // 2], "不是完整的备份"),
        ("text", b"hello", "不是完整的备份"),
        ("flipped", content[:40_000] + bytes([content[40_000] ^ 1]) + content[40_001:], "备份"),
    ):
        path = tmp_path / f"{name}.yekuo-backup"
        path.write_bytes(bad)
        with pytest.raises(Damaged, match=words):
            counter.desk.keeper.prepare(str(path))
    with pytest.raises(StoreTrouble, match="没有完好的备份"):
        counter.desk.keeper.prepare(str(tmp_path))
    with pytest.raises(Damaged, match="读不出"):
        counter.desk.keeper.prepare(str(tmp_path / "nothing"))
    marker = counter.folder / "store.json"
    marker.write_text(marker.read_text().replace("HK01", "HK02"))
    with pytest.raises(Mismatch, match="另一台电脑"):
        counter.desk.keeper.preview(str(counter.backup))
    marker.write_text(marker.read_text().replace("HK02", "HK01"))
    assert list(counter.desk.store.verify()) == []


def test_attachments_come_back_and_a_damaged_one_is_set_aside(counter: Counter, tmp_path: Path) -> None:
    sha256 = counter.desk.store.put_blob(b"scan" * 500)
    kept = tmp_path / "kept"
    shutil.copytree(counter.folder / "blobs", kept / "blobs")
    shutil.copy(counter.backup, kept)
    damaged = counter.desk.store._blobs._path(sha256)
    damaged.write_bytes(b"short")
    assert counter.desk.store.blob(sha256) is None
    counter.backup = kept / counter.backup.name
    aside = Path(counter.restore())
    assert counter.desk.store.blob(sha256) == b"scan" * 500
    assert [path.read_bytes() for path in backup_files.blob_files(aside / "blobs")] == [b"short"]


def cut_after(usual: Callable[..., object], steps: list[int]) -> Callable[..., object]:
    """Works until the steps are used up; then the power is gone."""

    def step(*args: object) -> object:
        steps[0] -= 1
        if steps[0] < 0:
            raise KeyboardInterrupt
        return usual(*args)

    return step


def test_a_swap_that_is_cut_off_anywhere_is_finished_by_the_next_start(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = counter.accept("李国强").case
    counter.desk.keeper.prepare(str(counter.backup))
    counter.desk.store.close()
    usual = {name: getattr(Path, name) for name in ("rename", "replace")}
    for left in range(12):
        folder, steps = tmp_path / f"cut-{left}", [left]
        shutil.copytree(counter.folder, folder)

        with monkeypatch.context() as power:
            for name, real in usual.items():
                power.setattr(Path, name, cut_after(real, steps))
            try:
                backup_swap.finish(folder)
            except KeyboardInterrupt:
                assert LocalStore.exists(folder)
        again = desks.open_desk(str(folder))
        assert list(again.store.verify()) == []
        assert again.store.case(later.id) is None
        again.store.close()
        (aside,) = (folder / "replaced").iterdir()
        assert {path.name for path in aside.iterdir()} >= {"yekuo.db", "store.json", "store.key"}
        assert not list(folder.glob(".rest*"))
    assert steps[0] >= 0  # the last round was not cut off at all


def test_due_is_what_a_start_a_night_and_a_failure_make_of_it(clock: Callable[[], datetime]) -> None:
    now = clock()

    def ago(**span: float) -> datetime:
        return now - timedelta(**span)

    assert keeper.due(Kept(), now, started=True) == "start"
    assert keeper.due(Kept(good=ago(hours=1)), now, started=True) is None
    assert keeper.due(Kept(good=ago(hours=5)), now, started=True) == "start"
    assert keeper.due(Kept(good=ago(hours=5)), now, started=False) is None
    assert keeper.due(Kept(good=ago(hours=13)), now, started=False) == "nightly"
    assert keeper.due(Kept(good=ago(days=-400)), now, started=False) == "nightly"  # the clock was ahead
    failed = Kept(good=ago(days=3), tried=ago(minutes=5), trouble="磁盘已满")
    assert keeper.due(failed, now, started=True) is None
    assert keeper.due(failed, now + timedelta(hours=1), started=False) == "nightly"
    assert keeper.due(failed, now - timedelta(days=2), started=False) == "nightly"
