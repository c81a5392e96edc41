"""Password verifiers: argon2id with the library's defaults (RFC 9106 low-memory profile)."""

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError


class Passwords:
    """Makes and checks verifiers."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    def hash(self, password: str) -> str:
        """The verifier of a password."""
        return self._hasher.hash(password)

    def matches(self, hash_: str, password: str) -> bool:
        """Whether the password is the one."""
        try:
            return self._hasher.verify(hash_, password)
        except (Argon2Error, InvalidHashError):
            return False
