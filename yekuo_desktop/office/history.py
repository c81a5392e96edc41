"""How a case came to be what it is, and why its limits end when they end."""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.clocks import ENDED, RunningLimit, applying_limits, deadlines_of
from yekuo_desktop.domain.deadline_text import explain, remaining_text
from yekuo_desktop.domain.display import value_text
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.journal import payload_of, words
from yekuo_desktop.domain.limits import Deadline
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.acceptance.acts import Change
from yekuo_desktop.domain.stages.acceptance.fields import BY_KEY
from yekuo_desktop.domain.timelimits import Light, light
from yekuo_desktop.domain.vocabulary import STATES
from yekuo_desktop.office.desk import Desk

NOTEWORTHY_GAP = timedelta(minutes=5)


class HistoryLine(msgspec.Struct, frozen=True, kw_only=True):
    """One entry for the eye. ``gap`` says how late it was recorded, "" when at once."""

    entry: str
    stated: datetime
    recorded: datetime
    actor: str
    kind: str
    words: str
    changes: tuple[tuple[str, str, str], ...] = ()
    gap: str = ""


class LimitView(msgspec.Struct, frozen=True, kw_only=True):
    """One limit with its light and its explanation, day by day."""

    running: RunningLimit
    light: Light
    remaining: str
    explanation: tuple[str, ...]
    overdue_reason: str = ""


def history(desk: Desk, case_id: str) -> tuple[HistoryLine, ...]:
    """Every entry of a case, the oldest first."""
    organisation = desk.store.organisation()
    return tuple(
        _line(entry, organisation, desk.reference) for entry in desk.store.history(f"case:{case_id}")
    )


def _line(entry: Entry, organisation: Organisation, reference: Reference) -> HistoryLine:
    return HistoryLine(
        entry=entry.id,
        stated=entry.stated,
        recorded=entry.recorded,
        actor=organisation.person_name(entry.actor),
        kind=entry.kind,
        words=words(entry),
        changes=_changes(payload_of(entry), reference),
        gap=gap_words(entry.stated, entry.recorded),
    )


def _changes(payload: Any, reference: Reference) -> tuple[tuple[str, str, str], ...]:
    if not isinstance(payload, Change):
        return ()
    return tuple(
        (
            BY_KEY[key].label,
            value_text(BY_KEY[key], seen, reference),
            value_text(BY_KEY[key], wanted, reference),
        )
        for key, (seen, wanted) in payload.changes.items()
        if key in BY_KEY
    )


def gap_words(stated: datetime, recorded: datetime) -> str:
    """How much later than stated something was recorded: a gap is always visible."""
    gap = recorded - stated
    if gap < NOTEWORTHY_GAP:
        return ""
    minutes = int(gap.total_seconds() // 60)
    days, hours = minutes // 1440, minutes % 1440 // 60
    amount = f"{days} 天" if days else f"{hours} 小时" if hours else f"{minutes} 分钟"
    return f"补录,晚 {amount}"


def limits(desk: Desk, case: Case) -> tuple[LimitView, ...]:
    """The case's limits with lights and explanations, as of now."""
    running = {(item.limit, item.round): item for item in desk.store.limits(case.id)}
    return tuple(
        _view(desk, case, running[limit.id, at], due)
        for limit in applying_limits(case, desk.reference)
        for at, (due, _run) in enumerate(deadlines_of(case, limit, desk.reference), start=1)
        if (limit.id, at) in running
    )


def _view(desk: Desk, case: Case, running: RunningLimit, due: Deadline) -> LimitView:
    now, ended = desk.clock(), running.stopped is None and case.state in ENDED
    words = remaining_text(due, now, desk.reference.calendar, running.stopped)
    return LimitView(
        running=running,
        light=Light.GREY if ended else light(due, now, running.stopped),
        remaining=STATES[case.state] if ended else words,
        explanation=explain(due),
        overdue_reason=case.overdue_reasons.get(running.key, ""),
    )
