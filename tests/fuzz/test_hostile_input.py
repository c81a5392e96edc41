"""What a stranger sends is read or refused in words, in bounded time: a short look at every door.

``python -m tests.fuzz NAME --seconds 600`` goes on where this ends, guided by what the code does (atheris).
"""

import time
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.breaking import Examples, broken
from tests.fuzz.targets import TARGETS, Target

MOST_SECONDS = 2.0  # of this process alone


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_the_good_ones_are_read(target: Target) -> None:
    for content in target.good():
        try:
            target.open(content)
        except target.says as refused:
            assert str(refused), target.name


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_broken_ones_are_refused_in_words(target: Target) -> None:
    good = Examples(target.good())

    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(broken(good))
    def look(content: bytes) -> None:
        began = time.process_time()
        with suppress(*target.says):
            target.open(content)
        assert time.process_time() - began < MOST_SECONDS

    look()
