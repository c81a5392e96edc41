"""The centre was restored from a backup, or a station was, or was cloned: noticed, and nothing is lost."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from msgspec.structs import replace
from sqlalchemy.engine import make_url

from tests.server.site import Site
from tests.server.station import Machine
from tests.server.test_proof import faults
from tests.server.test_push_and_pull import declined, note, register
from yekuo_desktop.domain.entries import open_body
from yekuo_desktop.protocol import chain
from yekuo_desktop.protocol.greeting import Trail
from yekuo_desktop.protocol.pushing import Push, Rescue, Sent
from yekuo_desktop.server import operating, pulling, rescuing, tables
from yekuo_desktop.server.database import Database


class Backup:
    """What the database was like when it was made."""

    def __init__(self, site: Site, folder: Path) -> None:
        self._site, self._copy = site, folder / "backup"
        site.centre.database.close()
        if site.centre.database.postgres:
            self._sql(f"DROP DATABASE IF EXISTS {self._name}_backup WITH (FORCE)")
            self._sql(f"CREATE DATABASE {self._name}_backup TEMPLATE {self._name} STRATEGY FILE_COPY")
        else:
            with closing(sqlite3.connect(str(make_url(site.url).database))) as connection:
                connection.execute(f"VACUUM INTO '{self._copy}'")
        site.centre.database.close()

    @property
    def _name(self) -> str:
        return str(make_url(self._site.url).database)

    def _sql(self, statement: str) -> None:
        with psycopg.connect(
            self._site.url.replace(f"/{self._name}?", "/postgres?"), autocommit=True
        ) as admin:
            admin.execute(statement)

    def restore(self, *, start: bool = True) -> None:
        """The database is as it was then; ``start``: the centre starts on it and may notice."""
        site = self._site
        site.close()
        if site.centre.database.postgres:
            self._sql(f"DROP DATABASE {self._name} WITH (FORCE)")
            self._sql(f"CREATE DATABASE {self._name} TEMPLATE {self._name}_backup STRATEGY FILE_COPY")
        else:
            path = Path(str(make_url(site.url).database))
            for left_over in path.parent.glob(f"{path.name}*"):
                left_over.unlink()
            shutil.copy(self._copy, path)
        if start:
            site.centre = site.start()

    def drop(self) -> None:
        if self._site.centre.database.postgres:
            self._sql(f"DROP DATABASE IF EXISTS {self._name}_backup WITH (FORCE)")


def heal(machine: Machine) -> None:
    """What a station does when it says hello after that."""
    welcome = machine.hello()
    for stream, state in welcome.streams.items():
        if state.action == "rewind":
            rewind(machine, stream)
    if welcome.chain.action == "resend":
        machine.acked = welcome.chain.last_n
    machine.contact()


def rewind(machine: Machine, stream: str) -> None:
    rows = machine.rows[stream]
    trail = Trail(tuple(positions(machine, stream).items())[-100:])
    common = pulling.common(machine.centre, machine.here, stream, trail).seq
    machine.rows[stream] = [pair for pair in rows if pair[0].seq <= common]
    machine.heads[stream] = machine.page_at(stream, common, limit=0).head


def positions(machine: Machine, stream: str) -> dict[int, bytes]:
    now, found = chain.genesis(machine.org, stream), {}
    for row, _ in machine.rows[stream]:
        now = chain.link(now, machine.content(row)[1], row)
        found[row.seq] = now
    return found


def notes(machine: Machine, case_id: str) -> list[str]:
    case = machine.case(case_id)
    return [] if case is None else [n.text for n in case.notes]


@pytest.fixture
def two(site: Site) -> tuple[Site, Machine, Machine, str]:
    """Two machines at one station that have read everything."""
    one, other = site.machine(), site.machine()
    case_id = register(one)
    note(one, case_id, "备份前")
    one.contact()
    other.contact()
    return site, one, other, case_id


def follow(site: Site, *machines: Machine) -> None:
    for machine in machines:
        machine.centre = site.centre


@pytest.mark.parametrize("noticed_at_start", [True, False])
def test_a_restored_centre_is_healed_by_its_stations(
    two: Any, tmp_path: Path, noticed_at_start: bool
) -> None:
    site, one, other, case_id = two
    backup = Backup(site, tmp_path)
    note(one, case_id, "备份后,已确认")
    one.contact()
    other.contact()
    note(other, case_id, "备份后,另一台", by="zhaojun")
    other.contact()
    one.contact()
    note(one, case_id, "还没送")
    epoch = site.now().epoch
    if noticed_at_start:
        site.centre.database.close()
        site.centre = site.start()  # the centre remembers a start that the backup does not know
    backup.restore()
    if not noticed_at_start:
        assert site.now().epoch == epoch
    follow(site, one, other)
    for machine in (one, other, one, other):
        heal(machine)
    assert site.now().epoch != epoch
    wanted = {"备份前", "备份后,已确认", "备份后,另一台", "还没送"}
    assert set(notes(one, case_id)) == set(notes(other, case_id)) == wanted
    assert len(notes(one, case_id)) == 4
    assert notes(one, case_id) == notes(other, case_id)
    assert faults(site) == []
    backup.drop()


def test_a_station_that_went_on_pushing_does_not_hide_it(two: Any, tmp_path: Path) -> None:
    """The centre hands out the same places again before anybody notices."""
    site, one, other, case_id = two
    backup = Backup(site, tmp_path)
    note(other, case_id, "丢在备份后", by="zhaojun")
    other.contact()
    one.contact()
    backup.restore(start=False)
    site.centre = site.start()
    follow(site, one, other)
    note(one, case_id, "不知情地接着送")
    one.push()
    heal(one)
    heal(other)
    heal(one)
    assert set(notes(one, case_id)) == {"备份前", "丢在备份后", "不知情地接着送"}
    assert notes(one, case_id) == notes(other, case_id)
    assert faults(site) == []
    backup.drop()


def test_restored_twice(two: Any, tmp_path: Path) -> None:
    site, one, other, case_id = two
    backup = Backup(site, tmp_path)
    for at in range(2):
        note(one, case_id, f"第 {at} 次备份以后")
        heal(one)
        heal(other)
        backup.restore()
        follow(site, one, other)
    for machine in (other, one, other):
        heal(machine)
    assert notes(one, case_id) == notes(other, case_id) == ["备份前", "第 0 次备份以后", "第 1 次备份以后"]
    assert faults(site) == []
    backup.drop()


def test_what_only_another_station_had_read_is_rescued(two: Any, tmp_path: Path) -> None:
    site, one, other, case_id = two
    backup = Backup(site, tmp_path)
    note(one, case_id, "这台电脑随后坏了")
    one.contact()
    other.contact()
    backup.restore()
    follow(site, other)
    kept = [(row, body) for row, body in other.rows["station:HK"] if row.signature]
    (row, body) = kept[-1]
    entry = open_body(body)
    sent = Push(
        incarnation=entry.incarnation,
        epoch=other.hello().epoch,
        first=entry.n,
        prev=row.prev,
        entries=(Sent(body.decode()),),
        signature=row.signature,
    )
    done = rescuing.rescue(site.centre, other.here, Rescue(device=entry.device, push=sent))
    assert [r.verdict for r in done.receipts] == ["applied"]
    heal(other)
    assert notes(other, case_id) == ["备份前", "这台电脑随后坏了"]
    forged = replace(sent, first=entry.n + 1, entries=(Sent(body.decode().replace("坏了", "好的")),))
    for device, push in ((other.device, sent), (entry.device, forged)):
        with declined("bad_chain"):
            rescuing.rescue(site.centre, other.here, Rescue(device=device, push=push))
    backup.drop()


def test_an_old_epoch_is_told_so(two: Any) -> None:
    site, one, _, case_id = two
    operating.new_epoch(site.centre, site.now(), "由昨天的备份恢复")
    note(one, case_id)
    with declined("epoch"):
        one.push()
    with declined("epoch"):
        one.page("office")
    one.contact()
    last = open_body(one.rows["office"][-1][1])
    assert last.kind == "epoch.opened"


def test_only_what_this_centre_signed_opens_an_epoch(two: Any) -> None:
    site, one, _, _ = two
    epoch = site.now().epoch
    one.heads["station:HK"] = replace(one.heads["station:HK"], seq=99, hash=b"\7" * 32)
    assert one.hello().streams["station:HK"].action == "rewind"
    assert site.now().epoch == epoch


def test_a_restored_station_writes_under_a_new_life(two: Any) -> None:
    site, one, other, case_id = two
    kept = one.written[:1], one.seen[:1]
    note(one, case_id, "恢复前已送")
    one.contact()
    one.written, one.seen, one.acked, one.rows, one.heads = list(kept[0]), list(kept[1]), 1, {}, {}
    note(one, case_id, "恢复后写的")
    with declined("fork") as found:
        one.push()
    one.begin_anew(found.value.trouble.detail["n"] - 1)
    assert one.hello().chain.action == "ok"
    one.contact()
    other.contact()
    assert notes(one, case_id) == notes(other, case_id) == ["备份前", "恢复前已送", "恢复后写的"]
    lives = site.rows(tables.incarnations, tables.incarnations.c.device == one.device)
    assert {row["parent_n"] for row in lives} == {0, 1}


def test_a_station_that_lost_what_it_had_sent_is_told_at_hello(two: Any) -> None:
    _, one, _, _ = two
    one.written, one.seen, one.acked = one.written[:1], one.seen[:1], 1
    assert one.hello().chain.action == "new_incarnation"


def test_a_verified_backup_says_what_need_not_be_kept(two: Any, tmp_path: Path) -> None:
    site, one, other, case_id = two
    assert one.hello().chain.archived_n == 0
    backup = Backup(site, tmp_path)
    note(one, case_id, "备份后")
    one.contact()
    url = site.url.replace("?", "_backup?", 1) if "?" in site.url else f"sqlite:///{tmp_path / 'backup'}"
    restored = Database(url)
    assert operating.note_archived(site.centre, restored) >= 2
    restored.close()
    assert one.hello().chain.archived_n == 2
    assert other.hello().chain.archived_n == 0
    backup.drop()
