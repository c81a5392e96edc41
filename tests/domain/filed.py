"""A case that has come to its last stage with everything in order, and the check that finds it so."""

from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from tests.domain.trade import START, Trade, reference
from yekuo_desktop.domain.case import Event, Material, Paper, Record
from yekuo_desktop.domain.completeness import sealers
from yekuo_desktop.domain.filing import EVENTS, evidence, filed_items
from yekuo_desktop.domain.paperwork import NAMING
from yekuo_desktop.domain.rules import ArchiveItem

DAY = timedelta(days=1)
WAY = (
    "accepted",
    "survey_done",
    "plan_replied",
    "plan_received",
    "design_received",
    "design_reviewed",
    "intermediate_applied",
    "intermediate_inspected",
    "contract_signed",
    "completion_applied",
    "completion_inspected",
    "connected",
)
CAPACITIES = {"lv_resident": "8", "lv_nonresident": "45", "hv_single": "315", "hv_dual": "630"}
METER = "41010000000123456789"


def when(name: str) -> datetime:
    """The moment of an event: a day after the one before."""
    return START + WAY.index(name) * DAY


def record(kind: str, event: str, by: str, at: int, **values: Any) -> Record:
    """Something recorded on the day of an event."""
    moment = when(event)
    return Record(id=f"r{at}", kind=kind, values=values, by=by, stated=moment, recorded=moment)


def records(capacity: str) -> tuple[Record, ...]:
    """What the formalities of connection rest on."""
    signed = when("contract_signed").date().isoformat()
    return (
        record("plan.drafted", "plan_replied", "liming", 1, plan_capacity=capacity, fees=[]),
        record("plan.replied", "plan_replied", "liming", 2),
        record("metering.installed", "contract_signed", "duwei", 3, installed_meters=[{"asset_no": METER}]),
        record(
            "contract.signed",
            "contract_signed",
            "xuemei",
            4,
            contract_number="HT-2026-001",
            contract_our_day=signed,
            contract_customer_day=signed,
            contract_our_signer="钱勇",
            contract_customer_signer="张秀英",
            contract_our_seal="contract",
            contract_customer_seal="official",
        ),
        record("completion.inspected", "completion_inspected", "heping", 5, completion_result="passed"),
    )


def at_the_shelf(klass: str = "lv_resident", rules: str = "supply_rules_2024", **values: Any) -> Trade:
    """The case before anybody has looked at its papers."""
    capacity = CAPACITIES[klass]
    given = {"klass": klass, "business": "new", "customer_name": "张秀英", "capacity": capacity}
    trade = Trade(klass, "archive", rules=rules, values={**given, "account_no": "4101220001", **values})
    happened = tuple(Event(name, when(name), when(name), f"e-{name}") for name in WAY)
    trade.case = replace(trade.case, events=happened, records=records(capacity))
    items = filed_items(trade.case, reference())
    trade.case = replace(
        trade.case,
        papers=tuple(sheet(item, at, says=_named(trade)) for at, item in enumerate(items, 1) if item.form),
        materials={
            item.material: Material(original_seen=True, copies=1)
            for item in items
            if item.stage == "acceptance" and item.material and item.required
        },
    )
    trade.now = when("connected")
    return trade


def sheet(item: ArchiveItem, at: int, **changes: Any) -> Paper:
    """The sheet that proves an item."""
    parts: dict[str, Any] = {
        "sheet_no": f"YK4101-HK01-260310-0001-{at}",
        "form": item.form,
        "title": item.label,
        "entry": f"p{at}",
        "issued": when(next((name for name in EVENTS.get(item.id, ()) if name in WAY), "connected")),
        "issued_by": "wangli",
    }
    return Paper(**parts | changes)


def _named(trade: Trade) -> dict[str, str]:
    return {key: trade.case.values[key] for key in NAMING}


def in_order(trade: Trade, **changes: dict[str, str]) -> list[dict[str, str]]:
    """The rows of a check that finds nothing wrong; ``changes`` by id of the paper."""
    rows = []
    for item in filed_items(trade.case, reference()):
        known = evidence(trade.case, item, reference())
        wanted = item.required or known.sheets
        row = {
            "name": item.label,
            "held": "unneeded" if not wanted else "original" if item.original or item.form else "copy",
            "pages": "2",
            "day": min(known.days).isoformat() if known.days else when("connected").date().isoformat(),
            "signed": "complete" if item.signed else "unneeded",
            "sealed": "complete" if sealers(trade.case, item) else "unneeded",
        }
        rows.append(row | changes.pop(item.id, {}))
    assert not changes, f"not on the list: {changes}"
    return rows


def checked(trade: Trade, **changes: dict[str, str]) -> Trade:
    """The project manager has looked at every paper."""
    trade.do("archive.checked", "liming", archive_items=in_order(trade, **changes))
    return trade


def handed_over(trade: Trade) -> Trade:
    """And handed them over."""
    pieces = trade.proposed("archive.handed_over", "liming")["archive_pieces"].value
    people = {"archive_clerk": "wangli", "archive_archivist": "xuemei"}
    trade.do("archive.handed_over", "liming", archive_pieces=pieces, archive_pages="60", **people)
    return trade


def counted(trade: Trade) -> Trade:
    """The clerk has signed."""
    pieces = trade.proposed("archive.handed_over", "liming")["archive_pieces"].value
    trade.do("archive.counted", "wangli", archive_counted=pieces, archive_same=True)
    return trade


VERDICTS = {f"archive_{word}": True for word in ("true", "ordered", "signed", "dated")}
PLACE = {
    "archive_container": "lv_bag",
    "archive_box": "12",
    "archive_zone": "low",
    "archive_cabinet": "3",
    "archive_column": "2",
    "archive_layer": "5",
}


def shelf(trade: Trade, **changes: Any) -> dict[str, Any]:
    """What the archivist records when everything is right."""
    return {
        "archive_result": "accepted",
        **VERDICTS,
        "archive_account_no": "4101220001",
        "archive_number": f"DA-{trade.case.number}",
        **PLACE,
        **changes,
    }


def archived(klass: str = "lv_resident", rules: str = "supply_rules_2024") -> Trade:
    """A file on its shelf."""
    trade = counted(handed_over(checked(at_the_shelf(klass, rules))))
    trade.do("archive.reviewed", "xuemei", **shelf(trade))
    return trade
