"""A list that fills a field of rows in a form: which rows it changes there, what is wrong with each.

Nothing is written here: the rows go into the form that is open, all of them or none, and are recorded with it
by its own act. Where a kind of list has a key, a row of the form with the same key is brought up to date and
any other is added; without a key the list is the whole table. So the same list again changes nothing.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.field import Problem, Sheet, filled
from yekuo_desktop.domain.lists.kinds import IN_FORM, ListKind
from yekuo_desktop.domain.lists.reading import ListRow, ListTable
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.validate import check_field
from yekuo_desktop.office.list_check import STEP, RowCheck
from yekuo_desktop.office.list_files import ListFiles
from yekuo_desktop.office.listing import Progress
from yekuo_desktop.office.lists import LEFT_OUT, ListResult, RowResult

Row = dict[str, str]
Judge = Callable[[list[Row]], Sequence[Problem]]
MOST = 5_000  # rows: more than any form has, and than a window can show in one table
_WHICH = re.compile(r"^第 \d+ 行:?")


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """The form a list is for: ``field`` is the key of its field of rows, ``standing`` the rows it has,
    ``judge`` what it would say to others."""

    kind: ListKind
    field: str
    standing: tuple[Row, ...]
    judge: Judge
    reference: Reference
    today: date
    sheet: Sheet = Sheet.RESIDENT  # whose demands its columns follow


class Filling(msgspec.Struct, frozen=True, kw_only=True):
    """What a list comes to in a form: each of its rows, the whole table after it, and what is said of the
    table as a whole."""

    checks: tuple[RowCheck, ...]
    rows: tuple[Row, ...]
    remarks: tuple[str, ...] = ()

    @property
    def wrong(self) -> int:
        """How many rows must be mended or left out first."""
        return sum(bool(check.errors) for check in self.checks)


def fill(form: Form, table: ListTable, given: Row, progress: Progress) -> Filling:
    """Look at every row of a list and put it into the form's table; nothing may be wrong with any before the
    form takes them. Raises Refused for a list that is no form's."""
    if len(table.rows) > MOST:
        raise refuse(f"清单有 {len(table.rows)} 行,一张表单最多写入 {MOST} 行")
    target = _Target(form)
    placed = [target.place(row, given) for row in table.rows]
    said = form.judge([dict(row) for row in target.rows])
    judged = _Judging(form, frozenset(_plain(p).text for p in said if p.field == form.field))
    checks = []
    for at, check in enumerate(placed):
        if at % STEP == 0:
            progress(at, len(placed))
        checks.append(check if _settled(check) else judged.look(check, target.rows[target.where[check.row]]))
    return Filling(checks=tuple(checks), rows=tuple(target.rows), remarks=tuple(_remarks(form, said, checks)))


def _settled(check: RowCheck) -> bool:
    return bool(check.left_out or check.again or check.errors)


class _Target:
    """The table of the form as it fills; ``where`` each row of the list went."""

    def __init__(self, form: Form) -> None:
        self._kind, self._standing = form.kind, form.standing
        self.rows: list[Row] = [dict(row) for row in form.standing] if form.kind.key else []
        self.where: dict[int, int] = {}
        self._at = {key: at for at, row in enumerate(self.rows) if (key := self._key(row))}
        self._prepared = [at for at, row in enumerate(self.rows) if not self._key(row)]
        self._first: dict[Any, RowCheck] = {}

    def place(self, row: ListRow, given: Row) -> RowCheck:
        """Put one row where it belongs."""
        values = {**{key: value for key, value in given.items() if value}, **row.values}
        check = RowCheck(
            row=row.row,
            source_row=row.source_row,
            values=values,
            left_out=row.left_out,
            problems=row.problems,
        )
        key = None if row.left_out else self._key(values)
        before = self._first.setdefault(key, check) if key else check
        if row.left_out or before is not check:
            return self._twice(check, before) if before is not check else check
        return self._put(check, self._place(values, key))

    def _twice(self, check: RowCheck, before: RowCheck) -> RowCheck:
        if before.values == check.values:
            return replace(check, again=before.source_row)
        labels = {field.key: field.label for field in self._kind.fields}
        which = "、".join(labels[key] for key in self._kind.key)
        return _with(check, Problem("", f"{which}与第 {before.source_row} 行相同,其他内容不同"))

    def _put(self, check: RowCheck, at: int | None) -> RowCheck:
        place = len(self.rows) if at is None else at
        standing = self._standing[place] if place < len(self._standing) else {}
        row = {**(self.rows[place] if at is not None else {}), **check.values}
        self.rows[place : place + 1] = [row]
        self.where[check.row] = place
        same = {k: v for k, v in row.items() if v} == {k: v for k, v in standing.items() if v}
        return replace(check, known=IN_FORM) if same and not check.problems else check

    def _place(self, row: Row, key: Any) -> int | None:
        """Where the row belongs: at the one of its key, else at one that was prepared for it; None for the
        end. What is prepared has no key yet, and says nothing else than the row."""
        if key in self._at:
            return self._at[key]
        at = next((at for at in self._prepared if _agrees(self.rows[at], row)), None)
        if at is not None:
            self._prepared.remove(at)
        return at

    def _key(self, row: Row) -> Any:
        key = tuple(str(row.get(column) or "") for column in self._kind.key)
        return key if any(key) else None


