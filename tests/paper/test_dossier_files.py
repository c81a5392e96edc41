"""Files bound into a dossier: turned upright, scaled to A4, kept as evidence; what cannot be is said."""

import hashlib
import io
import zlib
from io import BytesIO
from typing import Any

import pypdf
import pytest
from PIL import Image, ImageChops, ImageOps

from tests.paper.bound import bind, drawn, file, one_page_pdf, saved, turned, two_page_pdf
from tests.paper.reading import picture_of, text_of

A4 = (595, 842)


def content_of(pdf: bytes, page: int = -1, dpi: float = 72) -> Image.Image:
    """The file on a page without the rest of the page."""
    index = len(pypdf.PdfReader(BytesIO(pdf)).pages) + page if page < 0 else page
    picture = picture_of(pdf, index, dpi)
    inside = picture.crop((20, 20, picture.width - 20, picture.height - 45))
    box = ImageChops.difference(inside, Image.new("RGB", inside.size, "white")).getbbox()
    assert box is not None
    return inside.crop(box)


def same(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures are apart, 0 to 255."""
    plain = [image.convert("L").resize((60, 60)) for image in (one, other)]
    return sum(value * count for value, count in enumerate(ImageChops.difference(*plain).histogram())) / 3600


# ---- files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_is_turned_as_the_camera_held_it(orientation: int) -> None:
    """EXIF 2.3, tag 274, against Pillow's own turning."""
    content = turned(orientation)
    pdf, _ = bind(file("照片.jpg", content))
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(content)))
    wide = upright.width > upright.height
    page = pypdf.PdfReader(BytesIO(pdf)).pages[-1].mediabox
    assert (page.width > page.height) == wide
    assert same(content_of(pdf), upright) < 12


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("RGB", "PNG"),
        ("RGBA", "PNG"),
        ("L", "PNG"),
        ("P", "PNG"),
        ("1", "PNG"),
        ("I;16", "PNG"),
        ("L", "JPEG"),
        ("CMYK", "JPEG"),
        ("1", "TIFF"),
        ("RGB", "BMP"),
        ("RGB", "WEBP"),
        ("P", "GIF"),
    ],
)
def test_pictures_of_every_kind_become_a_page(mode: str, kind: str) -> None:
    image = drawn(mode)
    pdf, bound = bind(file(f"扫描.{kind.lower()}", saved(image, kind)))
    assert bound.warnings == ()
    flat = Image.new("RGB", image.size, "white")
    if mode == "RGBA":
        flat.paste(image, mask=image.getchannel("A"))
    elif mode == "I;16":
        flat = image.point(lambda value: value / 256).convert("L")
    else:
        flat = image.convert("RGB")
    assert same(content_of(pdf), flat) < 14


def test_a_jpeg_goes_in_byte_for_byte() -> None:
    content = turned(1)
    pdf, _ = bind(file("照片.jpg", content))
    assert content in pdf


@pytest.mark.parametrize("mode", ["RGB", "L", "P"])
def test_a_plain_png_loses_nothing(mode: str) -> None:
    image = drawn(mode, (1600, 2200))
    pdf, _ = bind(file("扫描.png", saved(image, "PNG")))
    picture = picture_on(pdf)
    assert (picture["/Width"], picture["/Height"]) == image.size
    assert picture.decode_as_image().convert("RGB").tobytes() == image.convert("RGB").tobytes()


def test_what_must_be_drawn_anew_is_brought_down_to_300_dpi() -> None:
    pdf, _ = bind(file("扫描.tif", saved(drawn("L", (4960, 7016)), "TIFF")))
    picture = picture_on(pdf)
    assert max(picture["/Width"], picture["/Height"]) == 3508


def test_a_damaged_png_is_found_although_nobody_draws_it() -> None:
    whole = saved(drawn("RGB", (1600, 2200)), "PNG")
    at = len(whole) // 2
    for content in (whole[:at] + bytes([whole[at] ^ 255]) + whole[at + 1 :], fewer_rows(whole)):
        _, bound = bind(file("扫描.png", content))
        assert bound.warnings == ("附件“扫描.png”第 1 页没有合入：文件已损坏或不完整",)


