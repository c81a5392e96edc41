"""The clock of the design review under each rule set: each review, and the review of changes
(regulations.md 1.1, 1.3, 1.5)."""

from datetime import datetime

import pytest

from tests.domain.trade import Trade, reference
from tests.domain.walk import DAY, walk
from yekuo_desktop.domain.clocks import RunningLimit, running_limits
from yekuo_desktop.office.practice.design import answers

IMPORTANT = {"importance": "level_2"}


def reviewed(rules: str, klass: str) -> tuple[RunningLimit, ...]:
    """The runnings of the design limits after two rounds."""
    trade = Trade(klass, "design", rules=rules, values={"klass": klass, **IMPORTANT})
    walk(trade, answers(klass, DAY))
    return tuple(item for item in running_limits(trade.case, reference()) if item.stage == "design")


@pytest.mark.parametrize(
    ("rules", "klass", "runs"),
    [
        # The 2024 rule gives the second review a limit of its own: 自重新报送.
        ("supply_rules_2024", "hv_dual", ["design_review", "design_rereview"]),
        # Others say only: 自受理设计资料. A changed design is received again.
        ("regulation_2010", "hv_dual", ["design_review", "design_review#2"]),
        ("regulation_2010", "lv_nonresident", ["design_review", "design_review#2"]),
        ("sgcc_2026", "hv_single", ["design_review", "design_review#2"]),
        ("sgcc_kpi", "hv_single", ["design_review", "design_review#2"]),
        # No figure, no clock (regulations.md 7).
        ("seed", "hv_dual", []),
        ("rules_2019", "hv_dual", []),
    ],
)
def test_every_review_has_its_clock_where_the_rule_has_a_figure(
    rules: str, klass: str, runs: list[str]
) -> None:
    found = reviewed(rules, klass)
    assert [item.key for item in found] == runs
    assert all(item.stopped is not None for item in found)


@pytest.mark.parametrize(
    ("rules", "klass", "due"),
    [
        # Tuesday 2026-03-10, next day first: 3 wd, 20 wd (清明 04-06 off), 8 wd.
        ("supply_rules_2024", "hv_dual", "2026-03-13 17:30"),
        ("regulation_2010", "hv_dual", "2026-04-08 17:30"),
        ("regulation_2010", "lv_nonresident", "2026-03-20 17:30"),
    ],
)
def test_when_the_first_opinion_is_due(rules: str, klass: str, due: str) -> None:
    trade = Trade(klass, "design", rules=rules, values={"klass": klass, **IMPORTANT})
    walk(trade, answers(klass, DAY), "design.received")
    (item,) = (each for each in running_limits(trade.case, reference()) if each.stage == "design")
    assert item.due is not None
    assert f"{item.due:%Y-%m-%d %H:%M}" == due
    assert item.stopped is None


def test_nothing_runs_while_the_customer_changes_the_drawings() -> None:
    trade = Trade("hv_dual", "design", rules="supply_rules_2024", values={"klass": "hv_dual", **IMPORTANT})
    walk(trade, answers("hv_dual", DAY), "design.delivered")
    trade.later(days=90)
    (item,) = (each for each in running_limits(trade.case, reference()) if each.stage == "design")
    assert item.stopped is not None
    trade.do("design.received", "liming", **trade.case.records[1].values)
    again = [each for each in running_limits(trade.case, reference()) if each.limit == "design_rereview"]
    assert [each.start for each in again] == [trade.now]
    assert again[0].start > datetime.fromisoformat("2026-06-01T00:00+08:00")
