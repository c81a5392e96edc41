"""稽查 R1–R4, R21, T1, T2: each time that cannot be is found with both values, each that can be is not.

Sources: 国家电网2026版题库 体外循环、先勘查后受理、滞后录入 (regulations.md 5.2); 能源局2019年监管
通报篡改时间记录、延后启动流程 (5.1).
"""

import msgspec
import pytest
from msgspec.structs import replace

from tests.domain.looks import happened, of
from tests.domain.told import moment, opened, then
from tests.domain.trade import reference
from yekuo_desktop.domain.case import Event
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.path import Correction

LATER = "2026-03-04"


def accepted(stated: str, recorded: str) -> Event:
    """The acceptance, said and entered."""
    return Event("accepted", moment(stated), moment(recorded), "e0")


@pytest.mark.parametrize(
    ("recorded", "hit"), [("2026-03-02 17:29", False), ("2026-03-03 08:31", True), ("2026-03-05 10:00", True)]
)
def test_r1_an_application_is_entered_on_its_day(recorded: str, hit: bool) -> None:
    case = replace(
        opened("lv_resident"), events=(accepted("2026-03-02 09:00", recorded),), accepted_by="wangli"
    )
    hits = of("R1", case, LATER)
    assert [(h.wanted, h.found, h.who, h.stage) for h in hits] == (
        [("2026-03-02 当日录入", f"{recorded} 录入", "wangli", "acceptance")] if hit else []
    )


@pytest.mark.parametrize(("surveyed", "hit"), [("2026-03-02 09:59", True), ("2026-03-02 10:01", False)])
def test_r2_nobody_surveys_before_the_application(surveyed: str, hit: bool) -> None:
    case = happened(opened("lv_nonresident"), "survey_done", surveyed)
    hits = of("R2", case, LATER)
    assert [(h.wanted, h.found) for h in hits] == (
        [("业务受理不晚于现场勘查 2026-03-02 09:59", "业务受理 2026-03-02 10:00")] if hit else []
    )
    assert of("R3", case, LATER) == []


@pytest.mark.parametrize(
    ("first", "then_", "hit"),
    [
        ("completion_applied", "completion_inspected", True),
        ("completion_inspected", "connected", True),
        ("contract_signed", "connected", True),
        ("connected", "archived", True),
        ("plan_replied", "connected", False),  # nothing says that a plan must be older than that
    ],
)
def test_r3_no_stage_comes_before_the_one_it_rests_on(first: str, then_: str, hit: bool) -> None:
    case = opened("hv_single")
    wrong = happened(happened(case, first, "2026-03-20 10:00"), then_, "2026-03-20 09:00")
    right = happened(happened(case, first, "2026-03-20 10:00"), then_, "2026-03-20 10:00")
    assert len(of("R3", wrong, "2026-03-23")) == hit
    assert of("R3", right, "2026-03-23") == []


@pytest.mark.parametrize(
    ("klass", "replied", "hit"),
    [
        ("hv_single", "2026-03-02 16:00", True),
        ("hv_dual", "2026-03-02 16:00", True),
        ("hv_single", "2026-03-03 09:00", False),
        ("lv_resident", "2026-03-02 16:00", False),  # 低压当日答复 is what 一岗制 wants
    ],
)
def test_r4_a_high_voltage_plan_is_not_made_on_the_day(klass: str, replied: str, hit: bool) -> None:
    hits = of("R4", happened(opened(klass), "plan_replied", replied), LATER)
    assert [(h.wanted, h.found) for h in hits] == (
        [("不早于 2026-03-02 之后第 1 日", replied)] if hit else []
    )
    rule = reference().oversight.rule("R4")
    assert rule is not None
    assert rule.severity == "notice"  # to be looked at, not an error


def test_r4_what_was_sent_back_and_made_anew_counts_as_it_was_made_anew() -> None:
    first = happened(opened("hv_single"), "plan_replied", "2026-03-02 16:00")
    assert len(of("R4", first, LATER)) == 1
    undone = replace(first, events=(*first.events[:-1], replace(first.events[-1], undone=True)))
    assert of("R4", undone, LATER) == []
    assert of("R4", happened(undone, "plan_replied", "2026-03-03 10:00"), LATER) == []


@pytest.mark.parametrize(
    ("recorded", "hit"),
    [
        ("2026-03-06 19:00", False),
        ("2026-03-09 17:00", False),  # the Monday after a Friday is the next working day
        ("2026-03-10 08:30", True),
    ],
)
def test_t1_what_happened_is_recorded_by_the_next_working_day(recorded: str, hit: bool) -> None:
    case = then(opened("lv_resident"), "survey.done", "2026-03-06 15:00", by="sunhao")
    late = replace(case.records[0], recorded=moment(recorded))
    hits = of("T1", replace(case, records=(late,)), "2026-03-11")
    assert [(h.wanted, h.found, h.who) for h in hits] == (
        [("2026-03-06 15:00 发生,2026-03-09 前登记", f"{recorded} 登记", "sunhao")] if hit else []
    )


@pytest.mark.parametrize(
    ("recorded", "hit"),
    [
        ("2026-03-06 18:30", False),
        ("2026-03-06 18:31", True),
        ("2026-03-06 07:29", True),
        ("2026-03-07 10:00", True),  # a Saturday
        ("2026-02-14 10:00", False),  # a Saturday worked for the Spring Festival (国办发明电〔2025〕7号)
    ],
)
def test_t2_entries_are_made_when_somebody_is_there(recorded: str, hit: bool) -> None:
    case = then(opened("lv_resident", on="2026-02-10"), "survey.done", recorded)
    assert len(of("T2", case, "2026-03-11")) == hit


def corrected(key: str, seen: str, wanted: str) -> Entry:
    """A correction of the first record."""
    payload = Correction("r1", {key: (seen, wanted)}, "笔误")
    return Entry(
        id="c1",
        act="a",
        org="org",
        station="HK",
        terminal="HK01",
        device="d",
        incarnation="i",
        n=9,
        subject="case:x",
        kind="record.corrected",
        actor="zhaojun",
        stated=moment(LATER),
        recorded=moment(LATER),
        schema=1,
        payload=msgspec.Raw(msgspec.json.encode(payload)),
    )


@pytest.mark.parametrize(
    ("key", "seen", "wanted", "hit"),
    [
        ("construction_started_on", "2026-03-02", "2026-02-20", True),
        ("construction_started_on", "", "2026-02-20", False),  # filled in where nothing stood
        ("construction_content", "挖沟", "电缆沟开挖", False),  # no date
    ],
)
def test_r21_a_date_that_was_changed_shows_both_values(key: str, seen: str, wanted: str, hit: bool) -> None:
    case = then(opened("hv_single"), "construction.started", "2026-03-03")
    case = replace(case, records=(replace(case.records[0], corrections=1),))
    hits = of("R21", case, LATER, entries=[corrected(key, seen, wanted)])
    assert [(h.wanted, h.found, h.who) for h in hits] == (
        [("原为 2026-03-02", "改为 2026-02-20(笔误)", "zhaojun")] if hit else []
    )
