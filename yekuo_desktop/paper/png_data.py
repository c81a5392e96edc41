"""The compressed rows of a PNG as they are: a PDF reads them with the same filters (PNG 1.2; ISO 32000-1,
7.4.4.4 predictors), so that a scan need neither be decoded nor lose anything."""

import zlib
from collections.abc import Iterator
from struct import unpack
from typing import Any, NamedTuple

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {0: 1, 2: 3, 3: 1}  # grey, colour, palette; with transparency or interlaced it is drawn anew
DRAWN_ANEW = frozenset({b"tRNS", b"eXIf"})  # transparent in part, or turned by a camera
STEP = 1 << 16


class Rows(NamedTuple):
    """The data of an image XObject, and its entries besides its size."""

    data: bytes
    entries: dict[str, Any]


class _Head(NamedTuple):
    width: int
    height: int
    bits: int
    colour: int
    compression: int
    filtering: int
    interlaced: int


def rows_of(content: bytes) -> Rows | None:
    """The rows; None when this PNG cannot go in as it is. Raises ``ValueError`` when it is damaged."""
    if not content.startswith(SIGNATURE):
        return None
    chunks = list(_chunks(content))
    head = _Head(*unpack(">IIBBBBB", next(data for kind, data in chunks if kind == b"IHDR")))
    if head.colour not in CHANNELS or head.interlaced or head.bits > 8:
        return None
    if not DRAWN_ANEW.isdisjoint(kind for kind, _ in chunks):
        return None
    data = b"".join(part for kind, part in chunks if kind == b"IDAT")
    _check(data, head)
    palette = next((part for kind, part in chunks if kind == b"PLTE"), b"")
    return Rows(data, _entries(head, palette))


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, kind = len(SIGNATURE), b""
    while kind != b"IEND":
        length = int.from_bytes(content[at : at + 4], "big")
        kind, data = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        if content[at + 8 + length : at + 12 + length] != zlib.crc32(kind + data).to_bytes(4, "big"):
            raise ValueError("the PNG is cut off or damaged")
        yield kind, data
        at += 12 + length


def _check(data: bytes, head: _Head) -> None:
    """Every row is there; counted, not kept."""
    row = 1 + -(-head.width * CHANNELS[head.colour] * head.bits // 8)
    engine, found = zlib.decompressobj(), 0
    for at in range(0, len(data), STEP):
        part = data[at : at + STEP]
        while part and not engine.eof:
            found += len(engine.decompress(part, STEP))
            part = engine.unconsumed_tail
            if found > row * head.height:
                raise ValueError("the PNG has more rows than it says")
    if found != row * head.height:
        raise ValueError("the PNG has fewer rows than it says")


def _entries(head: _Head, palette: bytes) -> dict[str, Any]:
    rows = {
        "/Predictor": 15,
        "/Colors": CHANNELS[head.colour],
        "/BitsPerComponent": head.bits,
        "/Columns": head.width,
    }
    return {
        "/ColorSpace": {0: "/DeviceGray", 2: "/DeviceRGB"}.get(head.colour, palette),
        "/BitsPerComponent": head.bits,
        "/Filter": "/FlateDecode",
        "/DecodeParms": rows,
    }
