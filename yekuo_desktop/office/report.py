"""A report as sections of figures, charts and tables, whatever it is about.

Screen, paper and Excel each draw the same ``Report``; not one of them works a figure out. What a figure
was counted from is ``opens``: whoever shows it may hand it back to get the cases.
"""

from typing import Any, Literal

import msgspec

from yekuo_desktop.office.charts import Chart

Kind = Literal["text", "count", "percent", "days", "capacity"]
Tone = Literal["", "good", "bad"]
UNITS: dict[Kind, str] = {"text": "", "count": "件", "percent": "%", "days": "天", "capacity": "kVA"}
NONE = "—"


class Change(msgspec.Struct, frozen=True):
    """How a figure stands against an earlier one: ``against`` says which, ``words`` by how much, with an
    arrow in front; ``tone`` says whether that is for the better, "" where it is neither."""

    against: str
    words: str
    tone: Tone = ""


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure that stands alone."""

    id: str
    label: str
    text: str
    value: float | None
    kind: Kind
    changes: tuple[Change, ...] = ()
    opens: Any = None


class Column(msgspec.Struct, frozen=True):
    """One column of a table; ``width`` in characters."""

    id: str
    title: str
    kind: Kind = "count"
    width: int = 9


class Cell(msgspec.Struct, frozen=True):
    """One cell: words for the eye, the figure itself for Excel (a share of 1 for ``percent``)."""

    text: str
    value: float | str | None = None
    opens: Any = None
    tone: Tone = ""


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of figures; the last ``totals`` rows sum up the others."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: int = 0


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """What belongs together: a tab of the screen, a heading on paper, a sheet in Excel."""

    id: str
    title: str
    note: str = ""
    figures: tuple[Figure, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """``scope`` says in words what was counted; ``method`` how, with its source; ``empty`` why there is
    nothing, "" where there is something."""

    title: str
    period: str
    scope: str
    sections: tuple[Section, ...]
    method: tuple[str, ...] = ()
    empty: str = ""


def shown(value: float | None, kind: Kind) -> str:
    """A figure in words, without its unit but for the sign of a share."""
    if value is None:
        return NONE
    if kind == "percent":
        return "100%" if value >= 1 else f"{value:.1%}"
    if kind == "days":
        return f"{value:.1f}"
    return f"{value:,.0f}" if kind == "count" else f"{value:,.6g}"


def cell(value: float | None, kind: Kind, opens: Any = None, tone: Tone = "") -> Cell:
    """A cell of that figure; nothing lies behind one that is missing or nothing."""
    return Cell(shown(value, kind), value, opens if value else None, tone)


def name(text: str) -> Cell:
    """A cell of words."""
    return Cell(text, text)


def change(
    now: float | None, before: float | None, kind: Kind, against: str, better: Tone | Literal["more", "less"]
) -> Change:
    """From ``before`` to ``now``. ``better``: whether more or less of it is good."""
    if now is None or before is None:
        return Change(against, "没有可比的数")
    points = kind == "percent"
    by = round((now - before) * (100 if points else 1), 1)
    if not by:
        return Change(against, "持平")
    unit = "个百分点" if points else UNITS[kind]
    size = f"{abs(by):.1f}" if points or kind == "days" else f"{abs(by):,.6g}"
    more = by > 0
    tone: Tone = "" if better not in ("more", "less") else "good" if more == (better == "more") else "bad"
    return Change(against, f"{'↑' if more else '↓'} {size} {unit}", tone)
