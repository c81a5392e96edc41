"""What the people of the practice county record at a task: plausible, and of nobody in particular."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.formalities import PLAN_DRAFTED
from yekuo_desktop.domain.records import answer
from yekuo_desktop.domain.reference import Reference

MANAGER, FILE = "@manager", "@attachment"
CUSTOMER = "@customer"  # who signs for the customer: himself, or the legal person of an organisation
TODAY = "@today"  # the day the task is done; see day_on


class Answer(msgspec.Struct, frozen=True):
    """One task as somebody does it. ``by`` is a login, "@manager" the case's own project manager; a value
    "@login" stands for that person's id, "@attachment" for a file that is attached first, ``day_on(n)`` for
    a day counted from the one on which the task is done, and a function of case and reference for what the
    person reads off the case. ``proposed``: the values are added to what the program proposes, rows line by
    line."""

    kind: str
    by: str
    values: dict[str, Any]
    proposed: bool = False


def day_on(days: int, at: str = "") -> str:
    """So many days after the day the task is done: nobody knows that day when the answers are written.
    With a time of day ``at`` (09:30) a moment."""
    return f"{TODAY}{days:+d}" + (f"T{at}" if at else "")


def day_meant(value: str, today: date) -> str:
    """The day or moment that TODAY or ``day_on`` stands for, as ISO text."""
    days, _, at = value.removeprefix(TODAY).partition("T")
    day = today + timedelta(days=int(days or 0))
    return f"{day}T{at}+08:00" if at else day.isoformat()


def completed(proposed: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """What was proposed with what somebody filled in; rows line by line."""
    return {**proposed, **{key: _merged(proposed.get(key), value) for key, value in values.items()}}


def _merged(before: Any, value: Any) -> Any:
    if not isinstance(before, list) or not isinstance(value, list):
        return value
    nothing: dict[str, Any] = {}
    return [{**old, **new} for old, new in zip_longest(before, value, fillvalue=nothing)]


def capacity_of(case: Case, _reference: Reference) -> str:
    """What the plan grants, else what was applied for, in kVA or kW; "" for neither."""
    return str(answer(case, PLAN_DRAFTED, "plan_capacity") or case.values.get("capacity") or "")


def customer_of(case: Case) -> str:
    """Who CUSTOMER stands for."""
    return str(case.values.get("legal_person") or case.values.get("customer_name", ""))
