"""现场勘查单 read back: what was verified, ticks, who signs; one page, nothing lost where there is more."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from tests.domain.trade import Trade
from tests.paper.reading import codes_of, text_of
from tests.paper.samples import NONRESIDENT, sample, sheet_of
from tests.paper.samples_survey import surveyed
from yekuo_desktop.domain.case import Case, Paper
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.domain.stages import ALL_FORMS
from yekuo_desktop.paper.compose import compose
from yekuo_desktop.paper.fonts import Faces
from yekuo_desktop.paper.form import Form
from yekuo_desktop.paper.items import Tick

Printed = Callable[..., bytes]
FormOf = Callable[[str], Form]
BOTH = pytest.mark.parametrize("form", ["survey_low_voltage", "survey_high_voltage"])
LONG_NAME = "示例县河口镇柳湾村第三村民小组农民用水合作与粮油加工专业合作社联合社𬱖"
ROWS = [
    {"name": f"第{at}号车间三相异步电动机组", "model": "YE3-250M-4", "quantity": "2", "total_capacity": "55"}
    for at in range(1, 31)
]


def pages(printed: Printed, snapshot: Snapshot) -> list[str]:
    return text_of(printed(snapshot))


@BOTH
def test_a_typical_sheet_takes_one_page(printed: Printed, form: str) -> None:
    assert len(pages(printed, sample(form))) == 1


def test_what_was_applied_for_stands_beside_what_was_verified(printed: Printed) -> None:
    (text,) = pages(printed, sample("survey_low_voltage"))
    assert "申请用电类别普通工业" in text
    assert "80kW（合计120kW）" in text
    assert "核定用电容量120kW" in text
    assert "电源点信息10kV柳湾线柳湾2号台区" in text
    assert "有受电工程、有外线工程" in text
    assert "勘查人签名李明" in text


def test_the_departments_that_were_sent_find_a_line_to_sign(printed: Printed) -> None:
    (text,) = pages(printed, sample("survey_high_voltage"))
    assert all(name in text for name in ("营销部", "生技部", "配网"))
    assert "李明、高志远、马强" in text
    later = surveyed("hv_dual", "plan.drafted")
    (text,) = pages(printed, sheet_of("survey_high_voltage", later))
    assert text.count("同意") == 3
    assert "高志远" in text


def test_one_household_is_surveyed_by_one_person(printed: Printed) -> None:
    trade = surveyed("lv_resident", supply_mode="single_phase", category="201", industry="")
    (text,) = pages(printed, sheet_of("survey_low_voltage", trade))
    assert "参加部门" not in text
    assert "可直接装表" in text


def ticks(faces: Faces, form: Form, snapshot: Snapshot) -> list[bool]:
    return [item.ticked for item in compose(form, snapshot, faces)[0].items if isinstance(item, Tick)]


def test_ticks_follow_the_survey(faces: Faces, form_of: FormOf) -> None:
    low, high = "survey_low_voltage", "survey_high_voltage"
    yes_no = [True, False]
    assert ticks(faces, form_of(low), sample(low)) == [*yes_no, *yes_no, False, True, *yes_no]
    boxed_oil = [False, False, True, True, False]
    assert ticks(faces, form_of(high), sample(high)) == [*yes_no, *yes_no, *boxed_oil, *yes_no]


@BOTH
def test_the_code_leads_back_to_the_sheet(printed: Printed, form: str) -> None:
    snapshot = sample(form)
    assert codes_of(printed(snapshot)) == [snapshot.qr]


@BOTH
def test_much_goes_on_to_the_next_page_and_nothing_is_lost(printed: Printed, form: str) -> None:
    snapshot = sample(form)
    extreme = {
        **snapshot.values,
        "customer_name": LONG_NAME,
        "survey_route": "自 07 号杆引下,沿村道向东再向北," * 8 + "至院墙止",
        "survey_remarks": "现场狭窄,吊车不能进入。" * 20 + "备注到此为止",
        "supply_refusal": "台区重过载",
        "survey_violation_words": "表前接线",
        "survey_equipment": ROWS,
    }
    pdf = printed(replace(snapshot, values=extreme))
    text = "".join(text_of(pdf))
    for wanted in (LONG_NAME, "至院墙止", "备注到此为止", "台区重过载", "表前接线", "勘查人签名"):
        assert wanted in text
    if form == "survey_low_voltage":
        assert all(row["name"] in text for row in ROWS)


@pytest.mark.parametrize(
    ("klass", "form"),
    [("lv_resident", "survey_low_voltage"), ("hv_dual", "survey_high_voltage")],
)
def test_whoever_goes_takes_a_sheet_along_to_fill_in_by_hand(
    printed: Printed, faces: Faces, form_of: FormOf, klass: str, form: str
) -> None:
    """What was applied for stands on it, nothing of what has to be verified."""
    joint = klass == "hv_dual"
    trade = surveyed(klass, "survey.appointed", category="405") if joint else before(klass)
    assert [paper.id for paper in ALL_FORMS.values() if paper.id == form and paper.when(trade.case)] == [form]
    snapshot = sheet_of(form, trade)
    (text,) = pages(printed, snapshot)
    assert not any(ticks(faces, form_of(form), snapshot))
    assert "年月日" in text
    assert "申请用电类别商业" in text
    assert "自备应急电源" not in text  # applied for, not verified yet
    assert ("营销部" in text) is joint  # who is sent finds his line to sign


def before(klass: str) -> Trade:
    return Trade(
        klass, "survey", rules="rules_2019", values={**NONRESIDENT, "klass": klass, "category": "405"}
    )


def test_a_sheet_that_was_taken_along_is_the_sheet_of_the_survey() -> None:
    """Nothing is printed twice; a voided one makes room for another."""
    taken = "survey_low_voltage"
    trade = before("lv_resident")
    may = ALL_FORMS[taken].when

    def holding(count: int, **changes: str) -> Case:
        sheet = Paper(
            sheet_no="1", form=taken, title="", entry="s", issued=trade.now, issued_by="", **changes
        )
        return replace(trade.case, papers=(sheet,) * count)

    assert (may(holding(0)), may(holding(1)), may(holding(1, void="污损"))) == (True, False, True)
    trade = surveyed("lv_resident")
    assert (may(holding(0)), may(holding(1)), may(holding(1, void="污损"))) == (True, False, True)
