"""送审登记表 and 审查意见书 read back: typical, extreme and nearly empty (regulations.md 2.9, 6.1)."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.paper.extremes import ADDRESS, NAME, SENTENCE, emptied, rows
from tests.paper.reading import codes_of, text_of
from tests.paper.samples import SHEET_NO, sample, sheet, sheet_of
from tests.paper.samples_design import reviewed
from yekuo_desktop.domain.qr import read_code

Printed = Callable[..., bytes]


def said(printed: Printed, form: str, **changes: Any) -> list[str]:
    """The pages of a form with some words changed."""
    return text_of(printed(sheet(form, sample(form).values | changes)))


def test_the_submission_counts_drawings_and_lists_every_paper(printed: Printed) -> None:
    (page,) = text_of(printed(sample("design_submission")))
    for words in (
        *("第1次", "4份", "土建图纸（份）4", "线路图纸（份）4", "变电图纸（份）4"),
        *("中原电力设计院有限公司", "乙级", "A141004101", "客户自行选定"),
        *("负荷分布图", "双电源主接线、平面与电缆走向、继保与备自投图", "接收人：李明"),
        *("供电企业未指定设计、施工和设备供应单位", "审查时限自受理送审资料之日起算"),
    ):
        assert words in page, words
    assert page.count("已收") == 8


def test_the_opinion_says_everything_once_under_the_official_seal(printed: Printed) -> None:
    (page,) = text_of(printed(sample("design_opinion")))
    for words in (
        *("第1次审查", "1D-05计量柜前操作通道0.8米调整为不小于1.5米", "2D-02进线柜缺少电缆故障指示器"),
        *("营销部需修改", "生技部需修改", "高志远", "审核人：钱勇", "客户签收（签名）"),
        *("供电企业（公章）", "公章直径40mm", "一次性书面意见"),
    ):
        assert words in page, words
    assert "前次意见复审" not in page


def test_the_second_opinion_answers_the_first(printed: Printed) -> None:
    (page,) = text_of(printed(sheet_of("design_opinion", reviewed("design.concluded", 2))))
    for words in (
        *("第2次审查", "前次意见复审", "1通道已调整为1.6米D-05（A版）已落实"),
        "2已补装D-02（A版）已落实",
    ):
        assert words in page, words
    assert "修改意见" not in page
    assert "重新报送审查" in page  # only where the design is changed later
    assert "修改完毕后" not in page


def test_what_is_not_done_is_said_and_new_findings_go_on_with_the_numbers(printed: Printed) -> None:
    trade = reviewed("design.opined", 4)
    closed = [
        {"no": "1", "outcome": "已改", "evidence": "D-05A"},
        {"no": "2", "outcome": "图上没有改"},
    ]
    new = [{"drawing": "D-09", "what": "新增出线未校核", "required": "补充计算"}]
    trade.do(
        "design.concluded", "qianyong", design_result="change", design_closed=closed, design_findings=new
    )
    (page,) = text_of(printed(sheet_of("design_opinion", trade)))
    assert "1已改D-05A已落实" in page
    assert "2图上没有改未落实" in page
    assert "3D-09新增出线未校核补充计算" in page


@pytest.mark.parametrize("form", ["design_submission", "design_opinion"])
def test_long_names_and_rare_characters_are_never_cut(printed: Printed, form: str) -> None:
    text = "".join(said(printed, form, customer_name=NAME, address=ADDRESS, designer_name=NAME))
    assert text.count(NAME) >= 2
    assert ADDRESS in text


def test_thirty_findings_run_over_pages_and_keep_seal_and_signatures_together(printed: Printed) -> None:
    found = [
        {**row, "finding_no": str(at)}
        for at, row in enumerate(rows(30, drawing="D-", what=SENTENCE, required="按典型设计改正"), start=1)
    ]
    pages = said(printed, "design_opinion", design_findings=found, customer_name=NAME)
    assert len(pages) > 2
    text = "".join(pages)
    assert all(f"{SENTENCE}{at}按典型设计改正{at}" in text for at in range(1, 31))
    together = [page for page in pages if "供电企业（公章）" in page]
    assert together == [pages[-1]]
    assert all(words in pages[-1] for words in ("审核人：", "客户签收（签名）", "直径40mm"))
    assert all("图号" in page for page in pages[1:-1])
    assert all(f"第{at}页共{len(pages)}页" in page for at, page in enumerate(pages, start=1))


def test_a_long_list_of_papers_keeps_the_signatures_together(printed: Printed) -> None:
    papers = rows(30, name=NAME, state="已收", copies="4", note="补送")
    pages = said(printed, "design_submission", design_papers=papers)
    assert len(pages) > 1
    assert "".join(pages).count(NAME) == 30
    assert [("报送人（签名）" in page, "接收人：" in page) for page in pages][-1] == (True, True)


@pytest.mark.parametrize("form", ["design_submission", "design_opinion"])
def test_a_sheet_with_blanks_is_still_a_sheet(printed: Printed, form: str) -> None:
    kept = sheet(form, emptied(sample(form).values, "county", "customer_name"))
    pdf = printed(kept)
    (page,) = text_of(pdf)
    assert "None" not in page
    assert "示例县河口镇柳湾粮油加工有限责任公司" in page
    (code,) = (read_code(text) for text in codes_of(pdf))
    assert code is not None
    assert code.sheet_no == SHEET_NO
