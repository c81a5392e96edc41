"""One look behind the window at a half-typed task: what is wrong, proposed, late."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.display import value_text
from yekuo_desktop.domain.field import Field, Kind, Problem, by_key, filled
from yekuo_desktop.domain.privacy import Sight
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.tasks import Proposal
from yekuo_desktop.office import tasks
from yekuo_desktop.office.desk import Desk, Session


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What the form shows beside what is typed. ``values`` are the typed ones and those that follow."""

    values: dict[str, Any]
    problems: tuple[Problem, ...]
    proposals: dict[str, Proposal]
    late: tuple[tasks.Late, ...]
    papers: tuple[str, ...]  # titles of the sheets that come with it


def look(
    desk: Desk,
    session: Session,
    case: Case,
    kind: str,
    typed: Mapping[str, Any],
    stated: datetime | None,
) -> Seen:
    """Fill in what follows from what was typed, then check it as the act will."""
    proposals = tasks.suggested(desk, session, case, kind, typed)
    fields = tasks.fields_of(case, kind)
    known = by_key(fields)
    values = {key: value for key, value in typed.items() if filled(value)}
    values |= {
        key: each.value
        for key, each in proposals.items()
        if key in known and key not in typed and filled(each.value)
    }
    asked = answered(fields, values)
    return Seen(
        values=values,
        problems=tasks.check(desk, session, case, kind, asked, stated),
        proposals={key: each for key, each in proposals.items() if key in known},
        late=tasks.missed(desk, session, case, kind, asked, stated),
        papers=tasks.papers_with(session, case, kind, asked, desk.clock()),
    )


def answered(fields: tuple[Field, ...], values: Mapping[str, Any]) -> dict[str, Any]:
    """What is recorded: the answers to the questions that are asked."""
    return {
        field.key: values[field.key]
        for field in fields
        if field.asked(values) and filled(values.get(field.key))
    }


def hint_of(proposal: Proposal, value: Any) -> str:
    """The reason of a proposal that stands in the field, or that only says something."""
    return proposal.reason if not filled(proposal.value) or proposal.value == value else ""


def offer_of(
    field: Field,
    proposal: Proposal,
    value: Any,
    reference: Reference,
    names: Mapping[str, str],
    sight: Sight,
) -> str:
    """A proposal that differs from what stands in the field, in words; "" where there is nothing to take."""
    if not filled(proposal.value) or proposal.value == value:
        return ""
    if field.kind in (Kind.ROWS, Kind.LONG_TEXT):
        return f"建议:{proposal.reason}"
    words = value_text(
        field, proposal.value, reference, people=names, masked=sight.masks(field, proposal.value)
    )
    return f"建议 {words}:{proposal.reason}"
