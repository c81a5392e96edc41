"""A push: entries of one incarnation, taken in one transaction, all of them or none."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, case, select, update

from yekuo_desktop.domain.delivery import Transfer
from yekuo_desktop.domain.entries import GENESIS, Entry
from yekuo_desktop.domain.journal import payload_of
from yekuo_desktop.domain.office_acts import HeldDecision, is_office, office_payload
from yekuo_desktop.domain.rulings import ruling_text
from yekuo_desktop.protocol import signing
from yekuo_desktop.protocol.pushing import Push, Pushed, Receipt
from yekuo_desktop.server import tables
from yekuo_desktop.server.arrivals import Arrived, read_push
from yekuo_desktop.server.centre import OFFICE, Centre, station_stream
from yekuo_desktop.server.errors import Busy, Declined
from yekuo_desktop.server.keys import signed_by
from yekuo_desktop.server.ledger import Ledger, Whose, subjects_of
from yekuo_desktop.server.organisations import Device, Org, find_org, read_office
from yekuo_desktop.server.receipts import Found, receipts_of
from yekuo_desktop.server.recording import Recorder
from yekuo_desktop.server.standing import CASE

TRIES = 5
DECIDED = "held.decided"  # may give entries of the same push, before it, another verdict


class Chain(NamedTuple):
    """How far an incarnation is here."""

    last_n: int
    last_hash: bytes
    archived_n: int


def push(centre: Centre, device: Device, sent: Push) -> Pushed:
    """Take what a device sends. Raises ``Declined``: gap, fork, epoch, bad_chain, bad_signature."""
    arrived = read_push(device.org, device.device, sent)
    last = arrived[-1]
    said = signing.batch(device.org, device.device, sent.incarnation, last.n, last.hash)
    if not signed_by(device.public, said, sent.signature):
        raise Declined("bad_signature", "签名不符")
    for _try in range(TRIES):
        try:
            done = _pushed(centre, device, sent, arrived)
        except Moved:
            continue
        centre.bell.ring(device.org, done.epoch, done.heads)
        return done
    raise Busy("业务正在移交,请重试")


class Moved(Exception):
    """A case went to a stream that is not locked, between looking and locking."""


def _pushed(centre: Centre, device: Device, sent: Push, arrived: list[Arrived]) -> Pushed:
    whose = Whose(device.device, sent.incarnation)
    with centre.database.write() as connection:
        chain = lock_chain(connection, device.org, whose)
        org = find_org(connection, device.org)
        if sent.epoch != org.epoch:
            raise Declined("epoch", "中心的历史已经更换,请重新联系", epoch=org.epoch)
        known, fresh = _overlap(connection, device.org, whose, chain, sent, arrived)
        ledger = Ledger(centre, connection, org, centre.moment())
        found = receipts_of(connection, org.org, whose, known[0].n, known[-1].n) if known else []
        if fresh:
            found += _record(centre, ledger, device, whose, fresh, sent.signature)
            # Other processes may have opened an epoch until the streams were locked; not any more.
            if find_org(connection, device.org).epoch != org.epoch:
                raise Declined("epoch", "中心的历史已经更换,请重新联系")
            chain = chain._replace(last_n=fresh[-1].n, last_hash=fresh[-1].hash)
            _save_chain(connection, device.org, whose, chain)
            _delivered(connection, device, len(fresh))
        return Pushed(
            epoch=org.epoch,
            last_n=chain.last_n,
            last_hash=chain.last_hash,
            archived_n=chain.archived_n,
            receipts=tuple(_receipts(found, len(known))),
            heads=ledger.heads(),
        )


def _record(
    centre: Centre,
    ledger: Ledger,
    device: Device,
    whose: Whose,
    fresh: list[Arrived],
    signature: bytes,
) -> list[Found]:
    """What became of each."""
    ledger.lock(_streams(ledger.connection, ledger.org, device, fresh))
    try:
        ledger.load(subjects_of(fresh))
    except Busy as moved:
        raise Moved from moved
    recorder = Recorder(centre, ledger, device, whose)
    recorder.judge.know(_known_ids(ledger.connection, device.org, fresh))
    last, found = fresh[-1], []
    for each in fresh:
        judged, placed = recorder.record(each, signature if each is last else None)
        found.append(Found(each.n, judged.verdict, placed.stream, placed.seq, ruling_text(judged.ruling)))
    ledger.write()
    if any(each.entry is not None and each.entry.kind == DECIDED for each in fresh):
        return receipts_of(ledger.connection, ledger.org.org, whose, fresh[0].n, last.n)
    return found


def lock_chain(connection: Connection, org: str, whose: Whose) -> Chain:
    """The incarnation's row, locked: its pushes go one after another. Raises ``Declined`` gap."""
    found = find_chain(connection, org, whose)
    if found is None:
        raise Declined("gap", "请先联系中心", expected=1)
    return found


def find_chain(connection: Connection, org: str, whose: Whose) -> Chain | None:
    """The same, where the incarnation is known."""
    c = tables.incarnations.c
    where = (c.org == org, c.device == whose.device, c.incarnation == whose.incarnation)
    question = select(c.last_n, c.last_hash, c.archived_n).where(*where).with_for_update()
    row = connection.execute(question).first()
    return Chain(int(row.last_n), bytes(row.last_hash), int(row.archived_n)) if row is not None else None


