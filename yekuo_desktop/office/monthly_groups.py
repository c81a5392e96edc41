"""The tables of the monthly report that count by something: class, station, person, month, channel."""

from collections.abc import Sequence

from yekuo_desktop.office.charts import Chart, Mark, Series
from yekuo_desktop.office.report import Cell, Column, Section, Table, cell, name
from yekuo_desktop.office.statistics.figures import Count, Figures, Statistics

GROUP_COLUMNS = (
    Column("accepted", "受理"),
    Column("connected", "送电"),
    Column("archived", "归档"),
    Column("missed", "有环节超时", width=11),
    Column("kept", "全部环节按时", "percent", 12),
    Column("over_all", "全过程时限达标", "percent", 14),
    Column("open", "在途"),
    Column("late", "在途超时"),
    Column("kw", "送电容量 kW", "capacity", 12),
    Column("kva", "送电容量 kVA", "capacity", 12),
)


def by_group(found: Statistics, by: str, title: str) -> Section:
    """How the cases divide by class, station or person, with the total."""
    rows = [*found.groups[by], found.total]  # type: ignore[index]
    return Section(id=by, title=title, tables=(_rows(by, f"按{title}", title, rows, totals=1),))


def by_month(trend: Sequence[Figures]) -> Section:
    """The last twelve months, one a line."""
    return Section(
        id="month",
        title="月份",
        note="在途：该月受理、至今没有归档的业务",
        tables=(_rows("month", "近十二个月", "月份", trend, totals=0),),
    )


def _rows(id_: str, title: str, first: str, rows: Sequence[Figures], *, totals: int) -> Table:
    return Table(
        id=id_,
        title=title,
        columns=(Column("label", first, "text", 16), *GROUP_COLUMNS),
        rows=tuple(_row(row) for row in rows),
        totals=totals,
    )


def _row(row: Figures) -> tuple[Cell, ...]:
    return (
        name(row.label),
        count_cell(row.accepted),
        count_cell(row.connected),
        count_cell(row.archived),
        count_cell(row.missed, bad=True),
        cell(row.kept.share, "percent", row.archived.where),
        cell(row.over_all.share, "percent", row.archived.where),
        count_cell(row.open),
        count_cell(row.late, bad=True),
        cell(row.capacity.kw or None, "capacity", row.connected.where),
        cell(row.capacity.kva or None, "capacity", row.connected.where),
    )


def by_channel(found: Statistics) -> Section:
    """How the applications came in."""
    total = found.total.accepted.value
    rows = tuple(
        (
            name(each.label),
            count_cell(each.accepted),
            cell(each.accepted.value / total if total else None, "percent"),
        )
        for each in found.channels
    )
    chart = Chart(
        id="channels",
        title="受理渠道",
        kind="bars",
        labels=tuple(each.label for each in found.channels),
        unit="件",
        series=(Series("受理", tuple(count_mark(each.accepted) for each in found.channels)),),
    )
    columns = (
        Column("label", "渠道", "text", 16),
        Column("accepted", "受理"),
        Column("share", "占比", "percent"),
    )
    return Section(
        id="channels",
        title="渠道",
        charts=(chart,) if found.channels else (),
        tables=(Table(id="channels", title="受理渠道", columns=columns, rows=rows),),
    )


def count_mark(count: Count) -> Mark:
    """A count in a chart, with its list behind it."""
    return Mark(count.value, f"{count.value:,}", count.where if count.value else None)


def count_cell(count: Count, *, bad: bool = False) -> Cell:
    """A count in a table, with its list behind it."""
    return cell(count.value, "count", count.where, "bad" if bad and count.value else "")
