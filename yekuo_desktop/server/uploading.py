"""Files on their way up: chunks at their offset, hashed each and whole, resumed where they were interrupted.

A chunk is written at its place and the file cut to what is confirmed before: what a crash left behind that
nobody confirmed is overwritten, never kept.
"""

import base64
import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, delete, select, update

from yekuo_desktop.protocol.uploading import Offer, Offered, Received, Wanted
from yekuo_desktop.server import tables
from yekuo_desktop.server.blobs import PIECE, Blobs
from yekuo_desktop.server.centre import Centre, text_of
from yekuo_desktop.server.errors import Busy, Declined
from yekuo_desktop.server.organisations import Device, read_office
from yekuo_desktop.server.positions import streams_of

MOST_BYTES = 2 * 1024**3
MOST_CHUNK = 4_000_000
MOST_WANTED = 1000
ABANDONED = timedelta(days=7)


class Upload(NamedTuple):
    """One that has begun."""

    id: str
    sha256: str
    size: int
    offset: int


def offer(centre: Centre, device: Device, offered: Offer) -> Offered:
    """Begin, go on, or hear that it is there already. The same file is one upload, whoever sends it."""
    if offered.size > MOST_BYTES:
        raise Declined("too_large", "文件太大")
    blobs = Blobs(centre.files, device.org)
    with centre.database.write() as connection:
        if blobs.has(offered.sha256):
            mark_stored(centre, connection, device.org, offered.sha256, offered.size)
            return _answer(centre, None, 0, stored=True)
        c = tables.uploads.c
        where = (c.org == device.org, c.sha256 == offered.sha256, c.size == offered.size)
        row = connection.execute(select(c.id, c.offset).where(*where)).first()
        if row is not None:
            return _answer(centre, row.id, int(row.offset))
        upload = centre.new_id()
        row_new = {
            "org": device.org,
            "id": upload,
            "sha256": offered.sha256,
            "size": offered.size,
            "offset": 0,
            "touched": centre.moment(),
        }
        centre.database.add(connection, tables.uploads, [row_new])
    return _answer(centre, upload, 0)


def _answer(centre: Centre, upload: str | None, offset: int, *, stored: bool = False) -> Offered:
    return Offered(stored=stored, upload=upload, offset=offset, chunk=centre.limits.chunk)


def progress(centre: Centre, device: Device, upload: str) -> Received:
    """How far it is."""
    with centre.database.read() as connection:
        return Received(_find(connection, device.org, upload).offset)


def chunk(
    centre: Centre, device: Device, upload: str, offset: int, checksum: str, content: bytes
) -> Received:
    """Take a chunk. Raises ``Declined``: offset, checksum, too_large."""
    if not content or len(content) > MOST_CHUNK:
        raise Declined("too_large" if content else "bad_request", "分块大小不对")
    if checksum != f"sha256 {base64.b64encode(hashlib.sha256(content).digest()).decode()}":
        raise Declined("checksum", "分块与校验值不符")
    blobs = Blobs(centre.files, device.org)
    with _alone(blobs, upload) as path:
        with centre.database.read() as connection:
            found = _find(connection, device.org, upload)
        if offset != found.offset:
            raise Declined("offset", "不是接下来的一块", offset=found.offset)
        if offset + len(content) > found.size:
            raise Declined("too_large", "超出文件的大小")
        _write(path, offset, content)
        with centre.database.write() as connection:
            _advance(centre, connection, device.org, upload, offset + len(content))
    return Received(offset + len(content))


def commit(centre: Centre, device: Device, upload: str) -> Received:
    """The file is complete: hash it whole and give it its name. Again is the same. Raises ``Declined``:
    offset for one that is not complete; checksum for another content, which has to be sent anew."""
    blobs = Blobs(centre.files, device.org)
    with _alone(blobs, upload) as path:
        with centre.database.read() as connection:
            found = _find(connection, device.org, upload)
        if not blobs.has(found.sha256):
            if found.offset != found.size:
                raise Declined("offset", "文件还不完整", offset=found.offset)
            _finish(centre, device, blobs, path, found)
        with centre.database.write() as connection:
            mark_stored(centre, connection, device.org, found.sha256, found.size)
    return Received(found.size)


