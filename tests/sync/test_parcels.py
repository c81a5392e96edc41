"""A contact by stick: the same entries, the same receipts, the same pages; and nothing that is not for us."""

from pathlib import Path

import msgspec
import pytest

from tests.sync.hall import Hall
from tests.sync.post import Post
from tests.sync.test_contact import note
from tests.sync.test_faults import settled
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.protocol.parcels import Outcome, Parcel, ParcelAnswer, Sealed
from yekuo_desktop.protocol.pulling import Page
from yekuo_desktop.protocol.sealing import seal, unseal
from yekuo_desktop.server import greeting, pulling, pushing
from yekuo_desktop.server.errors import Declined
from yekuo_desktop.server.keys import signed_by
from yekuo_desktop.server.organisations import Device, find_device
from yekuo_desktop.store.signing import verifies
from yekuo_desktop.sync.parcels import Parcels


def parcels(post: Post) -> Parcels:
    return Parcels(post.store.station, verifies)


def write(post: Post) -> tuple[bytes, int]:
    return parcels(post).write(post.clock().isoformat())


def read(post: Post, answer: bytes) -> str:
    """What the reading comes to: the trouble, "" for none."""
    return post.engine.answered(parcels(post).read(answer)).trouble


def answered(hall: Hall, content: bytes) -> bytes:
    """What the centre makes of a parcel: its own handlers, one after the other."""
    sealed = msgspec.json.decode(content, type=Sealed)
    centre = hall.centre
    with hall.database.read() as connection:
        device = find_device(connection, sealed.org, sealed.device)
    assert device is not None
    public = device.public
    inside = unseal(
        sealed, centre.keys.sealing.private_bytes_raw(), lambda s, said: signed_by(public, said, s)
    )
    parcel = msgspec.json.decode(inside, type=Parcel)
    welcome = greeting.greet(centre, device, parcel.hello)
    outcomes = []
    for push in parcel.pushes:
        try:
            outcomes.append(Outcome(pushed=pushing.push(centre, device, push)))
        except Declined as declined:
            outcomes.append(Outcome(trouble=declined.trouble))
    read_to = {head.stream: head.seq for head in parcel.hello.streams}
    pages = [
        _page(hall, device, stream, welcome.epoch, read_to.get(stream, 0), parcel.hello.incarnation)
        for stream in sorted(welcome.streams)
    ]
    answer = ParcelAnswer(number=parcel.number, welcome=welcome, outcomes=tuple(outcomes), pages=tuple(pages))
    keys, said = centre.keys, msgspec.json.encode(answer)
    return msgspec.json.encode(seal("answer", device.org, device.device, said, device.sealing, keys.sign))


def _page(hall: Hall, device: Device, stream: str, epoch: str, after: int, life: str) -> Page:
    return pulling.changes(
        hall.centre, device, stream, epoch=epoch, after=after, limit=1000, incarnation=life
    )


def test_what_waits_goes_by_stick_and_the_answer_brings_the_news(
    first: Post, second: Post, hall: Hall
) -> None:
    case = first.accept()
    settled(first)
    note(second, second.accept(address_door="9号"), "无网的所")
    waiting = second.store.unsent()
    content, count = write(second)
    assert count == waiting
    assert second.store.unsent() == waiting  # not before the answer has been read
    assert read(second, answered(hall, content)) == ""
    assert second.store.unsent() == 0
    assert second.store.case(case.id) == case
    assert list(second.store.verify()) == []
    settled(first, second)


def test_a_parcel_that_is_handed_in_twice_counts_once(first: Post, hall: Hall) -> None:
    case = first.accept()
    content, _ = write(first)
    answers = [answered(hall, content), answered(hall, content)]
    note(first, case, "写包之后")
    assert [read(first, answer) for answer in reversed(answers)] == ["", ""]
    ids = hall.entry_ids()
    assert len(ids) == len(set(ids))
    assert first.store.unsent() == 1
    settled(first)
    assert [n.text for n in first.store.case(case.id).notes] == ["写包之后"]


def test_only_the_centre_reads_a_parcel_and_only_its_own_station_the_answer(
    first: Post, second: Post, hall: Hall
) -> None:
    first.accept()
    content, _ = write(first)
    assert "张秀英".encode() not in content
    answer = answered(hall, content)
    with pytest.raises(Refused, match="另一台电脑"):
        parcels(second).read(answer)
    with pytest.raises(Refused, match="本机发出的交换包"):
        parcels(first).read(content)
    with pytest.raises(Refused, match="不是离线交换包"):
        parcels(first).read(b"PK\x03\x04 something else")
    sealed = msgspec.json.decode(answer, type=Sealed)
    forged = msgspec.structs.replace(sealed, content=sealed.content[:-1] + b"x")
    with pytest.raises(Refused, match="打不开"):
        parcels(first).read(msgspec.json.encode(forged))


def test_a_restored_station_is_told_to_write_another_parcel(first: Post, hall: Hall, tmp_path: Path) -> None:
    case = first.accept()
    settled(first)
    first.back_up(tmp_path / "backup")
    note(first, case, "备份之后")
    settled(first)
    first.restore(tmp_path / "backup")
    note(first, case, "恢复之后")
    content, _ = write(first)
    assert "再做一次交换包" in read(first, answered(hall, content))
    content, count = write(first)
    assert count == 1
    assert read(first, answered(hall, content)) == ""
    assert [n.text for n in first.store.case(case.id).notes] == ["备份之后", "恢复之后"]
    assert first.store.case(case.id) == hall.document(case.id)


def test_an_answer_to_another_life_of_the_store_receives_nothing(first: Post, hall: Hall) -> None:
    """Written before, read after: its receipts speak of other entries than ours of the same numbers."""
    case = first.accept()
    content, _ = write(first)
    answer = answered(hall, content)
    first.store.station.begin_life("another-life")
    note(first, case, "另一段")
    waiting = first.store.unsent()
    assert read(first, answer)
    assert first.store.unsent() == waiting
    settled(first)
    assert first.store.case(case.id) == hall.document(case.id)
    assert [n.text for n in first.store.case(case.id).notes] == ["另一段"]
