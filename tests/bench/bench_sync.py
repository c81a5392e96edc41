"""Synchronisation over HTTP and PostgreSQL: 20,000 case documents there and back, and the small things.

The peers run in the same run where ``YEKUO_BENCH_PEERS`` names a folder in which PouchDB and Anki are
installed as its README says (``run_pouch.sh``, ``run_anki.sh``): they print what they measured as JSON.
``YEKUO_BENCH_DOCUMENTS``: how many documents travel (20,000). ``YEKUO_BENCH_LOG``: up to how many entries the
centre's log is filled to see what a push then costs (1,000,000; 0 for none).
"""

import asyncio
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from threading import Thread
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import text

from tests.bench.county_served import County, Lossy, Station, processor_seconds, served
from tests.bench.waiting_served import kept_waiting

DOCUMENTS = int(os.environ.get("YEKUO_BENCH_DOCUMENTS", "20000"))
LOG = int(os.environ.get("YEKUO_BENCH_LOG", "1000000"))
PEERS = os.environ.get("YEKUO_BENCH_PEERS", "")
EDITS, TIMES, BATCH, WAITING = 200, 15, 1000, 2000
Row = dict[str, Any]
Peer = dict[str, float]


def run() -> list[Row]:
    """Everything. The peers run right before and right after our own round trip, nothing of ours beside them:
    what else the machine has to do then weighs on both."""
    before = peers()
    with served(4) as (county, stations, pid):
        for station in stations:
            station.contact()
        seconds = trip(stations[0], stations[1], pid)
        pouch, anki = (mean(pair) for pair in zip(before, peers(), strict=True))
        return [*shown(*seconds, pouch, anki), *small_things(county, stations, pid, sum(seconds[:2]), pouch)]


def peers() -> tuple[Peer, Peer]:
    """PouchDB and Anki."""
    return peer("run_pouch.sh", str(BATCH)), peer("run_anki.sh")


def mean(pair: tuple[Peer, Peer]) -> Peer:
    """Of two runs of one peer, number by number."""
    first, second = pair
    return {
        name: (value + second[name]) / 2 for name, value in first.items() if isinstance(value, int | float)
    }


def small_things(
    county: County, stations: list[Station], pid: int, took: float, pouch: Peer
) -> Iterator[Row]:
    """What a day at the counter is made of, and what grows."""
    one, other, third, fourth = stations
    clean = DOCUMENTS / took
    yield ms(
        "nothing to do", median(timed(one.contact) for _ in range(TIMES)), 10, 4, pouch.get("noop_push_s")
    )
    yield ms("nothing to do, processor of both sides", idle(one, pid), 10, 4)
    yield ms(f"{EDITS} edits there and back", edits(one, other), 100, 35, pouch.get("delta200_roundtrip_s"))
    yield ms("one act seen by the second station", median(seen(one, other) for _ in range(TIMES)), 100, 35)
    yield from bootstrap(third)
    yield lossy(fourth, other, clean)
    yield from grown(county, one)
    yield from waiting(one, pid)


def trip(one: Station, other: Station, pid: int) -> tuple[float, float, float]:
    """Up from one station, down to another: seconds of each, and of the processor for both."""
    one.register(0, DOCUMENTS)
    before = process_time() + processor_seconds(pid)
    up, down = timed(one.contact), timed(other.contact)
    return up, down, process_time() + processor_seconds(pid) - before


def shown(up: float, down: float, used: float, pouch: Peer, anki: Peer) -> Iterator[Row]:
    """The rows of a round trip."""
    found = DOCUMENTS / (up + down)
    yield rate("documents up", DOCUMENTS / up, pouch.get("push_docs_s"))
    yield rate("documents down", DOCUMENTS / down, pouch.get("pull_docs_s"))
    name = f"round trip of {DOCUMENTS} documents"
    yield rate(f"{name} beside PouchDB, batch {BATCH}", found, pouch.get("round_docs_s"), 1.5, 3.2)
    yield rate(f"{name} beside Anki", found, anki.get("round_docs_s"), stretch=1.0)
    yield {"what": "processor for a document there and back", "value": used / DOCUMENTS * 1e6, "unit": "µs"}


def idle(one: Station, pid: int) -> float:
    """Seconds of processor, of both sides together."""
    before = process_time() + processor_seconds(pid)
    for _ in range(TIMES * 4):
        one.contact()
    return (process_time() + processor_seconds(pid) - before) / (TIMES * 4)


def edits(one: Station, other: Station) -> float:
    """Seconds for acts on as many cases, the median of a few times."""
    found = []
    for turn in range(5):
        one.note(turn * EDITS % (DOCUMENTS - EDITS + 1), EDITS)
        found.append(timed(one.contact) + timed(other.contact))
    return median(found)


def seen(one: Station, other: Station) -> float:
    """Seconds from the commit of an act until a station that waits has it."""
    done: list[float] = []

    def wait() -> None:
        assert other.engine.wait(20)
        other.contact()
        done.append(perf_counter())

    waiter = Thread(target=wait)
    waiter.start()
    one.post.hall.clock()  # the other waits by now or will at once: either is a wait
    one.note(0, 1)
    begin = perf_counter()
    one.contact()
    waiter.join()
    return done[0] - begin


def bootstrap(third: Station) -> Iterator[Row]:
    """A station that begins with nothing reads all there is."""
    begin = process_time()
    took = timed(third.contact)
    used = process_time() - begin
    yield rate("a new station from a snapshot", DOCUMENTS / took, None, 20_000, 48_000)
    yield {"what": "a new station from a snapshot, its own processor", "value": DOCUMENTS / used}


