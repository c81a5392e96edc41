"""Files: named by their SHA-256, sent in chunks, resumable."""

import msgspec

from yekuo_desktop.protocol.scalars import Count, Hex, Id, Place

OFFSET, CHECKSUM = "Upload-Offset", "Upload-Checksum"
"""Headers of a chunk: where it goes, and ``sha256 <base64>`` of it."""


class Offer(msgspec.Struct, frozen=True):
    """A file the station has."""

    sha256: Hex
    size: Place


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """``stored``: the centre has it already. Else send from ``offset`` on, ``chunk`` bytes at a time."""

    stored: bool
    upload: Id | None
    offset: Count
    chunk: Count


class Received(msgspec.Struct, frozen=True):
    """How much of the file lies at the centre."""

    offset: Count


class Wanted(msgspec.Struct, frozen=True):
    """Files that entries speak of and the centre does not have, oldest first."""

    files: tuple[Hex, ...]
