"""A contact by stick: taken from whoever brings it, believed only from its device, read only by it."""

import hashlib
from typing import Any

import msgspec
import pytest

from tests.server.served import Served
from tests.server.site import Site
from tests.server.station import Machine
from tests.server.test_push_and_pull import declined, note, register
from yekuo_desktop.protocol.greeting import Hello
from yekuo_desktop.protocol.parcels import Parcel, ParcelAnswer, Sealed
from yekuo_desktop.protocol.sealing import seal, unseal
from yekuo_desktop.server import parcels, tables
from yekuo_desktop.server.blobs import Blobs
from yekuo_desktop.server.keys import signed_by

FILE = b"a scan" * 100
NAME = hashlib.sha256(FILE).hexdigest()


def made(machine: Machine, **changed: Any) -> Sealed:
    hello = Hello(
        protocol=1,
        app="0",
        schema=1,
        incarnation=machine.life,
        last_n=len(machine.written),
        last_hash=machine.written[-1].hash,
        streams=tuple(machine.heads.values()),
    )
    parcel = Parcel(
        org=machine.org,
        device=machine.device,
        number=1,
        made=machine.clock().isoformat(),
        hello=hello,
        pushes=(machine.batch(),),
        files={NAME: FILE, "0" * 64: b"other bytes"},
    )
    content = msgspec.json.encode(msgspec.structs.replace(parcel, **changed))
    server = machine.said
    return seal("parcel", machine.org, machine.device, content, server.sealing, machine.key.sign)


def opened(machine: Machine, answer: Sealed) -> ParcelAnswer:
    def theirs(signature: bytes, said: bytes) -> bool:
        return signed_by(machine.said.server, said, signature)

    inside = unseal(answer, machine.sealing.private_bytes_raw(), theirs)
    return msgspec.json.decode(inside, type=ParcelAnswer)


@pytest.fixture
def machine(small: Site) -> Machine:
    made_ = small.machine()
    note(made_, register(made_))
    return made_


def test_it_is_a_whole_contact(small: Site, machine: Machine) -> None:
    other = small.machine()
    theirs = register(other)
    other.push()
    answer = opened(machine, parcels.take(small.centre, machine.org, made(machine)))
    assert [r.verdict for r in answer.outcomes[0].pushed.receipts] == ["applied", "applied"]
    for page in answer.pages:
        machine.take(page.head.stream, page)
    assert machine.case(theirs) is not None
    assert machine.cursor("station:HK") == 3
    files = Blobs(small.centre.files, machine.org)
    assert files.sound(NAME)
    assert not files.has("0" * 64)


def test_brought_twice_it_counts_once(small: Site, machine: Machine) -> None:
    sealed = made(machine)
    first = opened(machine, parcels.take(small.centre, machine.org, sealed))
    again = opened(machine, parcels.take(small.centre, machine.org, sealed))
    assert [r.known for r in again.outcomes[0].pushed.receipts] == [True, True]
    assert again.pages[-1].upto == first.pages[-1].upto
    assert len(small.rows(tables.log, tables.log.c.stream == "station:HK")) == 2


def test_a_push_that_is_declined_says_why(small: Site, machine: Machine) -> None:
    push = machine.batch(2)
    answer = opened(machine, parcels.take(small.centre, machine.org, made(machine, pushes=(push,))))
    assert answer.outcomes[0].trouble.code == "gap"


def test_only_the_device_itself_and_only_whole(small: Site, machine: Machine) -> None:
    thief, sealed = small.machine(), made(machine)
    by_thief = seal("parcel", machine.org, machine.device, b"{}", machine.said.sealing, thief.key.sign)
    changed = msgspec.structs.replace(sealed, content=sealed.content[:-1] + b"\0")
    for bad in (by_thief, changed):
        with declined("bad_signature"):
            parcels.take(small.centre, machine.org, bad)
    nonsense = seal("parcel", machine.org, machine.device, b"{}", machine.said.sealing, machine.key.sign)
    posing = made(machine, device=thief.device)
    for bad in (nonsense, posing, msgspec.structs.replace(sealed, kind="answer")):
        with declined("bad_request"):
            parcels.take(small.centre, machine.org, bad)
    with declined("not_found"):
        parcels.take(small.centre, machine.org, msgspec.structs.replace(sealed, device="nobody"))
    with declined("bad_request"):
        parcels.take(small.centre, "other", sealed)
    assert small.rows(tables.log, tables.log.c.stream == "station:HK") == []


def test_anybody_may_bring_it(small: Site, machine: Machine) -> None:
    with Served(small.centre) as served:
        answer = served.post(f"/v1/o/{machine.org}/parcels", made(machine), Sealed, packed=True)
    assert opened(machine, answer).welcome.state == "active"
