"""A centre and its stations in one process: the real server's functions on SQLite, real encrypted stores, and
a line that can be cut, doubled and lost at will."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from msgspec.structs import replace
from sqlalchemy import select

from tests.office.conftest import CHEAP
from tests.sync.answering import answer
from tests.sync.post import Post, moved
from yekuo_desktop import bootstrap
from yekuo_desktop.bootstrap.desks import desk_over
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.people import Person
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.ports import Identity
from yekuo_desktop.office.practice import county as practice
from yekuo_desktop.office.setting_up import found
from yekuo_desktop.server import tables
from yekuo_desktop.server.centre import Centre
from yekuo_desktop.server.database import Database, bring_up_to_date
from yekuo_desktop.server.founding import Invitation, invite
from yekuo_desktop.server.keys import load_keys
from yekuo_desktop.server.organisations import find_org
from yekuo_desktop.store.store import LocalStore
from yekuo_desktop.sync.ports import Reply

START = datetime(2026, 3, 10, 9, 30, tzinfo=CHINA)


class Clock:
    """A clock that moves when told to, for everybody in the hall."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


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

    def answer(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """What a station asks over its line."""
        return answer(self.centre, method, path, body, headers)

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
