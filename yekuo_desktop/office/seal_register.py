"""用印登记: every use of a seal, one line each: issued, printed again, voided; on paper and in Excel."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.deadlines.workdays import CHINA, bounds
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.journal import payload_of
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.domain.stages import ALL_FORMS as FORMS
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.ports import Drawn, TableWriter
from yekuo_desktop.office.printing import Listed, draw, freeze, frozen

FORM = "seal_register"
ACTS = {"paper.issued": "出具", "paper.reprinted": "补打", "paper.voided": "作废"}
KEYS = (
    *("no", "issued", "seal_act", "sheet_no", "title", "number", "customer_name", "seal"),
    *("seal_how", "seal_copies", "issued_by", "seal_reason"),
)
PICTURE, BY_HAND = "图片", "手工章"
COLUMNS = (
    ("序号", "count", 6),
    ("时间", "datetime", 18),
    ("事项", "text", 8),
    ("单据号", "text", 30),
    ("单据", "text", 24),
    ("申请编号", "text", 26),
    ("户名", "text", 24),
    ("印章", "text", 18),
    ("方式", "text", 10),
    ("份数", "count", 8),
    ("用印人", "text", 12),
    ("事由", "text", 30),
)


class Use(msgspec.Struct, frozen=True, kw_only=True):
    """One use. ``copies`` is what this machine printed of it, 0 where it printed none."""

    id: str
    at: datetime
    act: str
    sheet_no: str
    title: str
    case: str
    number: str
    customer: str
    seal: str
    how: str
    copies: int
    by: str
    reason: str


def uses(desk: Desk, first: date, last: date, seal: str = "") -> Sequence[Use]:
    """Every use from the first to the last day, the oldest first; of one seal or of all."""
    found = desk.store.paper_entries(bounds(first)[0], bounds(last)[1])
    every = (use for entry, number, customer in found for use in _use(desk, entry, number, customer))
    return [use for use in every if seal in ("", use.seal)]


def _use(desk: Desk, entry: Entry, number: str, customer: str) -> Iterator[Use]:
    case_id, payload = entry.subject.removeprefix("case:"), payload_of(entry)
    case = None if entry.kind == "paper.issued" else desk.store.case(case_id)
    sheet = frozen(desk, case, payload.sheet_no)[0] if case else payload.snapshot
    if not sheet.seal_name:
        return
    organisation = desk.store.organisation()
    yield Use(
        id=entry.id,
        at=entry.recorded,
        act=ACTS[entry.kind],
        sheet_no=sheet.sheet_no,
        title=sheet.title,
        case=case_id,
        number=number,
        customer=customer,
        seal=sheet.seal_name,
        how=PICTURE if sheet.seal_picture else BY_HAND,
        copies=_copies(desk, entry, case, sheet),
        by=organisation.person_name(entry.actor),
        reason=_reason(entry, payload, sheet),
    )


def _reason(entry: Entry, payload: msgspec.Struct, sheet: Snapshot) -> str:
    return "" if entry.kind == "paper.issued" else str(getattr(payload, "reason", "")) or sheet.title


def _copies(desk: Desk, entry: Entry, case: Case | None, sheet: Snapshot) -> int:
    """How many came out of this machine's printers, or may have."""
    if entry.kind == "paper.voided":
        return 0
    reprint = 0 if case is None else _which(desk, entry, sheet.sheet_no)
    rows = desk.store.prints.of_sheets((sheet.sheet_no,))
    return sum(row.reprint == reprint and row.surety != "not" for row in rows)


def _which(desk: Desk, entry: Entry, sheet_no: str) -> int:
    """The how-manieth 补打 an entry is."""
    earlier = [e for e in desk.store.history(entry.subject) if e.kind == entry.kind and e.n <= entry.n]
    return sum(payload_of(e).sheet_no == sheet_no for e in earlier)


def cells(found: Sequence[Use]) -> list[tuple[str, ...]]:
    """The lines as they stand in Excel."""
    return [
        (
            str(at),
            f"{use.at.astimezone(CHINA):%Y-%m-%d %H:%M}",
            use.act,
            use.sheet_no,
            use.title,
            use.number,
            use.customer,
            use.seal,
            use.how,
            str(use.copies or ""),
            use.by,
            use.reason,
        )
        for at, use in enumerate(found, start=1)
    ]


def to_excel(desk: Desk, write: TableWriter, first: date, last: date, path: str, seal: str = "") -> int:
    """The register as a workbook; how many lines."""
    found = uses(desk, first, last, seal)
    write(path, f"用印登记　{seal or '全部印章'}　{first} 至 {last}", COLUMNS, cells(found))
    return len(found)


def drawn(desk: Desk, session: Session, first: date, last: date, seal: str = "") -> Drawn:
    """The register on paper."""
    rows = [dict(zip(KEYS, row, strict=True)) for row in cells(uses(desk, first, last, seal))]
    organisation = desk.store.organisation()
    day = f"{first:%Y年%m月%d日}" if first == last else f"{first:%Y年%m月%d日}—{last:%Y年%m月%d日}"
    sheet = freeze(
        desk,
        organisation,
        form=FORM,
        title=FORMS[FORM].title,
        sheet_no=f"YY-{session.terminal}-{first:%y%m%d}-{last:%y%m%d}",
        values={
            "county": organisation.county,
            "station": organisation.station_name(session.station),
            "seal": seal or "全部印章",
            "day": day,
            "count": str(len(rows)),
            "rows": rows,
        },
        issued_by=session.person.name,
    )
    return draw(desk, session, [Listed(sheet)])
