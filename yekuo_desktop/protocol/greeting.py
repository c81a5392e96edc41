"""The first exchange of a contact: where both sides stand, and what each has to do about it."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from yekuo_desktop.protocol.pulling import Head
from yekuo_desktop.protocol.scalars import Count, Hash, Id, Moment, Place, Signature, Stream, Word

DeviceState = Literal["active", "revoked", "upgrade"]
ChainAction = Literal["ok", "resend", "new_incarnation"]
StreamAction = Literal["ok", "pull", "rewind", "left"]


class Parent(msgspec.Struct, frozen=True):
    """Of which life of the store this one is the continuation, and how far that one is known here."""

    incarnation: Id
    n: Count


class Outbox(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What waits at the station."""

    entries: Count = 0
    files: Count = 0
    bytes: Count = 0
    oldest: Moment = ""


class Hello(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The chain of this incarnation as far as it is written (``last_n``, ``last_hash``) and as far as the
    centre has confirmed it (``acked_n``); the signed head of each stream up to which the station has read.
    ``trouble``: in words why the contact before this one failed, "" when it went well."""

    protocol: int
    app: Word
    schema: int
    incarnation: Id
    last_n: Count
    last_hash: Hash
    acked_n: Count = 0
    parent: Parent | None = None
    streams: tuple[Head, ...] = ()
    outbox: Outbox = Outbox()
    now: Moment = ""
    trouble: Word = ""


class ChainState(msgspec.Struct, frozen=True, kw_only=True):
    """What the centre has of this incarnation. ``resend``: from ``last_n + 1`` on, unchanged, also what it
    had confirmed. ``new_incarnation``: its chain and the station's differ, or it has more of it."""

    action: ChainAction
    last_n: Count
    last_hash: Hash
    archived_n: Count


class StreamState(msgspec.Struct, frozen=True, kw_only=True):
    """Where a stream stands. ``rewind``: the station has read what is not part of it; ask ``common``."""

    action: StreamAction
    seq: Count


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How much at once: entries and bytes of a push (before compression), rows of a page, bytes of a
    chunk."""

    entries: int
    bytes: int
    rows: int
    chunk: int


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """Until when a person may sign in on this device without asking, and as what.
    ``signature`` over ``signing.grant``."""

    org: Id
    device: Id
    person: Word
    roles: tuple[Word, ...]
    issued: Moment
    expires: Moment
    signature: Signature


class Welcome(msgspec.Struct, frozen=True, kw_only=True):
    """``streams`` are all this device may read: one that is missing from it was left. ``state``: "revoked"
    reads nothing more and may still deliver; "upgrade" likewise, until a newer release is installed.
    ``wait``: come back after so many seconds, 0 for go on."""

    now: Moment
    protocol: int
    epoch: Id
    state: DeviceState
    station: Word
    terminal: Word
    scope: Word
    progress: Word
    chain: ChainState
    streams: dict[Stream, StreamState]
    grants: tuple[Grant, ...]
    limits: Limits
    wait: int = 0


class Trail(msgspec.Struct, frozen=True):
    """Positions of a stream as the station knows them, e.g. its last and 1, 2, 4, 8 … before it."""

    positions: Annotated[tuple[tuple[Place, Hash], ...], Meta(max_length=100)]


class Common(msgspec.Struct, frozen=True):
    """The newest of them that is part of the stream; 0 when none is. Everything behind it is unconfirmed."""

    seq: Count
