"""Shares, averages and percentiles of days that were counted together."""

from collections.abc import Iterable
from typing import NamedTuple

NINETY = 0.9


class Rate(NamedTuple):
    """``kept`` of ``total``."""

    kept: int
    total: int

    @property
    def share(self) -> float | None:
        """Of 1; None of nothing."""
        return self.kept / self.total if self.total else None


def mean(days: Iterable[tuple[float, int]]) -> float | None:
    """Of (days, how many cases took them)."""
    counted = list(days)
    cases = sum(count for _, count in counted)
    return sum(each * count for each, count in counted) / cases if cases else None


def percentile(days: Iterable[tuple[float, int]], share: float = NINETY) -> float | None:
    """The nearest-rank percentile: the least number of days within which that share of the cases was done.
    One that a case really took, so that it can be shown to somebody."""
    counted = sorted(days)
    cases = sum(count for _, count in counted)
    reached = 0
    for each, count in counted:
        reached += count
        if reached >= share * cases:
            return each
    return None