def lossy(fourth: Station, other: Station, clean: float) -> Row:
    """The same way with a line that loses: what a station wrote, read by another."""
    count = max(DOCUMENTS // 4, 1)
    fourth.contact()
    fourth.register(10 * DOCUMENTS, count)
    ends = [Station(each.post, each.line._url, Lossy) for each in (fourth, other)]
    took = sum(timed(end.contact_until_well) for end in ends)
    for end in ends:
        end.line.close()
    return {
        "what": "round trip, 5 % of requests and of answers lost, 2 % doubled",
        "value": count / took,
        "unit": "documents/s",
        "yardstick": clean,
        "ratio": count / took / clean,
        "must": 0.5,
        "stretch": 0.8,
    }


# ---- the size of the log -----------------------------------------------------------------------------


def grown(county: County, one: Station) -> Iterator[Row]:
    """Seconds of a push with more and more entries behind it."""
    first = 0.0
    for size in (10_000, 100_000, 1_000_000, 10_000_000):
        if size > LOG:
            return
        fill(county, size)
        took = median(pushed(one, turn) for turn in range(7))
        first = first or took
        yield {
            "what": f"push of {EDITS} entries at {size:,} entries",
            "value": took * 1000,
            "unit": "ms",
            "yardstick": first * 1000,
            "ratio": took / first,
            "must": 1.3,
            "stretch": 1.1,
        }


def pushed(one: Station, turn: int) -> float:
    """Seconds the centre takes for a push, seen from the station."""
    one.note((turn * EDITS) % (DOCUMENTS - EDITS + 1), EDITS)
    centre = one.post.store.station.centre()
    assert centre is not None
    push = one.post.store.station.push(centre.epoch, EDITS, 10**7)
    assert push is not None
    took = timed(lambda: one.wire.push(push))
    one.contact()
    return took


SPAN = "FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) AS n"
FILL = (
    "INSERT INTO entries"
    " (org, device, incarnation, n, id, subject, kind, actor, prev, hash, body, stream, seq)"
    " SELECT 'org', 'filling', 'filling', n, 'filling-' || n, 'case:filling-' || n / 6, 'case.noted', 'x',"
    " sha256(n::text::bytea), sha256(n::text::bytea), repeat(md5(n::text), 40)::bytea, 'station:FI', n "
    + SPAN,
    "INSERT INTO log (org, stream, seq, device, incarnation, n, subject, received, verdict, hash)"
    " SELECT 'org', 'station:FI', n, 'filling', 'filling', n, 'case:filling-' || n / 6,"
    " '2026-03-10T09:30:00.000000+08:00', 'applied', sha256(n::text::bytea) " + SPAN,
    "INSERT INTO cases (org, id, station, number, rev, seq, document)"
    " SELECT 'org', 'filling-' || n, 'FI', 'filling-' || n, 6, n * 6, repeat(md5(n::text), 40)::bytea "
    + SPAN.replace(":first AS bigint)", ":first AS bigint) / 6 + 1").replace(
        "bigint)) AS n", "bigint) / 6) AS n"
    ),
    "ANALYZE",
)


def fill(county: County, size: int) -> None:
    """Rows of another station of the same organisation, in the same partitions, until there are so many."""
    with county.database.write() as connection:
        there = connection.execute(text("SELECT count(*) FROM entries")).scalar_one()
        filled = (
            connection.execute(text("SELECT max(seq) FROM log WHERE stream = 'station:FI'")).scalar() or 0
        )
        for statement in FILL if there < size else ():
            span = {"first": filled + 1, "last": filled + size - there}
            connection.execute(text(statement), span if ":first" in statement else {})


# ---- those who wait ----------------------------------------------------------------------------------


def waiting(one: Station, pid: int) -> Iterator[Row]:
    """Memory of the centre for everybody who waits for news, and how soon all are told."""
    grown, woken = asyncio.run(kept_waiting(one, pid, WAITING))
    yield {
        "what": f"memory for each of {WAITING} who wait",
        "value": grown / WAITING / 1000,
        "unit": "KB",
        "must": 30,
        "stretch": 15,
    }
    yield {"what": f"{WAITING} who wait are told of an act", "value": woken * 1000, "unit": "ms"}


# ---- rows --------------------------------------------------------------------------------------------


def rate(what: str, value: float, yardstick: float | None, must: Any = "", stretch: Any = "") -> Row:
    """A row in documents a second."""
    ratio = value / yardstick if yardstick else ""
    row = {"what": what, "value": value, "unit": "documents/s", "must": must, "stretch": stretch}
    return {**row, "yardstick": yardstick or "not measured", "ratio": ratio}


def ms(what: str, seconds: float, must: float, stretch: float, peer: float | None = None) -> Row:
    """A row in milliseconds; ``peer``: the seconds PouchDB took in the same run."""
    row: Row = {"what": what, "value": seconds * 1000, "unit": "ms", "must": must, "stretch": stretch}
    return {**row, "yardstick": peer * 1000, "ratio": seconds / peer} if peer else row


def timed(work: Any) -> float:
    """Seconds."""
    begin = perf_counter()
    work()
    return perf_counter() - begin


def peer(script: str, *words: str) -> Peer:
    """What a peer measured; nothing where it is not there."""
    path = Path(PEERS) / script
    if not PEERS or not path.exists():
        return {}
    out = subprocess.run([str(path), *words], capture_output=True, text=True, check=True).stdout
    found: Peer = json.loads(next(line for line in out.splitlines() if line.startswith("{")))
    return found
