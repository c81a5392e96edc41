"""What goes down: pages of a stream with a signed head, and the position a station and the centre share."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, select

from yekuo_desktop.protocol.greeting import Common, Trail
from yekuo_desktop.protocol.pulling import MOST_ROWS, Page, Row
from yekuo_desktop.server import tables
from yekuo_desktop.server.centre import Centre
from yekuo_desktop.server.errors import Declined
from yekuo_desktop.server.organisations import Device, Org, find_org, read_office
from yekuo_desktop.server.positions import Position, at, end_of, signed_head, streams_of


def may_read(connection: Connection, device: Device, stream: str) -> Org:
    """The organisation. Raises ``Declined``: revoked, left."""
    if device.state != "active":
        raise Declined("revoked", "这台设备已停用,只能送交,不能读取")
    _, organisation = read_office(connection, device.org)
    if stream not in streams_of(device, organisation):
        raise Declined("left", "这台设备不再读取这部分数据")
    return find_org(connection, device.org)


def changes(
    centre: Centre, device: Device, stream: str, *, epoch: str, after: int, limit: int, incarnation: str
) -> Page:
    """The rows after a place. Raises ``Declined``: epoch; gap when the station is ahead of the centre."""
    with centre.database.read() as connection:
        org = may_read(connection, device, stream)
        if org.epoch != epoch:
            raise Declined("epoch", "中心的历史已经更换,请重新联系", epoch=org.epoch)
        end = end_of(connection, device.org, stream)
        most = min(limit, centre.limits.rows, MOST_ROWS)
        rows = read_rows(connection, device.org, stream, after, min(after + most, end.seq))
        last = _after(connection, device.org, stream, after, rows)
    if last is None:
        raise Declined("gap", "本机比中心读得更远,请重新联系", expected=end.seq)
    return Page(
        rows=tuple(_row(row, device.device, incarnation) for row in rows),
        head=signed_head(centre, org, stream, last),
        upto=end.seq,
    )


def _after(connection: Connection, org: str, stream: str, after: int, rows: list[Any]) -> Position | None:
    if rows:
        return Position(int(rows[-1].seq), bytes(rows[-1].hash))
    return at(connection, org, stream, after)


def read_rows(connection: Connection, org: str, stream: str, after: int, upto: int) -> list[Any]:
    """The rows after ``after`` up to ``upto``, with their entries."""
    return list(connection.execute(rows_question(org, stream, after, upto)))


def rows_question(org: str, stream: str, after: int, upto: int) -> Select[Any]:
    """The question for them."""
    log, entries = tables.log.c, tables.entries.c
    same = (entries.device == log.device, entries.incarnation == log.incarnation, entries.n == log.n)
    return (
        select(
            *(log.seq, log.received, log.verdict, log.ruling, log.origin, log.hash),
            *(log.device, log.incarnation, log.n),
            *(entries.prev, entries.body, entries.signature),
        )
        .where(log.org == org, log.stream == stream, log.seq > after, log.seq <= upto)
        .where(entries.org == org, *same)
        .order_by(log.seq)
    )


def _row(row: Any, device: str, incarnation: str) -> Row:
    if (row.device, row.incarnation) == (device, incarnation):
        return Row(
            seq=row.seq,
            received=row.received,
            verdict=row.verdict,
            ruling=row.ruling,
            origin=row.origin,
            mine=row.n,
        )
    return whole_row(row)


def whole_row(row: Any) -> Row:
    """A row with its entry."""
    return Row(
        seq=row.seq,
        received=row.received,
        verdict=row.verdict,
        ruling=row.ruling,
        prev=bytes(row.prev),
        body=bytes(row.body).decode(),
        origin=row.origin,
        signature=bytes(row.signature or b""),
    )


def common(centre: Centre, device: Device, stream: str, trail: Trail) -> Common:
    """The newest of a station's positions that is part of the stream."""
    with centre.database.read() as connection:
        may_read(connection, device, stream)
        known = _known(connection, device.org, stream, trail.positions)
    return Common(max(known, default=0))


def _known(
    connection: Connection, org: str, stream: str, positions: Iterable[tuple[int, bytes]]
) -> list[int]:
    said = dict(positions)
    c = tables.log.c
    question = select(c.seq, c.hash).where(c.org == org, c.stream == stream, c.seq.in_(list(said)))
    return [int(seq) for seq, found in connection.execute(question) if bytes(found) == said[int(seq)]]
