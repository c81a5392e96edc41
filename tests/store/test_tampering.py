"""What somebody does to the file by hand is found by verify, and what is derived can be made anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from yekuo_desktop import bootstrap
from yekuo_desktop.domain.casework import NoteText
from yekuo_desktop.office import accepting
from yekuo_desktop.office.desk import Desk, Session, act
from yekuo_desktop.office.ports import Identity, StoreTrouble
from yekuo_desktop.store.store import LocalStore


@contextmanager
def by_hand(folder: Path) -> Iterator[Any]:
    """The database as an administrator with the key could open it, guards of the journal removed."""
    connection = sqlcipher.connect(str(folder / "yekuo.db"))
    connection.execute(f"PRAGMA key = \"x'{bootstrap.keyring_for(folder).key().hex()}'\"")
    connection.execute("DROP TRIGGER IF EXISTS entries_never_change")
    connection.execute("DROP TRIGGER IF EXISTS entries_never_go")
    yield connection
    connection.commit()
    connection.close()


@pytest.fixture
def store(desk: Desk, clerk: Session, accepted: accepting.Accepted) -> LocalStore:
    for at in range(4):
        act(desk, clerk, accepted.case.id, "case.noted", NoteText(f"备注 {at}"))
    assert isinstance(desk.store, LocalStore)
    assert list(desk.store.verify()) == []
    return desk.store


def last(folder: Path) -> int:
    with by_hand(folder) as connection:
        return int(connection.execute("SELECT max(n) FROM entries").fetchone()[0])


TAMPERING = {
    "a value in the journal": "UPDATE entries SET body = replace(body, '备注 1', '备注 9') WHERE n = {n} - 2",
    "back-dated": "UPDATE entries SET body = replace(body, '2026-03-10', '2026-03-09') WHERE n = {n} - 2",
    "an entry removed": "DELETE FROM entries WHERE n = {n} - 2",
    "the tail cut off": "DELETE FROM entries WHERE n > {n} - 2",
    "two entries swapped": "UPDATE entries SET body = (SELECT e.body FROM entries e WHERE"
    " e.n = 2 * {n} - 3 - entries.n) WHERE n IN ({n} - 1, {n} - 2)",
    "the order changed": "UPDATE entries SET seq = -seq WHERE n = {n} - 1",
    "an entry's date column": "UPDATE entries SET recorded = '2020' WHERE n = {n} - 2",
    "the folded case": "UPDATE documents SET content = replace(content, '张秀英', '李秀英')",
    "the name in the queue": "UPDATE cases SET customer = '李秀英'",
    "the due moment": "UPDATE cases SET due = '2030-01-01'",
    "a limit": "DELETE FROM limits",
    "the seal-use register": "UPDATE sheets SET seal = ''",
    "a password-less administrator": "UPDATE organisation SET content = replace(content, '王丽', '黄丽')",
    "a case out of nothing": "UPDATE cases SET id = 'x'",
}


@pytest.mark.parametrize("statement", TAMPERING.values(), ids=TAMPERING)
def test_what_was_done_by_hand_is_found(store: LocalStore, tmp_path: Path, statement: str) -> None:
    folder = tmp_path / "store"
    n = last(folder)
    with by_hand(folder) as connection:
        connection.execute(statement.format(n=n))
    assert list(store.verify())


def test_a_tail_cut_off_together_with_its_head_is_found(store: LocalStore, tmp_path: Path) -> None:
    n = last(tmp_path / "store")
    with by_hand(tmp_path / "store") as connection:
        connection.execute("DELETE FROM entries WHERE n = ?", (n,))
        connection.execute(
            "UPDATE heads SET n = n - 1, hash = (SELECT hash FROM entries WHERE n = ?)", (n - 1,)
        )
    assert any("与流水不符" in fault.reason for fault in store.verify())


def test_a_guard_of_the_journal_that_was_removed_is_missed(store: LocalStore, tmp_path: Path) -> None:
    with by_hand(tmp_path / "store"):
        pass
    assert ["entries_never" in fault.reason for fault in store.verify()] == [True, True]


def test_the_first_broken_entry_is_named(store: LocalStore, tmp_path: Path) -> None:
    n = last(tmp_path / "store") - 2
    with by_hand(tmp_path / "store") as connection:
        entry_id = connection.execute("SELECT id FROM entries WHERE n = ?", (n,)).fetchone()[0]
        connection.execute(TAMPERING["back-dated"].format(n=n + 2))
    fault, *_ = store.verify()
    assert (fault.n, fault.entry_id) == (n, entry_id)


def test_the_journal_itself_refuses_changes(store: LocalStore, tmp_path: Path) -> None:
    key = bootstrap.keyring_for(tmp_path / "store").key().hex()
    connection = sqlcipher.connect(str(tmp_path / "store" / "yekuo.db"))
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    for statement in ("UPDATE entries SET n = n", "DELETE FROM entries"):
        with pytest.raises(sqlcipher.DatabaseError, match="journal"):
            connection.execute(statement)
    connection.close()


def test_rebuilding_mends_what_is_derived(store: LocalStore, tmp_path: Path) -> None:
    with by_hand(tmp_path / "store") as connection:
        for statement in (
            "DELETE FROM cases",
            "DELETE FROM limits",
            "DELETE FROM sheets",
            "DELETE FROM organisation",
        ):
            connection.execute(statement)
    n = last(tmp_path / "store")
    assert list(store.verify())
    assert store.rebuild() == n
    assert list(store.verify()) == []
    assert store.search("张秀英")


def test_a_store_on_disk_shows_nothing_without_its_key(store: LocalStore, tmp_path: Path) -> None:
    content = b"".join(path.read_bytes() for path in (tmp_path / "store").rglob("*") if path.is_file())
    for secret in ("张秀英", "410122196603121029", "13803710001", "SQLite format"):
        assert secret.encode() not in content


def test_a_wrong_key_is_said_to_be_wrong(store: LocalStore, tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble, match="密钥"):
        LocalStore.open(tmp_path / "store", bytes(32), bootstrap.load_reference(), bootstrap.new_id)


@pytest.mark.parametrize("practice", [True, False])
def test_practice_never_passes_for_real(tmp_path: Path, practice: bool) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    identity = Identity(
        org="o", station="HK", terminal="HK01", device="d", incarnation="i", practice=practice
    )
    LocalStore.create(folder, bytes(32), bootstrap.load_reference(), identity, bootstrap.new_id).close()
    marker = folder / "store.json"
    marker.write_text(marker.read_text().replace(str(practice).lower(), str(not practice).lower()))
    with pytest.raises(StoreTrouble, match="演练"):
        LocalStore.open(folder, bytes(32), bootstrap.load_reference(), bootstrap.new_id)
