"""A drawing (SVG) as a picture with a transparent ground, in the resolution a seal is printed in."""

from xml.etree import ElementTree

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

SIDE = 1200  # pixels: 760 dpi at 40 mm
MOST_BYTES = 1_000_000
MOST_USES = 200  # of parts drawn once and put in several places
XLINK = "{http://www.w3.org/1999/xlink}href"


class BadDrawing(ValueError):
    """A file that is no SVG drawing, or too large for one; the message says which."""


def png_of(svg: bytes) -> bytes:
    """The drawing as PNG, as large as fits into the square. Raises ``BadDrawing``."""
    if len(svg) > MOST_BYTES:
        raise BadDrawing(f"SVG 文件超过 {MOST_BYTES // 1_000_000} MB")
    _check_uses(svg)
    renderer = QSvgRenderer(QByteArray(svg))
    if not renderer.isValid() or renderer.defaultSize().isEmpty():
        raise BadDrawing("不是可用的 SVG 图形")
    size = renderer.defaultSize().scaled(SIDE, SIDE, Qt.AspectRatioMode.KeepAspectRatio)
    image = QImage(size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    return _encoded(image)


def _check_uses(svg: bytes) -> None:
    """Ten parts that each show another ten times draw a thousand million: they would never be done."""
    try:
        drawing = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        raise BadDrawing("不是可用的 SVG 图形") from error
    named = {part.get("id"): part for part in drawing.iter()}
    shown = [named.get((use.get(XLINK) or use.get("href") or "").removeprefix("#")) for use in _uses(drawing)]
    if len(shown) > MOST_USES or any(_uses(part) for part in shown if part is not None):
        raise BadDrawing("SVG 图形里层层引用,请在绘图软件里展开后再存")


def _uses(part: ElementTree.Element) -> list[ElementTree.Element]:
    return [found for found in part.iter() if found.tag.rpartition("}")[2] == "use"]


def _encoded(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
