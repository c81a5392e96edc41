"""Every limit of every rule set explains itself to every class it holds for (product.md, Time limits)."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from yekuo_desktop.domain.deadlines.limits import EVENTS, EXCLUSIONS, UNITS, Deadline, Limit
from yekuo_desktop.domain.deadlines.timelimits import Interval, Pause, deadline, deadline_of_sum, explain
from yekuo_desktop.domain.deadlines.wording import CONFIDENCES, FIRST_DAYS
from yekuo_desktop.domain.deadlines.workdays import CHINA, WEEKDAYS, Calendar, OfficeHours
from yekuo_desktop.domain.rulesets import RuleSet, parse_rulesets

RESOURCES = Path(__file__).parents[2] / "resources"
CALENDAR = Calendar.parse(path.read_text("utf-8") for path in (RESOURCES / "calendars").glob("*.toml"))
SETS = parse_rulesets(path.read_text("utf-8") for path in sorted((RESOURCES / "rules").glob("*.toml")))
HOURS = OfficeHours()
CLASSES = ("lv_resident", "lv_nonresident", "hv_single", "hv_dual")
# A plain week; over the National Day with its make-up days; over a year not announced yet
STARTS = ("2026-11-20 15:42", "2026-09-28 09:00", "2026-12-30 18:10")
EVERY_LIMIT = [
    pytest.param(rules, limit, klass, id=f"{rules.id}-{klass}-{limit.id}-{number}")
    for rules in SETS
    for number, limit in enumerate(rules.limits)
    for klass in limit.classes or CLASSES
]
DAY = re.compile(r"(\d{4}-\d\d-\d\d)（(.)）(.+)")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def due_of(rules: RuleSet, limit: Limit, start: str, *pauses: Pause) -> Deadline:
    if limit.kind == "sum":
        run = [Interval(at(start))]
        return deadline_of_sum(limit, rules.first_day, run, CALENDAR, HOURS, pauses)
    return deadline(limit, rules.first_day, at(start), CALENDAR, HOURS, pauses)


def day_lines(lines: tuple[str, ...]) -> list[tuple[date, str, str]]:
    found = filter(None, map(DAY.fullmatch, lines))
    return [(date.fromisoformat(line[1]), line[2], line[3]) for line in found]


@pytest.mark.parametrize(("rules", "limit", "klass"), EVERY_LIMIT)
@pytest.mark.parametrize("start", STARTS)
def test_rule_ground_start_and_outcome_are_named(
    rules: RuleSet, limit: Limit, klass: str, start: str
) -> None:
    assert not limit.classes or klass in limit.classes
    due = due_of(rules, limit, start)
    lines = explain(due)
    assert lines[0] == f"规则：{limit.label}，{limit.amount} {UNITS[limit.unit]}。依据：{limit.citation}"
    assert CONFIDENCES[limit.confidence] in ("", *lines)
    begun = EVENTS[limit.starts_on] if limit.kind != "sum" else "首个计时环节开始"
    assert any(line.startswith(f"起算：{begun} {start}，") for line in lines)
    assert due.due is not None
    assert f"到期：{due.due:%Y-%m-%d %H:%M}" in lines
    if limit.unit != "hour":
        assert any(line.endswith(FIRST_DAYS[limit.first_day or rules.first_day]) for line in lines)


@pytest.mark.parametrize(("rules", "limit", "klass"), EVERY_LIMIT)
@pytest.mark.parametrize("start", STARTS)
def test_each_day_from_start_to_due_is_told_as_counted_or_not(
    rules: RuleSet, limit: Limit, klass: str, start: str
) -> None:
    due = due_of(rules, limit, start)
    told = day_lines(explain(due))
    if limit.unit == "hour":
        assert told == []
        return
    first, last = at(start).date(), due.due.date()
    assert [day for day, _, _ in told] == [
        first + timedelta(days=number) for number in range((last - first).days + 1)
    ]
    number = 0
    for day, weekday, words in told:
        assert weekday == WEEKDAYS[day.weekday()]
        assert ("（未公布）" in words) == (day.year not in CALENDAR.years)
        counted = words.startswith(f"第 {number + 1} 日")
        assert counted != ("不计" in words), words
        number += counted
    if limit.unit in ("workday", "day"):
        assert number == limit.amount
    assert any("未公布：" in line for line in explain(due)) == (last.year not in CALENDAR.years)


@pytest.mark.parametrize(("rules", "limit", "klass"), EVERY_LIMIT)
def test_what_is_left_out_is_said_and_only_that_is_left_out(rules: RuleSet, limit: Limit, klass: str) -> None:
    """A day is paused only where the limit excludes the kind of pause; the reason stands beside it."""
    pause = Pause(at("2026-11-20 16:00"), at("2026-11-23 18:00"), "客户补图")
    lines = explain(due_of(rules, limit, STARTS[0], pause))
    names = "、".join(EXCLUSIONS[kind] for kind in limit.excludes)
    assert (f"不计入的时间：{names}" if names else "任何暂停都计入时限") in lines
    paused = [words for _, _, words in day_lines(lines) if "客户补图" in words]
    assert all(words == "暂停：客户补图，不计" for words in paused)
    if limit.unit != "hour":
        assert bool(paused) == ("customer_side" in limit.excludes)


def test_the_table_is_not_empty_for_any_class_of_any_set() -> None:
    for rules in SETS:
        assert all(
            any(not each.classes or klass in each.classes for each in rules.limits) for klass in CLASSES
        )
