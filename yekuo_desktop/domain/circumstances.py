"""What an application amounts to, beyond its single fields: its figures and the conditions of rules."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from yekuo_desktop.domain.field import Values
from yekuo_desktop.domain.typing_aids import capacity_text

ZERO = Decimal(0)


def number(values: Mapping[str, Any], key: str) -> Decimal:
    """A capacity or count as a number; 0 where it is empty or not one."""
    found = capacity_text(str(values.get(key, "") or ""))
    return found if isinstance(found, Decimal) else ZERO


def total(rows: Any, key: str) -> Decimal:
    """The sum of one column of a ROWS value."""
    return sum((number(row, key) for row in rows or ()), ZERO)


def conditions(values: Values) -> frozenset[str]:
    """The circumstances of rules.CONDITIONS that this application fulfils."""
    holds = {
        "importance": values.get("importance", "none") not in ("", "none"),
        "authorised": bool(values.get("authorised")),
        "organisation": values.get("klass") != "lv_resident",
        "nonlinear": bool(values.get("nonlinear_load")),
        "own_supply": bool(values.get("own_supply")),
        "estate": values.get("business") == "batch",
        "receiving_works": str(values.get("klass", "")).startswith("hv"),
        "online": values.get("channel") == "web",
    }
    return frozenset(name for name, true in holds.items() if true)
