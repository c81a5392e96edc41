"""Sheets of stage 4, of a case that people walked: an inspection fails and passes, both notices follow."""

from tests.domain.trade import Trade
from tests.domain.walk import DAY, given, walk
from tests.paper.samples import HIGH_VOLTAGE, sheet_of
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.office.practice.construction import answers

PLAN = {
    "supply_voltage": "10kv",
    "plan_capacity": "630",
    "plan_tariff": "403",
    "ownership_boundary": "10 kV 粮油线 12 号杆跌落式熔断器负荷侧接线端子",
    "metering_points": [
        {
            "place": "1 号高压计量柜",
            "mode": "1",
            "wiring": "2",
            "meter": "3×100V 1.5(6)A",
            "meter_accuracy": "0.5S",
            "ct": "30/5",
            "ct_accuracy": "0.2S",
            "pt": "10/0.1",
            "pt_accuracy": "0.2",
            "payment": "postpaid",
        }
    ],
}


def under_way(klass: str = "hv_dual", **plan: object) -> Trade:
    """A case whose plan is known and whose design was agreed."""
    trade = Trade(klass, "construction", rules="seed", values={**HIGH_VOLTAGE, "klass": klass})
    given(trade, "plan.drafted", **{**PLAN, **plan})
    return given(trade, "design.concluded", design_result="agreed")


def built(until: str, times: int = 1) -> Trade:
    """The same after one of its steps."""
    return walk(under_way(), answers("hv_dual", DAY), until, times)


SAMPLES: dict[str, Snapshot] = {
    "intermediate_registration": sheet_of("intermediate_registration", built("intermediate.applied")),
    "intermediate_opinion": sheet_of("intermediate_opinion", built("intermediate.inspected")),
    "metering_order": sheet_of("metering_order", built("metering.ordered")),
    "contract_notice": sheet_of("contract_notice", built("contract.requested")),
}
