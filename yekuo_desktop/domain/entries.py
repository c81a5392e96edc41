"""The journal: immutable entries in one hash chain per life of a store.

The body of an entry is kept and hashed byte for byte as it was written, so nothing has to be
re-encoded to be verified, and the same bytes later travel to the centre.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

SCHEMA = 1
CHAIN_TAG = b"yekuo-entry-1\0"  # names algorithm and layout, so that another hash can follow
GENESIS = bytes(32)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One act of one person.

    ``id`` UUIDv7 made by the client; ``n`` counts from 1 within (device, incarnation);
    ``stated`` is what the person says, ``recorded`` this machine's clock. Neither orders anything.
    ``act`` is shared by entries written by one act in one commit.
    """

    id: str
    act: str
    org: str
    station: str
    terminal: str
    device: str
    incarnation: str
    n: int
    subject: str  # "case:<uuid>", "person:<uuid>", "seal:<uuid>", "office"
    kind: str
    actor: str  # id of the person; "system" for what the program does by itself
    stated: datetime
    recorded: datetime
    schema: int
    payload: msgspec.Raw


class Sealed(msgspec.Struct, frozen=True):
    """An entry with the exact bytes that were hashed, and its link of the chain."""

    entry: Entry
    body: bytes
    prev: bytes
    hash: bytes


_encode = msgspec.json.Encoder(order="deterministic").encode  # same content, same bytes
_decode = msgspec.json.Decoder(Entry).decode


def link(prev: bytes, body: bytes) -> bytes:
    """The hash that ties ``body`` to everything before it."""
    return hashlib.sha256(CHAIN_TAG + prev + body).digest()


def seal(entry: Entry, prev: bytes) -> Sealed:
    """Freeze an entry behind ``prev``, the hash of the one before it."""
    body = _encode(entry)
    return Sealed(entry, body, prev, link(prev, body))


def open_body(body: bytes) -> Entry:
    """The entry in stored bytes; raises msgspec.DecodeError when they are not one."""
    return _decode(body)


def encode_payload(payload: msgspec.Struct) -> msgspec.Raw:
    """A payload as it stands inside an entry."""
    return msgspec.Raw(_encode(payload))


class Fault(msgspec.Struct, frozen=True):
    """The first broken entry: its place, its id as far as known, and what is wrong."""

    n: int
    entry_id: str
    reason: str


def check_chain(rows: Iterable[tuple[int, bytes | str, bytes]], head: tuple[int, bytes]) -> Iterator[Fault]:
    """Faults of one incarnation's chain, given (n, body, hash) in order and the head kept apart.

    Finds an edit, a removal, an insertion, a swap and a cut-off tail.
    """
    prev, expected = GENESIS, 1
    for n, body, stored in rows:
        if n != expected:
            yield Fault(expected, "", f"缺少第 {expected} 条(下一条是第 {n} 条)")
            return
        if not isinstance(body, bytes) or link(prev, body) != stored:  # SQL by hand may leave text
            yield Fault(n, _id_of(body), "内容与校验值不符(被改动、调换或插入)")
            return
        prev, expected = stored, n + 1
    if (expected - 1, prev) != head:
        yield Fault(expected, "", f"末尾不全:应有 {head[0]} 条,实有 {expected - 1} 条")


def _id_of(body: bytes | str) -> str:
    try:
        return _decode(body).id
    except (msgspec.MsgspecError, ValueError):  # a flipped byte need not even be text
        return ""
