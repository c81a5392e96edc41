"""``yekuo server verify``: whoever changes the database by hand is found, whatever he repairs afterwards."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import Connection, text

from tests.conftest import FixedClock
from tests.domain.trade import START
from tests.server.databases import database_in
from tests.server.site import Site
from tests.server.test_held import retire
from tests.server.test_moving import accepted, transfer
from tests.server.test_push_and_pull import change, note, register
from yekuo_desktop.protocol import chain
from yekuo_desktop.protocol.pulling import Head, Row
from yekuo_desktop.server import folding, ledger, proof, tables
from yekuo_desktop.server.witnesses import heads_now, read_witnesses, witness

STREAM = "station:HK"
DIALECT = (
    ("CAST(replace(CAST(body AS TEXT)", "convert_to(replace(convert_from(body, 'UTF8')"),
    ("'第 8 次') AS BLOB)", "'第 8 次'), 'UTF8')"),
    ("zeroblob(64)", "decode(repeat('00', 64), 'hex')"),
    ("CAST('{}' AS BLOB)", "convert_to('{}', 'UTF8')"),
)
HK = "stream = 'station:HK'"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def busy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A county where everything has happened that leaves a trace. What tests do to it is taken back."""
    folder = tmp_path_factory.mktemp("busy")
    clock = FixedClock(START)
    if request.param == "sqlite":
        made = Site(f"sqlite:///{folder / 'centre.db'}", folder, clock)
        yield _lived(made)
        made.close()
        return
    with database_in(request.getfixturevalue("cluster"), f"busy{os.getpid()}") as url:
        made = Site(url, folder, clock)
        yield _lived(made)
        made.close()


def _lived(site: Site) -> Site:
    one, other, hall = site.machine(), site.machine(), site.machine("HK", "all")
    case_id = accepted(one)
    one.contact()
    other.contact()
    change(one, case_id, mobile=("13800001000", "13900002000"))
    change(other, case_id, "zhaojun", mobile=("13800001000", "13700003000"))
    one.contact()
    other.contact()
    for at in range(10):
        note(one, case_id, f"第 {at} 次")
    one.contact()
    hall.contact()
    transfer(hall, case_id, "LW")
    hall.contact()
    retire(site, hall, "chenjing")
    note(one, register(one), by="chenjing")
    one.contact()
    return site


@contextmanager
def by_hand(site: Site, *statements: str, **values: Any) -> Iterator[Connection]:
    """As an administrator of the database would: the guards away, the deed, the guards back. Afterwards
    nothing of it has happened."""
    with site.centre.database.engine.connect() as connection:
        transaction = connection.begin()
        for statement in (*guards(site, off=True), *statements, *guards(site, off=False)):
            wanted = {name: value for name, value in values.items() if f":{name}" in statement}
            connection.execute(text(statement), wanted)
        yield connection
        transaction.rollback()


def guards(site: Site, *, off: bool) -> Iterator[str]:
    for table in tables.NEVER_CHANGE:
        if site.centre.database.postgres:
            yield f"ALTER TABLE {table.name} {'DISABLE' if off else 'ENABLE'} TRIGGER ALL"
            continue
        for deed in ("UPDATE", "DELETE"):
            name = f"{table.name}_never_{deed.lower()}"
            body = (
                f"BEFORE {deed} ON {table.name} BEGIN SELECT RAISE(ABORT, 'the journal never changes'); END"
            )
            yield f"DROP TRIGGER {name}" if off else f"CREATE TRIGGER {name} {body}"


def faults(site: Site, connection: Connection | None = None, shown: Iterable[Head] = ()) -> list[str]:
    if connection is None:
        found = list(proof.verify(site.centre, shown))
    else:
        found = list(proof.verify_on(site.centre, connection, list(shown)))
    return [f"{fault.where}:{fault.reason}" for fault in found]


def cut(site: Site, keep: int) -> tuple[tuple[str, ...], dict[str, Any]]:
    """The tail cut off so that every chain in the database agrees: nothing inside it can tell."""
    kept = site.rows(tables.log, tables.log.c.stream == STREAM, tables.log.c.seq == keep)[0]
    statements = (
        "DELETE FROM log WHERE stream = :stream AND seq > :keep",
        "UPDATE streams SET seq = :keep, hash = :hash WHERE stream = :stream",
    )
    return statements, {"stream": STREAM, "keep": keep, "hash": bytes(kept["hash"])}


def test_what_nobody_touched_is_right(busy: Site) -> None:
    assert faults(busy) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (
            "UPDATE entries SET body = CAST(replace(CAST(body AS TEXT), '第 3 次', '第 8 次') AS BLOB)"
            " WHERE kind = 'case.noted'",
            "内容与校验值不符",
        ),
        ("UPDATE entries SET kind = 'case.moved' WHERE kind = 'case.noted' AND n = 5", "索引栏与内容不符"),
        ("UPDATE entries SET signature = zeroblob(64) WHERE signature IS NOT NULL", "设备签名不符"),
        ("UPDATE entries SET signature = NULL WHERE kind = 'case.noted'", "没有设备签名"),
        ("DELETE FROM entries WHERE kind = 'case.noted' AND n = 5", "缺少第 5 条"),
        (f"UPDATE log SET verdict = 'refused' WHERE {HK} AND seq = 3", "内容与校验值不符"),
        ("UPDATE log SET ruling = '' WHERE verdict = 'conflict'", "内容与校验值不符"),
        (f"UPDATE log SET received = '2020-01-01' WHERE {HK} AND seq = 3", "内容与校验值不符"),
        (f"UPDATE log SET n = 2 WHERE {HK} AND seq = 5", "内容与校验值不符"),
        (f"DELETE FROM log WHERE {HK} AND seq = 3", "缺少第 3 行"),
        ("DELETE FROM log WHERE stream = 'station:LW'", "应有"),
        ("UPDATE cases SET state = 'withdrawn'", "与流水不符"),
        ("DELETE FROM cases", "与流水不符"),
        ("UPDATE office SET document = CAST('{}' AS BLOB)", "机构与人员资料与流水不符"),
        (
            "INSERT INTO cases SELECT org, 'x', station, number, stage, state, rev, seq, document"
            " FROM cases LIMIT 1",
            "没有对应的流水",
        ),
    ],
)
def test_a_change_by_hand_is_found(busy: Site, statement: str, found: str) -> None:
    if busy.centre.database.postgres:
        for sqlite, postgres in DIALECT:
            statement = statement.replace(sqlite, postgres)
    with by_hand(busy, statement) as connection:
        assert any(found in fault for fault in faults(busy, connection)), faults(busy, connection)


