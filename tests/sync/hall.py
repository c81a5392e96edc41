"""A centre and its stations in one process: the real server's functions on SQLite, real encrypted stores, and
a line that can be cut, doubled and lost at will."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec
import zstandard
from msgspec.structs import replace
from sqlalchemy import select

from tests.office.conftest import CHEAP, RESIDENT, seen
from yekuo_desktop import bootstrap
from yekuo_desktop.bootstrap.desks import desk_over
from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.workdays import CHINA
from yekuo_desktop.office import accepting, practice
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.ports import Identity
from yekuo_desktop.office.practice_way import sit_down
from yekuo_desktop.office.setting_up import found
from yekuo_desktop.office.sync_ports import Went
from yekuo_desktop.protocol.enrolling import Answer, Enroll
from yekuo_desktop.protocol.greeting import Hello, Trail
from yekuo_desktop.protocol.pulling import Digest
from yekuo_desktop.protocol.pushing import Push, Rescue
from yekuo_desktop.server import enrolling as centre_enrolling
from yekuo_desktop.server import greeting, pulling, pushing, rescuing, tables
from yekuo_desktop.server.centre import Centre
from yekuo_desktop.server.database import Database, bring_up_to_date
from yekuo_desktop.server.errors import Declined
from yekuo_desktop.server.founding import Invitation, invite
from yekuo_desktop.server.keys import load_keys
from yekuo_desktop.server.organisations import Device, find_org
from yekuo_desktop.server.positions import end_of
from yekuo_desktop.store.digests import GROUPS, Sight, placed
from yekuo_desktop.store.signing import DeviceKeys, verifies
from yekuo_desktop.store.store import LocalStore
from yekuo_desktop.sync.engine import Engine, Outcome, Tools
from yekuo_desktop.sync.joining import enroll
from yekuo_desktop.sync.parcels import Parcels
from yekuo_desktop.sync.ports import NoAnswer, Reply
from yekuo_desktop.sync.wire import Wire

START = datetime(2026, 3, 10, 9, 30, tzinfo=CHINA)
URL = "http://centre"
Interfere = Callable[[str, Callable[[], Reply]], Reply]


class Clock:
    """A clock that moves when told to, for everybody in the hall."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


def moved(path: Path, to: Path) -> None:
    """Put a folder or file in the place of another."""
    if to.is_dir():
        shutil.rmtree(to)
    shutil.copytree(path, to) if path.is_dir() else shutil.copy(path, to)


