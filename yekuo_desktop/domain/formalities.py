"""The formalities before a customer is connected: inspection passed, contract signed, fees cleared,
meter installed (种子文件 六; regulations.md 3.4 接电). Energization shows them with a tick or the reason;
the clock of 装表接电 starts the moment the last of the customer's own is settled, whoever notices
(供电监管办法: 检验合格并办结相关手续)."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from itertools import takewhile

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain.case import Case, Event, Record
from yekuo_desktop.domain.circumstances import circumstances, total
from yekuo_desktop.domain.display import money
from yekuo_desktop.domain.findings import Trail, still_open
from yekuo_desktop.domain.records import answer, last, records, stands
from yekuo_desktop.domain.reference import Reference

PLAN_DRAFTED, PLAN_REPLIED, PLAN_OBJECTED = "plan.drafted", "plan.replied", "plan.objected"
FEES_RECEIVED, FEES_REFUNDED = "fees.received", "fees.refunded"
CONTRACT_SIGNED, METER_INSTALLED = "contract.signed", "metering.installed"
INSPECTED, REINSPECTED = "completion.inspected", "completion.reinspected"
DEFECTS = Trail((INSPECTED, REINSPECTED), "completion_defects", (REINSPECTED,), "completion_closed")
CONTRACT_RESTS_ON = (
    *("plan_capacity", "supply_voltage", "plan_tariff", "tariff_system", "sources", "ownership_boundary"),
)
METER_RESTS_ON = ("metering_points",)
"""What of the plan a contract speaks of, and what a meter is installed by."""
SETTLING = frozenset(
    {
        *(PLAN_DRAFTED, PLAN_REPLIED, PLAN_OBJECTED, FEES_RECEIVED, FEES_REFUNDED),
        *(CONTRACT_SIGNED, INSPECTED, REINSPECTED),
    }
)
"""The kinds of records the customer's own formalities rest on."""
PASSED = "passed"  # code of resources/codes/inspection_results.toml
READY, LOST, CONNECTED = "connection_ready", "connection_lost", "connected"


def connected(case: Case) -> bool:
    """Whether the customer is under voltage, by a record that stands."""
    return any(event.name == CONNECTED and not event.undone for event in case.events)


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
    return tuple(_formalities(case, _inspected(case, reference)))


def _inspected(case: Case, reference: Reference) -> bool:
    """Whether the rule set demands a completion inspection of such a case."""
    rules = reference.rulesets.get(case.rules)
    flags = circumstances(case, reference)
    return rules is not None and rules.step_required("completion_inspection", case.klass, flags)


def _formalities(case: Case, inspected: bool) -> Iterator[Formality]:
    if inspected:
        yield _inspection(case)
    yield _contract(case)
    yield _fees(case)
    yield _meter(case)


def _contract(case: Case) -> Formality:
    found, label = last(case, CONTRACT_SIGNED), "供用电合同已签订"
    if found is None:
        return Formality(id="contract", label=label, settled=None, why="供用电合同还没有签订")
    if outdated(case, found, CONTRACT_RESTS_ON):
        why = "签订合同后供电方案有变更,须按新方案重新签订"
        return Formality(id="contract", label=label, settled=None, why=why)
    return Formality(id="contract", label=label, settled=found.stated)


def _meter(case: Case) -> Formality:
    found, label = last(case, METER_INSTALLED), "计量装置已安装"
    made = Formality(id="meter", label=label, settled=None, why="计量装置还没有安装", customer=False)
    if found is None:
        return made
    if outdated(case, found, METER_RESTS_ON):
        return replace(made, why="装表后供电方案的计量点有变更,须按新方案重新装表登记")
    return replace(made, settled=found.stated, why="")


def outdated(case: Case, record: Record, keys: Iterable[str]) -> bool:
    """Whether the plan says something else now than when ``record`` was made."""
    before = _drafted(takewhile(lambda each: each.id != record.id, case.records))
    now = last(case, PLAN_DRAFTED)
    if before is None or now is None or before.id == now.id:
        return False
    return any(before.values.get(key) != now.values.get(key) for key in keys)


