"""业扩配套工程: its own clock, beside the customer's works (regulations.md 1.5, 2.12)."""

from typing import Any

import pytest

from tests.domain.trade import Trade, reference
from tests.domain.walk import given
from yekuo_desktop.domain import path
from yekuo_desktop.domain.casework import Reason, Suspension
from yekuo_desktop.domain.clocks import RunningLimit, running_limits

BEGUN = {
    "grid_works_content": "新建 10kV 支线 0.8 千米",
    "grid_works_unit": "县公司配网工程队",
    "grid_works_expected_end": "2026-04-30",
}


def surveyed(klass: str = "hv_single", stage: str = "construction", **found: Any) -> Trade:
    trade = Trade(klass, stage, rules="sgcc_2026", values={"klass": klass})
    return given(trade, "survey.done", **({"grid_works": True} | found))


def clock(trade: Trade) -> list[RunningLimit]:
    return [each for each in running_limits(trade.case, reference()) if each.limit == "grid_works"]


@pytest.mark.parametrize(
    ("klass", "found", "due"),
    [
        # Tuesday 2026-03-10, the day itself counts: 10, 60 and 120 wd, with 04-06, 05-01, 05-04, 05-05 and
        # 06-19 off, and 05-09 worked
        ("lv_nonresident", {}, "2026-03-23"),
        ("hv_single", {}, "2026-06-04"),
        ("hv_dual", {"restricted_access": True}, "2026-08-28"),
    ],
)
def test_it_has_the_time_of_its_kind(klass: str, found: dict[str, Any], due: str) -> None:
    trade = surveyed(klass, **found)
    assert clock(trade) == []
    trade.do("grid_works.started", "maqiang", **BEGUN)
    (running,) = clock(trade)
    assert running.due is not None
    assert f"{running.due:%Y-%m-%d}" == due
    trade.later(days=3)
    trade.do("grid_works.done", "maqiang", grid_works_finished_on="2026-03-13")
    assert clock(trade)[0].stopped == trade.now


def test_time_for_approvals_is_left_out_with_its_evidence() -> None:
    trade = surveyed()
    trade.do("grid_works.started", "liming", **BEGUN)
    (before,) = clock(trade)
    paused = Suspension("占道审批", kind="government_approval", evidence="住建局受理单 26-18")
    trade.act("case.suspended", paused, "liming")
    trade.later(days=7)
    trade.act("case.resumed", Reason("已批准"), "liming")
    (after,) = clock(trade)
    assert before.due is not None
    assert after.due is not None
    assert after.due > before.due


def test_it_goes_on_beside_the_customers_own_works() -> None:
    trade = surveyed()
    waiting = [task.kind for task in path.undone(trade.case, "construction", reference())]
    assert not [kind for kind in waiting if kind.startswith("grid_works")]
    trade = surveyed(stage="completion")
    trade.do("grid_works.started", "zhaojun", **BEGUN)
    trade.do("grid_works.done", "zhaojun", grid_works_finished_on="2026-03-10")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"grid_works_finished_on": "2026-03-12"}, "晚于登记时间"),
        ({"grid_works_finished_on": "2026-03-10"}, ""),
    ],
)
def test_its_end_is_not_recorded_ahead(values: dict[str, Any], said: str) -> None:
    trade = surveyed()
    assert trade.refusal("grid_works.done", "liming", **values) == "还没有登记配套工程启动"
    trade.do("grid_works.started", "liming", **BEGUN)
    refused = trade.refusal("grid_works.done", "liming", **values)
    assert said in refused if said else refused == ""


def test_a_late_end_needs_its_reason() -> None:
    trade = surveyed()
    trade.do("grid_works.started", "liming", **BEGUN)
    trade.later(days=60)
    late = {"grid_works_finished_on": "2026-05-08"}
    assert "请写明超期原因" in trade.refusal("grid_works.done", "liming", **late)
    assert trade.refusal("grid_works.done", "liming", **late, grid_works_delay="线路走廊青苗赔偿") == ""


def test_where_nothing_has_to_be_built_nobody_is_asked() -> None:
    trade = surveyed(grid_works=False)
    assert trade.refusal("grid_works.started", "liming", **BEGUN) == "这件业务不需要登记配套工程启动"