class Hall:
    """One centre over a SQLite file, and the stations that were enrolled at it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.clock = Clock()
        self.stations: list[Post] = []
        self.open()

    def open(self) -> None:
        """Start it, on whatever lies in its folder."""
        self.database = Database(f"sqlite:///{self.folder / 'centre.db'}")
        bring_up_to_date(self.database)
        self.centre = Centre(
            database=self.database,
            keys=load_keys(self.folder / "centre.key"),
            reference=bootstrap.load_reference(),
            clock=self.clock,
            new_id=bootstrap.new_id,
            files=self.folder / "files",
        )

    def copied(self, to: Path) -> Hall:
        """All of it again, as it lies on the disk, working in another folder."""
        shutil.copytree(self.folder, to)
        again = Hall(to)
        again.clock.now = self.clock.now
        for at, post in enumerate(self.stations):
            again.opened(to / f"station-{at}", post.store._key)
        return again

    def opened(self, folder: Path, key: bytes) -> Post:
        """The station whose store lies there."""
        store = LocalStore.open(folder, key, bootstrap.load_reference(), bootstrap.new_id)
        post = Post(self, replace(desk_over(store, folder), hasher=CHEAP))
        post.engine = post.new_engine()
        return post

    def back_up(self, to: Path) -> None:
        """A copy of the centre's database."""
        self.database.close()
        moved(self.folder / "centre.db", to)

    def restore(self, backup: Path) -> None:
        """Yesterday's database in its place."""
        self.database.close()
        for left in self.folder.glob("centre.db*"):
            left.unlink()
        moved(backup, self.folder / "centre.db")
        self.open()

    def document(self, case_id: str) -> Case | None:
        """A case as the centre has it."""
        with self.database.read() as connection:
            found = connection.execute(select(tables.cases).where(tables.cases.c.id == case_id)).first()
        return msgspec.json.decode(found.document, type=Case) if found else None

    def entry_ids(self) -> list[str]:
        """Every entry that the centre has, as often as it counts or is judged under an id of its own."""
        with self.database.read() as connection:
            return list(connection.execute(select(tables.entries.c.id)).scalars())

    def close(self) -> None:
        for post in self.stations:
            post.desk.store.close()
        self.database.close()

    def found(self) -> Post:
        """The first station: a store with its organisation and people, which it brings along."""
        desk = self._desk("HK", "HK01", "org")
        people = tuple(
            (
                Person(id=login, login=login, name=name, roles=roles, station="HK", areas=areas),
                practice.PASSWORD,
            )
            for login, name, roles, areas in practice.STAFF
        )
        found(desk, practice.FOUNDING, people)
        with self.database.write() as connection:
            code = invite(self.centre, connection, None, Invitation(station="", terminal="", scope="all"))
        post = Post(self, desk)
        post.join(code, bringing=desk.store.identity)
        return post

    def add(self, station: str = "HK", scope: str = "all") -> Post:
        """Another station of the same organisation, which begins empty."""
        terminal = f"{station}{len(self.stations) + 1:02}"
        with self.database.write() as connection:
            org = find_org(connection, "org")
            invitation = Invitation(station=station, terminal=terminal, scope=scope)
            code = invite(self.centre, connection, org, invitation)
        post = Post(self, self._desk(station, terminal, "org"))
        post.join(code)
        return post

    def _desk(self, station: str, terminal: str, org: str) -> Desk:
        at = len(self.stations)
        identity = Identity(
            org=org,
            station=station,
            terminal=terminal,
            device=f"device-{at}",
            incarnation=f"life-{at}",
            practice=True,
        )
        return bootstrap.new_desk(self.folder / f"station-{at}", identity, self.clock, CHEAP)

    # ---- as a server answers --------------------------------------------------------------------------

    def answer(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """What the routes do: decode, find the caller, do it, encode."""
        if headers.get("Content-Encoding") == "zstd":
            body = zstandard.decompress(body)
        try:
            return Reply(
                200, msgspec.json.encode(self._do(method, path.removeprefix("/v1"), body, headers)), {}
            )
        except Declined as declined:
            retry = {"retry-after": str(declined.retry_after)} if declined.retry_after else {}
            return Reply(declined.status, msgspec.json.encode(declined.trouble), retry)

    def _do(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Any:
        plain = {
            "/enroll": lambda: centre_enrolling.enroll(self.centre, msgspec.json.decode(body, type=Enroll)),
            "/challenge": lambda: centre_enrolling.challenge(self.centre),
            "/token": lambda: centre_enrolling.token(self.centre, msgspec.json.decode(body, type=Answer)),
        }
        if path in plain:
            return plain[path]()
        parts = urlsplit(path)
        _, _, org, *rest = parts.path.split("/")
        device = centre_enrolling.caller(self.centre, headers.get("Authorization", ""), org)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        return self._for(device, rest, asked, body)

    def _for(self, device: Device, rest: list[str], asked: dict[str, str], body: bytes) -> Any:
        centre = self.centre
        match rest:
            case ["hello"]:
                return greeting.greet(centre, device, msgspec.json.decode(body, type=Hello))
            case ["push"]:
                return pushing.push(centre, device, msgspec.json.decode(body, type=Push))
            case ["streams", stream, "changes"]:
                return pulling.changes(
                    centre,
                    device,
                    unquote(stream),
                    epoch=asked["epoch"],
                    after=int(asked["after"]),
                    limit=int(asked["limit"]),
                    incarnation=asked["incarnation"],
                )
            case ["streams", stream, "common"]:
                trail = msgspec.json.decode(body, type=Trail)
                return pulling.common(centre, device, unquote(stream), trail)
        return self._later(device, rest, asked, body)

    def _later(self, device: Device, rest: list[str], asked: dict[str, str], body: bytes) -> Any:
        match rest:
            case ["rescue"]:
                return rescuing.rescue(self.centre, device, msgspec.json.decode(body, type=Rescue))
            case ["streams", stream, "digest"]:
                return self._digest(device.org, unquote(stream))
        raise Declined("not_found", "/".join(rest))

    def _digest(self, org: str, stream: str) -> Digest:
        counts, sums = [0] * GROUPS, [bytes(32)] * GROUPS
        with self.database.read() as connection:
            where = (tables.cases.c.org == org, tables.cases.c.station == stream.removeprefix("station:"))
            for row in connection.execute(select(tables.cases).where(*where)):
                group, value = placed(Sight(row.id, row.rev, row.stage, row.state))
                counts[group] += 1
                sums[group] = bytes(a ^ b for a, b in zip(sums[group], value, strict=True))
            return Digest(seq=end_of(connection, org, stream).seq, counts=tuple(counts), sums=tuple(sums))


class Post:
    """One station: its desk, its line, its engine."""

    def __init__(self, hall: Hall, desk: Desk) -> None:
        self.hall, self.desk = hall, desk
        self.interfere: Interfere | None = None
        self.asked: list[str] = []
        self.machine = ""
        self.drift = timedelta(0)
        self.desk = replace(desk, clock=self.clock)
        hall.stations.append(self)

    def clock(self) -> datetime:
        """The clock of this machine, right or wrong."""
        return self.hall.clock() + self.drift

    @property
    def store(self) -> LocalStore:
        """The real store."""
        assert isinstance(self.desk.store, LocalStore)
        return self.desk.store

    @property
    def folder(self) -> Path:
        return self.store._path.parent

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] = {}, wait: float = 0
    ) -> Reply:
        """The line."""
        name = re.sub(r"^/v1(/o/[^/]+)?", "", urlsplit(path).path)
        self.asked.append(name)

        def through() -> Reply:
            return self.hall.answer(method, path, body, headers)

        return through() if self.interfere is None else self.interfere(name, through)

    def close(self) -> None:
        """Hang up."""

    def join(self, code: str, bringing: Identity | None = None) -> None:
        """Become a device of the centre."""
        identity = self.store.identity
        keys: DeviceKeys = self.store.station.keys()
        said = enroll(self, keys, code, identity.device, "test", bringing)
        self.store.station.enrolled(URL, said, self.machine)
        self.engine = self.new_engine()

    def new_engine(self) -> Engine:
        """As after a start of the program."""
        identity = self.store.identity
        wire = Wire(self, identity.org, identity.device, self.store.station.keys())
        return Engine(self.store.station, wire, Tools(self.clock, bootstrap.new_id, self.machine))

    def sync(self) -> Outcome:
        """One contact."""
        return self.engine.contact(files=False)

    def session(self, login: str = "wangli") -> Session:
        """Somebody of the staff, at this counter."""
        return sit_down(self.desk, login)

    def accept(self, **changed: Any) -> Case:
        """An ordinary household, accepted here."""
        values = {**RESIDENT, **changed}
        return accepting.accept(self.desk, self.session(), values, seen(self.desk, values), "liming").case

    def crash(self, before: Callable[[], object] = lambda: None) -> None:
        """The process ends at once and is started again on what lies on the disk."""
        folder, key = self.folder, self.store._key
        self.store.close()
        before()
        store = LocalStore.open(folder, key, bootstrap.load_reference(), bootstrap.new_id)
        self.desk = replace(desk_over(store, folder), clock=self.clock, hasher=CHEAP)
        self.engine = self.new_engine()

    def back_up(self, to: Path) -> None:
        """A copy of the whole folder."""
        self.crash(lambda: moved(self.folder, to))

    def restore(self, backup: Path) -> None:
        """The copy in its place."""
        folder = self.folder
        self.crash(lambda: moved(backup, folder))

    def twin(self, backup: Path, to: Path) -> Post:
        """The same store on another machine, working at the same time."""
        moved(backup, to)
        return self.hall.opened(to, self.store._key)

    def entry_ids(self) -> set[str]:
        """Every entry in this store; but for what a centre said of an epoch that was lost with it."""
        sql = "SELECT id FROM entries WHERE kind != 'epoch.opened'"
        with self.store._reading() as connection:
            return {row[0] for row in connection.execute(sql)}


