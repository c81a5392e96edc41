"""骑缝章: one seal over the edges of several pages, each bearing its part, whole when they are fanned.

With many pages one seal covers a group of them, so that no part becomes too narrow to see (regulations.md
6.3).
"""

from typing import NamedTuple

from yekuo_desktop.paper.units import mm

MOST_PAGES = 6  # under one seal: 40 mm over six pages leave 6.7 mm each
FREE_EDGE = 5 * mm  # printers leave the edge of the paper blank


class Slice(NamedTuple):
    """The part of one page in points, y downward: a window of ``width`` × ``diameter`` whose upper left
    corner is (x, y), onto a seal whose left edge lies ``before`` points left of it."""

    x: float
    y: float
    width: float
    diameter: float
    before: float


def groups(pages: int) -> list[int]:
    """How many pages each seal covers, as evenly as can be: 7 pages are 4 and 3. One page has none."""
    if pages < 2:
        return []
    count = -(-pages // MOST_PAGES)
    return [pages // count + (at < pages % count) for at in range(count)]


def slice_of(page: int, pages: int, diameter: float, width: float, height: float) -> Slice | None:
    """The part that page ``page`` (from 1) of a paper of ``width`` × ``height`` points bears; the first page
    of a group the left one, because it lies on top."""
    first = 1
    for size in groups(pages):
        if page < first + size:
            part = diameter / size
            left, top = width - FREE_EDGE - part, (height - diameter) / 2
            return Slice(left, top, part, diameter, (page - first) * part)
        first += size
    return None
