"""Cases of stage 5 as far as a test wants them, and what somebody would say at each task."""

from typing import Any

from tests.domain.trade import Trade, reference
from tests.domain.walk import DAY, SCAN, walk
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.office.practice.answers import CUSTOMER, FILE, TODAY, day_meant
from yekuo_desktop.office.practice.completion import answers

KLASS, WITNESS = "hv_single", "王海"


def walked(until: str = "", times: int = 1, *, klass: str = KLASS, rules: str = "seed") -> Trade:
    """A case walked up to and with the task ``until``; not at all for ""."""
    trade = Trade(klass, "completion", rules=rules)
    return walk(trade, answers(klass, DAY) if until else (), until, times)


def said(kind: str, at: int = 0, **changes: Any) -> dict[str, Any]:
    """What the practice county says at a task, the first time or a later one, with changes; said on DAY."""
    found = [answer.values for answer in answers(KLASS, DAY) if answer.kind == kind][at]
    case = Trade(KLASS, "completion", rules="seed").case
    return {**{key: meant(value, case) for key, value in found.items()}, **changes}


def meant(value: Any, case: Case) -> Any:
    """A value with its people, files and days put in, as on DAY."""
    if callable(value):
        return value(case, reference())
    if isinstance(value, list):
        return [{key: meant(part, case) for key, part in row.items()} for row in value]
    if not isinstance(value, str):
        return value
    known = {FILE: SCAN.id, CUSTOMER: WITNESS}
    return day_meant(value, DAY) if value.startswith(TODAY) else known.get(value, value.removeprefix("@"))


def texts(problems: list[Problem], *, warning: bool = False) -> str:
    """The problems, or the warnings, in one line."""
    return ";".join(problem.text for problem in problems if problem.warning == warning)


def rows(values: dict[str, Any], key: str, **changes: Any) -> list[dict[str, Any]]:
    """The rows of an answer with something changed in each."""
    return [{**row, **changes} for row in values[key]]
