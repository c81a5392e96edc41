"""Files on their way into a case: from disk, dropped, or out of the clipboard."""

import mimetypes
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter

from yekuo_desktop.office.attaching import LARGEST

KINDS = (
    "图片和文档 (*.png *.jpg *.jpeg *.bmp *.tif *.tiff *.pdf *.doc *.docx *.xls *.xlsx *.ofd);;所有文件 (*)"
)
NOTHING = "剪贴板里没有图片或文件"


class Brought(NamedTuple):
    """One file as it came: name, content, media type."""

    name: str
    content: bytes
    media: str


def read_files(paths: Iterable[str]) -> tuple[list[Brought], list[str]]:
    """The files, and why some were not taken."""
    found: list[Brought] = []
    problems: list[str] = []
    for path in map(Path, paths):
        try:
            size = path.stat().st_size
            if size > LARGEST:
                problems.append(
                    f"文件“{path.name}”有 {size_text(size)},超过 {LARGEST // 2**20} MB,请压缩后再添加"
                )
                continue
            found.append(named(path.name, path.read_bytes()))
        except OSError as error:
            problems.append(f"读不了文件“{path.name}”:{error.strerror}")
    return found, problems


def local_paths(data: QMimeData) -> list[str]:
    """The files that are dragged or copied."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]


def from_clipboard(now: datetime) -> tuple[list[Brought], list[str]]:
    """Files or a picture from the clipboard, and why there are none."""
    board = QGuiApplication.clipboard()
    paths = local_paths(board.mimeData())
    if paths:
        return read_files(paths)
    image = board.image()
    if image.isNull():
        return [], [NOTHING]
    return [named(f"截图 {now:%m-%d %H.%M.%S}.png", png(image))], []


def named(name: str, content: bytes) -> Brought:
    """A file whose kind its name tells."""
    return Brought(name, content, mimetypes.guess_type(name)[0] or "application/octet-stream")


def png(image: QImage) -> bytes:
    """A picture as PNG bytes."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"PNG"))
    if not writer.write(image):
        raise OSError(writer.errorString())
    return bytes(buffer.data().data())


def size_text(size: int) -> str:
    """A file size for people."""
    if size < 1024 * 1024:
        return f"{max(1, size // 1024)} KB"
    return f"{size / 1024 / 1024:.1f} MB"
