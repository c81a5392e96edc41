"""R1, R2, R3, R4, R21, T1, T2: times that cannot be, are too near, came too late or were changed."""

from collections.abc import Iterator

import msgspec

from yekuo_desktop.domain.agreement import MILESTONES
from yekuo_desktop.domain.case import Record
from yekuo_desktop.domain.completeness import Discrepancy
from yekuo_desktop.domain.display import day as day_text
from yekuo_desktop.domain.display import moment
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.field import Field, Kind
from yekuo_desktop.domain.filing import records_that_count
from yekuo_desktop.domain.oversight.hits import Hit, Look, day
from yekuo_desktop.domain.oversight_rules import Shortest
from yekuo_desktop.domain.path import TASKS, Correction

CORRECTED = "record.corrected"
DATES = (Kind.DATE, Kind.MOMENT)
SURVEY_FIRST = f"{MILESTONES['accepted'].label}与{MILESTONES['surveyed'].label}的时间"
_correction = msgspec.json.Decoder(Correction).decode


def entered_late(look: Look) -> Iterator[Hit]:
    """R1: the application was entered on a later day than it was accepted on."""
    accepted = next((event for event in look.case.events if event.name == "accepted"), None)
    if accepted is not None and day(accepted.recorded) > day(accepted.stated):
        yield look.hit(
            "R1",
            "accepted",
            "业务受理",
            f"{day_text(accepted.stated)} 当日录入",
            f"{moment(accepted.recorded)} 录入",
            stage="acceptance",
            at=accepted.recorded,
        )


def filed_early(look: Look) -> Iterator[Hit]:
    """R3: on the shelf before the current flowed (先送电后归档)."""
    connected, archived = look.case.event("connected"), look.case.event("archived")
    if connected and archived and archived.stated < connected.stated:
        wanted = f"不早于送电 {moment(connected.stated)}"
        found = moment(archived.stated)
        yield look.hit(
            "R3", "archived", "归档与送电的时间", wanted, found, stage="archive", at=archived.stated
        )


def in_order(look: Look, doubt: Discrepancy, said: str = "") -> Hit:
    """Two times the wrong way round; a survey before the application is a fault of its own (先勘查后受理)."""
    rule = "R2" if doubt.subject == SURVEY_FIRST else "R3"
    return look.hit(
        rule,
        doubt.subject,
        doubt.subject,
        doubt.wanted,
        f"{doubt.found}{said}",
        stage=doubt.stage,
        who=doubt.who,
    )


def too_short(look: Look) -> Iterator[Hit]:
    """R4: nearer to each other than can honestly be; to be looked at, no error."""
    for span in look.reference.oversight.shortest:
        if not span.classes or look.case.klass in span.classes:
            yield from _short(look, span)


def _short(look: Look, span: Shortest) -> Iterator[Hit]:
    stood = [event for event in look.case.events if not event.undone]
    starts = [event for event in stood if event.name == span.starts_on]
    stops = [event for event in stood if event.name == span.stops_on]
    if not starts or not stops:
        return
    begun, done = starts[0].stated, stops[0].stated
    if done >= begun and (day(done) - day(begun)).days < span.least_days:
        wanted = f"不早于 {day_text(begun)} 之后第 {span.least_days} 日"
        yield look.hit("R4", span.stops_on, span.label, wanted, moment(done), stage=look.case.stage, at=done)


def recorded_late(look: Look) -> Iterator[Hit]:
    """T1: recorded later after it happened than the allowance."""
    allowed = look.figure("T1", "workdays")
    if allowed is None:
        return
    for record in records_that_count(look.case):
        last = look.reference.calendar.add_workdays(day(record.stated), allowed)
        if day(record.recorded) > last:
            wanted = f"{moment(record.stated)} 发生,{day_text(last)} 前登记"
            yield _of(look, "T1", record, wanted, f"{moment(record.recorded)} 登记")


def after_hours(look: Look) -> Iterator[Hit]:
    """T2: recorded when nobody should be there."""
    grace = look.figure("T2", "minutes")
    if grace is None:
        return
    for record in records_that_count(look.case):
        if _away(look, record, grace):
            hours = look.reference.hours
            wanted = f"工作日 {hours.opens:%H:%M} 至 {hours.closes:%H:%M}"
            yield _of(look, "T2", record, wanted, f"{moment(record.recorded)} 登记")


def _away(look: Look, record: Record, grace: int) -> bool:
    on, hours = day(record.recorded), look.reference.hours
    if not look.reference.calendar.is_workday(on):
        return True
    early = (hours.opening(on) - record.recorded).total_seconds()
    late = (record.recorded - hours.closing(on)).total_seconds()
    return max(early, late) > grace * 60


def _of(look: Look, rule: str, record: Record, wanted: str, found: str) -> Hit:
    task = TASKS.get(record.kind)
    label, stage = (task.label, task.stage) if task else (record.kind, look.case.stage)
    return look.hit(rule, record.id, label, wanted, found, stage=stage, who=record.by, at=record.recorded)


def dates_changed(look: Look) -> Iterator[Hit]:
    """R21: a date was changed after it was recorded: old and new value, by whom and why."""
    if look.rule("R21") is None or not any(record.corrections for record in look.case.records):
        return
    records = {record.id: record for record in look.case.records}
    for entry in look.entries():
        if entry.kind == CORRECTED:
            yield from _changed(look, entry, records)


def _changed(look: Look, entry: Entry, records: dict[str, Record]) -> Iterator[Hit]:
    correction = _correction(entry.payload)
    record = records.get(correction.record)
    task = TASKS.get(record.kind) if record else None
    fields: dict[str, Field] = {field.key: field for field in task.fields} if task else {}
    for key, (seen, wanted) in correction.changes.items():
        field = fields.get(key)
        if task is None or field is None or field.kind not in DATES or not seen:
            continue
        yield look.hit(
            "R21",
            f"{entry.id}:{key}",
            f"{task.label} {field.label}",
            f"原为 {seen}",
            f"改为 {wanted or '空'}({correction.reason})",
            stage=task.stage,
            who=entry.actor,
            at=entry.recorded,
        )
