"""Reads a printed sheet back with other libraries than the one that made it."""

import pypdfium2
import zxingcpp
from PIL import Image

from yekuo_desktop.paper.preview import page_image


def text_of(pdf: bytes) -> list[str]:
    """The text of each page as another program reads it, without blanks."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return ["".join(page.split()) for page in pages]


def picture_of(pdf: bytes, page: int = 0, dpi: float = 150) -> Image.Image:
    """A page as a picture."""
    width, height, data = page_image(pdf, page, dpi)
    return Image.frombytes("RGB", (width, height), data)


def codes_of(pdf: bytes, page: int = 0, dpi: float = 150) -> list[str]:
    """The texts of the QR codes on a page."""
    return [code.text for code in zxingcpp.read_barcodes(picture_of(pdf, page, dpi))]
