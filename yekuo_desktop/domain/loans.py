"""Files lent from the archive room: to whom, until when, back when (regulations.md 3.5: 内部借阅一般不超过
7 个工作日). The figure stands in the rule set; the day agreed upon may be sooner. A loan runs like any limit,
so that one which is overdue shows its light."""

from collections.abc import Iterator
from datetime import date, datetime

import msgspec

from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.deadlines.limits import DayLine, Deadline, Limit
from yekuo_desktop.domain.deadlines.timelimits import corresponding_day
from yekuo_desktop.domain.deadlines.workdays import CHINA, Calendar
from yekuo_desktop.domain.records import last, records
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.rules import Figure
from yekuo_desktop.domain.validate import day_of

LOAN = "archive_loan"  # id of the figure in the rule sets, and of the limit made of it
LENT, BACK = "archive.lent", "archive.loan_returned"


class Loan(msgspec.Struct, frozen=True, kw_only=True):
    """One file in somebody's hands; ``back`` None: still there."""

    record: str
    borrower: str
    lent: datetime
    until: date
    back: datetime | None = None


def loans(case: Case) -> tuple[Loan, ...]:
    """Every loan of the file, the oldest first."""
    return tuple(_loans(case))


def lent(case: Case) -> Record | None:
    """The loan that is out; None while the file stands on its shelf."""
    newest = last(case, LENT, BACK)
    return newest if newest is not None and newest.kind == LENT else None


def figure_of(case: Case, reference: Reference) -> Figure | None:
    """How long a file is lent by the rule set of the case."""
    rules = reference.rulesets.get(case.rules)
    return rules.figure(LOAN) if rules else None


def longest_day(figure: Figure, start: date, calendar: Calendar) -> date:
    """The last day a file lent on ``start`` may be kept; the day itself does not count."""
    if figure.unit == "workday":
        return calendar.add_workdays(start, figure.amount)
    return corresponding_day(start, figure.amount, figure.unit)


def _loans(case: Case) -> Iterator[Loan]:
    out: Loan | None = None
    for record in records(case, LENT, BACK):
        if out is not None:
            yield msgspec.structs.replace(out, back=record.stated)
        out = _loan(record) if record.kind == LENT else None
    if out is not None:
        yield out


def _loan(record: Record) -> Loan:
    until = day_of(record.values.get("loan_until")) or record.stated.astimezone(CHINA).date()
    borrower = str(record.values.get("loan_borrower") or "")
    return Loan(record=record.id, borrower=borrower, lent=record.stated, until=until)


def limit_of_loan(figure: Figure) -> Limit:
    """The loan as a limit, so that it is shown among the others. No pause stops it."""
    return Limit(
        id=LOAN,
        label="档案借阅归还",
        amount=figure.amount,
        unit=figure.unit,
        stage="archive",
        starts_on="file_lent",
        stops_on="file_returned",
        first_day="next",
        citation=figure.citation,
        confidence=figure.confidence,
    )


def deadline_of_loan(loan: Loan, limit: Limit, reference: Reference) -> Deadline:
    """When the file must be back: the agreed day, at closing time."""
    calendar, hours = reference.calendar, reference.hours
    start, due = loan.lent.astimezone(CHINA), hours.closing(loan.until)
    lines = tuple(_days(start.date(), loan.until, calendar))
    return Deadline(
        limit=limit,
        first_day="next",
        start=start,
        due=due,
        warn=max(start, hours.opening(calendar.previous_workday(loan.until))),
        announced=all(line.announced for line in lines),
        days=lines,
        summary=f"计法：{loan.borrower}借阅，约定 {loan.until} 归还。",
    )


def _days(start: date, until: date, calendar: Calendar) -> Iterator[DayLine]:
    yield DayLine(start, False, 0, "借出当日不计", calendar.day(start).announced)
    count = calendar.workdays_between(start, until)
    yield DayLine(until, True, max(count, 1), "约定归还日", calendar.day(until).announced)
