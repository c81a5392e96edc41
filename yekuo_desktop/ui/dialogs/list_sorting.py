"""The rows of a list by the pills over them, sorted behind the window: there may be many thousands."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from yekuo_desktop.domain.lists.reading import ListTable
from yekuo_desktop.office.lists import ListResult
from yekuo_desktop.ui.background import Progress
from yekuo_desktop.ui.dialogs.list_rows import ALL, BEFORE, OUT, READY, WRONG, Line
from yekuo_desktop.ui.dialogs.list_work import Checked, ListWork


class Sorted(NamedTuple):
    """All rows by the pill they are found under."""

    by: dict[str, list[Line]]
    done: bool = False  # they have their ends

    @property
    def ready(self) -> int:
        """How many can be taken now."""
        return 0 if self.done else len(self.by[READY])

    @property
    def wrong(self) -> int:
        """How many cannot."""
        return len(self.by[WRONG])


def sort_lines(lines: Sequence[Line], *, done: bool = False) -> Sorted:
    """Put each line under its pills."""
    by: dict[str, list[Line]] = {pill: [] for pill in (ALL, READY, WRONG, BEFORE, OUT)}
    for line in lines:
        by[ALL].append(line)
        by[line.kind].append(line)
    return Sorted(by, done)


NO_LINES = sort_lines(())


def with_ends(lines: Sequence[Line], result: ListResult) -> Sorted:
    """The same lines with what became of them."""
    ends = {end.row: end for end in result.rows}
    return sort_lines([line._replace(result=ends.get(line.check.row)) for line in lines], done=True)


class Looked(NamedTuple):
    """A look at all rows, sorted for the window."""

    checked: Checked
    lines: Sorted


class Taken(NamedTuple):
    """What became of the rows, sorted for the window."""

    result: ListResult
    lines: Sorted


def looking(work: ListWork, table: ListTable) -> Callable[[Progress], Looked]:
    """A look at every row."""
    look, kind = work.checking(table), work.kind

    def done(told: Progress) -> Looked:
        checked = look(told)
        return Looked(checked, sort_lines([Line(check, None, kind) for check in checked.rows]))

    return done


def taking(work: ListWork, table: ListTable, answer: str, looked: Sorted) -> Callable[[Progress], Taken]:
    """Taking what can be taken."""
    take, lines = work.taking(table, answer), looked.by[ALL]

    def done(told: Progress) -> Taken:
        result = take(told)
        return Taken(result, with_ends(lines, result))

    return done
