"""A list before it is accepted: what is wrong with each row, what is worth a look, what is known already."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from yekuo_desktop.domain.clocks import ENDED
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.lists.reading import ListRow, ListTable, row_digest
from yekuo_desktop.domain.vocabulary import STATES
from yekuo_desktop.office import accepting
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.list_files import ListFiles
from yekuo_desktop.office.listing import Progress
from yekuo_desktop.office.lists import (
    Given,
    ListResult,
    accept_list,
    row_manager,
    row_problems,
    row_values,
)

ANSWER = "受理结果"


class RowCheck(msgspec.Struct, frozen=True, kw_only=True):
    """One row as it would be accepted. ``number``: it was accepted before; ``again``: it stands in the
    list twice, first in that row."""

    row: int
    source_row: int  # in the sheet, from 1
    values: dict[str, Any]
    manager: str  # id of a person
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    number: str = ""
    again: int = 0

    @property
    def ready(self) -> bool:
        """Whether it would be accepted now."""
        return not (self.errors or self.number or self.again)


def answer_path(source: str) -> str:
    """Where the answer goes: beside the list, never over a file that is there."""
    path = Path(source)
    names = (f"{path.stem}-{ANSWER}{at}.xlsx" for at in ("", *(f"-{n}" for n in range(2, 1000))))
    return str(next(place for name in names if not (place := path.with_name(name)).exists()))


def check_list(
    desk: Desk, session: Session, table: ListTable, given: Given, progress: Progress
) -> tuple[RowCheck, ...]:
    """Look at every row as the act will; nothing is written."""
    found: list[RowCheck] = []
    first: dict[str, int] = {}
    start = accepting.blank(desk, session)
    for at, row in enumerate(table.rows):
        progress(at, len(table.rows))
        source = row_digest(row.values, given.values)
        found.append(_check(desk, session, row, given, start, first.get(source, 0)))
        first.setdefault(source, row.source_row)
    return tuple(_known(desk, table, given, found))


def accept_checked(
    desk: Desk,
    session: Session,
    table: ListTable,
    given: Given,
    answer: str,
    files: ListFiles,
    told: Progress,
) -> ListResult:
    """Accept what can be accepted and write the answer. Whoever stops it gets the answer of the rows
    that were done."""
    files.demand_writable(answer)

    def step(done: int, total: int) -> bool:
        try:
            told(done, total)
        except Exception:  # whatever stops it: the list ends after this row, and what was done stays done
            return False
        return True

    result = accept_list(desk, session, table, given, step)
    files.write_answer(answer, table, result)
    return result


def _check(
    desk: Desk, session: Session, row: ListRow, given: Given, start: dict[str, Any], again: int
) -> RowCheck:
    values = row_values(start, row, given)
    problems = row_problems(desk, session, row, values, given)
    manager = row_manager(desk, values, given)
    errors = [p.text for p in problems if not p.warning]
    errors += [] if manager else ["没有按片区找到项目经理,请指定"]
    return RowCheck(
        row=row.row,
        source_row=row.source_row,
        values=values,
        manager=manager,
        errors=tuple(errors),
        warnings=(*_warnings(problems), *_twins(desk, values)),
        again=again,
    )


def _warnings(problems: Sequence[Problem]) -> tuple[str, ...]:
    return tuple(problem.text for problem in problems if problem.warning)


def _twins(desk: Desk, values: dict[str, Any]) -> tuple[str, ...]:
    twins = accepting.duplicates(desk, values)
    if not twins:
        return ()
    same = "证件" if twins[0].identity_number == values.get("identity_number") else "地址"
    return (f"同一{same}已有在办业务 {twins[0].number or '(未正式受理)'}",)


def _known(desk: Desk, table: ListTable, given: Given, found: Sequence[RowCheck]) -> list[RowCheck]:
    """Rows that were accepted before, with their number; all looked up in one go."""
    with desk.store.unit() as unit:
        sources = [row_digest(row.values, given.values) for row in table.rows]
        earlier = unit.accepted_sources(sources)
    return [
        row
        if case is None
        else msgspec.structs.replace(row, number=case.number, errors=_ended(case.state), warnings=())
        for row, case in zip(found, map(earlier.get, sources), strict=True)
    ]


def _ended(state: str) -> tuple[str, ...]:
    return (f"此前已受理,后来{STATES[state]};请在窗口重新启用或新受理",) if state in ENDED else ()
