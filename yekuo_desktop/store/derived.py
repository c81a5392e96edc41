"""Everything derived from a case: its row, its document, its limits, its sheets, its words for search."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, bindparam, delete, insert, text
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as upsert

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.clocks import CaseRow, RunningLimit, case_row, running_limits
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.vocabulary import LIVE_STATES
from yekuo_desktop.store import moments, tables
from yekuo_desktop.store.words import index_words

encode = msgspec.json.Encoder(order="deterministic").encode
decode_case = msgspec.json.Decoder(Case).decode
decode_limit = msgspec.json.Decoder(RunningLimit).decode
decode_texts = msgspec.json.Decoder(tuple[str, ...]).decode
MOMENTS = ("registered", "accepted", "dispatched", "delivered")
THOUSAND = 1000  # capacities are kept in thousandths, without fractions
SAME = tuple(
    name
    for name in CaseRow.__struct_fields__
    if name in tables.cases.c and name not in (*MOMENTS, "capacity", "searched")
)
Values = dict[str, Any]


class Derived(msgspec.Struct, frozen=True):
    """What the store keeps of one case, ready to be written or compared, row by row."""

    place: int
    case: Values
    document: Values
    limits: tuple[Values, ...]
    sheets: tuple[Values, ...]
    words: str

    def rows(self) -> Iterable[tuple[Table, Sequence[Values]]]:
        """The rows by table."""
        return (
            (tables.cases, (self.case,)),
            (tables.documents, (self.document,)),
            (tables.limits, self.limits),
            (tables.sheets, self.sheets),
        )


def derive(case: Case, place: int, reference: Reference) -> Derived:
    """All of it, from the fold alone. ``place`` is where the first entry of the case stands."""
    row, running = case_row(case), running_limits(case, reference)
    return Derived(
        place=place,
        case=_columns(place, row, first_due(case, running)),
        document={"place": place, "content": encode(case)},
        limits=tuple(
            {"case_id": case.id, "position": at, "content": encode(limit)} for at, limit in enumerate(running)
        ),
        sheets=tuple(_sheets(case)),
        words=index_words(row.searched),
    )


def first_due(case: Case, running: Iterable[RunningLimit]) -> RunningLimit | None:
    """The limit a queue shows: not stopped, due first; a paused one where nothing is due."""
    if case.state not in LIVE_STATES:
        return None
    waiting = (limit for limit in running if limit.stopped is None)
    return min(waiting, key=lambda limit: moments.text(limit.due) or "~", default=None)


def _columns(place: int, row: CaseRow, first: RunningLimit | None) -> Values:
    found: Values = {name: getattr(row, name) for name in SAME}
    found.update((name, moments.text(getattr(row, name))) for name in MOMENTS)
    found["place"] = place
    found["capacity"] = round(row.capacity * THOUSAND)
    found["searched"] = encode(row.searched)
    found["due"] = moments.text(first.due) if first else None
    found["first_limit"] = encode(first) if first else None
    return found


def _sheets(case: Case) -> Iterable[Values]:
    for at, paper in enumerate(case.papers):
        yield {
            "case_id": case.id,
            "position": at,
            "sheet_no": paper.sheet_no,
            "form": paper.form,
            "title": paper.title,
            "issued": moments.text(paper.issued),
            "issued_by": paper.issued_by,
            "seal": paper.seal,
            "reprints": paper.reprints,
            "void": paper.void,
        }


def replacing(table: Table, key: str) -> Insert:
    """Insert a row, or replace the one of the same key."""
    statement = upsert(table)
    others = {c.name: statement.excluded[c.name] for c in table.columns if c.name != key}
    return statement.on_conflict_do_update(index_elements=[key], set_=others)


_SAVE_CASE, _SAVE_DOCUMENT = replacing(tables.cases, "place"), replacing(tables.documents, "place")
_DROP_LIMITS = delete(tables.limits).where(tables.limits.c.case_id == bindparam("case"))
_DROP_SHEETS = delete(tables.sheets).where(tables.sheets.c.case_id == bindparam("case"))
_ADD = {table: insert(table) for table in tables.DERIVED}
_DROP_WORDS = text("DELETE FROM search WHERE rowid = :place")
_ADD_WORDS = text("INSERT INTO search(rowid, words) VALUES (:place, :words)")


def save(connection: Connection, before: Case | None, meant: Derived) -> None:
    """Replace what the store keeps of one case. ``before`` is what it was at the last commit."""
    if before is None:
        return save_many(connection, [meant])
    connection.execute(_SAVE_CASE, meant.case)
    connection.execute(_SAVE_DOCUMENT, meant.document)
    connection.execute(_DROP_LIMITS, {"case": before.id})
    _add(connection, tables.limits, meant.limits)
    if len(meant.sheets) or before.papers:
        connection.execute(_DROP_SHEETS, {"case": before.id})
        _add(connection, tables.sheets, meant.sheets)
    if index_words(case_row(before).searched) != meant.words:
        connection.execute(_DROP_WORDS, {"place": meant.place})
        connection.execute(_ADD_WORDS, {"place": meant.place, "words": meant.words})
    return None


def save_many(connection: Connection, found: Sequence[Derived]) -> None:
    """Write cases the tables do not have yet, in bulk."""
    if not found:
        return
    _add(connection, tables.cases, [meant.case for meant in found])
    _add(connection, tables.documents, [meant.document for meant in found])
    _add(connection, tables.limits, [row for meant in found for row in meant.limits])
    _add(connection, tables.sheets, [row for meant in found for row in meant.sheets])
    connection.execute(_ADD_WORDS, [{"place": meant.place, "words": meant.words} for meant in found])


def _add(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    if rows:
        connection.execute(_ADD[table], list(rows))
