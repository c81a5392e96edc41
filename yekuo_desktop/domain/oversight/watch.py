"""What only shows over many cases: R19, the share of one unit in a station and a period (三不指定); R24, how
often somebody looked at personal data; and the random draw of cases to be looked at."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.firms import KINDS
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.oversight.hits import Hit
from yekuo_desktop.domain.oversight_orders import Sample
from yekuo_desktop.domain.oversight_rules import OversightRule
from yekuo_desktop.domain.records import last, rows

UNITS = {**KINDS, "maker": "设备厂家"}
CHOSEN = (
    ("designer", "designer.chosen", "designer_name"),
    ("builder", "contractor.checked", "builder_name"),
    ("tester", "contractor.checked", "tester_name"),
)
DEVICES, DEVICE_ROWS = "devices.certified", "devices"


class Choice(NamedTuple):
    """One unit a customer chose. ``kind``: of UNITS."""

    station: str
    kind: str
    name: str


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """How many of a station's cases one unit got."""

    station: str
    kind: str
    name: str
    count: int
    total: int

    @property
    def percent(self) -> int:
        """In whole percent, rounded down: nobody is accused by rounding."""
        return self.count * 100 // self.total


def choices(case: Case) -> Iterator[Choice]:
    """Every unit of a case; a maker once, however many devices are his."""
    for kind, task, key in CHOSEN:
        record = last(case, task)
        name = str(record.values.get(key) or "").strip() if record else ""
        if name:
            yield Choice(case.station, kind, name)
    makers = {str(row.get("maker") or "").strip() for row in rows(case, DEVICES, DEVICE_ROWS)} - {""}
    yield from (Choice(case.station, "maker", maker) for maker in sorted(makers))


def shares(cases: Iterable[Iterable[Choice]]) -> tuple[Share, ...]:
    """By station and kind the share of each unit, in cases; the largest first."""
    counts: Counter[Choice] = Counter()
    totals: Counter[tuple[str, str]] = Counter()
    for case in cases:
        found = set(case)
        counts.update(found)
        totals.update({(choice.station, choice.kind) for choice in found})
    made = (
        Share(station=c.station, kind=c.kind, name=c.name, count=count, total=totals[c.station, c.kind])
        for c, count in counts.items()
    )
    return tuple(sorted(made, key=lambda s: (-s.percent, -s.count, s.station, s.kind, s.name)))


def concentrated(
    found: Iterable[Share], rule: OversightRule, period: str, organisation: Organisation
) -> Iterator[Hit]:
    """R19: a share at or above the threshold, among enough cases to mean something. A trail, no proof."""
    percent, least = rule.figures["percent"], rule.figures["least_cases"]
    for share in found:
        if share.total >= least and share.percent >= percent:
            yield Hit(
                rule=rule.id,
                key=f"{rule.id}:{share.station}:{share.kind}:{share.name}:{period}",
                subject=f"{organisation.station_name(share.station)} {UNITS[share.kind]} {share.name}",
                wanted=f"占比低于 {percent}%",
                found=f"{share.total} 件中 {share.count} 件,占 {share.percent}%",
            )


class Looked(NamedTuple):
    """Somebody saw personal data on a day, or took so many rows of it out."""

    person: str
    on: date
    rows: int = 0


def curious(found: Iterable[Looked], rule: OversightRule) -> Iterator[Hit]:
    """R24: more often in a day than the threshold, or more rows."""
    times: Counter[tuple[str, date]] = Counter()
    rows: Counter[tuple[str, date]] = Counter()
    for each in found:
        times[each.person, each.on] += 1
        rows[each.person, each.on] += each.rows
    for (person, on), count in sorted(times.items()):
        taken = rows[person, on]
        wanted, many = _too_many(rule, count, taken)
        if many:
            yield Hit(
                rule=rule.id,
                key=f"{rule.id}:{person}:{on}",
                subject=f"{on} 查看、导出客户资料",
                wanted=f"一天不超过{wanted}",
                found=f"{count} 次" + (f",导出 {taken} 行" if taken else ""),
                who=person,
            )


def _too_many(rule: OversightRule, count: int, taken: int) -> tuple[str, bool]:
    """The thresholds of the rule in words, and whether one was passed."""
    limits = ((rule.figures.get("a_day"), count, "次"), (rule.figures.get("rows_a_day"), taken, "行"))
    kept = [(most, value, unit) for most, value, unit in limits if most is not None]
    words = "、".join(f" {most} {unit}" for most, _, unit in kept)
    return words, any(value > most for most, value, _ in kept)


def draw(cases: Iterable[str], seed: str, count: int, of: str) -> Sample:
    """``count`` of these cases (ids), by lot. The lot follows from the seed and the case alone, so that
    anybody can draw again and see that nothing was chosen by hand."""

    def lot(case: str) -> str:
        return hashlib.sha256(f"{seed}:{case}".encode()).hexdigest()

    known = tuple(dict.fromkeys(cases))
    return Sample(seed=seed, of=of, population=len(known), cases=tuple(sorted(known, key=lot)[:count]))
