"""T3: an overdue limit went up and nobody who had to know said what he does about it (regulations.md 5.1: a
warning that is not handled becomes a matter for the audit)."""

from collections.abc import Iterator

from yekuo_desktop.domain.clocks import running_limits
from yekuo_desktop.domain.escalation import escalations, receives
from yekuo_desktop.domain.escalation_rules import Level
from yekuo_desktop.domain.oversight.hits import Hit, Look, day


def unanswered(look: Look) -> Iterator[Hit]:
    """Each level that waits longer than the threshold."""
    most = look.figure("T3", "workdays")
    if most is None:
        return
    rules, calendar = look.reference.escalation, look.reference.calendar
    running = running_limits(look.case, look.reference)
    for each in escalations(running, look.case.escalations, rules, calendar, look.now):
        waited = calendar.workdays_between(day(each.since), day(look.now))
        if each.answered is None and waited > most:
            yield look.hit(
                "T3",
                f"{each.running.key}:{each.level.id}",
                f"{each.level.label} {each.running.label}",
                f"{most} 个工作日内签收",
                f"{waited} 个工作日未签收",
                stage=each.running.stage or look.case.stage,
                who=_receiver(look, each.level),
                at=each.since,
            )


def _receiver(look: Look, level: Level) -> str:
    """Id of whoever is told at that level, in the order of its roles; "" where nobody is."""
    everybody = look.organisation.people.values()
    told = [p for p in everybody if p.active and receives(level, p, look.case.station)]
    first = (p.id for role in level.receivers for p in told if role in p.roles)
    return next(first, "")
