"""Search over every case of the store, as somebody types; the best first, and where it was found."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from yekuo_desktop.domain.case_rows import CaseRow, Hit
from yekuo_desktop.store import marking, words
from yekuo_desktop.store.engine import Connection, scan
from yekuo_desktop.store.queries import COLUMNS, NAMES, case_row

SHORT = 8  # no number is this short
ID = NAMES.index("id")
NEWEST = (
    f"SELECT {COLUMNS} FROM search JOIN cases ON place = search.rowid"
    " WHERE search MATCH ? ORDER BY search.rowid DESC LIMIT ?"
)
EXACT = (
    f"SELECT {COLUMNS} FROM cases WHERE number = ? OR sheet_no = ? OR identity_number = ?"
    " OR id IN (SELECT case_id FROM sheets WHERE sheet_no = ?) ORDER BY place DESC LIMIT ?"
)
CALLED = f"SELECT {COLUMNS} FROM cases WHERE customer = ? ORDER BY place DESC LIMIT ?"


def search(connection: Connection, typed: str, limit: int) -> Sequence[CaseRow]:
    """The cases that contain what somebody typed: those with that very number, then of that very name, then
    of a name that contains it, then all others; the newest first."""
    found: dict[str, tuple[Any, ...]] = {}
    for sql, values in _ways(typed, limit):
        for row in scan(connection, sql, values) if len(found) < limit else ():
            found.setdefault(row[ID], row)
    return [case_row(row) for row in islice(found.values(), limit)]


def _ways(typed: str, limit: int) -> Iterator[tuple[str, Any]]:
    """How to look for it, the best first."""
    wanted, asked = typed.strip(), words.query_words(typed)
    if not asked:
        return
    if len(wanted) > SHORT:
        yield EXACT, (*(wanted.upper(),) * 4, limit)
    if named := words.name_words(wanted):
        yield CALLED, (wanted, limit)
        yield NEWEST, (named, limit)
    yield NEWEST, (asked, limit)


def hits(connection: Connection, typed: str, limit: int) -> Sequence[Hit]:
    """What is found, with where; what only contains the parts of a number comes last."""
    found = [Hit(row, marking.marks(row.searched, typed)) for row in search(connection, typed, limit)]
    return sorted(found, key=lambda hit: not hit.marks)
