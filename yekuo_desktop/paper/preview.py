"""A PDF as pictures, for the preview and for printing: the window shows exactly what will be printed."""

import threading

import pypdfium2

POINTS_PER_INCH = 72
MAX_PIXELS = 60_000_000
"""An A4 page at 600 dpi has 35 million; more is a mistake of the caller."""

LOCK = threading.Lock()  # PDFium is not safe to call from two threads


class BadPdf(ValueError):
    """Bytes that are no PDF, a page it does not have, or a resolution no page needs."""


def page_count(pdf: bytes) -> int:
    """How many pages the PDF has. Raises ``BadPdf``."""
    with LOCK:
        document = _open(pdf)
        try:
            return len(document)
        finally:
            document.close()


def page_image(pdf: bytes, index: int, dpi: float) -> tuple[int, int, bytes]:
    """(width, height, bytes) of page ``index`` (from 0) at ``dpi``: RGB, three bytes a pixel, rows
    without padding, from the top. Raises ``BadPdf``."""
    with LOCK:
        document = _open(pdf)
        try:
            return _drawn(document, index, dpi / POINTS_PER_INCH)
        finally:
            document.close()


def _open(pdf: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise BadPdf("不是可用的 PDF") from error


def _drawn(document: pypdfium2.PdfDocument, index: int, scale: float) -> tuple[int, int, bytes]:
    if not 0 <= index < len(document):
        raise BadPdf(f"没有第 {index + 1} 页")
    page = document[index]
    width, height = page.get_size()
    if width * height * scale * scale > MAX_PIXELS:
        raise BadPdf("分辨率过高")
    bitmap = page.render(scale=scale, rev_byteorder=True)
    return bitmap.width, bitmap.height, _packed(bitmap)


def _packed(bitmap: pypdfium2.PdfBitmap) -> bytes:
    """The rows without the padding PDFium puts after each."""
    row, raw = bitmap.width * 3, bytes(bitmap.buffer)
    if bitmap.stride == row:
        return raw
    starts = range(0, bitmap.stride * bitmap.height, bitmap.stride)
    return b"".join(raw[start : start + row] for start in starts)
