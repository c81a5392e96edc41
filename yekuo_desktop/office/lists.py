"""Accepting a list of applications: every row ends as accepted or refused.

Every row is an act of its own and is refused alone; some rows share a commit, because the disk takes
longer over a commit than the program over an act. The rows of a commit share its moment, too: their clocks
begin together, and what a limit comes to is counted once. What the list does not say is given once. A row
that was accepted before is reported with its number and not accepted again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

import msgspec

from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.case import Case, Material
from yekuo_desktop.domain.clocks import ENDED
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.identities import credit_code
from yekuo_desktop.domain.lists.reading import ListRow, ListTable, row_digest
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.vocabulary import STATES
from yekuo_desktop.office import accepting
from yekuo_desktop.office.desk import Desk, Session, at_one_moment
from yekuo_desktop.office.ports import Unit
from yekuo_desktop.runtime.collector import collector_at_rest

CATEGORIES = {"lv_resident": "200", "lv_nonresident": "400"}  # 居民生活, 一般工商业 of the code table
TOGETHER = 500  # rows of one commit
SEEN = Material(original_seen=True, copies=1)
Progress = Callable[[int, int], bool]
Values = dict[str, Any]


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What is said once for the whole list. ``owed`` materials are owed until ``owed_until``;
    every other required one counts as seen (original and copy) when ``seen`` is true."""

    values: dict[str, Any]
    manager: str = ""  # id of the project manager; "" proposes one by area
    seen: tuple[str, ...] = ()
    owed: tuple[str, ...] = ()
    owed_until: date | None = None


