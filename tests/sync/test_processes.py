"""Real processes: ``yekuo server`` over SQLite and PostgreSQL, stations that speak HTTP, killed at will."""

import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from tests.office.conftest import CHEAP, RESIDENT, seen
from tests.server.conftest import cluster, postgres
from tests.server.test_operating import running
from tests.store.county import draft, id_of, values
from yekuo_desktop import bootstrap
from yekuo_desktop.cli import main
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.casework import NoteText
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.stages.acceptance.acts import Application
from yekuo_desktop.office import accepting
from yekuo_desktop.office import desk as office
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.ports import Identity
from yekuo_desktop.office.practice import county as practice
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.office.setting_up import found
from yekuo_desktop.office.signing_in import sign_in
from yekuo_desktop.runtime import clock
from yekuo_desktop.server import snapshots, tables
from yekuo_desktop.server.database import Database

__all__ = ["cluster", "postgres"]
Say = Callable[..., str]


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line goes to this machine."""
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """A command in this process: what it prints."""

    def ask(*words: object, expect: int = 0) -> str:
        capsys.readouterr()
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert code == expect, err + out
        return out

    return ask


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Of the centre, of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'centre.db'}"
    address: str = request.getfixturevalue("postgres")
    return address


class County:
    """A centre, a station that has worked alone so far, and one that will begin empty."""

    def __init__(self, folder: Path, database: str, say: Say) -> None:
        self._say = say
        self._centre = ("--data", folder / "centre", "--database", database)
        self.old, self.new = folder / "old", folder / "new"
        identity = Identity(
            org=bootstrap.new_id(),
            station="HK",
            terminal="HK01",
            device=bootstrap.new_id(),
            incarnation=bootstrap.new_id(),
            practice=True,
        )
        desk = bootstrap.new_desk(self.old, identity, clock.now, CHEAP)
        people = tuple(
            (
                Person(id=login, login=login, name=name, roles=roles, station="HK", areas=areas),
                practice.PASSWORD,
            )
            for login, name, roles, areas in practice.STAFF
        )
        found(desk, practice.FOUNDING, people)
        self.org = identity.org
        desk.store.close()

    def serve(self, port: str = "0") -> Any:
        """The process of the centre."""
        words = [str(word) for word in self._centre[2:]]
        return running(Path(str(self._centre[1])), *words, "--port", port)

    def code(self, *words: str) -> str:
        out = self._say("server", "code", *words, *self._centre, "--json")
        return str(json.loads(out)["code"])

    def join(self, address: str) -> None:
        """Both stations, by the command line."""
        self._say("enroll", self.code("--adopt"), "--server", address, "--data", self.old)
        assert "已同步" in self._say("sync", "--once", "--data", self.old)
        org = ("--org", self.org)
        self._say(
            "enroll",
            self.code("--station", "HK", "--all", "--terminal", "HK02", "--person", "admin", *org),
            "--server",
            address,
            "--data",
            self.new,
        )

    def segments(self) -> list[int]:
        """Where the files end that were made of the station's stream."""
        database = Database(str(self._centre[-1]))
        try:
            with database.read() as connection:
                return [row.last for row in connection.execute(select(tables.segments))]
        finally:
            database.close()

    def faults(self) -> str:
        return self._say("server", "verify", *self._centre)


@pytest.fixture
def county(tmp_path: Path, database: str, say: Say, monkeypatch: pytest.MonkeyPatch) -> County:
    monkeypatch.setenv("YEKUO_NEW_PASSWORD", "secret-9")
    return County(tmp_path, database, say)


@pytest.fixture
def light(tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch) -> County:
    """Over SQLite only, where the database makes no difference."""
    monkeypatch.setenv("YEKUO_NEW_PASSWORD", "secret-9")
    return County(tmp_path, f"sqlite:///{tmp_path / 'centre.db'}", say)


def accept(folder: Path) -> str:
    """A household, at the counter that works in that folder; the case's id."""
    desk = bootstrap.open_desk(str(folder))
    try:
        session = sit_down(desk, "wangli")
        return accepting.accept(desk, session, RESIDENT, seen(desk, RESIDENT), "liming").case.id
    finally:
        desk.store.close()


def note(desk: Desk, case_id: str, text: str) -> None:
    office.act(desk, sit_down(desk, "wangli"), case_id, "case.noted", NoteText(text))


def test_a_station_brings_its_data_and_a_new_one_reads_it(county: County, say: Say) -> None:
    case_id = accept(county.old)
    with county.serve() as (address, _):
        county.join(address)
        shown = say("show", case_id, "--data", county.new)
        assert "张秀英" in shown
        other = accept(county.new)
        for folder in (county.new, county.old):
            assert "待上传 0 条,需处理 0 处" in say("sync", "--once", "--data", folder)
        assert say("show", other, "--data", county.old) == say("show", other, "--data", county.new)
        assert re.search(r"HK02-\d{6}-0001", say("cases", "--data", county.old))
    for folder in (county.old, county.new):
        assert "一致" in say("verify", "--data", folder)
    county.faults()


