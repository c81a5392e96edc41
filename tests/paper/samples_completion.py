"""Sheets of stage 5, of a case that the people of the practice county walked."""

from datetime import date

from tests.domain.trade import Trade
from tests.domain.walk import walk
from tests.paper.samples import HIGH_VOLTAGE, sheet_of
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.office.practice.completion import answers

ANSWERS = answers("hv_dual", date(2026, 3, 10))
"""A first inspection that finds two defects, their rectification, the re-inspection that passes."""


def trade() -> Trade:
    """A case of high voltage at the beginning of the stage, under a rule set that gives it a limit."""
    return Trade("hv_dual", "completion", rules="regulation_2010", values=HIGH_VOLTAGE)


def failed() -> Trade:
    """The same after the inspection that found something."""
    return walk(trade(), ANSWERS, "completion.inspected")


def reinspected() -> Trade:
    """The same after the re-inspection."""
    return walk(trade(), ANSWERS, "completion.reinspected")


_FAILED = failed()
SAMPLES: dict[str, Snapshot] = {
    form: sheet_of(form, _FAILED)
    for form in (
        "completion_application",
        "completion_registration",
        "completion_minutes",
        "rectification_notice",
    )
}
