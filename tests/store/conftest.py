"""The store's tests use the same organisation as the office's, or a bare store of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office.conftest import accepted, clerk, desk, manager
from tests.store import county
from yekuo_desktop.store.store import LocalStore

__all__ = ["accepted", "bare", "clerk", "desk", "folder", "manager"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the bare store lies."""
    return tmp_path / "bare"


@pytest.fixture
def bare(folder: Path) -> Iterator[LocalStore]:
    """A store with an organisation and no case, key and ids known."""
    store = county.new_store(folder)
    yield store
    store.close()
