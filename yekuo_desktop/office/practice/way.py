"""How a practised case goes on: one task done by the people of the practice county, at its moment."""

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.office import attaching, tasks
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.practice.answers import (
    CUSTOMER,
    FILE,
    MANAGER,
    TODAY,
    Answer,
    completed,
    customer_of,
    day_meant,
)


def at_moment(desk: Desk, moment: datetime) -> Desk:
    """The desk at another time; practice data has a past."""
    return replace(desk, clock=lambda: moment)


def sit_down(desk: Desk, login: str) -> Session:
    """A session for a person of the practice county."""
    person = desk.store.organisation().by_login(login)
    if person is None:
        raise LookupError(login)
    return Session(person=person, station=desk.store.identity.station, terminal=desk.store.identity.terminal)


def perform(desk: Desk, case_id: str, answer: Answer) -> Case:
    """Do one task as it was answered, now."""
    session = sit_down(desk, login_of(desk, case_id, answer.by))
    values = meant(desk, case_id, answer.values, lambda: attached(desk, session, case_id))
    case = desk.store.case(case_id)
    known = tasks.prefilled(desk, session, case, answer.kind) if answer.proposed and case else {}
    return tasks.record(desk, session, case_id, answer.kind, completed(known, values)).case


def login_of(desk: Desk, case_id: str, by: str) -> str:
    """Who does a task of this case, by sign-in name."""
    if by != MANAGER:
        return by
    case = desk.store.case(case_id)
    return desk.store.organisation().people[case.project_manager].login if case else by


def meant(desk: Desk, case_id: str, values: Mapping[str, Any], file: Callable[[], str]) -> dict[str, Any]:
    """Values with their people, days and files put in; ``file`` brings a file and gives its id."""
    return {key: _meant(desk, case_id, value, file) for key, value in values.items()}


def _meant(desk: Desk, case_id: str, value: Any, file: Callable[[], str]) -> Any:
    if value == FILE:
        return file()
    if callable(value) or value in (CUSTOMER, MANAGER):
        return _of_case(desk, case_id, value)
    if isinstance(value, str) and value.startswith(TODAY):
        return day_meant(value, desk.clock().astimezone(CHINA).date())
    if isinstance(value, str) and value.startswith("@"):
        person = desk.store.organisation().by_login(value[1:])
        return person.id if person else value
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [meant(desk, case_id, row, file) for row in value]
    return value


def _of_case(desk: Desk, case_id: str, value: Any) -> Any:
    """Its project manager, who signs for its customer, or what else is read off it."""
    case = desk.store.case(case_id)
    if case is None:
        return value
    if callable(value):
        return value(case, desk.reference)
    return customer_of(case) if value == CUSTOMER else case.project_manager


def attached(desk: Desk, session: Session, case_id: str, name: str = "扫描件.png") -> str:
    """A scan put to the case; its id."""
    case = attaching.attach(desk, session, case_id, name, picture(), "image/png")
    return case.attachments[-1].id


def picture(width: int = 420, height: int = 594) -> bytes:
    """A sheet of paper as a PNG: grey lines on white, no text of anybody."""
    white = bytes([0]) + bytes([255]) * width
    lined = white[:41] + bytes([190]) * (width - 100) + white[width - 59 :]
    rows = b"".join(lined if 40 < y < height - 40 and y % 22 < 2 else white for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def working_moments(reference: Reference, start: datetime, step: timedelta) -> Iterator[datetime]:
    """Moments in opening hours, one ``step`` of working time after the other."""
    hours, calendar = reference.hours, reference.calendar
    moment = start
    while True:
        yield moment
        moment += step
        while not calendar.is_workday(moment.date()) or moment >= hours.closing(moment.date()):
            moment = hours.opening(calendar.next_workday(moment.date())) + timedelta(minutes=20)


def working_start(reference: Reference, end: datetime, step: timedelta, count: int) -> datetime:
    """When to begin so that ``count`` steps of working time end about ``end``."""
    hours, calendar = reference.hours, reference.calendar
    moment = end
    for _ in range(count):
        moment -= step
        while not calendar.is_workday(moment.date()) or moment < hours.opening(moment.date()):
            moment = hours.closing(calendar.previous_workday(moment.date())) - timedelta(minutes=20)
    return moment
