"""Deadlines: real dates worked by hand."""

from datetime import date, datetime

import pytest
from msgspec.structs import replace

from tests.domain.limit_samples import CALENDAR, HOURS, PLAN
from yekuo_desktop.domain.deadlines.timelimits import (
    Deadline,
    Interval,
    Light,
    Limit,
    Part,
    Pause,
    deadline,
    deadline_of_sum,
    elapsed,
    explain,
    light,
    remaining_text,
)
from yekuo_desktop.domain.deadlines.workdays import CHINA

SUM = replace(
    PLAN,
    id="utility_sum",
    label="供电企业环节合计",
    amount=6,
    kind="sum",
    starts_on="",
    stops_on="",
    parts=(Part("accepted", "plan_replied"), Part("connection_ready", "connected")),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def due_of(limit: Limit, rule: str, start: str, *pauses: Pause) -> Deadline:
    return deadline(limit, rule, at(start), CALENDAR, HOURS, pauses)


@pytest.mark.parametrize(
    ("amount", "rule", "start", "due"),
    [
        # Exam item (regulations.md 1.8): application Thu 2022-06-09, 5 wd, day of application is day 1
        (5, "same", "2022-06-09 10:00", "2022-06-15 17:30"),
        # The same under Civil Code art. 201: Thu 2022-06-16
        (5, "next", "2022-06-09 10:00", "2022-06-16 17:30"),
        # The sample sheet (design/work-order.png): accepted Fri 2026-11-20 15:42
        (1, "next", "2026-11-20 15:42", "2026-11-23 17:30"),
        (3, "next", "2026-11-20 15:42", "2026-11-25 17:30"),
        # After closing time, or on a day off, the next working day is day 1 under either rule
        (1, "same", "2026-11-20 17:30", "2026-11-23 17:30"),
        (1, "same", "2026-11-21 09:00", "2026-11-23 17:30"),
        (1, "next", "2026-11-21 09:00", "2026-11-23 17:30"),
        # 国庆节 2026-10-01 to 07, make-up Saturday 10-10 (国办发明电〔2025〕7号)
        (3, "next", "2026-09-30 09:00", "2026-10-10 17:30"),
        (2, "same", "2026-09-19 09:00", "2026-09-21 17:30"),
    ],
)
def test_due_moment(amount: int, rule: str, start: str, due: str) -> None:
    assert due_of(replace(PLAN, amount=amount), rule, start).due == at(due)


@pytest.mark.parametrize(
    ("unit", "amount", "start", "due"),
    [
        ("hour", 24, "2026-11-21 10:15", "2026-11-22 10:15"),
        ("day", 5, "2026-11-18 10:00", "2026-11-23 17:30"),
        # Civil Code art. 203: the last day, Sunday 2026-11-22, is a day off
        ("day", 4, "2026-11-18 10:00", "2026-11-23 17:30"),
        # Civil Code art. 202: the corresponding day, or the month's last; 2026-02-28 is a make-up Saturday
        ("month", 1, "2026-01-31 10:00", "2026-02-28 17:30"),
        ("month", 3, "2026-08-23 10:00", "2026-11-23 17:30"),
        ("year", 1, "2024-02-29 10:00", "2025-02-28 17:30"),
    ],
)
def test_calendar_units(unit: str, amount: int, start: str, due: str) -> None:
    limit = replace(PLAN, unit=unit, amount=amount)
    assert due_of(limit, "next", start).due == at(due)


def test_the_limits_own_first_day_goes_before_the_rule_sets() -> None:
    limit = replace(PLAN, amount=5, first_day="next")
    assert due_of(limit, "same", "2022-06-09 10:00").due == at("2022-06-16 17:30")


def test_any_time_zone_is_taken_as_the_same_moment() -> None:
    utc = datetime.fromisoformat("2026-11-20T07:42:00+00:00")
    assert deadline(PLAN, "next", utc, CALENDAR, HOURS).due == at("2026-11-25 17:30")


def test_days_paused_at_closing_time_do_not_count() -> None:
    pause = Pause(at("2026-11-23 10:00"), at("2026-11-25 09:00"), "客户要求缓办")
    found = due_of(PLAN, "next", "2026-11-20 15:42", pause)
    assert found.due == at("2026-11-27 17:30")
    skipped = [(line.date.day, line.reason) for line in found.days if "暂停" in line.reason]
    assert skipped == [(23, "暂停：客户要求缓办"), (24, "暂停：客户要求缓办")]


def test_a_pause_within_one_day_gains_nothing() -> None:
    pause = Pause(at("2026-11-23 09:00"), at("2026-11-23 17:00"), "客户要求缓办")
    assert due_of(PLAN, "next", "2026-11-20 15:42", pause).due == at("2026-11-25 17:30")


def test_a_pause_holds_only_limits_that_exclude_its_kind() -> None:
    pause = Pause(at("2026-11-23 09:00"), at("2026-11-26 09:00"), "审批", "government_approval")
    assert due_of(PLAN, "next", "2026-11-20 15:42", pause).due == at("2026-11-25 17:30")


def test_an_open_pause_leaves_no_due_moment() -> None:
    found = due_of(PLAN, "next", "2026-11-20 15:42", Pause(at("2026-11-24 09:00"), None, "客户资料未齐"))
    assert (found.due, found.warn, found.held, found.used) == (None, None, "客户资料未齐", 1)
    assert light(found, at("2026-12-30 09:00")) is Light.GREY
    assert remaining_text(found, at("2026-12-30 09:00"), CALENDAR) == "已暂停"
    assert explain(found)[-1] == "时钟停止：客户资料未齐，已计 1 个工作日"


def test_a_pause_after_the_limit_ran_out_changes_nothing() -> None:
    found = due_of(PLAN, "next", "2026-11-20 15:42", Pause(at("2026-11-26 09:00"), None, "缓办"))
    assert found.due == at("2026-11-25 17:30")


def test_hours_are_pushed_out_by_overlapping_pauses_once() -> None:
    pauses = (
        Pause(at("2026-11-20 12:00"), at("2026-11-20 14:00"), "甲"),
        Pause(at("2026-11-20 13:00"), at("2026-11-20 15:00"), "乙"),
        Pause(at("2026-11-19 08:00"), at("2026-11-20 11:00"), "丙"),
    )
    found = due_of(replace(PLAN, unit="hour", amount=24), "next", "2026-11-20 10:00", *pauses)
    assert found.due == at("2026-11-21 14:00")
    held = due_of(
        replace(PLAN, unit="hour"), "next", "2026-11-20 10:00", Pause(at("2026-11-20 11:00"), None, "丁")
    )
    assert (held.due, held.held) == (None, "丁")


@pytest.mark.parametrize(
    ("now", "colour", "text"),
    [
        ("2026-11-20 16:00", Light.GREEN, "剩 3 日"),
        ("2026-11-21 12:00", Light.GREEN, "剩 3 日"),
        ("2026-11-23 08:00", Light.GREEN, "剩 2 日"),
        ("2026-11-24 08:30", Light.YELLOW, "剩 1 日"),
        ("2026-11-25 17:30", Light.YELLOW, "今日 17:30"),
        ("2026-11-25 17:31", Light.RED, "已超时"),
        ("2026-11-26 08:00", Light.RED, "超 1 日"),
        ("2026-11-30 08:00", Light.RED, "超 3 日"),
    ],
)
def test_light_and_remaining_time(now: str, colour: Light, text: str) -> None:
    found = due_of(PLAN, "next", "2026-11-20 15:42")
    assert light(found, at(now)) is colour
    assert remaining_text(found, at(now), CALENDAR) == text


@pytest.mark.parametrize(
    ("stopped", "verdict", "text"),
    [
        ("2026-11-25 17:30", Light.MET, "按时完成"),
        ("2026-11-25 18:00", Light.MISSED, "已超时后完成"),
        ("2026-11-27 09:00", Light.MISSED, "超 2 日完成"),
    ],
)
def test_the_verdict_stays_whatever_the_time(stopped: str, verdict: Light, text: str) -> None:
    found = due_of(PLAN, "next", "2026-11-20 15:42")
    now = at("2027-03-01 09:00")
    assert light(found, now, at(stopped)) is verdict
    assert remaining_text(found, now, CALENDAR, at(stopped)) == text


def test_the_explanation_gives_rule_start_every_day_and_outcome() -> None:
    assert explain(due_of(PLAN, "next", "2026-11-20 15:42")) == (
        "规则：供电方案答复，3 个工作日。依据：供电营业规则（2024）",
        "依据据二手资料核对，原文待核",
        "不计入的时间：客户原因",
        "起算：正式受理 2026-11-20 15:42，起算次日为第 1 日",
        "2026-11-20（五）起算当日不计",
        "2026-11-21（六）休息，不计",
        "2026-11-22（日）休息，不计",
        "2026-11-23（一）第 1 日",
        "2026-11-24（二）第 2 日",
        "2026-11-25（三）第 3 日",
        "到期：2026-11-25 17:30",
    )


def test_days_of_a_year_not_announced_are_marked() -> None:
    """Whatever is announced later, 1 January is a day off by law (全国年节及纪念日放假办法第二条)."""
    found = due_of(PLAN, "next", "2026-12-30 09:00")
    assert (found.due, found.announced) == (at("2027-01-05 17:30"), False)
    assert "2027-01-01（五）元旦放假，不计（未公布）" in explain(found)
    assert explain(found)[-1].startswith("未公布：2027 年放假安排尚未公布，按周末和法定节日推算")


def sum_of(*stretches: tuple[str, str | None], pauses: tuple[Pause, ...] = ()) -> Deadline:
    return deadline_of_sum(SUM, "same", intervals(*stretches), CALENDAR, HOURS, pauses)


def intervals(*stretches: tuple[str, str | None]) -> list[Interval]:
    return [Interval(at(start), at(end) if end else None) for start, end in stretches]


def test_a_sum_counts_only_the_utilitys_stretches() -> None:
    """国家电网办〔2022〕336号: low-voltage non-residents, utility stages together at most 6 wd."""
    found = sum_of(("2026-11-02 09:00", "2026-11-04 16:00"), ("2026-11-18 09:00", None))
    assert found.due == at("2026-11-20 17:30")
    assert [line.date.day for line in found.days if line.counted] == [2, 3, 4, 18, 19, 20]
    assert light(found, at("2026-11-18 10:00")) is Light.GREEN


def test_a_sum_stands_still_between_its_stretches() -> None:
    found = sum_of(("2026-11-02 09:00", "2026-11-04 16:00"))
    now = at("2026-11-17 09:00")
    assert (found.due, found.used, light(found, now)) == (None, 3, Light.GREY)
    assert remaining_text(found, now, CALENDAR) == "未计时"
    assert light(found, now, at("2026-11-04 16:00")) is Light.MET


def test_a_sum_overdrawn_stays_overdrawn() -> None:
    found = sum_of(("2026-11-02 09:00", "2026-11-10 16:00"))
    assert found.due == at("2026-11-09 17:30")
    assert light(found, at("2026-11-10 16:00"), at("2026-11-10 16:00")) is Light.MISSED


def test_a_day_in_two_stretches_counts_once() -> None:
    found = sum_of(("2026-11-02 09:00", "2026-11-04 10:00"), ("2026-11-04 14:00", "2026-11-05 10:00"))
    assert found.used == 4


def test_an_act_after_closing_belongs_to_the_next_working_day() -> None:
    assert sum_of(("2026-11-20 09:00", "2026-11-20 18:00")).used == 2


def test_elapsed_tells_what_is_left() -> None:
    stretches = intervals(("2026-11-02 09:00", "2026-11-04 16:00"), ("2026-11-18 09:00", None))
    found = elapsed(SUM, "same", stretches, CALENDAR, HOURS, at("2026-11-19 10:00"))
    assert (found.used, found.remaining) == (5, 1)
    late = elapsed(SUM, "same", stretches, CALENDAR, HOURS, at("2026-11-24 10:00"))
    assert (late.used, late.remaining) == (8, -2)


def test_light_turns_yellow_when_one_working_day_is_left() -> None:
    found = due_of(PLAN, "next", "2026-11-26 09:00")
    assert (found.due, found.warn) == (at("2026-12-01 17:30"), at("2026-11-30 08:30"))
    assert date(2026, 11, 30).weekday() == 0
