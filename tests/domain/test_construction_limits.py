"""The clock of the intermediate inspection under each rule set: from the application, again once put right
(regulations.md 1.1, 1.3, 1.5)."""

import pytest

from tests.domain.trade import Trade, reference
from tests.domain.walk import DAY, given, walk
from yekuo_desktop.domain.clocks import RunningLimit, running_limits
from yekuo_desktop.office.practice.construction import answers

APPLIED, PASSED = "intermediate.applied", "intermediate.inspected"


def running(rules: str, klass: str, kind: str, times: int = 1) -> tuple[RunningLimit, ...]:
    trade = Trade(klass, "construction", rules=rules, values={"klass": klass, "importance": "level_2"})
    given(trade, "design.concluded", design_result="agreed")
    walk(trade, answers(klass, DAY), kind, times)
    return tuple(r for r in running_limits(trade.case, reference()) if r.limit.startswith("intermediate"))


@pytest.mark.parametrize(
    ("rules", "klass", "due"),
    [
        # Applied for on Tuesday 2026-03-10, in the evening of a long day: the next day counts first.
        ("supply_rules_2024", "hv_dual", {"intermediate_inspection": "2026-03-12 17:30"}),  # 2 wd
        # 2 wd, the day itself counts
        ("sgcc_2026", "hv_dual", {"intermediate_inspection": "2026-03-11 17:30"}),
        ("regulation_2010", "hv_single", {"intermediate_inspection": "2026-03-17 17:30"}),  # 5 wd
        ("regulation_2010", "lv_nonresident", {"intermediate_inspection": "2026-03-13 17:30"}),  # 3 wd
        (
            "rules_2019",
            "hv_single",
            {
                "intermediate_inspection": "2026-03-12 17:30",  # 3 wd, the day itself counts
                "intermediate_opinion": "2026-03-16 17:30",  # 5 wd, written
            },
        ),
        ("seed", "hv_dual", {}),  # no figure, no clock
    ],
)
def test_when_an_inspection_that_was_applied_for_is_due(rules: str, klass: str, due: dict[str, str]) -> None:
    found = running(rules, klass, APPLIED)
    assert {r.limit: f"{r.due:%Y-%m-%d %H:%M}" for r in found if r.due} == due
    assert all(r.stopped is None for r in found)


@pytest.mark.parametrize(
    ("rules", "keys"),
    [
        ("supply_rules_2024", ["intermediate_inspection", "intermediate_inspection#2"]),
        ("regulation_2010", ["intermediate_inspection", "intermediate_inspection#2"]),
        (
            "rules_2019",
            [
                *("intermediate_inspection", "intermediate_inspection#2"),
                *("intermediate_opinion", "intermediate_opinion#2"),
            ],
        ),
    ],
)
def test_each_round_has_its_own_running_and_both_are_stopped(rules: str, keys: list[str]) -> None:
    found = running(rules, "hv_dual", PASSED, 2)
    assert [r.key for r in found] == keys
    assert all(r.stopped is not None for r in found)


def test_nothing_runs_while_the_customer_puts_things_right() -> None:
    (only,) = running("supply_rules_2024", "hv_dual", "intermediate.delivered")
    assert only.stopped is not None
    first, second = running("supply_rules_2024", "hv_dual", "intermediate.rectified")
    assert first.stopped is not None
    assert second.stopped is None


def test_a_part_of_the_rectification_starts_nothing() -> None:
    trade = Trade("hv_dual", "construction", rules="supply_rules_2024", values={"importance": "level_2"})
    given(trade, "design.concluded", design_result="agreed")
    walk(trade, answers("hv_dual", DAY), "intermediate.delivered")
    rows = [{"no": "1", "outcome": "已改", "evidence": "照片"}]
    trade.do("intermediate.rectified", "liming", intermediate_closed=rows, intermediate_reported_by="郭建设")
    (only,) = (r for r in running_limits(trade.case, reference()) if r.limit.startswith("intermediate"))
    assert only.stopped is not None
