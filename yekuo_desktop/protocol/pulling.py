"""What the centre ruled, on its way down: pages of a stream, its signed head, whole segments of it."""

from typing import Annotated

import msgspec
from msgspec import Meta

from yekuo_desktop.domain.rulings import Verdict
from yekuo_desktop.protocol.scalars import (
    Body,
    Count,
    Hash,
    Hex,
    Id,
    Moment,
    Place,
    RulingText,
    Signature,
    Stream,
    Word,
)

MOST_ROWS = 5000


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """A position of a stream, signed by the centre (``signing.head``). Stations keep it as witnesses: a
    centre that later does not know it has lost or changed its past."""

    org: Id
    stream: Stream
    epoch: Id
    seq: Count
    hash: Hash
    at: Moment
    signature: Signature


class Row(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the log: an entry and what was ruled on it. ``prev`` and ``body`` give the entry's hash
    (``entries.link``); instead of them ``mine`` is its ``n``, where it is the asking incarnation's own.
    ``origin``: "<stream>#<seq>" of a row that came along when its case moved here. ``signature``: the
    device's, where this entry was the last of a batch."""

    seq: Place
    received: Moment
    verdict: Verdict
    ruling: RulingText = ""
    mine: Count = 0
    prev: bytes = b""
    body: Body = ""
    origin: Word = ""
    signature: bytes = b""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Rows in order without a gap. ``head`` is the stream after the last of them; ``upto`` its end as the
    centre has it now: there is more while ``head.seq < upto``."""

    rows: tuple[Row, ...]
    head: Head
    upto: Count


class Heads(msgspec.Struct, frozen=True):
    """The streams that stand elsewhere than the asking station."""

    epoch: Id
    heads: dict[Stream, Count]


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """An unchanging stretch of a stream as a file: zstd of one ``Row`` a line. ``hash``: of the stream after
    ``last``; ``sha256`` and ``size``: of the file."""

    first: Place
    last: Place
    hash: Hash
    sha256: Hex
    size: Count


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """The stream in files from its beginning; what follows the last comes as pages after ``head``. ``heads``:
    the stream after each of them, so that each can be kept by itself."""

    segments: tuple[Segment, ...]
    head: Head
    heads: tuple[Head, ...] = ()


class Digest(msgspec.Struct, frozen=True, kw_only=True):
    """The cases of a stream in 256 groups by the first byte of SHA-256 of their id: how many, and the
    exclusive or of SHA-256("<id> <rev> <stage> <state>"). ``seq``: as of which place of the stream."""

    seq: Count
    counts: Annotated[tuple[Count, ...], Meta(min_length=256, max_length=256)]
    sums: Annotated[tuple[Hash, ...], Meta(min_length=256, max_length=256)]
