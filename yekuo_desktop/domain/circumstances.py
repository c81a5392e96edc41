"""What an application amounts to, beyond its single fields: its figures and the conditions of rules."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.field import Values
from yekuo_desktop.domain.records import facts
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.rules import CONDITIONS
from yekuo_desktop.domain.rulesets import RuleSet
from yekuo_desktop.domain.typing_aids import capacity_text

ZERO = Decimal(0)
RECORDED = tuple(CONDITIONS.keys() - {"importance", "authorised"})
HIGH_VOLTAGES = ("35kv", "110kv", "220kv", "500kv")  # codes of resources/codes/voltages.toml


def number(values: Mapping[str, Any], key: str) -> Decimal:
    """A capacity or count as a number; 0 where it is empty or not one."""
    found = capacity_text(str(values.get(key, "") or ""))
    return found if isinstance(found, Decimal) else ZERO


def total(rows: Any, key: str) -> Decimal:
    """The sum of one column of a ROWS value."""
    return sum((number(row, key) for row in rows or ()), ZERO)


def conditions(values: Values) -> frozenset[str]:
    """The circumstances of rules.CONDITIONS that this application fulfils."""
    return _conditions(values, values.get("importance", "none"))


def _conditions(values: Values, importance: Any) -> frozenset[str]:
    klass = values.get("klass", "")
    holds = (
        ("importance", importance not in ("", "none")),
        ("authorised", values.get("authorised")),
        ("organisation", klass != "lv_resident"),
        ("nonlinear", values.get("nonlinear_load")),
        ("own_supply", values.get("own_supply")),
        ("estate", values.get("business") == "batch"),
        ("receiving_works", str(klass).startswith("hv")),
        ("online", values.get("channel") == "web"),
    )
    return frozenset([name for name, true in holds if true])


def circumstances(case: Case, reference: Reference) -> frozenset[str]:
    """The same for a case on its way: what survey and plan found goes before what the application said.

    A flag or choice of a later record counts under the name of its condition.
    """
    known = facts(case)
    found = set(_conditions(case.values, known.get("importance", "none")))
    for name in RECORDED:
        if name in known:
            (found.add if known[name] is True else found.discard)(name)
    if known.get("hidden_works") is False:
        found.add("no_hidden_works")
    if known.get("supply_voltage") in HIGH_VOLTAGES:
        found.add("kv35_up")
    rules = reference.rulesets.get(case.rules)
    if rules is not None and _unreviewed(case, rules, frozenset(found)):
        found.add("no_design_review")
    return frozenset(found)


def _unreviewed(case: Case, rules: RuleSet, flags: frozenset[str]) -> bool:
    """未经设计审查的高压用户: hands its design in at completion (供电营业规则 2024)."""
    return case.klass.startswith("hv") and not rules.step_required("design_review", case.klass, flags)
