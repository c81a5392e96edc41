"""The key of the store: in the system's key store, or in a file wrapped for this machine.

Beside it always lies a second wrapping under a recovery code that is shown once and kept on paper.
The machine wrapping protects a copied or stolen file, not against somebody who works as this user.
"""

import base64
import os
import secrets
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from yekuo_desktop.office.ports import StoreTrouble

SERVICE = "yekuo-desktop"
FILE = "store.key"
KEY_BYTES = 32
LIGHT, HEAVY = (1, 8 * 1024), (3, 64 * 1024)  # argon2id passes and KiB: a machine id needs no stretching


class Slot(msgspec.Struct, frozen=True):
    """The key wrapped under one secret."""

    salt: bytes
    nonce: bytes
    sealed: bytes
    cost: tuple[int, int]


class KeyFile(msgspec.Struct, frozen=True):
    """What ``store.key`` holds. ``machine`` is None where the system's key store has the key."""

    name: str
    recovery: Slot
    machine: Slot | None = None


class KeyRing:
    """Where the key of one store is kept."""

    def __init__(self, folder: Path, machine: str) -> None:
        self._file = folder / FILE
        self._machine = machine.encode()

    def create(self) -> tuple[bytes, str]:
        """A new key, kept; and the recovery code that opens the store elsewhere."""
        key, code = secrets.token_bytes(KEY_BYTES), new_code()
        name = secrets.token_hex(8)
        system = system_key_store()
        kept = system is not None and _keep(system, name, key)
        machine = None if kept else wrap(key, self._machine, LIGHT)
        self._write(KeyFile(name, wrap(key, plain(code), HEAVY), machine))
        return key, code

    def key(self) -> bytes:
        """The key; raises ``StoreTrouble`` when this machine does not have it."""
        found = self._read()
        if found.machine is not None:
            return unwrap(found.machine, self._machine)
        system = system_key_store()
        kept = system.get_password(SERVICE, found.name) if system else None
        if not kept:
            raise StoreTrouble("系统钥匙串里没有这套数据的密钥,请用恢复码打开")
        return base64.b64decode(kept)

    def recover(self, code: str) -> bytes:
        """The key by the recovery code; from now on this machine opens the store by itself."""
        found = self._read()
        key = unwrap(found.recovery, plain(code))
        self._write(KeyFile(found.name, found.recovery, wrap(key, self._machine, LIGHT)))
        return key

    def _read(self) -> KeyFile:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=KeyFile)
        except (OSError, msgspec.MsgspecError) as error:
            raise StoreTrouble(f"密钥文件 {self._file} 不在或已损坏,请用备份或恢复码打开") from error

    def _write(self, content: KeyFile) -> None:
        beside = self._file.with_suffix(".new")
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(msgspec.json.encode(content))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._file)


def wrap(key: bytes, secret: bytes, cost: tuple[int, int]) -> Slot:
    """The key sealed under a secret."""
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    return Slot(salt, nonce, ChaCha20Poly1305(_stretched(secret, salt, cost)).encrypt(nonce, key, None), cost)


def unwrap(slot: Slot, secret: bytes) -> bytes:
    """The key; raises ``StoreTrouble`` when the secret is not the one."""
    try:
        return ChaCha20Poly1305(_stretched(secret, slot.salt, slot.cost)).decrypt(
            slot.nonce, slot.sealed, None
        )
    except InvalidTag as error:
        raise StoreTrouble("密钥打不开:这套数据属于另一台电脑,或恢复码不对") from error


def _stretched(secret: bytes, salt: bytes, cost: tuple[int, int]) -> bytes:
    return hash_secret_raw(
        secret or b"-", salt, time_cost=cost[0], memory_cost=cost[1], parallelism=1, hash_len=32, type=Type.ID
    )


def new_code() -> str:
    """Eight groups of four letters and digits without 0, 1, 8 and 9 (RFC 4648 base32): 160 bits."""
    text = base64.b32encode(secrets.token_bytes(20)).decode()
    return "-".join(text[at : at + 4] for at in range(0, 32, 4))


def plain(code: str) -> bytes:
    """A recovery code as typed, without dashes, blanks and case."""
    return "".join(sign for sign in code.upper() if sign.isalnum()).encode()


def system_key_store() -> Any:
    """The system's key store, None where there is no real one."""
    library = import_module("keyring")
    backend = library.get_keyring()
    return library if getattr(backend, "priority", 0) >= 1 else None


def _keep(system: Any, name: str, key: bytes) -> bool:
    text = base64.b64encode(key).decode()
    try:
        system.set_password(SERVICE, name, text)
        return bool(system.get_password(SERVICE, name) == text)
    except import_module("keyring.errors").KeyringError:
        return False
