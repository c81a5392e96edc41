"""Metering points of a plan against the ceiling of 高供低计 (R16), the wiring and the load current."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.circumstances import number
from yekuo_desktop.domain.display import number as number_text
from yekuo_desktop.domain.field import Problem, Values
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.survey.capacities import high
from yekuo_desktop.domain.stages.survey.metering import current_of, low_side_ceiling, metering_kilovolt
from yekuo_desktop.domain.stages.survey.sizing import (
    HIGH_HIGH,
    HIGH_LOW,
    LOW_LOW,
    LOW_SIDE,
    SINGLE,
    Current,
    load_share,
    primary_of,
)

FIELD = "metering_points"


def metering_problems(
    case: Case, values: Values, voltage: str, capacity: Decimal, reference: Reference
) -> Iterator[Problem]:
    """Everything that is odd, point by point; all of it warns."""
    rows = values.get(FIELD) or ()
    if not voltage:
        return
    yield from _low_side(case, rows, voltage, capacity, reference)
    sizes = _sizes(rows, values.get("sources") or (), capacity)
    for at, (row, size) in enumerate(zip(rows, sizes, strict=True), start=1):
        mode = str(row.get("mode") or "")
        for text in _point(case, row, mode, voltage, size, reference):
            yield Problem(FIELD, f"第 {at} 个计量点:{text}", warning=True)


def _low_side(
    case: Case, rows: Sequence[Values], voltage: str, capacity: Decimal, reference: Reference
) -> Iterator[Problem]:
    """高供低计: 10 kV ≤ 315 kVA, 35 kV ≤ 500 kVA, figures of the rule set (R16)."""
    most = low_side_ceiling(case, voltage, reference)
    if most is None or capacity <= most or not any(row.get("mode") == HIGH_LOW for row in rows):
        return
    label = reference.code_label("voltages", voltage)
    text = f"{label} 供电 {number_text(str(capacity))} kVA 超过 {most} kVA,不应高供低计,应高供高计"
    yield Problem(FIELD, text, warning=True)


def _sizes(rows: Sequence[Values], sources: Sequence[Values], capacity: Decimal) -> list[Decimal | None]:
    """The capacity behind each point, where it is known: the whole, or that of its source."""
    if len(rows) == 1:
        return [capacity or None]
    if len(rows) == len(sources):
        return [number(source, "capacity") or None for source in sources]
    return [None for _ in rows]


def _point(
    case: Case, row: Values, mode: str, voltage: str, size: Decimal | None, reference: Reference
) -> Iterator[str]:
    if mode and high(case) is (mode == LOW_LOW):
        yield "计量方式与供电电压不符"
        return
    kilovolt = metering_kilovolt(mode, voltage, reference)
    if row.get("wiring") and kilovolt is not None and (row["wiring"] == SINGLE) is (kilovolt >= LOW_SIDE):
        yield "接线方式与供电电压不符"
    if mode == HIGH_HIGH and not (row.get("ct") and row.get("pt")):
        yield "高供高计须有电流、电压互感器"
    current = current_of(case, mode, voltage, size, reference) if mode and size else None
    if current is not None:
        yield from _transformer(row, mode, current, reference)


def _transformer(row: Values, mode: str, current: Current, reference: Reference) -> Iterator[str]:
    data, ratio = reference.engineering, str(row.get("ct") or "")
    most, least = data.direct_metering.max_ampere, data.current_transformer.least_percent
    if not ratio:
        if mode != HIGH_HIGH and current.ampere > most:
            yield f"{current.words},超过 {most} A,宜经电流互感器接入"
        return
    primary = primary_of(ratio)
    if primary is None:
        yield f"CT变比“{ratio}”应写成 50/5 的样子"
        return
    share = load_share(current.ampere, primary)
    if share > 100:
        yield f"{current.words},超过 CT 额定一次电流 {primary} A"
    elif share < least:
        yield f"{current.words},只有 CT 额定一次电流 {primary} A 的 {share}%,应至少 {least}%"
