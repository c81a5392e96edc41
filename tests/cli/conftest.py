"""The commands work on a copy of the practice county, at the moment at which it was made."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine

from tests.practice_store import MOMENT, copied


@pytest.fixture(scope="module")
def practice(practice_made: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A practice county of this module's own."""
    return str(copied(practice_made, tmp_path_factory.mktemp("practice") / "store"))


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """The day on which the practice county was made; its clock goes on."""
    with time_machine.travel(MOMENT):
        yield
