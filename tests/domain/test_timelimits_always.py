"""What must hold for any deadline, whatever the limit, the start and the pauses."""

from datetime import datetime, timedelta

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
    light,
)
from yekuo_desktop.domain.deadlines.workdays import CHINA

SUM = replace(PLAN, kind="sum", parts=(Part("accepted", "plan_replied"),))
MOMENTS = st.datetimes(datetime(2010, 1, 1), datetime(2028, 12, 31)).map(
    lambda when: when.replace(tzinfo=CHINA)
)
RULES = st.sampled_from(["same", "next"])
UNITS = st.sampled_from(["workday", "day", "month", "hour"])
LIMITS = st.builds(lambda amount, unit: replace(PLAN, amount=amount, unit=unit), st.integers(1, 45), UNITS)


@st.composite
def pauses(draw: st.DrawFn) -> Pause:
    start = draw(MOMENTS)
    return Pause(start, start + timedelta(hours=draw(st.integers(1, 900))), "客户原因")


@given(LIMITS, RULES, MOMENTS, st.lists(pauses(), max_size=4))
def test_due_is_after_start_and_at_closing_time_of_a_working_day(
    limit: Limit, rule: str, start: datetime, held: list[Pause]
) -> None:
    found = deadline(limit, rule, start, CALENDAR, HOURS, held)
    assert found.due is not None
    assert found.warn is not None
    assert start < found.due
    assert start <= found.warn <= max(found.due, start)
    if limit.unit != "hour":
        assert found.due == HOURS.closing(found.due.date())
        assert CALENDAR.is_workday(found.due.date())


@given(LIMITS, RULES, MOMENTS, st.lists(pauses(), max_size=3), pauses())
def test_a_further_pause_never_makes_it_due_earlier(
    limit: Limit, rule: str, start: datetime, held: list[Pause], further: Pause
) -> None:
    before = deadline(limit, rule, start, CALENDAR, HOURS, held).due
    after = deadline(limit, rule, start, CALENDAR, HOURS, [*held, further]).due
    assert before is not None
    assert after is not None
    assert after >= before


@given(st.integers(1, 45), RULES, MOMENTS, st.integers(0, 2000))
def test_used_days_and_the_due_moment_never_disagree(
    amount: int, rule: str, start: datetime, hours: int
) -> None:
    limit, end = replace(SUM, amount=amount), start + timedelta(hours=hours)
    due = deadline(replace(PLAN, amount=amount), rule, start, CALENDAR, HOURS).due
    closed = deadline_of_sum(limit, rule, [Interval(start, end)], CALENDAR, HOURS)
    assert due is not None
    assert (closed.used <= amount) == (end <= due)
    assert light(closed, end, end) is (Light.MET if end <= due else Light.MISSED)


@given(LIMITS, RULES, MOMENTS)
def test_every_day_from_start_to_due_is_told_once(limit: Limit, rule: str, start: datetime) -> None:
    found = deadline(limit, rule, start, CALENDAR, HOURS)
    dates = [line.date for line in found.days]
    if limit.unit != "hour":
        assert found.due is not None
        assert dates == [start.date() + timedelta(days=i) for i in range(len(dates))]
        assert dates[-1] == found.due.date()
        assert [line.number for line in found.days if line.counted] == list(range(1, found.used + 1))
