"""The file changes its shape only by a migration, and what was written before is there afterwards."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from tests.store import county
from yekuo_desktop.domain.entries import open_body
from yekuo_desktop.office.ports import Filter
from yekuo_desktop.store import tables
from yekuo_desktop.store.store import LocalStore

FIRST = Path(__file__).parent / "first_shape"
ROOT = Path(__file__).resolve().parents[2]


def shadow(_object: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """Whether a thing in the file is ours, not the search index's or alembic's own."""
    return not (kind == "table" and (name or "").startswith(("search", "alembic")))


def test_the_migrations_make_the_shape_the_program_expects(bare: LocalStore) -> None:
    with bare._engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": shadow, "compare_type": True}
        )
        assert compare_metadata(context, tables.METADATA) == []
        made = set(connection.exec_driver_sql("SELECT sql FROM sqlite_master").scalars())
        assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == tables.VERSION
    assert set(tables.EXTRA_DDL) <= made


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


@pytest.mark.parametrize("library", ["alembic", "keyring", "pypinyin"])
def test_an_up_to_date_store_opens_without_slow_libraries(
    bare: LocalStore, folder: Path, library: str
) -> None:
    bare.close()
    code = (
        "import sys; from pathlib import Path; from tests.store import county;"
        f"county.open_store(Path({str(folder)!r})).close(); assert {library!r} not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
