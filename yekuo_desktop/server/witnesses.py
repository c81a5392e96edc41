"""Signed heads kept outside the database: beside it, and at every station. What they show and the log does
not has been cut off."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from sqlalchemy import select

from yekuo_desktop.protocol.pulling import Head
from yekuo_desktop.server import tables
from yekuo_desktop.server.centre import Centre
from yekuo_desktop.server.errors import CentreTrouble
from yekuo_desktop.server.organisations import all_orgs
from yekuo_desktop.server.positions import Position, signed_head

MOST_BYTES = 50_000_000


def heads_now(centre: Centre) -> list[Head]:
    """Every stream as it stands, signed."""
    c = tables.streams.c
    with centre.database.read() as connection:
        orgs = {org.org: org for org in all_orgs(connection)}
        rows = connection.execute(select(c.org, c.stream, c.seq, c.hash).where(c.seq > 0)).all()
    return [
        signed_head(centre, orgs[row.org], row.stream, Position(int(row.seq), bytes(row.hash)))
        for row in rows
    ]


def witness(centre: Centre, path: Path) -> int:
    """Append the heads that are not written down yet; how many that were."""
    known = {(head.org, head.stream, head.epoch, head.seq) for head in read_witnesses(path)}
    new = [head for head in heads_now(centre) if (head.org, head.stream, head.epoch, head.seq) not in known]
    if new:
        _append(path, new)
    return len(new)


def _append(path: Path, heads: Iterable[Head]) -> None:
    lines = b"".join(msgspec.json.encode(head) + b"\n" for head in heads)
    try:
        if path.exists() and path.stat().st_size > MOST_BYTES:
            path.rename(path.with_suffix(".old"))
        with path.open("ab") as file:
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise CentreTrouble(f"写不了 {path}:{error.strerror}") from error


def read_witnesses(path: Path) -> Iterator[Head]:
    """What was written down; half a line at the end is left out."""
    for part in (path.with_suffix(".old"), path):
        if not part.exists():
            continue
        with part.open("rb") as file:
            for line in file:
                try:
                    yield msgspec.json.decode(line, type=Head)
                except msgspec.MsgspecError:
                    continue
