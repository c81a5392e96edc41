"""No step of stages 3 and 4 is dated before the one it rests on (R3: no time may be back-dated)."""

from datetime import timedelta

import pytest

from tests.domain.trade import Trade
from tests.domain.walk import DAY, given, walk
from yekuo_desktop.office.practice import construction as practice_construction
from yekuo_desktop.office.practice import design as practice_design

BOTH = (*practice_design.answers("hv_single", DAY), *practice_construction.answers("hv_single", DAY))


@pytest.mark.parametrize(
    ("rests_on", "times", "kind", "by"),
    [
        ("designer.chosen", 1, "design.received", "liming"),
        ("design.opined", 2, "design.concluded", "qianyong"),
        ("design.delivered", 1, "design.received", "liming"),
        ("contractor.checked", 1, "construction.started", "liming"),
        ("intermediate.delivered", 1, "intermediate.rectified", "liming"),
        ("metering.ordered", 1, "metering.installed", "duwei"),
        ("contract.requested", 1, "contract.drafted", "xuemei"),
        ("contract.drafted", 1, "contract.signed", "xuemei"),
    ],
)
def test_what_rests_on_a_record_is_not_dated_before_it(rests_on: str, times: int, kind: str, by: str) -> None:
    trade = Trade("hv_single", "design", rules="seed")
    given(trade, "plan.drafted", supply_voltage="10kv")
    walk(trade, BOTH, rests_on, times)
    done = trade.now
    trade.later(hours=5)
    assert "不能倒填" in trade.refusal(kind, by, done - timedelta(minutes=30))
    assert "不能倒填" not in trade.refusal(kind, by, done)
