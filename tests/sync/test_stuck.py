"""A centre that is there and takes nothing; an entry that it never will."""

from collections.abc import Mapping
from datetime import timedelta
from random import Random

import pytest
from msgspec.structs import replace

from tests.server.served import Served
from tests.sync.hall import Hall
from tests.sync.post import Post
from tests.sync.test_contact import note
from tests.sync.test_faults import on, settled
from yekuo_desktop import bootstrap
from yekuo_desktop.bootstrap.line import StationLine
from yekuo_desktop.domain.case import Case
from yekuo_desktop.office.sync_light import light
from yekuo_desktop.office.syncing import sight
from yekuo_desktop.sync.ports import Reply


def behind(post: Post, size: int) -> None:
    """The line of a post through a gateway that lets nothing larger pass and says so in its own page."""
    plain = post.ask

    def ask(
        method: str, path: str, body: bytes = b"", headers: Mapping[str, str] = {}, wait: float = 0
    ) -> Reply:
        if path.endswith("/push") and len(body) > size:
            return Reply(413, b"<html>Request Entity Too Large</html>", {"content-type": "text/html"})
        return plain(method, path, body, headers, wait)

    post.ask = ask  # type: ignore[method-assign]
    post.engine = post.new_engine()


def random_note(post: Post, case: Case) -> str:
    """Words that cannot be packed small."""
    draw = Random(1)
    text = "".join(chr(draw.randrange(0x4E00, 0x9FA5)) for _ in range(200_000))
    note(post, case, text)
    return text


def test_an_entry_that_is_too_large_keeps_nothing_back_and_is_shown(first: Post, second: Post) -> None:
    case, other = first.accept(), first.accept(address_door="9号")
    settled(first, second)
    behind(first, 200_000)
    note(first, case, "之前的")
    big = random_note(first, case)
    for at in range(5):
        note(first, other, f"之后的 {at}")
    note(first, case, "也在之后")
    settled(first, second)
    for post in (first, second):
        assert [n.text for n in post.store.case(case.id).notes] == ["之前的", "也在之后"]
        assert len(post.store.case(other.id).notes) == 5
        assert list(post.store.verify()) == []
    (found,) = first.store.centre.unsettled()
    assert (found.verdict, found.ruling.code) == ("refused", "too_large")
    assert big in bytes(found.entry.payload).decode()
    (shown,) = sight(first.desk).rejected
    assert "中心收不下" in shown.why
    assert shown.number == case.number
    assert first.store.centre.tally().unsettled == 1
    first.crash()
    assert len(first.store.centre.unsettled()) == 1
    first.store.centre.settle(found.entry.id, found.verdict)
    assert (first.store.centre.unsettled(), first.store.centre.tally().unsettled) == ([], 0)


def test_a_gateway_that_lets_nothing_pass_sets_nothing_aside(first: Post, hall: Hall) -> None:
    case = first.accept()
    settled(first)
    behind(first, 0)
    note(first, case, "一")
    assert "网关" in first.sync().trouble
    assert first.store.unsent() == 1
    assert first.store.centre.unsettled() == []


def broken(_name: str, _through: object) -> Reply:
    return Reply(400, b'{"code":"bad_request","message":"x"}', {})


def test_a_centre_that_takes_nothing_is_said_after_ten_minutes(first: Post, hall: Hall) -> None:
    case = first.accept()
    settled(first)
    note(first, case, "一")
    first.interfere = on("/push", broken)
    first.sync()
    assert light(first.desk).kind != "wanted"
    hall.clock.advance(minutes=11)
    first.sync()
    shown = light(first.desk)
    assert (shown.kind, shown.words) == ("wanted", "上传受阻 1")
    first.interfere = None
    settled(first)
    assert first.store.centre.contact().stuck is None
    assert light(first.desk).words == "已同步"


def test_without_a_line_nothing_is_stuck(first: Post, hall: Hall) -> None:
    first.accept()
    first.interfere = on("", lambda name, through: Reply(502, b"", {}))
    first.sync()
    hall.clock.advance(hours=5)
    first.sync()
    assert first.store.centre.contact().stuck is None


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")


@pytest.mark.parametrize("hours", [-5, 5])
def test_a_clock_that_is_wrong_is_shown(first: Post, hours: int) -> None:
    first.drift = timedelta(hours=hours)
    settled(first)
    assert f"{'快' if hours > 0 else '慢'} 300 分钟" in light(first.desk).tip


def test_a_line_that_brings_nothing_through_is_made_anew(first: Post, hall: Hall) -> None:
    """The real line over HTTP: what it had kept of the centre is not trusted any more."""
    case = first.accept()
    settled(first)
    with Served(hall.centre) as served:
        station = first.store.station
        station.save_centre(replace(station.centre(), url=served.address))
        line = StationLine(first.store, first.clock, bootstrap.new_id, "")
        assert line.contact().trouble == ""
        note(first, case, "一")
        kept = line._engine
        station.save_contact(replace(station.contact(), stuck=hall.clock.now))
        hall.clock.advance(minutes=9)
        station.save_contact(replace(station.contact(), stuck=hall.clock.now - timedelta(minutes=9)))
        line._begin_anew_if_stuck()
        assert line._engine is kept
        hall.clock.advance(minutes=2)
        assert line.contact().sent == 1
        assert line._engine is not kept
        assert station.contact().stuck is None
        line.close()
