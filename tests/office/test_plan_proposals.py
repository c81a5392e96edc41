"""Proposals of a plan as the window asks for them: what follows from what was typed, and from that in turn;
what a person typed stays."""

from typing import Any

import pytest

from tests.domain.surveys import surveyed
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.tasks import Proposal
from yekuo_desktop.office import tasks
from yekuo_desktop.office.desk import Desk, Session


@pytest.fixture
def dual() -> Case:
    """A dual-source case of 630 kVA, surveyed and signed."""
    return surveyed("hv_dual").case


def suggested(desk: Desk, manager: Session, case: Case, **typed: Any) -> dict[str, Proposal]:
    return tasks.suggested(desk, manager, case, "plan.drafted", typed)


def test_each_proposed_source_brings_its_metering_point(desk: Desk, manager: Session, dual: Case) -> None:
    found = suggested(desk, manager, dual)
    assert [row["role"] for row in found["sources"].value] == ["main", "standby"]
    assert [(row["group_no"], row["ct"]) for row in found["metering_points"].value] == [
        ("1", "50/5"),
        ("2", "50/5"),
    ]
    assert found["tariff_system"].value == "two_part"


def test_another_capacity_brings_other_figures(desk: Desk, manager: Session, dual: Case) -> None:
    found = suggested(desk, manager, dual, plan_capacity="315")
    assert found["sources"].value[0]["capacity"] == "315"
    (point,) = found["metering_points"].value
    assert (point["mode"], point["ct"]) == ("2", "800/5")
    assert found["reactive_capacity"].value == "63"


def test_a_small_second_source_is_metered_like_the_whole_plan(
    desk: Desk, manager: Session, dual: Case
) -> None:
    sources = [{"role": "main", "capacity": "630"}, {"role": "standby", "capacity": "315"}]
    found = suggested(desk, manager, dual, sources=sources)["metering_points"].value
    assert [(row["mode"], row["pt"], row["ct"]) for row in found] == [
        ("1", "10/0.1", "50/5"),
        ("1", "10/0.1", "30/5"),
    ]


def test_rows_that_somebody_completed_stay(desk: Desk, manager: Session, dual: Case) -> None:
    """They say what was proposed and more: there is nothing to offer."""
    rows = suggested(desk, manager, dual)["sources"].value
    lines = [row | {"substation": name} for row, name in zip(rows, ("河口变", "城关变"), strict=True)]
    found = suggested(desk, manager, dual, sources=lines)
    assert found["sources"].value == lines
    assert (found["source_type"].value, found["source_type"].reason) == ("dual_two", "两路电源来自不同变电所")


def test_what_somebody_decided_otherwise_is_offered_again(desk: Desk, manager: Session, dual: Case) -> None:
    rows = suggested(desk, manager, dual)["metering_points"].value
    other = [row | {"ct": "75/5"} for row in rows]
    found = suggested(desk, manager, dual, metering_points=other)["metering_points"]
    assert [row["ct"] for row in found.value] == ["50/5", "50/5"]
    assert "36.4 A" in found.reason


def test_a_refusal_asks_for_nothing_else(desk: Desk, manager: Session, dual: Case) -> None:
    found = suggested(desk, manager, dual, supply_conclusion="impossible")
    assert {key for key, proposal in found.items() if proposal.value} == {"supply_conclusion"}
