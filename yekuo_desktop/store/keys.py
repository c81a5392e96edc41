"""The key of the store: in the system's key store, or in a file wrapped for this machine.

Beside it always lies a second wrapping under a recovery code that is shown once and kept on paper.
The machine wrapping protects a copied or stolen file, not against somebody who works as this user.
"""

import base64
import binascii
import secrets
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from yekuo_desktop.office.ports import StoreTrouble
from yekuo_desktop.store.errors import NotThere, WrongKey
from yekuo_desktop.store.marker import write_durably

SERVICE = "yekuo-desktop"
FILE, STORE = "store.key", "yekuo.db"
KEY_BYTES = 32
Cost = tuple[int, int]  # argon2id passes and KiB
LIGHT: Cost = (1, 8 * 1024)  # a machine id needs no stretching
HEAVY: Cost = (3, 64 * 1024)
GROUP = 4
LOOK_ALIKE = str.maketrans("018", "OIB")  # base32 has none of these digits
Random = Callable[[int], bytes]


class Slot(msgspec.Struct, frozen=True):
    """The key wrapped under one secret."""

    salt: bytes
    nonce: bytes
    sealed: bytes
    cost: Cost


class KeyFile(msgspec.Struct, frozen=True):
    """What ``store.key`` holds. ``machine`` is None where the system's key store has the key."""

    name: str
    recovery: Slot
    machine: Slot | None = None


class KeyRing:
    """Where the key of one store is kept."""

    def __init__(
        self, folder: Path, machine: str, *, random: Random = secrets.token_bytes, heavy: Cost = HEAVY
    ) -> None:
        self._folder = folder
        self._file = folder / FILE
        self._machine = machine.encode()
        self._random = random
        self._heavy = heavy

    def create(self) -> tuple[bytes, str]:
        """A new key, kept; and the recovery code that opens the store elsewhere. Never over the key
        of a store that exists."""
        if (self._folder / STORE).exists():
            raise StoreTrouble(f"{self._folder} 里已经有数据,不能换密钥")
        key, code = self._random(KEY_BYTES), new_code(self._random)
        name = self._random(8).hex()
        kept = _keep(system_key_store(), name, key)
        machine = None if kept else self._wrap(key, self._machine, LIGHT)
        self._write(KeyFile(name, self._wrap(key, plain(code), self._heavy), machine))
        return key, code

    def key(self) -> bytes:
        """The key; raises ``StoreTrouble`` when this machine does not have it."""
        found = self._read()
        if found.machine is not None:
            return unwrap(found.machine, self._machine)
        kept = _kept(system_key_store(), found.name)
        if kept is None:
            raise WrongKey("系统钥匙串里没有这套数据的密钥,请用恢复码打开")
        return kept

    def recover(self, code: str) -> bytes:
        """The key by the recovery code; from now on this machine opens the store by itself."""
        found = self._read()
        key = unwrap(found.recovery, plain(code))
        self._write(KeyFile(found.name, found.recovery, self._wrap(key, self._machine, LIGHT)))
        return key

    def _wrap(self, key: bytes, secret: bytes, cost: Cost) -> Slot:
        salt, nonce = self._random(16), self._random(12)
        return Slot(salt, nonce, _cipher(secret, salt, cost).encrypt(nonce, key, None), cost)

    def _read(self) -> KeyFile:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=KeyFile)
        except (OSError, msgspec.MsgspecError) as error:
            raise NotThere(f"密钥文件 {self._file} 不在或已损坏,请从备份里取回这个文件") from error

    def _write(self, content: KeyFile) -> None:
        try:
            write_durably(self._file, msgspec.json.encode(content), mode=0o600)
        except OSError as error:
            raise StoreTrouble(f"密钥文件 {self._file} 写不下来:{error.strerror}") from error


def unwrap(slot: Slot, secret: bytes) -> bytes:
    """The key; raises ``WrongKey`` when the secret is not the one."""
    try:
        return _cipher(secret, slot.salt, slot.cost).decrypt(slot.nonce, slot.sealed, None)
    except (InvalidTag, ValueError) as error:
        raise WrongKey("密钥打不开:这套数据属于另一台电脑,或恢复码不对") from error


def _cipher(secret: bytes, salt: bytes, cost: Cost) -> ChaCha20Poly1305:
    passes, memory = cost
    stretched = hash_secret_raw(
        secret or b"-",
        salt,
        time_cost=passes,
        memory_cost=memory,
        parallelism=1,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )
    return ChaCha20Poly1305(stretched)


def new_code(random: Random) -> str:
    """Eight groups of four letters and digits without 0, 1, 8 and 9 (RFC 4648 base32): 160 bits."""
    text = base64.b32encode(random(20)).decode()
    return "-".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def plain(code: str) -> bytes:
    """A recovery code as typed: without dashes, blanks and case, look-alikes forgiven."""
    return "".join(sign for sign in code.upper() if sign.isalnum()).translate(LOOK_ALIKE).encode()


def system_key_store() -> Any:
    """The system's key store, None where there is no real one."""
    library = import_module("keyring")
    try:
        return library if library.get_keyring().priority >= 1 else None
    except (RuntimeError, AttributeError):
        return None


def _keep(system: Any, name: str, key: bytes) -> bool:
    if system is None:
        return False
    try:
        system.set_password(SERVICE, name, base64.b64encode(key).decode())
    except import_module("keyring.errors").KeyringError:
        return False
    return _kept(system, name) == key


def _kept(system: Any, name: str) -> bytes | None:
    if system is None:
        return None
    try:
        return base64.b64decode(system.get_password(SERVICE, name) or "") or None
    except (import_module("keyring.errors").KeyringError, binascii.Error):
        return None
