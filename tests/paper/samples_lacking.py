"""The sheet about papers that are lacking, of a case whose designer sent some of them."""

from tests.domain.lackings import said
from tests.domain.trade import Trade
from tests.domain.walk import DAY, walk
from tests.paper.samples import HIGH_VOLTAGE, sheet_of
from yekuo_desktop.domain.lacking import DESIGN, FORM
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.office.practice.design import answers


def told() -> Trade:
    """A case at the design review whose customer was told what is lacking."""
    trade = Trade("hv_dual", "design", rules="seed", values=HIGH_VOLTAGE)
    walk(trade, answers("hv_dual", DAY), "designer.chosen")
    trade.do(DESIGN, "liming", **said(trade, DESIGN, "负荷分布图", "隐蔽工程设计资料"))
    return trade


SAMPLES: dict[str, Snapshot] = {FORM: sheet_of(FORM, told())}
