"""The file changes its shape only by a migration, and what was written before is there afterwards."""

import subprocess
import sys
from operator import itemgetter
from pathlib import Path

import pytest

from tests.store import county
from yekuo_desktop import __version__
from yekuo_desktop.domain.entries import open_body
from yekuo_desktop.domain.print_rows import PrintRow
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.store import tables
from yekuo_desktop.store.engine import scalar, scan
from yekuo_desktop.store.store import LocalStore

FIRST = Path(__file__).parent / "first_shape"
ROOT = Path(__file__).resolve().parents[2]
LATER = (tables.conflicts, tables.courses, tables.nodes, tables.reminders)
"""Derived tables that release 1 did not have."""


def test_the_migrations_make_the_shape_the_program_expects(bare: LocalStore) -> None:
    expected = (*tables.DERIVED, *tables.BESIDE)
    with bare._reading() as connection:
        found = dict(scan(connection, "SELECT name, sql FROM sqlite_master"))
        info = {table: list(scan(connection, f"PRAGMA table_info({table.name})")) for table in expected}
        assert scalar(connection, "PRAGMA user_version") == tables.VERSION
    ours = {name for name, sql in found.items() if sql and not name.startswith(("search_", "alembic"))}
    others = {"search", "entries_never_change", "entries_never_go"}
    others |= {"ix_entries_recorded", "ix_entries_subject_seq"}
    others |= {"ix_prints_state", "ix_prints_sheet_no", "ix_prints_batch"}
    others |= {"ix_entries_id", "ix_log_entry", "ix_log_subject", "ix_log_verdict", "ix_lost_entry"}
    assert ours - others == {*tables.INDEXES, *(table.name for table in expected)}
    assert {name: found[name] for name in tables.INDEXES} == tables.INDEXES
    assert set(tables.EXTRA_DDL) <= set(found.values())
    for table, columns in info.items():
        names = [name for _, name, _, _, _, _ in columns]
        keys = [name for _, name, _, _, _, place in sorted(columns, key=itemgetter(5)) if place]
        assert (tuple(names), tuple(keys)) == (table.columns, table.key)
    nullable = {name for _, name, _, not_null, _, _ in info[tables.cases] if not not_null}
    assert nullable == tables.MAY_BE_NULL


def first_store(folder: Path) -> tuple[LocalStore, list[bytes]]:
    """A store as release 1 wrote it: its journal lies here byte for byte, one entry a line."""
    bodies = (FIRST / "entries.jsonl").read_bytes().splitlines()
    store = county.new_store(folder, empty=True)
    store.close()
    county.by_hand(folder, *county.journal_rows(bodies))
    return county.open_store(folder), bodies


def test_a_journal_of_the_first_release_is_still_read(folder: Path) -> None:
    store, bodies = first_store(folder)
    try:
        assert store.rebuild() == len(bodies)
        assert list(store.verify()) == []
        entries = [store.entry(open_body(body).id) for body in bodies]
        assert entries == [open_body(body) for body in bodies]
        assert store.count(Filter(), county.START) == len(
            {e.subject for e in map(open_body, bodies) if "case:" in e.subject}
        )
    finally:
        store.close()


def test_a_store_without_a_print_queue_gets_one_and_keeps_what_it_had(folder: Path) -> None:
    """What release 1 left behind: the same tables but ``prints``."""
    store = county.new_store(folder)
    county.populate(store, 3)
    was = [store.find(county.number_of(at)) for at in range(3)]
    store.close()
    county.by_hand(
        folder,
        ("DROP TRIGGER entries_never_go", ()),
        *((f"DROP TABLE {table.name}", ()) for table in (*tables.OF_CENTRE, *LATER)),
        ("DROP INDEX ix_entries_id", ()),
        ("DROP TABLE prints", ()),
        ("UPDATE alembic_version SET version_num = '0001'", ()),
        ("PRAGMA user_version = 1", ()),
    )
    store = county.open_store(folder)
    try:
        assert store.prints.rows() == []
        row = PrintRow(
            id="1",
            batch="1",
            place=1,
            title="清单",
            sheet_no="",
            asked=county.START,
            asked_by="w",
            changed=county.START,
        )
        assert store.prints.add([(row, b"%PDF")]) == []
        assert store.prints.pdf("1") == b"%PDF"
        assert [store.find(county.number_of(at)) for at in range(3)] == was
        assert list(store.verify()) == []
    finally:
        store.close()


@pytest.mark.parametrize("library", ["alembic", "keyring", "pypinyin", "sqlalchemy"])
def test_an_up_to_date_store_opens_without_slow_libraries(
    bare: LocalStore, folder: Path, library: str
) -> None:
    bare.close()
    code = (
        "import sys; from pathlib import Path; from tests.store import county;"
        f"county.open_store(Path({str(folder)!r})).close(); assert {library!r} not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_a_store_of_another_release_is_folded_anew_once(folder: Path) -> None:
    """What an older fold derived differs from what this one derives, though no entry changed."""
    store = county.new_store(folder)
    county.populate(store, 3)
    with store._writing() as connection:
        connection.execute("UPDATE cases SET customer = '旧版本的写法'")
    store.save_setting("folded_by", "0.0.1")
    assert list(store.verify()) != []
    store.close()
    again = county.open_store(folder)
    try:
        assert list(again.verify()) == []
        assert again.setting("folded_by") == __version__
    finally:
        again.close()
