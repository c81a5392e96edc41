"""What a stage waits for besides its own tasks, each with a tick or the reason: the formalities before a
connection, what keeps a file from being whole."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.completeness import Discrepancy
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.archive import rounds
from yekuo_desktop.domain.stages.archive.proposals import proposed_rows
from yekuo_desktop.domain.stages.energization import readiness
from yekuo_desktop.office.desk import Desk

WHOLE = "资料齐全,签章完整,前后一致"


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """One thing a stage waits for: settled (``at`` a moment), or why not and who sees to it."""

    label: str
    ok: bool
    why: str = ""
    who: str = ""
    at: datetime | None = None


def conditions(desk: Desk, case: Case, stage: str) -> tuple[Condition, ...]:
    """Of the stages that wait for something; none of the others."""
    if case.state == "archived":
        return ()
    if stage == "energization":
        return tuple(_formalities(case, desk.reference))
    if stage == "archive":
        return tuple(_discrepancies(case, desk.reference, desk.store.organisation()))
    return ()


def _formalities(case: Case, reference: Reference) -> Iterator[Condition]:
    for each in readiness.conditions(case, reference):
        yield Condition(label=each.label, ok=each.settled is not None, why=each.why, at=each.settled)


def _discrepancies(case: Case, reference: Reference, organisation: Organisation) -> Iterator[Condition]:
    """As the papers were found in the check of this round; before it, as far as the journal knows."""
    checked = rounds.now(case, rounds.CHECKED)
    values = checked.values if checked else {"archive_items": proposed_rows(case, reference)}
    found = rounds.waiting(case, values, reference)
    if not found and checked is not None:
        yield Condition(label=WHOLE, ok=True, at=checked.stated)
    grouped: dict[tuple[str, str], list[Discrepancy]] = {}
    for doubt in found:
        grouped.setdefault((doubt.subject, doubt.who or case.project_manager), []).append(doubt)
    for (subject, who), doubts in grouped.items():
        why = ";".join(f"{doubt.wanted}:{doubt.found}" for doubt in doubts)
        yield Condition(label=subject, ok=False, why=why, who=organisation.person_name(who))
