"""What goes wrong between a station and the centre: nothing is lost, nothing counts twice."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.sync.hall import Hall
from tests.sync.post import Interfere, Post, lost
from tests.sync.test_contact import note, rename
from yekuo_desktop.sync.ports import NoAnswer, Reply

Through = Callable[[], Reply]


def reply_lost(_name: str, through: Through) -> Reply:
    through()
    raise NoAnswer("cut")


def doubled(_name: str, through: Through) -> Reply:
    through()
    return through()


def cut(_name: str, through: Through) -> Reply:
    reply = through()
    return reply._replace(body=reply.body[: len(reply.body) // 2])


def login_page(_name: str, _through: Through) -> Reply:
    return Reply(200, b"<html><body>Please log in</body></html>", {"content-type": "text/html"})


def gateway(_name: str, _through: Through) -> Reply:
    return Reply(502, b"Bad Gateway", {})


def on(path: str, fault: Interfere) -> Interfere:
    """A fault that hits one kind of request."""
    return lambda name, through: fault(name, through) if name.endswith(path) else through()


def settled(*posts: Post) -> None:
    """Everybody has met the centre twice, and all have the same."""
    for post in (*posts, *posts):
        assert post.sync().trouble == ""
    for post in posts:
        assert post.store.unsent() == 0
        assert list(post.store.verify()) == []


@pytest.mark.parametrize("fault", [lost, reply_lost, cut, login_page, gateway])
@pytest.mark.parametrize("path", ["/hello", "/push", "/changes", "/challenge", "/token"])
def test_an_exchange_that_fails_is_made_up_for(
    first: Post, second: Post, path: str, fault: Interfere
) -> None:
    case = first.accept()
    note(first, case, "一")
    for post in (first,) if path == "/push" else (first, second):
        post.interfere = on(path, fault)
        post.engine = post.new_engine()  # without a token
        assert post.sync().trouble
        post.interfere = None
    settled(first, second)
    assert second.store.case(case.id) == first.store.case(case.id)
    assert [n.text for n in first.store.case(case.id).notes] == ["一"]


@pytest.mark.parametrize("path", ["/hello", "/push", "/changes"])
def test_a_doubled_exchange_changes_nothing(first: Post, second: Post, hall: Hall, path: str) -> None:
    case = first.accept()
    first.interfere = second.interfere = on(path, doubled)
    settled(first, second)
    ids = hall.entry_ids()
    assert len(ids) == len(set(ids))
    assert second.store.case(case.id) == first.store.case(case.id) == hall.document(case.id)


def test_a_station_that_ends_before_it_keeps_the_receipts_sends_again(first: Post, hall: Hall) -> None:
    case = first.accept()
    first.interfere = on("/push", reply_lost)
    first.sync()
    first.crash()
    first.interfere = None
    assert first.store.unsent() > 0
    settled(first)
    ids = hall.entry_ids()
    assert len(ids) == len(set(ids))
    assert hall.document(case.id) == first.store.case(case.id)


def test_a_page_that_was_changed_on_its_way_is_not_taken(first: Post, second: Post) -> None:
    case = first.accept()
    first.sync()
    second.sync()
    rename(first, case, "张秀兰")
    first.sync()

    def forged(_name: str, through: Through) -> Reply:
        reply = through()
        assert "张秀兰".encode() in reply.body
        return reply._replace(body=reply.body.replace("张秀兰".encode(), "张秀芳".encode()))

    second.interfere = on("/changes", forged)
    assert "签名不符" in second.sync().trouble
    assert second.store.case(case.id) == case
    second.interfere = None
    settled(second)
    assert second.store.case(case.id) == first.store.case(case.id)


def test_a_restored_station_loses_nothing_it_writes_afterwards(
    first: Post, second: Post, hall: Hall, tmp_path: Path
) -> None:
    """Its numbers were used by the life after the backup: they are used again by nobody."""
    case = first.accept()
    settled(first)
    first.back_up(tmp_path / "backup")
    note(first, case, "备份之后")
    settled(first)
    first.restore(tmp_path / "backup")
    assert [n.text for n in first.store.case(case.id).notes] == []
    note(first, case, "恢复之后")
    life = first.store.identity.incarnation
    settled(first, second)
    assert first.store.identity.incarnation != life
    now = first.store.case(case.id)
    assert [n.text for n in now.notes] == ["备份之后", "恢复之后"]
    assert now == second.store.case(case.id) == hall.document(case.id)


def test_a_restored_station_takes_back_what_its_other_life_had_sent(first: Post, tmp_path: Path) -> None:
    first.back_up(tmp_path / "backup")
    case = first.accept()
    settled(first)
    first.restore(tmp_path / "backup")
    settled(first)
    assert first.store.case(case.id) is not None


def test_two_copies_of_a_station_both_work_and_neither_overwrites_the_other(
    first: Post, hall: Hall, tmp_path: Path
) -> None:
    case = first.accept()
    note(first, case, "复制之前")  # not sent yet: both have it
    first.back_up(tmp_path / "backup")
    twin = first.twin(tmp_path / "backup", tmp_path / "twin")
    note(first, case, "甲")
    note(twin, case, "乙")
    settled(first, twin)
    now = first.store.case(case.id)
    assert sorted(n.text for n in now.notes) == sorted(["复制之前", "甲", "乙"])
    assert now == twin.store.case(case.id) == hall.document(case.id)
    assert first.store.identity.incarnation != twin.store.identity.incarnation


def test_a_copy_on_another_machine_begins_a_life_of_its_own_before_it_sends(
    first: Post, tmp_path: Path
) -> None:
    first.machine = "machine-1"
    first.engine = first.new_engine()
    settled(first)
    case = first.accept()
    first.back_up(tmp_path / "backup")
    twin = first.twin(tmp_path / "backup", tmp_path / "twin")
    twin.machine = "machine-2"
    twin.engine = twin.new_engine()
    settled(first, twin)
    assert twin.store.identity.incarnation != first.store.identity.incarnation
    assert twin.store.case(case.id) == first.store.case(case.id)
    assert twin.store.centre.unsettled() == []


def test_a_restored_centre_gets_back_what_it_lost(
    first: Post, second: Post, hall: Hall, tmp_path: Path
) -> None:
    case = first.accept()
    settled(first, second)
    hall.back_up(tmp_path / "centre.db")
    note(first, case, "丢失的")
    rename(second, case, "张秀芳")
    settled(first, second)
    before = first.store.case(case.id)
    hall.restore(tmp_path / "centre.db")
    note(second, case, "之后的")
    settled(first, second, first)
    now = first.store.case(case.id)
    assert sorted(n.text for n in now.notes) == sorted(["丢失的", "之后的"])
    assert now.values == before.values
    assert now == second.store.case(case.id) == hall.document(case.id)
    assert not {*first.entry_ids(), *second.entry_ids()} - set(hall.entry_ids())


@pytest.mark.parametrize("years", [-10, 10])
def test_a_wrong_clock_is_shown_and_decides_nothing(
    first: Post, second: Post, hall: Hall, years: int
) -> None:
    second.drift = timedelta(days=365 * years)
    case = second.accept()
    note(second, case, "钟不准")
    settled(second, first)
    assert abs(second.store.centre.contact().drift - 365 * 86400 * years) < 10
    assert first.store.case(case.id) == second.store.case(case.id) == hall.document(case.id)
    assert [n.text for n in first.store.case(case.id).notes] == ["钟不准"]
