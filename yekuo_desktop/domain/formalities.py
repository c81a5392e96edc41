"""The formalities before a customer is connected: inspection passed, contract signed, fees cleared,
meter installed (种子文件 六; regulations.md 3.4 接电). Energization shows them with a tick or the reason;
the clock of 装表接电 starts the moment the last of the customer's own is settled, whoever notices
(供电监管办法: 检验合格并办结相关手续)."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

import msgspec

from yekuo_desktop.domain.case import Case, Event, Record
from yekuo_desktop.domain.circumstances import circumstances, total
from yekuo_desktop.domain.display import money
from yekuo_desktop.domain.findings import Trail, still_open
from yekuo_desktop.domain.records import answer, last, records
from yekuo_desktop.domain.reference import Reference

PLAN_DRAFTED, PLAN_REPLIED, FEES_RECEIVED = "plan.drafted", "plan.replied", "fees.received"
CONTRACT_SIGNED, METER_INSTALLED = "contract.signed", "metering.installed"
INSPECTED, REINSPECTED = "completion.inspected", "completion.reinspected"
DEFECTS = Trail((INSPECTED, REINSPECTED), "completion_defects", (REINSPECTED,), "completion_closed")
PASSED = "passed"  # code of resources/codes/inspection_results.toml


class Formality(msgspec.Struct, frozen=True, kw_only=True):
    """One precondition: settled at a moment, or why not yet. ``customer``: the connection clock waits
    for it; the company's own work does not stop that clock."""

    id: str
    label: str
    settled: datetime | None
    why: str = ""
    customer: bool = True


def formalities(case: Case, reference: Reference) -> tuple[Formality, ...]:
    """Every precondition of energization that this case has, in order."""
    return tuple(_formalities(case, reference))


def _formalities(case: Case, reference: Reference) -> Iterator[Formality]:
    rules = reference.rulesets.get(case.rules)
    flags = circumstances(case, reference)
    if rules is not None and rules.step_required("completion_inspection", case.klass, flags):
        yield _inspection(case)
    yield _recorded("contract", "供用电合同已签订", last(case, CONTRACT_SIGNED), "供用电合同还没有签订")
    yield _fees(case)
    installed = _recorded("meter", "计量装置已安装", last(case, METER_INSTALLED), "计量装置还没有安装")
    yield msgspec.structs.replace(installed, customer=False)


def _recorded(id_: str, label: str, record: Record | None, why: str) -> Formality:
    if record is None:
        return Formality(id=id_, label=label, settled=None, why=why)
    return Formality(id=id_, label=label, settled=record.stated)


def _inspection(case: Case) -> Formality:
    label, newest = "竣工检验合格", last(case, INSPECTED, REINSPECTED)
    waiting = still_open(case, DEFECTS)
    if newest is None:
        return Formality(id="inspection", label=label, settled=None, why="还没有竣工检验")
    if waiting:
        return Formality(
            id="inspection", label=label, settled=None, why=f"还有 {len(waiting)} 项缺陷没有整改合格"
        )
    if newest.values.get("completion_result") != PASSED:
        return Formality(id="inspection", label=label, settled=None, why="竣工检验不合格,等待复验")
    return Formality(id="inspection", label=label, settled=newest.stated)


def fees_due(case: Case) -> Decimal:
    """What the plan that stands asks for, in yuan."""
    return total(answer(case, PLAN_DRAFTED, "fees") or (), "amount")


def fees_paid(case: Case) -> Decimal:
    """What has been received, in yuan."""
    return total([record.values for record in records(case, FEES_RECEIVED)], "fees_amount")


def _fees(case: Case) -> Formality:
    missing = fees_due(case) - fees_paid(case)
    if last(case, PLAN_REPLIED) is None:
        return Formality(id="fees", label="业务费用已结清", settled=None, why="供电方案还没有答复,费用未定")
    if missing > 0:
        why = f"还欠业务费用 {money(str(missing))} 元"
        return Formality(id="fees", label="业务费用已结清", settled=None, why=why)
    newest = last(case, FEES_RECEIVED, PLAN_REPLIED)
    return Formality(id="fees", label="业务费用已结清", settled=newest.stated if newest else None)


def connection_ready(case: Case, reference: Reference) -> Event | None:
    """检验合格并办结手续: the moment the last of the customer's formalities was settled."""
    own = [formality for formality in formalities(case, reference) if formality.customer]
    moments = [formality.settled for formality in own]
    if not case.number or any(moment is None for moment in moments):
        return None
    at = max(moment for moment in moments if moment is not None)
    settling = next((r for r in reversed(case.records) if r.stated == at), None)
    recorded = settling.recorded if settling else at
    return Event("connection_ready", at, recorded, settling.id if settling else "")
