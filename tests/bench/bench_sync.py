"""Synchronisation over HTTP: entries up from one station and down to another, nothing to do, a few edits.

The peer is measured beside it where ``YEKUO_BENCH_POUCH`` names a command that prints its ``round_docs_s`` as
JSON: documents a second of one round trip. ``YEKUO_BENCH_ENTRIES``: how many entries travel (2,000).
"""

import os
import re
import shlex
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from tests.server.served import Served
from tests.store.county import draft
from tests.sync.hall import Hall, Post
from yekuo_desktop import bootstrap
from yekuo_desktop.domain.casework import NoteText
from yekuo_desktop.sync.engine import Engine, Outcome, Tools
from yekuo_desktop.sync.http import HttpTransport
from yekuo_desktop.sync.wire import Wire

ENTRIES = int(os.environ.get("YEKUO_BENCH_ENTRIES", "2000"))
POUCH = os.environ.get("YEKUO_BENCH_POUCH", "")
EDITS, TIMES, CASES = 200, 15, 20
MUST = 1.5  # of PouchDB's round trip at batch 1000
Row = dict[str, Any]


class Station:
    """A post that speaks HTTP, its line kept open."""

    def __init__(self, post: Post, address: str) -> None:
        self.post, self.line = post, HttpTransport(address)
        whose = post.store.identity
        wire = Wire(self.line, whose.org, whose.device, post.store.station.keys())
        self.engine = Engine(post.store.station, wire, Tools(post.clock, bootstrap.new_id))

    def contact(self) -> Outcome:
        """One, without files."""
        outcome = self.engine.contact(files=False)
        assert outcome.well, outcome.trouble
        return outcome

    def notes(self, cases: list[str], count: int) -> None:
        """Entries of about 1.5 KB on a few cases."""
        with self.post.desk.store.unit() as unit:
            for at in range(count):
                case_id, now = cases[at % len(cases)], self.post.clock()
                said = draft(f"case:{case_id}", "case.noted", NoteText("备" * 330 + str(at)), now)
                unit.append(said, unit.case(case_id))


def run() -> list[Row]:
    """Everything over one centre on SQLite."""
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1"
    with tempfile.TemporaryDirectory() as home:
        hall = Hall(Path(home) / "hall")
        posts = [hall.found(), hall.add()]
        try:
            with Served(hall.centre) as served:
                one, other = (Station(post, served.address) for post in posts)
                rows = [*measured(one, other)]
                for station in (one, other):
                    station.line.close()
        finally:
            hall.close()
    return rows


def measured(one: Station, other: Station) -> Iterator[Row]:
    """The rows of the table."""
    cases = [one.post.accept(address_door=f"{at}号").id for at in range(CASES)]
    for station in (one, other):
        station.contact()
    one.notes(cases, ENTRIES)
    up, down = timed(one.contact), timed(other.contact)
    trip = ENTRIES / (up + down)
    pouch = peer()
    yield {"what": "entries up", "value": ENTRIES / up, "unit": "entries/s"}
    yield {"what": "entries down", "value": ENTRIES / down, "unit": "entries/s"}
    ratio = trip / pouch if pouch else ""
    yield {
        "what": f"round trip of {ENTRIES}",
        "value": trip,
        "unit": "entries/s",
        "yardstick": pouch or "not measured",
        "ratio": ratio,
        "must": MUST,
        "stretch": 3.2,
    }
    yield ms("nothing to do", median(timed(one.contact) for _ in range(TIMES)), 10, 4)
    one.notes(cases, EDITS)
    yield ms(f"{EDITS} edits there and back", timed(one.contact) + timed(other.contact), 100, 35)
    yield ms("one act there and back", median(one_act(one, other, cases) for _ in range(TIMES)), 100, 35)


def one_act(one: Station, other: Station, cases: list[str]) -> float:
    """Seconds from the commit of an act until another station has it."""
    one.notes(cases, 1)
    return timed(one.contact) + timed(other.contact)


def ms(what: str, seconds: float, must: float, stretch: float) -> Row:
    """A row in milliseconds."""
    return {"what": what, "value": seconds * 1000, "unit": "ms", "must": must, "stretch": stretch}


def timed(work: Any) -> float:
    """Seconds."""
    begin = perf_counter()
    work()
    return perf_counter() - begin


def peer() -> float:
    """Documents a second of PouchDB's round trip, 0 where it is not there."""
    if not POUCH:
        return 0.0
    out = subprocess.run(shlex.split(POUCH), capture_output=True, text=True, check=True).stdout
    found = re.search(r'"round_docs_s":\s*(\d+)', out)
    return float(found[1]) if found else 0.0
