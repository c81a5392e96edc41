"""What must hold over pauses and rounds, whatever they are and in whatever order they are told."""

from datetime import datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.limit_samples import CALENDAR, HOURS, PLAN
from yekuo_desktop.domain.deadlines.timelimits import (
    Interval,
    Light,
    Limit,
    Part,
    Pause,
    deadline,
    deadline_of_sum,
    elapsed,
    light,
    remaining_text,
)
from yekuo_desktop.domain.deadlines.workdays import CHINA, days

SUM = replace(PLAN, kind="sum", amount=22, parts=(Part("accepted", "plan_replied"),))
RULES = st.sampled_from(["same", "next"])
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2028, 6, 30)).map(
    lambda when: when.replace(tzinfo=CHINA)
)
HOURS_LONG = st.integers(1, 600).map(lambda hours: timedelta(hours=hours))
LIMITS = st.builds(
    lambda amount, unit: replace(PLAN, amount=amount, unit=unit),
    st.integers(1, 30),
    st.sampled_from(["workday", "day", "month", "hour"]),
)
Case = tuple[datetime, list[Pause]]
DAYS = st.builds(lambda amount: replace(PLAN, amount=amount), st.integers(1, 30))


@st.composite
def a_case(draw: st.DrawFn) -> Case:
    """A start and pauses near it, so that they mostly fall into the time limit."""
    start, held, at = draw(MOMENTS), [], timedelta()
    for _ in range(draw(st.integers(0, 4))):
        at += draw(HOURS_LONG)
        begin = start + at
        at += draw(HOURS_LONG)
        held.append(Pause(begin, start + at, "客户原因"))
    return start, held


@st.composite
def rounds(draw: st.DrawFn) -> list[Interval]:
    """Closed stretches one after the other, as rounds of a task follow each other."""
    at, found = draw(MOMENTS), []
    for _ in range(draw(st.integers(1, 5))):
        end = at + draw(HOURS_LONG)
        found.append(Interval(at, end))
        at = end + draw(HOURS_LONG)
    return found


# ---- pauses --------------------------------------------------------------------------------------


@given(LIMITS, RULES, a_case(), st.randoms(use_true_random=False))
def test_the_order_pauses_are_told_in_changes_nothing(
    limit: Limit, rule: str, case: Case, chance: Random
) -> None:
    start, held = case
    shuffled = chance.sample(held, len(held))
    one = deadline(limit, rule, start, CALENDAR, HOURS, held)
    other = deadline(limit, rule, start, CALENDAR, HOURS, shuffled)
    assert (one.due, one.warn) == (other.due, other.warn)


@given(LIMITS, RULES, a_case())
def test_a_pause_told_twice_changes_nothing(limit: Limit, rule: str, case: Case) -> None:
    start, held = case
    once = deadline(limit, rule, start, CALENDAR, HOURS, held)
    twice = deadline(limit, rule, start, CALENDAR, HOURS, [*held, *held])
    assert (once.due, once.used) == (twice.due, twice.used)


@given(LIMITS, RULES, a_case())
def test_pauses_a_limit_does_not_exclude_change_nothing(limit: Limit, rule: str, case: Case) -> None:
    start, held = case
    strict = replace(limit, excludes=())
    paused = deadline(strict, rule, start, CALENDAR, HOURS, held)
    assert paused == deadline(strict, rule, start, CALENDAR, HOURS)


@given(LIMITS, RULES, MOMENTS, HOURS_LONG, HOURS_LONG)
def test_a_pause_over_before_the_start_or_begun_after_the_end_changes_nothing(
    limit: Limit, rule: str, start: datetime, before: timedelta, after: timedelta
) -> None:
    plain = deadline(limit, rule, start, CALENDAR, HOURS)
    assert plain.due is not None
    outside = [
        Pause(start - before - after, start - before, "客户原因"),
        Pause(plain.due + after, plain.due + after + before, "客户原因"),
        Pause(plain.due + after, None, "客户原因"),
    ]
    assert deadline(limit, rule, start, CALENDAR, HOURS, outside).due == plain.due


@given(DAYS, RULES, a_case())
def test_pauses_gain_no_more_working_days_than_they_touch(limit: Limit, rule: str, case: Case) -> None:
    start, held = case
    plain = deadline(limit, rule, start, CALENDAR, HOURS).due
    paused = deadline(limit, rule, start, CALENDAR, HOURS, held).due
    assert plain is not None
    assert paused is not None
    touched = {day for pause in held for day in days(pause.start.date(), pause.end.date())}
    gained = CALENDAR.workdays_between(plain.date(), paused.date())
    assert gained <= sum(map(CALENDAR.is_workday, touched))


@given(DAYS, RULES, a_case())
def test_no_counted_day_is_paused_at_closing_time_and_every_skipped_one_says_why(
    limit: Limit, rule: str, case: Case
) -> None:
    start, held = case
    for line in deadline(limit, rule, start, CALENDAR, HOURS, held).days:
        assert line.reason
        if line.counted:
            assert CALENDAR.is_workday(line.date)
            assert not any(pause.covers(HOURS.closing(line.date)) for pause in held)


@given(LIMITS, RULES, MOMENTS, HOURS_LONG)
def test_an_open_pause_holds_the_clock_or_came_too_late(
    limit: Limit, rule: str, start: datetime, after: timedelta
) -> None:
    plain = deadline(limit, rule, start, CALENDAR, HOURS)
    held = deadline(limit, rule, start, CALENDAR, HOURS, [Pause(start + after, None, "资料未齐")])
    if held.due is None:
        assert held.held == "资料未齐"
        assert held.used < max(limit.amount, plain.used) or limit.unit == "hour"
        assert light(held, start + 10 * after) is Light.GREY
        assert remaining_text(held, start + 10 * after, CALENDAR) == "已暂停"
    else:
        assert held.due == plain.due