class _Judging(NamedTuple):
    """What is wrong with single rows. ``whole``: what the form says of the whole table."""

    form: Form
    whole: frozenset[str]

    def look(self, check: RowCheck, row: Row) -> RowCheck:
        """A row cell by cell, then what the form says of it alone and in the whole table alike."""
        unread = {problem.field for problem in check.problems}
        own = [p for p in self._cells(row) if p.field not in unread]
        found = (*check.problems, *own)
        return _with(check, *(found or self._of_row(row)))

    def _cells(self, row: Row) -> Iterator[Problem]:
        for column in self.form.kind.fields:
            yield from check_field(column, row, self.form.sheet, self.form.reference, self.form.today)

    def _of_row(self, row: Row) -> Iterator[Problem]:
        alone = (_plain(p) for p in self.form.judge([dict(row)]) if p.field == self.form.field)
        return (replace(problem, field="") for problem in alone if problem.text in self.whole)


def _agrees(prepared: Row, row: Row) -> bool:
    return all(row.get(key) in (None, "", value) for key, value in prepared.items() if filled(value))


def _plain(problem: Problem) -> Problem:
    """A problem without the number of its row: that one stands beside it."""
    return replace(problem, text=_WHICH.sub("", problem.text))


def _with(check: RowCheck, *problems: Problem) -> RowCheck:
    return replace(
        check,
        problems=problems,
        errors=tuple(p.text for p in problems if not p.warning),
        warnings=tuple(p.text for p in problems if p.warning),
    )


def _remarks(form: Form, said: Sequence[Problem], checks: Sequence[RowCheck]) -> Iterator[str]:
    """What the form says of the whole table, and of no single row."""
    before = {problem.text for problem in form.judge([dict(row) for row in form.standing])}
    told = {problem.text for check in checks for problem in check.problems}
    for problem in said:
        cell = _WHICH.match(problem.text) is not None and problem.field == form.field
        if problem.text not in before and _plain(problem).text not in told and not cell:
            yield problem.text


def result_of(filling: Filling, kind: ListKind, *, only_looked: bool = False) -> ListResult:
    """What became of each row: all that change anything are in the form, or none."""
    why = f"清单里有 {filling.wrong} 行有问题,整张没有{kind.verb}" if filling.wrong else ""
    return ListResult(
        rows=tuple(
            _end(check, kind, f"只检查,没有{kind.verb}" if only_looked else why) for check in filling.checks
        )
    )


def _end(check: RowCheck, kind: ListKind, why_not: str) -> RowResult:
    name = str(check.values.get(kind.must) or "") or None
    reasons = (LEFT_OUT,) if check.left_out else check.errors
    if not (reasons or check.known or check.again) and why_not:
        reasons = (why_not,)
    if reasons:
        return RowResult(row=check.row, name=name, reasons=reasons)
    return RowResult(row=check.row, name=name, number="", repeated=bool(check.known or check.again))


def answer_filled(
    filling: Filling, kind: ListKind, table: ListTable, answer: str, files: ListFiles
) -> ListResult:
    """Write the answer beside the list."""
    result = result_of(filling, kind)
    files.write_answer(answer, table, result, kind)
    return result
