"""Who may put which seal on which paper, as data: kinds of seals, their sizes and users.

A sheet whose maker may not use the seal carries an empty ring, as where no picture is registered: the seal
is then put on by hand by somebody who may.
"""

import tomllib
from typing import Any

import msgspec

from yekuo_desktop.domain.organisation import Seal
from yekuo_desktop.domain.people import Person, Role

SMALLEST_MM, LARGEST_MM = 30.0, 45.0  # of a kind that is not in the table


class SealKind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of seal: diameters in millimetres, and who may use its picture."""

    name: str
    usual_mm: float
    largest_mm: float
    users: frozenset[Role]
    citation: str
    confidence: str


class SealUse(msgspec.Struct, frozen=True, kw_only=True):
    """Other users for one form."""

    form: str
    users: frozenset[Role]
    citation: str
    confidence: str


class SealRules(msgspec.Struct, frozen=True):
    """The table."""

    kinds: dict[str, SealKind] = {}
    uses: dict[str, SealUse] = {}

    def largest_mm(self, name: str) -> float:
        """The largest diameter of a seal of that name."""
        kind = self.kinds.get(name)
        return kind.largest_mm if kind else LARGEST_MM

    def usual_mm(self, name: str) -> float:
        """What such seals mostly measure."""
        kind = self.kinds.get(name)
        return kind.usual_mm if kind else 40.0

    def users(self, seal: Seal, form: str = "") -> frozenset[Role]:
        """The roles that may use its picture on that form: those named when it was registered, else those of
        the table; empty where nobody said anything, then whoever may issue the sheet may also seal it."""
        if seal.users:
            return frozenset(seal.users)
        use, kind = self.uses.get(form), self.kinds.get(seal.name)
        return use.users if use else kind.users if kind else frozenset()

    def may_use(self, seal: Seal, form: str, person: Person) -> bool:
        """Whether this person's sheets of that form carry the picture."""
        users = self.users(seal, form)
        return not users or person.may(users)


def parse_seals(text: str) -> SealRules:
    """The table in ``text``. Raises ``msgspec.ValidationError`` where it is wrong."""
    read: dict[str, Any] = tomllib.loads(text)
    kinds = msgspec.convert(read.get("kind", []), list[SealKind])
    uses = msgspec.convert(read.get("use", []), list[SealUse])
    return SealRules({kind.name: kind for kind in kinds}, {use.form: use for use in uses})
