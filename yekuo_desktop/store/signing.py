"""The device's own key, for signing what is issued here.

Made out of the store's key, the device and this life of the store: nothing more to keep, to lose or to copy
than the store's key itself, and a store restored from a backup as a life of its own signs as another.
"""

import hashlib
import hmac
from functools import cached_property
from importlib import import_module
from typing import Any

from yekuo_desktop.office.ports import Identity
from yekuo_desktop.runtime.later import later

with later():
    from yekuo_desktop.domain import custody

PURPOSE = b"yekuo-device-signing-1"
LIBRARY = "cryptography.hazmat.primitives.asymmetric.ed25519"


class DeviceSigner:
    """Signs and checks (Ed25519, RFC 8032). The library is loaded when the first sheet is signed."""

    def __init__(self, key: bytes, identity: Identity) -> None:
        whose = f"{identity.org}\0{identity.device}\0{identity.incarnation}".encode()
        self._seed = hmac.digest(key, PURPOSE + whose, hashlib.sha256)

    @cached_property
    def _private(self) -> Any:
        return import_module(LIBRARY).Ed25519PrivateKey.from_private_bytes(self._seed)

    @cached_property
    def public(self) -> bytes:
        """32 bytes that every station may have."""
        return bytes(self._private.public_key().public_bytes_raw())

    @cached_property
    def key(self) -> str:
        """The public key's short name."""
        return custody.key_id(self.public)

    def sign(self, content: bytes) -> bytes:
        """64 bytes, the same for the same content."""
        return bytes(self._private.sign(content))

    def verifies(self, public: bytes, signature: bytes, content: bytes) -> bool:
        """Whether the holder of that key signed exactly this."""
        return verifies(public, signature, content)


def verifies(public: bytes, signature: bytes, content: bytes) -> bool:
    """Whether the holder of that key signed exactly this."""
    try:
        import_module(LIBRARY).Ed25519PublicKey.from_public_bytes(public).verify(signature, content)
    except (ValueError, import_module("cryptography.exceptions").InvalidSignature):
        return False
    return True


class DeviceKeys:
    """The keys by which the centre knows this machine, the same through every life of its store: one to prove
    itself (Ed25519), one to open what is sealed for it (X25519, ``sealing`` its public half)."""

    def __init__(self, key: bytes, device: str) -> None:
        self._proving = hmac.digest(key, b"yekuo-device-proving-1" + device.encode(), hashlib.sha256)
        self.unsealing = hmac.digest(key, b"yekuo-device-sealing-1" + device.encode(), hashlib.sha256)

    @cached_property
    def _private(self) -> Any:
        return import_module(LIBRARY).Ed25519PrivateKey.from_private_bytes(self._proving)

    @property
    def public(self) -> bytes:
        """32 bytes the centre keeps."""
        return bytes(self._private.public_key().public_bytes_raw())

    @property
    def sealing(self) -> bytes:
        """32 bytes the centre seals answers for."""
        x25519 = import_module("cryptography.hazmat.primitives.asymmetric.x25519").X25519PrivateKey
        return bytes(x25519.from_private_bytes(self.unsealing).public_key().public_bytes_raw())

    def sign(self, content: bytes) -> bytes:
        """64 bytes."""
        return bytes(self._private.sign(content))
