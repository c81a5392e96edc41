"""Whole stretches of a stream as files: a new station, one that was away for long, and a line that breaks."""

import pytest

from tests.sync.hall import Hall
from tests.sync.post import Post, lost
from tests.sync.test_contact import note
from tests.sync.test_faults import on, reply_lost, settled
from tests.sync.test_scopes import revoke
from yekuo_desktop.domain.case import Case
from yekuo_desktop.server import snapshots
from yekuo_desktop.store import pages
from yekuo_desktop.sync import reading
from yekuo_desktop.sync.outcome import Outcome

STREAM, SNAPSHOT = "station:HK", "/streams/station%3AHK/snapshot"


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "ROWS", 10)
    monkeypatch.setattr(reading, "FAR", 10)


def lived(post: Post, notes: int) -> Case:
    """A case with much behind it, at the centre."""
    case = post.accept()
    for at in range(notes):
        note(post, case, f"第 {at} 次")
    settled(post)
    return case


def files(post: Post) -> int:
    return sum(name.startswith("/files/") for name in post.asked)


def test_a_new_station_reads_files_and_goes_on_by_pages(first: Post, hall: Hall) -> None:
    case = lived(first, 40)
    new = hall.add()
    settled(new)
    assert SNAPSHOT in new.asked
    assert files(new) >= 4
    assert new.asked.count("/streams/station%3AHK/changes") == 1
    assert new.store.case(case.id) == first.store.case(case.id)
    assert list(new.store.verify()) == []
    new.asked.clear()
    settled(new)
    assert set(new.asked) == {"/hello"}


def test_what_broke_off_goes_on_behind_the_last_file(first: Post, hall: Hall) -> None:
    case = lived(first, 40)
    new = hall.add()
    new.interfere = lambda name, through: (
        lost(name, through) if name.startswith("/files/") and files(new) == 3 else through()
    )
    assert "连不上" in new.sync().trouble
    kept = new.store.station.cursor(STREAM)
    assert 0 < kept < 40
    new.crash()
    new.asked.clear()
    new.interfere = None
    settled(new)
    assert files(new) == (first.store.station.cursor(STREAM) - kept) // 10
    assert new.store.case(case.id) == first.store.case(case.id)
    assert list(new.store.verify()) == []


def test_who_was_away_for_long_reads_files_and_keeps_what_waits(first: Post, second: Post) -> None:
    case = lived(first, 5)
    settled(second)
    note(second, case, "下乡时写的")
    for at in range(30):
        note(first, case, f"其间第 {at} 次")
    settled(first)
    second.interfere = lambda name, through: lost(name, through) if name == "/push" else through()
    second.sync()
    waiting = second.store.unsent()
    outcome = Outcome()
    welcome = second.engine._greet(outcome)
    second.engine._reading.pull(welcome, outcome)  # before anything could be sent
    assert SNAPSHOT in second.asked
    assert second.store.unsent() == waiting > 0
    assert [n.text for n in second.store.case(case.id).notes][-1] == "下乡时写的"
    second.interfere = None
    settled(second, first)
    assert second.store.unsent() == 0
    assert second.store.case(case.id) == first.store.case(case.id)
    assert [n.text for n in first.store.case(case.id).notes].count("下乡时写的") == 1
    assert list(second.store.verify()) == []


def test_own_entries_that_come_back_in_a_file_are_one_with_those_here(first: Post, second: Post) -> None:
    """Received by the centre, and every answer to it was lost."""
    case = lived(first, 1)
    settled(second)
    for at in range(15):
        note(second, case, f"第二台 {at}")
    second.interfere = lambda name, through: (
        (through(), lost(name, through))[0] if name == "/push" else through()
    )
    second.sync()
    for at in range(15):
        note(first, case, f"第一台 {at}")
    settled(first)
    second.interfere = None
    settled(second, first)
    assert second.store.case(case.id) == first.store.case(case.id)
    assert len(second.store.case(case.id).notes) == 31
    assert list(second.store.verify()) == []


@pytest.mark.parametrize("spoil", [lambda body: body[:-9], lambda body: body[:50] + b"x" + body[51:]])
def test_a_file_that_is_not_what_its_name_says_is_not_kept(first: Post, hall: Hall, spoil: object) -> None:
    case = lived(first, 25)
    new = hall.add()
    new.interfere = lambda name, through: (
        through()._replace(body=spoil(through().body)) if name.startswith("/files/") else through()
    )
    assert new.sync().trouble != ""
    assert new.store.station.cursor(STREAM) == 0
    new.interfere = None
    settled(new)
    assert new.store.case(case.id) == first.store.case(case.id)


def test_a_file_that_takes_many_cases_out_of_view_waits_for_a_person(
    first: Post, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cases written by somebody whose machine was revoked: received, held, and the answer lost."""
    monkeypatch.setattr(pages, "FEW_GONE", 1)
    cases = [first.accept(address_door=f"{at}号") for at in range(12)]
    first.interfere = on("/push", reply_lost)
    revoke(hall, first)
    first.sync()
    revoke(hall, first, "active")
    first.interfere = on("/push", lost)
    outcome = Outcome()
    welcome = first.engine._greet(outcome)
    with pytest.raises(pages.TooMuchGone):
        first.engine._reading.pull(welcome, outcome)
    assert files(first) == 1
    assert [first.store.case(case.id) for case in cases] == cases
    first.store.centre.allow_removal()
    first.interfere = None
    settled(first)
    assert [first.store.case(case.id) for case in cases] == [None] * 12


def test_a_pull_is_counted_as_a_whole_and_goes_on_only_when_it_is_allowed(
    first: Post, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every single file takes fewer cases out of view than would be asked about."""
    monkeypatch.setattr(pages, "FEW_GONE", 6)
    cases = [first.accept(address_door=f"{at}号") for at in range(12)]
    first.interfere = on("/push", reply_lost)
    revoke(hall, first)
    first.sync()
    revoke(hall, first, "active")
    first.interfere = on("/push", lost)
    for _ in range(2):  # the second try is no way around it
        outcome = Outcome()
        with pytest.raises(pages.TooMuchGone):
            first.engine._reading.pull(first.engine._greet(outcome), outcome)
    first.interfere = None
    seen = [case for case in cases if first.store.case(case.id)]
    assert 6 <= len(seen) < 12
    first.store.centre.allow_removal()
    settled(first)
    assert [first.store.case(case.id) for case in cases] == [None] * 12


def test_what_was_read_is_compared_now_and_then(first: Post, second: Post, hall: Hall) -> None:
    case = lived(first, 1)
    settled(second)
    note(first, case, "后来")
    settled(first)
    second.asked.clear()
    settled(second)
    assert "/streams/station%3AHK/digest" not in second.asked
    hall.clock.advance(minutes=11)
    note(first, case, "再后来")
    settled(first, second)
    assert second.asked.count("/streams/station%3AHK/digest") == 1
