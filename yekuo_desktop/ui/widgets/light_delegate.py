"""How a light is drawn in a list."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from yekuo_desktop.ui.theme import font, px
from yekuo_desktop.ui.widgets.lights import SHAPE, light_colour, paint_shape
from yekuo_desktop.ui.widgets.paged_model import DUE


class LightDelegate(QStyledItemDelegate):
    """Draws the shape of a light and its words, in its colour even where the row is chosen."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        option.text = ""  # type: ignore[attr-defined]

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        due = index.data(DUE)
        area, edge = option.rect, px(SHAPE)  # type: ignore[attr-defined]
        shape = QRectF(area.left() + px(8), area.center().y() + 1 - edge / 2, edge, edge)
        colour = QColor(light_colour(due.light))
        paint_shape(painter, shape, due.light, colour, due.mark)
        painter.save()
        painter.setPen(colour)
        painter.setFont(font(bold=True))
        words = area.adjusted(px(SHAPE + 17), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, due.words)
        painter.restore()
