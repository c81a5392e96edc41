"""What the people of the practice county record at a task: plausible, and of nobody in particular."""

from datetime import date, timedelta
from typing import Any

import msgspec

from yekuo_desktop.domain.case import Case

MANAGER, FILE = "@manager", "@attachment"
CUSTOMER = "@customer"  # who signs for the customer: himself, or the legal person of an organisation
TODAY = "@today"  # the day the task is done; see day_on


class Answer(msgspec.Struct, frozen=True):
    """One task as somebody does it. ``by`` is a login, "@manager" the case's own project manager; a value
    "@login" stands for that person's id, "@attachment" for a file that is attached first, ``day_on(n)`` for
    a day counted from the one on which the task is done."""

    kind: str
    by: str
    values: dict[str, Any]


def day_on(days: int) -> str:
    """So many days after the day the task is done: nobody knows that day when the answers are written."""
    return f"{TODAY}{days:+d}"


def day_meant(value: str, today: date) -> str:
    """The day that TODAY or ``day_on`` stands for, as ISO text."""
    return (today + timedelta(days=int(value.removeprefix(TODAY) or 0))).isoformat()


def customer_of(case: Case) -> str:
    """Who CUSTOMER stands for."""
    return str(case.values.get("legal_person") or case.values.get("customer_name", ""))
