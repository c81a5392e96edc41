"""How a case came to be what it is, and why its limits end when they end. What the reader of a case does not
see whole is masked in its past as well."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Any

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.clocks import ENDED, RunningLimit, applying_limits, deadlines_of
from yekuo_desktop.domain.deadlines.limits import Deadline
from yekuo_desktop.domain.deadlines.timelimits import Light, light
from yekuo_desktop.domain.deadlines.wording import explain, remaining_text
from yekuo_desktop.domain.display import value_text
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.field import Field, Kind
from yekuo_desktop.domain.journal import payload_of, words
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.path import TASKS, Correction
from yekuo_desktop.domain.privacy import NOTHING, Sight
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.acceptance.acts import Change
from yekuo_desktop.domain.stages.acceptance.fields import BY_KEY
from yekuo_desktop.domain.tasks import Recorded
from yekuo_desktop.domain.vocabulary import STATES
from yekuo_desktop.office.desk import Desk

NOTEWORTHY_GAP = timedelta(minutes=5)
PROSE = frozenset({Kind.TEXT, Kind.LONG_TEXT})


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
    record: str = ""  # id of the record that a correction changed
    details: tuple[tuple[str, str], ...] = ()  # of a task: label and words of every answer


class LimitView(msgspec.Struct, frozen=True, kw_only=True):
    """One limit with its light and its explanation, day by day."""

    running: RunningLimit
    light: Light
    remaining: str
    explanation: tuple[str, ...]
    overdue_reason: str = ""


class _Known(msgspec.Struct, frozen=True, kw_only=True):
    """What the words of an entry draw on: kinds of entries by id, names of people and files by id."""

    kinds: dict[str, str]
    names: dict[str, str]
    organisation: Organisation
    reference: Reference
    sight: Sight

    def text(self, field: Field, value: Any) -> str:
        """A value in words, as the reader may see it."""
        words = value_text(
            field, value, self.reference, people=self.names, masked=self.sight.masks(field, value)
        )
        return self.sight.prose(words) if field.kind in PROSE else words


def history(desk: Desk, case_id: str, sight: Sight = NOTHING) -> tuple[HistoryLine, ...]:
    """Every entry of a case, the oldest first, as somebody with that sight may read it."""
    organisation, entries = desk.store.organisation(), desk.store.history(f"case:{case_id}")
    known = _Known(
        kinds={entry.id: entry.kind for entry in entries},
        names=_names(entries, organisation),
        organisation=organisation,
        reference=desk.reference,
        sight=sight,
    )
    return tuple(_line(entry, known) for entry in entries)


def _names(entries: Sequence[Entry], organisation: Organisation) -> dict[str, str]:
    """People and files by id: both stand in values as ids."""
    files = (payload_of(entry) for entry in entries if entry.kind == "case.attached")
    people = {person.id: person.name for person in organisation.people.values()}
    return {**people, **{file.id: file.name for file in files}}


def _line(entry: Entry, known: _Known) -> HistoryLine:
    payload = payload_of(entry)
    return HistoryLine(
        entry=entry.id,
        stated=entry.stated,
        recorded=entry.recorded,
        actor=known.organisation.person_name(entry.actor),
        kind=entry.kind,
        words=known.sight.prose(words(entry)),
        changes=_changes(payload, known),
        gap=gap_words(entry.stated, entry.recorded),
        record=payload.record if isinstance(payload, Correction) else "",
        details=_details(entry.kind, payload, known) if isinstance(payload, Recorded) else (),
    )


def _details(kind: str, payload: Recorded, known: _Known) -> tuple[tuple[str, str], ...]:
    """What was recorded, in the order of the form."""
    values = payload.values
    texts = ((field.label, known.text(field, values.get(key, ""))) for key, field in _fields(kind).items())
    return tuple((name, text) for name, text in texts if text)


def _changes(payload: Any, known: _Known) -> tuple[tuple[str, str, str], ...]:
    """Label, old and new value of every field that was changed."""
    if not isinstance(payload, Change | Correction):
        return ()
    fields = BY_KEY if isinstance(payload, Change) else _fields(known.kinds.get(payload.record, ""))

    return tuple(
        change
        for key, (seen, wanted) in payload.changes.items()
        if key in fields
        for change in _change(fields[key], seen, wanted, known)
    )


def _change(field: Field, seen: Any, wanted: Any, known: _Known) -> Iterator[tuple[str, str, str]]:
    """One field; of a table each cell that differs."""
    if field.kind is not Kind.ROWS:
        yield field.label, known.text(field, seen), known.text(field, wanted)
        return
    for at, pair in enumerate(zip_longest(seen or (), wanted or ()), start=1):
        for column in field.columns:
            old, new = (known.text(column, (row or {}).get(column.key, "")) for row in pair)
            if old != new:
                yield f"{field.label} 第 {at} 行 {column.label}", old, new


def _fields(kind: str) -> dict[str, Field]:
    """By key; where low and high voltage have rows of other columns under one key, either will do."""
    return {field.key: field for field in TASKS[kind].fields} if kind in TASKS else {}


def gap_words(stated: datetime, recorded: datetime) -> str:
    """How much later than stated something was recorded: a gap is always visible."""
    gap = recorded - stated
    if gap < NOTEWORTHY_GAP:
        return ""
    minutes = int(gap.total_seconds() // 60)
    days, hours = minutes // 1440, minutes % 1440 // 60
    amount = f"{days} 天" if days else f"{hours} 小时" if hours else f"{minutes} 分钟"
    return f"补录,晚 {amount}"


def limits(desk: Desk, case: Case, *, explained: bool = True) -> tuple[LimitView, ...]:
    """The case's limits with lights and, where they are wanted, explanations, as of now."""
    running = {(item.limit, item.round): item for item in desk.store.limits(case.id)}
    return tuple(
        _view(desk, case, running[limit.id, at], due, explained=explained)
        for limit in applying_limits(case, desk.reference)
        for at, (due, _run) in enumerate(deadlines_of(case, limit, desk.reference), start=1)
        if (limit.id, at) in running
    )


def _view(desk: Desk, case: Case, running: RunningLimit, due: Deadline, *, explained: bool) -> LimitView:
    now = desk.clock()
    ended = running.stopped is None and case.state in ENDED and not running.promised
    words = remaining_text(due, now, desk.reference.calendar, running.stopped)
    return LimitView(
        running=running,
        light=Light.GREY if ended else light(due, now, running.stopped),
        remaining=STATES[case.state] if ended else words,
        explanation=explain(due) if explained else (),
        overdue_reason=case.overdue_reasons.get(running.key, ""),
    )
