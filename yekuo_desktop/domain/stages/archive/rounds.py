"""The rounds of closing a file: checked, handed over, counted, reviewed; again from the start after the
archivist returned it or something had to be made anew."""

from collections.abc import Mapping
from typing import Any

from yekuo_desktop.domain.agreement import disagreements
from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.completeness import Discrepancy, paper_discrepancies, present
from yekuo_desktop.domain.records import last
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.archive.fields import ACCEPTED, RETURNED

CLOSED = "order.closed"
CHECKED, HANDED, COUNTED, REVIEWED = (
    "archive.checked",
    "archive.handed_over",
    "archive.counted",
    "archive.reviewed",
)


def _start(case: Case) -> int:
    """How many records belong to rounds that are over."""
    start = 0
    for at, record in enumerate(case.records, start=1):
        if record.redone:
            start = max(start, record.redone_after)
        elif record.kind == REVIEWED and record.values.get("archive_result") == RETURNED:
            start = max(start, at)
    return start


def now(case: Case, kind: str) -> Record | None:
    """The newest record of a kind in the present round."""
    found = [r for r in case.records[_start(case) :] if r.kind == kind and not r.redone]
    return found[-1] if found else None


def accepted(case: Case) -> bool:
    """Whether the archivist took the file."""
    found = now(case, REVIEWED)
    return found is not None and found.values.get("archive_result") == ACCEPTED


def last_review(case: Case) -> Record | None:
    """The archivist's newest word, of any round."""
    return last(case, REVIEWED)


def returned(case: Case) -> Record | None:
    """The archivist's last refusal, while nothing has been checked since."""
    newest = last_review(case)
    sent_back = newest is not None and newest.values.get("archive_result") == RETURNED
    return newest if sent_back and now(case, CHECKED) is None else None


def last_check(case: Case) -> Record | None:
    """The newest check of any round: a new one goes on from it."""
    checks = [record for record in case.records if record.kind == CHECKED]
    return checks[-1] if checks else None


def papers_in(values: Mapping[str, Any]) -> tuple[Mapping[str, str], ...]:
    """The papers of a check that lie in the file."""
    return tuple(row for row in values.get("archive_items") or () if present(row))


def doubts(case: Case, values: Mapping[str, Any], reference: Reference) -> tuple[Discrepancy, ...]:
    """Everything that keeps the file from being whole: papers as somebody found them, the case as it is."""
    rows = values.get("archive_items") or ()
    return (*paper_discrepancies(case, rows, reference), *disagreements(case, rows, reference))


def waiting(case: Case, values: Mapping[str, Any], reference: Reference) -> tuple[Discrepancy, ...]:
    """Those nobody has mended, nor answered in writing where that is enough."""
    answered = {
        str(row.get("matter"))
        for row in values.get("archive_answers") or ()
        if row.get("explanation") and row.get("answered_by")
    }
    found = doubts(case, values, reference)
    return tuple(each for each in found if not (each.explainable and each.text in answered))
