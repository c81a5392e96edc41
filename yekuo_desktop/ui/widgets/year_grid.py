"""A year as twelve small months: days off and make-up days by sign as well as by colour."""

from calendar import Calendar
from collections.abc import Callable
from datetime import date
from html import escape

from yekuo_desktop.domain.deadlines.workdays import WEEKDAYS, Day
from yekuo_desktop.ui.theme import colours

A_ROW = 4
SIGNS = {"holiday": "休", "makeup": "班"}


def year_html(year: int, day: Callable[[date], Day], citation: str) -> str:
    """Rich text for a label."""
    months = [_month(year, at, day) for at in range(1, 13)]
    rows = [
        f"<tr>{''.join(f'<td style=padding:6px>{month}</td>' for month in months[at : at + A_ROW])}</tr>"
        for at in range(0, 12, A_ROW)
    ]
    return f"<p>{escape(citation)}</p><table>{''.join(rows)}</table><p>休：放假　班：调休上班</p>"


def _month(year: int, month: int, day: Callable[[date], Day]) -> str:
    heads = "".join(f"<td align=center><small>{name}</small></td>" for name in WEEKDAYS)
    weeks = Calendar().monthdatescalendar(year, month)
    body = "".join(f"<tr>{''.join(_day(each, month, day) for each in week)}</tr>" for week in weeks)
    return f"<b>{month} 月</b><table cellpadding=2><tr>{heads}</tr>{body}</table>"


def _day(each: date, month: int, day: Callable[[date], Day]) -> str:
    if each.month != month:
        return "<td></td>"
    kind = day(each)
    sign = SIGNS.get(kind.kind, "")
    ink = {"holiday": colours().red, "makeup": colours().accent, "weekend": colours().quiet}
    colour = ink.get(kind.kind, colours().text)
    words = f"{each.day}<small>{sign}</small>" if sign else str(each.day)
    weight = "bold" if sign else "normal"
    return f'<td align=right style="color:{colour};font-weight:{weight}">{words}</td>'
