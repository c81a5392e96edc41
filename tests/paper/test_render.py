"""Sheets read back: every value, QR, seal, marks, page breaks, and the same bytes each time."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from msgspec.structs import replace

from tests.paper.counter_lists import LISTS
from tests.paper.reading import codes_of, text_of
from tests.paper.samples import (
    BATCH,
    CASES,
    HIGH_VOLTAGE,
    NUMBER,
    PRINTING,
    ROOT,
    SHEET_NO,
    UNIT,
    sample,
    sampled,
    sheet,
    values_of,
)
from yekuo_desktop.domain.qr import SheetCode, read_code
from yekuo_desktop.paper.compose import compose
from yekuo_desktop.paper.fonts import Faces
from yekuo_desktop.paper.form import Form
from yekuo_desktop.paper.items import Text, Tick
from yekuo_desktop.paper.render import Job, render
from yekuo_desktop.paper.template import keys_of

Printed = Callable[..., bytes]
FormOf = Callable[[str], Form]
EVERY = sampled()


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("form", EVERY)
def test_what_the_form_shows_can_be_read(printed: Printed, form_of: FormOf, form: str) -> None:
    snapshot = sample(form)
    text = "".join(text_of(printed(snapshot)))
    keys = {
        key
        for block in form_of(form).blocks
        for row in block.rows
        if row.condition.holds(snapshot.values) and block.condition.holds(snapshot.values)
        for cell in row.cells
        if cell.kind not in ("ticks", "label")
        for key in keys_of(cell)
    }
    for key in keys:
        value = snapshot.values.get(key)
        if isinstance(value, str) and key not in ("building", "unit"):
            assert squeezed(value) in text, key


@pytest.mark.parametrize("form", EVERY)
def test_every_sheet_says_what_it_is(printed: Printed, form_of: FormOf, form: str) -> None:
    pages = text_of(printed(sample(form)))
    for number, page in enumerate(pages, 1):
        assert squeezed(f"单据号{SHEET_NO}第1份打印2026-11-2015:43王丽") in page
        assert f"第{number}页共{len(pages)}页" in page
        assert form_of(form).title in page
        assert "补打" not in page
        assert "作废" not in (page if form != "seal_register" else page.replace("作废", "", 1))


@pytest.mark.parametrize("form", EVERY)
def test_nothing_leaves_the_page_or_lies_on_other_text(faces: Faces, form_of: FormOf, form: str) -> None:
    read = form_of(form)
    left, right = read.left * 72 / 25.4, (read.page[0] - read.right) * 72 / 25.4
    for page in compose(read, sample(form), faces):
        boxes = [box_of(item, faces) for item in page.items if isinstance(item, Text) and item.text.strip()]
        assert all(left - 1 <= x1 and x2 <= right + 1 for x1, _, x2, _ in boxes)
        assert all(y1 > 0 and y2 < read.page[1] * 72 / 25.4 for _, y1, _, y2 in boxes)
        for at, one in enumerate(boxes):
            assert not any(overlap(one, other) for other in boxes[at + 1 :])


def box_of(item: Text, faces: Faces) -> tuple[float, float, float, float]:
    wide = faces.width(item.text.strip(), item.style, item.size) + item.spacing * (len(item.text) - 1)
    indent = faces.width(item.text, item.style, item.size) - faces.width(
        item.text.lstrip(), item.style, item.size
    )
    return item.x + indent, item.y - item.size * 0.7, item.x + indent + wide, item.y


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > 0.5
        and min(one[3], other[3]) - max(one[1], other[1]) > 0.5
    )


@pytest.mark.parametrize("form", EVERY)
def test_the_same_sheet_gives_the_same_bytes(printed: Printed, form: str) -> None:
    assert printed(sample(form)) == printed(sample(form))


@pytest.mark.parametrize("form", [form for form in EVERY if sample(form).qr])
def test_the_qr_code_can_be_scanned(printed: Printed, form: str) -> None:
    snapshot = sample(form)
    pdf = printed(replace(snapshot, practice=True))
    assert codes_of(pdf, dpi=150) == [snapshot.qr]
    assert codes_of(pdf, dpi=100) == [snapshot.qr]
    assert read_code(snapshot.qr) == SheetCode(SHEET_NO, NUMBER)


def test_title_author_language_and_date_are_set(printed: Printed) -> None:
    reader = pypdf.PdfReader(BytesIO(printed(sample("work_order"))))
    data = reader.metadata
    assert data is not None
    assert (data.title, data.author) == (f"业扩报装工单 {SHEET_NO}", "示例县供电公司")
    assert data.creation_date == PRINTING.at
    assert reader.root_object["/Lang"] == "zh-CN"


def test_numbers_are_masked_on_the_work_order_and_whole_on_the_registration(printed: Printed) -> None:
    order, form = ("".join(text_of(printed(sample(f)))) for f in ("work_order", "registration_resident"))
    assert "4101**********1029" in order
    assert "138****1000" in order
    assert "410122196005121029" not in order
    assert "410122196005121029" in form
    assert "13800001000" in form


def test_the_work_order_explains_both_deadlines(printed: Printed) -> None:
    text = "".join(text_of(printed(sample("work_order"))))
    assert "2026-11-2317:30前" in text
    assert "2026-11-2517:30前" in text
    assert "21、22休息" in text
    assert "客户项目经理本人签收时停止" in text
    assert "供电营业规则（2024）" in text


def test_a_list_goes_on_with_its_header_on_every_page(printed: Printed) -> None:
    for form, rows in LISTS.items():
        if form in ("case_list", "monthly_report"):
            continue  # its table is made for the columns on the screen: tests/office/test_listing.py
        values = sample(form).values | {"rows": rows * 3}
        pages = text_of(printed(sheet(form, values)))
        assert len(pages) > 2
        assert all("序号" in page and "户名" in page for page in pages)
        assert sum(page.count("单据号" + SHEET_NO) for page in pages) >= len(pages)


def test_the_household_list_has_a_page_set_for_each_unit(printed: Printed) -> None:
    pages = text_of(printed(sheet("household_list", values_of("household_list", BATCH))))
    assert len(pages) == 4  # two buildings of thirty, 23 rows a page
    for at, page in enumerate(pages):
        assert f"共2页第{at % 2 + 1}页" in page
        assert f"第{at + 1}页共4页" in page
        assert f"幢{at // 2 + 1}单元2" in page
        assert "经办人签名（单位盖章）" in page
        assert "示例县丽景置业有限公司" in page
    assert pages[0].count("410122198") == 23
    assert pages[1].count("410122198") == 7


def test_the_equipment_list_sums_up_on_its_last_page(printed: Printed) -> None:
    pages = text_of(printed(sheet("equipment_list", values_of("equipment_list", HIGH_VOLTAGE))))
    assert len(pages) == 2
    assert "合计" not in pages[0]
    assert "51台157.5kW（kVA）" in pages[1]
    assert all("经办人签名（单位盖章）" in page for page in pages)


LONG = {
    "customer_name": "示例县河口镇柳湾村第三村民小组农民用水合作与粮油加工专业合作社联合社𬱖",
    "address_door": "柳湾村三组村委会东侧第二条巷子北数第七户，" * 5 + "门前有一棵老槐树",
    "remarks": "请提前一天电话联系。" * 30 + "备注到此为止",
}


@pytest.mark.parametrize("form", list(CASES))
def test_long_names_and_addresses_are_never_cut(printed: Printed, form: str) -> None:
    values = values_of(form, CASES[form] | LONG)
    text = "".join(text_of(printed(sheet(form, values))))
    keys = {
        "household_list": (),
        "equipment_list": ("customer_name",),
        "registration_batch": ("customer_name", "address_door"),
        "registration_high_voltage": ("customer_name", "address_door"),
    }.get(form, ("customer_name", "address"))
    for key in (*keys, *(["remarks"] if form == "work_order" else [])):
        assert squeezed(values[key]) in text, key


def test_a_long_work_order_keeps_signature_and_seal_together(printed: Printed) -> None:
    values = values_of("work_order", UNIT | HIGH_VOLTAGE | LONG)
    pages = text_of(printed(sheet("work_order", values)))
    assert len(pages) == 2
    assert "业扩报装工单（续）" in pages[1]
    assert "送达签收" not in pages[0]
    assert all(word in pages[1] for word in ("送达签收", "递送人", "供电企业（盖章）", "直径40mm"))


def test_second_source_and_equipment_stand_on_the_high_voltage_order(printed: Printed) -> None:
    text = "".join(text_of(printed(sheet("work_order", values_of("work_order", HIGH_VOLTAGE)))))
    assert "申请容量400kVA，原有容量50kVA，负荷300kW" in text
    assert "共21种51台，157.5kW；需求负荷480kW" in text
    assert "农副食品加工业" in text


def test_typical_orders_take_one_page(printed: Printed) -> None:
    assert len(text_of(printed(sample("work_order")))) == 1
    for form in EVERY:
        if form.startswith("registration"):
            assert len(text_of(printed(sample(form)))) == 1, form


def test_ticks_follow_the_words(faces: Faces, form_of: FormOf) -> None:
    def ticked(form: str, values: dict[str, str]) -> list[bool]:
        page = compose(form_of(form), sheet(form, values), faces)[0]
        return [item.ticked for item in page.items if isinstance(item, Tick)]

    assert ticked("registration_resident", {"business": "增容"}) == [False, True]
    high = {"business": "新装", "category": "居民生活", "own_supply": "是", "nonlinear_load": "否"}
    assert ticked("registration_high_voltage", high) == [
        *(False, False),
        *(True, False, False),
        *(False, False, False, False, True),
        *(True, False),
        *(False, False),
        *(False, True),
    ]


def test_a_row_longer_than_a_page_is_not_lost_silently(faces: Faces, form_of: FormOf) -> None:
    values = sample("work_order").values | {"remarks": "备注" * 2000}
    job = Job(sheet("work_order", values), PRINTING, form_of("work_order"))
    warnings = render([job], BytesIO(), faces).warnings
    assert ["比整页还长" in warning.reason for warning in warnings] == [True]


def test_two_sets_of_fonts_may_print_in_turn(faces: Faces, form_of: FormOf) -> None:
    job = Job(replace(sample("work_order"), practice=True), PRINTING, form_of("work_order"))
    made = []
    for fonts in (faces, Faces(ROOT / "resources" / "fonts"), faces):
        out = BytesIO()
        render([job], out, fonts)
        made.append(out.getvalue())
    assert made[0] == made[1] == made[2]


def test_a_file_is_written_where_it_is_asked_for(faces: Faces, form_of: FormOf, tmp_path: Path) -> None:
    target = tmp_path / "工单.pdf"
    render([Job(sample("work_order"), PRINTING, form_of("work_order"))], target, faces)
    assert target.read_bytes().startswith(b"%PDF-1.5")
    with pytest.raises(ValueError, match="nothing to print"):
        render([], target, faces)


def test_sheets_of_several_kinds_go_into_one_file(faces: Faces, form_of: FormOf) -> None:
    out = BytesIO()
    forms = ("handover_list", "work_order")
    render([Job(sample(form), PRINTING, form_of(form)) for form in forms], out, faces)
    sizes = [(page.mediabox.width, page.mediabox.height) for page in pypdf.PdfReader(out).pages]
    assert sizes[0][0] > sizes[0][1]
    assert sizes[-1][0] < sizes[-1][1]


def test_a_full_work_order_of_two_sources_is_one_page(printed: Printed) -> None:
    """Eight papers, an importance, own supply: the sheet that must be stamped, carried and signed for."""
    plain = {"customer_name": "龙泉食品有限公司", "remarks": "", "existing_capacity": ""}
    values = values_of("work_order", HIGH_VOLTAGE | plain)
    assert len(values["materials"]) == 8
    assert len(text_of(printed(sheet("work_order", values)))) == 1
