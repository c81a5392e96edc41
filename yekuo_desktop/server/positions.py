"""Positions of streams: where they stand, what the centre signs of them, whether a hash is part of them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection, select

from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.protocol import signing
from yekuo_desktop.protocol.chain import genesis
from yekuo_desktop.protocol.pulling import Head
from yekuo_desktop.server import tables
from yekuo_desktop.server.centre import OFFICE, Centre, station_stream
from yekuo_desktop.server.organisations import Device, Org


class Position(NamedTuple):
    """A place of a stream and the hash after it."""

    seq: int
    hash: bytes


def streams_of(device: Device, organisation: Organisation) -> list[str]:
    """What a device may read: office first, its own station's cases, or those of all."""
    if device.scope != "all":
        return [OFFICE, station_stream(device.station)]
    return [OFFICE, *(station_stream(station.code) for station in organisation.stations)]


def end_of(connection: Connection, org: str, stream: str) -> Position:
    """Where a stream ends now; one nobody has written to yet stands at its beginning."""
    c = tables.streams.c
    row = connection.execute(select(c.seq, c.hash).where(c.org == org, c.stream == stream)).first()
    return Position(int(row[0]), bytes(row[1])) if row is not None else Position(0, genesis(org, stream))


def ends_of(connection: Connection, org: str, streams: Iterable[str]) -> dict[str, Position]:
    """The same for many."""
    wanted = list(streams)
    c = tables.streams.c
    question = select(c.stream, c.seq, c.hash).where(c.org == org, c.stream.in_(wanted))
    found = {s: Position(int(seq), bytes(now)) for s, seq, now in connection.execute(question)}
    return {stream: found.get(stream) or Position(0, genesis(org, stream)) for stream in wanted}


def at(connection: Connection, org: str, stream: str, seq: int) -> Position | None:
    """A place inside a stream; None behind its end."""
    if seq == 0:
        return Position(0, genesis(org, stream))
    c = tables.log.c
    found = connection.execute(
        select(c.hash).where(c.org == org, c.stream == stream, c.seq == seq)
    ).scalar_one_or_none()
    return Position(seq, bytes(found)) if found is not None else None


def has(connection: Connection, org: str, stream: str, position: Position) -> bool:
    """Whether the stream once stood exactly there."""
    found = at(connection, org, stream, position.seq)
    return found is not None and found.hash == position.hash


def parts(connection: Connection, org: str, heads: Sequence[Head]) -> set[tuple[str, Position]]:
    """Those of the positions at which their streams once stood; where most stand is the end."""
    said = {(head.stream, Position(head.seq, head.hash)) for head in heads}
    ends = ends_of(connection, org, {stream for stream, _ in said})
    there = {(stream, position) for stream, position in said if ends[stream] == position}
    return there | {each for each in said - there if has(connection, org, *each)}


def signed_head(centre: Centre, org: Org, stream: str, position: Position) -> Head:
    """A position as the centre answers for it."""
    bare = Head(
        org=org.org,
        stream=stream,
        epoch=org.epoch,
        seq=position.seq,
        hash=position.hash,
        at=centre.moment(),
        signature=bytes(64),
    )
    return replace(bare, signature=centre.keys.sign(signing.head(bare)))


def is_ours(centre: Centre, org: str, head: Head) -> bool:
    """Whether this centre signed that position of that organisation."""
    return head.org == org and centre.keys.signed(signing.head(head), head.signature)
