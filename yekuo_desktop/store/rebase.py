"""Deciding again what is pending, on top of what the centre has ruled, and folding what it touches.

What a pending entry would come to is kept (``outlook``), so that a fold asks no rules: the same rows always
make the same case, whenever it is made anew.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.office_acts import apply_office
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.rulings import COUNTING, PLAIN, ruling_text
from yekuo_desktop.runtime.later import later
from yekuo_desktop.store import derived, lines, queries, tables
from yekuo_desktop.store.engine import Connection, first, scalar, scalars
from yekuo_desktop.store.folding import Folded, fold_lines
from yekuo_desktop.store.lines import Line
from yekuo_desktop.store.unit import CASE, save_organisation

with later():
    from yekuo_desktop.domain import merging, office_ruling

_ROW = f"SELECT {', '.join(tables.cases.columns)} FROM cases WHERE id = ?"
_DOCUMENT = "SELECT content FROM documents WHERE place = ?"
_SEEN = "SELECT seq FROM seen WHERE incarnation = ? AND n = ?"
_UNSAID = (
    "e.subject GLOB 'case:*' AND NOT EXISTS (SELECT 1 FROM log AS l WHERE l.entry = e.seq)"
    " AND NOT EXISTS (SELECT 1 FROM receipts AS r WHERE r.entry = e.seq)"
)
# Written here and not received, or of a past the centre has lost: found without walking the journal.
PENDING = (
    "SELECT e.subject FROM heads AS h LEFT JOIN chains AS c ON c.incarnation = h.incarnation"
    " CROSS JOIN entries AS e ON e.incarnation = h.incarnation"
    f" WHERE e.n > coalesce(c.acked, 0) AND e.n <= h.n AND {_UNSAID}"
    f" UNION SELECT e.subject FROM lost CROSS JOIN entries AS e ON e.seq = lost.entry WHERE {_UNSAID}"
)


class Changed(msgspec.Struct, frozen=True):
    """What a rebase came to: cases that are otherwise now, and those nothing of which counts any more."""

    cases: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def rebase(
    connection: Connection, reference: Reference, subjects: Iterable[str], *, office: bool = False
) -> Changed:
    """Decide again and fold anew the subjects a page or a receipt has touched, in the caller's commit."""
    if office:
        rebase_office(connection)
    organisation = queries.organisation(connection)
    cases: list[str] = []
    gone: list[str] = []
    new: list[derived.Derived] = []
    for subject, found in lines.of_subjects(connection, [s for s in subjects if s.startswith(CASE)]):
        case_id = subject.removeprefix(CASE)
        folded = fold_lines(redecided(connection, found, organisation, reference))
        outcome = _save(connection, case_id, found, folded, reference, new)
        if outcome == "gone":
            gone.append(case_id)
        elif outcome:
            cases.append(case_id)
    derived.save_many(connection, new)
    return Changed(tuple(cases), tuple(gone))


def pending_subjects(connection: Connection) -> list[str]:
    """The cases on which something is pending."""
    return scalars(connection, PENDING)


def _save(
    connection: Connection,
    case_id: str,
    found: Sequence[Line],
    folded: object,
    reference: Reference,
    new: list[derived.Derived],
) -> str:
    row = first(connection, _ROW, (case_id,))
    stored = dict(zip(tables.cases.columns, row, strict=True)) if row else None
    if not isinstance(folded, Folded):
        if stored is None:
            return ""
        derived.drop(connection, stored["place"], case_id)
        return "gone"
    if stored is not None and stored["place"] != folded.place:
        derived.drop(connection, stored["place"], case_id)
        stored = None
    if stored is None:
        new.append(derived.derive(folded.case, folded.place, reference))
        return "new"
    before = derived.decode_case(scalar(connection, _DOCUMENT, (folded.place,)))
    if before == folded.case:
        return ""
    meant = derived.derive(folded.case, folded.place, reference)
    derived.update(connection, stored, before, meant)
    return "changed"


