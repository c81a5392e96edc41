"""A list in commits of many rows: each row stands or falls alone, and a second run finishes the first."""

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from tests.office.conftest import ROOT
from tests.store.lister import GIVEN, table
from yekuo_desktop import bootstrap
from yekuo_desktop.office import daybook, lists
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.lists import accept_list
from yekuo_desktop.office.practice.way import sit_down

FEW, MANY = 7, 90


def numbers(desk: Desk) -> list[str]:
    """Of every case in the store, with its work order."""
    rows = desk.store.queue(Filter(), desk.clock(), order="number", limit=1000)
    assert all(desk.store.find(f"{row.case.number}-1") for row in rows)
    assert list(desk.store.verify()) == []
    return [row.case.number for row in rows]


def test_a_refused_row_goes_back_alone_and_leaves_no_gap(desk: Desk, clerk: Session) -> None:
    result = accept_list(desk, clerk, table(FEW, faulty=frozenset({3, 7})), GIVEN)
    assert [row.row for row in result.rows if not row.accepted] == [3, 7]
    assert [number[-4:] for number in numbers(desk)] == ["0001", "0002", "0003", "0004", "0005"]
    assert len(daybook.lines(desk, desk.clock().date())) == 2 * result.accepted


def test_the_same_row_twice_in_one_commit_is_one_case(desk: Desk, clerk: Session) -> None:
    twice = table(2)
    rows = (*twice.rows, *twice.rows)
    result = accept_list(desk, clerk, replace(twice, rows=rows), GIVEN)
    assert [row.repeated for row in result.rows] == [False, False, True, True]
    assert result.rows[0].number == result.rows[2].number
    assert len(numbers(desk)) == 2


@pytest.mark.parametrize("stopped", [1, 3, 4])
def test_a_stopped_list_keeps_what_was_done(
    desk: Desk, clerk: Session, monkeypatch: pytest.MonkeyPatch, stopped: int
) -> None:
    monkeypatch.setattr(lists, "TOGETHER", 3)
    first = accept_list(desk, clerk, table(FEW), GIVEN, lambda done, _total: done < stopped)
    assert (len(first.rows), first.stopped, len(numbers(desk))) == (stopped, True, stopped)
    second = accept_list(desk, clerk, table(FEW), GIVEN)
    assert [row.repeated for row in second.rows] == [True] * stopped + [False] * (FEW - stopped)
    assert [row.number for row in second.rows] == numbers(desk)


def test_a_killed_list_is_finished_by_a_second_run(desk: Desk, tmp_path: Path) -> None:
    folder, draw = tmp_path / "store", Random(3)
    desk.store.close()
    for _ in range(3):
        command = [sys.executable, "-m", "tests.store.lister", str(folder), str(MANY)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as lister:
            assert lister.stdout is not None
            for _ in range(draw.randrange(MANY)):
                lister.stdout.readline()
            lister.kill()
    again = bootstrap.open_desk(str(folder))
    try:
        stood = numbers(again)
        result = accept_list(again, sit_down(again, "wangli"), table(MANY), GIVEN)
        assert result.accepted == MANY == len(set(numbers(again)))
        assert set(stood) == {row.number for row in result.rows if row.repeated}
    finally:
        again.store.close()
