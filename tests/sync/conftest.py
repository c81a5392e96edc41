"""A hall with two stations that both know the organisation; made once, and copied for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.hall import Hall
from tests.sync.post import Post


@pytest.fixture(scope="session")
def settled_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """The first station brought the organisation, the second has read it. Nobody works in this one."""
    made = Hall(tmp_path_factory.mktemp("hall"))
    for post in (made.found(), made.add()):
        assert post.sync().trouble == ""
        post.crash()  # everything is in the files
    made.database.close()
    yield made
    made.close()


@pytest.fixture
def hall(settled_hall: Hall, tmp_path: Path) -> Iterator[Hall]:
    """A hall of one's own."""
    again = settled_hall.copied(tmp_path / "hall")
    yield again
    again.close()


@pytest.fixture
def first(hall: Hall) -> Post:
    """The station that brought the organisation."""
    return hall.stations[0]


@pytest.fixture
def second(hall: Hall) -> Post:
    """Another one, which has read everything."""
    return hall.stations[1]
