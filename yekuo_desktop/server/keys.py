"""The centre's secrets: one seed in a file outside the database: who has the one has not the other."""

import hashlib
import hmac
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from yekuo_desktop.server.errors import CentreTrouble

SEED = 32


class Keys:
    """Signing, sealing, and the code that makes tokens: each derived from the seed by its purpose."""

    def __init__(self, seed: bytes) -> None:
        self._seed = seed
        self._signing = Ed25519PrivateKey.from_private_bytes(self._derived(b"signing"))
        self.sealing = X25519PrivateKey.from_private_bytes(self._derived(b"sealing"))
        self._tokens = self._derived(b"tokens")
        self.public = self._signing.public_key().public_bytes_raw()
        self.sealing_public = self.sealing.public_key().public_bytes_raw()

    def _derived(self, purpose: bytes) -> bytes:
        return hmac.digest(self._seed, b"yekuo-centre-1\0" + purpose, hashlib.sha256)

    def sign(self, content: bytes) -> bytes:
        """64 bytes (Ed25519)."""
        return self._signing.sign(content)

    def signed(self, content: bytes, signature: bytes) -> bool:
        """Whether this centre signed it."""
        return signed_by(self.public, content, signature)

    def code(self, content: bytes) -> bytes:
        """32 bytes that only this centre can make."""
        return hmac.digest(self._tokens, content, hashlib.sha256)


def signed_by(public: bytes, content: bytes, signature: bytes) -> bool:
    """Whether the holder of that key signed exactly this."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def load_keys(path: Path) -> Keys:
    """The keys in a file; made, for the owner's eyes only, where there is none."""
    try:
        if not path.exists():
            _make(path)
        seed = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise CentreTrouble(f"中心密钥文件 {path} 不能用:{error}") from error
    if len(seed) != SEED:
        raise CentreTrouble(f"中心密钥文件 {path} 不完整")
    return Keys(seed)


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(os.urandom(SEED).hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(beside, path)  # two processes that start at once keep the one that came first
    except FileExistsError:
        pass
    finally:
        beside.unlink()
