"""Every check of a case. A rule the county does not keep finds nothing."""

from collections.abc import Callable, Iterable

from yekuo_desktop.domain.oversight import customers, deadlines, escalated, papers, times, works
from yekuo_desktop.domain.oversight.hits import Hit, Look

Check = Callable[[Look], Iterable[Hit]]
CHECKS: tuple[Check, ...] = (
    times.entered_late,
    times.filed_early,
    times.too_short,
    times.recorded_late,
    times.after_hours,
    times.dates_changed,
    deadlines.late,
    escalated.unanswered,
    papers.missing,
    papers.contradictions,
    papers.filed,
    papers.equipment,
    works.expired,
    works.unreviewed,
    works.unrectified,
    works.unlicensed,
    works.metered_low,
    works.undersupplied,
    customers.doubled,
    customers.repeated,
    customers.badly_exempted,
)


def hits(look: Look) -> tuple[Hit, ...]:
    """Everything the rules find in a case, each fact once, in the order of the rules."""
    found = {hit.key: hit for check in CHECKS for hit in check(look)}
    order = [rule.id for rule in look.reference.oversight.rules]
    kept = (hit for hit in found.values() if hit.rule in order)
    return tuple(sorted(kept, key=lambda hit: order.index(hit.rule)))
