"""Rule sets: dated, named sets of limits, stages, papers and figures, read from `resources/rules/*.toml`.

A case keeps the set that was in force on the day it was accepted. A figure no source gives is absent, never
zero. Every entry carries its citation and confidence (regulations.md section 0: V, V2, M, U).
"""

import re
import tomllib
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain.deadlines.limits import EVENTS, Confidence, FirstDay, Limit, StageId
from yekuo_desktop.domain.rules import (
    CONDITIONS,
    NONE,
    STEPS,
    ArchiveItem,
    Figure,
    Licence,
    LicenceGrade,
    MaterialRule,
    PlanValidity,
    Rule,
    StageRule,
    applies,
)

__all__ = [
    "CONDITIONS",
    "STEPS",
    "ArchiveItem",
    "Figure",
    "Licence",
    "LicenceGrade",
    "MaterialRule",
    "PlanValidity",
    "RuleSet",
    "RuleSetError",
    "StageRule",
    "choose",
    "parse_ruleset",
    "parse_rulesets",
]

INHERITED = (
    "stages",
    "materials",
    "archive",
    "plan_validity",
    "licence",
    "earlier_licences",
    "ceilings",
    "ceilings_citation",
    "figures",
)
MESSAGES = {
    r"Object missing required field `(\w+)`": r"缺少 \1",
    r"Object contains unknown field `(\w+)`": r"有不认识的键 \1",
    r"Invalid enum value (.+)": r"不能是 \1",
    r"Expected `([^`]+)`, got `([^`]+)`": r"应为 \1，现为 \2",
}
MOST_REMEMBERED = 5_000
Read = TypeVar("Read", bound=msgspec.Struct)
Found = TypeVar("Found")


class RuleSetError(ValueError):
    """A rule set that cannot be used; the message is Chinese and names the key."""


class RuleSet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """One set of rules. `in_force_until` is its last day; `dates` the confidence of both days.

    `by_name_only`: taken only by an enterprise that names it. `extends`: the set to ask for stages, papers
    and figures where this document is silent; limits are never inherited. `licence`: the table licences are
    given out under; `earlier_licences`: those still in customers' hands.
    """

    id: str
    label: str
    document: str
    in_force_from: date
    in_force_until: date | None = None
    dates: Confidence = "V2"
    first_day: FirstDay
    first_day_citation: str
    citation: str
    notes: tuple[str, ...] = ()
    by_name_only: bool = False
    extends: str = ""
    limits: tuple[Limit, ...]
    stages: tuple[StageRule, ...] = ()
    materials: tuple[MaterialRule, ...] = ()
    archive: tuple[ArchiveItem, ...] = ()
    plan_validity: tuple[PlanValidity, ...] = ()
    licence: Licence | None = None
    earlier_licences: tuple[Licence, ...] = ()
    ceilings: dict[str, int] = {}
    ceilings_citation: str = ""
    figures: tuple[Figure, ...] = ()

    def in_force(self, on: date) -> bool:
        """Whether the set was in force on this day."""
        return self.in_force_from <= on and (self.in_force_until is None or on <= self.in_force_until)

    def limits_for(self, klass: str, business: str, flags: frozenset[str] = NONE) -> tuple[Limit, ...]:
        """The limits a case is held to; of several with one id, the one with the most conditions."""
        return self.once(("limits", klass, business, flags), lambda: self._limits(klass, business, flags))

    def once(self, asked: Hashable, work: Callable[[], Found]) -> Found:
        """What was asked before is known: the same few questions come with every row of a list and with
        every case that is folded anew."""
        known: dict[Hashable, Found] = self.__dict__.setdefault("known", {})
        if asked not in known:
            if len(known) >= MOST_REMEMBERED:
                known.clear()
            known[asked] = work()
        return known[asked]

    def _limits(self, klass: str, business: str, flags: frozenset[str]) -> tuple[Limit, ...]:
        chosen: dict[str, Limit] = {}
        for limit in self.limits:
            known = chosen.get(limit.id)
            if not applies(limit, klass, business, flags):
                continue
            if known is None or len(limit.when) > len(known.when):
                chosen[limit.id] = limit
        return tuple(chosen.values())

    def stages_for(self, klass: str, flags: frozenset[str] = NONE) -> tuple[StageId, ...]:
        """The stages a case of this class passes, in order."""
        rules = [rule for rule in self.stages if not rule.step]
        return tuple(rule.stage for rule in rules if applies(rule, klass, "", flags))

    def step_required(self, step: str, klass: str, flags: frozenset[str] = NONE) -> bool:
        """Whether a step (see STEPS) is demanded of such a case."""
        return any(rule.step == step and applies(rule, klass, "", flags) for rule in self.stages)

    def materials_for(
        self, klass: str, business: str, flags: frozenset[str] = NONE, stage: StageId = "acceptance"
    ) -> tuple[MaterialRule, ...]:
        """The papers the customer brings to this stage."""

        def work() -> tuple[MaterialRule, ...]:
            rules = [rule for rule in self.materials if rule.stage == stage]
            return tuple(rule for rule in rules if self._asked(rule, klass, business, flags))

        return self.once(("materials", klass, business, flags, stage), work)

    def archive_for(self, klass: str, business: str, flags: frozenset[str] = NONE) -> tuple[ArchiveItem, ...]:
        """What the finished file of such a case holds."""
        return tuple(item for item in self.archive if self._asked(item, klass, business, flags))

    def _asked(
        self, rule: MaterialRule | ArchiveItem, klass: str, business: str, flags: frozenset[str]
    ) -> bool:
        demanded = not rule.step or self.step_required(rule.step, klass, flags)
        return demanded and applies(rule, klass, business, flags)

    def plan_validity_for(self, klass: str) -> PlanValidity | None:
        """How long a plan of this class holds; None where no source says."""
        return next((rule for rule in self.plan_validity if applies(rule, klass, "", NONE)), None)

    def licences(self) -> tuple[Licence, ...]:
        """The licence tables a contractor's licence may name, the one in force first."""
        return (*([self.licence] if self.licence else []), *self.earlier_licences)

    def figure(self, id: str) -> Figure | None:
        """A figure that is no time limit of a case; None where no source gives it."""
        return next((figure for figure in self.figures if figure.id == id), None)


