"""One station of the hall: its desk, its line, its engine."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from msgspec.structs import replace

from tests.office.conftest import CHEAP, RESIDENT, seen
from tests.sync.invariants import Exchange
from yekuo_desktop import bootstrap
from yekuo_desktop.bootstrap.desks import desk_over
from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.contacts import CountySight
from yekuo_desktop.office import accepting
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.ports import Identity
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.office.sync_ports import Went
from yekuo_desktop.protocol import overview
from yekuo_desktop.store.signing import DeviceKeys, verifies
from yekuo_desktop.store.store import LocalStore
from yekuo_desktop.sync.engine import Engine
from yekuo_desktop.sync.joining import enroll
from yekuo_desktop.sync.outcome import Outcome, Tools
from yekuo_desktop.sync.parcels import Parcels
from yekuo_desktop.sync.ports import NoAnswer, Reply
from yekuo_desktop.sync.wire import Wire

if TYPE_CHECKING:
    from tests.sync.hall import Hall

URL = "http://centre"
Interfere = Callable[[str, Callable[[], Reply]], Reply]


def moved(path: Path, to: Path) -> None:
    """Put a folder or file in the place of another."""
    if to.is_dir():
        shutil.rmtree(to)
    shutil.copytree(path, to) if path.is_dir() else shutil.copy(path, to)


class Post:
    """One station: its desk, its line, its engine."""

    def __init__(self, hall: Hall, desk: Desk) -> None:
        self.hall, self.desk = hall, desk
        self.interfere: Interfere | None = None
        self.asked: list[str] = []
        self.exchanged: list[Exchange] = []  # of the last contact
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
            reply = self.hall.answer(method, path, body, headers)
            self.exchanged.append(Exchange(name, body, reply.body))
            return reply

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
        self.exchanged.clear()
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

    def county(self) -> CountySight:
        identity = self._post.store.identity
        asked = Wire(self._post, identity.org, identity.device, self._post.store.station.keys())
        try:
            return overview.sight(asked.overview())
        except NoAnswer as nothing:
            raise refuse(f"连不上中心:{nothing}") from nothing

    def write_parcel(self, path: str) -> int:
        content, count = Parcels(self._post.store.station, verifies).write(self._post.clock().isoformat())
        Path(path).write_bytes(content)
        return count

    def read_answer(self, path: str) -> Went:
        Parcels(self._post.store.station, verifies).read(Path(path).read_bytes())
        return Went()
