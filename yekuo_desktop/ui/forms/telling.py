"""What a form makes of values and problems: whether anything was entered, which problem is told."""

from collections.abc import Iterable
from typing import Any

from yekuo_desktop.domain.field import Problem, filled


def entered(value: Any) -> bool:
    """Whether somebody entered something: a box that is not ticked says nothing yet."""
    return filled(value) and value is not False


def by_field(problems: Iterable[Problem]) -> dict[str, Problem]:
    """One problem a field, errors before warnings."""
    found: dict[str, Problem] = {}
    for problem in problems:
        known = found.get(problem.field)
        if known is None or (known.warning and not problem.warning):
            found[problem.field] = problem
    return found
