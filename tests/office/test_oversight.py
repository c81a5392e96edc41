"""营销稽查 over the practice county: a county that works well raises nothing but what is really due; each
planted fault is found in its case, and nothing besides."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from tests.conftest import CHINA, FixedClock
from tests.practice_store import CHEAP, IDENTITY
from yekuo_desktop import bootstrap
from yekuo_desktop.domain.case import Case, Event, Material, Record
from yekuo_desktop.domain.clocks import running_limits
from yekuo_desktop.office import oversight
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.oversight import HitLine, Scope
from yekuo_desktop.office.practice import county as practice
from yekuo_desktop.office.practice.way import at_moment

AFTERNOON = datetime(2026, 3, 10, 15, 30, tzinfo=CHINA)
Plant = Callable[[Case], Case]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The practice county; nobody writes to it here."""
    clock = FixedClock(AFTERNOON)
    desk = bootstrap.new_desk(tmp_path_factory.mktemp("county") / "store", IDENTITY, clock, CHEAP)
    practice.populate(desk)
    yield desk
    desk.store.close()


def cases(desk: Desk) -> list[Case]:
    """All of them."""
    rows = desk.store.queue(Filter(), desk.clock(), limit=1000)
    return [case for row in rows if (case := desk.store.case(row.case.id))]


def test_a_clean_county_raises_only_what_is_due_today_or_tomorrow(county: Desk) -> None:
    lines = oversight.survey(county, Scope())
    assert len(cases(county)) == 44
    assert {line.hit.rule for line in lines if line.case} <= {"R8"}
    due = {
        (case.id, limit.label)
        for case in cases(county)
        for limit in running_limits(case, county.reference)
        if limit.stopped is None and limit.warn is not None and limit.warn <= AFTERNOON
    }
    assert {(line.case, line.hit.subject) for line in lines if line.case} <= due


def test_the_practised_customers_all_choose_one_unit_and_that_shows(county: Desk) -> None:
    """R19: they do (practice_firms.first); a trail to be looked at, no accusation."""
    lines = [line for line in oversight.survey(county, Scope()) if not line.case]
    assert {line.hit.rule for line in lines} == {"R19"}
    assert {line.rule.severity for line in lines} == {"notice"}
    shares = {share.name: share for share in oversight.shares(county, Scope())}
    for line in lines:
        share = shares[line.hit.subject.split()[-1]]
        assert line.hit.found == f"{share.total} 件中 {share.count} 件,占 {share.percent}%"
        assert share.percent >= 60


@pytest.mark.parametrize("days", [0, 1])
def test_a_case_that_went_the_whole_way_raises_nothing(county: Desk, days: int) -> None:
    whole = [case for case in cases(county) if case.state == "archived"]
    assert len(whole) == 4
    later = at_moment(county, AFTERNOON + timedelta(days=days))
    assert [line.hit for case in whole for line in oversight.examine(later, case)] == []


def moved(name: str, **span: float) -> Plant:
    """An event said to have happened at another time."""

    def plant(case: Case) -> Case:
        change = {
            e.entry: replace(e, stated=e.stated + timedelta(**span)) for e in case.events if e.name == name
        }
        return replace(
            case, events=tuple(change.get(e.entry, e) if e.name == name else e for e in case.events)
        )

    return plant


def recorded_later(event: str, **span: float) -> Plant:
    """An event entered later than it happened."""

    def plant(case: Case) -> Case:
        events = (
            replace(e, recorded=e.recorded + timedelta(**span)) if e.name == event else e for e in case.events
        )
        return replace(case, events=tuple(events))

    return plant


def without(*kinds: str) -> Plant:
    """Without the records of these kinds, and the events they made."""

    def plant(case: Case) -> Case:
        gone = {record.id for record in case.records if record.kind in kinds}
        return replace(
            case,
            records=tuple(record for record in case.records if record.id not in gone),
            events=tuple(event for event in case.events if event.entry not in gone),
        )

    return plant


