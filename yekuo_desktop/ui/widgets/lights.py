"""Lights of deadlines: shape, colour and words together, never colour alone; and count badges."""

from datetime import datetime
from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from yekuo_desktop.domain.case_rows import RunningLimit
from yekuo_desktop.domain.deadlines.lights import Light
from yekuo_desktop.domain.deadlines.wording import running_text
from yekuo_desktop.domain.deadlines.workdays import Calendar
from yekuo_desktop.domain.vocabulary import LIVE_STATES, STATES
from yekuo_desktop.ui.colours import Colours
from yekuo_desktop.ui.theme import TEXT, colours, font, px

SHAPE = 10  # edge in pixels at scale 1


class Mark(Enum):
    """Which shape stands for a state: that of its light, or one of a state without a running clock."""

    LIGHT = "light"
    NONE = "none"  # no clock runs: a dash
    GOING = "going"  # being handled, nothing is due: an arrow
    DONE = "done"  # a tick
    ENDED = "ended"  # ended before its end: a cross


class Due(NamedTuple):
    """A deadline for the eye."""

    light: Light
    words: str
    mark: Mark = Mark.LIGHT


def due_of(limit: RunningLimit | None, now: datetime, calendar: Calendar) -> Due:
    """The light and the words of the limit a queue row carries."""
    if limit is None:
        return Due(Light.GREY, "未计时", Mark.NONE)
    if limit.stopped is not None:
        late = limit.due is not None and limit.stopped > limit.due
        return Due(Light.MISSED, "超时完成") if late else Due(Light.MET, "按时完成")
    if limit.due is None or limit.warn is None:
        return Due(Light.GREY, "已暂停") if limit.paused else Due(Light.GREY, "未计时", Mark.NONE)
    late, soon = now > limit.due, now >= limit.warn
    light = Light.RED if late else Light.YELLOW if soon else Light.GREEN
    return Due(light, running_text(limit.unit, limit.due, now, calendar))


MARKS = {
    "registered": Mark.NONE,
    "open": Mark.GOING,
    "archived": Mark.DONE,
    "withdrawn": Mark.ENDED,
    "terminated": Mark.ENDED,
}
"""Of a case without a running clock; a paused one has the bars of its light."""


def due_in(state: str, limit: RunningLimit | None, now: datetime, calendar: Calendar) -> Due:
    """As ``due_of``; a case that is over says so."""
    if limit is None and state not in LIVE_STATES:
        return Due(Light.GREY, STATES[state], MARKS[state])
    return due_of(limit, now, calendar)


def light_colour(light: Light, tone: Colours | None = None) -> str:
    """The text colour of a light."""
    tone = tone or colours()
    return {
        Light.RED: tone.red,
        Light.MISSED: tone.red,
        Light.YELLOW: tone.amber,
        Light.GREEN: tone.green,
        Light.MET: tone.green,
    }.get(light, tone.quiet)


def light_ground(light: Light) -> str:
    """The soft ground behind a light's words."""
    tone = colours()
    return {
        Light.RED: tone.red_soft,
        Light.MISSED: tone.red_soft,
        Light.YELLOW: tone.amber_soft,
        Light.GREEN: tone.green_soft,
        Light.MET: tone.green_soft,
    }.get(light, tone.raised)


def paint_shape(
    painter: QPainter, area: QRectF, light: Light, colour: QColor, mark: Mark = Mark.LIGHT
) -> None:
    """Square: overdue; triangle: soon; circle: in time; two bars: paused; ring: done. Or the mark's own."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if mark is not Mark.LIGHT:
        _strokes(painter, area, mark, colour)
        painter.restore()
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(colour))
    if light is Light.RED:
        painter.drawRoundedRect(area, 1.5, 1.5)
    elif light is Light.YELLOW:
        top = QPointF(area.center().x(), area.top())
        painter.drawPolygon(QPolygonF([top, area.bottomRight(), area.bottomLeft()]))
    elif light is Light.GREEN:
        painter.drawEllipse(area)
    elif light is Light.GREY:
        _bars(painter, area)
    else:
        painter.setPen(QPen(colour, area.width() / 5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = area.width() / 8
        painter.drawEllipse(area.adjusted(inset, inset, -inset, -inset))
    painter.restore()


def _bars(painter: QPainter, area: QRectF) -> None:
    third = area.width() / 4
    painter.drawRect(QRectF(area.left() + third * 0.5, area.top(), third, area.height()))
    painter.drawRect(QRectF(area.right() - third * 1.5, area.top(), third, area.height()))


STROKES = {
    Mark.NONE: (((0.05, 0.5), (0.95, 0.5)),),
    Mark.GOING: (((0.3, 0.0), (0.8, 0.5), (0.3, 1.0)),),
    Mark.DONE: (((0.0, 0.55), (0.35, 0.9), (1.0, 0.15)),),
    Mark.ENDED: (((0.1, 0.1), (0.9, 0.9)), ((0.9, 0.1), (0.1, 0.9))),
}
"""The lines of each mark, in shares of its square."""


def _strokes(painter: QPainter, area: QRectF, mark: Mark, colour: QColor) -> None:
    pen = QPen(colour, area.width() / 5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for line in STROKES[mark]:
        at = [QPointF(area.left() + x * area.width(), area.top() + y * area.height()) for x, y in line]
        painter.drawPolyline(at)


class LightLabel(QWidget):
    """A deadline on its soft ground: shape, words, colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._due = Due(Light.GREY, "")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_due(self, light: Light, words: str, mark: Mark = Mark.LIGHT) -> None:
        """Show another deadline."""
        self._due = Due(light, words, mark)
        self.setAccessibleName(f"时限 {words}")
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(font(TEXT, bold=True)).horizontalAdvance(self._due.words)
        return QSize(width + px(SHAPE + 30), px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(SHAPE + 60), px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(light_ground(self._due.light)))
        painter.drawRoundedRect(QRectF(self.rect()), px(5), px(5))
        colour, edge = QColor(light_colour(self._due.light)), px(SHAPE)
        shape = QRectF(px(10), (self.height() - edge) / 2, edge, edge)
        paint_shape(painter, shape, self._due.light, colour, self._due.mark)
        painter.setPen(colour)
        painter.setFont(font(TEXT, bold=True))
        room = self.rect().adjusted(px(SHAPE + 18), 0, -px(8), 0)
        words = painter.fontMetrics().elidedText(self._due.words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()


def paint_badge(painter: QPainter, area: QRectF, words: str, *, alarm: bool) -> None:
    """A count in a rounded field; white on red when something is overdue."""
    tone = colours()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tone.red if alarm else tone.line))
    painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
    painter.setPen(QColor(tone.surface if alarm else tone.text))
    painter.setFont(font(12, bold=True))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()


def badge_width(words: str) -> int:
    """How wide a badge for these digits is."""
    return px(12) + px(8) * max(1, len(words))
