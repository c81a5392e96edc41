"""Sealing a parcel: encrypted for one receiver, signed by its sender. Both sides use these functions."""

import os
from collections.abc import Callable

import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from yekuo_desktop.protocol import signing
from yekuo_desktop.protocol.parcels import Sealed

INFO = b"yekuo-parcel-1"
LEVEL, NONCE = 3, 12
MOST = 512 * 1024 * 1024  # bytes of what is inside


class Unopened(Exception):
    """It is not for us, was changed on its way, or is no parcel."""


def seal(
    kind: str, org: str, device: str, content: bytes, receiver: bytes, sign: Callable[[bytes], bytes]
) -> Sealed:
    """Encrypt for the holder of the X25519 key ``receiver``; ``sign`` is the sender's. ``device``: the
    station's, whichever way it goes."""
    once, nonce = X25519PrivateKey.generate(), os.urandom(NONCE)
    ephemeral = once.public_key().public_bytes_raw()
    key = _key(once.exchange(X25519PublicKey.from_public_bytes(receiver)), ephemeral, receiver)
    packed = zstandard.compress(content, LEVEL)
    hidden = ChaCha20Poly1305(key).encrypt(nonce, packed, _about(kind, org, device))
    return Sealed(
        kind=kind,
        org=org,
        device=device,
        ephemeral=ephemeral,
        nonce=nonce,
        content=hidden,
        signature=sign(signing.parcel(org, device, hidden)),
    )


def unseal(sealed: Sealed, private: bytes, verifies: Callable[[bytes, bytes], bool]) -> bytes:
    """What is inside, for the holder of the X25519 key ``private``; ``verifies(signature, content)`` asks for
    the sender's signature. Raises ``Unopened``."""
    if not verifies(sealed.signature, signing.parcel(sealed.org, sealed.device, sealed.content)):
        raise Unopened("signature")
    own = X25519PrivateKey.from_private_bytes(private)
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(sealed.ephemeral))
        key = _key(shared, sealed.ephemeral, own.public_key().public_bytes_raw())
        about = _about(sealed.kind, sealed.org, sealed.device)
        packed = ChaCha20Poly1305(key).decrypt(sealed.nonce, sealed.content, about)
        content = zstandard.ZstdDecompressor().stream_reader(packed).read(MOST + 1)
    except (InvalidTag, ValueError, zstandard.ZstdError) as error:
        raise Unopened("content") from error
    if len(content) > MOST:
        raise Unopened("size")
    return content


def _key(shared: bytes, ephemeral: bytes, receiver: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=ephemeral + receiver, info=INFO).derive(shared)


def _about(kind: str, org: str, device: str) -> bytes:
    return "\0".join((kind, org, device)).encode()
