"""A county whose store is backed up: for the tests of backups, of going back, and of mending."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.store import county
from yekuo_desktop.domain.casework import Attaching
from yekuo_desktop.store.store import LocalStore

NOW = county.START + timedelta(days=30)
COUNT = 60


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with cases and an attachment; nobody writes into it."""
    folder = tmp_path_factory.mktemp("county") / "store"
    store = county.new_store(folder)
    county.populate(store, COUNT)
    content = b"scan" * 1000
    file = Attaching(
        id="f",
        sha256=store.put_blob(content),
        name="身份证.jpg",
        media_type="image/jpeg",
        size=len(content),
    )
    with store.unit() as unit:
        county.say(unit, f"case:{county.id_of(0)}", "case.attached", file)
    store.close()
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "store")
    return tmp_path / "store"


@pytest.fixture
def store(folder: Path) -> Iterator[LocalStore]:
    opened = county.open_store(folder)
    yield opened
    opened.close()


def root(folder: Path) -> Path:
    return folder / "backups"


def names(where: Path) -> set[str]:
    return {path.name for path in where.iterdir() if path.name not in ("state.json", "blobs", "readme.txt")}
