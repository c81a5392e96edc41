"""The collector rests while much is made, and works again afterwards, whatever happened."""

import gc

import pytest

from yekuo_desktop.runtime.collector import collector_at_rest


def test_it_rests_and_works_again() -> None:
    with collector_at_rest():
        assert not gc.isenabled()
        with collector_at_rest():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_works_again_after_a_failure() -> None:
    with pytest.raises(ZeroDivisionError), collector_at_rest():
        _ = 1 / 0
    assert gc.isenabled()
