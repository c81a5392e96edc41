"""骑缝章: the parts on the pages' edges make one seal again."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PIL import Image, ImageChops

from tests.paper.reading import picture_of, text_of
from tests.paper.samples import HIGH_VOLTAGE, NONRESIDENT, ROOT, UNIT, sheet, values_of
from tests.paper.test_render import LONG
from yekuo_desktop.paper.form import Form
from yekuo_desktop.paper.straddle import FREE_EDGE, MOST_PAGES, groups, slice_of
from yekuo_desktop.paper.units import mm

Printed = Callable[..., bytes]
SEAL = (ROOT / "resources" / "seals" / "practice.png").read_bytes()
DPI = 254  # ten pixels a millimetre


@pytest.mark.parametrize(
    ("pages", "sizes"),
    [(1, []), (2, [2]), (6, [6]), (7, [4, 3]), (12, [6, 6]), (13, [5, 4, 4]), (40, [6] * 5 + [5] * 2)],
)
def test_pages_share_seals_evenly(pages: int, sizes: list[int]) -> None:
    assert groups(pages) == sizes
    assert sum(groups(pages)) in (0, pages)
    assert all(2 <= size <= MOST_PAGES for size in groups(pages))


@pytest.mark.parametrize("pages", [2, 3, 6, 7, 30])
def test_the_parts_of_a_group_are_one_seal(pages: int) -> None:
    first = 1
    for size in groups(pages):
        parts = [slice_of(page, pages, 40 * mm, 210 * mm, 297 * mm) for page in range(first, first + size)]
        assert all(part is not None and part.x + part.width == 210 * mm - FREE_EDGE for part in parts)
        befores = [part.before for part in parts if part]
        widths = [part.width for part in parts if part]
        assert befores == pytest.approx([at * 40 * mm / size for at in range(size)])
        assert sum(widths) == pytest.approx(40 * mm)
        first += size
    assert slice_of(pages + 1, pages, 40 * mm, 210 * mm, 297 * mm) is None


def two_pages(printed: Printed, seal: bytes | None) -> bytes:
    values = values_of("work_order", UNIT | HIGH_VOLTAGE | LONG)
    return printed(sheet("work_order", values), seal=seal)


def edge(pdf: bytes, page: int) -> Image.Image:
    """The part of the seal on that page, in the middle of its right edge."""
    return picture_of(pdf, page, DPI).crop((2100 - 50 - 200, 1485 - 200, 2100 - 50, 1485 + 200))


def test_two_pages_laid_edge_to_edge_show_the_seal(printed: Printed) -> None:
    pdf, bare = two_pages(printed, SEAL), two_pages(printed, None)
    whole = Image.new("L", (400, 400))
    for page, x in ((0, 0), (1, 200)):
        marks = ImageChops.difference(edge(pdf, page), edge(bare, page)).convert("L")
        whole.paste(marks, (x, 0))
    box = whole.point(lambda value: 255 if value > 60 else 0).getbbox()
    assert box is not None
    assert all(abs(side - 400) <= 8 for side in (box[2] - box[0], box[3] - box[1]))


def test_without_a_picture_the_edges_are_marked_for_the_hand(
    printed: Printed, form_of: Callable[[str], Form]
) -> None:
    pages = text_of(two_pages(printed, None))
    assert len(pages) == 2
    assert all("骑缝章" in page for page in pages)
    assert form_of("work_order").straddle


def test_one_page_and_sheets_without_a_seal_have_none(printed: Printed) -> None:
    short = sheet("work_order", values_of("work_order", NONRESIDENT))
    assert "骑缝章" not in "".join(text_of(printed(short)))
    long = values_of("work_order", UNIT | HIGH_VOLTAGE | LONG)
    without = replace(sheet("work_order", long), seal_name="", seal_unit="")
    assert "骑缝章" not in "".join(text_of(printed(without)))
