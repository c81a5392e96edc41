"""The county hall's window asks the centre how its stations are, over HTTP; a village may not."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from msgspec.structs import replace

from tests.server.served import Served
from tests.sync.hall import Hall
from tests.sync.post import Post, lost
from tests.sync.test_contact import note
from tests.sync.test_faults import settled
from tests.sync.test_scopes import revoke, with_a_village
from yekuo_desktop import bootstrap
from yekuo_desktop.bootstrap.line import StationLine
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.office.county import County, county


@pytest.fixture
def served(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")
    with Served(hall.centre) as served:
        yield served


@contextmanager
def at_the_window(post: Post, served: Served) -> Iterator[StationLine]:
    """The line the program itself has, to that centre."""
    known = post.store.station.centre()
    assert known is not None
    post.store.station.save_centre(replace(known, url=served.address))
    line = StationLine(post.store, post.clock, bootstrap.new_id, "")
    yield line
    line.close()


def seen(post: Post, served: Served) -> County:
    with at_the_window(post, served) as line:
        return county(replace(post.desk, line=line))


def test_the_hall_sees_who_is_silent_and_what_is_stuck(first: Post, hall: Hall, served: Served) -> None:
    village = with_a_village(first, hall)
    case = first.accept()
    settled(first)
    hall.stations[1].sync()
    note(hall.stations[1], case, "停用前写的")
    revoke(hall, hall.stations[1])
    hall.stations[1].sync()
    hall.clock.advance(days=6)
    first.sync()
    found = seen(first, served)
    rows = {row.terminal: row for row in found.machines}
    assert rows[village.store.identity.terminal].worries == ("已 6 天没有联系",)
    assert rows[village.store.identity.terminal].station == "柳湾供电所"
    assert rows[first.store.identity.terminal].worries == ()
    assert rows[hall.stations[1].store.identity.terminal].worries == ("1 条暂存,等中心决定",)
    assert found.troubled == 2
    (stuck,) = found.stuck
    assert (stuck.case, stuck.customer) == (case.id, case.values["customer_name"])
    assert (stuck.number, stuck.station) == (case.number, "河口供电所")
    assert "停用" in stuck.why
    assert stuck.remedy


def test_why_a_contact_failed_is_told_with_the_next_one(first: Post, hall: Hall, served: Served) -> None:
    first.interfere = lost
    assert not first.sync().well
    first.interfere = None
    assert first.sync().well
    (row,) = (row for row in seen(first, served).machines if row.device == first.store.identity.device)
    assert row.worries == ("连不上中心:offline",)
    assert first.sync().well
    (row,) = (row for row in seen(first, served).machines if row.device == first.store.identity.device)
    assert row.worries == ()


def test_a_village_is_told_that_the_county_is_not_its_business(
    first: Post, hall: Hall, served: Served
) -> None:
    with pytest.raises(Refused, match="只有读全县业务的设备"):
        seen(with_a_village(first, hall), served)


def test_without_a_line_the_county_cannot_be_seen(first: Post, hall: Hall, served: Served) -> None:
    with at_the_window(first, served) as line:
        served.__exit__(None, None, None)
        with pytest.raises(Refused, match="连不上中心"):
            county(replace(first.desk, line=line))
        served._socket.close()