def test_a_computer_is_set_up_with_a_code_and_signs_in_by_its_grant(
    county: County, say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id, third = accept(county.old), tmp_path / "third"
    monkeypatch.setenv("YEKUO_PASSWORD", "secret-9")
    with county.serve() as (address, _):
        county.join(address)
        code = county.code("--station", "HK", "--terminal", "HK03", "--person", "wangli", "--org", county.org)
        out = json.loads(say("setup", "--centre", address, "--code", code, "--data", third, "--json"))
        assert out["login"] == "wangli"
        assert "张秀英" in say("show", case_id, "--data", third)
        say("setup", "--centre", address, "--code", code, "--data", tmp_path / "fourth", expect=1)
    desk = bootstrap.open_desk(str(third))  # no line any more
    granted = desk.store.centre.granted("wangli")
    assert granted is not None
    assert sign_in(desk, "wangli", "secret-9").terminal == "HK03"
    late = replace(desk, clock=lambda: granted.expires)
    with pytest.raises(Refused, match="许可到"):
        sign_in(late, "wangli", "secret-9")
    desk.line.close()
    desk.store.close()


def test_a_new_station_reads_whole_files_over_a_real_line(county: County, say: Say) -> None:
    desk, draw, count = bootstrap.open_desk(str(county.old)), Random(1), snapshots.ROWS + 200
    with desk.store.unit() as unit:
        for at in range(count):
            said = Application(values=values(draw))
            unit.append(draft(f"case:{id_of(at)}", "case.registered", said, clock.now()))
    desk.store.close()
    with county.serve() as (address, _):
        county.join(address)
        assert county.segments() == [snapshots.ROWS]
    desk = bootstrap.open_desk(str(county.new))
    assert desk.store.count(Filter(), clock.now()) == count
    desk.store.close()
    assert "一致" in say("verify", "--data", county.new)


def test_news_come_at_once_and_waiting_ends_when_it_is_told_to(light: County) -> None:
    case_id = accept(light.old)
    with light.serve() as (address, _):
        light.join(address)
        old, new = (bootstrap.open_desk(str(folder)) for folder in (light.old, light.new))
        assert new.line.contact().trouble == ""
        woken: list[bool] = []
        waiting = threading.Thread(target=lambda: woken.append(new.line.wait(30)))
        waiting.start()
        note(old, case_id, "新情况")
        begin = monotonic()
        assert old.line.contact().trouble == ""
        waiting.join(20)
        assert woken == [True]
        assert monotonic() - begin < 10
        assert new.line.contact().read == 1
        waiting = threading.Thread(target=lambda: woken.append(new.line.wait(60)))
        waiting.start()
        while waiting.is_alive():
            new.line.interrupt()
            waiting.join(0.1)
        assert woken == [True, False]
        for desk in (old, new):
            desk.line.close()
            desk.store.close()


def test_a_centre_that_is_killed_loses_nothing_it_has_taken(light: County, say: Say) -> None:
    case_id = accept(light.old)
    with light.serve() as (address, process):
        light.join(address)
        desk = bootstrap.open_desk(str(light.old))
        for at in range(5):
            note(desk, case_id, f"{at}")
            assert desk.line.contact().trouble == ""
        process.kill()
        process.wait()
        note(desk, case_id, "中心停着")
        assert "连不上中心" in desk.line.contact().trouble
        desk.line.close()
        desk.store.close()
    with light.serve(address.rpartition(":")[2]):
        for folder in (light.old, light.new):
            assert "待上传 0 条,需处理 0 处" in say("sync", "--once", "--data", folder)
        assert say("show", case_id, "--data", light.new).count("中心停着") == 1
    light.faults()


def test_a_station_that_is_killed_in_the_middle_sends_everything_once(light: County, say: Say) -> None:
    case_id = accept(light.old)
    with light.serve() as (address, _):
        light.join(address)
        desk = bootstrap.open_desk(str(light.old))
        for at in range(60):
            note(desk, case_id, f"备注{at:02}")
        desk.store.close()
        command = [sys.executable, "-m", "yekuo_desktop", "sync", "--once", "--data", str(light.old)]
        for tenths in (7, 9, 11, 13):
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                process.wait(tenths / 10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for folder in (light.old, light.new):
            assert "待上传 0 条,需处理 0 处" in say("sync", "--once", "--data", folder)
        one, other = (say("show", case_id, "--data", folder) for folder in (light.old, light.new))
        assert one == other
        assert all(one.count(f"备注:备注{at:02}") == 1 for at in range(60))
