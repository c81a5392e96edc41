"""The metering point that a plan's figures lead to: mode by capacity and voltage, meter, transformers
(regulations.md 4.4; resources/engineering.toml)."""

from decimal import Decimal

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.display import number as number_text
from yekuo_desktop.domain.engineering import Engineering
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.survey.capacities import ceiling, high, unit
from yekuo_desktop.domain.stages.survey.sizing import (
    HIGH_HIGH,
    HIGH_LOW,
    LOW_LOW,
    LOW_SIDE,
    Current,
    rated_current,
    ratio_for,
    wiring_for,
)
from yekuo_desktop.domain.voltages import kilovolts

LOW_SIDE_CEILINGS = {"10kv": "low_side_metering_10kv_kva", "35kv": "low_side_metering_35kv_kva"}


class Chosen(msgspec.Struct, frozen=True):
    """The metering mode that follows from capacity and voltage, and why."""

    mode: str
    words: str


def low_side_ceiling(case: Case, voltage: str, reference: Reference) -> int | None:
    """Up to which capacity (kVA) 高供低计 is allowed at this voltage; None where no rule says."""
    key = LOW_SIDE_CEILINGS.get(voltage)
    return ceiling(case, key, reference) if key else None


def mode_for(case: Case, voltage: str, capacity: Decimal, reference: Reference) -> Chosen:
    """低供低计 for low voltage; 高供低计 up to the ceiling of the rule set, 高供高计 above it."""
    if not high(case):
        return Chosen(LOW_LOW, "低压供电,低供低计")
    label = reference.code_label("voltages", voltage)
    most, text = low_side_ceiling(case, voltage, reference), number_text(str(capacity))
    if most is None:
        return Chosen(HIGH_HIGH, f"{label} 供电,高供高计")
    if capacity > most:
        return Chosen(HIGH_HIGH, f"{label} 供电 {text} kVA,超过 {most} kVA,须高供高计")
    return Chosen(HIGH_LOW, f"{label} 供电 {text} kVA,不超过 {most} kVA,高压侧计量确有困难时可高供低计")


def metering_kilovolt(mode: str, voltage: str, reference: Reference) -> Decimal | None:
    """The voltage at which is measured, in kV; None where there is no voltage yet."""
    found = kilovolts(voltage, reference)
    if found is None:
        return None
    return LOW_SIDE if mode == HIGH_LOW else Decimal(str(found))


def current_of(
    case: Case, mode: str, voltage: str, capacity: Decimal, reference: Reference
) -> Current | None:
    """The rated current through a metering point of this capacity."""
    kilovolt = metering_kilovolt(mode, voltage, reference)
    if kilovolt is None or not capacity:
        return None
    return rated_current(capacity, kilovolt, single_phase=kilovolt < LOW_SIDE, unit=unit(case))


def point(
    case: Case,
    voltage: str,
    capacity: Decimal,
    category: str,
    reference: Reference,
    chosen: Chosen | None = None,
) -> tuple[dict[str, str], str] | None:
    """One metering point with the reason of every choice; None while voltage or capacity is unknown.
    ``chosen``: the mode of the whole plan, for one of its several points."""
    data, chosen = reference.engineering, chosen or mode_for(case, voltage, capacity, reference)
    kilovolt = metering_kilovolt(chosen.mode, voltage, reference)
    current = current_of(case, chosen.mode, voltage, capacity, reference)
    if kilovolt is None or current is None:
        return None
    wiring = wiring_for(chosen.mode, kilovolt, data)
    row = {"group_no": "1", "mode": chosen.mode, "wiring": wiring}
    row |= {"category": category} if category else {}
    transformers, words = _transformers(chosen.mode, kilovolt, current, data)
    row |= transformers | _meter(wiring, transformers, kilovolt, data)
    return row, f"{chosen.words};{words}"


def _transformers(
    mode: str, kilovolt: Decimal, current: Current, data: Engineering
) -> tuple[dict[str, str], str]:
    most = data.direct_metering.max_ampere
    if mode != HIGH_HIGH and current.ampere <= most:
        return {}, f"{current.words},不超过 {most} A,电能表直接接入"
    ratio, accuracy = ratio_for(current, data.current_transformer), data.accuracy(float(kilovolt))
    found = {"ct": ratio.text, "ct_accuracy": accuracy.ct if accuracy else ""}
    if mode == HIGH_HIGH:
        volts, secondary = number_text(str(kilovolt)), data.high_voltage_metering.pt_secondary
        found |= {"pt": f"{volts}/{secondary}", "pt_accuracy": accuracy.pt if accuracy else ""}
    return {key: text for key, text in found.items() if text}, ratio.words


def _meter(wiring: str, transformers: dict[str, str], kilovolt: Decimal, data: Engineering) -> dict[str, str]:
    connection = "ct_pt" if "pt" in transformers else "ct" if "ct" in transformers else "direct"
    usual = data.meter(wiring, connection)
    accuracy = data.accuracy(float(kilovolt))
    found = {"meter": usual.spec if usual else "", "meter_accuracy": accuracy.meter if accuracy else ""}
    return {key: text for key, text in found.items() if text}
