"""统计月报: the figures of a period as a report, the same on screen, on paper and in Excel."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from yekuo_desktop.domain.deadlines.limits import UNITS
from yekuo_desktop.domain.vocabulary import CLASSES
from yekuo_desktop.office.charts import Chart, Mark, Series
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.monthly_groups import by_channel, by_group, by_month, count_cell, count_mark
from yekuo_desktop.office.report import (
    NONE,
    Cell,
    Column,
    Figure,
    Kind,
    Report,
    Section,
    Table,
    cell,
    change,
    name,
    shown,
)
from yekuo_desktop.office.statistics import counting
from yekuo_desktop.office.statistics.figures import Compared, Count, Figures, NodeFigures, Scope, Statistics
from yekuo_desktop.office.statistics.periods import Period

TITLE = "业扩报装统计"
EMPTY = "这段时间没有受理、送电或归档的业务。请换一个月份，或放宽筛选"
METHOD = (
    "达标率按统计期内归档的业务计算：一个环节按时的件数除以经过该环节的归档件数；"
    "“全部环节按时”要求一件业务的每个环节都按时（客户业扩报装服务时限考核办法）。",
    "用时只计供电企业一侧：规则集规定不计入的客户原因、政府审批等时间已经扣除，同一环节多次办理的合并计算。",
    "90% 用时：九成业务在这些天内办完（最近秩法）。在途和在途超时是制表时的数，其余是统计期内的数。",
)
GROUPS = (("class", "客户类别"), ("station", "供电所"), ("person", "人员"))
Read = Callable[[Figures], float | None]
MEASURES: tuple[tuple[str, str, Kind, Read, str], ...] = (
    ("accepted", "受理", "count", lambda f: f.accepted.value, ""),
    ("connected", "送电", "count", lambda f: f.connected.value, ""),
    ("archived", "归档", "count", lambda f: f.archived.value, ""),
    ("missed", "有环节超时", "count", lambda f: f.missed.value, "less"),
    ("kept", "全部环节按时", "percent", lambda f: f.kept.share, "more"),
    ("over_all", "全过程时限达标", "percent", lambda f: f.over_all.share, "more"),
    ("open", "在途", "count", lambda f: f.open.value, ""),
    ("late", "在途超时", "count", lambda f: f.late.value, "less"),
)
NOW = ("open", "late")  # of today, not of the period: they are compared with nothing
OPENS = ("accepted", "connected", "archived", "missed", "open", "late")


def monthly(desk: Desk, period: Period, scope: Scope) -> Report:
    """Everything of a period, beside the one before and the same a year ago."""
    compared = counting.compare(desk, period, scope)
    trend = counting.trend(desk, period, scope=scope)
    now = compared.now
    happened = now.total.accepted.value + now.total.connected.value + now.total.archived.value
    return Report(
        title=TITLE,
        period=_period_words(period),
        scope=_scope_words(desk, scope),
        sections=(
            _summary(compared, trend),
            _nodes(now),
            *(by_group(now, by, title) for by, title in GROUPS),
            by_month(trend),
            by_channel(now),
        ),
        method=METHOD,
        empty="" if happened or now.total.open.value else EMPTY,
    )


def _period_words(period: Period) -> str:
    whole = period.first.day == 1 and (period.last.year, period.last.month) == (
        period.first.year,
        period.first.month,
    )
    if whole and (period.last.toordinal() - period.first.toordinal()) >= 27:
        return f"{period.first.year} 年 {period.first.month} 月"
    return f"{period.first} 至 {period.last}"


def _scope_words(desk: Desk, scope: Scope) -> str:
    station = desk.store.organisation().station_name(scope.station) if scope.station else "全部供电所"
    return f"{station} · {CLASSES.get(scope.klass, '全部客户类别')}"


def _opens(row: Figures, id_: str) -> object:
    """What lies behind a figure: a filter, where there is something. Behind a rate lies what it is a part
    of."""
    if id_ not in OPENS:
        return row.archived.where if id_ == "kept" and row.archived.value else None
    count: Count = getattr(row, id_)
    return count.where if count.value else None


def _summary(compared: Compared, trend: Sequence[Figures]) -> Section:
    row, before, ago = (each.total for each in (compared.now, compared.before, compared.year_ago))
    figures = [
        Figure(
            id=id_,
            label=label,
            text=shown(read(row), kind),
            value=read(row),
            kind=kind,
            changes=()
            if id_ in NOW
            else (
                change(read(row), read(before), kind, "比上期", better),  # type: ignore[arg-type]
                change(read(row), read(ago), kind, "比去年同期", better),  # type: ignore[arg-type]
            ),
            opens=_opens(row, id_),
        )
        for id_, label, kind, read, better in MEASURES
    ]
    months = tuple(each.label for each in trend)
    return Section(
        id="summary",
        title="总览",
        note=_capacity_words(row),
        figures=tuple(figures),
        charts=(
            Chart(
                id="flow",
                title="近十二个月受理与归档",
                kind="columns",
                labels=months,
                unit="件",
                series=(
                    Series("受理", tuple(count_mark(each.accepted) for each in trend)),
                    Series("归档", tuple(count_mark(each.archived) for each in trend)),
                ),
            ),
            Chart(
                id="kept",
                title="近十二个月全部环节按时的比例",
                kind="lines",
                labels=months,
                unit="%",
                top=100,
                series=(Series("全部环节按时", tuple(_share(each) for each in trend)),),
            ),
        ),
    )


def _capacity_words(row: Figures) -> str:
    parts = [
        f"{label} {value:,.6g} {unit}"
        for label, value, unit in (("低压", row.capacity.kw, "kW"), ("高压", row.capacity.kva, "kVA"))
        if value
    ]
    return f"本期送电容量：{'，'.join(parts)}" if parts else "本期没有送电"


def _share(row: Figures) -> Mark:
    share = row.kept.share
    if share is None:
        return Mark(None, NONE)
    return Mark(share * 100, shown(share, "percent"), row.archived.where)


def _nodes(found: Statistics) -> Section:
    columns = (
        Column("label", "环节时限", "text", 26),
        Column("cases", "归档件数"),
        Column("kept", "按时"),
        Column("missed", "超时"),
        Column("rate", "达标率", "percent"),
        Column("average", "平均用时", "days"),
        Column("ninety", "90% 用时", "days"),
        Column("unit", "单位", "text", 10),
    )
    stages = (
        Column("stage", "环节", "text", 16),
        Column("open", "在途"),
        Column("late", "在途超时"),
        Column("rate", "归档业务达标率", "percent", 14),
    )
    rates = [node for node in found.nodes if node.rate.share is not None]
    return Section(
        id="nodes",
        title="环节",
        charts=(
            Chart(
                id="rates",
                title="各环节达标率",
                kind="bars",
                labels=tuple(node.label for node in rates),
                unit="%",
                top=100,
                series=(Series("达标率", tuple(_node_mark(node) for node in rates)),),
            ),
        )
        if rates
        else (),
        tables=(
            Table(id="nodes", title="各环节时限", columns=columns, rows=tuple(map(_node_row, found.nodes))),
            Table(
                id="stages",
                title="各环节在途",
                columns=stages,
                rows=tuple(
                    (
                        name(each.title),
                        count_cell(each.open),
                        count_cell(each.late, bad=True),
                        cell(each.rate.share, "percent"),
                    )
                    for each in found.stages
                ),
            ),
        ),
    )


def _node_mark(node: NodeFigures) -> Mark:
    share = node.rate.share or 0.0
    return Mark(share * 100, shown(share, "percent"), node.cases)


def _node_row(node: NodeFigures) -> tuple[Cell, ...]:
    rate, unit = node.rate, UNITS["workday"] if node.unit == "workday" else UNITS["day"]
    missed = rate.total - rate.kept
    return (
        name(node.label),
        cell(rate.total, "count", node.cases),
        cell(rate.kept, "count", replace(node.cases, kept=True)),
        cell(missed, "count", node.missed, "bad" if missed else ""),
        cell(rate.share, "percent", node.cases),
        cell(node.average, "days", node.cases),
        cell(node.ninety, "days", node.cases),
        name(unit),
    )
