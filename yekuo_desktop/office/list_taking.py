"""What becomes of the rows of a list of cases: how a row is told from others, checked, and taken."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.lists.kinds import ListKind
from yekuo_desktop.domain.lists.reading import ListRow
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.ports import Unit

Values = dict[str, Any]


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What is said once for the whole list. ``owed`` materials are owed until ``owed_until``;
    every other required one counts as seen (original and copy) when ``seen`` is true."""

    values: dict[str, Any]
    manager: str = ""  # id of the project manager; "" proposes one by area
    seen: tuple[str, ...] = ()
    owed: tuple[str, ...] = ()
    owed_until: date | None = None


class Commit(NamedTuple):
    """What is the same for all rows of one commit. ``known``: what was taken before, by the row."""

    desk: Desk
    unit: Unit
    session: Session
    given: Given
    start: Values
    known: dict[str, Case]


class Taking(msgspec.Struct, frozen=True, kw_only=True):
    """The steps in which kinds of list differ. ``values``: the whole of a row, with what was given and what
    follows from it (its first argument is a blank form); ``elsewhere``: cases that came another way, by the
    digest of their row; ``manager``: who a row is addressed to, where that is asked."""

    kind: ListKind
    digest: Callable[[ListRow, Given], str]
    values: Callable[[Values, ListRow, Given], Values]
    problems: Callable[[Desk, Session, ListRow, Values, Given], Sequence[Problem]]
    take: Callable[[Commit, Values, str], Case]
    elsewhere: Callable[[Desk, Mapping[str, ListRow]], dict[str, Case]] = lambda _desk, _rows: {}
    manager: Callable[[Desk, Values, Given], str] | None = None
