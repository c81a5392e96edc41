"""Which backups stay is a rule without surprises: the newest always does, and nothing goes for its age."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.store.backup_retention import RETENTION, Retention, kept

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=CHINA)
minutes = st.integers(0, 3 * 366 * 24 * 60)
moments = st.lists(minutes.map(lambda ago: NOW - timedelta(minutes=ago)), max_size=60)
small = st.integers(0, 5)


@given(moments, st.builds(Retention, small, small, small))
def test_the_newest_stays_and_no_more_than_asked_for(made: list[datetime], keep: Retention) -> None:
    stay = kept(made, NOW, keep)
    assert stay <= set(made)
    assert not made or max(made) in stay
    assert len(stay) <= 1 + keep.daily + keep.weekly + keep.monthly


@given(moments)
def test_what_stays_once_stays_until_something_newer_comes(made: list[datetime]) -> None:
    stay = kept(made, NOW)
    assert kept(stay, NOW) == stay
    assert kept(stay, NOW + timedelta(days=4000)) == stay  # a clock far ahead throws nothing away


@given(moments, st.integers(1, 60))
def test_each_of_the_last_days_weeks_and_months_with_a_backup_keeps_one(
    made: list[datetime], _seed: int
) -> None:
    stay = kept(made, NOW)
    for period, count in (
        (lambda at: at.date(), RETENTION.daily),
        (lambda at: at.isocalendar()[:2], RETENTION.weekly),
        (lambda at: (at.year, at.month), RETENTION.monthly),
    ):
        last = sorted({period(at) for at in made}, reverse=True)[:count]
        assert {period(at) for at in stay} >= set(last)


@given(moments, st.lists(minutes.map(lambda ahead: NOW + timedelta(days=2, minutes=ahead)), max_size=20))
def test_a_clock_that_was_ahead_pushes_nothing_out(made: list[datetime], ahead: list[datetime]) -> None:
    assert kept([*made, *ahead], NOW) == kept(made, NOW) | set(ahead)


def test_a_year_of_days_leaves_seven_four_and_twelve() -> None:
    """Thinned out every evening, as the program does it."""
    there: set[datetime] = set()
    for day in range(400):
        now = NOW - timedelta(days=399 - day)
        there = kept(there | {now, now - timedelta(hours=1)}, now)
    ages = sorted((NOW - at).days for at in there)
    assert ages[:7] == list(range(7))
    assert len(there) == 7 + 2 + 11  # two of the weeks and one of the months are among the days
    assert 329 < ages[-1] < 366
