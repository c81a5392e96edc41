"""The same over HTTP: who may speak, what comes back, packed and not, and what is wrong with a request."""

import threading
from collections.abc import Iterator
from typing import Any

import httpx
import msgspec
import pytest
import zstandard

from tests.server.served import Served
from tests.server.site import Site
from tests.server.station import Machine
from tests.server.test_push_and_pull import note, register
from yekuo_desktop.protocol.enrolling import Enrolled
from yekuo_desktop.protocol.greeting import Common, Hello, Trail, Welcome
from yekuo_desktop.protocol.pulling import Heads, Page
from yekuo_desktop.protocol.pushing import Push, Pushed
from yekuo_desktop.protocol.troubles import CODES, Trouble
from yekuo_desktop.server.compression import TooLarge, unpack


@pytest.fixture
def served(small: Site) -> Iterator[Served]:
    with Served(small.centre) as listening:
        yield listening


@pytest.fixture
def machine(small: Site) -> Machine:
    return small.machine()


def path(machine: Machine, rest: str) -> str:
    return f"/v1/o/{machine.org}/{rest}"


def test_a_whole_contact(served: Served, small: Site, machine: Machine) -> None:
    me = served.sign_in(machine)
    case_id = register(machine)
    note(machine, case_id)
    hello = Hello(
        protocol=1,
        app="0",
        schema=1,
        incarnation=machine.life,
        last_n=2,
        last_hash=machine.written[-1].hash,
        streams=tuple(machine.heads.values()),
    )
    welcome = served.post(path(machine, "hello"), hello, Welcome, me)
    assert (welcome.state, welcome.chain.action) == ("active", "ok")
    pushed = served.post(path(machine, "push"), machine.batch(), Pushed, me, packed=True)
    assert [r.verdict for r in pushed.receipts] == ["applied", "applied"]
    page = served.get(path(machine, "streams/station:HK/changes"), Page, me, epoch=welcome.epoch)
    machine.take("station:HK", page)
    assert machine.case(case_id) is not None
    trail = Trail(((1, b"\0" * 32), (2, page.head.hash)))
    assert served.post(path(machine, "streams/station:HK/common"), trail, Common, me).seq == 2
    assert small.now().epoch == welcome.epoch


def test_a_bomb_is_not_unpacked_behind_its_bound() -> None:
    bomb = zstandard.compress(b"0" * 50_000_000)
    with pytest.raises(TooLarge):
        unpack(bomb, 1_000_000)
    assert len(unpack(bomb, 50_000_000)) == 50_000_000


def test_answers_are_packed_where_asked(served: Served, machine: Machine) -> None:
    me = served.sign_in(machine)
    case_id = register(machine)
    for _ in range(20):
        note(machine, case_id)
    machine.push()
    address = path(machine, "streams/station:HK/changes")
    query = {"epoch": machine.welcome.epoch}
    plain = served.http.get(address, params=query, headers={**me, "Accept-Encoding": "identity"})
    with httpx.Client(base_url=served.address, trust_env=False) as bare:
        request = bare.build_request("GET", address, params=query, headers={**me, "Accept-Encoding": "zstd"})
        raw = bare.send(request, stream=True)
        packed = b"".join(raw.iter_raw())
        raw.close()
    assert raw.headers["content-encoding"] == "zstd"
    assert len(packed) * 4 < len(plain.content)
    opened = msgspec.json.decode(zstandard.decompress(packed), type=Page)
    assert opened.rows == msgspec.json.decode(plain.content, type=Page).rows


def test_nobody_speaks_without_a_token(served: Served, machine: Machine) -> None:
    for header in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eDp5"}):
        found = served.get(path(machine, "streams/office/changes"), Page, header, epoch="e")
        assert found.code == "not_signed_in"


def test_a_token_ends(served: Served, machine: Machine, clock: Any) -> None:
    me = served.sign_in(machine)
    clock.advance(minutes=16)
    found = served.get(path(machine, "streams/office/changes"), Page, me, epoch="e")
    assert found.code == "not_signed_in"


def test_a_token_is_of_one_organisation(served: Served, machine: Machine) -> None:
    me = served.sign_in(machine)
    found = served.get("/v1/o/other/streams/office/changes", Page, me, epoch="e")
    assert found.code == "other_organisation"


def test_a_challenge_is_answered_by_the_device_and_in_time(
    served: Served, small: Site, machine: Machine, clock: Any
) -> None:
    other = small.machine()
    other.device = machine.device
    with pytest.raises(AttributeError, match="token"):  # a trouble has none
        served.sign_in(other)
    assert served.sign_in(machine)
    clock.advance(minutes=2)
    assert served.sign_in(machine)


def test_an_enrolment_code_is_used_once(served: Served, small: Site, clock: Any) -> None:
    code = small.code()
    one, other, late = (Machine(small.centre, clock) for _ in range(3))
    assert isinstance(one.enroll(code), Enrolled)
    assert isinstance(one.enroll(code.lower().replace("-", " ")), Enrolled)
    for machine, given in ((other, code), (other, code[:-1] + "?"), (other, "x"), (late, small.code())):
        clock.advance(hours=25 if machine is late else 0)
        with pytest.raises(Exception, match="not_found"):
            machine.enroll(given)


