"""What the county should look into at a machine, from what the centre has seen of it."""

from datetime import timedelta

import pytest

from tests.domain.trade import START
from yekuo_desktop.domain.contacts import MachineSight, days_since, silent, worries


def machine(**changed: object) -> MachineSight:
    well: dict[str, object] = {"device": "d", "station": "HK", "terminal": "HK01", "seen": START}
    return MachineSight(**{**well, **changed})


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, []),
        ({"seen": None}, ["从未联系"]),
        ({"seen": START - timedelta(days=3)}, ["已 3 天没有联系"]),
        ({"seen": START - timedelta(days=2, hours=23)}, []),
        ({"seen": START - timedelta(days=40), "active": False}, []),
        ({"seen": START + timedelta(days=1)}, []),
        ({"unsent": 7, "oldest": START - timedelta(days=5)}, ["7 条没有送到,最早的写于 5 天前"]),
        ({"unsent": 7, "oldest": START - timedelta(days=1)}, []),
        ({"unsent": 0, "oldest": START - timedelta(days=5)}, []),
        ({"held": 2}, ["2 条暂存,等中心决定"]),
        ({"drift": 120}, []),
        ({"drift": 300}, ["时钟快 5 分钟"]),
        ({"drift": -3600}, ["时钟慢 60 分钟"]),
        ({"trouble": "磁盘已满"}, ["磁盘已满"]),
    ],
)
def test_worries(changed: dict[str, object], words: list[str]) -> None:
    assert list(worries(machine(**changed), START)) == words


def test_a_county_may_be_more_or_less_patient() -> None:
    quiet = machine(seen=START - timedelta(days=5))
    assert silent(quiet, START, 5)
    assert not silent(quiet, START, 6)


def test_a_clock_that_is_behind_makes_no_negative_days() -> None:
    assert days_since(START, START - timedelta(days=9)) == 0
