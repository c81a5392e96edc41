"""Charts on paper: areas, hatching and lines that a cheap black-and-white printer keeps apart.

Where everything stands says ``office.charts``; the words are texts of the page like any other.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from yekuo_desktop.domain.field import Value
from yekuo_desktop.office.charts import Bar, Chart, Laid, Point, lay, wanted_height
from yekuo_desktop.paper.fonts import Faces
from yekuo_desktop.paper.items import ChartPlace, Item, Text

ACCENT = (0.0, 0.44, 0.42)
GREY = (0.42, 0.48, 0.48)
SOFT = (0.72, 0.78, 0.78)
INKS = (ACCENT, GREY, (0.54, 0.35, 0.0))
HATCH = 2.6  # points between two lines of the hatching
DOT = 1.7  # points, of a point
QUIET = 0.35  # grey of the lesser words
HAIR, FINE, BROAD = 0.35, 0.5, 1.3  # points
MIDDLE = 0.36  # em from the middle line of words down to their base


def read_chart(value: Value) -> Chart | None:
    """The chart kept among the values of a sheet; None where there is none."""
    return msgspec.convert(value, Chart) if isinstance(value, dict) else None


def chart_height(chart: Chart, size: float) -> float:
    """What it needs to be read, in points."""
    return wanted_height(chart, size)


def chart_items(
    chart: Chart, x: float, y: float, width: float, height: float, size: float, faces: Faces
) -> list[Item]:
    """The chart in a box, y downward: its picture, and each of its words."""

    def measure(words: str) -> float:
        return faces.width(words, "serif", size)

    laid = lay(chart, width, height, size, measure)
    words = [
        Text(
            x + word.x - measure(word.text) * word.anchor,
            y + word.y + size * MIDDLE,
            word.text,
            "serif",
            size,
            QUIET if word.quiet else 0.0,
        )
        for word in laid.words
    ]
    return [ChartPlace(x, y, laid, chart.kind == "lines", chart.spoken()), *words]


def draw(canvas: Any, place: ChartPlace, page: float) -> None:
    """Bars, lines and axes on a reportlab canvas; ``page`` is the height of the page in points."""
    canvas.saveState()
    canvas.translate(place.x, page - place.y)
    canvas.scale(1, -1)
    _rules(canvas, place.laid)
    for bar in place.laid.bars:
        if place.lines:
            _sample(canvas, bar)
        else:
            _bar(canvas, bar)
    for one, other in place.laid.paths():
        _line_style(canvas, one.series)
        canvas.line(one.x, one.y, other.x, other.y)
    for point in place.laid.points:
        _point(canvas, point)
    canvas.restoreState()


def _rules(canvas: Any, laid: Laid) -> None:
    for rule in laid.rules:
        canvas.setStrokeColorRGB(*(GREY if rule.strong else SOFT))
        canvas.setLineWidth(FINE if rule.strong else HAIR)
        canvas.line(rule.x1, rule.y1, rule.x2, rule.y2)


def _bar(canvas: Any, bar: Bar) -> None:
    """Full for the first series, hatched for the others."""
    ink = INKS[bar.series % len(INKS)]
    if bar.width < 0.2 or bar.height < 0.2:
        return
    if bar.series == 0:
        canvas.setFillColorRGB(*ink)
        canvas.rect(bar.x, bar.y, bar.width, bar.height, stroke=0, fill=1)
        return
    canvas.setStrokeColorRGB(*ink)
    canvas.setLineWidth(HAIR)
    for line in _hatching(bar):
        canvas.line(*line)
    canvas.setLineWidth(FINE)
    canvas.rect(bar.x, bar.y, bar.width, bar.height, stroke=1, fill=0)


def _hatching(bar: Bar) -> Iterator[tuple[float, float, float, float]]:
    """Lines rising to the right, cut at the edges of the bar."""
    left, top, right = bar.x, bar.y, bar.x + bar.width
    start = left + HATCH / 2
    while start < right + bar.height:
        high, low = max(left, start - bar.height), min(right, start)
        if low > high:
            yield high, top + start - high, low, top + start - low
        start += HATCH


def _sample(canvas: Any, bar: Bar) -> None:
    _line_style(canvas, bar.series)
    middle = bar.y + bar.height / 2
    canvas.line(bar.x, middle, bar.x + bar.width, middle)
    _point(canvas, Point(bar.x + bar.width / 2, middle, bar.series, -1))


def _line_style(canvas: Any, series: int) -> None:
    canvas.setStrokeColorRGB(*INKS[series % len(INKS)])
    canvas.setLineWidth(BROAD)
    canvas.setDash([] if series == 0 else [3, 2])


def _point(canvas: Any, point: Point) -> None:
    """Round and full, or square and hollow."""
    ink = INKS[point.series % len(INKS)]
    canvas.setDash()
    canvas.setStrokeColorRGB(*ink)
    canvas.setLineWidth(FINE)
    canvas.setFillColorRGB(*(ink if point.series == 0 else (1, 1, 1)))
    if point.series == 0:
        canvas.circle(point.x, point.y, DOT, stroke=1, fill=1)
    else:
        canvas.rect(point.x - DOT, point.y - DOT, 2 * DOT, 2 * DOT, stroke=1, fill=1)
