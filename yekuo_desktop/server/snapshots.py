"""A stream in files: unchanging segments for a new station, and a digest of its cases to compare with."""

import hashlib
from collections.abc import Iterator
from threading import Lock
from typing import Any

import msgspec
import zstandard
from sqlalchemy import Connection, select

from yekuo_desktop.protocol.pulling import Digest, Segment, Snapshot
from yekuo_desktop.server import tables
from yekuo_desktop.server.blobs import Blobs
from yekuo_desktop.server.centre import OFFICE, Centre
from yekuo_desktop.server.errors import Busy
from yekuo_desktop.server.folding import scan
from yekuo_desktop.server.organisations import Device, Org
from yekuo_desktop.server.positions import Position, at, end_of, signed_head
from yekuo_desktop.server.pulling import may_read, rows_question, whole_row

ROWS = 5000  # of a segment: a few MB unpacked
LEVEL = 9  # made once, read by every new station
GROUPS = 256
_building = Lock()  # one at a time in a process: whoever comes meanwhile waits a little


def snapshot(centre: Centre, device: Device, stream: str) -> Snapshot:
    """The segments of a stream; those that are due are made first. What follows comes as pages."""
    with centre.database.read() as connection:
        org = may_read(connection, device, stream)
        end = end_of(connection, org.org, stream)
        known = _segments(connection, org, stream)
    if end.seq - (known[-1].last if known else 0) >= ROWS:
        known = _build(centre, org, stream, end.seq)
    last = known[-1].last if known else 0
    with centre.database.read() as connection:
        position = at(connection, org.org, stream, last)
    return Snapshot(
        segments=tuple(known),
        head=signed_head(centre, org, stream, position or Position(0, b"")),
        heads=tuple(signed_head(centre, org, stream, Position(each.last, each.hash)) for each in known),
    )


def _segments(connection: Connection, org: Org, stream: str) -> list[Segment]:
    c = tables.segments.c
    question = select(c.first, c.last, c.hash, c.sha256, c.size).where(c.org == org.org, c.stream == stream)
    return [
        Segment(first=first, last=last, hash=bytes(now), sha256=sha256, size=size)
        for first, last, now, sha256, size in connection.execute(question.order_by(c.first))
    ]


def _build(centre: Centre, org: Org, stream: str, end: int) -> list[Segment]:
    if not _building.acquire(timeout=1):
        raise Busy("正在为别的新站准备数据,请稍候", retry_after=5)
    try:
        with centre.database.read() as connection:
            known = _segments(connection, org, stream)
            first = known[-1].last + 1 if known else 1
            while end - first + 1 >= ROWS:
                known.append(_one(centre, connection, org, stream, first))
                first += ROWS
        with centre.database.write() as connection:
            rows = [{"org": org.org, "stream": stream, **msgspec.structs.asdict(each)} for each in known]
            centre.database.add_new(connection, tables.segments, rows)
        return known
    finally:
        _building.release()


def _one(centre: Centre, connection: Connection, org: Org, stream: str, first: int) -> Segment:
    last = first + ROWS - 1
    files = Blobs(centre.files, org.org)
    packing, end = zstandard.ZstdCompressor(level=LEVEL).compressobj(), b""
    with files.new() as file:
        for row in scan(connection, rows_question(org.org, stream, first - 1, last)):
            file.write(packing.compress(msgspec.json.encode(whole_row(row)) + b"\n"))
            end = bytes(row.hash)
        file.write(packing.flush())
        sha256, size = file.keep()
    return Segment(first=first, last=last, hash=end, sha256=sha256, size=size)


# ---- digest ------------------------------------------------------------------------------------------


def digest(centre: Centre, device: Device, stream: str) -> Digest:
    """The cases of a stream as they are folded here."""
    with centre.database.read() as connection:
        org = may_read(connection, device, stream)
        end = end_of(connection, org.org, stream)
        counts, sums = [0] * GROUPS, [0] * GROUPS
        for case_id, said in _cases(connection, org.org, stream):
            group = hashlib.sha256(case_id.encode()).digest()[0]
            counts[group] += 1
            sums[group] ^= int.from_bytes(hashlib.sha256(said.encode()).digest())
    return Digest(seq=end.seq, counts=tuple(counts), sums=tuple(each.to_bytes(32) for each in sums))


def _cases(connection: Connection, org: str, stream: str) -> Iterator[tuple[str, str]]:
    if stream == OFFICE:
        return
    c = tables.cases.c
    station = stream.partition(":")[2]
    question = select(c.id, c.rev, c.stage, c.state).where(c.org == org, c.station == station)
    row: Any
    for row in scan(connection, question):
        yield row.id, f"{row.id} {row.rev} {row.stage} {row.state}"
