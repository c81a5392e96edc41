"""R6, R7, R7b, R8, R20: the limits of the case's own rule set, the utility side beside the whole."""

from collections.abc import Iterator

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.clocks import ENDED, applying_limits, case_events, deadlines_of, stretches
from yekuo_desktop.domain.deadlines.limits import REQUESTS, Deadline, Interval, Limit
from yekuo_desktop.domain.deadlines.timelimits import elapsed
from yekuo_desktop.domain.display import moment
from yekuo_desktop.domain.loans import LOAN
from yekuo_desktop.domain.oversight.hits import Hit, Look, day
from yekuo_desktop.domain.validity import PLAN_VALIDITY

ELSEWHERE = frozenset({PLAN_VALIDITY, LOAN})  # R10; a matter of the archive room
FILED, THREE_ZERO = "archived", "three_zero"


def late(look: Look) -> Iterator[Hit]:
    """Every running of a limit that is over, met too late or still open; and what is about to be."""
    if look.case.rules not in look.reference.rulesets:
        return
    events = case_events(look.case, look.reference)
    for limit in applying_limits(look.case, look.reference):
        if limit.id in ELSEWHERE:
            continue
        for turn, (due, run) in enumerate(deadlines_of(look.case, limit, look.reference, events), start=1):
            yield from _of_running(look, limit, due, run, turn)


def rule_of_limit(limit: Limit) -> str:
    """Which rule a limit belongs to."""
    if limit.stops_on == FILED:
        return "R20"
    if limit.kind == "stage":
        return "R6"
    return "R7b" if THREE_ZERO in limit.when else "R7"


def _of_running(look: Look, limit: Limit, due: Deadline, run: Interval, turn: int) -> Iterator[Hit]:
    over = run.end or look.now
    ended = look.case.state in ENDED and limit.starts_on not in REQUESTS
    if due.due is None or (run.end is None and ended):
        return
    fact = f"{limit.id}:{turn}"
    subject = limit.label if turn == 1 else f"{limit.label}(第 {turn} 次)"
    stage, until = limit.stage or look.case.stage, f"{moment(due.due)} 前"
    if over > due.due:
        wanted = f"{limit.allowance},{until}"
        found = f"{f'{moment(run.end)} 完成' if run.end else '尚未完成'},{_used(look, limit, run)}"
        reason = look.case.overdue_reasons.get(limit.id if turn == 1 else f"{limit.id}#{turn}", "")
        words = f"{found};已说明:{reason}" if reason else found
        yield look.hit(rule_of_limit(limit), fact, subject, wanted, words, stage=stage, at=due.due)
    elif run.end is None and _soon(look, limit, due):
        left = look.reference.calendar.workdays_between(day(look.now), day(due.due))
        found = f"还剩 {left} 个工作日,尚未完成" if left else "今日到期,尚未完成"
        yield look.hit("R8", fact, subject, until, found, stage=stage, at=due.due)


def _soon(look: Look, limit: Limit, due: Deadline) -> bool:
    left, least = look.figure("R8", "workdays"), look.figure("R8", "least_limit")
    if left is None or least is None or due.due is None:
        return False
    enough = limit.unit != "workday" or limit.amount >= least
    return enough and look.reference.calendar.workdays_between(day(look.now), day(due.due)) <= left


def _used(look: Look, limit: Limit, run: Interval) -> str:
    """How long it took: what counts against us, and all of it."""
    end = run.end or look.now
    runs = stretches(limit.parts, case_events(look.case, look.reference)) if limit.parts else [run]
    own = _days(look, limit, [Interval(each.start, each.end or end) for each in runs], look.case)
    whole = _days(look, limit, [Interval(run.start, end)], None)
    return f"供电侧 {own} {limit.counted_unit},全程 {whole} {limit.counted_unit}"


def _days(look: Look, limit: Limit, runs: list[Interval], paused: Case | None) -> int:
    first_day = look.reference.rulesets[look.case.rules].first_day
    calendar, hours = look.reference.calendar, look.reference.hours
    pauses = paused.pauses if paused else ()
    return elapsed(limit, first_day, runs, calendar, hours, look.now, pauses).used
