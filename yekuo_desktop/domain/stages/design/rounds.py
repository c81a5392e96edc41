"""The rounds of the review: papers in, opinions, one written conclusion, hand-over; again after changes."""

from collections.abc import Iterator

from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.codes import Code
from yekuo_desktop.domain.findings import Trail
from yekuo_desktop.domain.records import last, overtaken, records, since
from yekuo_desktop.domain.reference import Reference

RECEIVED, OPINED, CONCLUDED, DELIVERED = (
    "design.received",
    "design.opined",
    "design.concluded",
    "design.delivered",
)
AGREED, CHANGE = "agreed", "change"  # codes of resources/codes/design_results.toml
FINDINGS = Trail((CONCLUDED,), "design_findings", (CONCLUDED,), "design_closed")


def must_change(case: Case) -> bool:
    """Whether the newest conclusion asks for changes."""
    newest = last(case, CONCLUDED)
    return newest is not None and newest.values.get("design_result") == CHANGE


def papers_in(case: Case) -> bool:
    """Whether the papers of the present round have been received, and need not be received anew."""
    newest = last(case, RECEIVED, CONCLUDED)
    answered = newest is not None and newest.kind == CONCLUDED and must_change(case)
    return last(case, RECEIVED) is not None and not answered


def opinions(case: Case) -> tuple[Record, ...]:
    """The departments' opinions of this round, the newest of each."""
    newest = {record.values.get("design_department"): record for record in since(case, OPINED, RECEIVED)}
    return tuple(newest.values())


def silent(case: Case, reference: Reference) -> Iterator[Code]:
    """The departments that must speak in this round and have not."""
    table = reference.codes.get("design_departments")
    spoken = {record.values.get("design_department") for record in opinions(case)}
    yield from (item for item in (table.choices() if table else ()) if item.code not in spoken)


def concluded(case: Case) -> bool:
    """Whether this round has its written conclusion, and nothing it rests on must be done anew."""
    found = since(case, CONCLUDED, RECEIVED) if last(case, RECEIVED) else ()
    return bool(found) and not overtaken(case, found[-1], OPINED)


def delivered(case: Case) -> bool:
    """Whether the newest conclusion has been handed over against signature."""
    return last(case, CONCLUDED) is not None and bool(since(case, DELIVERED, CONCLUDED))


def count(case: Case) -> int:
    """How many times papers were received."""
    return len(records(case, RECEIVED))
