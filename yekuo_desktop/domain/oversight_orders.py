"""What the auditor makes of a hit: a warning order that its owner answers, or a place on the white list.

A hit is named by its ``key``: the same fact found again tomorrow has the same key, so that what was said of
it stays with it (regulations.md 5.1, R23). All of it lies in a journal; nothing of the case itself changes.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain.entries import Entry

State = Literal["open", "answered", "closed"]
STATES: dict[State, str] = {"open": "待答复", "answered": "待核实", "closed": "已办结"}


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """A warning order: what was found and the two values compared, who answers, what is demanded by when."""

    rule: str
    key: str
    subject: str
    wanted: str
    found: str
    rules: str  # the rule set it was measured by
    owner: str  # id of the person who answers
    demand: str
    due: date


class Answering(msgspec.Struct, frozen=True, kw_only=True):
    """What the owner did about it, and what proves it (id of a file or number of a document)."""

    order: str
    text: str
    evidence: str


class Judging(msgspec.Struct, frozen=True, kw_only=True):
    """What the auditor says of the answer."""

    order: str
    reason: str


class Exempting(msgspec.Struct, frozen=True, kw_only=True):
    """A hit goes on the white list until a day. ``ground``: code of the table in oversight.toml."""

    rule: str
    key: str
    subject: str
    ground: str
    reason: str
    evidence: str
    until: date


class Lifting(msgspec.Struct, frozen=True, kw_only=True):
    """A hit comes off the white list before its day."""

    exemption: str
    reason: str


class Word(msgspec.Struct, frozen=True):
    """Something said of an order: by the owner (``answer``) or the auditor."""

    answer: bool
    by: str
    at: datetime
    text: str
    evidence: str = ""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """A warning order as it stands. ``id`` is the id of the entry that opened it."""

    id: str
    what: Opening
    by: str
    at: datetime
    state: State = "open"
    said: tuple[Word, ...] = ()


class Exemption(msgspec.Struct, frozen=True, kw_only=True):
    """A place on the white list. ``lifted``: the reason, when it was taken off early."""

    id: str
    what: Exempting
    by: str
    since: datetime
    lifted: str = ""

    def holds(self, day: date) -> bool:
        """Whether it covers this day; the last day counts."""
        return not self.lifted and day <= self.what.until


class Oversight(msgspec.Struct, frozen=True):
    """All orders and exemptions of a case, or of the organisation."""

    orders: tuple[Order, ...] = ()
    exemptions: tuple[Exemption, ...] = ()

    def order(self, id_: str) -> Order | None:
        """The order of that id."""
        return next((order for order in self.orders if order.id == id_), None)

    def order_of(self, key: str) -> Order | None:
        """The newest order about a hit."""
        return next((order for order in reversed(self.orders) if order.what.key == key), None)

    def exemption_of(self, key: str, day: date) -> Exemption | None:
        """What keeps a hit on the white list on a day."""
        found = (each for each in reversed(self.exemptions) if each.what.key == key)
        return next((each for each in found if each.holds(day)), None)

    def opened(self, id_: str, what: Opening, by: str, at: datetime) -> "Oversight":
        """With one more order."""
        return replace(self, orders=(*self.orders, Order(id=id_, what=what, by=by, at=at)))

    def said(self, order: str, state: State, word: Word) -> "Oversight":
        """With something said of an order, and where that leaves it."""
        found = tuple(
            replace(each, state=state, said=(*each.said, word)) if each.id == order else each
            for each in self.orders
        )
        return replace(self, orders=found)

    def exempted(self, id_: str, what: Exempting, by: str, since: datetime) -> "Oversight":
        """With one more place on the white list."""
        return replace(self, exemptions=(*self.exemptions, Exemption(id=id_, what=what, by=by, since=since)))

    def lifted(self, what: Lifting) -> "Oversight":
        """With one place taken off the white list."""
        found = tuple(
            replace(each, lifted=what.reason) if each.id == what.exemption else each
            for each in self.exemptions
        )
        return replace(self, exemptions=found)


def _opened(known: Oversight, payload: Opening, entry: Entry) -> Oversight:
    return known.opened(entry.id, payload, entry.actor, entry.stated)


def _answered(known: Oversight, payload: Answering, entry: Entry) -> Oversight:
    word = Word(True, entry.actor, entry.stated, payload.text, payload.evidence)
    return known.said(payload.order, "answered", word)


def _returned(known: Oversight, payload: Judging, entry: Entry) -> Oversight:
    return known.said(payload.order, "open", Word(False, entry.actor, entry.stated, payload.reason))


def _closed(known: Oversight, payload: Judging, entry: Entry) -> Oversight:
    return known.said(payload.order, "closed", Word(False, entry.actor, entry.stated, payload.reason))


def _exempted(known: Oversight, payload: Exempting, entry: Entry) -> Oversight:
    return known.exempted(entry.id, payload, entry.actor, entry.stated)


def _lifted(known: Oversight, payload: Lifting, _entry: Entry) -> Oversight:
    return known.lifted(payload)


Change = Callable[[Oversight, Any, Entry], Oversight]
CHANGES: dict[str, Change] = {
    "opened": _opened,
    "answered": _answered,
    "returned": _returned,
    "closed": _closed,
    "exempted": _exempted,
    "lifted": _lifted,
}
"""What each act makes of what was known: the same beside a case and beside a station."""
PAYLOADS: dict[str, type[Any]] = {
    "opened": Opening,
    "answered": Answering,
    "returned": Judging,
    "closed": Judging,
    "exempted": Exempting,
    "lifted": Lifting,
}


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """A random draw of cases to be looked at. The same ``seed`` over the same cases draws the same again:
    ``population`` says how many there were, ``of`` which."""

    seed: str
    of: str
    population: int
    cases: tuple[str, ...]


class Drawn(msgspec.Struct, frozen=True):
    """A draw with who made it and when."""

    sample: Sample
    by: str
    at: datetime
