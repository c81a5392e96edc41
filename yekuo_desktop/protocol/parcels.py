"""A contact as a file, for stations without a line: the same messages, carried on a stick."""

from typing import Annotated

import msgspec
from msgspec import Meta

from yekuo_desktop.protocol.greeting import Hello, Welcome
from yekuo_desktop.protocol.pulling import Page
from yekuo_desktop.protocol.pushing import Push, Pushed
from yekuo_desktop.protocol.scalars import Hex, Id, Moment, Signature, Word
from yekuo_desktop.protocol.troubles import Trouble


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """What a station sends: its greeting, its pushes in order, its files by their names. ``number`` counts
    the parcels of this device."""

    org: Id
    device: Id
    number: int
    made: Moment
    hello: Hello
    pushes: Annotated[tuple[Push, ...], Meta(max_length=1000)]
    files: dict[Hex, bytes]


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """A parcel or an answer, encrypted for the other side: X25519 with a key of this one parcel,
    HKDF-SHA-256, ChaCha20-Poly1305; ``content`` is the encrypted zstd of its JSON, ``signature`` the
    sender's over ``signing.parcel`` of it. ``kind``: "parcel" or "answer"."""

    kind: Word
    org: Id
    device: Id
    ephemeral: Annotated[bytes, Meta(min_length=32, max_length=32)]
    nonce: Annotated[bytes, Meta(min_length=12, max_length=12)]
    content: bytes
    signature: Signature


class Outcome(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one push: one of both."""

    pushed: Pushed | None = None
    trouble: Trouble | None = None


class ParcelAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What the centre answers: its greeting, what became of each push, and what is new for the station.
    ``files``: rules, calendars, code tables and forms that were published, where the office is new."""

    number: int
    welcome: Welcome
    outcomes: tuple[Outcome, ...]
    pages: tuple[Page, ...]
    files: dict[Hex, bytes] = {}
