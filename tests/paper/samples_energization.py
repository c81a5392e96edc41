"""Sheets of stage 6, of a case that the people of the practice county walked."""

from datetime import date

from tests.domain.energization_cases import ready
from tests.domain.trade import Trade
from tests.domain.walk import walk
from tests.paper.samples import HIGH_VOLTAGE, sheet_of
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.office.practice.energization import answers


def sealed(klass: str = "hv_dual") -> Trade:
    """A case whose meters are sealed."""
    given = {key: value for key, value in HIGH_VOLTAGE.items() if key != "klass"}
    return walk(ready(klass, **given), answers(klass, date(2026, 3, 10)))


_SEALED = sealed()
SAMPLES: dict[str, Snapshot] = {
    form: sheet_of(form, _SEALED) for form in ("energization_task", "energization_order", "meter_slip")
}
