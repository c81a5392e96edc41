"""How many sources a customer needs, and of which kind those of a plan are (regulations.md 4.4, R17)."""

from collections.abc import Iterable, Iterator, Sequence

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.field import Values
from yekuo_desktop.domain.reference import Reference

DUAL = "hv_dual"


def wanted_lines(case: Case, importance: str, reference: Reference) -> tuple[int, str]:
    """How many lines class and importance ask for, and why."""
    rule = reference.engineering.supply(importance)
    if rule is not None:
        return rule.lines, rule.words
    if case.klass == DUAL:
        return 2, "申请双电源"
    return 1, "单电源供电"


def stations(rows: Iterable[Values]) -> frozenset[str]:
    """The substations the lines come from, by name."""
    return frozenset(str(row.get("substation") or "").strip() for row in rows) - {""}


def sources(rows: Iterable[Values]) -> frozenset[tuple[str, str]]:
    """The substations with their bus sections: what counts as a source of its own."""
    found = {(str(row.get("substation") or "").strip(), str(row.get("bus") or "").strip()) for row in rows}
    return frozenset(pair for pair in found if pair[0])


def kind_of(rows: Sequence[Values]) -> tuple[str, str]:
    """Code of `source_types` of these lines, and why; "" while a line has no substation."""
    if any(not row.get("substation") for row in rows):
        return "", ""
    if len(rows) == 1:
        return "single_one", "一路电源"
    if len(rows) > 2:
        return "multiple", f"{len(rows)} 路电源"
    if len(stations(rows)) > 1:
        return "dual_two", "两路电源来自不同变电所"
    if len(sources(rows)) > 1:
        return "dual_same", "两路电源来自同一变电所的两段母线"
    return "single_two", "两回路来自同一变电所同一母线段"


def shortfalls(importance: str, rows: Sequence[Values], reference: Reference) -> Iterator[str]:
    """What the lines of a plan lack for a customer of this importance."""
    rule = reference.engineering.supply(importance)
    if rule is None:
        return
    if len(rows) < rule.lines:
        yield f"{rule.words};方案只有 {len(rows)} 路"
    elif any(not row.get("substation") for row in rows):
        return
    elif len(stations(rows)) < rule.stations:
        yield f"{rule.words};方案的电源来自 {len(stations(rows))} 个变电所"
    elif len(sources(rows)) < rule.sources:
        yield f"{rule.words};方案的电源来自同一母线段"
