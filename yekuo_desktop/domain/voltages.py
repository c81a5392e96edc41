"""Voltages of the code table as figures."""

import re

from yekuo_desktop.domain.reference import Reference

LOW = frozenset({"220v", "380v"})
"""Codes of resources/codes/voltages.toml that a low voltage customer is supplied at."""
_VOLTS = re.compile(r"([\d.]+)\s*(k?)V", re.IGNORECASE)


def kilovolts(voltage: str, reference: Reference) -> float | None:
    """The voltage of a code of resources/codes/voltages.toml in kV; None where there is none."""
    found = _VOLTS.match(reference.code_label("voltages", voltage))
    return float(found[1]) * (1 if found[2] else 0.001) if found else None
