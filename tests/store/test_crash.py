"""kill -9 at any point: what was confirmed is there, nothing is half done, and two counters never clash."""

import subprocess
import sys
from pathlib import Path
from random import Random

from tests.office.conftest import ROOT
from yekuo_desktop import bootstrap
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.filters import Filter

ROUNDS = 16


def start(folder: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.store.counter", str(folder)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def kill(counter: "subprocess.Popen[str]") -> list[str]:
    """Kill it and read what it had still said."""
    counter.kill()
    said, _ = counter.communicate()
    return said.split()


def test_nothing_confirmed_is_lost_and_nothing_is_half_done(desk: Desk, tmp_path: Path) -> None:
    folder, draw, said = tmp_path / "store", Random(7), []
    desk.store.close()
    for _ in range(ROUNDS):
        counter = start(folder)
        assert counter.stdout is not None
        said += [counter.stdout.readline().strip() for _ in range(draw.randrange(1, 6))]
        said += kill(counter)
    again = bootstrap.open_desk(str(folder))
    try:
        rows = again.store.queue(Filter(), again.clock(), limit=10_000)
        stored = {row.case.number for row in rows}
        assert set(filter(None, said)) <= stored
        assert len(stored) == len(rows)
        assert all(again.store.find(f"{number}-1") for number in stored)  # each with its work order
        assert list(again.store.verify()) == []
    finally:
        again.store.close()


def test_two_counters_on_one_store_share_one_gapless_journal(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    counters = [start(folder), start(folder)]
    said: list[str] = []
    for counter in counters:
        assert counter.stdout is not None
        said += [counter.stdout.readline().strip() for _ in range(5)]
    for counter in counters:
        said += kill(counter)
    whole = [number for number in said if len(number) == len("YK4101-HK01-260310-0001")]
    assert len(set(whole)) == len(whole)
    assert list(desk.store.verify()) == []
