"""Proving the centre: every chain, every signature, everything derived against the log."""

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, func, select, text

from yekuo_desktop.domain.entries import GENESIS, link, open_body
from yekuo_desktop.domain.office_acts import EpochOpened
from yekuo_desktop.protocol import chain, signing
from yekuo_desktop.protocol.pulling import Head, Row
from yekuo_desktop.server import tables
from yekuo_desktop.server.arrivals import read_entry
from yekuo_desktop.server.centre import OFFICE, Centre
from yekuo_desktop.server.folding import folded_cases, folded_office, scan
from yekuo_desktop.server.keys import signed_by
from yekuo_desktop.server.organisations import Org, all_orgs, office_row
from yekuo_desktop.server.positions import is_ours

AT_ONCE = 1000
MEND = ",请运行 yekuo server rebuild"


class Fault(NamedTuple):
    """Something that is not as it should be: where, and what."""

    org: str
    where: str
    reason: str


def verify(centre: Centre, witnesses: Iterable[Head] = ()) -> Iterator[Fault]:
    """Everything that is wrong. The log's own faults first: the fold of a broken log says nothing."""
    with centre.database.read() as connection:
        yield from verify_on(centre, connection, list(witnesses))


def verify_on(centre: Centre, connection: Connection, shown: list[Head]) -> Iterator[Fault]:
    """The same, as a transaction sees it."""
    yield from _guards(centre, connection)
    for org in all_orgs(connection):
        broken = False
        for fault in _log(centre, connection, org, [head for head in shown if head.org == org.org]):
            broken = True
            yield fault
        if not broken:
            yield from _derived(connection, org)


def _log(centre: Centre, connection: Connection, org: Org, shown: list[Head]) -> Iterator[Fault]:
    yield from _incarnations(centre, connection, org)
    yield from _streams(connection, org)
    yield from _heads(centre, connection, org, shown)


# ---- the chains of the devices -----------------------------------------------------------------------


def _incarnations(centre: Centre, connection: Connection, org: Org) -> Iterator[Fault]:
    keys = _keys(centre, connection, org)
    c = tables.entries.c
    question = (
        select(c.device, c.incarnation, c.n, c.prev, c.hash, c.body, c.signature, c.id, c.subject, c.kind)
        .where(c.org == org.org)
        .order_by(c.device, c.incarnation, c.n)
    )
    ends = _ends(connection, org)
    for (device, life), rows in groupby(scan(connection, question), key=lambda row: (row[0], row[1])):
        yield from _incarnation(org, device, rows, keys.get(device, b""), ends.pop((device, life), None))
    for (device, _), (n, _hash) in ends.items():
        if n:
            yield Fault(org.org, f"设备 {device}", f"应有 {n} 条登记,一条也没有")


def _keys(centre: Centre, connection: Connection, org: Org) -> dict[str, bytes]:
    c = tables.devices.c
    found = connection.execute(select(c.device, c.public).where(c.org == org.org))
    return {org.centre_device: centre.keys.public, **{device: bytes(key) for device, key in found}}


def _ends(connection: Connection, org: Org) -> dict[tuple[str, str], tuple[int, bytes]]:
    c = tables.incarnations.c
    question = select(c.device, c.incarnation, c.last_n, c.last_hash).where(c.org == org.org)
    return {(device, life): (int(n), bytes(h)) for device, life, n, h in connection.execute(question)}


def _incarnation(
    org: Org, device: str, rows: Iterable[Any], key: bytes, end: tuple[int, bytes] | None
) -> Iterator[Fault]:
    prev, expected, signed = GENESIS, 1, 0
    for row in rows:
        where = f"设备 {device} 第 {row.n} 条"
        reason = _entry_fault(org, row, prev, expected, key)
        if reason:
            yield Fault(org.org, where, reason)
            return
        prev, expected = bytes(row.hash), expected + 1
        signed = int(row.n) if row.signature is not None else signed
    if end != (expected - 1, prev):
        yield Fault(org.org, f"设备 {device}", f"末尾不全:实有 {expected - 1} 条")
    elif signed != expected - 1:
        yield Fault(org.org, f"设备 {device}", f"第 {signed} 条以后没有设备签名")