def test_guessing_codes_is_slow(served: Served, machine: Machine) -> None:
    body = b'{"code":"x","device":"d","public":"%s","sealing":"%s","signature":"%s"}' % (
        *(b"A" * 43 + b"=",) * 2,
        b"A" * 86 + b"==",
    )
    answers = [
        served.http.post("/v1/enroll", content=body, headers={"Content-Type": "application/json"})
        for _ in range(12)
    ]
    assert [a.status_code for a in answers] == [400] * 10 + [429] * 2
    assert int(answers[-1].headers["retry-after"]) > 0


@pytest.mark.parametrize(
    ("content", "headers", "code"),
    [
        (b"{", {}, "bad_request"),
        (b"[" * 1_000_000, {}, "bad_request"),
        (b'{"incarnation":"x"}', {}, "bad_request"),
        (b"not zstd", {"Content-Encoding": "zstd"}, "bad_request"),
        (zstandard.compress(b"0" * 500_000_000), {"Content-Encoding": "zstd"}, "too_large"),
        (b"0" * 9_000_000, {}, "too_large"),
        (b'{"n":1e400}', {}, "bad_request"),
        ('{"incarnation":"\ud800"}'.encode("utf-8", "surrogatepass"), {}, "bad_request"),
    ],
    ids=["cut", "deep", "wrong", "no-zstd", "bomb", "big", "infinite", "half-a-letter"],
)
def test_a_bad_request_is_a_trouble(
    served: Served, machine: Machine, content: bytes, headers: dict[str, str], code: str
) -> None:
    me = {**served.sign_in(machine), "Content-Type": "application/json", **headers}
    answer = served.http.post(path(machine, "push"), content=content, headers=me)
    trouble = msgspec.json.decode(answer.content, type=Trouble)
    assert (trouble.code, answer.status_code) == (code, CODES[code])


@pytest.mark.parametrize(
    "address", ["/", "/nowhere", "/v1/o/x/../../etc/passwd", "/v1/o/x/streams/%2e%2e/changes"]
)
def test_an_unknown_address_is_a_trouble(served: Served, address: str) -> None:
    answer = served.http.get(address)
    trouble = msgspec.json.decode(answer.content, type=Trouble)
    assert answer.status_code == CODES[trouble.code] in (400, 401, 404)


def test_who_waits_is_woken_by_a_push(served: Served, small: Site, machine: Machine) -> None:
    other = small.machine()
    mine, theirs = served.sign_in(machine), served.sign_in(other)
    found: list[Any] = []
    at = f"office:{machine.cursor('office')}"

    def wait() -> None:
        with httpx.Client(base_url=served.address, timeout=20, trust_env=False) as http:
            query = {"epoch": machine.welcome.epoch, "at": at, "wait": 15}
            found.append(http.get(path(machine, "heads"), params=query, headers=mine))

    waiting = threading.Thread(target=wait)
    waiting.start()
    while not served.application.doorbell.waiting:
        pass
    register(other)
    served.post(path(other, "push"), other.batch(), Pushed, theirs)
    waiting.join(10)
    assert msgspec.json.decode(found[0].content, type=Heads).heads == {"station:HK": 1}


def test_who_waits_for_nothing_hears_nothing(served: Served, machine: Machine) -> None:
    me = served.sign_in(machine)
    at = f"office:{machine.cursor('office')}"
    query = {"epoch": machine.welcome.epoch, "at": at}
    assert served.get(path(machine, "heads"), Heads, me, **query) is None
    assert served.get(path(machine, "heads"), Heads, me, **{**query, "epoch": "x"}).code == "epoch"
    assert served.get(path(machine, "heads"), Heads, me, **{**query, "at": "?"}).code == "bad_request"


def test_a_stop_lets_the_waiting_go(small: Site, machine: Machine) -> None:
    found: list[httpx.Response] = []
    with Served(small.centre) as listening:
        me = listening.sign_in(machine)
        query = {"epoch": machine.welcome.epoch, "at": f"office:{machine.cursor('office')}", "wait": 50}

        def wait() -> None:
            with httpx.Client(base_url=listening.address, timeout=20, trust_env=False) as http:
                found.append(http.get(path(machine, "heads"), params=query, headers=me))

        waiting = threading.Thread(target=wait)
        waiting.start()
        while not listening.application.doorbell.waiting:
            pass
    waiting.join(10)
    assert found[0].status_code == 204


def test_health_metrics_and_openapi(served: Served, machine: Machine) -> None:
    assert served.http.get("/health").json() == {"ok": True}
    served.post(path(machine, "push"), machine_batch(machine), Pushed, served.sign_in(machine))
    text = served.http.get("/metrics").text
    assert 'yekuo_entries_total{verdict="applied"} 1' in text
    assert 'yekuo_requests_total{route="/v1/o/{org}/push",status="200"} 1' in text
    paths = served.http.get("/schema/openapi.json").json()["paths"]
    assert {"/v1/enroll", "/v1/o/{org}/push", "/v1/o/{org}/streams/{stream}/changes"} <= set(paths)


def machine_batch(machine: Machine) -> Push:
    register(machine)
    return machine.batch()
