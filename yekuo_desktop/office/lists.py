"""Taking a list of cases: every row ends as taken or refused; and how applications are accepted from one.

Every row is an act of its own and is refused alone; some rows share a commit, because the disk takes
longer over a commit than the program over an act. The rows of a commit share its moment, too: their clocks
begin together, and what a limit comes to is counted once. What the list does not say is given once. A row
that was accepted before is reported with its number and not accepted again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any

import msgspec

from yekuo_desktop.domain.act import Refused, refuse
from yekuo_desktop.domain.case import Case, Material
from yekuo_desktop.domain.clocks import ENDED
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.identities import credit_code
from yekuo_desktop.domain.lists.kinds import APPLICATIONS
from yekuo_desktop.domain.lists.reading import ListRow, ListTable, row_digest
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.vocabulary import STATES
from yekuo_desktop.office import accepting
from yekuo_desktop.office.desk import Desk, Session, at_one_moment
from yekuo_desktop.office.list_references import REFERENCE, WAITING, of_rows, with_reference
from yekuo_desktop.office.list_taking import Commit, Given, Taking, Values
from yekuo_desktop.office.ports import Unit
from yekuo_desktop.runtime.collector import collector_at_rest

CATEGORIES = {"lv_resident": "200", "lv_nonresident": "400"}  # 居民生活, 一般工商业 of the code table
TOGETHER = 1000  # rows of one commit
SEEN = Material(original_seen=True, copies=1)
LEFT_OUT = "预览时选了不要这一行"
Progress = Callable[[int, int], bool]


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
    taking: Taking | None = None,
) -> ListResult:
    """Take row by row; applications are accepted where ``taking`` says nothing else.
    ``progress(done, total)`` returning False stops after the current row."""
    results: list[RowResult] = []
    desk, taking = _asking_once(desk), taking or APPLYING
    rows, going_on, start = iter(table.rows), True, accepting.blank(desk, session)
    with collector_at_rest():
        while going_on and (together := list(islice(rows, TOGETHER))):
            with desk.store.unit() as unit:
                commit = Commit(at_one_moment(desk), unit, session, given, start, {})
                for result in _take_rows(commit, together, taking):
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


def earlier(desk: Desk, unit: Unit, taking: Taking, rows: Mapping[str, ListRow]) -> dict[str, Case]:
    """The cases that were made of these rows before, whichever way they came."""
    found = unit.accepted_sources(list(rows))
    return {**taking.elsewhere(desk, {s: row for s, row in rows.items() if s not in found}), **found}


def _take_rows(commit: Commit, rows: Sequence[ListRow], taking: Taking) -> Iterator[RowResult]:
    sources = [taking.digest(row, commit.given) for row in rows]
    commit.known.update(earlier(commit.desk, commit.unit, taking, dict(zip(sources, rows, strict=True))))
    for row, source in zip(rows, sources, strict=True):
        yield _take_row(commit, row, source, taking)


def _take_row(commit: Commit, row: ListRow, source: str, taking: Taking) -> RowResult:
    desk, unit, session, given, start, known = commit
    values = taking.values(start, row, given)
    name = values.get("customer_name") or None
    if source in known:
        return _again(row.row, name, known[source])
    if row.left_out:
        return RowResult(row=row.row, name=name, reasons=(LEFT_OUT,))
    if row.problems:
        errors = (p for p in taking.problems(desk, session, row, values, given) if not p.warning)
        return RowResult(row=row.row, name=name, reasons=_texts(errors))
    try:
        with unit.attempt():
            known[source] = taking.take(commit, values, source)
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
        number = f"原编号 {earlier.number}" if earlier.number else "原申请"
        reason = f"{number} {STATES[earlier.state]},未再受理;请在窗口重新启用或新受理"
        return RowResult(row=row, name=name, repeated=True, reasons=(reason,))
    return RowResult(row=row, name=name, number=earlier.number, repeated=True)


def _with_defaults(values: dict[str, Any]) -> dict[str, Any]:
    """What neither list nor options say follows from the identity number: a credit code is a unit's."""
    unit = credit_code(str(values.get("identity_number", ""))) is None
    klass = values["klass"] or ("lv_nonresident" if unit else "lv_resident")
    category = values.get("category") or CATEGORIES.get(klass, "")
    document = "business_licence" if unit else values.get("identity_kind", "")
    return {**values, "klass": klass, "category": category, "identity_kind": document}


def _accept(commit: Commit, values: Values, source: str) -> Case:
    desk, unit, session, given, _start, _known = commit
    organisation = unit.organisation()
    request = accepting.Request(
        case_id=_waiting(desk, unit, values),
        values=values,
        materials=_materials(desk, values, given, organisation),
        manager=row_manager(desk, values, given, organisation),
        source=source,
    )
    return accepting.accept_in(desk, unit, session, request).case


def _waiting(desk: Desk, unit: Unit, values: Values) -> str:
    """The id of the registered application with the same number of 95598, "" for none: it is gone on with."""
    found = with_reference(desk, values)
    case = unit.case(found.id) if found is not None and found.state == WAITING else None
    if case is not None and case.number:
        raise refuse(f"95598 工单 {values[REFERENCE]} 已由本清单另一行受理,编号 {case.number}")
    return case.id if case is not None else ""


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


APPLYING = Taking(
    kind=APPLICATIONS,
    digest=lambda row, given: row_digest(row.known_by, given.values),
    values=row_values,
    problems=row_problems,
    take=_accept,
    elsewhere=lambda desk, rows: of_rows(desk, rows, waiting=False),
    manager=row_manager,
)
