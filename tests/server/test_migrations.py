"""A centre's database changes its shape only by a revision, and what was in it is there afterwards."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import DBAPIError

from tests.server.site import Site
from tests.server.test_proof import faults
from tests.server.test_push_and_pull import note, register
from yekuo_desktop.server import tables
from yekuo_desktop.server.database import Database, bring_up_to_date, migrate
from yekuo_desktop.server.errors import CentreTrouble


@pytest.fixture
def old(request: pytest.FixtureRequest, url: str, tmp_path: Path) -> Iterator[Database]:
    """An empty database as the first release made it, before there were revisions."""
    made = Database(url if url.startswith("sqlite") else request.getfixturevalue("bare"))
    with made.write() as connection:
        migrate(connection, 0, to=1)
        connection.execute(text("DROP TABLE alembic_version"))
    yield made
    made.close()


@pytest.fixture
def bare(cluster: str, postgres: str) -> str:
    """The database of the test without its tables."""
    database = Database(postgres)
    with database.write() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    database.close()
    return postgres


def pour(rows: dict[str, list[dict[str, Any]]], into: Database) -> None:
    """Rows of a centre into the columns an older shape has."""
    with into.write() as connection:
        there = inspect(connection)
        for table in tables.metadata.sorted_tables:
            if table is tables.schema_version or not rows[table.name]:
                continue
            columns = {column["name"] for column in there.get_columns(table.name)}
            kept = [{k: v for k, v in row.items() if k in columns} for row in rows[table.name]]
            into.add(connection, table, kept)


def contents(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""
    with database.read() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in tables.metadata.sorted_tables
        }


def test_a_database_of_the_first_release_keeps_everything(
    old: Database, tmp_path: Path, clock: Callable[[], Any]
) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    site = Site(f"sqlite:///{folder / 'centre.db'}", folder, clock)
    machine = site.machine()
    case_id = register(machine)
    note(machine, case_id, "旧版本写的")
    machine.push()
    before = contents(site.centre.database)
    pour(before, old)
    site.close()
    assert bring_up_to_date(old)
    after = contents(old)
    assert {row["trouble"] for row in after["devices"]} == {""}
    for name in before.keys() - {"schema_version"}:
        assert sorted(map(str, after[name])) == sorted(map(str, before[name])), name
    again = Site.__new__(Site)
    again.url, again.folder, again.clock = old.url, folder, clock
    again.centre, again.org = again.start(), site.org
    machine.centre = again.centre
    note(machine, case_id, "新版本写的")
    machine.contact()
    machine.pull("station:HK")
    assert [n.text for n in machine.case(case_id).notes] == ["旧版本写的", "新版本写的"]
    assert faults(again) == []
    again.close()


def test_the_revisions_make_the_shape_the_program_expects(url: str) -> None:
    database = Database(url)
    bring_up_to_date(database)
    with database.read() as connection:
        there = inspect(connection)
        for table in tables.metadata.sorted_tables:
            found = {column["name"]: column["nullable"] for column in there.get_columns(table.name)}
            assert found == {column.name: bool(column.nullable) for column in table.columns}, table.name
            keys = there.get_pk_constraint(table.name)["constrained_columns"]
            assert keys == [column.name for column in table.primary_key], table.name
            indexes = {index["name"] for index in there.get_indexes(table.name)}
            assert indexes == {index.name for index in table.indexes}, table.name
    assert not bring_up_to_date(database)
    database.close()


def test_a_database_of_a_newer_release_is_refused_and_left_alone(url: str) -> None:
    database = Database(url)
    bring_up_to_date(database)
    with database.write() as connection:
        connection.execute(tables.schema_version.update().values(version=tables.VERSION + 1))
    with pytest.raises(CentreTrouble, match="更新的版本"):
        bring_up_to_date(database)
    database.close()


def test_a_revision_that_breaks_off_leaves_the_database_as_it_was(
    old: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with old.write() as connection:  # what the revision is about to add is in its way
        connection.execute(text("ALTER TABLE devices ADD COLUMN trouble TEXT"))
    with pytest.raises(DBAPIError):
        bring_up_to_date(old)
    with old.read() as connection:
        assert connection.execute(text("SELECT version FROM schema_version")).scalar_one() == 1
        assert not inspect(connection).has_table("alembic_version")


# ---- the partitions of PostgreSQL --------------------------------------------------------------------


def partitions(connection: Any) -> dict[str, list[str]]:
    """The names of the partitions by their table, all of them made by the hash of the organisation."""
    question = (
        "SELECT p.relname, c.relname FROM pg_inherits AS i JOIN pg_class AS p ON p.oid = i.inhparent"
        " JOIN pg_class AS c ON c.oid = i.inhrelid"
        " WHERE p.relkind = 'p' AND pg_get_partkeydef(p.oid) = 'HASH (org)' ORDER BY 2"
    )
    found: dict[str, list[str]] = {}
    for table, name in connection.execute(text(question)):
        found.setdefault(table, []).append(name)
    return found


def test_every_table_with_an_organisations_rows_is_partitioned_by_it(postgres: str) -> None:
    database = Database(postgres)
    with database.read() as connection:
        found = partitions(connection)
    database.close()
    whole = {"orgs", "marks", "schema_version"}
    assert found.keys() == {table.name for table in tables.metadata.sorted_tables} - whole
    assert len({len(names) for names in found.values()}) == 1  # else a join of two would not stay in one


def test_a_push_and_a_pull_touch_the_partition_of_their_organisation_alone(
    postgres: str, tmp_path: Path, clock: Callable[[], Any]
) -> None:
    site = Site(postgres, tmp_path, clock)
    machine = site.machine()
    case_id = register(machine)
    note(machine, case_id, "一句话")
    machine.push()
    machine.pull("station:HK")
    questions = (
        f"SELECT * FROM entries WHERE org = '{site.org.org}' AND device = '{machine.device}'",
        f"SELECT * FROM log WHERE org = '{site.org.org}' AND stream = 'station:HK' AND seq > 0",
        f"SELECT * FROM cases WHERE org = '{site.org.org}' AND id = '{case_id}'",
    )
    with site.centre.database.read() as connection:
        for question in questions:
            plan = "\n".join(connection.execute(text(f"EXPLAIN {question}")).scalars())
            assert "Append" not in plan, plan  # several partitions would be appended to each other
        home = "SELECT count(DISTINCT tableoid) FROM log"
        assert connection.execute(text(home)).scalar_one() == 1
    site.close()


def test_the_guards_hold_in_the_partitions_themselves(
    postgres: str, tmp_path: Path, clock: Callable[[], Any]
) -> None:
    site = Site(postgres, tmp_path, clock)
    site.machine()
    with site.centre.database.read() as connection:
        names = partitions(connection)
        used = [
            name
            for table in tables.NEVER_CHANGE
            for name in names[table.name]
            if connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
        ]
    assert used
    for name in used:
        for deed in ("UPDATE {} SET org = org", "DELETE FROM {}", "TRUNCATE {}"):
            with (
                pytest.raises(DBAPIError, match="never changes"),
                site.centre.database.write() as connection,
            ):
                connection.execute(text(deed.format(name)))
    site.close()
