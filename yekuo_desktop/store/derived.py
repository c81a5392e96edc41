"""Everything derived from a case: its row, its limits, its sheets, its words for search."""

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, select, text
from sqlalchemy.dialects.sqlite import insert as upsert

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.clocks import CaseRow, RunningLimit, case_row, running_limits
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.store import moments, tables
from yekuo_desktop.store.words import index_words

encode = msgspec.json.Encoder(order="deterministic").encode
decode_case = msgspec.json.Decoder(Case).decode
decode_limit = msgspec.json.Decoder(RunningLimit).decode
MOMENTS = ("registered", "accepted", "dispatched", "delivered")


class Derived(msgspec.Struct, frozen=True):
    """What the store keeps of one case, ready to be written or compared."""

    case: dict[str, Any]
    limits: tuple[dict[str, Any], ...]
    sheets: tuple[dict[str, Any], ...]
    words: str


def derive(case: Case, reference: Reference) -> Derived:
    """All of it, from the fold alone."""
    row, running = case_row(case), running_limits(case, reference)
    return Derived(
        case=_case(case, row, running),
        limits=tuple(
            {"case_id": case.id, "limit_id": limit.limit, "content": encode(limit)} for limit in running
        ),
        sheets=tuple(_sheets(case, row)),
        words=index_words(row.searched),
    )


def _case(case: Case, row: CaseRow, running: Iterable[RunningLimit]) -> dict[str, Any]:
    columns = {c.name for c in tables.cases.columns} - {"place", "capacity", *MOMENTS}
    found = {name: getattr(row, name) for name in columns if hasattr(row, name)}
    first = min(
        (limit for limit in running if limit.due and not limit.stopped),
        key=lambda limit: moments.text(limit.due) or "",
        default=None,
    )
    live = case.state in ("open", "suspended")
    return {
        **found,
        **{name: moments.text(getattr(row, name)) for name in MOMENTS},
        "capacity": round(row.capacity * 1000),
        "due": moments.text(first.due) if first and live else None,
        "first_limit": first.limit if first and live else "",
        "content": encode(case),
    }


def _sheets(case: Case, row: CaseRow) -> Iterable[dict[str, Any]]:
    for paper in case.papers:
        yield {
            "sheet_no": paper.sheet_no,
            "case_id": case.id,
            "number": row.number,
            "customer": row.customer,
            "form": paper.form,
            "title": paper.title,
            "issued": moments.text(paper.issued),
            "issued_by": paper.issued_by,
            "seal": paper.seal,
            "reprints": paper.reprints,
            "void": paper.void,
        }


_UPSERT_CASE = upsert(tables.cases).on_conflict_do_update(
    index_elements=["id"],
    set_={
        c.name: upsert(tables.cases).excluded[c.name]
        for c in tables.cases.columns
        if c.name not in ("place", "id")
    },
)
_PLACE = select(tables.cases.c.place).where(tables.cases.c.id == bindparam("case"))
_DROP_LIMITS = delete(tables.limits).where(tables.limits.c.case_id == bindparam("case"))
_DROP_SHEETS = delete(tables.sheets).where(tables.sheets.c.case_id == bindparam("case"))
_DROP_WORDS = text("DELETE FROM search WHERE rowid = :place")
_ADD_WORDS = text("INSERT INTO search(rowid, words) VALUES (:place, :words)")


def save(connection: Connection, derived: Derived) -> None:
    """Replace what the store keeps of one case."""
    case_id = derived.case["id"]
    connection.execute(_UPSERT_CASE, derived.case)
    place = connection.execute(_PLACE, {"case": case_id}).scalar_one()
    connection.execute(_DROP_LIMITS, {"case": case_id})
    connection.execute(_DROP_SHEETS, {"case": case_id})
    if derived.limits:
        connection.execute(insert(tables.limits), list(derived.limits))
    if derived.sheets:
        connection.execute(insert(tables.sheets), list(derived.sheets))
    connection.execute(_DROP_WORDS, {"place": place})
    connection.execute(_ADD_WORDS, {"place": place, "words": derived.words})


def save_many(connection: Connection, found: list[Derived], first_place: int) -> None:
    """Write cases into emptied tables, in bulk; places count from ``first_place``."""
    if not found:
        return
    rows = [{"place": first_place + at, **derived.case} for at, derived in enumerate(found)]
    connection.execute(insert(tables.cases), rows)
    for table, parts in (
        (tables.limits, [row for derived in found for row in derived.limits]),
        (tables.sheets, [row for derived in found for row in derived.sheets]),
    ):
        if parts:
            connection.execute(insert(table), parts)
    words = [{"place": first_place + at, "words": derived.words} for at, derived in enumerate(found)]
    connection.execute(_ADD_WORDS, words)
