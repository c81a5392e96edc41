"""A seal as it will stand on paper, at one scale: its picture, or the empty ring for the hand stamp."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from yekuo_desktop.ui.theme import colours, font, px

LARGEST_MM = 45.0
PIXELS_PER_MM = 4.4
EDGE = 8


class SealPreview(QWidget):
    """Shows what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.diameter_mm, self.name = 40.0, ""
        self._picture = QPixmap()
        self._tell()

    def show_seal(self, name: str, diameter_mm: float, picture: bytes | None) -> None:
        """Another seal; without ``picture`` the ring."""
        self.name, self.diameter_mm = name, min(diameter_mm, LARGEST_MM)
        self._picture = QPixmap()
        if picture:
            self._picture.loadFromData(picture)
        self._tell()
        self.update()

    def has_picture(self) -> bool:
        """Whether a picture is shown, not the ring."""
        return not self._picture.isNull()

    def sizeHint(self) -> QSize:
        edge = px(LARGEST_MM * PIXELS_PER_MM + 2 * EDGE)
        return QSize(edge, edge)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, tone = QPainter(self), colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor("white"))  # paper, also in the dark
        painter.setPen(QPen(QColor(tone.line)))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        side = px(self.diameter_mm * PIXELS_PER_MM)
        place = QRectF(0, 0, side, side)
        place.moveCenter(QPointF(self.rect().center()))
        if self.has_picture():
            painter.drawPixmap(place, self._picture, QRectF(self._picture.rect()))
        else:
            self._ring(painter, place)

    def _ring(self, painter: QPainter, place: QRectF) -> None:
        painter.setPen(QPen(QColor("#8A8A8A"), 1, Qt.PenStyle.DashLine))
        painter.drawEllipse(place)
        painter.setFont(font(13))
        painter.setPen(QColor("#6A6A6A"))
        words = f"{self.name or '供电企业印章'}\n直径 {self.diameter_mm:g} mm"
        inside = place.adjusted(px(20), px(20), -px(20), -px(20))
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), words)

    def _tell(self) -> None:
        kind = "印章图片" if self.has_picture() else "空圈，盖手工章"
        self.setAccessibleName(f"印章预览:{self.name},直径 {self.diameter_mm:g} 毫米,{kind}")
