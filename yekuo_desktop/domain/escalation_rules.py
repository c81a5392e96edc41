"""Who has to know of an overdue limit, and from when on, read from `resources/escalation.toml`
(regulations.md 5.1: a warning goes to its owner and to the audit; one that is not handled goes up)."""

import tomllib
from typing import Annotated, Literal

import msgspec

from yekuo_desktop.domain.deadlines.limits import Confidence
from yekuo_desktop.domain.people import Role

Within = Literal["station", "county"]
Days = Annotated[int, msgspec.Meta(ge=0, le=250)]


class EscalationError(ValueError):
    """Levels that cannot be used; the message is Chinese and names the fault."""


class Level(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One level. ``workdays`` after the limit ran out; sooner when nobody of the level before has answered
    within ``unanswered`` working days of being told. ``within``: whose cases its receivers are told of."""

    id: str
    label: str
    workdays: Days
    receivers: tuple[Role, ...]
    within: Within
    citation: str
    confidence: Confidence
    unanswered: Days | None = None


class EscalationRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The levels, the lowest first. ``exempt``: ids of limits that go up to nobody."""

    levels: tuple[Level, ...]
    exempt: tuple[str, ...] = ()

    def level(self, id_: str) -> Level | None:
        """The level of that id; None where the county does not keep it."""
        return next((level for level in self.levels if level.id == id_), None)


def parse_escalation(text: str) -> EscalationRules:
    """Read `escalation.toml`. Raises EscalationError."""
    try:
        found = msgspec.convert(tomllib.loads(text), EscalationRules)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise EscalationError(f"督办级别有误：{error}") from error
    ids = [level.id for level in found.levels]
    for id_ in dict.fromkeys(each for each in ids if ids.count(each) > 1):
        raise EscalationError(f"督办级别有误：{id_} 写了两次")
    if found.levels and found.levels[0].unanswered is not None:
        raise EscalationError("督办级别有误：第一级之前没有别的级别，不能写 unanswered")
    for level in found.levels:
        if not level.receivers:
            raise EscalationError(f"督办级别有误：{level.label}没有接收角色")
    return found
