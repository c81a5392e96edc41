"""Cases of stage 6 as far as a test wants them, with what the stages before recorded, and what somebody
would say at each task."""

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from tests.domain.completion_cases import meant
from tests.domain.trade import Trade
from tests.domain.walk import DAY, SCAN, given, walk
from yekuo_desktop.office.practice.energization import answers

METERS = {
    "lv_resident": [{"place": "东墙表箱", "asset_no": "410100120001", "meter": "单相 5(60)A 2.0级"}],
    "lv_nonresident": [
        {"place": "配电室", "asset_no": "410100120002", "meter": "3×1.5(6)A", "ct": "150/5 0.5S"}
    ],
    "hv_single": [
        {
            "place": "高压计量柜",
            "asset_no": "410100120003",
            "meter": "3×1.5(6)A 0.5S级",
            "ct": "50/5 0.2S",
            "pt": "10/0.1 0.2",
        }
    ],
}
METERS["hv_dual"] = [
    *METERS["hv_single"],
    {**METERS["hv_single"][0], "place": "备用电源计量柜", "asset_no": "410100120004"},
]
SETTLED = ("inspection", "contract", "fees", "meter")
HV = "hv_single"


def ready(klass: str = HV, *, rules: str = "seed", settled: Iterable[str] = SETTLED, **values: Any) -> Trade:
    """A case at the beginning of the stage; of its formalities those of ``settled`` are there."""
    trade = Trade(klass, "energization", rules=rules, values={"customer_name": "示例客户", **values})
    trade.case = replace(trade.case, attachments=(SCAN,))
    settled = set(settled)
    given(trade, "plan.drafted", fees=[{"name": "1", "amount": "500"}], supply_voltage="10kv")
    given(trade, "plan.replied")
    points = [{"place": row["place"], "wiring": wiring(klass)} for row in METERS[klass]]
    given(trade, "metering.ordered", metering_order_points=points, metering_order_prepaid=True)
    if "fees" in settled:
        given(trade, "fees.received", fees_amount="500")
    if "inspection" in settled:
        given(trade, "completion.inspected", completion_result="passed")
    if "meter" in settled:
        rows = [{**row, "installer": "杜伟", "day": DAY.isoformat()} for row in METERS[klass]]
        given(trade, "metering.installed", installed_meters=rows)
    if "contract" in settled:
        given(trade, "contract.signed", contract_number="HT-001")
    return trade


def wiring(klass: str) -> str:
    """Residents have one phase, everybody else three with a neutral."""
    return "1" if klass == "lv_resident" else "3"


def walked(until: str, times: int = 1, *, klass: str = HV, rules: str = "seed", **values: Any) -> Trade:
    """A case walked up to and with the task ``until``."""
    return walk(ready(klass, rules=rules, **values), answers(klass, DAY), until, times)


def said(kind: str, at: int = 0, *, klass: str = HV, **changes: Any) -> dict[str, Any]:
    """What the practice county says at a task, the first time or a later one, with changes; said on DAY."""
    found = [answer.values for answer in answers(klass, DAY) if answer.kind == kind][at]
    case = ready(klass).case
    return {**{key: meant(value, case) for key, value in found.items()}, **changes}
