"""Pages as pictures."""

from collections.abc import Callable

import pytest

from tests.paper.samples import sample
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.paper.preview import BadPdf, page_count, page_image


def test_a_page_is_a_picture_of_its_size(printed: Callable[[Snapshot], bytes]) -> None:
    pdf = printed(sample("household_list"))
    assert page_count(pdf) == 4
    for dpi in (50, 96, 101):  # odd widths too: rows must carry no padding
        width, height, data = page_image(pdf, 1, dpi)
        assert abs(width - 210 / 25.4 * dpi) <= 1
        assert abs(height - 297 / 25.4 * dpi) <= 1
        assert len(data) == width * height * 3
        assert data[:3] == b"\xff\xff\xff"


@pytest.mark.parametrize(("index", "dpi"), [(4, 96), (-1, 96), (0, 5000)])
def test_what_cannot_be_shown_is_refused(
    printed: Callable[[Snapshot], bytes], index: int, dpi: float
) -> None:
    with pytest.raises(BadPdf):
        page_image(printed(sample("household_list")), index, dpi)


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(BadPdf):
        page_count(b"no pdf")
