"""Capacity and voltage against class and rule set: ceilings of single phase, low voltage and 10 kV
(供电营业规则; figures in `ceilings` of the rule set, regulations.md 1.3, 4.4)."""

from collections.abc import Iterator
from decimal import Decimal

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.circumstances import number
from yekuo_desktop.domain.display import number as number_text
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.tasks import Proposal
from yekuo_desktop.domain.voltages import LOW

MODES = {"single_phase": "220v", "three_phase": "380v"}  # codes of supply_modes and of voltages


def applied(case: Case) -> Decimal:
    """The capacity after the business, as applied for: what was there and what is to be added."""
    if case.business == "batch":
        return number(case.values, "batch_capacity")
    wanted = number(case.values, "capacity")
    if case.business != "increase":
        return wanted
    return number(case.values, "total_capacity") or wanted + number(case.values, "existing_capacity")


def high(case: Case) -> bool:
    """Whether the customer is one of high voltage."""
    return case.klass.startswith("hv")


def unit(case: Case) -> str:
    """What its capacity is counted in (附件3-4: 高压按 kVA)."""
    return "kVA" if high(case) else "kW"


def ceiling(case: Case, key: str, reference: Reference) -> int | None:
    """A figure of `ceilings` of the rule set of the case; None where it says nothing."""
    rules = reference.rulesets.get(case.rules)
    return rules.ceilings.get(key) if rules else None


def class_problems(case: Case, key: str, voltage: str, reference: Reference) -> Iterator[Problem]:
    """The way of a case follows its class: another voltage means another class first."""
    if voltage and (voltage in LOW) is high(case):
        label = reference.code_label("voltages", voltage)
        klass = reference.code_label("classes", case.klass)
        yield Problem(key, f"客户类别为{klass},不能按 {label} 供电;请先更正申请的客户类别")


def ceiling_problems(
    case: Case, keys: tuple[str, str], voltage: str, capacity: Decimal, reference: Reference
) -> Iterator[Problem]:
    """Ceilings warn: the rules allow exceptions, a person decides. ``keys``: fields of voltage, capacity."""
    most, least = _range(case, voltage, reference)
    label = reference.code_label("voltages", voltage)
    text = f"{number_text(str(capacity))} {unit(case)}"
    if most is not None and capacity > most:
        yield Problem(keys[1], f"{label} 供电一般不超过 {most} {unit(case)},现为 {text}", warning=True)
    if least is not None and 0 < capacity < least:
        words = f"{label} 供电一般不小于 {least} {unit(case)},现为 {text};请核对能否低压供电"
        yield Problem(keys[1], words, warning=True)


def _range(case: Case, voltage: str, reference: Reference) -> tuple[int | None, int | None]:
    most = {"220v": "single_phase_kw", "380v": "lv_kw", "10kv": "hv_10kv_max_kva"}
    least = {"10kv": "hv_10kv_min_kva"}
    found = (
        ceiling(case, table[voltage], reference) if voltage in table else None for table in (most, least)
    )
    highest, lowest = found
    return highest, lowest


def proposed_voltage(case: Case, reference: Reference) -> Iterator[Proposal]:
    """What the application asks for; else the voltage whose usual range holds the capacity."""
    mode = str(case.values.get("supply_mode") or "")
    if mode in MODES and not high(case):
        label = reference.code_label("supply_modes", mode)
        yield Proposal("survey_voltage", MODES[mode], f"申请供电方式为{label}")
        return
    capacity = applied(case)
    for voltage in ("10kv",) if high(case) else ("220v", "380v"):
        most, least = _range(case, voltage, reference)
        if capacity and most is not None and (least or 0) <= capacity <= most:
            words = f"{number_text(str(capacity))} {unit(case)} 在 {_label(voltage, reference)} 常用范围内"
            yield Proposal("survey_voltage", voltage, words)
            return


def _label(voltage: str, reference: Reference) -> str:
    return reference.code_label("voltages", voltage)
