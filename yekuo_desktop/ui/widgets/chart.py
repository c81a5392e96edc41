"""A chart on the screen: every figure in words beside its mark, reached by mouse and by keyboard.

Bars of a second series are hatched and lines of one are dashed, so that nobody needs the colour.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QBrush,
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from yekuo_desktop.office.charts import Bar, Chart, Laid, Mark, Point, Words, lay, wanted_height
from yekuo_desktop.ui.theme import colours, font, px

TEXT, DOT = 13, 4  # of the words and of a point, pixels at scale 1
LEAST_HIT = 14  # pixels at scale 1: a bar of nothing is still found by the mouse
PATTERNS = (Qt.BrushStyle.SolidPattern, Qt.BrushStyle.BDiagPattern, Qt.BrushStyle.Dense5Pattern)
FORWARD = (Qt.Key.Key_Right, Qt.Key.Key_Down)
BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
PRESS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
Place = tuple[int, int]  # series, label


class ChartView(QWidget):
    """Draws a chart; arrow keys go from figure to figure, Enter opens what lies behind one."""

    opened = Signal(object)

    def __init__(self, chart: Chart | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart = chart or Chart(id="", title="", kind="bars", labels=(), series=())
        self._laid = Laid((), (), (), ())
        self._current: Place | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self.set_chart(self._chart)

    def set_chart(self, chart: Chart) -> None:
        """Show another chart."""
        self._chart, self._current = chart, None
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(chart.spoken())
        ways = Qt.FocusPolicy.StrongFocus if self._places() else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(ways)
        self.updateGeometry()
        self._lay()

    @property
    def chart(self) -> Chart:
        """What it shows."""
        return self._chart

    def current(self) -> Mark | None:
        """The figure the keyboard stands on."""
        return self._mark(self._current) if self._current is not None else None

    def where(self, series: int, at: int) -> QRectF:
        """The place of a figure, for a mouse."""
        return next((area for place, area in self._areas() if place == (series, at)), QRectF())

    def sizeHint(self) -> QSize:
        return QSize(px(360), round(wanted_height(self._chart, self._em())) + px(8))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(220), self.sizeHint().height() if self._chart.kind == "bars" else px(150))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size or other colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._lay()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(TEXT))
        for rule in self._laid.rules:
            painter.setPen(QPen(QColor(colours().line_strong if rule.strong else colours().line), 1))
            painter.drawLine(QPointF(rule.x1, rule.y1), QPointF(rule.x2, rule.y2))
        for bar in self._laid.bars:
            self._paint_bar(painter, bar)
        self._paint_lines(painter)
        for words in self._laid.words:
            self._paint_words(painter, words)
        self._paint_focus(painter)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        hand = place is not None and self._mark(place).opens is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self._go(place)
            self._open(place)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._tip(place) if place else "", self)
            return True
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            if self._current is None and event.type() == QEvent.Type.FocusIn and self._places():
                self._go(self._places()[0])
            self.update()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        places, key = self._places(), Qt.Key(event.key())
        if not places or key not in (*FORWARD, *BACK, *PRESS, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
            return
        at = places.index(self._current) if self._current in places else 0
        if key in PRESS:
            self._open(places[at])
            return
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(places) - 1}
        step = 1 if key in FORWARD else -1
        self._go(places[ends.get(key, min(max(at + step, 0), len(places) - 1))])

    # ---- what is where ----------------------------------------------------------------------------

    def _em(self) -> float:
        return float(px(TEXT))

    def _lay(self) -> None:
        measure = QFontMetricsF(font(TEXT)).horizontalAdvance
        self._laid = lay(self._chart, self.width() - 2.0, self.height() - 2.0, self._em(), measure)
        self.update()

    def _mark(self, place: Place) -> Mark:
        return self._chart.series[place[0]].marks[place[1]]

    def _places(self) -> list[Place]:
        """The figures that open something, label by label."""
        labels, series = range(len(self._chart.labels)), range(len(self._chart.series))
        return [(s, at) for at in labels for s in series if self._mark((s, at)).opens is not None]

    def _areas(self) -> list[tuple[Place, QRectF]]:
        least = px(LEAST_HIT)
        found = [((bar.series, bar.at), _bar_area(bar)) for bar in self._laid.bars if bar.at >= 0]
        found += [((p.series, p.at), _around(p, least)) for p in self._laid.points]
        return found

    def _at(self, position: QPointF) -> Place | None:
        """The figure under the mouse; of a lying bar the whole line counts, of a standing one its column."""
        slack = px(LEAST_HIT)
        for place, area in self._areas():
            lying = self._chart.kind == "bars"
            reach = area.adjusted(-slack if lying else 0, 0, 4 * slack if lying else 0, 0)
            if not lying and self._chart.kind == "columns":
                reach = area.adjusted(0, -1.5 * slack, 0, 0)
            if reach.contains(position):
                return place
        return None

    def _tip(self, place: Place) -> str:
        said = self._chart.said(place[1])
        return f"{said}\n单击看是哪些业务" if self._mark(place).opens is not None else said

    def _go(self, place: Place) -> None:
        self._current = place
        series, mark = self._chart.series[place[0]], self._mark(place)
        words = f"{self._chart.labels[place[1]]} {series.name} {mark.words}"
        self.setAccessibleDescription(words)
        changed = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(changed)
        self.update()

    def _open(self, place: Place) -> None:
        opens = self._mark(place).opens
        if opens is not None:
            self.opened.emit(opens)

    # ---- drawing ----------------------------------------------------------------------------------

    def _paint_bar(self, painter: QPainter, bar: Bar) -> None:
        ink = QColor(_inks()[bar.series % len(PATTERNS)])
        pattern = PATTERNS[bar.series % len(PATTERNS)]
        area = QRectF(bar.x + 0.5, bar.y, bar.width, bar.height)
        if self._chart.kind == "lines":
            self._paint_sample(painter, area, bar.series)
            return
        if area.width() < 0.5 or area.height() < 0.5:
            return
        painter.setPen(Qt.PenStyle.NoPen if bar.series == 0 else QPen(ink, 1))
        painter.setBrush(QBrush(ink, pattern))
        painter.drawRect(area)

    def _paint_sample(self, painter: QPainter, area: QRectF, series: int) -> None:
        painter.setPen(_line_pen(series))
        middle = area.center().y()
        painter.drawLine(QPointF(area.left(), middle), QPointF(area.right(), middle))
        self._paint_point(painter, Point(area.center().x(), middle, series, -1))

    def _paint_lines(self, painter: QPainter) -> None:
        for one, other in self._laid.paths():
            painter.setPen(_line_pen(one.series))
            painter.drawLine(QPointF(one.x, one.y), QPointF(other.x, other.y))
        for point in self._laid.points:
            self._paint_point(painter, point)

    def _paint_point(self, painter: QPainter, point: Point) -> None:
        """Round and full, or square and hollow: the shape tells the series as the colour does."""
        ink, edge = QColor(_inks()[point.series % len(PATTERNS)]), px(DOT)
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(ink if point.series == 0 else QColor(colours().surface))
        place = QRectF(point.x - edge, point.y - edge, 2 * edge, 2 * edge)
        if point.series == 0:
            painter.drawEllipse(place)
        else:
            painter.drawRect(place)

    def _paint_words(self, painter: QPainter, words: Words) -> None:
        painter.setPen(QColor(colours().quiet if words.quiet else colours().text))
        metrics = QFontMetricsF(painter.font())
        left = words.x - metrics.horizontalAdvance(words.text) * words.anchor
        base = words.y + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(left, base), words.text)

    def _paint_focus(self, painter: QPainter) -> None:
        if self._current is None or not self.hasFocus():
            return
        area = self.where(*self._current)
        painter.setPen(QPen(QColor(colours().text), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area.adjusted(-2, -2, 2, 2), 3, 3)


def _inks() -> Sequence[str]:
    tone = colours()
    return tone.accent, tone.quiet, tone.amber


def _line_pen(series: int) -> QPen:
    style = Qt.PenStyle.SolidLine if series == 0 else Qt.PenStyle.DashLine
    return QPen(QColor(_inks()[series % len(PATTERNS)]), px(2), style)


def _bar_area(bar: Bar) -> QRectF:
    return QRectF(bar.x, bar.y, max(bar.width, 2.0), max(bar.height, 2.0))


def _around(point: Point, least: int) -> QRectF:
    return QRectF(point.x - least / 2, point.y - least / 2, least, least)
