"""A PDF for e-mail: much smaller pictures, the same words, the code still scans, the seal still a seal."""

from collections.abc import Callable
from io import BytesIO
from random import Random

from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.paper.reading import codes_of, picture_of, text_of
from tests.paper.samples import sample
from yekuo_desktop.paper.slim import SCAN_SIDE, slim

Printed = Callable[..., bytes]


def grainy(side: int, *, transparent: bool = False) -> Image.Image:
    """A picture as a scanner makes it: no two pixels alike."""
    draw = Random(5)
    noise = Image.frombytes("RGB", (side, side), draw.randbytes(side * side * 3))
    image = noise.filter(ImageFilter.BoxBlur(3))
    if transparent:
        image.putalpha(Image.frombytes("L", (side, side), draw.randbytes(side * side)))
    return image


def png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def scanned(side: int) -> bytes:
    """A PDF with one scan on its page."""
    out = BytesIO()
    canvas = Canvas(out)
    canvas.drawImage(ImageReader(grainy(side)), 0, 0, 500, 500)
    canvas.drawString(50, 800, "page one")
    canvas.save()
    return out.getvalue()


def test_a_scan_becomes_a_tenth_and_looks_the_same() -> None:
    whole = scanned(2400)
    small = slim(whole)
    assert len(small) < len(whole) / 10
    assert text_of(small) == ["pageone"]
    one, other = (picture_of(pdf, 0, 40).resize((50, 70)) for pdf in (whole, small))
    differences = [abs(a - b) for a, b in zip(one.tobytes(), other.tobytes(), strict=True)]
    assert sum(differences) / len(differences) < 6
    assert SCAN_SIDE < 2400


def test_a_seal_keeps_its_transparency(printed: Printed) -> None:
    seal = png(grainy(960, transparent=True))
    whole = printed(sample("work_order"), seal=seal)
    small = slim(whole)
    assert len(small) < len(whole) / 2.5
    assert text_of(small) == text_of(whole)
    assert codes_of(small) == codes_of(whole)
    one, other = (picture_of(pdf, 0, 30).convert("L") for pdf in (whole, small))
    differences = [abs(a - b) for a, b in zip(one.tobytes(), other.tobytes(), strict=True)]
    assert sum(differences) / len(differences) < 2


def test_what_is_small_already_stays_as_it_is(printed: Printed) -> None:
    sheet = printed(sample("work_order"))
    assert len(slim(sheet)) <= len(sheet)
    assert text_of(slim(sheet)) == text_of(sheet)
