"""Search over every case of the store, as somebody types; the best first, and where it was found."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from yekuo_desktop.domain.case_rows import CaseRow, Hit
from yekuo_desktop.store import derived, marking, words
from yekuo_desktop.store.engine import Connection, Values
from yekuo_desktop.store.queries import COLUMNS, NAMES, case_row

Row = tuple[Any, ...]
SHORT = 8  # no number is this short
FEW_SIGNS = 2  # of Chinese: what half a village may be called
READ = f"{COLUMNS}, searched"
ID, CUSTOMER = NAMES.index("id"), NAMES.index("customer")
NEWEST = (
    f"SELECT {READ} FROM search JOIN cases ON place = search.rowid"
    " WHERE search MATCH ? ORDER BY search.rowid DESC LIMIT ?"
)
EXACT = (
    f"SELECT {READ} FROM cases WHERE number = ? OR sheet_no = ? OR identity_number = ?"
    " OR id IN (SELECT case_id FROM sheets WHERE sheet_no = ?) ORDER BY place DESC LIMIT ?"
)
CALLED = f"SELECT {READ} FROM cases WHERE customer = ? ORDER BY place DESC LIMIT ?"


def search(connection: Connection, typed: str, limit: int) -> Sequence[CaseRow]:
    """The cases that contain what somebody typed: those with that very number, then of that very name, then
    of a name that contains it, then all others; the newest first."""
    return [case_row(row) for *row, _texts in _best(connection, typed, limit)]


def hits(connection: Connection, typed: str, limit: int) -> Sequence[Hit]:
    """The same with where they were found; what only contains the parts of a number comes last."""
    found = [
        Hit(case_row(row), marking.marks(derived.decode_texts(texts), typed))
        for *row, texts in _best(connection, typed, limit)
    ]
    return sorted(found, key=lambda hit: not hit.marks)


def _best(connection: Connection, typed: str, limit: int) -> Iterable[Row]:
    wanted, asked = typed.strip(), words.query_words(typed)
    if not asked:
        return ()
    cursor = connection.cursor()
    try:
        exact = _rows(cursor, EXACT, (*(wanted.upper(),) * 4, limit)) if len(wanted) > SHORT else ()
        named = words.name_words(wanted)
        found = _of_names(cursor, wanted, named, asked, limit) if named else ()
        rows = [*exact, *(found or _rows(cursor, NEWEST, (asked, limit)))]
    finally:
        cursor.close()
    return islice({row[ID]: row for row in rows}.values(), limit)


def _of_names(cursor: Any, wanted: str, named: str, asked: str, limit: int) -> Sequence[Row]:
    """A long text has few answers, and all of them are put in order. Of a short one there may be more than
    are asked for: then names are looked up first."""
    if len(wanted) > FEW_SIGNS:
        found = _rows(cursor, NEWEST, (asked, limit))
        if len(found) < limit:
            return sorted(found, key=lambda row: (row[CUSTOMER] != wanted, wanted not in row[CUSTOMER]))
    found = _rows(cursor, NEWEST, (named, limit))
    if len(found) == limit:
        return [*_rows(cursor, CALLED, (wanted, limit)), *found]
    found.sort(key=lambda row: bool(row[CUSTOMER] != wanted))
    return [*found, *_rows(cursor, NEWEST, (asked, limit))]


def _rows(cursor: Any, sql: str, values: Values) -> list[Row]:
    cursor.execute(sql, values)
    return list(cursor.fetchall())
