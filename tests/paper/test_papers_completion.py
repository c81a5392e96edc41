"""The papers of stage 5 read back: what was declared, every defect with its party and day, signatures."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.domain.completion_cases import walked
from tests.domain.walk import walk
from tests.paper.reading import text_of
from tests.paper.samples import sample, sheet, sheet_of
from tests.paper.samples_completion import ANSWERS, failed, reinspected, trade
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.domain.stages.completion.papers import FORMS
from yekuo_desktop.office.printing import available_forms

Printed = Callable[..., bytes]
RARE = "𬱖"
LONG = f"示例县河口镇柳湾村第三村民小组农民用水合作与粮油加工专业合作社联合社{RARE}某某分社"
PAPERS = sorted(FORMS)


def text(pdf: bytes) -> str:
    return "".join(text_of(pdf))


def extreme(form: str, count: int = 30) -> Snapshot:
    """Names of forty characters, thirty rows in every table, nothing in what may be empty."""
    values = {key: _extreme(value, count) for key, value in sample(form).values.items()}
    return sheet(form, values | {"customer_name": LONG, "works_name": LONG})


def _extreme(value: Any, count: int) -> Any:
    if isinstance(value, list):
        row = {key: part or "" for key, part in (value[0] if value else {}).items()}
        return [{**row, "name": LONG, "what": LONG, "item": f"{LONG}{at}"} for at in range(count)]
    return value


def test_the_report_says_all_that_was_declared(printed: Printed) -> None:
    """工程 and 受电设备 of regulations.md 2.11."""
    found = text(printed(sample("completion_application")))
    for words in (
        *("竣工报验申请表", "报验单位", "柳湾电力安装工程有限公司", "郑长顺", "0371-65550155", "第1次"),
        *("工程编号", "工程类别", "客户受电工程", "施工容量", "630kVA", "开工日期", "2026-03-01"),
        *("客户代表", "项目负责人", "质量评定", "自检合格", "施工内容", "进线电缆、受电装置"),
        *("电气设计", "中原电力设计院有限公司", "A141004101", "乙级", "韩雪", "电气施工", "电气试验"),
        *("S22-630/10", "油浸式", "示例变压器厂", "KYN28-12", "配电室", "报验单位（签章）"),
    ):
        assert words in found, words


def test_the_registration_tells_the_customer_by_when(printed: Printed) -> None:
    """报验资料 of regulations.md 2.11; 供电监管办法: HV 7 wd from the report (1.1)."""
    found = text(printed(sample("completion_registration")))
    for words in (
        *("竣工图及说明", "已收", "材料齐全", "接收人", "李明2026-03-1010:00", "2026-03-1109:30"),
        *("2026-03-1917:30前（7个工作日）", "起算当日不计", "报验人（签名）"),
    ):
        assert words in found, words


def test_where_one_source_is_the_interlock_does_not_apply(printed: Printed) -> None:
    found = text(printed(sheet_of("completion_minutes", walked("completion.inspected"))))
    assert "无双电源、自备电源不涉及" in found


def test_the_minutes_gather_opinions_findings_and_defects(printed: Printed) -> None:
    found = text(printed(sample("completion_minutes")))
    for words in (
        *("竣工验收（第1次）", "验收依据", "营销部孙浩、生技部高志远", "受电工程全部"),
        *("相色标识与接线不符", "不合格", "闭锁可靠，切换试验正常", "配电室操作通道堆放杂物"),
        *("重做电缆头，更正相色并重新核相", "施工单位", "清理通道，按规定装设警示标志", "客户", "2026-04-09"),
        *("供电企业（签字）：何平", "客户（签字）", "施工单位（签字）", "复验合格后方可送电"),
    ):
        assert words in found, words


def test_the_minutes_of_a_reinspection_close_with_evidence(printed: Printed) -> None:
    found = text(printed(sheet_of("completion_minutes", reinspected())))
    assert "竣工复验（第2次）" in found
    assert "2026-03-10的验收纪要、整改通知书和整改记录" in found
    assert "整改后照片2张，现场复验" in found
    assert "缺陷已全部消除" in found
    assert "缺陷及整改要求" not in found
    assert "方可送电" not in found


def test_the_notice_tells_each_party_what_it_must_do(printed: Printed) -> None:
    """种子文件 五: 整改要求区分施工单位与客户."""
    found = text(printed(sample("rectification_notice")))
    builder, customer = found.index("由施工单位整改"), found.index("由客户整改")
    assert builder < found.index("进线电缆相色标识与接线不符") < customer
    assert customer < found.index("配电室操作通道堆放杂物") < found.index("复验确认人")
    assert "由其他单位整改" not in found
    assert "交回之日即为申请复验" in found


def test_a_defect_of_somebody_else_has_its_own_place(printed: Printed) -> None:
    values = sample("rectification_notice").values
    other = {**values["builder_defects"][0], "responsible": "设计单位"}
    found = text(printed(sheet("rectification_notice", values | {"other_defects": [other]})))
    assert "由其他单位整改" in found
    assert "设计单位" in found


@pytest.mark.parametrize("form", PAPERS)
def test_extreme_sheets_keep_every_row_and_character(printed: Printed, form: str) -> None:
    snapshot = extreme(form)
    pages = text_of(printed(snapshot))
    found = "".join(pages)
    assert LONG in found
    tables = [value for value in snapshot.values.values() if isinstance(value, list) and value]
    assert len(pages) > 1
    assert found.count(LONG) >= max(len(rows) for rows in tables)
    assert "第1页共" in pages[0]


@pytest.mark.parametrize("form", PAPERS)
def test_an_empty_sheet_can_be_drawn(printed: Printed, form: str) -> None:
    fresh = sheet_of(form, trade())
    assert FORMS[form].title in text(printed(fresh))


@pytest.mark.parametrize("form", [form for form in PAPERS if form != "completion_minutes"])
def test_a_typical_sheet_is_one_page(printed: Printed, form: str) -> None:
    assert len(text_of(printed(sample(form)))) == 1


def test_conclusion_defects_and_signatures_stay_together(printed: Printed) -> None:
    pages = text_of(printed(sample("completion_minutes")))
    assert len(pages) == 2
    assert all(words in pages[1] for words in ("三结论", "总体评价", "缺陷及整改要求", "客户（签字）"))
    assert "三结论" not in pages[0]


def test_each_inspection_has_its_minutes_and_a_failed_one_its_notice() -> None:
    def offered(until: str) -> set[str]:
        case = walk(trade(), ANSWERS, until).case if until else trade().case
        return {form.id for form in available_forms(case)} & set(PAPERS)

    assert offered("") == set()
    assert offered("completion.applied") == {"completion_application", "completion_registration"}
    assert offered("completion.inspected") == set(PAPERS)
    assert "rectification_notice" not in offered("completion.reinspected")
    assert "completion_minutes" in offered("completion.reinspected")
    assert failed().case.standing("completion_minutes") == ()
