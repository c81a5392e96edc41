"""Files over HTTP: after the entries, in pieces, from where it broke off; and the digest of a real centre."""

import hashlib
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from tests.server.served import Served
from tests.sync.hall import Hall
from tests.sync.post import Post
from tests.sync.test_contact import note
from yekuo_desktop import bootstrap
from yekuo_desktop.domain.casework import Attaching
from yekuo_desktop.office import desk as office
from yekuo_desktop.sync.engine import Engine
from yekuo_desktop.sync.http import HttpTransport
from yekuo_desktop.sync.outcome import Outcome, Tools
from yekuo_desktop.sync.ports import NoAnswer, Reply
from yekuo_desktop.sync.wire import Wire


class Cut(HttpTransport):
    """A line that breaks in the middle of a file."""

    left = 3  # the layout of the work order is one

    def ask(self, method: str, path: str, *rest: Any, **more: Any) -> Reply:
        if method == "PATCH":
            self.left -= 1
            if self.left < 0:
                raise NoAnswer("cut")
        return super().ask(method, path, *rest, **more)


@pytest.fixture
def served(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")
    with Served(hall.centre) as served:
        yield served


def contact(post: Post, served: Served, line: type[HttpTransport] = HttpTransport) -> Outcome:
    """One contact over HTTP, with files."""
    transport = line(served.address)
    try:
        whose = post.store.identity
        wire = Wire(transport, whose.org, whose.device, post.store.station.keys())
        return Engine(post.store.station, wire, Tools(post.clock, bootstrap.new_id)).contact()
    finally:
        transport.close()


def attach(post: Post, case_id: str, content: bytes) -> str:
    sha256 = post.store.put_blob(content)
    file = Attaching(id="f1", sha256=sha256, name="现场.jpg", media_type="image/jpeg", size=len(content))
    office.act(post.desk, post.session(), case_id, "case.attached", file)
    return sha256


def test_a_file_follows_its_entry_and_is_whole_at_the_other_station(
    first: Post, second: Post, served: Served
) -> None:
    case = first.accept()
    content = Random(1).randbytes(2_500_000)
    sha256 = attach(first, case.id, content)
    assert first.store.centre.tally().files == 0  # not before its entry
    assert contact(second, served).trouble == contact(first, served).trouble == ""
    assert contact(second, served).trouble == ""
    assert second.store.blob(sha256) == content
    assert list(first.store.verify()) == list(second.store.verify()) == []
    assert first.store.centre.tally().files == 0


def test_a_file_that_broke_off_goes_on_from_there(first: Post, second: Post, served: Served) -> None:
    case = first.accept()
    content = Random(2).randbytes(3_500_000)
    sha256 = attach(first, case.id, content)
    assert contact(first, served, Cut).trouble.startswith("连不上中心")
    assert first.store.unsent() == 0  # the entries were there before
    assert first.store.centre.tally().files >= 1
    assert contact(first, served, Cut).trouble == ""  # of four pieces only two are left to send
    assert contact(second, served).trouble == ""
    found = second.store.blob(sha256)
    assert found is not None
    assert hashlib.sha256(found).hexdigest() == sha256


def test_a_file_on_its_way_is_no_fault_and_one_that_was_lost_is(
    first: Post, second: Post, served: Served
) -> None:
    case = first.accept()
    sha256 = attach(first, case.id, Random(3).randbytes(1000))
    first.sync(), second.sync()  # the entries alone
    assert second.store.blob(sha256) is None
    assert list(second.store.verify()) == []
    assert contact(first, served).trouble == contact(second, served).trouble == ""
    assert second.store.blob(sha256) is not None
    second.store._blobs._path(sha256).unlink()
    assert ["附件" in fault.reason for fault in second.store.verify()] == [True]


def test_over_http_both_have_the_same_digest(first: Post, second: Post, served: Served) -> None:
    for at in range(5):
        note(first, first.accept(address_door=f"{at}号"), "一")
    for post in (first, second):
        assert contact(post, served).trouble == ""
    transport = HttpTransport(served.address)
    whose = second.store.identity
    digest = Wire(transport, whose.org, whose.device, second.store.station.keys()).digest("station:HK")
    transport.close()
    assert digest is not None
    assert sum(digest.counts) == 5
    assert not second.store.station.differs("station:HK", digest)