def test_two_rows_swapped_are_found(busy: Site) -> None:
    statements = (
        "UPDATE log SET seq = 1000 WHERE stream = 'station:HK' AND seq = 4",
        "UPDATE log SET seq = 4 WHERE stream = 'station:HK' AND seq = 5",
        "UPDATE log SET seq = 5 WHERE stream = 'station:HK' AND seq = 1000",
    )
    with by_hand(busy, *statements) as connection:
        assert any("内容与校验值不符" in fault for fault in faults(busy, connection))


def test_a_tail_that_was_cut_off_is_found_by_what_was_signed(busy: Site, tmp_path: Path) -> None:
    path = tmp_path / "witness"
    assert witness(busy.centre, path) == 3
    assert witness(busy.centre, path) == 0
    shown = list(read_witnesses(path))
    assert faults(busy, shown=shown) == []
    statements, values = cut(busy, 5)
    with by_hand(busy, *statements, **values) as connection:
        assert not any("末尾" in fault for fault in faults(busy, connection))
        assert any("末尾被截断" in fault for fault in faults(busy, connection, shown))


def test_a_history_that_was_written_anew_is_found(busy: Site) -> None:
    """Every hash is computed again for other times of receipt, and the end set to the last."""
    rows = sorted(busy.rows(tables.log, tables.log.c.stream == STREAM), key=lambda row: row["seq"])
    entries = {(e["incarnation"], e["n"]): bytes(e["hash"]) for e in busy.rows(tables.entries)}
    now, statements, values = chain.genesis(busy.org.org, STREAM), [], {"stream": STREAM}
    for row in rows:
        names = ("seq", "verdict", "ruling", "origin")
        said = Row(received="2020-01-01", **{name: row[name] for name in names})
        now = values[f"hash{said.seq}x"] = chain.link(now, entries[row["incarnation"], row["n"]], said)
        statements.append(
            f"UPDATE log SET received = '2020-01-01', hash = :hash{said.seq}x"
            f" WHERE stream = :stream AND seq = {said.seq}"
        )
    end = f"UPDATE streams SET hash = :hash{len(rows)}x WHERE stream = :stream"
    with by_hand(busy, *statements, end, **values) as connection:
        assert not any(STREAM in fault for fault in faults(busy, connection))
        assert any("历史被改写" in fault for fault in faults(busy, connection, heads_now(busy.centre)))


def test_a_forged_witness_is_none(busy: Site) -> None:
    head = replace(heads_now(busy.centre)[0], seq=7777)
    assert [fault.reason for fault in proof.verify(busy.centre, [head])] == ["见证的签名不符"]


def test_back_dating_behind_a_witness_is_found(small: Site, clock: Any) -> None:
    one = small.machine()
    register(one)
    one.push()
    shown = heads_now(small.centre)
    clock.advance(days=-2)
    register(one)
    one.push()
    assert any("倒填" in fault for fault in faults(small, shown=shown))


def test_checkpoints_are_signed_as_the_stream_goes_on(small: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "CHECKPOINT_EVERY", 5)
    one = small.machine()
    case_id = register(one)
    for _ in range(12):
        note(one, case_id)
    one.push(count=7)
    one.push()
    kept = [row["seq"] for row in small.rows(tables.checkpoints) if row["stream"] == STREAM]
    assert kept == [7, 13]
    assert faults(small) == []
    statements, values = cut(small, 6)
    with by_hand(small, *statements, **values) as connection:
        assert any("末尾被截断" in fault for fault in faults(small, connection))


def test_guards_that_were_taken_away_are_missed(small: Site) -> None:
    with small.centre.database.write() as connection:
        connection.execute(text("DROP TRIGGER log_never_update"))
    assert faults(small) == ["log:防止改动的触发器 log_never_update 被拆除"]


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM log", "UPDATE log SET n = 1", "DELETE FROM entries", "UPDATE entries SET n = 1"],
)
def test_the_database_itself_refuses(busy: Site, statement: str) -> None:
    with (
        pytest.raises(Exception, match="the journal never changes"),
        busy.centre.database.write() as connection,
    ):
        connection.execute(text(statement))


def test_what_is_derived_can_be_made_anew(small: Site) -> None:
    before = _lived(small).rows(tables.cases)
    with small.centre.database.write() as connection:
        connection.execute(text("DELETE FROM cases"))
        connection.execute(text("UPDATE office SET document = CAST('{}' AS BLOB)"))
    assert folding.rebuild(small.centre) == len(before)
    assert faults(small) == []
    assert {row["id"]: row["document"] for row in small.rows(tables.cases)} == {
        row["id"]: row["document"] for row in before
    }
