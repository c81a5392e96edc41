"""A list before it is accepted: what is wrong with each row, what is worth a look, what is known already."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.clocks import ENDED
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.lists.reading import ListRow, ListTable
from yekuo_desktop.domain.vocabulary import STATES
from yekuo_desktop.office import accepting
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.list_files import ListFiles
from yekuo_desktop.office.list_taking import Given, Taking
from yekuo_desktop.office.listing import Progress
from yekuo_desktop.office.lists import APPLYING, ListResult, accept_list, earlier

STEP, FEW = 100, 20  # rows between two words on how far it is: looked at, taken
TELLING = ("identity_number", "address_village", "address_road", "address_estate", "address_door")


class RowCheck(msgspec.Struct, frozen=True, kw_only=True):
    """One row as it would be taken. ``known``: it was taken before, in words, "" when not; ``again``: it
    stands in the list twice, first in that row; ``problems``: its errors and warnings by field."""

    row: int
    source_row: int  # in the sheet, from 1
    values: dict[str, Any]
    manager: str = ""  # id of a person
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    known: str = ""
    again: int = 0
    left_out: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether it would be taken now."""
        return not (self.errors or self.known or self.again or self.left_out)


def answer_path(source: str, verb: str = "受理") -> str:
    """Where the answer goes: beside the list, never over a file that is there."""
    path = Path(source)
    stem = f"{path.stem}-{verb}结果"
    names = (f"{stem}{at}.xlsx" for at in ("", *(f"-{n}" for n in range(2, 1000))))
    return str(next(place for name in names if not (place := path.with_name(name)).exists()))


def check_list(
    desk: Desk,
    session: Session,
    table: ListTable,
    given: Given,
    progress: Progress,
    taking: Taking | None = None,
) -> tuple[RowCheck, ...]:
    """Look at every row as the act will; nothing is written. Applications where ``taking`` says nothing
    else."""
    taking = taking or APPLYING
    found: list[RowCheck] = []
    first: dict[str, ListRow] = {}
    start = accepting.blank(desk, session)
    sources = [taking.digest(row, given) for row in table.rows]
    for at, (row, source) in enumerate(zip(table.rows, sources, strict=True)):
        if at % STEP == 0:
            progress(at, len(table.rows))
        before = first.get(source)
        found.append(_check(desk, session, row, given, start, before.source_row if before else 0, taking))
        if not row.left_out:
            first.setdefault(source, row)
    with desk.store.unit() as unit:
        known = earlier(desk, unit, taking, dict(zip(sources, table.rows, strict=True)))
    return tuple(_known(check, known.get(source)) for check, source in zip(found, sources, strict=True))


def accept_checked(
    desk: Desk,
    session: Session,
    table: ListTable,
    given: Given,
    answer: str,
    files: ListFiles,
    told: Progress,
    taking: Taking | None = None,
) -> ListResult:
    """Take what can be taken and write the answer. Whoever stops it gets the answer of the rows that were
    done."""
    files.demand_writable(answer)

    def step(done: int, total: int) -> bool:
        if done % FEW != 1 and done != total:
            return True
        try:
            told(done, total)
        except Exception:  # whatever stops it: the list ends after this row, and what was done stays done
            return False
        return True

    taking = taking or APPLYING
    result = accept_list(desk, session, table, given, step, taking)
    files.write_answer(answer, table, result, taking.kind)
    return result


def _check(
    desk: Desk,
    session: Session,
    row: ListRow,
    given: Given,
    start: dict[str, Any],
    again: int,
    taking: Taking,
) -> RowCheck:
    values = taking.values(start, row, given)
    problems = tuple(taking.problems(desk, session, row, values, given))
    manager = taking.manager(desk, values, given) if taking.manager else ""
    errors = [p.text for p in problems if not p.warning]
    errors += [] if manager or not taking.manager else ["没有按片区找到项目经理,请指定"]
    return RowCheck(
        row=row.row,
        source_row=row.source_row,
        values=values,
        manager=manager,
        errors=tuple(errors),
        warnings=(*_warnings(problems), *_twins(desk, values)),
        again=again,
        left_out=row.left_out,
        problems=problems,
    )


def _warnings(problems: Sequence[Problem]) -> tuple[str, ...]:
    return tuple(problem.text for problem in problems if problem.warning)


def _twins(desk: Desk, values: dict[str, Any]) -> tuple[str, ...]:
    twins = accepting.duplicates(desk, values) if any(map(values.get, TELLING)) else ()
    if not twins:
        return ()
    same = "证件" if twins[0].identity_number == values.get("identity_number") else "地址"
    return (f"同一{same}已有在办业务 {twins[0].number or '(未正式受理)'}",)


def _known(check: RowCheck, case: Case | None) -> RowCheck:
    """A row that was taken before, with its number."""
    if case is None:
        return check
    words = f"编号 {case.number}" if case.number else "已登记,等待正式受理"
    return msgspec.structs.replace(check, known=words, errors=_ended(case.state), warnings=(), problems=())


def _ended(state: str) -> tuple[str, ...]:
    return (f"此前已受理,后来{STATES[state]};请在窗口重新启用或新受理",) if state in ENDED else ()
