"""Tariff and power-factor standard of a plan, by category, capacity and day of acceptance
(resources/engineering.toml)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.display import number as number_text
from yekuo_desktop.domain.engineering import PowerFactor
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.survey.capacities import high, unit

SINGLE, TWO_PART = "single", "two_part"  # codes of resources/codes/tariff_systems.toml


class Choice(msgspec.Struct, frozen=True):
    """A code and why; ``free``: the customer may choose."""

    code: str
    words: str
    free: bool = False


def accepted_on(case: Case) -> date | None:
    """The day of formal acceptance, in Beijing."""
    found = case.event("accepted")
    return found.stated.astimezone(CHINA).date() if found else None


def tariff_for(case: Case, category: str, capacity: Decimal, reference: Reference) -> Choice | None:
    """单一制 or 两部制; None while category, capacity or the rule of that day is unknown."""
    day = accepted_on(case)
    rule = reference.engineering.tariff(day) if day else None
    if rule is None or not category or not capacity:
        return None
    label, text = reference.code_label("categories", category), f"{number_text(str(capacity))} {unit(case)}"
    if case.business == "temporary":
        return Choice(SINGLE, "临时用电执行单一制")
    if category not in rule.categories:
        return Choice(SINGLE, f"{label}执行单一制")
    if capacity >= rule.two_part_from_kva:
        return Choice(TWO_PART, f"{label} {text},{rule.two_part_from_kva} kVA 及以上执行两部制")
    if rule.choice_over_kva is not None and capacity > rule.choice_over_kva:
        words = f"{label} {text},{rule.choice_over_kva}~{rule.two_part_from_kva} kVA 由客户选择单一制或两部制"
        return Choice(SINGLE, words, free=True)
    return Choice(SINGLE, f"{label} {text},执行单一制")


def power_factor_for(case: Case, category: str, capacity: Decimal, reference: Reference) -> Choice | None:
    """The standard of 功率因数调整电费办法; None while category or capacity is unknown."""
    if not category or not capacity:
        return None
    rule = _first(reference.engineering.power_factors, category, capacity, high_voltage=high(case))
    return Choice(rule.standard, rule.words) if rule else None


def _first(
    rules: Iterable[PowerFactor], category: str, capacity: Decimal, *, high_voltage: bool
) -> PowerFactor | None:
    for rule in rules:
        of_category = not rule.categories or category in rule.categories
        large = capacity >= rule.from_kva and capacity > rule.over_kva
        if of_category and large and (high_voltage or not rule.high_voltage):
            return rule
    return None
