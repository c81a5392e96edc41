"""How SQLite finds its way: a filter that names few cases is never answered by walking a whole stage."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.store import county
from yekuo_desktop.domain.office_acts import OFFICE_ACTS
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.store import lines, queries
from yekuo_desktop.store.store import LocalStore

NOW = county.START + timedelta(days=2)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStore]:
    made = county.new_store(tmp_path_factory.mktemp("plans") / "store")
    county.populate(made, 700)
    yield made
    made.close()


def plans(store: LocalStore, where: Filter, order: str) -> list[str]:
    """What SQLite says it does for the page of a queue and for its count."""
    asked: list[str] = []
    with store._reading() as connection:
        connection.set_trace_callback(asked.append)
        queries.queue(connection, where, NOW, order=order, descending=False, limit=50, offset=0)
        queries.count(connection, where, NOW)
        connection.set_trace_callback(None)
        wanted = [sql for sql in asked if " FROM cases" in sql and "LIMIT 501)" not in sql]
        return [
            "; ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")) for sql in wanted
        ]


@pytest.mark.parametrize("order", ["due", "number", "customer"])
@pytest.mark.parametrize(
    "where",
    [
        Filter(stage="acceptance", light="today"),
        Filter(stage="acceptance", light="overdue", states=("open",)),
        Filter(stage="acceptance", text="不在"),
        Filter(states=("open",), person="nobody"),
    ],
)
def test_a_stage_is_not_walked_for_what_is_named(store: LocalStore, where: Filter, order: str) -> None:
    for plan in plans(store, where, order):
        assert "ix_cases_where" not in plan
        assert "ix_cases_by_state" not in plan


def test_a_long_queue_is_read_along_its_index(store: LocalStore) -> None:
    page, _count = plans(store, Filter(), "number")
    assert "ix_cases_by_number" in page
    assert "TEMP B-TREE" not in page


def test_the_overdue_are_counted_in_the_index_alone(store: LocalStore) -> None:
    _page, count = plans(store, Filter(light="overdue"), "due")
    assert "COVERING INDEX ix_cases_by_due" in count


def test_the_undelivered_are_counted_in_the_index_alone(store: LocalStore) -> None:
    _page, count = plans(store, Filter(light="undelivered"), "due")
    assert count == "SEARCH cases USING COVERING INDEX ix_cases_by_delivered (delivered=?)"


def test_stages_are_counted_without_a_row_and_what_is_late_without_a_sort(store: LocalStore) -> None:
    asked: list[str] = []
    with store._reading() as connection:
        connection.set_trace_callback(asked.append)
        found = queries.stages(connection, ("open", "registered"), NOW)
        connection.set_trace_callback(None)
        counted, *late = (
            [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
            for sql in asked
            if sql.startswith("SELECT")
        )
    assert counted == ["SEARCH cases USING COVERING INDEX ix_cases_by_state (state=?)"]  # nothing is sorted
    assert {plan[0] for plan in late} == {
        "SEARCH cases USING INDEX ix_cases_where (stage=?)",  # few: one by one
        "SEARCH cases USING COVERING INDEX ix_cases_by_due (due<?)",  # many
    }
    for stage, (number, overdue) in found.items():
        where = Filter(stage=stage, states=("open", "registered"))
        assert number == queries.count(connection, where, NOW)
        due = queries.count(connection, Filter(stage=stage, states=where.states, light="overdue"), NOW)
        assert overdue == (due > 0)


def test_the_acts_on_the_organisation_are_not_looked_for_among_those_on_cases(store: LocalStore) -> None:
    with store._reading() as connection:
        question = f"EXPLAIN QUERY PLAN {lines._OFFICE}"
        plan = [row[3] for row in connection.execute(question, tuple(OFFICE_ACTS))]
    assert not [step for step in plan if step.startswith("SCAN e")]