def lost(_name: str, _through: Callable[[], Reply]) -> Reply:
    """No line."""
    raise NoAnswer("offline")


class PostLine:
    """The line of a desk at a window: the same engine, and waiting that an event ends."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._news = Event()
        self._closed = False

    def contact(self) -> Went:
        outcome = self._post.sync()
        return Went(
            trouble=outcome.trouble,
            sent=outcome.sent,
            read=outcome.read,
            cases=tuple(outcome.cases),
            office=outcome.office,
        )

    def wait(self, seconds: int) -> bool:
        """Until somebody else has written, or this window has."""
        self._news.wait(seconds)
        self._news.clear()
        return not self._closed

    def pause(self, went: Went) -> float:
        return 0.05 + went.retry

    def interrupt(self) -> None:
        self._news.set()

    def close(self) -> None:
        self._closed = True
        self._news.set()

    def join(self, url: str, code: str) -> None:
        if "NEW" not in code:
            raise refuse("加入码不对、已用过或已过期,请向管理员要一个新的", "code")
        self._post.join(code, bringing=self._post.store.identity)

    def write_parcel(self, path: str) -> int:
        content, count = Parcels(self._post.store.station, verifies).write(self._post.clock().isoformat())
        Path(path).write_bytes(content)
        return count

    def read_answer(self, path: str) -> Went:
        Parcels(self._post.store.station, verifies).read(Path(path).read_bytes())
        return Went()