def _save_chain(connection: Connection, org: str, whose: Whose, chain: Chain) -> None:
    c = tables.incarnations.c
    where = (c.org == org, c.device == whose.device, c.incarnation == whose.incarnation)
    values = {"last_n": chain.last_n, "last_hash": chain.last_hash}
    connection.execute(update(tables.incarnations).where(*where).values(**values))


def _delivered(connection: Connection, device: Device, count: int) -> None:
    """So many of the entries it last said it had are not waiting there any more."""
    c = tables.devices.c
    more = c.unsent > count
    values = {"unsent": case((more, c.unsent - count), else_=0), "oldest": case((more, c.oldest), else_="")}
    where = (c.org == device.org, c.device == device.device)
    connection.execute(update(tables.devices).where(*where).values(**values))


# ---- what is here already ----------------------------------------------------------------------------


def _overlap(
    connection: Connection, org: str, whose: Whose, chain: Chain, sent: Push, arrived: list[Arrived]
) -> tuple[list[Arrived], list[Arrived]]:
    """What is here already and what is new. Raises ``Declined`` for a gap or another past."""
    if sent.first > chain.last_n + 1:
        raise Declined("gap", "前面还有没收到的登记", expected=chain.last_n + 1, hash=chain.last_hash.hex())
    known = [each for each in arrived if each.n <= chain.last_n]
    hashes = _hashes(connection, org, whose, sent.first - 1, known[-1].n if known else sent.first - 1)
    if sent.prev != (hashes.get(sent.first - 1, GENESIS) if sent.first > 1 else GENESIS):
        raise _fork(max(sent.first - 1, 1))
    for each in known:
        if hashes.get(each.n) != each.hash:
            raise _fork(each.n)
    return known, arrived[len(known) :]


def _fork(n: int) -> Declined:
    return Declined("fork", f"第 {n} 条与中心收到的不同:这套数据是由备份恢复或复制的", n=n)


def _hashes(connection: Connection, org: str, whose: Whose, first: int, last: int) -> dict[int, bytes]:
    if last < 1:
        return {}
    c = tables.entries.c
    where = (c.org == org, c.device == whose.device, c.incarnation == whose.incarnation)
    question = select(c.n, c.hash).where(*where, c.n.between(max(first, 1), last))
    return {int(n): bytes(found) for n, found in connection.execute(question)}


def _known_ids(connection: Connection, org: str, fresh: list[Arrived]) -> set[str]:
    ids = [each.entry.id for each in fresh if each.entry is not None]
    c = tables.entries.c
    return set(connection.execute(select(c.id).where(c.org == org, c.id.in_(ids))).scalars())


def _receipts(found: list[Found], known: int) -> Iterable[Receipt]:
    """``known``: how many of them, the first, were here already."""
    for at, each in enumerate(found):
        yield Receipt(
            n=each.n,
            verdict=each.verdict,
            stream=each.stream,
            seq=each.seq,
            ruling=each.ruling,
            known=at < known,
        )


# ---- which streams it touches ------------------------------------------------------------------------


def _streams(connection: Connection, org: Org, device: Device, fresh: list[Arrived]) -> set[str]:
    """Every stream a row of the push may go to."""
    found = {station_stream(device.station)}
    entries = [each.entry for each in fresh if each.entry is not None]
    if any(not entry.subject.startswith(CASE) for entry in entries):
        found.add(OFFICE)
    subjects = subjects_of(fresh)
    decided = [decision.entry for entry in entries if (decision := _decision(entry)) is not None]
    if decided:
        held = tables.held.c
        question = select(held.stream, held.subject).where(held.org == org.org, held.id.in_(decided))
        for stream, subject in connection.execute(question):
            found.add(stream)
            subjects.append(subject.removeprefix(CASE))
    targets = {payload.station for entry in entries if (payload := _transfer(entry)) is not None}
    if targets:
        targets &= {station.code for station in read_office(connection, org.org)[1].stations}
    return found | _stations(connection, org.org, subjects) | set(map(station_stream, targets))


def _stations(connection: Connection, org: str, case_ids: list[str]) -> set[str]:
    if not case_ids:
        return set()
    c = tables.cases.c
    question = select(c.station).where(c.org == org, c.id.in_(case_ids)).distinct()
    return {station_stream(station) for station in connection.execute(question).scalars()}


def _transfer(entry: Entry) -> Transfer | None:
    payload = _payload(entry) if entry.kind == "case.transferred" else None
    return payload if isinstance(payload, Transfer) else None


def _decision(entry: Entry) -> HeldDecision | None:
    if entry.kind != DECIDED or not is_office(entry):
        return None
    payload = _payload(entry)
    return payload if isinstance(payload, HeldDecision) else None


def _payload(entry: Entry) -> object:
    try:
        return office_payload(entry) if is_office(entry) else payload_of(entry)
    except ValueError:  # what cannot be read is held later
        return None
