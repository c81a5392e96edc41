"""The papers of the supply plan read back: every blank of the official sheets, refusals, estates, seal, QR
code, and which sheet comes when."""

from collections.abc import Callable
from io import BytesIO

import pypdf
import pytest

from tests.domain.replies import REFUSAL, draft, object_to, walked
from tests.domain.trade import Trade
from tests.paper.reading import codes_of, text_of
from tests.paper.samples import sample, sheet_of
from tests.paper.samples_reply import REPLIED, SAMPLES
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.domain.stages.survey.reply_papers import REPLY_FORMS
from yekuo_desktop.paper.compose import compose
from yekuo_desktop.paper.fonts import Faces
from yekuo_desktop.paper.form import Form
from yekuo_desktop.paper.items import Tick

Printed = Callable[..., bytes]
FormOf = Callable[[str], Form]


def squeezed(text: str) -> str:
    return "".join(text.split())


def read(printed: Printed, form: str, trade: Trade) -> str:
    """All pages of the sheet that this case gives now, as another program reads it."""
    return "".join(text_of(printed(sheet_of(form, trade))))


# ---- official sheets -----------------------------------------------------------------------------------


def test_the_low_voltage_reply_says_every_blank(printed: Printed) -> None:
    """regulations.md 2.7."""
    text = "".join(text_of(printed(sample("plan_reply_low_voltage"))))
    for words in (
        *("4101220012345", "柳湾粮油加工有限公司", "示例县河口镇柳湾村三组1号（村委会东侧）", "普通工业"),
        *("农副食品加工业", "380V", "30kW", "13800001000", "无业务费用", "主供", "柳湾2号台区", "柳湾支07杆"),
        *("表箱出线端", "架空", "商业", "1.0", "3×220/380V5(60)A", "三相四线", "门面房东墙,离地1.8米"),
        *("预留表箱位置,敷设表后线", "3个月内有效", "到期前10天", "客户签名（单位盖章）", "供电企业（盖章）"),
    ):
        assert words in text, words


def test_the_high_voltage_reply_says_every_blank(printed: Printed) -> None:
    """regulations.md 2.8."""
    text = "".join(text_of(printed(sample("plan_reply_high_voltage"))))
    for words in (
        *("4101220012345", "柳湾粮油加工有限公司", "拟定客户分级二级", "10kV", "1260kVA", "高可靠性供电费"),
        *("180.00", "630", "113,400.00", "省价费〔2017〕18号", "1年内有效", "到期前10天", "竣工报验前结清"),
        *("客户签名（单位盖章）", "供电企业（盖章）", "2026年3月10日"),
    ):
        assert words in text, words


def test_the_plan_itself_says_every_blank(printed: Printed) -> None:
    """regulations.md 2.8: 高压客户供电方案（正文）."""
    text = "".join(text_of(printed(sample("supply_plan"))))
    for words in (
        *("用电设备总容量1480kVA", "960kW", "1260kVA", "0kW", "320kW", "双电源异站双回路", "电气", "手动"),
        *("110kV城关变电站", "Ⅰ段", "911开关", "10kV城东线", "公线T接", "架空加电缆", "JKLYJ-120"),
        *("35kV河口变电站", "备用", "1个", "1号配电室", "干变", "单母线分段", "断路器", "200kW", "机械"),
        *(
            "一主一备",
            "速断、过流、零序",
            "不需治理",
            "产权及维护分界点",
            "高供高计",
            "三相三线",
            "10000/100",
        ),
        *("3×100V1.5(6)A", "0.5S", "0.2S", "50/5", "专变采集终端", "预付费", "两部制", "0.90", "400kvar"),
        *("113,400.00元", "三证" if "三证" in text else "生产许可证", "签收之日起1年"),
    ):
        assert words in text, words
    assert "居民小区" not in text


def test_an_estate_adds_its_own_blanks(printed: Printed) -> None:
    """regulations.md 2.8: 居民小区高压供电方案 adds areas, households, stations, range, reactive share."""
    estate = {
        "estate": True,
        "estate_area": "86400",
        "estate_buildings": "both",
        "estate_housing_area": "71000",
        "estate_households": "640",
        "estate_commercial_area": "9400",
        "estate_public_area": "6000",
        "estate_switching_stations": "1",
        "estate_substations": "3",
        "estate_tie_cabinets": "2",
        "estate_range": "滨河新城一期 1 至 9 号楼及配套公建",
    }
    text = read(printed, "supply_plan", walked("hv_dual", REPLIED, **estate))
    for words in (
        *("86400m²", "多层和高层", "71000m²", "640户", "9400m²", "6000m²", "1座", "3座", "2面"),
        *("滨河新城一期1至9号楼及配套公建", "30%"),
    ):
        assert words in text, words


