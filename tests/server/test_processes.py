"""Several processes of the centre over one PostgreSQL, one killed: one order, nothing lost or doubled."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from sqlalchemy import text

from tests.server.served import Client
from tests.server.site import Site
from tests.server.station import Machine
from tests.server.test_moving import accepted, transfer
from tests.server.test_operating import running
from tests.server.test_proof import faults
from tests.server.test_push_and_pull import note, register
from yekuo_desktop.protocol.pulling import Heads
from yekuo_desktop.protocol.pushing import Pushed
from yekuo_desktop.server import tables
from yekuo_desktop.server.errors import Busy
from yekuo_desktop.server.ledger import Ledger

PLAIN = {"Accept-Encoding": "identity"}


@pytest.fixture
def shared(postgres: str, tmp_path: Path, clock: Any) -> Iterator[tuple[Site, Path]]:
    """A site whose key lies where ``yekuo server`` looks for it."""
    folder = tmp_path / "centre"
    folder.mkdir()
    site = Site(postgres, folder, clock)
    yield site, folder
    site.close()


def test_two_processes_keep_one_order(shared: tuple[Site, Path]) -> None:
    site, folder = shared
    machines = [site.machine() for _ in range(4)]
    case_id = register(machines[0])
    machines[0].push()
    for machine in machines:
        machine.contact()
        for at in range(15):
            note(machine, case_id, f"{machine.device[-4:]} {at}")
    words = ("--database", site.url)
    with running(folder, *words) as (first, one), running(folder, *words) as (second, two):
        threads = [
            threading.Thread(target=deliver, args=(machine, (first, second)), name=machine.device)
            for machine in machines
        ]
        for thread in threads:
            thread.start()
        one.kill()  # in the middle of it
        for thread in threads:
            thread.join(60)
        two.terminate()
        assert two.wait(30) == 0
    for machine in machines:
        machine.hello()
        machine.pull("station:HK")
    assert len(machines[0].case(case_id).notes) == 4 * 15
    assert len({tuple(n.text for n in machine.case(case_id).notes) for machine in machines}) == 1
    rows = site.rows(tables.log, tables.log.c.stream == "station:HK")
    assert sorted(row["seq"] for row in rows) == list(range(1, 62))
    assert faults(site) == []


def test_who_appends_holds_the_stream(shared: tuple[Site, Path]) -> None:
    """Whoever comes second waits before he reads where the stream stands, not when he writes."""
    site, _ = shared
    held = "SELECT seq FROM streams WHERE org = :org AND stream = 'station:HK' FOR UPDATE NOWAIT"
    database, org = site.centre.database, site.now()
    with database.write() as connection:
        Ledger(site.centre, connection, org, site.centre.moment()).lock(["station:HK"])
    with database.write() as connection:
        Ledger(site.centre, connection, org, site.centre.moment()).lock(["station:HK"])
        with pytest.raises(Busy), database.write() as other:
            other.execute(text(held), {"org": org.org})
    with database.write() as other:
        assert other.execute(text(held), {"org": org.org}).scalar_one() == 0


def deliver(machine: Machine, addresses: tuple[str, ...]) -> None:
    """Two entries at a time, at whichever process answers, until everything is confirmed."""
    turn = 0
    with httpx.Client(timeout=20, trust_env=False) as http:
        while machine.acked < len(machine.written):
            turn += 1
            client = Client(http, addresses[turn % 2])
            try:
                me = client.sign_in(machine)
                done = client.post(f"/v1/o/{machine.org}/push", machine.batch(count=2), Pushed, me)
            except httpx.HTTPError:
                continue
            if isinstance(done, Pushed):
                machine.acked = done.last_n


def test_who_waits_at_one_process_hears_of_a_push_at_another(shared: tuple[Site, Path]) -> None:
    site, folder = shared
    here, there = site.machine(), site.machine()
    register(there)
    with running(folder, "--database", site.url) as (address, _), httpx.Client(trust_env=False) as http:
        client = Client(http, address)
        me = client.sign_in(here)
        at = f"office:{here.cursor('office')}"
        query: dict[str, Any] = {"epoch": here.welcome.epoch, "at": at, "wait": 20}
        path = f"{address}/v1/o/{here.org}/heads"
        heard: list[httpx.Response] = []
        waiting = threading.Thread(
            target=lambda: heard.append(
                httpx.get(path, params=query, headers=me, timeout=30, trust_env=False)
            )
        )
        waiting.start()
        while "yekuo_waiting 1" not in http.get(f"{address}/metrics").text:
            pass
        there.push()  # in this process
        waiting.join(20)
    assert msgspec.json.decode(heard[0].content, type=Heads).heads == {"station:HK": 1}


def test_cases_cross_between_stations_without_a_standstill(shared: tuple[Site, Path]) -> None:
    """Transfers both ways at once take both streams; whoever writes meanwhile finds the case."""
    site, _ = shared
    halls = [site.machine("HK", "all") for _ in range(3)]
    cases = [accepted(halls[0]) for _ in range(6)]
    for hall in halls:
        hall.contact()

    def work(at: int) -> None:
        hall = halls[at]
        for turn in range(4):
            for case_id in cases[at::3]:
                transfer(hall, case_id, ("LW", "HK")[turn % 2])
            for case_id in cases:
                note(hall, case_id, f"{at} {turn}")
            hall.push()

    threads = [threading.Thread(target=work, args=(at,)) for at in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for hall in halls:
        hall.contact()
    for case_id in cases:
        folded = [hall.case(case_id) for hall in halls]
        assert folded[0] == folded[1] == folded[2]
        assert len(folded[0].notes) == 12
    assert faults(site) == []
