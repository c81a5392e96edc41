"""Entries on their way up, and what became of each."""

from typing import Annotated

import msgspec
from msgspec import Meta

from yekuo_desktop.domain.rulings import Verdict
from yekuo_desktop.protocol.scalars import (
    Body,
    Count,
    Hash,
    Id,
    Place,
    RulingText,
    Signature,
    Stream,
)

MOST_ENTRIES = 2000


class Sent(msgspec.Struct, frozen=True, omit_defaults=True):
    """One entry, byte for byte as it was hashed. ``seen``: up to which ``seq`` the station had read the
    stream of its subject when the entry was written."""

    body: Body
    seen: Count = 0


class Push(msgspec.Struct, frozen=True, kw_only=True):
    """Entries ``first``, ``first + 1`` … of one incarnation. ``prev``: hash of the one before ``first``
    (32 zero bytes before the first of all); ``signature`` over ``signing.batch`` of the last of them."""

    incarnation: Id
    epoch: Id
    first: Place
    prev: Hash
    entries: Annotated[tuple[Sent, ...], Meta(min_length=1, max_length=MOST_ENTRIES)]
    signature: Signature


class Receipt(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of entry ``n``, and where in which stream that stands. Sent again for an entry that is sent
    again: ``known`` says that it was there already. Only this clears an entry from the station's outbox."""

    n: Place
    verdict: Verdict
    stream: Stream
    seq: Place
    ruling: RulingText = ""
    known: bool = False


class Pushed(msgspec.Struct, frozen=True, kw_only=True):
    """``last_n``/``last_hash``: how far the centre now has this incarnation; ``archived_n``: how far it lies
    in a backup that was restored and verified; ``heads``: where the streams it wrote to now stand."""

    epoch: Id
    last_n: Count
    last_hash: Hash
    archived_n: Count
    receipts: tuple[Receipt, ...]
    heads: dict[Stream, Count]


class Rescue(msgspec.Struct, frozen=True, kw_only=True):
    """The same for another device's incarnation, from a station that had read its entries before the centre
    lost them. The signature is that device's own, as it came with the row (``Row.signature``)."""

    device: Id
    push: Push
