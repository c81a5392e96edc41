"""Unpacking a stretch of a stream that came as a file."""

import hashlib

import msgspec
import zstandard

from yekuo_desktop.protocol.pulling import Row, Segment
from yekuo_desktop.sync.ports import NoAnswer

MOST = 512 * 1024 * 1024  # bytes unpacked
_rows = msgspec.json.Decoder(Row)


def unpacked(segment: Segment, packed: bytes) -> tuple[Row, ...]:
    """The rows of a segment. Raises ``NoAnswer`` where it is not what its name says: it is fetched again."""
    if hashlib.sha256(packed).hexdigest() != segment.sha256:
        raise NoAnswer("数据包内容与名称不符")
    try:
        content = zstandard.ZstdDecompressor().stream_reader(packed).read(MOST + 1)
        if len(content) > MOST:
            raise NoAnswer("数据包过大")
        return tuple(_rows.decode_lines(content))
    except (zstandard.ZstdError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise NoAnswer("数据包读不懂") from error
