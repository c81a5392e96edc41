"""The first exchange of a contact: the chains are compared, and a centre that has lost its past notices."""

from collections.abc import Set
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, update

from yekuo_desktop.domain.entries import GENESIS
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.people import Person
from yekuo_desktop.protocol import ENTRY_SCHEMAS, PROTOCOL, signing
from yekuo_desktop.protocol.greeting import (
    ChainAction,
    ChainState,
    DeviceState,
    Grant,
    Hello,
    StreamAction,
    StreamState,
    Welcome,
)
from yekuo_desktop.protocol.pulling import Head
from yekuo_desktop.server import tables
from yekuo_desktop.server.centre import Centre, text_of
from yekuo_desktop.server.enrolling import progress_address
from yekuo_desktop.server.epochs import open_epoch
from yekuo_desktop.server.errors import Declined
from yekuo_desktop.server.ledger import Whose
from yekuo_desktop.server.organisations import Device, Org, find_org, read_office
from yekuo_desktop.server.positions import Position, ends_of, is_ours, parts, streams_of
from yekuo_desktop.server.pushing import Chain, find_chain, lock_chain

GRANT_DAYS = 14
OLDEST_READER = ENTRY_SCHEMAS[0]
Known = Set[tuple[str, Position]]
"""The positions of a greeting that are part of our streams."""


def greet(centre: Centre, device: Device, hello: Hello) -> Welcome:
    """Compare where both stand; keep what the device says of itself."""
    if hello.protocol != PROTOCOL:
        raise Declined("upgrade", f"中心使用协议第 {PROTOCOL} 版")
    with centre.database.write() as connection:
        org = find_org(connection, device.org)
        chain = _chain(centre, connection, org, device, hello)
        known = parts(connection, org.org, hello.streams)
        org = _notice(centre, connection, org, hello, known)
        _keep(centre, connection, device, hello)
        _, organisation = read_office(connection, device.org)
        state: DeviceState = "revoked" if device.state != "active" else "active"
        if state == "active" and hello.schema < OLDEST_READER:
            state = "upgrade"
        readable = streams_of(device, organisation) if state == "active" else []
        return Welcome(
            now=centre.moment(),
            protocol=PROTOCOL,
            epoch=org.epoch,
            state=state,
            station=device.station,
            terminal=device.terminal,
            scope=device.scope,
            progress=progress_address(centre, org),
            chain=_chain_state(hello, chain),
            streams=_streams(connection, org, hello, readable, known),
            grants=grants(centre, device, organisation) if state != "revoked" else (),
            limits=centre.limits,
        )


# ---- the chain of the incarnation --------------------------------------------------------------------


def _chain(centre: Centre, connection: Connection, org: Org, device: Device, hello: Hello) -> Chain:
    """What is here of the incarnation; a new one is noted with whose continuation it is."""
    whose = Whose(device.device, hello.incarnation)
    found = find_chain(connection, org.org, whose)
    if found is None:
        _begin_chain(centre, connection, org, device, hello)
    return found or lock_chain(connection, org.org, whose)


def _begin_chain(centre: Centre, connection: Connection, org: Org, device: Device, hello: Hello) -> None:
    parent = hello.parent
    row = {
        "org": org.org,
        "device": device.device,
        "incarnation": hello.incarnation,
        "last_n": 0,
        "last_hash": GENESIS,
        "archived_n": 0,
        "parent": parent.incarnation if parent else "",
        "parent_n": parent.n if parent else 0,
        "since": centre.moment(),
    }
    centre.database.add_new(connection, tables.incarnations, [row])
    _, organisation = read_office(connection, org.org)
    if not organisation.id and not org.founder:  # the store that brings its organisation
        where = tables.orgs.c.org == org.org
        connection.execute(update(tables.orgs).where(where).values(founder=hello.incarnation))


def _chain_state(hello: Hello, chain: Chain) -> ChainState:
    return ChainState(
        action=_chain_action(hello, chain),
        last_n=chain.last_n,
        last_hash=chain.last_hash,
        archived_n=chain.archived_n,
    )


def _chain_action(hello: Hello, chain: Chain) -> ChainAction:
    if chain.last_n > hello.last_n:
        return "new_incarnation"
    if chain.last_n == hello.last_n and chain.last_hash != hello.last_hash:
        return "new_incarnation"
    return "resend" if chain.last_n < hello.acked_n else "ok"


# ---- the streams -------------------------------------------------------------------------------------


def _notice(centre: Centre, connection: Connection, org: Org, hello: Hello, known: Known) -> Org:
    """A position with our own signature that is not part of our streams: this centre has lost it."""
    for head in hello.streams:
        if head.epoch != org.epoch or _part_of(known, head):
            continue
        if is_ours(centre, org.org, head):
            return open_epoch(centre, connection, org, f"{head.stream} 曾到第 {head.seq} 行:由备份恢复过")
    return org


def _part_of(known: Known, head: Head) -> bool:
    return (head.stream, Position(head.seq, head.hash)) in known


def _streams(
    connection: Connection, org: Org, hello: Hello, readable: list[str], known: Known
) -> dict[str, StreamState]:
    read = {head.stream: head for head in hello.streams}
    ends = ends_of(connection, org.org, readable)
    return {
        stream: StreamState(action=_action(org, read.get(stream), end, known), seq=end.seq)
        for stream, end in ends.items()
    }


def _action(org: Org, head: Head | None, end: Position, known: Known) -> StreamAction:
    if head is None:
        return "pull" if end.seq else "ok"
    if head.org != org.org or not _part_of(known, head):
        return "rewind"
    return "ok" if head.seq == end.seq else "pull"


# ---- what the device says of itself, and what its people may -----------------------------------------


def _keep(centre: Centre, connection: Connection, device: Device, hello: Hello) -> None:
    c = tables.devices.c
    values: dict[str, Any] = {
        "seen": centre.moment(),
        "app": hello.app,
        "unsent": hello.outbox.entries,
        "unsent_files": hello.outbox.files,
        "oldest": hello.outbox.oldest,
        "drift": _drift(centre, hello.now),
        "trouble": hello.trouble,
    }
    where = (c.org == device.org, c.device == device.device)
    connection.execute(update(tables.devices).where(*where).values(**values))


def _drift(centre: Centre, said: str) -> int:
    """Seconds the station's clock is ahead; 0 where it says nothing that can be read."""
    try:
        return round((datetime.fromisoformat(said) - centre.clock()).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return 0


def grants(centre: Centre, device: Device, organisation: Organisation) -> tuple[Grant, ...]:
    """Who may sign in on this device, until when. Made once a day for the same people."""
    people = tuple(
        (person.id, tuple(person.roles))
        for person in sorted(organisation.people.values(), key=lambda person: person.id)
        if person.active and _belongs(person, device)
    )
    day = centre.clock().replace(hour=0, minute=0, second=0, microsecond=0)
    return _grants(centre, device.org, device.device, people, day)


def _belongs(person: Person, device: Device) -> bool:
    return device.scope == "all" or person.station in ("", device.station)


@lru_cache(maxsize=1000)
def _grants(
    centre: Centre, org: str, device: str, people: tuple[tuple[str, tuple[str, ...]], ...], day: datetime
) -> tuple[Grant, ...]:
    until = text_of(day + timedelta(days=GRANT_DAYS))
    bare = (
        Grant(
            org=org,
            device=device,
            person=person,
            roles=roles,
            issued=text_of(day),
            expires=until,
            signature=bytes(64),
        )
        for person, roles in people
    )
    return tuple(replace(grant, signature=centre.keys.sign(signing.grant(grant))) for grant in bare)
