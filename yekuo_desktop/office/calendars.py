"""节假日: the days off of a year, taken once one has seen which deadlines move; the journal has who did."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

import msgspec

from yekuo_desktop.domain import clocks
from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.case_rows import CaseRow, RunningLimit
from yekuo_desktop.domain.deadlines.calendar_tables import CalendarError, YearTable
from yekuo_desktop.domain.deadlines.notice import toml, year_table
from yekuo_desktop.domain.office_acts import ADMINISTRATORS, Published
from yekuo_desktop.domain.people import role_words
from yekuo_desktop.domain.vocabulary import LIVE_STATES
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.listing import Progress
from yekuo_desktop.office.setting_up import save

PAGE = 200
MONTHS_AHEAD = 2
OF_CENTRE = "这台电脑属于中心，节假日由中心下发（yekuo server publish calendars/年份）"


class Moved(NamedTuple):
    """One deadline that the new days off move."""

    case: CaseRow
    limit: RunningLimit
    before: datetime | None
    after: datetime | None


class Preview(msgspec.Struct, frozen=True):
    """What would be taken: the table, whether its year was known, and what moves."""

    table: YearTable
    known: bool
    moved: tuple[Moved, ...]


def why_not(desk: Desk, session: Session) -> str:
    """Why this person cannot take a calendar here; "" when he can."""
    if desk.store.centre.centre() is not None:
        return OF_CENTRE
    return "" if session.person.may(ADMINISTRATORS) else f"节假日由{role_words(ADMINISTRATORS)}管理"


def missing_year(desk: Desk) -> int | None:
    """The year whose days off are needed soon and not known: deadlines in it are marked 未公布."""
    today = desk.clock().date()
    for year in (today.year, today.year + 1):
        soon = year == today.year or today.month > 12 - MONTHS_AHEAD
        if soon and year not in desk.reference.calendar.years:
            return year
    return None


def read(text: str, citation: str) -> YearTable:
    """The days off in a text. Raises ``Refused`` with what cannot be read."""
    try:
        return year_table(text, citation)
    except CalendarError as error:
        raise refuse(str(error), "text") from error


def preview(desk: Desk, text: str, citation: str = "", progress: Progress | None = None) -> Preview:
    """What taking it would do: nothing is changed. Raises ``Refused``."""
    table = read(text, citation)
    known = table.year in desk.reference.calendar.years
    return Preview(table, known, tuple(_moved(desk, table, progress)))


def take(desk: Desk, session: Session, text: str, citation: str = "") -> YearTable:
    """Take it: one entry of the journal, and every deadline counted anew. Raises ``Refused``."""
    reason = why_not(desk, session)
    if reason:
        raise refuse(reason)
    table = read(text, citation)
    content = toml(table).encode()
    name = f"calendars/{table.year}"
    said = Published(name=name, sha256=desk.store.put_blob(content), size=len(content), note=table.citation)
    with desk.store.unit() as unit:
        save(desk, unit, f"reference:{name}", "reference.published", said, session.person.id)
    desk.store.take_published()
    return table


def _moved(desk: Desk, table: YearTable, progress: Progress | None) -> Iterator[Moved]:
    reference = msgspec.structs.replace(desk.reference, calendar=desk.reference.calendar.with_year(table))
    where, now = Filter(states=tuple(sorted(LIVE_STATES))), desk.clock()
    total, done = desk.store.count(where, now), 0
    while rows := desk.store.queue(where, now, limit=PAGE, offset=done):
        for row in rows:
            case = desk.store.case(row.case.id)
            if case is None:
                continue
            stands = {limit.key: limit.due for limit in desk.store.limits(case.id)}
            for limit in clocks.running_limits(case, reference):
                if limit.stopped is None and stands.get(limit.key) != limit.due:
                    yield Moved(row.case, limit, stands.get(limit.key), limit.due)
        done += len(rows)
        if progress is not None:
            progress(done, total, "正在比较时限")


def year_days(table: YearTable) -> dict[date, str]:
    """What is special about the days of a year: 休 or 班, with the holiday."""
    found: dict[date, str] = {}
    for each in table.holidays:
        for number in range(each.first.toordinal(), each.last.toordinal() + 1):
            found[date.fromordinal(number)] = f"休 {each.name}"
        found |= dict.fromkeys(each.makeup, f"班 {each.name}")
    return found
