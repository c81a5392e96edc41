"""What is put into the store comes out of it, in the order and under the filters that lists use."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.store import county
from yekuo_desktop.domain.casework import NoteText, Reason
from yekuo_desktop.domain.journal import fold
from yekuo_desktop.domain.stages.acceptance.acts import Application
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.ports import QueueRow
from yekuo_desktop.store.errors import Stale
from yekuo_desktop.store.queries import ORDERS
from yekuo_desktop.store.store import LocalStore

COUNT = 60
LATER = county.START + timedelta(days=40)


@pytest.fixture
def full(bare: LocalStore) -> LocalStore:
    county.populate(bare, COUNT)
    return bare


def note(store: LocalStore, case_id: str, text: str = "备注") -> None:
    with store.unit() as unit:
        county.say(unit, f"case:{case_id}", "case.noted", NoteText(text))


def first_case(store: LocalStore) -> str:
    case = store.find(county.number_of(0))
    assert case is not None
    return case.id


def test_a_case_is_the_fold_of_its_entries(full: LocalStore) -> None:
    case = full.find(county.number_of(7))
    assert case is not None
    entries = full.history(f"case:{case.id}")
    assert case == fold(entries)
    assert [entry.kind for entry in entries][:2] == ["case.registered", "case.accepted"]
    assert full.entry(entries[0].id) == entries[0]
    assert full.entry("nothing") is None


def test_a_case_is_found_by_number_sheet_and_id(full: LocalStore) -> None:
    case_id = first_case(full)
    for wanted in (county.number_of(0), f" {county.number_of(0)} ", f"{county.number_of(0)}-1", case_id):
        found = full.find(wanted)
        assert found is not None
        assert found.id == case_id
    assert full.find("") is None
    assert full.find("YK-unknown") is None


def test_nothing_of_a_failed_commit_stays(full: LocalStore) -> None:
    case_id, before = first_case(full), list(full.queue(Filter(), LATER))
    with pytest.raises(ZeroDivisionError), full.unit() as unit:
        assert unit.next_serial("sheet") == 1
        county.say(unit, f"case:{case_id}", "case.noted", NoteText("x"))
        county.say(unit, f"case:{case_id}", "case.withdrawn", Reason("x"))
        _ = 1 / 0
    assert list(full.queue(Filter(), LATER)) == before
    assert list(full.verify()) == []
    with full.unit() as unit:
        assert unit.next_serial("sheet") == 1


def test_a_failed_attempt_leaves_no_trace_in_its_commit(full: LocalStore) -> None:
    case_id = first_case(full)
    before = len(full.history(f"case:{case_id}"))
    with full.unit() as unit:
        county.say(unit, f"case:{case_id}", "case.noted", NoteText("bleibt"))
        with pytest.raises(ZeroDivisionError), unit.attempt():
            assert unit.next_serial("sheet") == 1
            county.say(unit, f"case:{case_id}", "case.withdrawn", Reason("x"))
            county.say(unit, "case:new", "case.registered", Application(values={}))
            _ = 1 / 0
        assert unit.case("case:new") is None
        with unit.attempt():
            assert unit.next_serial("sheet") == 1
    case = full.case(case_id)
    assert case is not None
    assert (case.notes[-1].text, case.state) == ("bleibt", "open")
    assert len(full.history(f"case:{case_id}")) == before + 1
    assert list(full.verify()) == []


def test_an_attempt_that_fails_takes_back_the_attempts_made_in_it(full: LocalStore) -> None:
    case_id = first_case(full)
    before = len(full.history(f"case:{case_id}"))
    with full.unit() as unit:
        with pytest.raises(ZeroDivisionError), unit.attempt():
            with unit.attempt():
                assert unit.next_serial("sheet") == 1
                county.say(unit, f"case:{case_id}", "case.noted", NoteText("innen"))
            with pytest.raises(ZeroDivisionError), unit.attempt():
                county.say(unit, f"case:{case_id}", "case.withdrawn", Reason("x"))
                _ = 1 / 0
            _ = 1 / 0
        case = unit.case(case_id)
        assert case == full.case(case_id)
        assert unit.next_serial("sheet") == 1
        county.say(unit, f"case:{case_id}", "case.noted", NoteText("bleibt"))
    assert len(full.history(f"case:{case_id}")) == before + 1
    assert list(full.verify()) == []


def test_a_commit_sees_its_own_entries_and_others_do_not(full: LocalStore) -> None:
    case_id = first_case(full)
    with full.unit() as unit:
        county.say(unit, f"case:{case_id}", "case.noted", NoteText("neu"))
        inside, outside = unit.case(case_id), full.case(case_id)
        assert inside is not None
        assert outside is not None
        assert (inside.notes[-1].text, inside.rev) == ("neu", outside.rev + 1)
    assert full.case(case_id) == inside


def test_a_decision_on_an_older_case_is_refused(full: LocalStore) -> None:
    case_id = first_case(full)
    old = full.case(case_id)
    note(full, case_id)
    with pytest.raises(Stale, match="刷新"), full.unit() as unit:
        unit.append(county.draft(f"case:{case_id}", "case.noted", NoteText("x")), old)
    assert list(full.verify()) == []


def test_serials_count_without_gaps_per_counter(bare: LocalStore) -> None:
    with bare.unit() as unit:
        assert [unit.next_serial("a") for _ in range(3)] == [1, 2, 3]
        assert unit.next_serial("b") == 1
    with bare.unit() as unit:
        assert unit.next_serial("a") == 4


@pytest.mark.parametrize("order", [*ORDERS, "unknown"])
@pytest.mark.parametrize("descending", [False, True])
def test_every_order_pages_through_every_case_once(full: LocalStore, order: str, descending: bool) -> None:
    pages = [
        full.queue(Filter(), LATER, order=order, descending=descending, limit=7, offset=offset)
        for offset in range(0, COUNT + 7, 7)
    ]
    rows = [row for page in pages for row in page]
    assert len({row.case.id for row in rows}) == len(rows) == COUNT == full.count(Filter(), LATER)
    values = [value for value in map(value_of(ORDERS.get(order, "due")), rows) if value is not None]
    assert values == sorted(values, reverse=descending)
    missing = [value_of(ORDERS.get(order, "due"))(row) is None for row in rows]
    assert missing == sorted(missing)  # what has no value comes last, either way


def value_of(name: str) -> Callable[[QueueRow], Any]:
    def of(row: QueueRow) -> object:
        return getattr(row.limit, "due", None) if name == "due" else getattr(row.case, name)

    return of


def test_filters_let_through_what_they_say(full: LocalStore) -> None:
    rows = list(full.queue(Filter(), LATER, limit=COUNT))
    late = [row for row in rows if row.limit and row.limit.due and row.limit.due < LATER]
    day = county.START.date()
    for where, wanted in (
        (Filter(stage="survey"), [r for r in rows if r.case.stage == "survey"]),
        (Filter(stage="nowhere"), []),
        (Filter(states=("suspended", "withdrawn")), []),
        (Filter(klass="hv_single"), [r for r in rows if r.case.klass == "hv_single"]),
        (Filter(station="HK"), rows),
        (Filter(person="wangli"), rows),
        (Filter(person="pm-1"), [r for r in rows if r.case.manager == "pm-1"]),
        (Filter(light="overdue"), late),
        (Filter(light="undelivered"), [r for r in rows if r.case.delivered is None]),
        (Filter(accepted_from=day, accepted_to=day), rows),
        (Filter(accepted_from=day + timedelta(days=1)), []),
        (Filter(text=rows[0].case.customer), [r for r in rows if r.case.customer == rows[0].case.customer]),
        (
            Filter(stage="survey", person="pm-1", light="overdue"),
            [r for r in late if r.case.manager == "pm-1" and r.case.stage == "survey"],
        ),
    ):
        for order in ("due", "number"):
            found = full.queue(where, LATER, order=order, limit=COUNT)
            assert {row.case.id for row in found} == {row.case.id for row in wanted}
        assert full.count(where, LATER) == len(wanted)


def test_due_today_is_today_and_not_yet_past(full: LocalStore) -> None:
    rows = [row for row in full.queue(Filter(), LATER, limit=COUNT) if row.limit and row.limit.due]
    limit = rows[0].limit
    assert limit is not None
    assert limit.due is not None
    morning, evening = limit.due.replace(hour=6), limit.due + timedelta(seconds=1)
    assert rows[0].case.id in {r.case.id for r in full.queue(Filter(light="today"), morning, limit=COUNT)}
    assert full.count(Filter(light="today"), evening) == 0
    assert rows[0].case.id in {r.case.id for r in full.queue(Filter(light="overdue"), evening, limit=COUNT)}


def test_the_queue_shows_the_limit_that_is_due_first(full: LocalStore) -> None:
    for row in full.queue(Filter(), LATER, limit=COUNT):
        waiting = [limit for limit in full.limits(row.case.id) if limit.stopped is None]
        assert row.limit == min(waiting, key=lambda limit: limit.due or LATER, default=None)


def test_a_case_at_its_end_is_due_no_more(full: LocalStore) -> None:
    case_id = first_case(full)
    with full.unit() as unit:
        county.say(unit, f"case:{case_id}", "case.withdrawn", Reason("客户撤回"))
    (row,) = full.queue(Filter(states=("withdrawn",)), LATER)
    assert (row.case.id, row.limit) == (case_id, None)


def test_duplicates_and_earlier_cases_of_a_customer(full: LocalStore) -> None:
    case = full.find(county.number_of(0))
    assert case is not None
    identity = case.values["identity_number"]
    assert [row.id for row in full.duplicates(identity, "")] == [case.id]
    assert full.duplicates(identity, "", but=case.id) == []
    assert [found.id for found in full.of_customer(identity)] == [case.id]
    assert list(full.of_customer("")) == list(full.duplicates("", "")) == []
    with full.unit() as unit:
        county.say(unit, f"case:{case.id}", "case.withdrawn", Reason("客户撤回"))
    assert full.duplicates(identity, "") == []


def test_the_day_book_has_every_act_of_the_day_in_order(full: LocalStore) -> None:
    first = county.START.replace(hour=0, minute=0)
    lines = full.day_book(first, first + timedelta(days=1))
    assert [line.n for line in lines] == sorted(line.n for line in lines)
    assert lines[0].words.startswith("登记申请")
    assert {line.terminal for line in lines} == {"HK01"}
    assert full.day_book(first, first + timedelta(days=1), "HK02") == []
    assert full.day_book(first - timedelta(days=1), first) == []


def test_the_acts_on_sheets_of_a_day(full: LocalStore) -> None:
    first = county.START.replace(hour=0, minute=0)
    found = full.paper_entries(first, first + timedelta(days=1))
    assert len(found) == COUNT
    entry, number, customer = found[0]
    assert (entry.kind, number) == ("paper.issued", county.number_of(0))
    assert customer
    assert full.paper_entries(first - timedelta(days=1), first) == []


def test_the_organisation_is_the_fold_of_its_entries(bare: LocalStore) -> None:
    organisation = bare.organisation()
    assert (organisation.county, len(organisation.people)) == ("示例县供电公司", len(county.MANAGERS))
    assert list(bare.verify()) == []


def test_reading_from_another_thread_while_one_writes(full: LocalStore) -> None:
    counts: list[int] = []
    case_id = first_case(full)

    def read() -> None:
        counts.extend(full.count(Filter(), LATER) for _ in range(50))
        counts.append(len(full.queue(Filter(), LATER, limit=COUNT)))

    readers = [Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for at in range(30):
        note(full, case_id, str(at))
    for reader in readers:
        reader.join()
    assert set(counts) == {COUNT}
    assert list(full.verify()) == []


def test_the_version_changes_with_a_commit_of_another_process(full: LocalStore, folder: Path) -> None:
    before = full.version()
    assert full.version() == before
    other = county.open_store(folder)
    note(other, first_case(other))
    other.close()
    assert full.version() != before
