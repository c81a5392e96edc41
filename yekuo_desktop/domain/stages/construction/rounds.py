"""The rounds of the intermediate inspection: application, inspection with one written opinion, its hand-over;
after a failure the rectification, and the inspection again."""

from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.findings import Trail, still_open
from yekuo_desktop.domain.records import last, records, since

APPLIED, INSPECTED = "intermediate.applied", "intermediate.inspected"
DELIVERED, RECTIFIED = "intermediate.delivered", "intermediate.rectified"
TURNS = (APPLIED, INSPECTED, RECTIFIED)
FINDINGS = Trail((INSPECTED,), "intermediate_findings", (RECTIFIED,), "intermediate_closed")
PASSED = "passed"  # code of resources/codes/inspection_results.toml


def newest(case: Case) -> Record | None:
    """The step that was taken last; the hand-over of an opinion is none of them."""
    return last(case, *TURNS)


def passed(case: Case) -> bool:
    """Whether the newest inspection found everything right and nothing earlier is open (R12)."""
    found = newest(case)
    right = (
        found is not None and found.kind == INSPECTED and found.values.get("intermediate_result") == PASSED
    )
    return right and not still_open(case, FINDINGS)


def must_rectify(case: Case) -> bool:
    """Whether the newest inspection failed and something it found is open still."""
    found = last(case, APPLIED, INSPECTED)
    return found is not None and found.kind == INSPECTED and bool(still_open(case, FINDINGS))


def due(case: Case) -> bool:
    """Whether an inspection is waited for: applied for, or everything found was rectified."""
    found = newest(case)
    return found is not None and found.kind != INSPECTED and not still_open(case, FINDINGS)


def delivered(case: Case) -> bool:
    """Whether the newest opinion has been signed for."""
    return bool(since(case, DELIVERED, INSPECTED))


def count(case: Case) -> int:
    """How many inspections there were."""
    return len(records(case, INSPECTED))
