"""Every form with nothing, ordinary and extreme data: read back with other libraries, looked at as a picture,
its code scanned with zbar, nothing over anything else and nothing off the page."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from msgspec.structs import replace

from tests.paper.reading import codes_of, picture_of, text_of
from tests.paper.samples import NUMBER, PRINTING, SHEET_NO, sample
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.domain.qr import Mark, signed_code
from yekuo_desktop.domain.stages import ALL_FORMS
from yekuo_desktop.paper.compose import compose
from yekuo_desktop.paper.fonts import Faces
from yekuo_desktop.paper.form import Form
from yekuo_desktop.paper.inspect import shown_cells
from yekuo_desktop.paper.items import Item, QrPlace, SealPlace, Text
from yekuo_desktop.paper.marks import footer
from yekuo_desktop.paper.template import keys_of
from yekuo_desktop.paper.units import mm

FormOf = Callable[[str], Form]
Printed = Callable[..., bytes]
Box = tuple[float, float, float, float]
CODE = signed_code(SHEET_NO, Mark("K3F", 1, 1, 0, "ABCDEFGHIJKL"))
NAME = "示例县河口镇柳湾村第三村民小组农民用水合作与粮油加工专业合作社联合社𬱖𫖯"
ROWS = 30
FREE_MM = 4.0  # printers leave that much of the paper blank
ZBAR = shutil.which("zbarimg")
FORMS = sorted(ALL_FORMS)
KINDS = ("blank", "typical", "extreme")


def snapshot(form: str, kind: str, read: Form) -> Snapshot:
    """The sample sheet of a form; with no value at all; or with 40-character names and thirty rows."""
    sheet = sample(form)
    if ALL_FORMS[form].of_case:
        sheet = replace(sheet, qr=CODE)
    if kind == "blank":
        return replace(sheet, values={})
    if kind == "extreme":
        chosen = {cell.key for cell in shown_cells(read, sheet.values) if cell.kind == "ticks"}
        values = {key: value if key in chosen else stretched(value) for key, value in sheet.values.items()}
        return replace(sheet, values=values)
    return sheet


def stretched(value: Any) -> Any:
    """Words longer than anybody's name, thirty rows; figures and dates stay what they are."""
    if isinstance(value, list):
        rows = [value[at % len(value)] for at in range(max(ROWS, len(value)))] if value else []
        return [
            {key: stretched(cell) for key, cell in row.items()} if isinstance(row, dict) else row
            for row in rows
        ]
    wordy = isinstance(value, str) and len(value) > 1 and not any(char.isdigit() for char in value)
    return (value + NAME)[: max(len(NAME), len(value))] if wordy else value


@pytest.fixture(scope="module")
def matrix(printed: Printed, form_of: FormOf) -> Callable[[str, str], tuple[Snapshot, bytes]]:
    """A sheet and its PDF, each made once."""
    made: dict[tuple[str, str], tuple[Snapshot, bytes]] = {}

    def get(form: str, kind: str) -> tuple[Snapshot, bytes]:
        if (form, kind) not in made:
            sheet = snapshot(form, kind, form_of(form))
            made[form, kind] = sheet, printed(sheet)
        return made[form, kind]

    return get


Matrix = Callable[[str, str], tuple[Snapshot, bytes]]


def boxes(items: tuple[Item, ...], faces: Faces) -> Iterator[tuple[str, Box]]:
    """Where words and codes stand."""
    for item in items:
        if isinstance(item, Text) and item.text.strip():
            wide = faces.width(item.text, item.style, item.size) + item.spacing * (len(item.text) - 1)
            blank = faces.width(item.text, item.style, item.size)
            before = blank - faces.width(item.text.lstrip(), item.style, item.size)
            after = blank - faces.width(item.text.rstrip(), item.style, item.size)
            right = item.x + wide - after
            yield item.text, (item.x + before, item.y - item.size * 0.7, right, item.y)
        elif isinstance(item, QrPlace):
            yield "QR", (item.x, item.y, item.x + item.size, item.y + item.size)
        elif isinstance(item, SealPlace):
            inner = item.diameter * 0.35  # the square inside the ring
            yield "seal", (item.x - inner, item.y - inner, item.x + inner, item.y + inner)


