"""The columns of a case in lists, and the texts search finds it by."""

from decimal import Decimal

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.case_rows import CaseRow
from yekuo_desktop.domain.circumstances import number
from yekuo_desktop.domain.display import address


def case_row(case: Case) -> CaseRow:
    """What lists show and search finds of a case."""
    values, accepted = case.values, case.event("accepted")
    delivery, place = case.delivery, address(case.values)
    return CaseRow(
        id=case.id,
        number=case.number,
        station=case.station,
        klass=case.klass,
        business=case.business,
        stage=case.stage,
        state=case.state,
        customer=values.get("customer_name", ""),
        identity_number=values.get("identity_number", ""),
        address=place,
        capacity=float(_capacity(case)),
        manager=case.project_manager,
        registered=case.registered,
        accepted=accepted.stated if accepted else None,
        accepted_by=case.accepted_by,
        delivered=delivery.received if delivery else None,
        dispatched=delivery.dispatched if delivery else None,
        sheet_no=delivery.sheet_no if delivery else "",
        source=case.source,
        searched=_searched(case, place),
    )


def _capacity(case: Case) -> Decimal:
    return number(case.values, "batch_capacity" if case.business == "batch" else "capacity")


def _searched(case: Case, place: str) -> tuple[str, ...]:
    keys = (
        "customer_name",
        "identity_number",
        "mobile",
        "landline",
        "agent_name",
        "agent_mobile",
        "account_no",
        "channel_reference",
        "official_number",
    )
    texts = (str(case.values.get(key, "") or "") for key in keys)
    return tuple(text for text in (case.number, *texts, place) if text)
