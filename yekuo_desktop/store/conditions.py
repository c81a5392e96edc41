"""A piece of SQL that is true or false of a case."""

from typing import Any, NamedTuple


class Condition(NamedTuple):
    """The SQL, with the values of its question marks."""

    sql: str
    values: tuple[Any, ...] = ()