def _drafted(found: Iterable[Record]) -> Record | None:
    """The newest plan among these, also one that was made anew since."""
    plans = [record for record in found if record.kind == PLAN_DRAFTED]
    return plans[-1] if plans else None


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
    """What has been received and not been paid back, in yuan."""
    received = total([record.values for record in records(case, FEES_RECEIVED)], "fees_amount")
    return received - total([record.values for record in records(case, FEES_REFUNDED)], "refund_amount")


def _fees(case: Case) -> Formality:
    missing = fees_due(case) - fees_paid(case)
    if not stands(case, PLAN_REPLIED, PLAN_DRAFTED, PLAN_OBJECTED):
        return Formality(id="fees", label="业务费用已结清", settled=None, why="供电方案还没有答复,费用未定")
    if missing > 0:
        why = f"还欠业务费用 {money(str(missing))} 元"
        return Formality(id="fees", label="业务费用已结清", settled=None, why=why)
    newest = last(case, FEES_RECEIVED, PLAN_REPLIED)
    return Formality(id="fees", label="业务费用已结清", settled=newest.stated if newest else None)


def connection_events(case: Case, reference: Reference) -> tuple[Event, ...]:
    """检验合格并办结手续, each time it became so, and each time it ceased to be so: after a failed
    inspection, a new plan, a contract to be signed anew. What comes after the connection starts nothing."""
    if not case.number or not any(record.kind in SETTLING for record in case.records):
        return ()
    return tuple(_turns(case, _inspected(case, reference)))


def connection_ready(case: Case, reference: Reference) -> Event | None:
    """The moment the last of the customer's formalities was settled; None while one is not."""
    turns = connection_events(case, reference)
    return turns[-1] if turns and turns[-1].name == READY else None


class _Step(msgspec.Struct, frozen=True, order=True):
    """How far the case had come: ``count`` records, and what was to be done anew after them or not yet."""

    count: int
    undone: bool
    stated: datetime
    recorded: datetime
    entry: str = ""


def _turns(case: Case, inspected: bool) -> Iterator[Event]:
    """The case as it was after each step that matters, one after the other."""
    ready, before = False, datetime.min.replace(tzinfo=UTC)
    for step in _steps(case):
        own = [f.settled for f in _formalities(_as_of(case, step), inspected) if f.customer]
        settled = [at for at in own if at is not None]
        if (len(settled) == len(own)) == ready:
            continue
        ready = not ready
        before = max(before, *settled) if ready else max(before, step.stated)
        yield Event(READY if ready else LOST, before, step.recorded, step.entry)


def _steps(case: Case) -> list[_Step]:
    last_count = _connected_after(case)
    found = [
        _Step(count, False, record.stated, record.recorded, record.id)
        for count, record in enumerate(case.records, start=1)
        if record.kind in SETTLING
    ]
    found += {
        _Step(record.redone_after, True, record.redone_at, record.redone_at)
        for record in case.records
        if record.redone_at is not None
    }
    return sorted(step for step in found if (step.count, step.undone) <= (last_count, False))


def _as_of(case: Case, step: _Step) -> Case:
    """The records as they counted then: what had to be done anew only later still counted."""

    def then(record: Record) -> Record:
        later = (record.redone_after, True) > (step.count, step.undone)
        return replace(record, redone="") if record.redone_at is not None and later else record

    return replace(case, records=tuple(then(record) for record in case.records[: step.count]))


def _connected_after(case: Case) -> int:
    """How many records there were when the connection was recorded; more than there are while it was not,
    or must be done anew."""
    places = {record.id: at for at, record in enumerate(case.records, start=1) if not record.redone}
    found = [places[e.entry] for e in case.events if e.name == CONNECTED and e.entry in places]
    return max(found, default=len(case.records) + 1)
