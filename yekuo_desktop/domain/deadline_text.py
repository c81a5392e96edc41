"""A deadline in words: how much is left, how it was counted, and on what ground."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby

from yekuo_desktop.domain.limits import (
    EVENTS,
    EXCLUSIONS,
    NOT_RUNNING,
    Confidence,
    DayLine,
    Deadline,
    FirstDay,
    Limit,
)
from yekuo_desktop.domain.workdays import CHINA, WEEKDAYS, Calendar

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
    now = now.astimezone(CHINA)
    if now > due:
        return _over(gap(deadline.limit, due.date(), now.date(), calendar))
    if now.date() == due.date():
        return f"今日 {due:%H:%M}"
    if deadline.limit.unit == "hour":
        return f"剩 {int((due - now).total_seconds() // 3600)} 小时"
    return f"剩 {gap(deadline.limit, now.date(), due.date(), calendar)} 日"


def gap(limit: Limit, after: date, until: date, calendar: Calendar) -> int:
    """Days from one date to a later one, in the days the limit counts."""
    if limit.unit in ("workday", "hour"):
        return calendar.workdays_between(after, until)
    return (until - after).days


def _done(deadline: Deadline, stopped_at: datetime, calendar: Calendar) -> str:
    if deadline.due is None or stopped_at <= deadline.due:
        return "按时完成"
    over = gap(deadline.limit, deadline.due.date(), stopped_at.date(), calendar)
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
    return f"未公布：{'、'.join(map(str, years))} 年放假安排尚未公布，按周末推算，公布后可能变动"


def summarise(lines: Sequence[DayLine]) -> str:
    """The count on one line of paper: 计法：11-20（五）起算当日不计；21、22 休息；23（一）第 1 日。"""
    if not lines:
        return ""
    parts, month = [], 0
    for _, group in groupby(lines, key=_group):
        days = list(group)
        parts.append(_span(days, month) + _reason(days))
        month = days[-1].date.month
    return f"计法：{'；'.join(parts)}。"


def _group(line: DayLine) -> tuple[bool, str]:
    """Days told together: skipped for the same reason, or counted with nothing special about them."""
    special = "（" in line.reason or not line.counted
    return line.counted, line.reason if special else ""


def _span(days: Sequence[DayLine], month: int) -> str:
    """The dates of a group: the month is named where it differs from the one before."""
    first, last = days[0].date, days[-1].date
    head = f"{first:%m-%d}" if first.month != month else f"{first.day}"
    if len(days) == 1:
        return f"{head}（{_weekday(first)}）"
    tail = f"{last:%m-%d}" if last.month != first.month else f"{last.day}"
    return f"{head}{'、' if len(days) == 2 else '—'}{tail} "


def _reason(days: Sequence[DayLine]) -> str:
    if days[0].counted and len(days) > 1:
        return f"第 {days[0].number}—{days[-1].number} 日"
    return days[0].reason


def _weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]