def choose(rulesets: Sequence[RuleSet], on: date, preferred: str = "") -> RuleSet:
    """The set a case accepted on this day keeps: the enterprise's preferred one if it was in force then,
    else the latest to come into force. Raises LookupError when there is none."""
    valid = [rules for rules in rulesets if rules.in_force(on)]
    for rules in valid:
        if rules.id == preferred:
            return rules
    general = [rules for rules in valid if not rules.by_name_only]
    if not general:
        raise LookupError(f"{on} 没有有效的规则集")
    return max(general, key=lambda rules: rules.in_force_from)


def parse_rulesets(texts: Iterable[str]) -> tuple[RuleSet, ...]:
    """All sets, those that extend another completed from it, in order of coming into force."""
    found = {rules.id: rules for rules in map(parse_ruleset, texts)}
    completed = [_completed(rules, found) for rules in found.values()]
    return tuple(sorted(completed, key=lambda rules: (rules.in_force_from, rules.id)))


def parse_ruleset(text: str) -> RuleSet:
    """Read one set. Raises RuleSetError naming the key at fault."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleSetError(f"规则文件格式有误：{error}") from error
    name = f"规则集 {table.get('id', '?')}"
    rows = table.pop("limits", [])
    limits = tuple(limit for row in rows for limit in _limits(name, row))
    rules = replace(_convert(name, {**table, "limits": []}, RuleSet), limits=limits)
    for problem in _problems(rules):
        raise RuleSetError(f"{name}：{problem}")
    return rules


def _limits(name: str, row: dict[str, Any]) -> Iterator[Limit]:
    """A row may give `amounts` by class instead of one `amount`; classes of one amount stay together."""
    amounts = row.pop("amounts", None)
    where = f"{name} 时限 {row.get('id', '?')}"
    if amounts is None:
        yield _convert(where, row, Limit)
        return
    for amount in dict.fromkeys(amounts.values()):
        classes = [klass for klass, each in amounts.items() if each == amount]
        yield _convert(where, {**row, "amount": amount, "classes": classes}, Limit)


def _convert(where: str, table: dict[str, Any], kind: type[Read]) -> Read:
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        raise RuleSetError(f"{where}：{_in_chinese(str(error))}") from error


def _in_chinese(message: str) -> str:
    what, _, path = message.partition(" - at ")
    for pattern, words in MESSAGES.items():
        what = re.sub(pattern, words, what)
    return f"{path.strip('`').removeprefix('$.')} {what}".strip()


def _problems(rules: RuleSet) -> Iterator[str]:
    """What types cannot say: known events and conditions, positive amounts, dates in order."""
    if rules.in_force_until and rules.in_force_until < rules.in_force_from:
        yield "in_force_until 早于 in_force_from"
    for limit in rules.limits:
        yield from (f"时限 {limit.id} 的 {problem}" for problem in _limit_problems(limit))
    everything: Sequence[Rule | Limit] = (*rules.limits, *rules.stages, *rules.materials, *rules.archive)
    for rule in everything:
        named = (*rule.when, *rule.unless, *(rule.any_of if isinstance(rule, Rule) else ()))
        yield from (f"没有 {flag} 这个条件（when/any_of/unless）" for flag in named if flag not in CONDITIONS)
    named_steps: list[StageRule | MaterialRule | ArchiveItem] = [
        *rules.stages,
        *rules.materials,
        *rules.archive,
    ]
    steps = [rule.step for rule in named_steps if rule.step]
    yield from (f"没有 {step} 这个步骤（step）" for step in steps if step not in STEPS)
    unproven = [item.id for item in rules.archive if not (item.form or item.material)]
    yield from (f"归档资料 {item} 没有写明由什么证明（form/material）" for item in unproven)


def _limit_problems(limit: Limit) -> Iterator[str]:
    if limit.amount <= 0:
        yield "amount 应大于零；没有依据的数字请不要填写"
    if (limit.kind == "sum") != bool(limit.parts):
        yield "parts 与 kind 不符：只有 sum 才有 parts，且必须有"
    events = [event for part in limit.parts for event in (part.starts_on, part.stops_on)]
    for event in events or (limit.starts_on, limit.stops_on):
        if event not in EVENTS:
            yield f"starts_on/stops_on/parts 中没有 {event or '空'} 这个事件"
    yield from (f"restarts_on 中没有 {event} 这个事件" for event in limit.restarts_on if event not in EVENTS)


def _completed(rules: RuleSet, found: dict[str, RuleSet], above: tuple[str, ...] = ()) -> RuleSet:
    """Fill what this set is silent about from the set it extends, itself completed the same way."""
    if not rules.extends:
        return rules
    if rules.extends not in found or rules.id in above:
        raise RuleSetError(f"规则集 {rules.id}：extends 指向的 {rules.extends} 不存在或互相引用")
    base = _completed(found[rules.extends], found, (*above, rules.id))
    return replace(rules, **{key: getattr(rules, key) or getattr(base, key) for key in INHERITED})
