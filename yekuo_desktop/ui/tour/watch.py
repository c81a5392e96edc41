"""The watch of the drive: what takes weeks in a county is driven in minutes, hour after working hour."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.office.practice.county import HIGH, LOW, WAYS
from yekuo_desktop.office.practice.way import working_moments, working_start

COUNTER = 4  # acts before the survey
ASIDE = {"hv_single": timedelta(days=38)}  # what goes by on the detours of a case


class Watch:
    """Callable like every clock; goes on only when told to, through opening hours."""

    def __init__(self, start: datetime, reference: Reference) -> None:
        self.now, self._reference = start, reference

    def __call__(self) -> datetime:
        return self.now

    def go_on(self, span: timedelta) -> None:
        """So much working time later; nights and days off are left out."""
        moments = working_moments(self._reference, self.now, span)
        next(moments)
        self.now = next(moments)


def step_of(klass: str) -> timedelta:
    """The working time between two acts of a case of this class."""
    return HIGH if klass.startswith("hv") else LOW


def beginning(classes: Iterable[str], now: datetime, reference: Reference) -> datetime:
    """When a drive through cases of these classes, one after the other, must begin to end before ``now``."""
    moment = now
    for klass in classes:
        moment -= ASIDE.get(klass, timedelta())
        count = COUNTER + sum(len(answers(klass, now.date())) for _, answers in WAYS)
        moment = working_start(reference, moment, step_of(klass), count)
    return moment
