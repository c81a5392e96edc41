"""What the rules of 营销稽查 find in a case put together for a test."""

from collections.abc import Sequence

from msgspec.structs import replace

from tests.domain.told import moment
from tests.domain.trade import ORGANISATION, reference
from yekuo_desktop.domain.case import Case, Event
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.oversight.checks import hits
from yekuo_desktop.domain.oversight.hits import Hit, Look
from yekuo_desktop.domain.reference import Reference


def found(
    case: Case,
    now: str,
    *,
    others: Sequence[Case] = (),
    entries: Sequence[Entry] = (),
    by: Reference | None = None,
) -> list[Hit]:
    """Everything found in a case at a moment ("2026-03-10" is ten o'clock)."""
    look = Look(
        case=case,
        now=moment(now),
        reference=by or reference(),
        organisation=ORGANISATION,
        others=others,
        entries=lambda: entries,
    )
    return list(hits(look))


def of(rule: str, case: Case, now: str, **more: Sequence[Case] | Sequence[Entry]) -> list[Hit]:
    """What one rule finds."""
    return [hit for hit in found(case, now, **more) if hit.rule == rule]  # type: ignore[arg-type]


def happened(case: Case, name: str, stated: str, recorded: str = "") -> Case:
    """With one more event; recorded when it is said to have happened, where nothing else is said."""
    event = Event(name, moment(stated), moment(recorded or stated), f"e-{name}")
    return replace(case, events=(*case.events, event))
