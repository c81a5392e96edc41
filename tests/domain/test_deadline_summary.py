"""The count on one line of paper: no date may be read as another."""

from datetime import datetime

import pytest
from msgspec.structs import replace

from tests.domain.limit_samples import CALENDAR, HOURS, PLAN
from yekuo_desktop.domain.deadlines.timelimits import Interval, Part, Pause, deadline, deadline_of_sum
from yekuo_desktop.domain.deadlines.workdays import CHINA

FIRST = "起算当日不计"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def summary(amount: int, unit: str, start: str, *pauses: Pause) -> str:
    limit = replace(PLAN, amount=amount, unit=unit)
    return deadline(limit, "next", at(start), CALENDAR, HOURS, pauses).summary


@pytest.mark.parametrize(
    ("amount", "start", "text"),
    [
        # One month: named once. The sample sheet (design/work-order.png)
        (1, "2026-11-24 11:27", f"11-24（二）{FIRST}；25（三）第 1 日。"),
        (1, "2026-11-20 15:42", f"11-20（五）{FIRST}；21、22 休息；23（一）第 1 日。"),
        (3, "2026-11-20 15:42", f"11-20（五）{FIRST}；21、22 休息；23—25 第 1—3 日。"),
        # Over the end of a month: both ends name theirs
        (3, "2026-11-27 09:00", f"11-27（五）{FIRST}；28、29 休息；11-30 至 12-02 第 1—3 日。"),
        (
            5,
            "2026-11-24 10:00",
            f"11-24（二）{FIRST}；25—27 第 1—3 日；28、29 休息；11-30、12-01 第 4—5 日。",
        ),
        (3, "2026-07-30 09:00", f"07-30（四）{FIRST}；31（五）第 1 日；08-01、02 休息；03、04 第 2—3 日。"),
        # Several plain weeks: one span
        (10, "2026-11-19 09:00", f"11-19（四）{FIRST}；11-20 至 12-03 第 1—10 日（周末不计）。"),
        (20, "2026-11-24 11:27", f"11-24（二）{FIRST}；11-25 至 12-22 第 1—20 日（周末不计）。"),
        (
            8,
            "2026-11-09 09:00",
            f"11-09（一）{FIRST}；10—13 第 1—4 日；14、15 休息；16—19 第 5—8 日。",
        ),
        # Holidays and make-up days stand by themselves
        (
            3,
            "2026-09-30 09:00",
            f"09-30（三）{FIRST}；10-01—07 国庆节放假；08、09 第 1—2 日；10（六）第 3 日（国庆节调休上班）。",
        ),
        # Another year is named
        (
            5,
            "2026-12-30 09:00",
            f"12-30（三）{FIRST}；31（四）第 1 日；2027-01-01（五）元旦放假；02、03 休息；04—07 第 2—5 日。",
        ),
        (
            45,
            "2026-11-24 09:00",
            f"11-24（二）{FIRST}；11-25 至 12-31 第 1—27 日（周末不计）；"
            "2027-01-01（五）元旦放假；02、03 休息；04—27 第 28—45 日（周末不计）。",
        ),
    ],
)
def test_working_days(amount: int, start: str, text: str) -> None:
    assert summary(amount, "workday", start) == f"计法：{text}"


@pytest.mark.parametrize(
    ("amount", "unit", "start", "text"),
    [
        (10, "day", "2026-11-18 10:00", f"11-18（三）{FIRST}；19—28 第 1—10 日；29、30 末日逢休息日顺延。"),
        (1, "month", "2026-11-18 10:00", f"11-18（三）{FIRST}；11-19 至 12-18 第 1—30 日。"),
        (1, "month", "2025-12-20 10:00", f"12-20（六）{FIRST}；12-21 至 2026-01-20 第 1—31 日。"),
        (24, "hour", "2026-11-18 10:00", ""),
    ],
)
def test_calendar_units(amount: int, unit: str, start: str, text: str) -> None:
    assert summary(amount, unit, start) == (f"计法：{text}" if text else "")


def test_a_pause_is_told_with_its_reason() -> None:
    pause = Pause(at("2026-11-23 10:00"), at("2026-12-03 09:00"), "客户要求缓办")
    assert summary(3, "workday", "2026-11-20 15:42", pause) == (
        f"计法：11-20（五）{FIRST}；21、22 休息；23—27 暂停：客户要求缓办；28、29 休息；"
        "11-30 至 12-02 暂停：客户要求缓办；12-03、04 第 1—2 日；05、06 休息；07（一）第 3 日。"
    )


def test_days_between_two_stretches_of_a_sum_are_not_told_as_counted() -> None:
    limit = replace(PLAN, amount=6, kind="sum", parts=(Part("accepted", "plan_replied"),))
    stretches = [
        Interval(at("2026-11-02 09:00"), at("2026-11-04 16:00")),
        Interval(at("2026-11-18 09:00")),
    ]
    found = deadline_of_sum(limit, "same", stretches, CALENDAR, HOURS)
    assert found.summary == "计法：11-02—04 第 1—3 日；18—20 第 4—6 日。"


def test_a_long_count_still_fits_one_line_of_the_work_order() -> None:
    """The longest limit of the rules in force, 20 wd, wherever it starts outside the long holidays."""
    for day in range(1, 29):
        assert len(summary(20, "workday", f"2026-11-{day:02} 09:00")) <= 60