def _finish(centre: Centre, device: Device, blobs: Blobs, path: Path, found: Upload) -> None:
    if _hash(path, found.size) != found.sha256:
        with centre.database.write() as connection:
            _advance(centre, connection, device.org, found.id, 0)
        raise Declined("checksum", "文件与校验值不符,请重新发送", offset=0)
    with path.open("rb+") as file:
        file.truncate(found.size)
        os.fsync(file.fileno())
    blobs.take(path, found.sha256)


def _hash(path: Path, size: int) -> str:
    found, left = hashlib.sha256(), size
    with path.open("rb") as file:
        while left > 0 and (piece := file.read(min(PIECE, left))):
            found.update(piece)
            left -= len(piece)
    return found.hexdigest()


@contextmanager
def _alone(blobs: Blobs, upload: str) -> Iterator[Path]:
    """The file of an upload, for one chunk at a time over all processes."""
    if not upload.replace("-", "").isalnum() or not upload.isascii():
        raise Declined("not_found", "没有这次上传")
    try:
        blobs.incoming.mkdir(parents=True, exist_ok=True)
        with (blobs.incoming / f"{upload}.lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield blobs.incoming / f"{upload}.part"
    except OSError as error:
        raise Busy(f"中心写不了文件:{error.strerror}", retry_after=60) from error


def _write(path: Path, offset: int, content: bytes) -> None:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.ftruncate(handle, offset)
        written = 0
        while written < len(content):
            written += os.pwrite(handle, content[written:], offset + written)
        os.fsync(handle)
    finally:
        os.close(handle)


def _find(connection: Connection, org: str, upload: str) -> Upload:
    c = tables.uploads.c
    question = select(c.id, c.sha256, c.size, c.offset).where(c.org == org, c.id == upload)
    row = connection.execute(question).first()
    if row is None:
        raise Declined("not_found", "没有这次上传")
    return Upload(row.id, row.sha256, int(row.size), int(row.offset))


def _advance(centre: Centre, connection: Connection, org: str, upload: str, offset: int) -> None:
    c = tables.uploads.c
    values = {"offset": offset, "touched": centre.moment()}
    connection.execute(update(tables.uploads).where(c.org == org, c.id == upload).values(**values))


def mark_stored(centre: Centre, connection: Connection, org: str, sha256: str, size: int) -> None:
    """The file is here."""
    row = {
        "org": org,
        "sha256": sha256,
        "size": size,
        "state": "stored",
        "stream": "",
        "since": centre.moment(),
    }
    centre.database.add_new(connection, tables.files, [row])
    c = tables.files.c
    values = {"state": "stored", "size": size}
    connection.execute(update(tables.files).where(c.org == org, c.sha256 == sha256).values(**values))


def keep(centre: Centre, device: Device, sha256: str, content: bytes) -> bool:
    """A file that came whole; False, and nothing kept, where its bytes are not those of its name."""
    if not content or hashlib.sha256(content).hexdigest() != sha256:
        return False
    blobs = Blobs(centre.files, device.org)
    if not blobs.has(sha256):
        with blobs.new() as file:
            file.write(content)
            file.keep()
    with centre.database.write() as connection:
        mark_stored(centre, connection, device.org, sha256, len(content))
    return True


# ---- going down --------------------------------------------------------------------------------------


def wanted(centre: Centre, device: Device) -> Wanted:
    """What entries in this device's streams speak of and nobody has sent yet, the small first: one large file
    on a slow line keeps nobody waiting for a seal or a page."""
    c = tables.files.c
    with centre.database.read() as connection:
        streams = streams_of(device, read_office(connection, device.org)[1])
        question = (
            select(c.sha256)
            .where(c.org == device.org, c.state == "awaited", c.stream.in_(streams))
            .order_by(c.size, c.since, c.sha256)
            .limit(MOST_WANTED)
        )
        return Wanted(tuple(connection.execute(question).scalars()))


def sweep(centre: Centre) -> int:
    """Drop uploads nobody has gone on with for a week; how many."""
    before = text_of(centre.clock() - ABANDONED)
    c = tables.uploads.c
    with centre.database.write() as connection:
        gone = connection.execute(select(c.org, c.id).where(c.touched < before)).all()
        for org, upload in gone:
            connection.execute(delete(tables.uploads).where(c.org == org, c.id == upload))
    for org, upload in gone:
        incoming = Blobs(centre.files, org).incoming
        for ending in ("part", "lock"):
            (incoming / f"{upload}.{ending}").unlink(missing_ok=True)
    return len(gone)
