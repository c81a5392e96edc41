"""Puts strips on pages: breaks where a strip no longer fits, repeats what every page carries."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from yekuo_desktop.paper.items import Frame, Item, Strip, moved

OUTLINE = 1.0  # points, around a table
AT_LEAST = 3  # strips that stay together of a group no page can hold: heading, head, first row


class Area(NamedTuple):
    """The room for strips: ``first`` the y where they begin on the first page, ``later`` on others."""

    x: float
    width: float
    first: float
    later: float
    bottom: float


class _Sheet:
    """One page being filled."""

    def __init__(self, area: Area, top: float) -> None:
        self._area = area
        self.top = self.y = top
        self.items: list[Item] = []
        self._frame_top: float | None = None

    def put(self, strip: Strip) -> None:
        """Place a strip below what is there."""
        gap = strip.gap if self.y > self.top else 0.0
        if gap or not strip.framed:
            self.close()
        self.y += gap
        if strip.framed and self._frame_top is None:
            self._frame_top = self.y
        self.items += [moved(item, self._area.x, self.y) for item in strip.items]
        self.y += strip.height

    def close(self) -> None:
        """End the outline of a table."""
        if self._frame_top is not None:
            height = self.y - self._frame_top
            self.items.append(Frame(self._area.x, self._frame_top, self._area.width, height, OUTLINE))
        self._frame_top = None

    def room(self, height: float) -> bool:
        """Whether that much fits below."""
        return self.y + height <= self._area.bottom + 0.01


def paginate(
    tops: Sequence[Strip], body: Sequence[Strip], feet: Sequence[Strip], area: Area
) -> list[list[Item]]:
    """The marks of each page. ``tops`` and ``feet`` stand on every page around the body."""
    foot_height = sum(s.height + s.gap for s in feet)
    page = area.bottom - area.later - foot_height - sum(s.height + s.gap for s in tops)
    sheets = [_begin(area, area.first, tops)]
    for place, strip in enumerate(body):
        need = _together(body, place, page) + foot_height
        if strip.new_page or not (sheets[-1].room(need) or _fresh(sheets[-1], tops)):
            _finish(sheets[-1], feet)
            sheets.append(_begin(area, area.later, (*tops, *strip.head)))
        sheets[-1].put(strip)
    _finish(sheets[-1], feet)
    return [sheet.items for sheet in sheets]


def _together(body: Sequence[Strip], place: int, page: float) -> float:
    """Height of a strip with those it must stay with; of a group taller than a page its first strips."""
    height = short = 0.0
    for count, strip in enumerate(body[place:], start=1):
        height += strip.height + (strip.gap if height else body[place].gap)
        short = height if count <= AT_LEAST else short
        if not strip.keep:
            break
    return height if height <= page else short


def _fresh(sheet: _Sheet, tops: Sequence[Strip]) -> bool:
    """Whether nothing of the body is on the page yet: breaking again would not help."""
    return sheet.y <= sheet.top + sum(s.height + s.gap for s in tops) + 0.01


def _begin(area: Area, top: float, strips: Iterable[Strip]) -> _Sheet:
    sheet = _Sheet(area, top)
    for strip in strips:
        sheet.put(strip)
    return sheet


def _finish(sheet: _Sheet, feet: Iterable[Strip]) -> None:
    for strip in feet:
        sheet.put(strip)
    sheet.close()