def said(kind: str, **values: object) -> Plant:
    """A record that says something else."""

    def change(record: Record) -> Record:
        return replace(record, values={**record.values, **values}) if record.kind == kind else record

    return lambda case: replace(case, records=tuple(map(change, case.records)))


def without_paper(case: Case) -> Case:
    """The identity paper was never seen."""
    first = next(iter(case.materials))
    return replace(case, materials={**case.materials, first: Material()})


def applied(**values: object) -> Plant:
    """The application says something else."""
    return lambda case: replace(case, values={**case.values, **values})


def happened(name: str, at: datetime) -> Plant:
    """One more event."""
    return lambda case: replace(case, events=(*case.events, Event(name, at, at, "planted")))


def entered(kind: str, **span: float) -> Plant:
    """A record entered later than it happened."""

    def change(record: Record) -> Record:
        return (
            replace(record, recorded=record.recorded + timedelta(**span)) if record.kind == kind else record
        )

    return lambda case: replace(case, records=tuple(map(change, case.records)))


def filed(label: str, **says: str) -> Plant:
    """A paper of the file as somebody found it."""

    def plant(case: Case) -> Case:
        rows = next(r for r in case.records if r.kind == "archive.checked").values["archive_items"]
        changed = [{**row, **says} if row["name"] == label else row for row in rows]
        return said("archive.checked", archive_items=changed)(case)

    return plant


LINE = [{"substation": "河口变", "bus": "1", "role": "main"}]
PLANTED: list[tuple[str, str, str, Plant]] = [
    ("entered a day late", "R1", "lv_resident", recorded_later("accepted", days=1)),
    ("surveyed before the application", "R2", "lv_resident", moved("survey_done", days=-9)),
    ("connected before the contract", "R3", "lv_resident", moved("contract_signed", days=2)),
    ("another date on paper", "R5", "lv_resident", filed("供用电合同及协议", day="2026-01-05")),
    ("identity paper never seen", "R9", "lv_nonresident", without_paper),
    ("no design opinion", "R11", "hv_single", without("design.concluded")),
    ("expired licence", "R13", "hv_single", said("contractor.checked", builder_valid_until="2026-01-31")),
    ("no contract", "R14", "lv_nonresident", without("contract.signed")),
    ("metered on the low side", "R16", "hv_dual", said("plan.drafted", metering_points=[{"mode": "2"}])),
    ("one line", "R17", "hv_dual", said("plan.drafted", importance="level_1", sources=LINE)),
    ("demand above the devices", "R18", "hv_single", applied(demand_load="9999")),
    ("a copy of the contract", "R20b", "lv_resident", filed("供用电合同及协议", held="copy")),
    ("nobody signed", "R20c", "lv_resident", filed("供用电合同及协议", signed="none")),
    ("recorded a week later", "T1", "lv_resident", entered("plan.drafted", days=7)),
    ("recorded at night", "T2", "lv_resident", entered("plan.drafted", hours=10)),
]


@pytest.mark.parametrize(("words", "rule", "klass", "plant"), PLANTED, ids=[each[0] for each in PLANTED])
def test_a_planted_fault_is_found_and_nothing_else(
    county: Desk, words: str, rule: str, klass: str, plant: Plant
) -> None:
    clean = next(case for case in cases(county) if case.state == "archived" and case.klass == klass)
    lines = oversight.examine(county, plant(clean))
    assert {line.hit.rule for line in lines} == {rule}, [line.hit for line in lines]
    for line in lines:
        answers_and_values(county, line)


def answers_and_values(desk: Desk, line: HitLine) -> None:
    """Every hit carries rule, the two values, the rule set, and who answers (regulations.md 5.3)."""
    hit = line.hit
    assert hit.wanted, hit
    assert hit.found, hit
    assert hit.wanted != hit.found
    assert hit.rules == "seed"
    assert hit.who in desk.store.organisation().people, hit
    assert line.phase == "after"
