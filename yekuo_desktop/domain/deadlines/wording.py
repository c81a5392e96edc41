"""A deadline in words: how much is left, how it was counted, and on what ground."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby

from yekuo_desktop.domain.deadlines.daycount import WEEKEND
from yekuo_desktop.domain.deadlines.limits import (
    EVENTS,
    EXCLUSIONS,
    NOT_RUNNING,
    Confidence,
    DayLine,
    Deadline,
    FirstDay,
    Limit,
    Unit,
)
from yekuo_desktop.domain.deadlines.workdays import CHINA, ONE_DAY, WEEKDAYS, Calendar

FIRST_DAYS: dict[FirstDay, str] = {"same": "起算当日为第 1 日", "next": "起算次日为第 1 日"}
CONFIDENCES: dict[Confidence, str] = {
    "V": "",
    "V2": "依据据二手资料核对，原文待核",
    "M": "依据为其他系统的做法，不是规定",
    "U": "依据未经核实",
}


def remaining_text(
    deadline: Deadline, now: datetime, calendar: Calendar, stopped_at: datetime | None = None
) -> str:
    """How much time is left, for lists: 剩 3 日, 今日 17:30, 超 1 日, 已暂停, 按时完成 …"""
    due = deadline.due
    if stopped_at is not None:
        return _done(deadline, stopped_at.astimezone(CHINA), calendar)
    if due is None:
        return "未计时" if deadline.held == NOT_RUNNING else "已暂停"
    return running_text(deadline.limit.unit, due, now, calendar)


def running_text(unit: Unit, due: datetime, now: datetime, calendar: Calendar) -> str:
    """The same of a limit that runs, counted in ``unit``: a plan that holds for a year has calendar days."""
    due, now = due.astimezone(CHINA), now.astimezone(CHINA)
    if now > due:
        return _over(gap(unit, due.date(), now.date(), calendar))
    if now.date() == due.date():
        return f"今日 {due:%H:%M}"
    if unit == "hour":
        return f"剩 {int((due - now).total_seconds() // 3600)} 小时"
    return f"剩 {gap(unit, now.date(), due.date(), calendar)} 日"


def gap(unit: Unit, after: date, until: date, calendar: Calendar) -> int:
    """Days from one date to a later one, in the days that are counted."""
    if unit in ("workday", "hour"):
        return calendar.workdays_between(after, until)
    return (until - after).days


def _done(deadline: Deadline, stopped_at: datetime, calendar: Calendar) -> str:
    if deadline.due is None or stopped_at <= deadline.due:
        return "按时完成"
    over = gap(deadline.limit.unit, deadline.due.date(), stopped_at.date(), calendar)
    return _over(over) + ("完成" if over else "后完成")


def _over(count: int) -> str:
    """Overdue by whole days; on the due day itself, after closing, no day is over yet."""
    return f"超 {count} 日" if count else "已超时"


def explain(deadline: Deadline) -> tuple[str, ...]:
    """The whole account, line by line: rule and citation, start, every day, outcome, 未公布 mark."""
    limit = deadline.limit
    lines = [f"规则：{limit.label}，{limit.allowance}。依据：{limit.citation}"]
    lines += [CONFIDENCES[limit.confidence]] if CONFIDENCES[limit.confidence] else []
    lines += [_exclusions(limit), _start(deadline)]
    lines += [_day(line) for line in deadline.days]
    lines.append(_outcome(deadline))
    lines += [] if deadline.announced else [_unannounced(deadline.days)]
    return tuple(lines)


def _exclusions(limit: Limit) -> str:
    names = "、".join(EXCLUSIONS[kind] for kind in limit.excludes)
    return f"不计入的时间：{names}" if names else "任何暂停都计入时限"


def _start(deadline: Deadline) -> str:
    event = EVENTS.get(deadline.limit.starts_on, "首个计时环节开始")
    rule = "自起算时刻连续计时" if deadline.limit.unit == "hour" else FIRST_DAYS[deadline.first_day]
    return f"起算：{event} {deadline.start:%Y-%m-%d %H:%M}，{rule}"


def _day(line: DayLine) -> str:
    mark = "" if line.announced else "（未公布）"
    skipped = "" if line.counted or line.reason.endswith("不计") else "，不计"
    return f"{line.date}（{_weekday(line.date)}）{line.reason}{skipped}{mark}"


def _outcome(deadline: Deadline) -> str:
    if deadline.due is None:
        return f"时钟停止：{deadline.held}，已计 {deadline.used} {deadline.limit.counted_unit}"
    return f"到期：{deadline.due:%Y-%m-%d %H:%M}"


def _unannounced(lines: Iterable[DayLine]) -> str:
    years = sorted({line.date.year for line in lines if not line.announced})
    return f"未公布：{'、'.join(map(str, years))} 年放假安排尚未公布，按周末和法定节日推算，公布后可能变动"


def summarise(lines: Sequence[DayLine]) -> str:
    """The count on one line of paper: 计法：11-20（五）起算当日不计；21、22 休息；23（一）第 1 日。

    A count of several weeks is told as one span with its weekends left out; `explain` names every day.
    """
    if not lines:
        return ""
    spans = [days for stretch in _stretches(lines) for days in _spans(stretch)]
    before = [None, *spans[:-1]]
    parts = [_dates(days, known) + _reason(days) for days, known in zip(spans, before, strict=True)]
    return f"计法：{'；'.join(parts)}。"


def _stretches(lines: Sequence[DayLine]) -> list[list[DayLine]]:
    """Days that follow each other without a gap: a sum counts several such stretches."""
    found = [[lines[0]]]
    for line in lines[1:]:
        if line.date == found[-1][-1].date + ONE_DAY:
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _spans(lines: Sequence[DayLine]) -> list[list[DayLine]]:
    """Days told together. Plain weeks with at least two weekends between them become one span."""
    groups = [list(group) for _, group in groupby(lines, key=_group)]
    found: list[list[DayLine]] = []
    for plain, run in groupby(groups, key=_plain):
        weeks = list(run)
        counted = [at for at, days in enumerate(weeks) if days[0].counted]
        if plain and len(counted) > 2:
            first, end = counted[0], counted[-1] + 1
            weeks[first:end] = [[line for days in weeks[first:end] for line in days]]
        found += weeks
    return found


def _plain(days: Sequence[DayLine]) -> bool:
    """Counted with nothing special about it, or an ordinary weekend."""
    return days[0].reason == WEEKEND or (days[0].counted and not _group(days[0])[1])


def _group(line: DayLine) -> tuple[bool, str]:
    """Days told together: skipped for the same reason, or counted with nothing special about them."""
    special = "（" in line.reason or not line.counted
    return line.counted, line.reason if special else ""


def _dates(days: Sequence[DayLine], before: Sequence[DayLine] | None) -> str:
    """The dates of a span. The month is left out only where it is plain: this span and the one before it lie
    in one and the same month. A span over the end of a month names both; another year is always named."""
    first, last = days[0].date, days[-1].date
    head = _date(first, before[-1].date, _one_month(*before, *days)) if before else f"{first:%m-%d}"
    if len(days) == 1:
        return f"{head}（{_weekday(first)}）"
    tail = _date(last, first, _one_month(*days))
    joint = "、" if len(days) == 2 else "—" if _one_month(*days) else " 至 "
    return f"{head}{joint}{tail} "


def _one_month(*lines: DayLine) -> bool:
    return len({(line.date.year, line.date.month) for line in lines}) == 1


def _date(day: date, known: date, short: bool) -> str:
    if day.year != known.year:
        return f"{day}"
    return f"{day:%d}" if short else f"{day:%m-%d}"


def _reason(days: Sequence[DayLine]) -> str:
    counted = [line for line in days if line.counted]
    if len(counted) < 2:
        return days[0].reason
    skipped = "（周末不计）" if len(counted) < len(days) else ""
    return f"第 {counted[0].number}—{counted[-1].number} 日{skipped}"


def _weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]
