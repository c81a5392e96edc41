"""How a machine becomes a device of an organisation, and proves later that it is that device."""

import msgspec

from yekuo_desktop.protocol.scalars import Id, PublicKey, Signature, Word


class Enroll(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A one-time code, the device's id and its public keys: ``public`` to sign with, ``sealing`` (X25519) for
    parcels. ``signature`` over ``signing.enrolment`` proves that it holds the private one. ``org``,
    ``station``, ``terminal``, ``practice``: of a store that has entries already and brings its
    organisation to the centre; a new one says nothing of them."""

    code: Word
    device: Id
    public: PublicKey
    sealing: PublicKey
    signature: Signature
    org: Id | None = None
    station: Word = ""
    terminal: Word = ""
    practice: bool = False
    host: Word = ""
    app: Word = ""


class Enrolled(msgspec.Struct, frozen=True, kw_only=True):
    """Who the device is from now on. ``scope``: "own" for its station's cases, "all" for those of every
    station. ``person``: whose first password may be set on this machine. ``server``: the public key that
    signs heads and grants; ``sealing``: the one parcels are encrypted for. ``progress``: what the QR code
    of a receipt begins with, "" for none."""

    org: Id
    device: Id
    station: Word
    terminal: Word
    scope: Word
    person: Word
    server: PublicKey
    sealing: PublicKey
    progress: Word
    practice: bool


class Challenge(msgspec.Struct, frozen=True):
    """Something to sign; good for a minute, on any process of the centre."""

    challenge: Word


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """``signature`` over ``signing.answer(challenge, org, device)``."""

    org: Id
    device: Id
    challenge: Word
    signature: Signature


class Token(msgspec.Struct, frozen=True):
    """``Authorization: Bearer <token>`` for ``seconds`` from now."""

    token: Word
    seconds: int
