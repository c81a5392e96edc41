"""The seven stages as a line of dots: done, here, still to come."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from yekuo_desktop.domain.vocabulary import STAGES

SHORT = {
    "acceptance": "受理",
    "survey": "方案",
    "design": "设计",
    "construction": "施工",
    "completion": "验收",
    "energization": "送电",
    "archive": "归档",
}
ACCENT, DONE, LINE = QColor("#00706b"), QColor("#d7eae8"), QColor("#d5dadb")
DOT = 20


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
        return QSize(360, DOT + self.fontMetrics().height() + 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Line, dots, words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.width() / len(SHORT)
        for at in range(len(SHORT) - 1):
            start, end = width * (at + 0.5) + DOT / 2 + 3, width * (at + 1.5) - DOT / 2 - 3
            painter.setPen(QPen(ACCENT if at < self._at else LINE, 2))
            painter.drawLine(QPointF(start, DOT / 2 + 1), QPointF(end, DOT / 2 + 1))
        for at, word in enumerate(SHORT.values()):
            self._dot(painter, at, width * (at + 0.5), word)
        painter.end()

    def _dot(self, painter: QPainter, at: int, middle: float, word: str) -> None:
        here, passed = at == self._at and not self._done, at < self._at or self._done
        text = self.palette().color(QPalette.ColorRole.WindowText)
        quiet = self.palette().color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(QPen(ACCENT if here or passed else LINE, 1.6))
        painter.setBrush(ACCENT if here else DONE if passed else Qt.BrushStyle.NoBrush)
        circle = QRectF(middle - DOT / 2, 1, DOT, DOT)
        painter.drawEllipse(circle)
        font = self.font()
        font.setPixelSize(max(10, int(self.fontMetrics().height() * 0.6)))
        font.setBold(here)
        painter.setFont(font)
        painter.setPen(QColor("white") if here else ACCENT if passed else quiet)
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, "✓" if passed else str(at + 1))
        painter.setPen(ACCENT if here else text if passed else quiet)
        below = QRectF(middle - 50, DOT + 4, 100, self.fontMetrics().height())
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, word)
