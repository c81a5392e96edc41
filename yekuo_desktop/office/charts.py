"""A chart as plain figures, and where its parts stand in a rectangle: one geometry for screen and paper.

Nothing here knows a colour or a font; who draws brings the width of words. Every figure stands in words
beside its mark, so that nobody needs the colour to read it.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any, Literal, NamedTuple

import msgspec

Kind = Literal["bars", "columns", "lines"]
Measure = Callable[[str], float]
"""Width of words at the size of the chart."""

WIDEST_LABEL = 0.36  # of the chart, for the names beside bars
THICK, GAP = 1.3, 0.75  # of a bar and between two groups, in em
HEAD, FOOT = 1.9, 1.7  # em for the legend above and the names below
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
LINES = 4  # between nothing and the top of an axis, about


class Mark(msgspec.Struct, frozen=True):
    """One figure of a series: its height, its words, and what lies behind it (nothing on paper)."""

    value: float | None
    words: str
    opens: Any = None


class Series(msgspec.Struct, frozen=True):
    """Figures of one kind, one for each label of the chart."""

    name: str
    marks: tuple[Mark, ...]


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """``bars`` lie, ``columns`` stand, ``lines`` go on in time. ``top``: the end of the axis, 0 to let the
    figures decide; ``unit`` stands at the axis."""

    id: str
    title: str
    kind: Kind
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    top: float = 0.0

    @property
    def empty(self) -> bool:
        """Whether there is no figure, or none but nothing."""
        return not any(mark.value for series in self.series for mark in series.marks)

    def spoken(self) -> str:
        """Every figure in words, for whoever cannot see it."""
        return f"{self.title}:{';'.join(self.said(at) for at in range(len(self.labels)))}"

    def said(self, at: int) -> str:
        """The figures of one label in words."""
        many = len(self.series) > 1
        parts = (f"{s.name} {s.marks[at].words}" if many else s.marks[at].words for s in self.series)
        return f"{self.labels[at]} {','.join(parts)}"


class Bar(NamedTuple):
    """A figure as an area; the corner is the upper left one."""

    x: float
    y: float
    width: float
    height: float
    series: int
    at: int  # -1: a swatch of the legend


class Point(NamedTuple):
    """A figure on a line."""

    x: float
    y: float
    series: int
    at: int


class Rule(NamedTuple):
    """A line of the axis; the one at nothing is ``strong``."""

    x1: float
    y1: float
    x2: float
    y2: float
    strong: bool


class Words(NamedTuple):
    """Words by their middle line. ``anchor``: 0 begin at x, 0.5 stand over it, 1 end there."""

    x: float
    y: float
    text: str
    anchor: float
    quiet: bool


class Laid(NamedTuple):
    """A chart with every part in its place; y grows downward."""

    bars: tuple[Bar, ...]
    points: tuple[Point, ...]
    rules: tuple[Rule, ...]
    words: tuple[Words, ...]

    def paths(self) -> Iterator[tuple[Point, Point]]:
        """The pieces of the lines; where a figure is missing the line is broken."""
        for _series, points in groupby(self.points, key=lambda point: point.series):
            yield from ((a, b) for a, b in pairwise(points) if b.at == a.at + 1)


class _Room(NamedTuple):
    """The rectangle, the size of the words, and their width."""

    width: float
    height: float
    em: float
    measure: Measure


def wanted_height(chart: Chart, em: float) -> float:
    """What a chart needs to be read easily."""
    head = HEAD * em if len(chart.series) > 1 else 0.4 * em
    if chart.kind == "bars":
        return head + len(chart.labels) * (len(chart.series) * THICK + GAP) * em
    return head + 12 * em


def lay(chart: Chart, width: float, height: float, em: float, measure: Measure) -> Laid:
    """Every part in its place inside ``width`` × ``height``."""
    room = _Room(width, height, em, measure)
    return _bars(chart, room) if chart.kind == "bars" else _standing(chart, room)


def axis(chart: Chart) -> tuple[float, ...]:
    """The figures at the axis, from nothing to the top."""
    highest = chart.top or max((m.value or 0 for s in chart.series for m in s.marks), default=0.0)
    if highest <= 0:
        return (0.0, 1.0)
    rough = highest / LINES
    power = 10.0 ** (len(f"{rough:.0f}") - 1 if rough >= 1 else -1)
    step = next(power * s for s in STEPS if power * s >= rough * 0.999)
    if chart.unit in ("件", "户"):
        step = max(1.0, step)
    count = int(highest / step + 0.999)
    return tuple(step * at for at in range(count + 1))


# ---- lying ----------------------------------------------------------------------------------------


def _bars(chart: Chart, room: _Room) -> Laid:
    swatches, legend, top = _legend(chart, room)
    names = [_cut(label, room.width * WIDEST_LABEL, room.measure) for label in chart.labels]
    left = max(map(room.measure, names), default=0.0) + 0.7 * room.em
    figures = max((room.measure(m.words) for s in chart.series for m in s.marks), default=0.0)
    length = max(room.width - left - figures - 0.9 * room.em, room.em)
    roomy = (len(chart.series) * THICK + 2 * GAP) * room.em
    pitch = min((room.height - top) / max(len(names), 1), roomy)
    thick = min((pitch - 0.4 * room.em) / len(chart.series), THICK * room.em)
    highest = chart.top or max((m.value or 0 for s in chart.series for m in s.marks), default=0.0)
    bars, words = list(swatches), list(legend)
    for at, name in enumerate(names):
        middle = top + pitch * (at + 0.5)
        words.append(Words(left - 0.7 * room.em, middle, name, 1.0, quiet=False))
        for place, series in enumerate(chart.series):
            mark = series.marks[at]
            y = middle + (place - len(chart.series) / 2) * thick
            long = length * min((mark.value or 0) / highest, 1.0) if highest else 0.0
            bars.append(Bar(left, y + 0.08 * thick, long, 0.84 * thick, place, at))
            words.append(Words(left + long + 0.4 * room.em, y + thick / 2, mark.words, 0.0, quiet=place > 0))
    rule = Rule(left, top, left, top + pitch * len(names), strong=True)
    return Laid(tuple(bars), (), (rule,), tuple(words))


def _legend(chart: Chart, room: _Room) -> tuple[list[Bar], list[Words], float]:
    """Swatches with the names of the series, and how far down they reach; one series needs none."""
    if len(chart.series) < 2:
        return [], [], 0.4 * room.em
    bars: list[Bar] = []
    words: list[Words] = []
    x, side = 0.0, 0.9 * room.em
    for place, series in enumerate(chart.series):
        bars.append(Bar(x, 0.2 * room.em, side * 1.6, side, place, -1))
        words.append(Words(x + side * 2, 0.2 * room.em + side / 2, series.name, 0.0, quiet=True))
        x += side * 2 + room.measure(series.name) + 1.4 * room.em
    return bars, words, HEAD * room.em


def _cut(text: str, width: float, measure: Measure) -> str:
    """Words that fit, with an ellipsis where they had to be cut."""
    if measure(text) <= width:
        return text
    kept = next((n for n in range(len(text) - 1, 0, -1) if measure(f"{text[:n]}…") <= width), 1)
    return f"{text[:kept]}…"


# ---- standing and going on -------------------------------------------------------------------------


def _standing(chart: Chart, room: _Room) -> Laid:
    swatches, legend, head = _legend(chart, room)
    top, bottom = head + 1.2 * room.em, room.height - FOOT * room.em
    steps = axis(chart)
    at_axis = [f"{step:,.6g}{chart.unit if chart.unit == '%' else ''}" for step in steps]
    left = max(map(room.measure, at_axis)) + 0.6 * room.em
    heights = [bottom - (bottom - top) * step / steps[-1] for step in steps]
    rules = [Rule(left, y, room.width, y, strong=not at) for at, y in enumerate(heights)]
    words = list(legend)
    words += [
        Words(left - 0.5 * room.em, y, text, 1.0, quiet=True)
        for y, text in zip(heights, at_axis, strict=True)
    ]
    slot = (room.width - left) / max(len(chart.labels), 1)
    middles = [left + slot * (at + 0.5) for at in range(len(chart.labels))]
    words += _names(chart, middles, slot, room)

    def height_of(mark: Mark) -> float:
        return bottom - (bottom - top) * min((mark.value or 0) / steps[-1], 1.0)

    if chart.kind == "lines":
        points = [
            Point(middles[at], height_of(mark), place, at)
            for place, series in enumerate(chart.series)
            for at, mark in enumerate(series.marks)
            if mark.value is not None
        ]
        words += _at_points(chart, points, slot, room)
        return Laid(tuple(swatches), tuple(points), tuple(rules), tuple(words))
    bars = list(_columns(chart, middles, slot, height_of, bottom))
    words += _over_columns(chart, bars, slot, room)
    return Laid((*swatches, *bars), (), tuple(rules), tuple(words))


def _names(chart: Chart, middles: Sequence[float], slot: float, room: _Room) -> Iterator[Words]:
    """The labels below; where they are too broad for their place, every second, third … of them, counted
    from the last, which is the one people look for."""
    broad = max(map(room.measure, chart.labels), default=0.0) + 0.6 * room.em
    every = max(1, int(broad / slot + 0.999)) if slot > 0 else 1
    y = room.height - FOOT * room.em / 2 + 0.1 * room.em
    for at, (label, x) in enumerate(zip(chart.labels, middles, strict=True)):
        if (len(chart.labels) - 1 - at) % every == 0:
            yield Words(x, y, label, 0.5, quiet=True)


def _columns(
    chart: Chart, middles: Sequence[float], slot: float, height_of: Callable[[Mark], float], bottom: float
) -> Iterator[Bar]:
    broad = slot * (0.56 if len(chart.series) == 1 else 0.76) / len(chart.series)
    for place, series in enumerate(chart.series):
        for at, mark in enumerate(series.marks):
            x = middles[at] + (place - len(chart.series) / 2) * broad
            y = height_of(mark)
            yield Bar(x + 0.04 * broad, y, 0.92 * broad, bottom - y, place, at)


def _over_columns(chart: Chart, bars: Sequence[Bar], slot: float, room: _Room) -> Iterator[Words]:
    """The figures over their columns, as far as there is room; they stand in the table beside, too."""
    many = len(chart.series)
    widest = max((room.measure(m.words) for s in chart.series for m in s.marks), default=0.0)
    shown = range(many) if widest <= slot * 0.8 / many else range(1) if widest <= slot else ()
    for bar in bars:
        if bar.series in shown:
            words = chart.series[bar.series].marks[bar.at].words
            yield Words(bar.x + bar.width / 2, bar.y - 0.65 * room.em, words, 0.5, quiet=bar.series > 0)


def _at_points(chart: Chart, points: Sequence[Point], slot: float, room: _Room) -> Iterator[Words]:
    for point in points:
        words = chart.series[point.series].marks[point.at].words
        if point.series == 0 and room.measure(words) <= slot:
            yield Words(point.x, point.y - 0.9 * room.em, words, 0.5, quiet=False)
