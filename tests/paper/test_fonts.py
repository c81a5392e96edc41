"""The three faults of reportlab, mended: text beyond the BMP, missing glyphs, fonts left out."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.paper.reading import text_of
from tests.paper.samples import PRINTING, ROOT, sample, sampled, sheet
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.paper.fonts import GETA, Faces, FontsMissing, clean, unicode_map
from yekuo_desktop.paper.form import Form
from yekuo_desktop.paper.pen import TextPen
from yekuo_desktop.paper.render import Job, render

STANDARD = (Path(__file__).parent / "standard_characters.txt").read_text(encoding="utf-8").strip()
ROW = 45


def printed_lines(faces: Faces, text: str, style: str) -> bytes:
    """A PDF with nothing but ``text``, fifty lines a page."""
    out = BytesIO()
    faces.face(style)
    canvas = Canvas(out, A4, initialFontName=f"yekuo-{style}", invariant=1)
    pen = TextPen(canvas._doc, faces)
    lines = [text[at : at + ROW] for at in range(0, len(text), ROW)]
    for start in range(0, len(lines), 50):
        for at, line in enumerate(lines[start : start + 50]):
            canvas.addLiteral(f"BT 1 0 0 1 40 {800 - 15 * at} Tm {pen.show(line, style, 10)} ET")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("style", ["serif", "sans", "bold"])
def test_all_standard_characters_are_printed_and_read_back(faces: Faces, style: str) -> None:
    """通用规范汉字表 (国发〔2013〕23 号): 8105 characters, 196 of them beyond the BMP."""
    assert len(set(STANDARD)) == 8105
    assert sum(char > "\uffff" for char in STANDARD) == 196
    assert faces.face(style).covered.issuperset(STANDARD)
    assert "".join(text_of(printed_lines(faces, STANDARD, style))) == STANDARD


def test_another_reader_agrees(faces: Faces) -> None:
    pdf = pypdf.PdfReader(BytesIO(printed_lines(faces, "陈𬱖、𰀀、欧阳", "serif")))
    assert "陈𬱖" in pdf.pages[0].extract_text()


def test_the_map_uses_surrogate_pairs_in_blocks_of_a_hundred() -> None:
    text = unicode_map("X", [0, ord("𬱖"), *range(0x4E00, 0x4E00 + 150)])
    assert "<01> <D873DC56>" in text
    assert "<00>" not in text.split("endcodespacerange")[1]  # code 0 is no character
    assert "100 beginbfchar" in text
    assert "51 beginbfchar" in text


def test_a_rare_character_comes_from_the_fallback_font(faces: Faces) -> None:
    rare = "\U0002ac83\U00020000𪚥"
    assert not faces.face("serif").covered.issuperset(rare)
    assert faces.coverage(rare) == ""
    assert [font for font, _ in faces.runs("陈𪚥某", "serif")] == ["serif", "rare", "serif"]
    assert rare in "".join(text_of(printed_lines(faces, rare, "serif")))


def test_what_no_font_has_is_named_and_marked(faces: Faces) -> None:
    assert faces.coverage("张\U000f0000三\U000f0000") == "\U000f0000"
    assert ("serif", f"张{GETA}三") in list(faces.runs("张\U000f0000三", "serif"))
    assert faces.width("\U000f0000", "serif", 10) == faces.width(GETA, "serif", 10)


def test_a_sheet_with_such_a_character_warns(faces: Faces, form_of: Callable[[str], Form]) -> None:
    values = sample("work_order").values | {"customer_name": "张\U000f0000三"}
    job = Job(sheet("work_order", values), PRINTING, form_of("work_order"))
    warnings = render([job], BytesIO(), faces).warnings
    assert [w.characters for w in warnings] == ["\U000f0000"]
    assert GETA in warnings[0].reason


def test_invisible_characters_are_dropped() -> None:
    assert clean("张\u200b三\ufe00\U000e0100\r") == "张三"
    assert clean("第一行\n第二行") == "第一行\n第二行"


def test_a_missing_font_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing, match="NotoSerifSC"):
        Faces(tmp_path).face("serif")


@pytest.mark.parametrize("form", sampled())
def test_every_font_is_embedded(printed: Callable[[Snapshot], bytes], form: str) -> None:
    reader = pypdf.PdfReader(BytesIO(printed(sample(form))))
    fonts = [
        font.get_object()
        for page in reader.pages
        for font in page["/Resources"]["/Font"].get_object().values()
    ]
    assert fonts
    for font in fonts:
        assert "Helvetica" not in font["/BaseFont"]
        assert "/FontFile2" in font["/FontDescriptor"]
        assert "/ToUnicode" in font


def test_the_fonts_stay_small() -> None:
    assert sum(file.stat().st_size for file in (ROOT / "resources" / "fonts").iterdir()) < 50_000_000
