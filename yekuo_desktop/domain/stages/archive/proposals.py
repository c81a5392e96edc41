"""What the journal already says of each paper of the file, as the first answer of the check. A date on paper
is never proposed: it is compared with ours (R5), so it must be read from the paper."""

from collections.abc import Mapping

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.completeness import (
    COMPLETE,
    COPY,
    EARLIER,
    ORIGINAL,
    UNNEEDED,
    demanded,
    sealers,
    signers,
)
from yekuo_desktop.domain.filing import Evidence, evidence, filed_items, other_sheets
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.archive import rounds

Row = dict[str, str]
NOBODY: Mapping[str, str] = {}


def proposed_rows(case: Case, reference: Reference, people: Mapping[str, str] = NOBODY) -> list[Row]:
    """A row for each paper the file must or may hold, and for each sheet issued besides; what was found in
    the last check stays. ``people``: names by id, for the signatures of our own."""
    before = rounds.last_check(case)
    found = (
        {str(row.get("name")): dict(row) for row in (before.values.get("archive_items") or ())}
        if before
        else {}
    )
    items = filed_items(case, reference)
    rows = [_row(case, evidence(case, item, reference), people, found.pop(item.label, {})) for item in items]
    others = [{"name": sheet.title, "held": ORIGINAL} for sheet in other_sheets(case, reference)]
    rows += [{**row, **found.pop(row["name"], {})} for row in others]
    return [*rows, *found.values()]


def _row(case: Case, known: Evidence, people: Mapping[str, str], before: Mapping[str, str]) -> Row:
    row = {
        "name": known.item.label,
        "held": _held(known),
        "signed": _signed(known),
        "sealed": _sealed(case, known),
        "signer": "、".join(people.get(who, who) for who in known.signers.values()),
    }
    return {key: value for key, value in {**row, **before}.items() if value}


def _held(known: Evidence) -> str:
    """A sheet we issued exists as such; of the customer's paper we know how it was taken."""
    material = known.material
    if material is not None and material.held_from:
        return EARLIER
    if known.sheets:
        return ORIGINAL
    if material is not None and material.copies:
        return COPY
    if material is not None and material.scanned:
        return "electronic"
    return "" if known.known or demanded(known) else UNNEEDED


def _signed(known: Evidence) -> str:
    wanted = signers(known.item)
    if not wanted:
        return UNNEEDED
    return COMPLETE if known.signers.keys() >= set(wanted) else ""


def _sealed(case: Case, known: Evidence) -> str:
    wanted = sealers(case, known.item)
    if not wanted:
        return UNNEEDED
    return COMPLETE if known.sealers >= set(wanted) else ""