@given(LIMITS, RULES, a_case(), HOURS_LONG)
def test_resuming_never_makes_up_for_lost_time(
    limit: Limit, rule: str, case: Case, longer: timedelta
) -> None:
    """Ending the last pause later never makes the act due earlier."""
    start, held = case
    if not held:
        return
    last = replace(held[-1], end=held[-1].end + longer)
    early = deadline(limit, rule, start, CALENDAR, HOURS, held).due
    late = deadline(limit, rule, start, CALENDAR, HOURS, [*held[:-1], last]).due
    assert early <= late


# ---- start, amount, first day ----------------------------------------------------------------------


@given(LIMITS, RULES, MOMENTS, HOURS_LONG)
def test_a_later_start_is_never_due_earlier(
    limit: Limit, rule: str, start: datetime, later: timedelta
) -> None:
    first = deadline(limit, rule, start, CALENDAR, HOURS).due
    assert first <= deadline(limit, rule, start + later, CALENDAR, HOURS).due


@given(LIMITS, RULES, a_case())
def test_one_more_day_is_never_due_earlier(limit: Limit, rule: str, case: Case) -> None:
    start, held = case
    less = deadline(limit, rule, start, CALENDAR, HOURS, held).due
    more = deadline(replace(limit, amount=limit.amount + 1), rule, start, CALENDAR, HOURS, held).due
    assert less <= more
    if limit.unit in ("workday", "hour"):
        assert less < more


@given(DAYS, a_case())
def test_counting_the_starting_day_gains_at_most_that_day(limit: Limit, case: Case) -> None:
    start, _ = case
    same = deadline(limit, "same", start, CALENDAR, HOURS).due
    following = deadline(limit, "next", start, CALENDAR, HOURS).due
    assert CALENDAR.workdays_between(same.date(), following.date()) in (0, 1)


@given(LIMITS, RULES, a_case(), st.lists(HOURS_LONG, min_size=2, max_size=6))
def test_lights_only_ever_go_from_green_to_yellow_to_red(
    limit: Limit, rule: str, case: Case, steps: list[timedelta]
) -> None:
    start, held = case
    found, now, order = deadline(limit, rule, start, CALENDAR, HOURS, held), start, []
    for step in steps:
        now += step
        order.append([Light.GREEN, Light.YELLOW, Light.RED].index(light(found, now)))
    assert order == sorted(order)


# ---- rounds ----------------------------------------------------------------------------------------


@given(rounds(), RULES)
def test_rounds_together_use_no_more_than_each_by_itself(stretches: list[Interval], rule: str) -> None:
    whole = deadline_of_sum(SUM, rule, stretches, CALENDAR, HOURS).used
    each = [deadline_of_sum(SUM, rule, [run], CALENDAR, HOURS).used for run in stretches]
    assert max(each) <= whole <= sum(each)


@given(rounds(), RULES)
def test_a_day_of_a_sum_is_told_once_and_in_order(stretches: list[Interval], rule: str) -> None:
    lines = deadline_of_sum(SUM, rule, stretches, CALENDAR, HOURS).days
    assert [line.date for line in lines] == sorted({line.date for line in lines})
    numbers = [line.number for line in lines if line.counted]
    assert numbers == list(range(1, len(numbers) + 1))


@given(rounds(), RULES)
def test_customer_time_between_rounds_is_never_counted(stretches: list[Interval], rule: str) -> None:
    """A counted day is touched by a stretch, or an act after closing time was put off to it."""
    counted = [
        line.date for line in deadline_of_sum(SUM, rule, stretches, CALENDAR, HOURS).days if line.counted
    ]
    for day in counted:
        assert any(run.start.date() <= day <= CALENDAR.next_workday(run.end.date()) for run in stretches)


@given(rounds(), HOURS_LONG, RULES)
def test_a_further_round_never_gives_days_back(
    stretches: list[Interval], length: timedelta, rule: str
) -> None:
    before = deadline_of_sum(SUM, rule, stretches, CALENDAR, HOURS)
    start = stretches[-1].end + length
    after = deadline_of_sum(SUM, rule, [*stretches, Interval(start, start + length)], CALENDAR, HOURS)
    assert before.used <= after.used
    if before.due is not None:
        assert after.due == before.due


@given(rounds(), RULES)
def test_a_sum_between_rounds_stands_still_unless_overdrawn(stretches: list[Interval], rule: str) -> None:
    found = deadline_of_sum(SUM, rule, stretches, CALENDAR, HOURS)
    assert (found.due is None) == (found.used <= SUM.amount)


@given(rounds(), HOURS_LONG, RULES)
def test_used_and_remaining_always_make_up_the_amount(
    stretches: list[Interval], later: timedelta, rule: str
) -> None:
    open_ = [*stretches, Interval(stretches[-1].end + later)]
    now = open_[-1].start + later
    found = elapsed(SUM, rule, open_, CALENDAR, HOURS, now)
    assert found.used + found.remaining == SUM.amount
    assert found.used == sum(line.counted for line in found.days)
    assert found.used <= elapsed(SUM, rule, open_, CALENDAR, HOURS, now + later).used
    due = deadline_of_sum(SUM, rule, open_, CALENDAR, HOURS).due
    assert due is not None
    assert (found.remaining < 0) <= (now.date() > due.date())
