"""Cases put together from what was recorded, for tests of what is read out of them."""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from yekuo_desktop.domain.case import Case, Event, Record
from yekuo_desktop.domain.deadlines.workdays import CHINA


def moment(text: str) -> datetime:
    """A moment in Beijing; ten o'clock where only a day is said."""
    when = text if " " in text else f"{text} 10:00"
    return datetime.strptime(when, "%Y-%m-%d %H:%M").replace(tzinfo=CHINA)


def opened(klass: str, rules: str = "supply_rules_2024", on: str = "2026-03-02", **values: Any) -> Case:
    """A case accepted on that day, with nothing recorded since."""
    given = {"klass": klass, "business": "new", "customer_name": "示例客户", "capacity": "315", **values}
    return Case(
        id="01990000-0000-7000-8000-000000000001",
        org="org",
        station="HK",
        number="YK4101-HK01-260302-0001",
        klass=klass,
        business=str(given["business"]),
        stage="survey",
        state="open",
        rules=rules,
        values=given,
        events=(Event("accepted", moment(on), moment(on), "e0"),),
        project_manager="liming",
    )


def then(case: Case, kind: str, on: str, *, event: str = "", by: str = "liming", **values: Any) -> Case:
    """The case with one more record, and the event that came with it."""
    at, name = moment(on), f"r{len(case.records) + 1}"
    record = Record(id=name, kind=kind, values=values, by=by, stated=at, recorded=at)
    happened = (Event(event, at, at, name),) if event else ()
    return replace(case, records=(*case.records, record), events=(*case.events, *happened))


def redone(case: Case, on: str, *kinds: str) -> Case:
    """The case sent back: the records of these kinds must be made anew."""
    again = {"redone": "重办", "redone_at": moment(on), "redone_after": len(case.records)}
    records = (replace(r, **again) if r.kind in kinds and not r.redone else r for r in case.records)
    return replace(case, records=tuple(records))