def fewer_rows(content: bytes) -> bytes:
    """The same PNG with a head that promises more."""
    head = content[12:20] + (2300).to_bytes(4, "big") + content[24:29]
    return content[:12] + head + zlib.crc32(head).to_bytes(4, "big") + content[33:]


def picture_on(pdf: bytes) -> Any:
    page = pypdf.PdfReader(BytesIO(pdf)).pages[-1]
    return page["/Resources"]["/XObject"]["/YekuoPage"].get_object()


def test_every_page_of_a_tiff_and_of_a_pdf() -> None:
    first, second = drawn("1"), drawn("1", (400, 600))
    tiff = saved(first, "TIFF", save_all=True, append_images=[second])
    pdf, bound = bind(file("多页.tif", tiff), file("两页.pdf", two_page_pdf()))
    assert bound.pages == 2 + 2 + 2
    assert same(content_of(pdf, -4), first.convert("RGB")) < 12
    assert same(content_of(pdf, -3), second.convert("RGB")) < 12
    pages = text_of(pdf)
    assert "FirstPage" in pages[-2]
    assert "SecondPage" in pages[-1]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_pdf_pages_are_scaled_to_a4_and_stand_upright(rotate: int) -> None:
    """A3 drawings with a crop box that does not begin at nought."""
    pdf, _ = bind(file("图纸.pdf", one_page_pdf((1191, 842), rotate, shift=37)))
    page = pypdf.PdfReader(BytesIO(pdf)).pages[-1]
    size = (round(float(page.mediabox.width)), round(float(page.mediabox.height)))
    assert size == (A4 if rotate in (90, 270) else A4[::-1])
    picture = picture_of(pdf, 2, 40).convert("L")
    page_alone = picture.crop((0, 0, picture.width, picture.height - 20))  # without the foot
    block = page_alone.point(lambda value: 255 * (value < 60)).getbbox()
    assert block is not None
    middle = ((block[0] + block[2]) / 2 > size[0] * 20 / 72, (block[1] + block[3]) / 2 > size[1] * 20 / 72)
    assert middle == {0: (0, 0), 90: (1, 0), 180: (1, 1), 270: (0, 1)}[rotate]


def test_nothing_active_comes_along() -> None:
    pdf, _ = bind(file("说明.pdf", two_page_pdf()))
    for word in (b"JavaScript", b"/URI", b"/Annots", b"/OpenAction", b"/EmbeddedFile"):
        assert word not in pdf


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("截断.jpg", turned(1)[:-1500], "文件已损坏或不完整"),
        ("截断.png", saved(drawn(), "PNG")[:200], "文件已损坏或不完整"),
        ("说明.docx", b"PK\x03\x04" + b"x" * 90, "这种格式不能合入 PDF"),
        ("丢失.png", b"", "文件内容丢失或已损坏"),
        ("坏.pdf", b"%PDF-1.4 nothing of it", "PDF 已损坏"),
        ("很大.png", saved(Image.new("1", (8000, 6000)), "PNG"), "图片过大（8000×6000 像素）"),
        ("炸弹.png", saved(Image.new("1", (10000, 10000)), "PNG"), "图片过大（像素过多）"),
        ("炸弹.png", saved(Image.new("1", (20000, 20000)), "PNG"), "图片过大（像素过多）"),
    ],
)
def test_what_cannot_be_bound_has_a_page_that_says_why(name: str, content: bytes, reason: str) -> None:
    leaf, content = file(name, content)
    pdf, bound = bind((leaf, content), file("好.png", saved(drawn(), "PNG")))
    assert bound.pages == 4
    page = text_of(pdf)[2]
    assert "此附件没有合入卷宗" in page
    assert f"文件名：{name}" in page
    assert reason.replace(" ", "") in page
    assert hashlib.sha256(content).hexdigest() in page
    assert [reason in warning for warning in bound.warnings] == [True]
    assert same(content_of(pdf), drawn()) < 12  # the next file is not harmed