def _entry_fault(org: Org, row: Any, prev: bytes, expected: int, key: bytes) -> str:
    if row.n != expected:
        return f"缺少第 {expected} 条"
    body, now = bytes(row.body), bytes(row.hash)
    if bytes(row.prev) != prev or link(prev, body) != now:
        return "内容与校验值不符(被改动、调换或插入)"
    entry = read_entry(body)
    beside = (entry.id, entry.subject, entry.kind) if entry else ("", "", "")
    if (row.id, row.subject, row.kind) != beside:
        return "索引栏与内容不符(被改动)"
    said = signing.batch(org.org, row.device, row.incarnation, int(row.n), now)
    if row.signature is not None and not signed_by(key, said, bytes(row.signature)):
        return "设备签名不符"
    return ""


# ---- the chains of the streams -----------------------------------------------------------------------


def _streams(connection: Connection, org: Org) -> Iterator[Fault]:
    log, entries = tables.log.c, tables.entries.c
    same = (entries.device == log.device, entries.incarnation == log.incarnation, entries.n == log.n)
    joined = tables.log.outerjoin(tables.entries, (entries.org == log.org) & same[0] & same[1] & same[2])
    question = (
        select(log.stream, log.seq, log.received, log.verdict, log.ruling, log.origin, log.hash)
        .add_columns(entries.hash.label("entry"), entries.subject.label("of"), log.subject)
        .select_from(joined)
        .where(log.org == org.org)
        .order_by(log.stream, log.seq)
    )
    c = tables.streams.c
    ends = {
        stream: (int(seq), bytes(now))
        for stream, seq, now in connection.execute(select(c.stream, c.seq, c.hash).where(c.org == org.org))
    }
    for stream, rows in groupby(scan(connection, question), key=itemgetter(0)):
        yield from _one_stream(org, stream, rows, ends.pop(stream, None))
    for stream, (seq, _) in ends.items():
        if seq:
            yield Fault(org.org, stream, f"应有 {seq} 行,一行也没有")


def _one_stream(org: Org, stream: str, rows: Iterable[Any], end: tuple[int, bytes] | None) -> Iterator[Fault]:
    prev, expected = chain.genesis(org.org, stream), 1
    for row in rows:
        reason = _row_fault(row, prev, expected)
        if reason:
            yield Fault(org.org, f"{stream} 第 {row.seq} 行", reason)
            return
        prev, expected = bytes(row.hash), expected + 1
    if end != (expected - 1, prev):
        yield Fault(org.org, stream, f"末尾不全:实有 {expected - 1} 行")


def _row_fault(row: Any, prev: bytes, expected: int) -> str:
    if row.seq != expected:
        return f"缺少第 {expected} 行"
    if row.entry is None or row.of != row.subject:
        return "没有所说的登记"
    facts = Row(seq=row.seq, received=row.received, verdict=row.verdict, ruling=row.ruling, origin=row.origin)
    if chain.link(prev, bytes(row.entry), facts) != bytes(row.hash):
        return "内容与校验值不符(被改动、调换或插入)"
    return ""


# ---- what the centre has signed ----------------------------------------------------------------------


def _heads(centre: Centre, connection: Connection, org: Org, shown: list[Head]) -> Iterator[Fault]:
    """Every head this centre ever signed, in the database and outside, is part of the log still; and no
    line after it says that it was received before."""
    forks = _forks(connection, org)
    for head in (*_checkpoints(connection, org), *shown):
        where = f"{head.stream} 第 {head.seq} 行"
        if not is_ours(centre, org.org, head):
            yield Fault(org.org, where, "见证的签名不符")
        elif head.seq <= forks.get((head.epoch, head.stream), head.seq):
            reason = _head_fault(connection, org, head)
            if reason:
                yield Fault(org.org, where, reason)


