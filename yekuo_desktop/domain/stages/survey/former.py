"""Doing a task anew from what it recorded before: the former answers stand, what now follows from the
figures is said beside them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.field import filled
from yekuo_desktop.domain.tasks import Proposal


def newest(case: Case, kind: str) -> Record | None:
    """The newest record of a kind, also one that must be made anew."""
    found = [record for record in case.records if record.kind == kind]
    return found[-1] if found else None


def kept(before: Mapping[str, Any], found: Iterable[Proposal], reason: str) -> Iterator[Proposal]:
    """The former answers with what is proposed now as their reason; of anything else only the words."""
    now = {proposal.field: proposal for proposal in found}
    for key, value in before.items():
        proposal = now.pop(key, None)
        other = proposal is not None and filled(proposal.value) and proposal.value != value
        yield Proposal(key, value, f"{reason};现在的数字:{proposal.reason}" if proposal and other else reason)
    yield from (Proposal(proposal.field, None, proposal.reason) for proposal in now.values())


def completed(made: list[dict[str, str]], current: Any) -> list[dict[str, str]]:
    """The rows that are proposed; those that stand there where they say the same and more."""
    rows: list[dict[str, str]] = list(current or ())
    same = len(rows) == len(made) and all(
        now.get(key) == text for row, now in zip(made, rows, strict=True) for key, text in row.items()
    )
    return rows if same else made
