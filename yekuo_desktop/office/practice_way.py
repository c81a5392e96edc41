"""How a practised case goes on: its tasks done one after the other by the people of the practice county."""

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.office import attaching, tasks
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.practice_answers import FILE, MANAGER, Answer

SIT = Callable[[Desk, str], Session]


def at_moment(desk: Desk, moment: datetime) -> Desk:
    """The desk at another time; practice data has a past."""
    return replace(desk, clock=lambda: moment)


def go_on(
    desk: Desk, sit_down: SIT, case_id: str, answers: Iterable[Answer], moments: Iterator[datetime]
) -> Case | None:
    """Do these tasks at these moments, the last one no later than the desk's own now."""
    now = desk.clock()
    for answer in answers:
        moment = next(moments)
        if moment > now:
            break
        then = at_moment(desk, moment)
        session = sit_down(then, _login(desk, case_id, answer.by))
        values = {key: _meant(then, session, case_id, value) for key, value in answer.values.items()}
        tasks.record(then, session, case_id, answer.kind, values)
    return desk.store.case(case_id)


def _login(desk: Desk, case_id: str, by: str) -> str:
    if by != MANAGER:
        return by
    case = desk.store.case(case_id)
    return desk.store.organisation().people[case.project_manager].login if case else by


def _meant(desk: Desk, session: Session, case_id: str, value: Any) -> Any:
    """A value with its people and files put in."""
    if value == FILE:
        return attached(desk, session, case_id)
    if isinstance(value, str) and value.startswith("@"):
        person = desk.store.organisation().by_login(value[1:])
        return person.id if person else value
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [{k: _meant(desk, session, case_id, v) for k, v in row.items()} for row in value]
    return value


def attached(desk: Desk, session: Session, case_id: str, name: str = "扫描件.png") -> str:
    """A scan put to the case; its id."""
    case = attaching.attach(desk, session, case_id, name, picture(), "image/png")
    return case.attachments[-1].id


def picture(width: int = 420, height: int = 594) -> bytes:
    """A sheet of paper as a PNG: grey lines on white, no text of anybody."""
    rows = bytearray()
    for y in range(height):
        line = 40 < y < height - 40 and y % 22 < 2
        rows.append(0)
        rows += bytes(190 if line and 40 < x < width - 60 else 255 for x in range(width))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, content)
        for kind, content in ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows))), (b"IEND", b""))
    )


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
            moment = hours.opening(_next_workday(reference, moment.date())) + timedelta(minutes=20)


def _next_workday(reference: Reference, day: date) -> date:
    day += timedelta(days=1)
    while not reference.calendar.is_workday(day):
        day += timedelta(days=1)
    return day