# ---- deciding again -------------------------------------------------------------------------------


def redecided(
    connection: Connection, found: Sequence[Line], organisation: Organisation, reference: Reference
) -> list[Line]:
    """The lines with what the pending ones come to now; what changed is kept. Where nothing was confirmed,
    nothing has come between: the entries stand as they were decided."""
    if not any(line.pending for line in found) or all(line.pending for line in found):
        return list(found)
    case: Case | None = None
    decided: list[Line] = []
    counted = {line.place for line in lines.counting(found)}
    for line in found:
        now = line
        if line.pending:
            now = _ruled(connection, decided, line, case, organisation, reference)
            case = merging.fold_ruled(case, now.entry, now.verdict, now.ruling)
        elif line.place in counted and line.verdict in COUNTING:
            counted.discard(line.place)
            case = merging.fold_ruled(case, line.entry, line.verdict, line.ruling)
        decided.append(now)
    return decided


def _ruled(
    connection: Connection,
    before: Sequence[Line],
    line: Line,
    case: Case | None,
    organisation: Organisation,
    reference: Reference,
) -> Line:
    def seen() -> Case | None:
        folded = fold_lines(list(_as_seen(connection, before, line)))
        return folded.case if isinstance(folded, Folded) else None

    ruled = merging.rule(line.entry, case, organisation, reference, seen)
    return keep_outlook(connection, line, line._replace(verdict=ruled.verdict, ruling=ruled.ruling))


def _as_seen(connection: Connection, before: Sequence[Line], line: Line) -> Iterator[Line]:
    """What lay before the author: what had been read by then, and what this machine had written itself."""
    upto = int(scalar(connection, _SEEN, (line.entry.incarnation, line.entry.n)) or 0)
    for earlier in before:
        own = earlier.entry.incarnation == line.entry.incarnation and earlier.entry.n < line.entry.n
        if own or (not earlier.pending and earlier.seq <= upto):
            yield earlier


def keep_outlook(connection: Connection, was: Line, now: Line) -> Line:
    """Keep what a pending entry would come to, unless it simply counts."""
    if (was.verdict, was.ruling) == (now.verdict, now.ruling):
        return now
    if (now.verdict, now.ruling) == ("applied", PLAIN):
        connection.execute("DELETE FROM outlook WHERE entry = ?", (now.place,))
    else:
        row = (now.place, now.verdict, ruling_text(now.ruling))
        connection.execute(tables.outlook.replace, row)
    return now


# ---- the organisation -----------------------------------------------------------------------------


def rebase_office(connection: Connection) -> None:
    """The organisation as the centre has it, and what is pending of ours on top."""
    organisation = Organisation()
    found = lines.of_office(connection)
    alone = all(line.pending for line in found)
    counted = {line.place for line in lines.counting(found)}
    for at, line in enumerate(found):
        if line.pending and not alone:
            origin = office_ruling.Origin(founding=True, overtaken=_overtaken(connection, found[:at], line))
            ruled = office_ruling.rule_office(line.entry, organisation, origin)
            now = line._replace(verdict=ruled.verdict, ruling=ruled.ruling)
            keep_outlook(connection, line, now)
            organisation = ruled.organisation
        elif line.place in counted:
            counted.discard(line.place)
            if line.verdict in COUNTING:
                organisation = apply_office(organisation, line.entry)
    save_organisation(connection, organisation)


def _overtaken(connection: Connection, before: Iterable[Line], line: Line) -> bool:
    upto = int(scalar(connection, _SEEN, (line.entry.incarnation, line.entry.n)) or 0)
    return any(
        not earlier.pending
        and earlier.seq > upto
        and earlier.entry.subject == line.entry.subject
        and earlier.entry.device != line.entry.device
        and earlier.verdict in COUNTING
        for earlier in before
    )
