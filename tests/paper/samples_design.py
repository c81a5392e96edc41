"""Sheets of stage 3, of cases that people walked."""

from tests.domain.trade import Trade
from tests.paper.samples import HIGH_VOLTAGE, sheet_of
from yekuo_desktop.domain.papers import Snapshot

_TRADE = Trade("hv_dual", "design", rules="seed", values=HIGH_VOLTAGE)
SAMPLES: dict[str, Snapshot] = {
    form: sheet_of(form, _TRADE) for form in ("design_submission", "design_opinion")
}
