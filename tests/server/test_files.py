"""Files: chunk by chunk, resumed, the same bytes once, wrong bytes never, none of another organisation."""

import base64
import hashlib
import random
from collections.abc import Iterator
from typing import Any

import httpx
import msgspec
import pytest

from tests.server.served import Served
from tests.server.site import Site
from tests.server.station import Machine
from tests.server.test_push_and_pull import declined, register
from yekuo_desktop.domain.casework import Attaching
from yekuo_desktop.protocol.troubles import Trouble
from yekuo_desktop.protocol.uploading import CHECKSUM, OFFSET, Offer, Offered, Received
from yekuo_desktop.server import tables, uploading
from yekuo_desktop.server.blobs import Blobs
from yekuo_desktop.server.errors import Declined

CONTENT = random.Random(7).randbytes(300_000)
NAME = hashlib.sha256(CONTENT).hexdigest()
PART = 64 * 1024


def checksum(content: bytes) -> str:
    return f"sha256 {base64.b64encode(hashlib.sha256(content).digest()).decode()}"


def begin(machine: Machine, content: bytes = CONTENT) -> Offered:
    name = hashlib.sha256(content).hexdigest()
    return uploading.offer(machine.centre, machine.here, Offer(name, len(content)))


def send(machine: Machine, upload: str, offset: int, content: bytes) -> int:
    said = checksum(content)
    return uploading.chunk(machine.centre, machine.here, upload, offset, said, content).offset


def send_all(machine: Machine, upload: str, offset: int = 0, content: bytes = CONTENT) -> None:
    while offset < len(content):
        offset = send(machine, upload, offset, content[offset : offset + PART])
    uploading.commit(machine.centre, machine.here, upload)


@pytest.fixture
def machine(small: Site) -> Machine:
    return small.machine()


def blobs(machine: Machine) -> Blobs:
    return Blobs(machine.centre.files, machine.org)


def test_a_file_in_chunks(site: Site) -> None:
    machine = site.machine()
    begun = begin(machine)
    assert (begun.stored, begun.offset) == (False, 0)
    send_all(machine, begun.upload)
    assert b"".join(blobs(machine).pieces(NAME, 0, len(CONTENT) - 1)) == CONTENT
    assert [(row["sha256"], row["state"]) for row in site.rows(tables.files)][-1:] == [(NAME, "stored")]


def test_the_same_bytes_are_sent_once(small: Site, machine: Machine) -> None:
    send_all(machine, begin(machine).upload)
    assert begin(small.machine()).stored


def test_an_interrupted_upload_goes_on_where_it_was(small: Site, machine: Machine) -> None:
    """Also by another machine that has the same file; what a crash left unconfirmed is overwritten."""
    begun = begin(machine)
    send(machine, begun.upload, 0, CONTENT[:PART])
    part = blobs(machine).incoming / f"{begun.upload}.part"
    with part.open("ab") as file:
        file.write(b"left behind by a process that was killed before its commit" * 5000)
    other = small.machine()
    again = begin(other)
    assert (again.upload, again.offset) == (begun.upload, PART)
    send_all(other, again.upload, again.offset)
    assert blobs(machine).sound(NAME)
    assert blobs(machine).path(NAME).stat().st_size == len(CONTENT)


def test_a_doubled_or_early_chunk_is_told_where_to_go_on(machine: Machine) -> None:
    begun = begin(machine)
    send(machine, begun.upload, 0, CONTENT[:PART])
    for offset in (0, 2 * PART):
        with declined("offset") as found:
            send(machine, begun.upload, offset, CONTENT[offset : offset + PART])
        assert found.value.trouble.detail == {"offset": PART}
    with declined("offset"):
        uploading.commit(machine.centre, machine.here, begun.upload)


def test_a_chunk_that_arrives_otherwise_is_not_taken(machine: Machine) -> None:
    begun = begin(machine)
    with declined("checksum"):
        uploading.chunk(machine.centre, machine.here, begun.upload, 0, checksum(b"x"), CONTENT[:PART])
    with declined("too_large"):
        send(machine, begun.upload, 0, CONTENT + b"x")


def test_other_bytes_than_their_name_says_are_never_stored(machine: Machine) -> None:
    begun = begin(machine)
    wrong = bytes(len(CONTENT))
    with declined("checksum"):
        send_all(machine, begun.upload, content=wrong)
    assert not blobs(machine).has(NAME)
    assert uploading.progress(machine.centre, machine.here, begun.upload).offset == 0
    send_all(machine, begun.upload)
    assert blobs(machine).sound(NAME)


