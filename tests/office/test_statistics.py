"""The statistics against an independent count: the journal entry by entry, days on a plain calendar."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.practice_store import CHEAP, MOMENT, copied, opened
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.measures import mean, percentile
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.statistics import counting, ledger, periods
from yekuo_desktop.office.statistics.figures import Count, NodeFigures, Scope

CALENDARS = Path(__file__).resolve().parents[2] / "resources" / "calendars"
PERIOD = periods.Period(date(2026, 2, 1), date(2026, 3, 31))
CLOSING = (17, 30)
ACCEPTED = "accepted"


@pytest.fixture(scope="module")
def county(practice_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The practice county on the afternoon it was made."""
    desk = opened(copied(practice_made, tmp_path_factory.mktemp("county") / "store"), lambda: MOMENT, CHEAP)
    yield desk
    desk.store.close()


def told(desk: Desk) -> dict[str, dict[str, Any]]:
    """What the entries say of every case, without the program's fold: its values, and when what happened."""
    found: dict[str, dict[str, Any]] = {}
    for row in desk.store.queue(Filter(), MOMENT, limit=1000):
        case: dict[str, Any] = {"values": {}, "at": {}}
        for entry in desk.store.history(f"case:{row.case.id}"):
            payload = msgspec.json.decode(entry.payload)
            case["values"] |= payload.get("values") or {}
            case.setdefault(entry.kind, []).append(payload)
            case["at"].setdefault(entry.kind, []).append(entry.stated.astimezone(CHINA))
        found[row.case.id] = case
    return found


def working(day: date) -> bool:
    """By the holiday tables as a person reads them."""
    table = tomllib.loads((CALENDARS / f"{day.year}.toml").read_text(encoding="utf-8"))["holidays"]
    if any(day in each.get("makeup", ()) for each in table):
        return True
    return day.weekday() < 5 and not any(each["from"] <= day <= each["to"] for each in table)


def days_between(start: datetime, stop: datetime, first: int = 1) -> int:
    """Working days up to the last; what was done after closing, or on a day off, was done on the next
    working day. ``first``: 0 where the day it began on is day 1 already."""
    last = stop.date()
    if (stop.hour, stop.minute) > CLOSING or not working(last):
        last += timedelta(days=1)
        while not working(last):
            last += timedelta(days=1)
    began = first or int((start.hour, start.minute) >= CLOSING)
    days = (start.date() + timedelta(days=at) for at in range(began, (last - start.date()).days + 1))
    return sum(map(working, days))


def test_the_counts_are_those_of_the_journal(county: Desk) -> None:
    cases = told(county)
    accepted = [case for case in cases.values() if "case.accepted" in case["at"]]
    found = counting.statistics(county, PERIOD)
    assert found.total.accepted.value == len(accepted)
    months = Counter(f"{case['at']['case.accepted'][0]:%Y-%m}" for case in accepted)
    assert {each.id: each.accepted.value for each in found.groups["month"]} == months
    classes = Counter(case["values"]["klass"] for case in accepted)
    assert {each.id: each.accepted.value for each in found.groups["class"]} == classes
    channels = Counter(case["values"]["channel"] for case in accepted)
    assert {each.channel: each.accepted.value for each in found.channels} == channels
    reviews = [case["archive.reviewed"][-1] for case in cases.values() if "archive.reviewed" in case]
    shelved = [each for each in reviews if each["values"]["archive_result"] == ACCEPTED]
    assert found.total.archived.value == len(shelved)


def test_days_and_rates_are_those_of_a_person_with_a_calendar(county: Desk) -> None:
    cases = told(county)
    ids = [row.case.id for row in county.store.queue(Filter(states=("archived",)), MOMENT)]
    spans: dict[str, list[int]] = {"work_order_delivery": []}
    for id_ in ids:
        at = cases[id_]["at"]
        spans["work_order_delivery"].append(
            days_between(at["case.accepted"][0], at["work_order.received"][0])
        )
    nodes = {node.limit: node for node in counting.statistics(county, PERIOD).nodes}
    delivery = nodes["work_order_delivery"]
    counted = [(float(each), 1) for each in spans["work_order_delivery"]]
    assert (delivery.average, delivery.ninety) == (mean(counted), percentile(counted))
    assert (delivery.rate.total, delivery.rate.kept) == (len(ids), sum(each <= 1 for each, _ in counted))


