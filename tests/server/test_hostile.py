"""Whoever sends what nobody of ours sends: fuzzed along the OpenAPI, and by hand where that knows nothing."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import httpx
import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from msgspec.structs import replace

from tests.domain.apart import VALUES
from tests.domain.test_merging import acceptance
from tests.domain.trade import START
from tests.server.served import Served
from tests.server.site import Site
from tests.server.station import Machine
from tests.server.test_proof import faults
from tests.server.test_push_and_pull import declined, note, register
from yekuo_desktop import bootstrap
from yekuo_desktop.domain.casework import Attaching
from yekuo_desktop.domain.custody import Proof
from yekuo_desktop.domain.entries import Sealed, link
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.domain.paperwork import Issue
from yekuo_desktop.domain.stages.acceptance.acts import Application
from yekuo_desktop.protocol.pulling import Heads
from yekuo_desktop.protocol.troubles import CODES, Trouble
from yekuo_desktop.server import tables
from yekuo_desktop.server.routes.reading import LONGEST

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of a library that uses what is deprecated elsewhere
    import schemathesis

SEEN = settings(
    max_examples=4,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)


@pytest.fixture
def served(small: Site) -> Iterator[Served]:
    with Served(small.centre) as listening:
        yield listening


@pytest.fixture
def machine(small: Site) -> Machine:
    made = small.machine()
    register(made)
    made.push()
    return made


def answered(answer: httpx.Response) -> None:
    """Never a 500, never anything but a message or a trouble with its own status."""
    if answer.status_code >= 400:
        trouble = msgspec.json.decode(answer.content, type=Trouble)
        assert trouble.code in CODES
        assert trouble.code != "broken", trouble


def test_requests_along_the_openapi(served: Served, machine: Machine, small: Site) -> None:
    """Every operation, with what fits its schema and with what nearly does, by a device and by nobody."""
    schema = schemathesis.openapi.from_url(f"{served.address}/schema/openapi.json")
    me = served.sign_in(machine)
    before = small.rows(tables.log)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) >= 16
    for operation in operations:
        _fuzz(served, operation, me, machine.org)
    assert small.rows(tables.log) == before
    assert faults(small) == []


def _impatient(case: Any) -> None:
    """Who is told to wait would wait: of what is a time at all, none is left."""
    query = dict(case.query or {})
    if isinstance(query.get("wait"), int) and 0 < query["wait"] <= LONGEST:
        case.query = {**query, "wait": 0}


def _fuzz(served: Served, operation: Any, me: dict[str, str], org: str) -> None:
    for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE):

        @SEEN
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:
            case.path_parameters = {**(case.path_parameters or {}), "org": org}
            case.headers = {**dict(case.headers or {}), **me}
            _impatient(case)
            answered(_send(served, case))

        with suppress(Unsatisfiable):  # nothing can be wrong with a request that says nothing
            ask()


def _send(served: Served, case: Any) -> httpx.Response:
    asked = case.as_transport_kwargs(base_url=served.address)
    headers = {str(k): str(v) for k, v in dict(asked.get("headers") or {}).items()}
    try:
        headers = {k: v.encode("latin-1").decode("latin-1") for k, v in headers.items() if v.isprintable()}
    except UnicodeEncodeError:
        headers = {k: v for k, v in headers.items() if v.isascii()}
    return served.http.request(
        asked["method"],
        asked["url"],
        params=asked.get("params"),
        headers=headers,
        content=msgspec.json.encode(asked["json"]) if asked.get("json") is not None else asked.get("data"),
    )


PLACES = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.tuples(
            st.sampled_from(("office", "station:HK", "station:LW", "station:", "x", "")),
            st.sampled_from((":", "::", "", "=")),
            st.one_of(st.integers(), st.sampled_from(("", "-1", "1e9", "٣", "0x1", "9" * 17, "+1"))),
        ).map(lambda part: "".join(map(str, part))),
        max_size=40,
    ).map(",".join),
)


@given(at=PLACES, wait=st.sampled_from(("0", "-1", "56", "1e400", "nan", "", "0.5", "x")))
@settings(SEEN, max_examples=60)
def _places(served: Served, me: dict[str, str], org: str, epoch: str, at: str, wait: str) -> None:
    query = {"epoch": epoch, "at": at.encode("utf-8", "replace").decode(), "wait": wait}
    answered(served.http.get(f"{served.address}/v1/o/{org}/heads", params=query, headers=me))


def test_whatever_is_said_of_places_who_asks_for_heads_is_answered(served: Served, machine: Machine) -> None:
    me, epoch = served.sign_in(machine), machine.welcome.epoch
    _places(served, me, machine.org, epoch)
    for more in (
        {"epoch": "x" * 64},
        {"epoch": ""},
        {"epoch": "\0"},
        {},
        {"epoch": epoch, "at": "9" * 20_001},
    ):
        answered(served.http.get(f"{served.address}/v1/o/{machine.org}/heads", params=more, headers=me))
    here = served.get(f"/v1/o/{machine.org}/heads", Heads, me, epoch=epoch, at="station:LW:999,office:0")
    assert set(here.heads) == {"office", "station:HK"}  # of what it may not read it hears nothing
    assert served.application.doorbell.waiting == 0


@pytest.mark.parametrize(
    "bend",
    [
        lambda body: body.replace('"kind":', '"kind":"case.closed","kind":', 1),
        lambda body: body.replace('"payload":{', '"payload":{"__proto__":{"stage":"archive"},', 1),
        lambda body: body.replace('"payload":{', '"payload":{"values":' + "[" * 3000 + "]" * 3000 + ",", 1),
        lambda body: body.replace('"n":', '"n":1e400,"n":', 1),
        lambda body: body[:-1] + ',"unknown":{"a":[1,2,3]}}',
        lambda body: body.replace('"text":"', '"text":"\\u0000\\ud83d', 1),
        lambda body: body + " " * 100_000,
    ],
    ids=["twice", "proto", "deep", "infinite", "unknown", "no-letter", "blanks"],
)
def test_a_bent_entry_stops_nobody_and_is_kept_as_it_came(site: Site, bend: Callable[[str], str]) -> None:
    """Signed by its own device and chained: it is taken, held or ruled, and read by others byte for byte."""
    machine, other = site.machine(), site.machine()
    case_id = register(machine)
    note(machine, case_id)
    machine.push()
    note(machine, case_id)
    last = machine.written[-1]
    body = bend(last.body.decode()).encode()
    assert body != last.body
    machine.written[-1] = Sealed(last.entry, body, last.prev, link(last.prev, body))
    machine.push()
    assert machine.receipts[machine.written[-1].entry.n].verdict in ("applied", "held", "refused")
    note(other, case_id)
    other.push()
    other.pull("station:HK")
    assert other.receipts[1].verdict == "applied"
    assert body in [row.body.encode() for row, _ in other.rows["station:HK"]]
    assert faults(site) == []


@given(body=st.binary(max_size=300))
@SEEN
def _noise(served: Served, address: str, me: dict[str, str], body: bytes) -> None:
    answered(served.http.post(address, content=body, headers=me))


def test_noise_is_no_message(served: Served, machine: Machine) -> None:
    me = {**served.sign_in(machine), "Content-Type": "application/json"}
    for rest in ("push", "hello", "rescue", "uploads"):
        _noise(served, f"{served.address}/v1/o/{machine.org}/{rest}", me)


def test_a_replayed_push_of_another_device_is_not_taken(small: Site, machine: Machine) -> None:
    thief = small.machine()
    note(machine, machine.written[0].entry.subject.partition(":")[2])
    stolen = machine.batch()
    thief.written, thief.seen, thief.life = list(machine.written), list(machine.seen), machine.life
    thief.hello()
    with declined("bad_chain"):
        thief.push(entries=stolen.entries, signature=stolen.signature)


def test_names_and_figures_no_database_can_keep_stop_nobody(site: Site) -> None:
    """What a payload says reaches columns: letters PostgreSQL does not know, figures beyond its own."""
    machine = site.machine()
    case_id = bootstrap.new_id()
    subject = f"case:{case_id}"
    values = {**VALUES, "customer_name": "王\0小明"}
    machine.write(subject, "case.registered", Application(values=values))
    machine.write(subject, "case.accepted", replace(acceptance(), number="YK\0-1", values=values))
    sheet = Snapshot(
        form="acceptance_receipt",
        title="x",
        layout="0" * 64,
        sheet_no="S\0-1",
        issued=START,
        issued_by="x",
    )
    for version in (2**62, 1):
        payload = Issue(replace(sheet, version=version), proof=Proof("K", "\0 no signature"))
        machine.write(subject, "paper.issued", payload)
    attached = Attaching(id="a", sha256="0" * 64, name="x", media_type="x", size=2**62)
    machine.write(subject, "case.attached", attached)
    note(machine, case_id)
    machine.push()
    assert machine.receipts[6].verdict == "applied"
    machine.contact()
    assert faults(site) == []


def test_cursors_from_the_future_and_of_others(served: Served, small: Site, machine: Machine) -> None:
    me, base = served.sign_in(machine), f"{served.address}/v1/o/{machine.org}/streams"
    epoch = machine.welcome.epoch
    for stream, after, code in (
        ("station:HK", 2**53 - 1, "gap"),
        ("station:LW", 0, "left"),
        ("station:NOWHERE", 0, "left"),
        ("station:HK", 2**53, "bad_request"),
        ("station:HK", 2**70, "bad_request"),
        ("station:%00", 0, "bad_request"),
        ("station:HK", -1, "bad_request"),
    ):
        answer = served.http.get(
            f"{base}/{stream}/changes", params={"epoch": epoch, "after": after}, headers=me
        )
        assert msgspec.json.decode(answer.content, type=Trouble).code == code
