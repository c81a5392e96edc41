"""The archive room as a list: which files are lent, to whom and until when; the loan register of a period."""

from collections.abc import Iterator
from datetime import date, datetime

import msgspec

from yekuo_desktop.domain.after_archiving import ARCHIVED
from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.loans import LENT, LOAN, Loan, loans
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.records import answer
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.filters import Filter

PAGE = 200


class LoanLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the loan register. ``back`` None: still lent; ``overdue``: late, or late when it came
    back."""

    case: str
    number: str
    file_number: str
    customer: str
    borrower: str
    unit: str
    contents: str
    purpose: str
    approver: str
    lent: datetime
    until: date
    back: datetime | None
    overdue: bool


def lent_files(desk: Desk) -> tuple[LoanLine, ...]:
    """Every file that is out, the one due first on top."""
    organisation = desk.store.organisation()
    return tuple(
        line for case in _cases_lent(desk) for line in _lines(desk, organisation, case) if line.back is None
    )


def _cases_lent(desk: Desk) -> Iterator[Case]:
    """A file on its shelf waits for nothing: those that are out stand in front of the queue by due day."""
    where, offset = Filter(stage="archive", states=(ARCHIVED,)), 0
    while rows := desk.store.queue(where, desk.clock(), limit=PAGE, offset=offset):
        for row in rows:
            if row.limit is None or row.limit.limit != LOAN:
                return
            case = desk.store.case(row.case.id)
            if case is not None:
                yield case
        offset += len(rows)


def loan_register(desk: Desk, first: datetime, last: datetime) -> tuple[LoanLine, ...]:
    """The loans that began in a stretch of time, the oldest first; returned ones as well."""
    organisation = desk.store.organisation()
    cases = (desk.store.case(case_id) for case_id in desk.store.cases_with((LENT,), first, last))
    lines = [line for case in cases if case for line in _lines(desk, organisation, case)]
    return tuple(sorted((line for line in lines if first <= line.lent < last), key=lambda line: line.lent))


def _lines(desk: Desk, organisation: Organisation, case: Case) -> Iterator[LoanLine]:
    records = {record.id: record for record in case.records}
    for loan in loans(case):
        yield _line(desk, organisation, case, loan, records[loan.record])


def _line(desk: Desk, organisation: Organisation, case: Case, loan: Loan, record: Record) -> LoanLine:
    said = record.values
    due = desk.reference.hours.closing(loan.until)
    return LoanLine(
        case=case.id,
        number=case.number,
        file_number=str(answer(case, "archive.reviewed", "archive_number")),
        customer=case.values.get("customer_name", ""),
        borrower=loan.borrower,
        unit=said.get("loan_unit", ""),
        contents=said.get("loan_contents", ""),
        purpose=said.get("loan_purpose", ""),
        approver=organisation.person_name(said.get("loan_approver", "")),
        lent=loan.lent,
        until=loan.until,
        back=loan.back,
        overdue=(loan.back or desk.clock()) > due,
    )