def test_the_plan_reply_is_counted_over_all_its_rounds(county: Desk) -> None:
    """The business that objected was answered twice; both rounds are one node."""
    cases = told(county)
    for row in ledger.ledger(county, Filter(states=("archived",))):
        at, (node,) = cases[row.case.id]["at"], [n for n in row.nodes if n.limit == "plan_reply"]
        replies = at["plan.replied"]
        expected = days_between(at["case.accepted"][0], replies[0], first=0)
        for objected, replied in zip(at.get("plan.objected", ()), replies[1:], strict=False):
            expected += days_between(objected, replied, first=0)
        assert node.days == expected, row.case.number


def counts_in(found: Any) -> Iterator[Count]:
    """Every figure that opens a list."""
    if isinstance(found, Count):
        yield found
    elif isinstance(found, NodeFigures):
        yield Count(found.rate.total, found.cases)
        yield Count(found.rate.total - found.rate.kept, found.missed)
    elif isinstance(found, dict | tuple | list):
        for each in found.values() if isinstance(found, dict) else found:
            yield from counts_in(each)
    elif isinstance(found, msgspec.Struct):
        for name in found.__struct_fields__:
            yield from counts_in(getattr(found, name))


@pytest.mark.parametrize(
    "scope", [Scope(), Scope(klass="hv_single"), Scope(station="HK"), Scope(station="XX")], ids=str
)
def test_the_list_behind_a_figure_has_exactly_so_many(county: Desk, scope: Scope) -> None:
    later = msgspec.structs.replace(county, clock=lambda: MOMENT + timedelta(days=40))
    found = counting.statistics(later, PERIOD, scope)
    every = [*counts_in(found), *counts_in(counting.trend(later, periods.month("2026-03"), 3, scope))]
    assert len(every) > 20
    wrong = [c for c in every if c.value != county.store.count(c.where, later.clock())]
    assert wrong == []
    if scope == Scope():
        assert found.total.late.value > 0


def test_what_is_kept_for_the_statistics_equals_the_fold(county: Desk) -> None:
    assert list(county.store.verify()) == []


@pytest.mark.parametrize(
    ("days", "average", "ninety"),
    [
        ([], None, None),
        ([(3.0, 1)], 3.0, 3.0),
        ([(1.0, 9), (10.0, 1)], 1.9, 1.0),  # nine of ten were done within one day
        ([(1.0, 8), (5.0, 1), (10.0, 1)], 2.3, 5.0),
        ([(2.0, 50), (4.0, 50)], 3.0, 4.0),
    ],
)
def test_average_and_ninetieth_percentile(
    days: list[tuple[float, int]], average: float | None, ninety: float | None
) -> None:
    assert mean(days) == (pytest.approx(average) if average is not None else None)
    assert percentile(days) == ninety


@pytest.mark.parametrize(
    ("period", "before", "year_ago"),
    [
        (("2026-03-01", "2026-03-31"), ("2026-02-01", "2026-02-28"), ("2025-03-01", "2025-03-31")),
        (("2024-02-01", "2024-02-29"), ("2024-01-01", "2024-01-31"), ("2023-02-01", "2023-02-28")),
        (("2026-03-10", "2026-03-19"), ("2026-02-28", "2026-03-09"), ("2025-03-10", "2025-03-19")),
    ],
)
def test_what_a_period_is_compared_with(
    period: tuple[str, str], before: tuple[str, str], year_ago: tuple[str, str]
) -> None:
    def of(days: tuple[str, str]) -> periods.Period:
        return periods.Period(*map(date.fromisoformat, days))

    assert periods.before(of(period)) == of(before)
    assert periods.year_ago(of(period)) == of(year_ago)
