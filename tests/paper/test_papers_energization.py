"""The papers of stage 6 read back: conditions, three people with three times, readings, tests, seals."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.domain.energization_cases import ready, walked
from tests.domain.trade import Trade
from tests.domain.walk import DAY, walk
from tests.domain.walk import given as recorded
from tests.paper.reading import text_of
from tests.paper.samples import HIGH_VOLTAGE, sample, sheet, sheet_of
from tests.paper.samples_energization import sealed
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.domain.stages.energization.meter_papers import multiplier, paired
from yekuo_desktop.domain.stages.energization.papers import FORMS
from yekuo_desktop.office.practice.energization import answers
from yekuo_desktop.office.printing import available_forms

Printed = Callable[..., bytes]
LONG = "示例县河口镇柳湾村第三村民小组农民用水合作与粮油加工专业合作社联合社𬱖某某分社"
PAPERS = sorted(FORMS)


def text(pdf: bytes) -> str:
    return "".join(text_of(pdf))


def test_the_task_tells_the_crew_all_it_needs(printed: Printed) -> None:
    found = text(printed(sample("energization_task")))
    for words in (
        *("竣工检验合格", "供用电合同已签订", "业务费用已结清", "计量装置已安装", "送电时间已商定"),
        *("2026-03-1017:00", "投运工作小组", "李明", "马强调度命令", "杜伟核表加封"),
        *("1.检查受电装置在冷备用", "拆除全部接地线", "柳湾电力安装工程有限公司", "郑长顺0371-65550155"),
        *("许可人（用电检查专责）：", "下令人（配网管理）：", "执行人（施工单位）：", "受令人须复诵"),
    ):
        assert words in found, words


def test_a_condition_that_is_open_says_why(printed: Printed) -> None:
    found = text(printed(sheet_of("energization_task", ready(settled=("contract",)))))
    assert "否还欠业务费用500.00元" in found
    assert "否还没有竣工检验" in found


def test_the_order_names_three_people_and_three_times(printed: Printed) -> None:
    """种子文件 六: 许可、命令、执行."""
    found = text(printed(sample("energization_order")))
    for words in (
        *("许可人（用电检查）何平许可时间2026-03-1012:00", "下令人（配网管理）马强下令时间2026-03-1013:00"),
        *("执行人（施工单位）郑长顺0371-65550155执行时间2026-03-1014:00", "送电时间2026-03-1014:00"),
        *("受令人郑长顺", "SD-017", "冲击合闸3次正常", "登记人：李明", "客户（签名）：", "执行人（签名）："),
    ):
        assert words in found, words


def test_the_slip_says_what_the_customer_signs(printed: Printed) -> None:
    """装拆表: 起止度、封印由客户签字 (regulations.md 2.12)."""
    found = text(printed(sample("meter_slip")))
    for words in (
        *("高压计量柜410100120003", "50/50.2S", "1000", "三相四线", "备用电源计量柜410100120004"),
        *("正向有功总0.00", "正向有功峰0.00", "最大需量0.00", "A相57.80.620.96", "正相序"),
        *("预购电报警试验合格；跳闸试验合格", "表盖A0001001", "端子盖A0001004"),
        *("客户签认：赵国强", "核表人：杜伟", "加封人：杜伟", "计量装拆单保存不少于3年"),
    ):
        assert words in found, words
    assert "拆回计量装置" not in found


def test_what_was_taken_down_stands_on_the_slip(printed: Printed) -> None:
    row = {"asset_no": "4101OLD", "meter": "DD862", "register": "正向有功总", "reading": "12345.6"}
    values = sample("meter_slip").values | {"meters_removed": [{**row, "seal_no": "B77"}]}
    found = text(printed(sheet("meter_slip", values)))
    assert "拆回计量装置" in found
    assert "4101OLDDD862正向有功总12345.6B77" in found


def test_a_meter_without_prepayment_was_not_tested(printed: Printed) -> None:
    values = sample("meter_slip").values | {"meter_tests": "未装预付费，不做报警和跳闸试验"}
    assert "不做报警和跳闸试验" in text(printed(sheet("meter_slip", values)))


@pytest.mark.parametrize(
    ("ct", "pt", "wanted"),
    [
        ("50/5 0.2S", "10/0.1 0.2", "1000"),
        ("150/5", "", "30"),
        ("", "", "1"),
        ("200/1", "10000/100", "20000"),
        ("变比见铭牌", "", ""),
    ],
)
def test_a_reading_counts_by_both_ratios(ct: str, pt: str, wanted: str) -> None:
    assert multiplier(ct, pt) == wanted


def test_two_rows_stand_on_one_line() -> None:
    rows = [{"reading": str(at)} for at in range(3)]
    assert paired(rows, ("reading",)) == [
        {"reading": "0", "reading_2": "1"},
        {"reading": "2", "reading_2": ""},
    ]


def extreme(form: str) -> Snapshot:
    """Names of forty characters, thirty rows in every table, empty optional fields."""
    optional = ("permit_notes", "command_no", "energization_agreed_phone", "meter_check_witness")
    values = {key: _many(value) for key, value in sample(form).values.items()}
    names = ("customer_name", "energization_crew", "energization_unit")
    return sheet(form, values | dict.fromkeys(optional, "") | dict.fromkeys(names, LONG))


def _many(value: Any) -> Any:
    if not isinstance(value, list) or not value:
        return value
    return [{**value[0], "name": LONG, "place": LONG, "condition": f"{LONG}{at}"} for at in range(30)]


@pytest.mark.parametrize("form", PAPERS)
def test_extreme_sheets_keep_every_row_and_character(printed: Printed, form: str) -> None:
    pages = text_of(printed(extreme(form)))
    found = "".join(pages)
    assert len(pages) > 1
    assert LONG in found
    rows = {"energization_task": 60, "energization_order": 30, "meter_slip": 30}[form]
    assert found.count(LONG) >= rows
    assert "签名" in pages[-1] or "签认" in pages[-1] or "施工单位）：" in pages[-1]


@pytest.mark.parametrize("form", PAPERS)
def test_an_empty_sheet_can_be_drawn(printed: Printed, form: str) -> None:
    assert FORMS[form].title in text(printed(sheet_of(form, ready())))


def test_the_customer_signs_on_the_page_of_the_seals(printed: Printed) -> None:
    pages = text_of(printed(sample("meter_slip")))
    assert len(pages) == 2
    assert all(words in pages[1] for words in ("五封签", "A0001004", "客户签认"))


def test_what_is_too_long_for_a_page_fills_its_pages(printed: Printed) -> None:
    """Two hundred seals: rows that should stay together and cannot do not take a page each."""
    values = sample("meter_slip").values
    pages = text_of(printed(sheet("meter_slip", values | {"seal_pairs": values["seal_pairs"][:1] * 100})))
    assert len(pages) <= 6
    assert "客户签认" in pages[-1]
    assert "A0001001" in pages[-1]


def outside(klass: str = "hv_dual") -> Trade:
    """With works outside that had to be accepted: a condition more, on every sheet."""
    given = {key: value for key, value in HIGH_VOLTAGE.items() if key != "klass"}
    return walk(recorded(ready(klass, **given), "survey.done", external_line=True), answers(klass, DAY))


def test_typical_sheets_are_one_page(printed: Printed) -> None:
    for snapshot in (
        sample("energization_task"),
        sample("energization_order"),
        sheet_of("energization_task", outside()),
        sheet_of("energization_order", outside()),
        sheet_of("meter_slip", sealed("hv_single")),
        sheet_of("meter_slip", sealed("lv_resident")),
    ):
        assert len(text_of(printed(snapshot))) == 1, snapshot.form


@pytest.mark.parametrize(
    ("klass", "done", "offered"),
    [
        ("hv_single", "energization.scheduled", set()),
        ("hv_single", "energization.tasked", {"energization_task"}),
        ("hv_single", "energization.commanded", {"energization_task"}),
        ("hv_single", "energization.executed", {"energization_task", "energization_order"}),
        ("hv_single", "meter.sealed", {"energization_task", "energization_order", "meter_slip"}),
        ("lv_resident", "energization.connected", set()),
        ("lv_resident", "meter.sealed", {"meter_slip"}),
    ],
)
def test_each_paper_has_its_time(klass: str, done: str, offered: set[str]) -> None:
    case = walked(done, 1, klass=klass).case
    assert {form.id for form in available_forms(case)} & set(PAPERS) == offered