def test_a_commit_again_is_the_same(machine: Machine) -> None:
    begun = begin(machine)
    send_all(machine, begun.upload)
    done = uploading.commit(machine.centre, machine.here, begun.upload)
    assert done == Received(len(CONTENT))


def test_what_entries_speak_of_is_wanted_until_it_is_there(small: Site, machine: Machine) -> None:
    case_id = register(machine)
    payload = Attaching(id="a1", sha256=NAME, name="身份证.jpg", media_type="image/jpeg", size=len(CONTENT))
    machine.write(f"case:{case_id}", "case.attached", payload)
    machine.push()
    elsewhere = small.machine("LW")
    assert uploading.wanted(small.centre, machine.here).files == (NAME,)
    assert uploading.wanted(small.centre, elsewhere.here).files == ()
    send_all(machine, begin(machine).upload)
    assert uploading.wanted(small.centre, machine.here).files == ()


def test_the_small_is_wanted_before_the_large(site: Site) -> None:
    machine = site.machine()
    case_id = register(machine)
    sizes = {"a" * 64: 40_000_000, "b" * 64: 30_000, "c" * 64: 2_000_000}
    for sha256, size in sizes.items():
        payload = Attaching(id=sha256[:2], sha256=sha256, name="x", media_type="image/jpeg", size=size)
        machine.write(f"case:{case_id}", "case.attached", payload)
    machine.push()
    wanted = uploading.wanted(site.centre, machine.here).files
    assert [sizes[name] for name in wanted] == sorted(sizes.values())


def test_what_nobody_goes_on_with_is_swept_away(small: Site, machine: Machine, clock: Any) -> None:
    begun = begin(machine)
    send(machine, begun.upload, 0, CONTENT[:PART])
    assert uploading.sweep(small.centre) == 0
    clock.advance(days=8)
    assert uploading.sweep(small.centre) == 1
    assert list(blobs(machine).incoming.iterdir()) == []
    with declined("not_found"):
        uploading.progress(small.centre, machine.here, begun.upload)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 63, "A" * 64, "a" * 63 + "\n", "", "/" * 64])
def test_no_name_leads_out_of_the_folder(machine: Machine, name: str) -> None:
    with declined("not_found"):
        blobs(machine).path(name)
    for org in ("..", "a/b", ""):
        with pytest.raises(Declined):
            Blobs(machine.centre.files, org)


# ---- over HTTP ---------------------------------------------------------------------------------------


@pytest.fixture
def served(small: Site) -> Iterator[Served]:
    with Served(small.centre) as listening:
        yield listening


def test_up_and_down_over_http(served: Served, machine: Machine) -> None:
    me, base = served.sign_in(machine), f"/v1/o/{machine.org}"
    begun = served.post(f"{base}/uploads", Offer(NAME, len(CONTENT)), Offered, me)
    address, offset = f"{served.address}{base}/uploads/{begun.upload}", 0
    while offset < len(CONTENT):
        part = CONTENT[offset : offset + PART]
        headers = {**me, OFFSET: str(offset), CHECKSUM: checksum(part)}
        answer = served.http.patch(address, content=part, headers=headers)
        offset = msgspec.json.decode(answer.content, type=Received).offset
    assert served.http.post(f"{address}/commit", headers=me).status_code == 200
    file = f"{served.address}{base}/files/{NAME}"
    assert served.http.get(file, headers=me).content == CONTENT
    rest = served.http.get(file, headers={**me, "Range": "bytes=1000-"})
    assert (rest.status_code, rest.content) == (206, CONTENT[1000:])
    assert rest.headers["content-range"] == f"bytes 1000-{len(CONTENT) - 1}/{len(CONTENT)}"
    assert served.http.get(file).status_code == 401


@pytest.mark.parametrize("name", ["0" * 64, "..%2f..%2fcentre.key", "x"])
def test_a_file_that_is_not_there(served: Served, machine: Machine, name: str) -> None:
    answer: httpx.Response = served.http.get(
        f"{served.address}/v1/o/{machine.org}/files/{name}", headers=served.sign_in(machine)
    )
    assert msgspec.json.decode(answer.content, type=Trouble).code in ("not_found", "bad_request")