@pytest.mark.parametrize("klass", ["lv_nonresident", "hv_single"])
def test_a_refusal_is_a_written_reply_with_its_reason(
    printed: Printed, faces: Faces, form_of: FormOf, klass: str
) -> None:
    form = "plan_reply_high_voltage" if klass == "hv_single" else "plan_reply_low_voltage"
    trade = walked(klass, REPLIED, supply_conclusion="impossible")
    snapshot = sheet_of(form, trade)
    text = "".join(text_of(printed(snapshot)))
    assert squeezed(REFUSAL["supply_refusal"]) in text
    assert "12398" in text
    assert "有效期" not in text
    assert "供电企业（盖章）" in text
    page = compose(form_of(form), snapshot, faces)[0]
    assert [item.ticked for item in page.items if isinstance(item, Tick)] == [False, True]


def test_a_plan_ticks_that_supply_is_possible(faces: Faces, form_of: FormOf) -> None:
    page = compose(form_of("plan_reply_high_voltage"), sample("plan_reply_high_voltage"), faces)[0]
    assert [item.ticked for item in page.items if isinstance(item, Tick)] == [True, False]


# ---- approval and fees ---------------------------------------------------------------------------------


def test_the_approval_sheet_names_drafter_departments_returns_and_approver(printed: Printed) -> None:
    pages = text_of(printed(sample("plan_approval")))
    assert len(pages) == 1
    for words in (
        *("拟定人李明", "第2次", "营销部同意", "何平", "生技部同意", "高志远", "备用电源的切换方式没有写明"),
        *("同意按本方案答复客户", "审批人：钱勇", "10kV城东线", "高供高计", "干变2台×630kVA", "1260kVA"),
    ):
        assert words in pages[0], words


def test_a_low_voltage_approval_has_no_departments(printed: Printed) -> None:
    text = read(printed, "plan_approval", walked("lv_resident", 1))
    assert "部门会签" not in text
    assert "退回记录" not in text
    assert "柳湾2号台区" in text
    assert "30kW" in text


def test_an_approved_refusal_shows_its_reason_and_no_plan(printed: Printed) -> None:
    text = read(printed, "plan_approval", walked("hv_single", 1, supply_conclusion="impossible"))
    assert squeezed(REFUSAL["supply_refusal"]) in text
    assert "电源1" not in text


def test_the_fee_notice_shows_what_was_paid_and_what_is_open(printed: Printed) -> None:
    assert "尚欠113,400.00元" in read(printed, "fee_notice", walked("hv_dual", REPLIED))
    trade = walked("hv_dual", REPLIED)
    paid = {"fees_amount": "13400", "fees_items": "高可靠性供电费", "fees_way": "card"}
    trade.do("fees.received", "wangli", **paid, fees_receipt_no="0041026", fees_payer="柳湾粮油加工有限公司")
    text = read(printed, "fee_notice", trade)
    for words in (
        "应收合计113,400.00元",
        "已收13,400.00元",
        "尚欠100,000.00元",
        "刷卡",
        "0041026",
        "2026-03-10",
    ):
        assert words in text, words


@pytest.mark.parametrize("form", sorted(SAMPLES))
def test_typical_sheets_take_the_pages_they_should(printed: Printed, form: str) -> None:
    assert len(text_of(printed(sample(form)))) == (2 if form == "supply_plan" else 1)


@pytest.mark.parametrize("form", sorted(REPLY_FORMS))
def test_codes_seals_and_fonts(printed: Printed, form: str) -> None:
    """答复单: 供电企业章; 正文 has no seal (regulations.md 6.1); ours carries the code all sheets do."""
    snapshot: Snapshot = sample(form)
    pdf = printed(snapshot)
    assert codes_of(pdf) == [snapshot.qr]
    assert REPLY_FORMS[form].sealed == form.startswith("plan_reply")
    assert ("供电业务专用章" in "".join(text_of(pdf))) == REPLY_FORMS[form].sealed
    fonts = {
        font.get_object()["/BaseFont"]
        for page in pypdf.PdfReader(BytesIO(pdf)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert all("+" in name for name in fonts)  # embedded subsets


# ---- when a sheet may be issued -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("klass", "steps", "forms"),
    [
        ("lv_resident", 0, set()),
        ("lv_resident", 1, {"plan_approval"}),
        ("lv_resident", 2, {"plan_approval", "plan_reply_low_voltage"}),
        ("hv_single", 1, {"plan_approval"}),
        ("hv_single", 2, {"plan_approval", "plan_reply_high_voltage", "supply_plan", "fee_notice"}),
    ],
)
def test_which_sheets_a_step_gives(klass: str, steps: int, forms: set[str]) -> None:
    trade = walked(klass, steps)
    assert {form.id for form in REPLY_FORMS.values() if form.when(trade.case)} == forms


def test_a_refusal_has_no_plan_and_no_fees() -> None:
    trade = walked("hv_dual", REPLIED, supply_conclusion="impossible")
    given = {form.id for form in REPLY_FORMS.values() if form.when(trade.case)}
    assert given == {"plan_approval", "plan_reply_high_voltage"}


def test_an_objected_plan_gives_no_more_sheets_until_the_next_reply() -> None:
    trade = walked("hv_dual", 3)
    object_to(trade)
    draft(trade)
    assert not any(form.when(trade.case) for form in REPLY_FORMS.values())
