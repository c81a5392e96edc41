"""What is signed, byte for byte: one purpose in front of each, so that no signature serves for another."""

import hashlib

from yekuo_desktop.protocol.greeting import Grant
from yekuo_desktop.protocol.pulling import Head


def enrolment(code: str, device: str, public: bytes) -> bytes:
    """By the device's key: I am ``device`` and was given ``code``."""
    return _said("enroll", code, device, public.hex())


def answer(challenge: str, org: str, device: str) -> bytes:
    """By the device's key: I am still that device."""
    return _said("answer", challenge, org, device)


def batch(org: str, device: str, incarnation: str, n: int, entry_hash: bytes) -> bytes:
    """By the device's key: this is my chain up to ``n``."""
    return _said("batch", org, device, incarnation, str(n), entry_hash.hex())


def head(said: Head) -> bytes:
    """By the centre's key: at that moment the stream stood there."""
    return _said("head", said.org, said.stream, said.epoch, str(said.seq), said.hash.hex(), said.at)


def grant(said: Grant) -> bytes:
    """By the centre's key: this person may sign in on this device until then."""
    roles = " ".join(said.roles)
    return _said("grant", said.org, said.device, said.person, roles, said.issued, said.expires)


def parcel(org: str, device: str, content: bytes) -> bytes:
    """By the sender's key: this file is mine, whole."""
    return _said("parcel", org, device, hashlib.sha256(content).hexdigest())


def _said(purpose: str, *words: str) -> bytes:
    return "\0".join((f"yekuo-{purpose}-1", *words)).encode()
