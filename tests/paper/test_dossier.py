"""The dossier read back: numbers, contents, outline, sheets, fonts, progress."""

from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from typing import Any

import pypdf
import pytest
from msgspec.structs import replace
from pypdf.generic import IndirectObject

from tests.paper.bound import BINDERY, bind, drawn, file, job, never, quiet, saved, sheet, turned, volume
from tests.paper.reading import codes_of, text_of
from tests.paper.samples import ACCEPTED, NUMBER, PRINTING, SHEET_NO, sample
from yekuo_desktop.office.dossier_ports import Stopped

# ---- numbers, contents, outline ------------------------------------------------------------------


def test_every_page_says_which_of_how_many() -> None:
    pdf, bound = bind(file("身份证.png", saved(drawn(), "PNG")), sheets=True)
    pages = text_of(pdf)
    assert bound.pages == len(pages)
    assert all(f"卷内第{at}页共{len(pages)}页" in page for at, page in enumerate(pages, start=1))
    assert all(NUMBER in page for page in pages)


def test_contents_and_outline_name_the_pages_where_things_are() -> None:
    pdf, _ = bind(
        file("身份证.png", saved(drawn(), "PNG")), file("合同.jpg", turned(1), "施工与检查"), sheets=True
    )
    reader, pages = pypdf.PdfReader(BytesIO(pdf)), text_of(pdf)
    marks = list(outline(reader))
    assert [title for title, _, level in marks if level == 0] == [
        "封面",
        "卷宗目录",
        "业务受理",
        "归档",
        "其他附件",
        "施工与检查",
    ]
    assert [(title, at) for title, at, _ in marks][:3] == [("封面", 1), ("卷宗目录", 2), ("业务受理", 3)]
    for title, at, level in marks:
        if level == 1:
            assert title.replace(" ", "") in pages[at - 1], title
            assert f"{title}" in pages[1]
            line = pages[1][pages[1].index(title) :]
            assert f"{SHEET_NO}{at}" in line or f"王丽2026-03-1009:30{at}" in line, title


def outline(reader: pypdf.PdfReader) -> Iterator[tuple[str, int, int]]:
    def walk(items: Any, level: int) -> Iterator[tuple[str, int, int]]:
        for item in items:
            if isinstance(item, list):
                yield from walk(item, level + 1)
            else:
                yield str(item.title), (reader.get_destination_page_number(item) or 0) + 1, level

    yield from walk(reader.outline, 0)


def test_long_contents_take_pages_and_still_name_the_right_ones() -> None:
    scan = saved(drawn(size=(60, 40)), "PNG")
    pdf, _ = bind(*(file(f"扫描件{at:03}.png", scan) for at in range(70)))
    pages = text_of(pdf)
    fronts = [at for at, page in enumerate(pages) if "卷宗目录" in page]
    assert fronts == [1, 2, 3]
    assert f"扫描件069.png王丽2026-03-1009:30{len(pages)}" in pages[3]
    assert "扫描件069.png" in pages[-1]


def test_title_language_and_author_are_set() -> None:
    pdf, _ = bind(sheets=True)
    reader = pypdf.PdfReader(BytesIO(pdf))
    data, root = reader.metadata, reader.root_object
    assert data is not None
    assert (data.title, data.author, data.subject) == ("张秀英 低压居民新装 卷宗", "示例县供电公司", NUMBER)
    assert data.creation_date == ACCEPTED
    assert root["/Lang"] == "zh-CN"
    assert root["/PageMode"] == "/UseOutlines"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712 - an object of the library


def test_sheets_are_as_they_were_with_their_code_and_their_own_numbers() -> None:
    pdf, _ = bind(sheets=True)
    pages = text_of(pdf)
    assert codes_of(pdf, 2) == [sample("work_order").qr]
    assert f"单据号{SHEET_NO}第1份打印2026-11-2015:43王丽第1页共1页" in pages[2]
    assert "客户主要用电设备清单（续）" in pages[5]


def test_a_void_sheet_is_marked() -> None:
    void = job(sample("work_order"), replace(PRINTING, void="打印不清"))
    leaf = replace(sheet("业务受理", "work_order"), title="业扩报装工单（已作废）", job=void)
    out = BytesIO()
    BINDERY.bind(volume([leaf], {}), out, quiet, never)
    assert "本单已作废：打印不清" in text_of(out.getvalue())[2]


def test_all_fonts_are_embedded_and_stand_there_once() -> None:
    pdf, _ = bind(file("身份证.png", saved(drawn(), "PNG")), sheets=True)
    reader = pypdf.PdfReader(BytesIO(pdf))
    fonts = list(chain.from_iterable(fonts_of(page.get("/Resources")) for page in reader.pages))
    assert fonts
    assert all(embedded(font) for font in fonts)
    files = {id_of(font) for font in fonts}
    assert len(files) < 40
    assert len(pdf) < 900_000


def fonts_of(resources: Any) -> Iterator[Any]:
    found = resources.get_object() if resources is not None else {}
    for font in (found.get("/Font") or {}).values():
        yield font.get_object()
    for picture in (found.get("/XObject") or {}).values():
        if picture.get_object().get("/Subtype") == "/Form":
            yield from fonts_of(picture.get_object().get("/Resources"))


def embedded(font: Any) -> bool:
    return any(key in font["/FontDescriptor"] for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def id_of(font: Any) -> int:
    raw = font["/FontDescriptor"].raw_get("/FontFile2")
    assert isinstance(raw, IndirectObject)
    return raw.idnum


def test_a_long_file_name_is_shortened_at_the_foot_and_whole_in_the_contents() -> None:
    name = "示例县河口镇柳湾村第三村民小组农民用水合作与粮油加工专业合作社联合社" * 3 + "𬱖.png"
    pdf, _ = bind(file(name, saved(drawn(), "PNG")))
    pages = text_of(pdf)
    assert name in pages[1]
    assert "…" in pages[2]
    assert "卷内第3页共3页" in pages[2]


def test_progress_is_told_and_a_cancelled_dossier_stops() -> None:
    told: list[tuple[int, int, str]] = []
    bind(
        file("身份证.png", saved(drawn(), "PNG")),
        sheets=True,
        progress=lambda done, total, text="": told.append((done, total, text)),
    )
    assert [done for done, _, _ in told] == list(range(len(told)))
    assert {total for _, total, _ in told} == {len(told)}
    assert told[0][2] == "正在清点 业扩报装工单"
    assert told[-1][2] == "正在装订 身份证.png"
    answers: Iterator[bool] = iter([False] * 4 + [True])
    with pytest.raises(Stopped):
        bind(file("身份证.png", saved(drawn(), "PNG")), sheets=True, cancelled=lambda: next(answers))


def test_the_same_volume_gives_the_same_bytes() -> None:
    made = [bind(file("身份证.png", saved(drawn(), "PNG")), sheets=True)[0] for _ in range(2)]
    assert made[0] == made[1]
