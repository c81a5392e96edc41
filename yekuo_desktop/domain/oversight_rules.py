"""What 营销稽查 checks, read from `resources/oversight.toml`: the rules with number, weight and figures, the
shortest times a stage can honestly take, and what a white list is bound to (regulations.md 5.1, 5.3)."""

import tomllib
from typing import Literal

import msgspec

from yekuo_desktop.domain.deadlines.limits import EVENTS, ClassId, Confidence

Severity = Literal["serious", "ordinary", "notice"]
Phase = Literal["before", "during", "after"]
SEVERITIES: dict[Severity, str] = {"serious": "违规", "ordinary": "一般", "notice": "提示"}
PHASES: dict[Phase, str] = {"before": "事前校验", "during": "事中预警", "after": "事后稽查"}


class OversightError(ValueError):
    """Rules that cannot be used; the message is Chinese and names the fault."""


class Cited(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where something comes from."""

    citation: str
    confidence: Confidence


class OversightRule(Cited, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule. ``entry``: what already stops it when it is recorded; ``figures``: its thresholds by name;
    ``kinds``: the kinds of entries it counts."""

    id: str
    title: str
    severity: Severity
    phases: tuple[Phase, ...]
    entry: str = ""
    figures: dict[str, int] = {}
    kinds: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Number and title."""
        return f"{self.id} {self.title}"


class Shortest(Cited, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long two events are apart at least, in calendar days (R4)."""

    label: str
    starts_on: str
    stops_on: str
    least_days: int
    classes: tuple[ClassId, ...] = ()


class Ground(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why something may stand on the white list; ``refused``: why it may not."""

    code: str
    label: str
    refused: bool = False


class ExemptionRule(Cited, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a white list is bound to; it lasts ``months`` at most."""

    months: int
    grounds: tuple[Ground, ...]

    def ground(self, code: str) -> Ground | None:
        """The ground of that code."""
        return next((ground for ground in self.grounds if ground.code == code), None)


class OversightRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of it."""

    rules: tuple[OversightRule, ...]
    shortest: tuple[Shortest, ...] = ()
    exemption: ExemptionRule

    def rule(self, id_: str) -> OversightRule | None:
        """The rule of that number; None where the county does not keep it."""
        return next((rule for rule in self.rules if rule.id == id_), None)

    def title(self, id_: str) -> str:
        """Number and title; the number alone where the rule is not kept any more."""
        found = self.rule(id_)
        return found.name if found else id_


def parse_oversight(text: str) -> OversightRules:
    """Read `oversight.toml`. Raises OversightError."""
    try:
        found = msgspec.convert(tomllib.loads(text), OversightRules)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise OversightError(f"稽查规则有误：{error}") from error
    ids = [rule.id for rule in found.rules]
    for id_ in dict.fromkeys(each for each in ids if ids.count(each) > 1):
        raise OversightError(f"稽查规则有误：{id_} 写了两次")
    for span in found.shortest:
        for event in (span.starts_on, span.stops_on):
            if event not in EVENTS:
                raise OversightError(f"稽查规则有误：{span.label}没有 {event} 这个事件")
    if found.exemption.months <= 0:
        raise OversightError("稽查规则有误：白名单月数应大于零")
    return found
