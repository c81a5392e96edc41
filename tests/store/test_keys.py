"""The key: kept by the system or in a file bound to the machine, and always behind the recovery code."""

import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from argon2 import PasswordHasher
from keyring.backend import KeyringBackend

from yekuo_desktop.office.ports import StoreTrouble
from yekuo_desktop.store.errors import NotThere, WrongKey
from yekuo_desktop.store.keys import FILE, KeyRing, plain
from yekuo_desktop.store.passwords import Passwords

CHEAP = (1, 8)
ROOT = Path(__file__).resolve().parents[2]


class Memory(KeyringBackend):
    """A key store that works, for as long as the test runs."""

    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))


@pytest.fixture
def system() -> Iterator[Memory]:
    before, memory = keyring.get_keyring(), Memory()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


def ring(folder: Path, machine: str = "machine-1") -> KeyRing:
    return KeyRing(folder, machine, heavy=CHEAP)


def test_the_file_opens_on_its_machine_and_nowhere_else(tmp_path: Path) -> None:
    key, _ = ring(tmp_path).create()
    assert ring(tmp_path).key() == key
    with pytest.raises(WrongKey, match="另一台电脑"):
        ring(tmp_path, "machine-2").key()


def test_only_the_user_may_read_the_file(tmp_path: Path) -> None:
    key, code = ring(tmp_path).create()
    file = tmp_path / FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert key not in file.read_bytes()
    assert plain(code) not in file.read_bytes()


def test_the_recovery_code_opens_elsewhere_and_binds_to_the_new_machine(tmp_path: Path) -> None:
    key, code = ring(tmp_path).create()
    assert len(code.split("-")) == 8
    typed = code.lower().replace("-", " ").replace("o", "0").replace("i", "1").replace("b", "8")
    assert ring(tmp_path, "machine-2").recover(typed) == key
    assert ring(tmp_path, "machine-2").key() == key
    assert ring(tmp_path, "machine-3").recover(code) == key  # the code stays good


def test_a_wrong_code_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    key, _ = ring(tmp_path).create()
    with pytest.raises(WrongKey, match="恢复码"):
        ring(tmp_path).recover("AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA")
    assert ring(tmp_path).key() == key


def test_a_missing_or_broken_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotThere, match=FILE):
        ring(tmp_path).key()
    (tmp_path / FILE).write_bytes(b"{")
    with pytest.raises(NotThere, match="损坏"):
        ring(tmp_path).key()


def test_the_system_keeps_the_key_where_it_can(tmp_path: Path, system: Memory) -> None:
    key, code = ring(tmp_path).create()
    assert len(system.kept) == 1
    assert ring(tmp_path, "another id").key() == key  # the machine's id plays no part
    system.kept.clear()
    with pytest.raises(WrongKey, match="钥匙串"):
        ring(tmp_path).key()
    assert ring(tmp_path).recover(code) == key
    assert ring(tmp_path).key() == key


def test_the_key_of_an_existing_store_is_never_overwritten(tmp_path: Path) -> None:
    ring(tmp_path).create()
    before = (tmp_path / FILE).read_bytes()
    (tmp_path / "yekuo.db").write_bytes(b"")
    with pytest.raises(StoreTrouble, match="已经有数据"):
        ring(tmp_path).create()
    assert (tmp_path / FILE).read_bytes() == before


def test_a_start_with_the_file_does_not_load_the_key_store_library(tmp_path: Path) -> None:
    ring(tmp_path).create()
    code = (
        "import sys; from pathlib import Path; from yekuo_desktop.store.keys import KeyRing;"
        f"KeyRing(Path({str(tmp_path)!r}), 'machine-1').key(); assert 'keyring' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_passwords_match_only_themselves() -> None:
    hasher = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    stored = hasher.hash("口令-1")
    assert hasher.matches(stored, "口令-1")
    assert not hasher.matches(stored, "口令-2")
    assert not hasher.matches("not a hash", "口令-1")
    assert stored != hasher.hash("口令-1")
