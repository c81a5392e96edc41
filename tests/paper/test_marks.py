"""Seals at their true size, and what marks a reprint, a void sheet and a practice sheet."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from msgspec.structs import replace
from PIL import ImageChops

from tests.paper.reading import picture_of, text_of
from tests.paper.samples import PRINTING, ROOT, SHEET_NO, sample
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.papers import Print
from yekuo_desktop.paper.draw import Painter
from yekuo_desktop.paper.fonts import Faces
from yekuo_desktop.paper.form import Form
from yekuo_desktop.paper.render import Job, render

Printed = Callable[..., bytes]
FormOf = Callable[[str], Form]
LATER = Print(at=datetime(2027, 1, 3, 9, 12, tzinfo=CHINA), by="李四", copy=2, reprint=2)
SEAL = (ROOT / "resources" / "seals" / "practice.png").read_bytes()
DPI = 254  # ten pixels a millimetre


def changed_mm(one: bytes, other: bytes) -> tuple[float, float]:
    """Width and height in millimetres of what differs between two pages."""
    pages = (picture_of(pdf, 0, DPI) for pdf in (one, other))
    box = ImageChops.difference(*pages).getbbox()
    assert box is not None
    return (box[2] - box[0]) / 10, (box[3] - box[1]) / 10


@pytest.mark.parametrize("diameter", [38.0, 40.0, 45.0])
@pytest.mark.parametrize("form", ["work_order", "registration_batch", "registration_high_voltage"])
def test_the_seal_place_has_the_size_of_the_seal(
    printed: Printed, monkeypatch: pytest.MonkeyPatch, form: str, diameter: float
) -> None:
    snapshot = replace(sample(form), seal_diameter_mm=diameter)
    ring, seal = printed(snapshot), printed(snapshot, seal=SEAL)
    monkeypatch.setattr(Painter, "ring", lambda *_: None)
    empty = printed(snapshot)
    for sides in (changed_mm(ring, empty), changed_mm(seal, empty)):
        assert all(abs(side - diameter) <= 0.5 for side in sides)
    text = "".join(text_of(ring))
    assert f"供电业务专用章直径{diameter:.0f}mm" in text
    assert "供电企业（盖章）" in text


def test_a_seal_picture_is_stored_once(faces: Faces, form_of: FormOf, printed: Printed) -> None:
    out = BytesIO()
    job = Job(sample("work_order"), PRINTING, form_of("work_order"), SEAL)
    render([job] * 20, out, faces)
    assert len(out.getvalue()) < len(printed(sample("work_order"), seal=SEAL)) + 20 * 12_000


def test_an_unusable_seal_picture_leaves_the_ring_and_warns(faces: Faces, form_of: FormOf) -> None:
    out = BytesIO()
    job = Job(sample("work_order"), PRINTING, form_of("work_order"), b"no picture")
    warnings = render([job], out, faces).warnings
    assert [(w.sheet_no, w.reason) for w in warnings] == [(SHEET_NO, "不是可用的 PNG 图片，留空印章位置")]
    assert "直径40mm" in "".join(text_of(out.getvalue()))


def test_a_reprint_says_so_and_changes_nothing_else(printed: Printed) -> None:
    first, again = (
        "".join(text_of(printed(sample("work_order"), printing))) for printing in (PRINTING, LATER)
    )
    assert "补打第2次2027-01-0309:12李四" in again
    assert "第2份" in again
    for said in ("补打第2次2027-01-0309:12李四", "第2份", "第1份", "打印2026-11-2015:43王丽"):
        first, again = first.replace(said, ""), again.replace(said, "")
    assert sorted(first) == sorted(again)


def test_a_sheet_that_takes_the_place_of_another_says_which_it_is(printed: Printed) -> None:
    first, third = (
        "".join(text_of(printed(replace(sample("work_order"), version=version)))) for version in (1, 3)
    )
    assert "版" not in first
    assert f"单据号{SHEET_NO}第3版第1份" in third


def test_a_void_sheet_and_a_practice_sheet_are_marked_on_every_page(printed: Printed) -> None:
    snapshot = sample("household_list")
    void = text_of(printed(snapshot, replace(PRINTING, void="户名填写错误")))
    assert all(
        "本单已作废：户名填写错误" in page and "作废" in page.replace("本单已作废", "") for page in void
    )
    assert all("演练作废" in page for page in text_of(printed(replace(snapshot, practice=True))))
