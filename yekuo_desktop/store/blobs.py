"""Files by the SHA-256 of their bytes, encrypted on disk, safe before anything names them.

Neither content nor SHA-256 can be seen without the key: the name on disk is a keyed hash.
"""

import hashlib
import hmac
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from yekuo_desktop.store.errors import DiskFull
from yekuo_desktop.store.marker import write_durably

NONCE = 12
Sight = tuple[int, int]  # when a file was written, and its size
SMALL = 64 * 1024  # bytes: the layouts of sheets are put with every sheet


class Blobs:
    """A folder of encrypted files. Same bytes, same file."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._cipher = AESGCM(hmac.digest(key, b"yekuo-blob-content-1", hashlib.sha256))
        self._names: dict[str, str] = {}
        self._digests: dict[bytes, str] = {}
        self._whole: dict[str, Sight | None] = {}  # what this process has found whole, as it was then
        self._naming = hmac.digest(key, b"yekuo-blob-name-1", hashlib.sha256)

    def _path(self, sha256: str) -> Path:
        name = hmac.digest(self._naming, sha256.encode(), hashlib.sha256).hex()
        return self._folder / name[:2] / name

    def place(self, sha256: str) -> Path:
        """Where it lies, if it does."""
        return self._path(sha256)

    def _nonce(self, sha256: str) -> bytes:
        """One nonce per content, and the content never changes: no nonce serves twice."""
        return hmac.digest(self._naming, b"nonce" + sha256.encode(), hashlib.sha256)[:NONCE]

    def _sight(self, sha256: str) -> Sight | None:
        if sha256 not in self._names:
            self._names[sha256] = str(self._path(sha256))
        try:
            seen = os.stat(self._names[sha256])
        except OSError:
            return None
        return seen.st_mtime_ns, seen.st_size

    def put(self, content: bytes) -> str:
        """Store bytes; durable when it returns. A damaged file is written anew."""
        sha256 = self._digests.get(content) or hashlib.sha256(content).hexdigest()
        if sha256 in self._whole and self._whole[sha256] == self._sight(sha256):
            return sha256
        if self.get(sha256) is None:
            self._write(sha256, content)
        if len(content) <= SMALL:
            self._whole[sha256] = self._sight(sha256)
            self._digests[content] = sha256
        return sha256

    def _write(self, sha256: str, content: bytes) -> None:
        path, nonce = self._path(sha256), self._nonce(sha256)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_durably(path, nonce + self._cipher.encrypt(nonce, content, sha256.encode()))
        except OSError as error:
            raise DiskFull(f"附件没有存下来:{error.strerror}。请检查磁盘后重试") from error

    def size(self, sha256: str) -> int:
        """Bytes on the disk; 0 where there is no such file."""
        seen = self._sight(sha256)
        return seen[1] if seen else 0

    def get(self, sha256: str) -> bytes | None:
        """The bytes; None when there are none or they are not what they were."""
        try:
            stored = self._path(sha256).read_bytes()
            return self._cipher.decrypt(stored[:NONCE], stored[NONCE:], sha256.encode())
        except (OSError, InvalidTag, ValueError):
            return None
