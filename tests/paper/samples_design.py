"""Sheets of stage 3, of a case that people walked: the first round asks for changes, the second agrees."""

from tests.domain.trade import Trade
from tests.domain.walk import DAY, walk
from tests.paper.samples import HIGH_VOLTAGE, sheet_of
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.office.practice.design import answers


def reviewed(until: str, times: int) -> Trade:
    """A high-voltage case of two sources after one of its steps."""
    trade = Trade("hv_dual", "design", rules="seed", values=HIGH_VOLTAGE)
    return walk(trade, answers("hv_dual", DAY), until, times)


SAMPLES: dict[str, Snapshot] = {
    "design_submission": sheet_of("design_submission", reviewed("design.received", 1)),
    "design_opinion": sheet_of("design_opinion", reviewed("design.concluded", 1)),
}
