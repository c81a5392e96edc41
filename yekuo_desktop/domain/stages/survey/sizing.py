"""Arithmetic of a supply plan: rated current, current transformer, meter, each with how it was reached."""

from decimal import ROUND_HALF_UP, Decimal

import msgspec

from yekuo_desktop.domain.display import number as number_text
from yekuo_desktop.domain.engineering import CurrentTransformer, Engineering

ROOT_3 = Decimal(3).sqrt()
TENTH = Decimal("0.1")
SINGLE, THREE_WIRE, FOUR_WIRE = "1", "2", "3"  # codes of resources/codes/wirings.toml
HIGH_HIGH, HIGH_LOW, LOW_LOW = "1", "2", "3"  # codes of resources/codes/metering_modes.toml
LOW_SIDE = Decimal("0.38")  # kV behind the customer's own transformer


class Current(msgspec.Struct, frozen=True):
    """A current in A to one decimal, and the arithmetic."""

    ampere: Decimal
    words: str


class Ratio(msgspec.Struct, frozen=True):
    """A ratio of the standard series and how it was found; ``fits``: the load keeps within its bounds."""

    text: str
    words: str
    fits: bool


def rated_current(capacity: Decimal, kilovolt: Decimal, *, single_phase: bool, unit: str) -> Current:
    """I = S ÷ (√3·U), single phase I = P ÷ U; capacity in kVA (low voltage kW, power factor taken as 1)."""
    plain, volts = number_text(str(capacity)), number_text(str(kilovolt))
    if single_phase:
        ampere = _tenth(capacity / kilovolt)
        return Current(ampere, f"I=P÷U={plain}÷{volts}={ampere} A")
    ampere = _tenth(capacity / (ROOT_3 * kilovolt))
    sign = "S" if unit == "kVA" else "P"
    return Current(ampere, f"I={sign}÷(√3·U)={plain}÷(1.732×{volts})={ampere} A")


def ratio_for(current: Current, rule: CurrentTransformer) -> Ratio:
    """The standard ratio whose primary is nearest to the load current over its target share of it."""
    wanted = _tenth(current.ampere * 100 / rule.target_percent)
    able = [primary for primary in rule.primaries if primary >= current.ampere]
    if not able:
        return Ratio("", f"{current.words},超出电流互感器标准系列", False)
    primary = min(able, key=lambda each: (abs(each - wanted), each))
    share = load_share(current.ampere, primary)
    words = (
        f"{current.words};÷{rule.target_percent}%={wanted} A,标准系列取 {primary}/{rule.secondary}"
        f"(负荷电流为额定的 {share}%)"
    )
    return Ratio(f"{primary}/{rule.secondary}", words, share >= rule.least_percent)


def load_share(ampere: Decimal, primary: int) -> int:
    """The load current in percent of the rated primary current."""
    return int((ampere * 100 / primary).to_integral_value(ROUND_HALF_UP))


def primary_of(ratio: str) -> int | None:
    """The primary current of a ratio written as 50/5; None where it is not one."""
    head = ratio.strip().partition("/")[0].strip().removesuffix("A")
    return int(head) if head.isdecimal() and int(head) > 0 else None


def wiring_for(mode: str, kilovolt: Decimal, data: Engineering) -> str:
    """Single phase at 220 V; four wires behind a transformer and at earthed neutral, else three."""
    if mode == HIGH_HIGH:
        earthed = kilovolt >= Decimal(str(data.high_voltage_metering.four_wire_from_kv))
        return FOUR_WIRE if earthed else THREE_WIRE
    return SINGLE if mode == LOW_LOW and kilovolt < LOW_SIDE else FOUR_WIRE


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(TENTH, ROUND_HALF_UP)
