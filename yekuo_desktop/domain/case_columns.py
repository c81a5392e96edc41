"""The columns of a case in lists, and the texts search finds it by."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from operator import itemgetter
from typing import Any

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.case_rows import CaseRow, Searched
from yekuo_desktop.domain.circumstances import number
from yekuo_desktop.domain.display import address

OF_APPLICATION = (
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
NUMBERS = {  # in what a task records, and what they are found as
    "asset_no": "asset_no",
    "new_asset": "asset_no",
    "old_asset": "asset_no",
    "seal_no": "seal_no",
    "contract_number": "contract_number",
    "file_number": "file_number",
    "order_official_number": "official_number",
}


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


def _searched(case: Case, place: str) -> tuple[Searched, ...]:
    texts = ((key, str(case.values.get(key, "") or "")) for key in OF_APPLICATION)
    found = (("number", case.number), *texts, ("address", place), *_recorded(case))
    return tuple(Searched(key, text) for key, text in dict.fromkeys(found) if text)


def _recorded(case: Case) -> Iterator[tuple[str, str]]:
    """The numbers of meters, seals, contracts and files, those that were replaced or corrected too. In the
    order of their fields: a case out of the store has its values in another order than one just folded."""
    for record in case.records:
        for key, value in sorted(record.values.items(), key=itemgetter(0)):
            if key in NUMBERS:
                yield NUMBERS[key], str(value or "")
            elif isinstance(value, list | tuple):
                yield from _in_rows(value)


def _in_rows(rows: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for row in rows:
        if isinstance(row, Mapping):
            found = sorted(key for key in row if key in NUMBERS)
            yield from ((NUMBERS[key], str(row[key] or "")) for key in found)
