"""Files by the SHA-256 of their bytes, encrypted on disk, safe before anything names them."""

import hashlib
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PURPOSE = b"yekuo-blobs-1"


class Blobs:
    """A folder of encrypted files. Same bytes, same file."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._cipher = AESGCM(hashlib.blake2b(PURPOSE, key=key, digest_size=32).digest())

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

    def put(self, content: bytes) -> str:
        """Store bytes; durable when it returns."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if path.exists():
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True)
        nonce = secrets.token_bytes(12)
        beside = path.with_name(f".{secrets.token_hex(8)}")
        with beside.open("wb") as file:
            file.write(nonce + self._cipher.encrypt(nonce, content, sha256.encode()))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        _sync_folder(path.parent)
        return sha256

    def get(self, sha256: str) -> bytes | None:
        """The bytes; None when there are none or they are not what they were."""
        try:
            stored = self._path(sha256).read_bytes()
            return self._cipher.decrypt(stored[:12], stored[12:], sha256.encode())
        except (OSError, InvalidTag):
            return None


def _sync_folder(folder: Path) -> None:
    """Make the name durable too. Windows cannot open folders and does not need it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
