"""Fills the ``{key}`` places of a form's words."""

import re

from yekuo_desktop.domain.amounts import capitals
from yekuo_desktop.domain.field import Value, Values
from yekuo_desktop.paper.fonts import PAGE_MARKS, clean
from yekuo_desktop.paper.form import Cell

PLACE = re.compile(r"\{([a-z][a-z0-9_]*)(:cn)?( [^{}]+)?\}")


def fill(template: str, values: Values) -> str:
    """``template`` with each place filled; a value nobody gave is blank."""
    if "{" not in template:
        return template
    return PLACE.sub(lambda found: _value(found, values), template)


def _value(found: re.Match[str], values: Values) -> str:
    """``{key}`` is a value, ``{key:cn}`` an amount in Chinese capital figures; ``{key kW}`` a value with its
    unit, which does not stand there alone."""
    key, form, unit = found.groups()
    said = PAGE_MARKS.get(key) or words(values.get(key))
    said = capitals(said) if form else said
    return said + (unit or "") if said else ""


def words(value: Value) -> str:
    """A value as words: a list is joined by 、."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "、".join(words(part) for part in value)
    return clean(str(value))


def keys_of(cell: Cell) -> set[str]:
    """The keys of every value a cell shows."""
    return {cell.key, *places(cell.text), *places(cell.date)} - {""}


def places(template: str) -> list[str]:
    """The keys of the places."""
    return [found[1] for found in PLACE.finditer(template)]
