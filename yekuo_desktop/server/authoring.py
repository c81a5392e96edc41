"""What the centre itself has to say, as entries of a chain of its own: nobody writes past the journal."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, select, update

from yekuo_desktop.domain.entries import GENESIS, SCHEMA, Entry, encode_payload, seal
from yekuo_desktop.protocol import signing
from yekuo_desktop.server import tables
from yekuo_desktop.server.arrivals import Arrived
from yekuo_desktop.server.centre import OFFICE, Centre
from yekuo_desktop.server.errors import CentreTrouble
from yekuo_desktop.server.ledger import Ledger, Whose
from yekuo_desktop.server.organisations import Device, Org
from yekuo_desktop.server.recording import Recorder

CENTRE = "centre"


class Said(NamedTuple):
    """One thing the centre says."""

    subject: str
    kind: str
    payload: msgspec.Struct


def centre_device(centre: Centre, org: Org) -> Device:
    """The centre as an author."""
    return Device(
        org=org.org,
        device=org.centre_device,
        public=centre.keys.public,
        sealing=centre.keys.sealing_public,
        station=CENTRE,
        terminal=CENTRE,
        scope="all",
        state="active",
        parcel=0,
    )


def begin_life(centre: Centre, connection: Connection, org: Org) -> None:
    """A first row for the centre's present incarnation."""
    row = {
        "org": org.org,
        "device": org.centre_device,
        "incarnation": org.centre_life,
        "last_n": 0,
        "last_hash": GENESIS,
        "archived_n": 0,
        "parent": "",
        "parent_n": 0,
        "since": centre.moment(),
    }
    centre.database.add(connection, tables.incarnations, [row])


def say(
    centre: Centre, connection: Connection, org: Org, said: Sequence[Said], streams: Sequence[str] = ()
) -> Ledger:
    """Write entries of the centre, in the caller's transaction. ``streams``: others that must be locked, too.
    Returns the ledger, written."""
    whose = Whose(org.centre_device, org.centre_life)
    n, prev = _head(connection, org, whose)
    ledger = Ledger(centre, connection, org, centre.moment())
    ledger.lock((OFFICE, *streams))
    recorder = Recorder(centre, ledger, centre_device(centre, org), whose)
    for each in said:
        n += 1
        sealed = seal(_entry(centre, org, n, each), prev)
        signature = centre.keys.sign(signing.batch(org.org, whose.device, whose.incarnation, n, sealed.hash))
        arrived = Arrived(n, sealed.body, sealed.prev, sealed.hash, sealed.entry, seen=2**53 - 1)
        judged, _ = recorder.record(arrived, signature)
        if judged.verdict != "applied":
            raise CentreTrouble(
                f"{each.kind}:{judged.ruling.problems[0].text if judged.ruling.problems else judged.verdict}"
            )
        prev = sealed.hash
    ledger.write()
    c = tables.incarnations.c
    where = (c.org == org.org, c.device == whose.device, c.incarnation == whose.incarnation)
    connection.execute(update(tables.incarnations).where(*where).values(last_n=n, last_hash=prev))
    return ledger


def _head(connection: Connection, org: Org, whose: Whose) -> tuple[int, bytes]:
    c = tables.incarnations.c
    where = (c.org == org.org, c.device == whose.device, c.incarnation == whose.incarnation)
    row = connection.execute(select(c.last_n, c.last_hash).where(*where).with_for_update()).one()
    return int(row.last_n), bytes(row.last_hash)


def _entry(centre: Centre, org: Org, n: int, said: Said) -> Entry:
    now = centre.clock()
    return Entry(
        id=centre.new_id(),
        act=centre.new_id(),
        org=org.org,
        station=CENTRE,
        terminal=CENTRE,
        device=org.centre_device,
        incarnation=org.centre_life,
        n=n,
        subject=said.subject,
        kind=said.kind,
        actor="system",
        stated=now,
        recorded=now,
        schema=SCHEMA,
        payload=encode_payload(said.payload),
    )


def new_life(centre: Centre, connection: Connection, org: Org) -> Org:
    """The centre begins a chain of its own anew: what it wrote after a backup may be known to others."""
    fresh = replace(org, centre_life=centre.new_id())
    where = tables.orgs.c.org == org.org
    connection.execute(update(tables.orgs).where(where).values(centre_life=fresh.centre_life))
    begin_life(centre, connection, fresh)
    return fresh
