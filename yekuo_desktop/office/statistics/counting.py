"""Adds counts of alike cases up to figures. The method stands in ``figures``."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain.codes import CodeTable
from yekuo_desktop.domain.measures import Rate, mean, percentile
from yekuo_desktop.domain.vocabulary import CLASSES, LIVE_STATES, STAGES
from yekuo_desktop.office.counted_ports import Alike, Connected, Done, Open, Passed, Taken
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.statistics.figures import (
    Capacity,
    ChannelFigures,
    Compared,
    Count,
    Dimension,
    Figures,
    NodeFigures,
    Scope,
    StageFigures,
    Statistics,
)
from yekuo_desktop.office.statistics.periods import Period, before, month, year_ago

ALL = Scope()
LIVE = tuple(sorted(LIVE_STATES))
HIGH = "hv_"  # classes whose capacity is counted in kVA


class _Counts(msgspec.Struct):
    """Read once, added up many times."""

    taken: Sequence[Taken]
    connected: Sequence[Connected]
    done: Sequence[Done]
    passed: Sequence[Passed]
    open: Sequence[Open]


def compare(desk: Desk, period: Period, scope: Scope = ALL) -> Compared:
    """The period beside what it is measured by."""
    periods = (period, before(period), year_ago(period))
    return Compared(*(statistics(desk, each, scope) for each in periods))


def trend(desk: Desk, last: Period, months: int = 12, scope: Scope = ALL) -> tuple[Figures, ...]:
    """Month by month up to the month of ``last``, also those in which nothing happened."""
    ends = [last.last]
    while len(ends) < months:
        ends.append(ends[-1].replace(day=1) - timedelta(days=1))
    span = Period(ends[-1].replace(day=1), last.last)
    counts = _counts(desk, span, scope)
    named = [f"{end:%Y-%m}" for end in reversed(ends)]
    return tuple(
        _figures(_chosen(counts, "month", name), month(name), scope, name, name, of_month=True)
        for name in named
    )


def statistics(desk: Desk, period: Period, scope: Scope = ALL) -> Statistics:
    """Every figure of a period, each with the cases behind it."""
    counts = _counts(desk, period, scope)
    return Statistics(
        period=period,
        scope=scope,
        total=_figures(counts, period, scope, "", "合计"),
        nodes=_nodes(counts.passed, period, scope),
        stages=tuple(_stage(counts, scope, stage, title) for stage, title in STAGES.items()),
        groups=_groups(desk, counts, period, scope),
        channels=_channels(desk, period, scope),
    )


def _counts(desk: Desk, period: Period, scope: Scope) -> _Counts:
    rows, first, last = desk.store.statistics, period.first, period.last

    def within(klass: str, station: str) -> bool:
        return scope.klass in ("", klass) and scope.station in ("", station)

    return _Counts(
        [each for each in rows.taken(first, last) if within(each.of.klass, each.of.station)],
        [each for each in rows.connected(first, last) if within(each.of.klass, each.of.station)],
        [each for each in rows.done(first, last) if within(each.of.klass, each.of.station)],
        [each for each in rows.passed(first, last) if within(each.of.klass, each.of.station)],
        [each for each in rows.open(desk.clock()) if within(each.klass, each.station)],
    )


def _where(period: Period, scope: Scope, name: str) -> Filter:
    """The cases of a scope that were accepted, connected or archived in a period."""
    span = {f"{name}_from": period.first, f"{name}_to": period.last}
    return Filter(station=scope.station, klass=scope.klass, **span)  # type: ignore[arg-type]


def _groups(
    desk: Desk, counts: _Counts, period: Period, scope: Scope
) -> dict[Dimension, tuple[Figures, ...]]:
    organisation = desk.store.organisation()
    names: dict[Dimension, Callable[[str], str]] = {
        "class": lambda id_: CLASSES.get(id_, id_),
        "station": organisation.station_name,
        "month": lambda id_: id_,
        "person": organisation.person_name,
    }
    return {by: tuple(_grouped(counts, period, scope, by, name)) for by, name in names.items()}


def _grouped(
    counts: _Counts, period: Period, scope: Scope, by: Dimension, name: Callable[[str], str]
) -> Iterable[Figures]:
    """Class in its own order, everything else by what it is called."""
    keys = {_key(each.of, by) for rows in (counts.taken, counts.connected, counts.done) for each in rows}
    if by != "month":
        keys |= {_key(each, by) for each in counts.open}
    order = list(CLASSES)
    for key in sorted(keys - {""}, key=lambda id_: (order.index(id_) if id_ in order else 99, name(id_))):
        part = _part(period, key) if by == "month" else period
        yield _figures(
            _chosen(counts, by, key),
            part,
            _narrowed(scope, by, key),
            key,
            name(key),
            person=key if by == "person" else "",
            of_month=by == "month",
        )


def _chosen(counts: _Counts, by: Dimension, key: str) -> _Counts:
    return _Counts(
        [each for each in counts.taken if _key(each.of, by) == key],
        [each for each in counts.connected if _key(each.of, by) == key],
        [each for each in counts.done if _key(each.of, by) == key],
        [each for each in counts.passed if _key(each.of, by) == key],
        [each for each in counts.open if _key(each, by) == key],
    )


def _key(of: Alike | Open, by: Dimension) -> str:
    return {"class": of.klass, "station": of.station, "month": of.month, "person": of.person}[by]


def _narrowed(scope: Scope, by: Dimension, key: str) -> Scope:
    if by == "class":
        return Scope(scope.station, key)
    return Scope(key, scope.klass) if by == "station" else scope


def _part(period: Period, name: str) -> Period:
    whole = month(name)
    return Period(max(whole.first, period.first), min(whole.last, period.last))


def _figures(
    counts: _Counts,
    period: Period,
    scope: Scope,
    id_: str,
    label: str,
    *,
    person: str = "",
    of_month: bool = False,
) -> Figures:
    """``of_month``: of what is on its way, that which was accepted in the period."""
    judged, kept = sum(each.judged for each in counts.done), sum(each.kept for each in counts.done)
    ended = _where(period, scope, "archived")
    standing = _standing(scope)
    if of_month:
        whole = month(id_)
        standing = replace(standing, accepted_from=whole.first, accepted_to=whole.last)
    return Figures(
        id=id_,
        label=label,
        accepted=_count(_sum(counts.taken), _where(period, scope, "accepted"), accepted_by=person),
        connected=_count(_sum(counts.connected), _where(period, scope, "connected"), manager=person),
        archived=_count(_sum(counts.done), ended, manager=person),
        missed=_count(judged - kept, ended, manager=person, kept=False),
        open=_count(_sum(counts.open), standing, manager=person),
        late=_count(sum(each.late for each in counts.open), standing, manager=person, light="overdue"),
        capacity=_capacity(counts.connected),
        kept=Rate(kept, judged),
        over_all=_rate([each for each in counts.passed if each.whole]),
    )


def _sum(rows: Sequence[Taken] | Sequence[Connected] | Sequence[Done] | Sequence[Open]) -> int:
    return sum(each.cases for each in rows)


def _standing(scope: Scope) -> Filter:
    return Filter(station=scope.station, klass=scope.klass, states=LIVE)


def _count(value: int, where: Filter, **more: object) -> Count:
    return Count(value, replace(where, **more))


def _capacity(rows: Sequence[Connected]) -> Capacity:
    high = sum(each.capacity for each in rows if each.of.klass.startswith(HIGH))
    return Capacity(kw=round(sum(each.capacity for each in rows) - high, 3), kva=round(high, 3))


def _rate(rows: Sequence[Passed]) -> Rate:
    return Rate(sum(each.cases for each in rows if each.kept), sum(each.cases for each in rows))


def _nodes(passed: Sequence[Passed], period: Period, scope: Scope) -> tuple[NodeFigures, ...]:
    """In the order of the stages, what spans several of them last."""
    found: dict[tuple[str, str], list[Passed]] = defaultdict(list)
    for each in passed:
        found[each.limit, each.unit].append(each)
    order = list(STAGES)

    def place(rows: list[Passed]) -> tuple[bool, int, str]:
        stage = rows[0].stage
        return rows[0].whole, order.index(stage) if stage in order else len(order), rows[0].label

    return tuple(_node(rows, _where(period, scope, "archived")) for rows in sorted(found.values(), key=place))


def _node(rows: Sequence[Passed], where: Filter) -> NodeFigures:
    first, days = rows[0], [(each.days, each.cases) for each in rows]
    cases = replace(where, node=first.limit, unit=first.unit)
    return NodeFigures(
        limit=first.limit,
        label=first.label,
        stage=first.stage,
        unit=first.unit,
        whole=first.whole,
        rate=_rate(rows),
        average=mean(days),
        ninety=percentile(days),
        cases=cases,
        missed=replace(cases, kept=False),
    )


def _stage(counts: _Counts, scope: Scope, stage: str, title: str) -> StageFigures:
    standing = [each for each in counts.open if each.stage == stage]
    where = replace(_standing(scope), stage=stage)
    return StageFigures(
        stage=stage,
        title=title,
        open=_count(sum(each.cases for each in standing), where),
        late=_count(sum(each.late for each in standing), where, light="overdue"),
        rate=_rate([each for each in counts.passed if each.stage == stage and not each.whole]),
    )


def _channels(desk: Desk, period: Period, scope: Scope) -> tuple[ChannelFigures, ...]:
    table = desk.reference.codes["channels"]
    found: dict[str, int] = defaultdict(int)
    for each in desk.store.statistics.channels(period.first, period.last):
        if scope.klass in ("", each.klass) and scope.station in ("", each.station):
            found[each.channel] += each.cases
    where = _where(period, scope, "accepted")
    return tuple(
        ChannelFigures(channel, _label(table, channel), _count(value, where, channel=channel))
        for channel, value in sorted(found.items(), key=lambda item: -item[1])
    )


def _label(table: CodeTable, code: str) -> str:
    item = table.item(code)
    return item.label if item else code or "未填写"
