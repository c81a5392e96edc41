"""The seven stages as a line of dots: done, here, still to come."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from yekuo_desktop.domain.vocabulary import STAGES
from yekuo_desktop.ui.theme import colours, font, px

SHORT = {
    "acceptance": "受理",
    "survey": "方案",
    "design": "设计",
    "construction": "施工",
    "completion": "验收",
    "energization": "送电",
    "archive": "归档",
}
DOT, EDGE = 20, 2


class Steps(QWidget):
    """A picture of the way; its words are in the accessible name."""

    def __init__(self) -> None:
        super().__init__()
        self._at, self._done = 0, False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_stage(self, stage: str, *, done: bool = False) -> None:
        """Mark the stage the case stands in."""
        names = list(STAGES)
        self._at, self._done = names.index(stage) if stage in names else 0, done
        self.setAccessibleName(f"第 {self._at + 1} 步,共 {len(names)} 步:{STAGES.get(stage, stage)}")
        self.update()

    def sizeHint(self) -> QSize:
        """One line of dots and one of words."""
        return QSize(px(360), px(DOT + EDGE * 3) + self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Line, dots, words."""
        painter, tone, dot = QPainter(self), colours(), px(DOT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, middle = self.width() / len(SHORT), dot / 2 + EDGE
        for at in range(len(SHORT) - 1):
            start, end = width * (at + 0.5) + dot / 2 + 4, width * (at + 1.5) - dot / 2 - 4
            painter.setPen(QPen(QColor(tone.accent if at < self._at else tone.line), 2))
            painter.drawLine(QPointF(start, middle), QPointF(end, middle))
        for at, word in enumerate(SHORT.values()):
            self._dot(painter, at, width * (at + 0.5), word)
        painter.end()

    def _dot(self, painter: QPainter, at: int, middle: float, word: str) -> None:
        tone, dot = colours(), px(DOT)
        here, passed = at == self._at and not self._done, at < self._at or self._done
        painter.setPen(QPen(QColor(tone.accent if here or passed else tone.line_strong), 1.5))
        painter.setBrush(QColor(tone.accent if here else tone.accent_soft if passed else tone.surface))
        circle = QRectF(middle - dot / 2, EDGE, dot, dot)
        painter.drawEllipse(circle)
        painter.setFont(font(12, bold=here))
        painter.setPen(QColor(tone.on_accent if here else tone.accent if passed else tone.quiet))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, "✓" if passed else str(at + 1))
        painter.setPen(QColor(tone.accent if here else tone.text if passed else tone.quiet))
        below = QRectF(middle - 60, dot + EDGE * 2, 120, self.fontMetrics().height())
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, word)
