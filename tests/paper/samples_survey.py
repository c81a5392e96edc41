"""Sheets of the first half of stage 2, of cases that the people of the practice county walked."""

from tests.domain.trade import Trade
from tests.domain.walk import DAY, walk
from tests.paper.samples import HIGH_VOLTAGE, NONRESIDENT, sheet_of
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.office.practice.survey import answers


def surveyed(klass: str, until: str = "survey.done", **values: object) -> Trade:
    """A case of this class after its survey, or after another task of this half."""
    given = HIGH_VOLTAGE if klass.startswith("hv") else NONRESIDENT
    trade = Trade(klass, "survey", rules="rules_2019", values={**given, "klass": klass, **values})
    return walk(trade, answers(klass, DAY), until)


SAMPLES: dict[str, Snapshot] = {
    "survey_low_voltage": sheet_of("survey_low_voltage", surveyed("lv_nonresident")),
    "survey_high_voltage": sheet_of("survey_high_voltage", surveyed("hv_dual")),
}
