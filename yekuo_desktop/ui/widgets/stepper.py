"""The seven stages of a case in a row: done, here, ahead, or not for this kind of case."""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from yekuo_desktop.ui.theme import colours, font, px

SHORT = ("受理", "方案", "设计", "施工", "验收", "送电", "归档")


class At(Enum):
    """Where a step stands."""

    DONE = "已完成"
    HERE = "当前"
    AHEAD = "未到"
    SKIPPED = "不适用"


class Step(NamedTuple):
    """One step."""

    label: str
    at: At


def steps(current: str, order: Sequence[str], skipped: Sequence[str] = ()) -> tuple[Step, ...]:
    """The steps of a case that stands in ``current``; ``order`` are the ids of the stages."""
    here = order.index(current) if current in order else len(order)
    return tuple(
        Step(SHORT[i], At.SKIPPED if stage in skipped else _at(i, here)) for i, stage in enumerate(order)
    )


def _at(index: int, here: int) -> At:
    return At.DONE if index < here else At.HERE if index == here else At.AHEAD


class Stepper(QWidget):
    """Draws the steps. Says them as one sentence to a screen reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[Step, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_steps(self, shown: Sequence[Step]) -> None:
        """Show another case's steps."""
        self._steps = tuple(shown)
        self.setAccessibleName("环节")
        self.setAccessibleDescription(",".join(f"{s.label}{s.at.value}" for s in self._steps))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(56) * max(1, len(self._steps)), px(48))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(36) * max(1, len(self._steps)), px(48))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.width() / max(1, len(self._steps))
        centres = [QPointF(width * (i + 0.5), px(13)) for i in range(len(self._steps))]
        for index in range(1, len(centres)):
            self._join(painter, centres[index - 1], centres[index], self._steps[index].at)
        for index, step in enumerate(self._steps):
            self._dot(painter, centres[index], index + 1, step.at)
            self._label(painter, QRectF(width * index, px(28), width, px(20)), step)
        painter.end()

    def _join(self, painter: QPainter, left: QPointF, right: QPointF, at: At) -> None:
        reached = at in (At.DONE, At.HERE)
        painter.setPen(QPen(QColor(colours().accent if reached else colours().line), px(2)))
        gap = QPointF(px(15), 0)
        painter.drawLine(left + gap, right - gap)

    def _dot(self, painter: QPainter, centre: QPointF, number: int, at: At) -> None:
        tone, radius = colours(), px(11)
        edge = QColor(tone.accent if at in (At.DONE, At.HERE) else tone.line_strong)
        pen = QPen(edge, px(2))
        if at is At.SKIPPED:
            pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.setBrush(QColor(tone.accent if at is At.HERE else tone.surface))
        painter.drawEllipse(centre, radius, radius)
        ink = {At.HERE: tone.on_accent, At.DONE: tone.accent}.get(at, tone.quiet)
        painter.setPen(QColor(ink))
        painter.setFont(font(12, bold=at is not At.AHEAD))
        area = QRectF(centre.x() - radius, centre.y() - radius, radius * 2, radius * 2)
        mark = {At.DONE: "✓", At.SKIPPED: "–"}.get(at, str(number))
        if at is At.DONE:
            self._tick(painter, centre)
        else:
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, mark)

    def _tick(self, painter: QPainter, centre: QPointF) -> None:
        painter.setPen(QPen(QColor(colours().accent), px(2)))
        points = [centre + QPointF(px(x), px(y)) for x, y in ((-4, 0), (-1, 3), (4, -3))]
        painter.drawPolyline(points)

    def _label(self, painter: QPainter, area: QRectF, step: Step) -> None:
        tone = colours()
        painter.setPen(QColor(tone.accent if step.at is At.HERE else tone.quiet))
        painter.setFont(font(12, bold=step.at is At.HERE))
        words = f"{step.label} 不适用" if step.at is At.SKIPPED else step.label
        if painter.fontMetrics().horizontalAdvance(words) > area.width():
            words = step.label
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)
