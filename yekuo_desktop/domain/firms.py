"""Design, building and testing units of the public list. The enterprise names none (三不指定,
国能发监管〔2020〕65号): whoever sees the list sees all of it, in an order drawn anew for each case."""

import hashlib
from collections.abc import Iterable
from datetime import date

import msgspec

KINDS = {"designer": "设计单位", "builder": "施工单位", "tester": "试验单位"}


class Firm(msgspec.Struct, frozen=True, kw_only=True):
    """One unit on the public list, with the paper that qualifies it."""

    id: str
    kind: str  # of KINDS
    name: str
    grade: str = ""
    certificate: str = ""  # number of the qualification or licence
    valid_until: date | None = None
    phone: str = ""
    listed: bool = True


def in_random_order(firms: Iterable[Firm], kind: str, draw: str) -> tuple[Firm, ...]:
    """Every listed unit of a kind. The order follows from ``draw`` (the id of the case) and nothing else,
    so that it can be shown later how the list stood before the customer."""

    def lot(firm: Firm) -> str:
        return hashlib.sha256(f"{draw}:{firm.id}".encode()).hexdigest()

    return tuple(sorted((f for f in firms if f.kind == kind and f.listed), key=lot))


def shown(firms: Iterable[Firm]) -> str:
    """The list as the customer saw it, in words."""
    return "、".join(f"{at}.{firm.name}" for at, firm in enumerate(firms, start=1))


def named(firms: Iterable[Firm], kind: str, name: str) -> Firm | None:
    """The listed unit of that name."""
    return next((f for f in firms if f.kind == kind and f.listed and f.name == name.strip()), None)
