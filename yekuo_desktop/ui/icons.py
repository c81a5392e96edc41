"""Icons of one set (Lucide), tinted with the colour of the text they stand beside."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from yekuo_desktop.runtime.paths import RESOURCES
from yekuo_desktop.ui.theme import colours, px

SIZE = 18


@cache
def _source(name: str) -> str:
    return (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def pixmap(name: str, colour: str = "", size: int = SIZE, ratio: float = 2.0) -> QPixmap:
    """The icon as a sharp picture; twice the pixels, so that it stays sharp on a scaled screen."""
    edge = px(size)
    picture = QPixmap(round(edge * ratio), round(edge * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    _renderer(name, colour or colours().text).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, colour: str = "", disabled: str = "") -> QIcon:
    """The icon for a button or a menu."""
    made = QIcon(pixmap(name, colour))
    made.addPixmap(pixmap(name, disabled or colours().line_strong), QIcon.Mode.Disabled)
    return made


def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
