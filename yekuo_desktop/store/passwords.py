"""Password verifiers: argon2id."""

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

# OWASP Password Storage Cheat Sheet, argon2id minimum: 19 MiB, two passes, one lane. A counter computer
# signs in within 50 ms; five failures lock for a quarter of an hour.
MEMORY_KIB, PASSES = 19 * 1024, 2


class Passwords:
    """Makes and checks verifiers."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher(memory_cost=MEMORY_KIB, time_cost=PASSES, parallelism=1)

    def hash(self, password: str) -> str:
        """The verifier of a password."""
        return self._hasher.hash(password)

    def matches(self, hash_: str, password: str) -> bool:
        """Whether the password is the one."""
        try:
            return self._hasher.verify(hash_, password)
        except (Argon2Error, InvalidHashError):
            return False
