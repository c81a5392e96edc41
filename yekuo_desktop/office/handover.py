"""Handing work orders over: dispatched on a list, signed for by the project manager."""

from collections.abc import Sequence
from typing import Any

import msgspec

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.case_columns import case_row
from yekuo_desktop.domain.delivery import Dispatch, Receipt
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.domain.qr import read_code, sheet_code
from yekuo_desktop.domain.stages import ALL_FORMS as FORMS
from yekuo_desktop.office.custody import examine, verdict_words
from yekuo_desktop.office.desk import Desk, Session, Step, act, write
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.ports import Drawn, QueueRow
from yekuo_desktop.office.printing import Listed, draw, freeze, issued

FORM, LIST_PREFIX = "handover_list", "JJ-"


class HandedOver(msgspec.Struct, frozen=True):
    """What one hand-over made: the list and the sheets behind it, as one PDF."""

    list_no: str
    cases: tuple[Case, ...]
    drawn: Drawn


def waiting(desk: Desk, session: Session) -> Sequence[QueueRow]:
    """Work orders nobody has signed for yet, the earliest due first."""
    return desk.store.queue(Filter(light="undelivered"), desk.clock(), limit=1000)


def is_list(sheet_no: str) -> bool:
    """Whether that is the number of a hand-over list."""
    return sheet_no.upper().startswith(LIST_PREFIX)


def on_list(desk: Desk, session: Session, list_no: str) -> int:
    """How many work orders of that list nobody has signed for yet."""
    cases = (desk.store.case(row.case.id) for row in waiting(desk, session))
    return sum(bool(case and case.delivery and case.delivery.list_no.upper() == list_no) for case in cases)


def hand_over(desk: Desk, session: Session, case_ids: Sequence[str], carrier: str) -> HandedOver:
    """Dispatch work orders together and draw the list with the sheets behind it."""
    list_no, cases = hand_over_only(desk, session, case_ids, carrier)
    organisation = desk.store.organisation()
    listing = _listing(desk, organisation, session, cases, list_no, carrier)
    orders = [issued(desk, case, case.delivery.sheet_no) for case in cases if case.delivery]
    return HandedOver(list_no, cases, draw(desk, session, [Listed(listing), *orders]))


def hand_over_only(
    desk: Desk, session: Session, case_ids: Sequence[str], carrier: str
) -> tuple[str, tuple[Case, ...]]:
    """Dispatch work orders together: one entry a case, one list, one commit."""
    if not case_ids:
        raise refuse("请先选择要交接的工单")
    with desk.store.unit() as unit:
        serial = unit.next_serial(f"handover:{session.terminal}:{desk.clock():%Y%m%d}")
        list_no = f"{LIST_PREFIX}{session.terminal}-{desk.clock():%y%m%d}-{serial:02}"
        steps = (Step("work_order.dispatched", Dispatch(list_no, carrier)),)
        once = dict.fromkeys(case_ids)
        return list_no, tuple(write(desk, unit, session, case_id, steps) for case_id in once)


def _listing(
    desk: Desk,
    organisation: Organisation,
    session: Session,
    cases: Sequence[Case],
    list_no: str,
    carrier: str,
) -> Snapshot:
    rows = [_row(desk, organisation, at, case) for at, case in enumerate(cases, start=1)]
    return freeze(
        desk,
        organisation,
        form=FORM,
        title=FORMS[FORM].title,
        sheet_no=list_no,
        values={
            "county": organisation.county,
            "station": organisation.station_name(session.station),
            "terminal": session.terminal,
            "list_no": list_no,
            "carrier": carrier,
            "count": str(len(rows)),
            "rows": rows,
        },
        qr=sheet_code(list_no, ""),
        issued_by=session.person.name,
    )


def _row(desk: Desk, organisation: Organisation, at: int, case: Case) -> dict[str, Any]:
    row = case_row(case)
    due = next((x.due for x in desk.store.limits(case.id) if x.limit == "work_order_delivery"), None)
    return {
        "no": str(at),
        "sheet_no": row.sheet_no,
        "number": row.number,
        "customer_name": row.customer,
        "address": row.address,
        "accepted_at": f"{row.accepted:%Y-%m-%d %H:%M}" if row.accepted else "",
        "due": f"{due:%m-%d %H:%M}" if due else "",
        "project_manager": organisation.person_name(case.project_manager),
        "signature": "",
        "signed_at": "",
    }


def sign(desk: Desk, session: Session, code: str, how: str = "program") -> Case:
    """The project manager signs for a work order, by its QR code, sheet number or case number."""
    scanned = read_code(code)
    examined = examine(desk, scanned) if scanned else None
    if examined and examined.case and not examined.verdict.good:
        raise refuse(verdict_words(examined))
    case = examined.case if examined else desk.store.find(code.strip())
    if case is None:
        raise refuse(f"没有找到 {code.strip()} 这张工单")
    standing = case.delivery.sheet_no if case.delivery else ""
    sheet_no = scanned.sheet_no if scanned else standing
    return act(desk, session, case.id, "work_order.received", Receipt(sheet_no, how))
