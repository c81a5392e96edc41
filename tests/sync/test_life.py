"""What the store keeps through it all: a large removal waits, what is replaced stays, edits are found."""

import pytest

from tests.store import county
from tests.sync.hall import Hall
from tests.sync.post import Post, lost
from tests.sync.test_contact import note
from tests.sync.test_faults import on, reply_lost, settled
from tests.sync.test_scopes import revoke
from yekuo_desktop.store import pages
from yekuo_desktop.store.errors import StoreTrouble
from yekuo_desktop.sync.outcome import Outcome


def test_a_page_that_takes_many_cases_out_of_view_waits_for_a_person(
    first: Post, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cases that everybody saw and whose beginning the centre refuses in the end."""
    monkeypatch.setattr(pages, "FEW_GONE", 1)
    cases = [first.accept(address_door=f"{at}号") for at in range(3)]
    first.interfere = on("/push", reply_lost)  # received and held, and nothing of it known here
    revoke(hall, first)
    first.sync()
    revoke(hall, first, "active")
    first.interfere = on("/push", lost)
    outcome = Outcome()
    first.engine._greet(outcome)
    with pytest.raises(pages.TooMuchGone):
        first.engine._reading.pull(outcome.welcome, outcome)
    assert [first.store.case(case.id) for case in cases] == cases
    first.store.centre.allow_removal()
    first.interfere = None
    settled(first)
    assert [first.store.case(case.id) for case in cases] == [None] * 3
    assert first.store.centre.tally().unsettled > 0
    assert first.store.centre.centre().allowed == ""


def test_what_was_written_again_under_another_life_stays_beside(first: Post) -> None:
    case = first.accept()
    waiting = first.store.unsent()
    first.store.station.begin_life("another-life")
    assert first.store.identity.incarnation == "another-life"
    assert first.store.unsent() == waiting
    assert first.store.case(case.id) == case
    with first.store._reading() as connection:
        assert connection.execute("SELECT count(*) FROM replaced").fetchone()[0] == waiting
    assert list(first.store.verify()) == []
    settled(first)
    assert first.store.case(case.id) == case


def test_an_entry_goes_only_when_its_very_bytes_are_kept(first: Post) -> None:
    first.accept()
    with pytest.raises(StoreTrouble), first.store._writing() as connection:
        connection.execute("DELETE FROM entries WHERE seq = 1")
    with pytest.raises(StoreTrouble), first.store._writing() as connection:
        connection.execute(
            "INSERT INTO replaced SELECT incarnation, n, hash, x'00' FROM entries WHERE seq = 1"
        )
        connection.execute("DELETE FROM entries WHERE seq = 1")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE log SET verdict = 'refused' WHERE stream = 'station:HK' AND seq = 1", "处理结果被改动"),
        ("UPDATE log SET received = '2020-01-01' WHERE stream = 'station:HK' AND seq = 2", "处理结果被改动"),
        ("DELETE FROM log WHERE stream = 'station:HK' AND seq = 2", "缺失"),
        ("DELETE FROM log WHERE stream = 'station:HK' AND seq = 3", "末尾不全"),
        ("UPDATE streams SET seq = seq - 1 WHERE name = 'station:HK'", "与中心签名不符"),
    ],
)
def test_an_edit_of_what_the_centre_ruled_is_found(
    first: Post, second: Post, statement: str, words: str
) -> None:
    """Seen from the station that wrote none of it."""
    note(first, first.accept(), "一")
    settled(first, second)
    second.crash(lambda: county_by_hand(second, statement))
    found = [fault.reason for fault in second.store.verify()]
    assert any(words in reason for reason in found)


def county_by_hand(post: Post, statement: str) -> None:
    key, county.KEY = county.KEY, post.store._key
    try:
        county.by_hand(post.folder, (statement, ()))
    finally:
        county.KEY = key
