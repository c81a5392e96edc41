"""The entries that say who looked at a customer's numbers and who took a list of customers out (R24)."""

import msgspec

from yekuo_desktop.domain.field import Private
from yekuo_desktop.domain.people import Role

UNMASKED, SAVED, EXPORTED = "personal.unmasked", "personal.saved", "personal.exported"
EVERYBODY = frozenset(Role)


class Unmasked(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody saw these kinds whole of a case that does not show them to him, and why."""

    kinds: tuple[Private, ...]
    reason: str


class Saved(msgspec.Struct, frozen=True):
    """A copy of a file of the case was put outside the program."""

    attachment: str
    name: str


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """A list with personal data left the program: which, how many rows, under what file name, and why."""

    title: str
    rows: int
    file: str
    columns: tuple[str, ...]
    reason: str
