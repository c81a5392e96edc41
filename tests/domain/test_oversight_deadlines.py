"""稽查 R6, R7, R7b, R8, R20: limits of the case's own rule set, with the two figures supervision compares.

Sources: 供电监管办法 [S-27]; 国家电网办〔2022〕336号 6/22/32 个工作日; 发改能源规〔2020〕1479号 15 个工作日;
电力客户档案管理规定 7 个工作日; 只计供电公司责任 (regulations.md 1.1, 1.4, 1.6, 1.8, 3.5).
"""

import pytest
from msgspec.structs import replace

from tests.domain.looks import happened, of
from tests.domain.told import moment, opened
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.deadlines.limits import Pause


def limits(rule: str, case: Case, now: str, label: str) -> list[tuple[str, str]]:
    """The two values of the hits about one limit."""
    return [(h.wanted, h.found) for h in of(rule, case, now) if h.subject.startswith(label)]


@pytest.mark.parametrize(
    ("replied", "hit"), [("2026-03-05 17:30", False), ("2026-03-05 17:31", True), ("2026-03-06 09:00", True)]
)
def test_r6_a_plan_replied_after_its_day(replied: str, hit: bool) -> None:
    """低压 3 个工作日 (供电营业规则 2024), the day after acceptance is day 1 in that set."""
    case = happened(opened("lv_nonresident"), "plan_replied", replied)
    assert bool(limits("R6", case, "2026-03-20", "供电方案答复")) == hit


def test_r6_says_what_counts_against_us_and_the_whole() -> None:
    case = happened(opened("lv_nonresident", "regulation_2010"), "plan_replied", "2026-03-20 10:00")
    pause = Pause(moment("2026-03-04 09:00"), moment("2026-03-06 09:00"), "客户外出", evidence="书面说明")
    ((_, found),) = limits("R6", case, "2026-03-23", "供电方案答复")
    assert "供电侧 14 个工作日,全程 14 个工作日" in found
    ((_, found),) = limits("R6", replace(case, pauses=(pause,)), "2026-03-23", "供电方案答复")
    assert "供电侧 12 个工作日,全程 14 个工作日" in found


def test_r6_shows_the_reason_that_was_given() -> None:
    case = happened(opened("lv_nonresident"), "plan_replied", "2026-03-09 10:00")
    ((_, found),) = limits(
        "R6", replace(case, overdue_reasons={"plan_reply": "暴雨道路中断"}), "2026-03-20", "供电方案答复"
    )
    assert found.endswith(";已说明:暴雨道路中断")


def test_a_case_that_ended_is_late_no_more() -> None:
    case = opened("lv_nonresident")
    assert limits("R6", case, "2026-03-20", "供电方案答复")
    assert not limits("R6", replace(case, state="withdrawn"), "2026-03-20", "供电方案答复")


@pytest.mark.parametrize(
    ("klass", "days", "connected", "hit"),
    [
        ("lv_resident", "5 个工作日", "2026-03-06 16:00", False),
        ("lv_resident", "5 个工作日", "2026-03-09 16:00", True),
    ],
)
def test_r7_the_whole_of_a_household(klass: str, days: str, connected: str, hit: bool) -> None:
    case = happened(opened(klass, "promise_2022"), "connected", connected)
    hits = of("R7", case, "2026-03-20")
    assert [h.wanted.split(",")[0] for h in hits] == ([days] if hit else [])


@pytest.mark.parametrize(("replied", "hit"), [("2026-03-31 16:00", False), ("2026-04-02 16:00", True)])
def test_r7_the_sum_of_the_utility_side(replied: str, hit: bool) -> None:
    """高压单电源 22 个工作日, counted while the company has the case in hand."""
    case = happened(opened("hv_single", "promise_2022"), "plan_replied", replied)
    assert bool(of("R7", case, "2026-04-10")) == hit


@pytest.mark.parametrize(("connected", "hit"), [("2026-03-20 16:00", False), ("2026-03-24 16:00", True)])
def test_r7b_a_small_business_without_investment(connected: str, hit: bool) -> None:
    case = opened("lv_nonresident", "threezero_2020", three_zero=True)
    assert bool(of("R7b", happened(case, "connected", connected), "2026-03-25")) == hit
    ordinary = opened("lv_nonresident", "threezero_2020")
    assert of("R7b", happened(ordinary, "connected", connected), "2026-03-25") == []


@pytest.mark.parametrize(
    ("now", "found"),
    [
        ("2026-03-03 16:00", None),
        ("2026-03-04 09:00", "还剩 1 个工作日,尚未完成"),
        ("2026-03-05 17:00", "今日到期,尚未完成"),
        ("2026-03-05 18:00", None),  # then it is late: R6
    ],
)
def test_r8_rings_before_the_end(now: str, found: str | None) -> None:
    hits = [h.found for h in of("R8", opened("lv_nonresident"), now) if h.subject == "供电方案答复"]
    assert hits == ([found] if found else [])


def test_r8_does_not_ring_for_what_lasts_one_day() -> None:
    """The work order must be delivered in one working day: that would ring from the first minute."""
    assert not [
        h for h in of("R8", opened("lv_nonresident", "seed"), "2026-03-02 11:00") if "工单" in h.subject
    ]


@pytest.mark.parametrize(("archived", "hit"), [("2026-03-11 17:00", False), ("2026-03-12 09:00", True)])
def test_r20_the_file_is_handed_over_in_seven_working_days(archived: str, hit: bool) -> None:
    case = happened(opened("lv_resident", "seed"), "connected", "2026-03-03 10:00")
    hits = of("R20", happened(case, "archived", archived), "2026-03-20")
    assert bool(hits) == hit
    assert not [h for h in of("R6", case, "2026-03-20") if "归档" in h.subject]
