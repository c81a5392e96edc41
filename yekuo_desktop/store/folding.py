"""Reading the journal case by case, with memory for one case at a time; and making everything anew."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.office_acts import fold_office
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.runtime.collector import collector_at_rest
from yekuo_desktop.runtime.later import later
from yekuo_desktop.store import lines, tables
from yekuo_desktop.store.derived import derive, save_many
from yekuo_desktop.store.engine import Connection, scalar
from yekuo_desktop.store.unit import save_organisation

with later():
    from yekuo_desktop.domain import merging

BATCH = 500
Progress = Callable[[int], Any]
Item = TypeVar("Item")


class Folded(msgspec.Struct, frozen=True):
    """A case as its entries make it; ``place`` is the seq of the first, ``last`` the last entry."""

    place: int
    case: Case
    last: Entry


class Broken(msgspec.Struct, frozen=True):
    """A case whose entries cannot be folded."""

    last: Entry
    reason: str


def folded_cases(connection: Connection) -> Iterator[Folded | Broken]:
    """Every case out of the journal, by id. A subject none of whose entries counts is no case."""
    for _, found in lines.of_cases(connection):
        folded = fold_lines(found)
        if folded is not None:
            yield folded


def fold_lines(found: Sequence[lines.Line]) -> Folded | Broken | None:
    """The case that the lines of its subject make. ``place``: where the first entry of the subject stands,
    whether it counts or not, so that a case keeps its place for good."""
    case: Case | None = None
    last: Entry | None = None
    for line in lines.counting(found):
        last = line.entry
        try:
            case = merging.fold_ruled(case, line.entry, line.verdict, line.ruling)
        except (ValueError, TypeError, AttributeError, KeyError, msgspec.MsgspecError) as error:
            return Broken(line.entry, f"流水 {line.entry.kind} 读不懂:{error}")
    if case is None or last is None:
        return None
    return Folded(min(line.place for line in found), case, last)


def fold_office_entries(connection: Connection) -> Organisation:
    """The organisation as its entries make it, as far as they count."""
    return fold_office(line.entry for line in lines.counting(lines.of_office(connection)))


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Lists of at most ``size``."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def rebuild(connection: Connection, reference: Reference, progress: Progress | None = None) -> int:
    """Empty everything derived and make it anew, in the caller's transaction. A case that cannot be
    folded is left out; ``verify`` names it."""
    _empty(connection)
    _restore_guards(connection)
    save_organisation(connection, fold_office_entries(connection))
    with _indexes_afterwards(connection), collector_at_rest():
        done = 0
        for batch in batches(folded_cases(connection), BATCH):
            good = [folded for folded in batch if isinstance(folded, Folded)]
            save_many(connection, [derive(folded.case, folded.place, reference) for folded in good])
            done += len(batch)
            if progress is not None:
                progress(done)
    return int(scalar(connection, "SELECT count(*) FROM entries"))


@contextmanager
def _indexes_afterwards(connection: Connection) -> Iterator[None]:
    """An index made at the end is sorted once and written once."""
    for name in tables.INDEXES:
        connection.execute(f"DROP INDEX IF EXISTS {name}")
    yield
    for statement in tables.INDEXES.values():
        connection.execute(statement)


def _empty(connection: Connection) -> None:
    for table in tables.DERIVED:
        connection.execute(f"DELETE FROM {table.name}")
    connection.execute("INSERT INTO search(search) VALUES ('delete-all')")


def _restore_guards(connection: Connection) -> None:
    """Put back what keeps the journal from being changed, should somebody have removed it."""
    for statement in tables.GUARDS:
        connection.execute(f"DROP TRIGGER IF EXISTS {statement.split()[2]}")
        connection.execute(statement)