def _head_fault(connection: Connection, org: Org, head: Head) -> str:
    c = tables.log.c
    near = (c.org == org.org, c.stream == head.stream, c.seq.in_((head.seq, head.seq + 1)))
    rows = {int(row.seq): row for row in connection.execute(select(c.seq, c.hash, c.received).where(*near))}
    if head.seq not in rows:
        return "见证过的这一行已不在(末尾被截断)"
    if bytes(rows[head.seq].hash) != head.hash:
        return "与见证过的不同(历史被改写)"
    following = rows.get(head.seq + 1)
    if following is not None and following.received < head.at:
        return "下一行的收到时间早于这一行的见证时间(倒填)"
    return ""


def _checkpoints(connection: Connection, org: Org) -> Iterator[Head]:
    question = select(tables.checkpoints).where(tables.checkpoints.c.org == org.org)
    for row in connection.execute(question).mappings().all():
        yield Head(**{**row, "hash": bytes(row["hash"]), "signature": bytes(row["signature"])})


def _forks(connection: Connection, org: Org) -> dict[tuple[str, str], int]:
    """By an epoch that has ended and a stream: how far its history is that of today."""
    c = tables.epochs.c
    order = [e for (e,) in connection.execute(select(c.epoch).where(c.org == org.org).order_by(c.at))]
    entries = tables.entries.c
    question = select(entries.body).where(entries.org == org.org, entries.kind == "epoch.opened")
    opened: dict[str, dict[str, int]] = {}
    for (body,) in connection.execute(question):
        said = msgspec.json.decode(open_body(bytes(body)).payload, type=EpochOpened)
        opened[said.epoch] = said.streams
    found: dict[tuple[str, str], int] = {}
    for at, epoch in enumerate(order):
        for later in order[at + 1 :]:
            for stream, seq in opened.get(later, {}).items():
                found[epoch, stream] = min(seq, found.get((epoch, stream), seq))
    return found


# ---- what is derived ---------------------------------------------------------------------------------


def _derived(connection: Connection, org: Org) -> Iterator[Fault]:
    total = 0
    folded = folded_cases(connection, org)
    while batch := list(islice(folded, AT_ONCE)):
        total += len(batch)
        kept = _kept(connection, org, [meant["id"] for meant in batch])
        yield from (
            Fault(org.org, f"业务 {meant['number'] or meant['id']}", f"与流水不符{MEND}")
            for meant in batch
            if _differs(kept.get(meant["id"]), meant)
        )
    c = tables.cases.c
    there = connection.execute(select(func.count()).where(c.org == org.org)).scalar_one()
    if there > total:
        yield Fault(org.org, "业务", f"有 {there - total} 件没有对应的流水{MEND}")
    yield from _office(connection, org)


def _kept(connection: Connection, org: Org, ids: list[str]) -> dict[str, dict[str, Any]]:
    where = (tables.cases.c.org == org.org, tables.cases.c.id.in_(ids))
    rows = connection.execute(select(tables.cases).where(*where)).mappings()
    return {row["id"]: {**row, "document": bytes(row["document"])} for row in rows}


def _differs(kept: dict[str, Any] | None, meant: dict[str, Any]) -> bool:
    return kept is None or any(kept[name] != value for name, value in meant.items() if name != "seq")


def _office(connection: Connection, org: Org) -> Iterator[Fault]:
    organisation, seq = folded_office(connection, org)
    c = tables.office.c
    document = connection.execute(select(c.document).where(c.org == org.org)).scalar()
    if seq and bytes(document or b"") != office_row(org.org, seq, organisation)["document"]:
        yield Fault(org.org, OFFICE, f"机构与人员资料与流水不符{MEND}")


# ---- what keeps the log from being changed -----------------------------------------------------------


def _guards(centre: Centre, connection: Connection) -> Iterator[Fault]:
    if centre.database.postgres:
        question = (
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D' AND tgparentid = 0"
        )
        ends = ("never_change", "never_emptied")
    else:
        question = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ends = ("never_update", "never_delete")
    there = set(connection.execute(text(question)).scalars())
    for table in tables.NEVER_CHANGE:
        for end in ends:
            if f"{table.name}_{end}" not in there:
                yield Fault("", table.name, f"防止改动的触发器 {table.name}_{end} 被拆除")