class RowResult(msgspec.Struct, frozen=True, kw_only=True):
    """The end of one row."""

    row: int
    name: str | None
    number: str | None = None
    repeated: bool = False
    reasons: tuple[str, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether the row has a number, from this run or an earlier one."""
        return self.number is not None


class ListResult(msgspec.Struct, frozen=True, kw_only=True):
    """The end of a list. ``stopped`` says that somebody cancelled before the last row."""

    rows: tuple[RowResult, ...]
    stopped: bool = False

    @property
    def accepted(self) -> int:
        """Rows with a number."""
        return sum(row.accepted for row in self.rows)

    @property
    def refused(self) -> int:
        """Rows without one."""
        return len(self.rows) - self.accepted


def accept_list(
    desk: Desk,
    session: Session,
    table: ListTable,
    given: Given,
    progress: Progress | None = None,
) -> ListResult:
    """Accept row by row. ``progress(done, total)`` returning False stops after the current row."""
    results: list[RowResult] = []
    desk = _asking_once(desk)
    rows, going_on, start = iter(table.rows), True, accepting.blank(desk, session)
    with collector_at_rest():
        while going_on and (together := list(islice(rows, TOGETHER))):
            with desk.store.unit() as unit:
                for result in _accept_rows(desk, unit, session, together, given, start):
                    results.append(result)
                    going_on = progress is None or progress(len(results), len(table.rows))
                    if not going_on:
                        break
    return ListResult(rows=tuple(results), stopped=len(results) < len(table.rows))


def _asking_once(desk: Desk) -> Desk:
    """Every row issues the same form: its file is looked at, and kept, once for a whole list."""
    printery: Any = Once(desk.printery, "layout")
    store: Any = Once(desk.store, "put_blob")
    return msgspec.structs.replace(desk, printery=printery, store=store)


class Once:
    """A part of the desk that is asked the same question only once."""

    def __init__(self, part: Any, question: str) -> None:
        self._part = part
        setattr(self, question, cache(getattr(part, question)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._part, name)


class _Commit(NamedTuple):
    """What is the same for all rows of one commit. ``known``: what was accepted before, by the row."""

    desk: Desk
    unit: Unit
    session: Session
    given: Given
    start: Values
    known: dict[str, Case]


def _accept_rows(
    desk: Desk, unit: Unit, session: Session, rows: Sequence[ListRow], given: Given, start: Values
) -> Iterator[RowResult]:
    sources = [row_digest(row.values, given.values) for row in rows]
    known = unit.accepted_sources(sources)
    commit = _Commit(at_one_moment(desk), unit, session, given, start, known)
    for row, source in zip(rows, sources, strict=True):
        yield _accept_row(commit, row, source)


def _accept_row(commit: _Commit, row: ListRow, source: str) -> RowResult:
    desk, unit, session, given, start, known = commit
    values = row_values(start, row, given)
    name = values.get("customer_name") or None
    if row.problems:
        errors = (p for p in row_problems(desk, session, row, values, given) if not p.warning)
        return RowResult(row=row.row, name=name, reasons=_texts(errors))
    if source in known:
        return _again(row.row, name, known[source])
    try:
        with unit.attempt():
            known[source] = _accept(desk, unit, session, values, given, source)
    except Refused as refused:
        return RowResult(row=row.row, name=name, reasons=_texts(refused.problems))
    return RowResult(row=row.row, name=name, number=known[source].number)


def row_values(start: Values, row: ListRow, given: Given) -> Values:
    """The whole application of a row: what it says, what was given for the list, what follows. ``start`` is
    a blank form."""
    return _with_defaults({**start, "klass": "", **given.values, **row.values})


def row_problems(
    desk: Desk, session: Session, row: ListRow, values: dict[str, Any], given: Given
) -> tuple[Problem, ...]:
    """What could not be read in a row, and everything else that is wrong with it or worth a warning."""
    unread = {problem.field for problem in row.problems}
    checked = accepting.check(desk, session, values, _materials(desk, values, given, None))
    return (*row.problems, *(p for p in checked if p.field not in unread))


def row_manager(
    desk: Desk, values: dict[str, Any], given: Given, organisation: Organisation | None = None
) -> str:
    """The project manager of a row: the one that was named, else the one of its area."""
    proposed = None if given.manager else accepting.propose_manager(desk, values, organisation)
    return proposed.id if proposed else given.manager


def _again(row: int, name: str | None, earlier: Case) -> RowResult:
    """The same application was accepted before; one that was withdrawn since is not done."""
    if earlier.state in ENDED:
        reason = f"原编号 {earlier.number} {STATES[earlier.state]},未再受理;请在窗口重新启用或新受理"
        return RowResult(row=row, name=name, repeated=True, reasons=(reason,))
    return RowResult(row=row, name=name, number=earlier.number, repeated=True)


def _with_defaults(values: dict[str, Any]) -> dict[str, Any]:
    """What neither list nor options say follows from the identity number: a credit code is a unit's."""
    unit = credit_code(str(values.get("identity_number", ""))) is None
    klass = values["klass"] or ("lv_nonresident" if unit else "lv_resident")
    category = values.get("category") or CATEGORIES.get(klass, "")
    document = "business_licence" if unit else values.get("identity_kind", "")
    return {**values, "klass": klass, "category": category, "identity_kind": document}


def _accept(
    desk: Desk, unit: Unit, session: Session, values: dict[str, Any], given: Given, source: str
) -> Case:
    organisation = unit.organisation()
    request = accepting.Request(
        values=values,
        materials=_materials(desk, values, given, organisation),
        manager=row_manager(desk, values, given, organisation),
        source=source,
    )
    return accepting.accept_in(desk, unit, session, request).case


def _materials(
    desk: Desk, values: Mapping[str, Any], given: Given, organisation: Organisation | None
) -> dict[str, Material]:
    wanted = accepting.materials_for(desk, dict(values), organisation)
    found: dict[str, Material] = {}
    for rule in wanted:
        if rule.id in given.owed or (given.owed == ("*",) and rule.may_be_owed):
            found[rule.id] = Material(owed_until=given.owed_until)
        elif rule.id in given.seen or given.seen == ("*",):
            found[rule.id] = SEEN
    return found


def _texts(problems: Any) -> tuple[str, ...]:
    return tuple(problem.text for problem in problems)
