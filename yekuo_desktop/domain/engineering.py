"""Engineering data behind the proposals of a supply plan, read from `resources/engineering.toml`.

Every entry carries its citation and confidence. It proposes and warns; a person decides.
"""

import tomllib
from datetime import date

import msgspec

from yekuo_desktop.domain.deadlines.limits import Confidence


class EngineeringError(ValueError):
    """Engineering data that cannot be used; the message is Chinese and names the fault."""


class Cited(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a figure comes from."""

    citation: str
    confidence: Confidence


class DirectMetering(Cited, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Up to this load current (A) a meter is connected without transformers."""

    max_ampere: int


class CurrentTransformer(Cited, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The load current is about ``target_percent`` of the rated primary current, at least ``least_percent``.
    ``primaries`` (A) ascending, over one ``secondary`` (A)."""

    target_percent: int
    least_percent: int
    secondary: int
    primaries: tuple[int, ...]


class Accuracy(Cited, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Accuracy classes of a metering point from this voltage (kV) on."""

    from_kv: float
    device_class: str
    meter: str
    ct: str
    pt: str


class Meter(Cited, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The usual meter of a wiring (code of `wirings`) and a connection."""

    wiring: str
    connection: str
    spec: str


class HighVoltageMetering(Cited, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From which voltage (kV) on the neutral is earthed; the secondary of the transformers in kV."""

    four_wire_from_kv: float
    pt_secondary: str


class PowerFactor(Cited, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For whom a standard (code of `power_factors`) holds; no ``categories``: for everybody else."""

    standard: str
    words: str
    categories: tuple[str, ...] = ()
    from_kva: int = 0
    over_kva: int = 0
    high_voltage: bool = False


class Tariff(Cited, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which categories pay in two parts from ``two_part_from_kva`` on, and may choose above
    ``choice_over_kva``."""

    in_force_from: date
    categories: tuple[str, ...]
    two_part_from_kva: int
    choice_over_kva: int | None = None


class Supply(Cited, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an important customer needs at least: lines, sources (bus sections), substations."""

    importance: str
    lines: int
    sources: int
    stations: int
    words: str


class Emergency(Cited, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Own emergency supply in percent of the load it must carry."""

    least_percent: int


class TransformerLoad(Cited, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The highest lasting load of a transformer in percent of its capacity."""

    most_percent: int


class Reactive(Cited, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Capacitors in percent of the transformers; ``estate_percent`` at least for 居民小区."""

    least_percent: int
    most_percent: int
    estate_percent: int


class Engineering(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of it."""

    direct_metering: DirectMetering
    current_transformer: CurrentTransformer
    accuracies: tuple[Accuracy, ...]
    meters: tuple[Meter, ...]
    high_voltage_metering: HighVoltageMetering
    power_factors: tuple[PowerFactor, ...]
    tariffs: tuple[Tariff, ...]
    supplies: tuple[Supply, ...]
    emergency: Emergency
    transformer_load: TransformerLoad
    reactive: Reactive

    def accuracy(self, kilovolt: float) -> Accuracy | None:
        """The accuracy classes of a metering point of this voltage."""
        found = [entry for entry in self.accuracies if entry.from_kv <= kilovolt]
        return found[-1] if found else None

    def meter(self, wiring: str, connection: str) -> Meter | None:
        """The usual meter; None where no source names one."""
        return next((m for m in self.meters if (m.wiring, m.connection) == (wiring, connection)), None)

    def supply(self, importance: str) -> Supply | None:
        """What a customer of this importance needs; None for everybody else."""
        return next((entry for entry in self.supplies if entry.importance == importance), None)

    def tariff(self, day: date) -> Tariff | None:
        """The tariff rule in force on a day."""
        found = [entry for entry in self.tariffs if entry.in_force_from <= day]
        return max(found, key=lambda entry: entry.in_force_from, default=None)


def parse_engineering(text: str) -> Engineering:
    """Read `engineering.toml`. Raises EngineeringError."""
    try:
        found = msgspec.convert(tomllib.loads(text), Engineering)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise EngineeringError(f"工程数据有误：{error}") from error
    steps = [entry.from_kv for entry in found.accuracies]
    if steps != sorted(steps):
        raise EngineeringError("工程数据有误：accuracies 应按 from_kv 从小到大排列")
    primaries = found.current_transformer.primaries
    if not primaries or list(primaries) != sorted(set(primaries)):
        raise EngineeringError("工程数据有误：primaries 应从小到大排列且不重复")
    return found