def overlap(one: Box, other: Box) -> bool:
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > 0.5
        and min(one[3], other[3]) - max(one[1], other[1]) > 0.5
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMS)
def test_nothing_lies_on_anything_or_leaves_the_page(
    faces: Faces, form_of: FormOf, form: str, kind: str
) -> None:
    read = form_of(form)
    sheet = snapshot(form, kind, read)
    width, height = (side * mm for side in read.page)
    for page in compose(read, sheet, faces):
        foot = tuple(footer(read, sheet, PRINTING, faces))
        found = sorted(boxes((*page.items, *foot), faces), key=lambda pair: pair[1][1])
        for words, (x1, y1, x2, y2) in found:
            edge = FREE_MM * mm
            assert x1 >= edge - 1, words
            assert x2 <= width - edge + 1, words
            assert y1 >= edge, words
            assert y2 <= height - edge, words
        for at, (words, one) in enumerate(found):
            for other_words, other in found[at + 1 :]:
                if other[1] > one[3]:
                    break
                assert not overlap(one, other), (words, other_words)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMS)
def test_every_value_and_page_is_read_back(matrix: Matrix, form_of: FormOf, form: str, kind: str) -> None:
    sheet, pdf = matrix(form, kind)
    pages = text_of(pdf)
    text = "".join(pages)
    for number, page in enumerate(pages, 1):
        assert f"第{number}页共{len(pages)}页" in page
        assert f"单据号{SHEET_NO}" in page
    for key in shown(form_of(form), sheet):
        value = sheet.values.get(key)
        if isinstance(value, str):
            assert "".join(value.split()) in text, key
    for rows in (value for value in sheet.values.values() if isinstance(value, list)):
        assert kind != "extreme" or len(rows) >= ROWS or not rows


def shown(form: Form, sheet: Snapshot) -> set[str]:
    """Keys whose whole value stands in a cell."""
    tables = {key for b in form.blocks if b.table for cell in b.table.body.cells for key in keys_of(cell)}
    cells = (cell for cell in shown_cells(form, sheet.values) if cell.kind not in ("ticks", "label"))
    sets = set(form.sets.by) if form.sets else set()
    return {key for cell in cells for key in keys_of(cell)} - tables - sets


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMS)
def test_the_picture_keeps_the_edges_free_and_the_code_scans(matrix: Matrix, form: str, kind: str) -> None:
    sheet, pdf = matrix(form, kind)
    picture = picture_of(pdf, 0, 100)
    edge = round(FREE_MM / 25.4 * 100)
    grey = picture.convert("L")
    for side in (
        grey.crop((0, 0, grey.width, edge)),
        grey.crop((0, grey.height - edge, grey.width, grey.height)),
        grey.crop((0, 0, edge, grey.height)),
        grey.crop((grey.width - edge, 0, grey.width, grey.height)),
    ):
        assert side.getextrema() == (255, 255)
    assert codes_of(pdf, dpi=100) == ([sheet.qr] if sheet.qr else [])


@pytest.mark.skipif(ZBAR is None, reason="NO CODE IS READ WITH ZBAR: apt-get install zbar-tools")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", [id_ for id_ in FORMS if ALL_FORMS[id_].of_case])
def test_zbar_reads_the_code_from_a_poor_picture(
    matrix: Matrix, tmp_path: Path, form: str, kind: str
) -> None:
    _sheet, pdf = matrix(form, kind)
    path = tmp_path / "page.png"
    picture_of(pdf, 0, 100).save(path)
    command = [str(ZBAR), "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.split() == [CODE]


@pytest.mark.parametrize("form", FORMS)
def test_title_language_and_fonts_are_in_the_file(matrix: Matrix, form_of: FormOf, form: str) -> None:
    sheet, pdf = matrix(form, "extreme")
    reader = pypdf.PdfReader(BytesIO(pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == f"{form_of(form).title} {sheet.sheet_no}"
    assert reader.root_object["/Lang"] == "zh-CN"
    for page in reader.pages:
        fonts = page["/Resources"]["/Font"]
        assert fonts
        for font in (font.get_object() for font in fonts.values()):
            assert "/FontFile2" in font["/FontDescriptor"].get_object(), font["/BaseFont"]
            assert "/ToUnicode" in font
    assert NUMBER in sheet.sheet_no
