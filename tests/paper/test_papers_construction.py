"""中间检查登记表, 意见书, 装表工单, 合同起草通知 read back: typical, extreme and nearly empty
(regulations.md 2.10, 4.5, 6.1)."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.domain.walk import DAY, walk
from tests.paper.extremes import ADDRESS, NAME, SENTENCE, emptied, rows
from tests.paper.reading import codes_of, text_of
from tests.paper.samples import SHEET_NO, sample, sheet, sheet_of
from tests.paper.samples_construction import SAMPLES, built, under_way
from yekuo_desktop.domain.qr import read_code
from yekuo_desktop.office.practice.construction import answers

Printed = Callable[..., bytes]


def said(printed: Printed, form: str, **changes: Any) -> list[str]:
    """The pages of a form with some words changed."""
    return text_of(printed(sheet(form, sample(form).values | changes)))


def test_the_registration_says_who_builds_and_why_now(printed: Printed) -> None:
    (page,) = text_of(printed(sample("intermediate_registration")))
    for words in (
        *("第1次申请", "柳湾电力安装工程有限公司", "五级制（28号令）四级", "中州电力试验检测有限公司"),
        *("开工日期2026-03-10", "隐蔽工程电缆沟、接地装置", "申请人郭建设", "受理人：李明"),
        *("中间检查申请已收1", "设备三证：生产许可证、产品合格证、入网许可证"),
        *("隐蔽工程未经检查不得覆盖", "客户自行选定"),
    ):
        assert words in page, words


def test_at_two_thirds_the_percentage_stands_there(printed: Printed) -> None:
    trade = walk(under_way("lv_nonresident"), answers("lv_nonresident", DAY), "intermediate.applied")
    (page,) = text_of(printed(sheet_of("intermediate_registration", trade)))
    assert "安装完成70%" in page
    assert "计划覆盖日期" not in page
    assert "试验单位" not in page.replace("施工与试验单位", "").replace("施工、试验单位", "")


def test_the_first_opinion_names_every_defect_with_who_and_when(printed: Printed) -> None:
    (page,) = text_of(printed(sample("intermediate_opinion")))
    for words in (
        *("第1次检查", "检查依据2026-03-10审查同意的设计图纸", "何平（营销部）、高志远（生技部）"),
        *("1与审查同意的设计图纸一致不合格", "4计量装置选型合格"),
        *("1电缆沟内支架未接地支架与接地干线可靠焊接施工单位2026-03-20", "3配电室门向内开改为向外开启客户"),
        *("供电企业检查人（签名）", "客户（签名）"),
    ):
        assert words in page, words
    assert "以前缺陷的整改" not in page


def test_the_second_opinion_shows_what_became_of_them(printed: Printed) -> None:
    (page,) = text_of(printed(sheet_of("intermediate_opinion", built("intermediate.inspected", 2))))
    assert "第2次检查" in page
    assert "1电缆沟内支架未接地支架已焊接接地整改照片1" in page
    assert "缺陷及整改要求" not in page
    assert "检查合格的部分可以继续施工" in page
    assert "在期限内整改" not in page


def test_a_second_failure_goes_on_with_the_numbers(printed: Printed) -> None:
    trade = built("intermediate.rectified")
    values = next(r.values for r in trade.case.records if r.kind == "intermediate.inspected")
    defect = {"what": "新缺陷", "required": "改", "responsible": "customer", "due": "2026-05-01"}
    trade.do("intermediate.inspected", "heping", **{**values, "intermediate_findings": [defect]})
    text = "".join(text_of(printed(sheet_of("intermediate_opinion", trade))))
    assert "4新缺陷改客户2026-05-01" in text
    assert "3配电室门向内开门已改为外开" in text


def test_the_order_says_what_to_install_and_leaves_room_for_what_was(printed: Printed) -> None:
    (page,) = text_of(printed(sample("metering_order")))
    for words in (
        *("应装计量装置", "高供高计三相三线3×100V1.5(6)A0.5S30/50.2S10/0.10.2", "供电电压10kV"),
        *("供电容量630kVA", "送交杜伟", "通知人：李明", "装表记录（现场填写）", "电能表资产编号"),
        *("产权分界点10kV粮油线12号杆", "预购电报警和跳闸试验"),
    ):
        assert words in page, words


def test_the_notice_says_with_whom_and_about_what(printed: Printed) -> None:
    (page,) = text_of(printed(sample("contract_notice")))
    for words in (
        *("合同种类高压供用电合同", "证件号码91410122MA3X4K5T2P", "法定代表人赵国强", "送交薛梅"),
        *("签订依据用电申请YK4101-HK01-260310-0001", "未签订合同不得送电"),
    ):
        assert words in page, words


def test_of_low_voltage_each_source_has_its_boundary(printed: Printed) -> None:
    sources = [{"boundary": "表箱进线"}, {"boundary": "分支箱出线"}, {"boundary": "表箱进线"}]
    trade = under_way("lv_nonresident", ownership_boundary="", plan_capacity="80", sources=sources)
    walk(trade, answers("lv_nonresident", DAY), "metering.ordered")
    (page,) = text_of(printed(sheet_of("metering_order", trade)))
    assert "产权分界点表箱进线；分支箱出线" in page
    assert "供电容量80kW" in page


@pytest.mark.parametrize("form", SAMPLES)
def test_long_names_and_rare_characters_are_never_cut(printed: Printed, form: str) -> None:
    text = "".join(said(printed, form, customer_name=NAME, address=ADDRESS, builder_name=NAME))
    assert NAME in text
    assert ADDRESS in text


def test_thirty_defects_run_over_pages_and_keep_the_signatures_together(printed: Printed) -> None:
    found = [
        {**row, "defect_no": str(at), "responsible": "施工单位", "due": "2026-04-01"}
        for at, row in enumerate(rows(30, what=SENTENCE, required="整改"), start=1)
    ]
    earlier = rows(30, defect_no="", what=NAME, outcome="已改", evidence="照片")
    pages = said(printed, "intermediate_opinion", intermediate_findings=found, intermediate_earlier=earlier)
    text = "".join(pages)
    assert all(f"{SENTENCE}{at}整改{at}" in text for at in range(1, 31))
    assert text.count(NAME) == 30
    assert [page for page in pages if "客户（签名）" in page] == [pages[-1]]
    assert "供电企业检查人（签名）" in pages[-1]
    assert all(f"第{at}页共{len(pages)}页" in page for at, page in enumerate(pages, start=1))


def test_thirty_metering_points_are_all_ordered_and_all_get_a_line(printed: Printed) -> None:
    points = rows(30, place="第三车间配电室北墙计量箱", meter="3×220/380V 1.5(6)A 1.0-", ct="100/5-")
    pages = said(printed, "metering_order", metering_order_points=points)
    text = "".join(pages)
    assert all(f"第三车间配电室北墙计量箱{at}" in text for at in range(1, 31))
    assert len(pages) > 1
    assert "调试核对（签名）" in pages[-1]


@pytest.mark.parametrize("form", SAMPLES)
def test_a_sheet_with_blanks_is_still_a_sheet(printed: Printed, form: str) -> None:
    kept = sheet(form, emptied(sample(form).values, "county", "customer_name"))
    pdf = printed(kept)
    (page,) = text_of(pdf)
    assert "None" not in page
    assert "示例县河口镇柳湾粮油加工有限责任公司" in page
    (code,) = (read_code(text) for text in codes_of(pdf))
    assert code is not None
    assert code.sheet_no == SHEET_NO
