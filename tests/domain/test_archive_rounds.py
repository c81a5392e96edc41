"""From the check to the shelf: hand-over, count, review, return, limits (种子文件 七; regulations.md 3.5)."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from tests.domain.filed import (
    archived,
    at_the_shelf,
    checked,
    counted,
    handed_over,
    in_order,
    shelf,
    when,
)
from tests.domain.trade import EVERYBODY, ORGANISATION, Trade, reference
from yekuo_desktop.domain import path
from yekuo_desktop.domain.clocks import running_limits
from yekuo_desktop.domain.people import Person, Role

RETURNED = {
    "archive_result": "returned",
    "archive_reasons": [{"name": "低压现场勘查单", "what": "勘查人签字不清", "answered_by": "孙浩"}],
}


def limit(trade: Trade, name: str) -> Any:
    return next(r for r in running_limits(trade.case, reference()) if r.limit == name)


@pytest.mark.parametrize("rules", ["seed", "supply_rules_2024", "regulation_2010"])
@pytest.mark.parametrize("klass", ["lv_resident", "lv_nonresident", "hv_single", "hv_dual"])
def test_a_file_goes_to_its_shelf(klass: str, rules: str) -> None:
    trade = archived(klass, rules)
    assert trade.case.state == "archived"
    assert path.next_stage(trade.case, reference()) is None
    signed = [(r.kind, r.by) for r in trade.case.records if r.kind.startswith("archive.")]
    assert signed == [
        ("archive.checked", "liming"),
        ("archive.handed_over", "liming"),
        ("archive.counted", "wangli"),
        ("archive.reviewed", "xuemei"),
    ]
    over = [r for r in running_limits(trade.case, reference()) if r.limit == "archive_handover"]
    assert [r.stopped for r in over] == [
        event.stated
        for event in trade.case.events
        if event.name == "archived" and rules != "regulation_2010"  # which sets no such limit
    ]


def test_each_step_waits_for_the_one_before() -> None:
    trade = at_the_shelf()
    people = {"archive_clerk": "wangli", "archive_archivist": "xuemei", "archive_pieces": "9"}
    assert trade.refusal("archive.handed_over", "liming", **people) == "还没有逐件检查归档资料"
    assert trade.refusal("archive.counted", "wangli", archive_counted="9") == "项目经理还没有移交"
    assert trade.refusal("archive.reviewed", "xuemei", **shelf(trade)) == "项目经理还没有移交"
    handed_over(checked(trade))
    assert trade.refusal("archive.reviewed", "xuemei", **shelf(trade)) == "营业员还没有核收"
    assert "档案已移交" in trade.refusal("archive.checked", "liming", archive_items=in_order(trade))
    assert trade.case.state == "open"


@pytest.mark.parametrize(
    ("kind", "who", "words"),
    [
        ("archive.checked", "wangli", "逐件检查归档资料由客户项目经理办理"),
        ("archive.handed_over", "xuemei", "移交档案由客户项目经理办理"),
        ("archive.counted", "liming", "营业员核收由营业员办理"),
        ("archive.reviewed", "liming", "资料员复核归档由资料员办理"),
        ("archive.reviewed", "wangli", "资料员复核归档由资料员办理"),
        ("archive.checked", "luoxin", "逐件检查归档资料由客户项目经理办理"),
    ],
)
def test_who_does_what(kind: str, who: str, words: str) -> None:
    assert at_the_shelf().refusal(kind, who) == words


def test_three_people_sign() -> None:
    """Whoever holds all roles neither hands over to himself nor reviews what he checked."""
    trade = at_the_shelf()
    trade.do("archive.checked", "everybody", archive_items=in_order(trade))
    pieces = trade.proposed("archive.handed_over", "everybody")["archive_pieces"].value
    himself = {"archive_clerk": "everybody", "archive_archivist": "everybody", "archive_pieces": pieces}
    refused = trade.refusal("archive.handed_over", "everybody", **himself)
    assert "移交人不能同时是营业员" in refused
    assert "移交人不能同时是资料员" in refused
    to_him = {"archive_clerk": "wangli", "archive_archivist": "everybody", "archive_pieces": pieces}
    trade.do("archive.handed_over", "liming", **to_him)
    trade.do("archive.counted", "wangli", archive_counted=pieces, archive_same=True)
    assert "资料由您检查" in trade.refusal("archive.reviewed", "everybody", **shelf(trade))


def test_it_is_signed_for_by_whom_it_was_handed_to() -> None:
    trade = handed_over(checked(at_the_shelf()))
    words = trade.refusal("archive.counted", "chenjing", archive_counted="11", archive_same=True)
    assert words == "移交给另一个人签收;需要换人的,请移交人更正移交记录"
    record = trade.case.records[-1]
    change = path.Correction(record.id, {"archive_clerk": ("wangli", "chenjing")}, "王丽休假")
    trade.act("record.corrected", change, "liming")
    pieces = record.values["archive_pieces"]
    trade.do("archive.counted", "chenjing", archive_counted=pieces, archive_same=True)


def test_what_was_counted_is_what_was_handed_over() -> None:
    trade = handed_over(checked(at_the_shelf()))
    pieces = trade.case.records[-1].values["archive_pieces"]
    fewer = str(int(pieces) - 1)
    assert f"移交清单 {pieces} 件,实收 {fewer} 件" in trade.refusal(
        "archive.counted", "wangli", archive_counted=fewer, archive_same=True
    )
    assert "与清单不符的不能核收" in trade.refusal(
        "archive.counted", "wangli", archive_counted=pieces, archive_same=False
    )
    # The way out: the project manager takes it back and begins anew.
    again = path.Return("archive", ("archive.checked", "archive.handed_over"), "少一件,重新检查")
    trade.act("case.returned", again, "liming")
    assert trade.refusal("archive.counted", "wangli", archive_counted=pieces) == "项目经理还没有移交"
    counted(handed_over(checked(trade)))


def test_the_number_of_pieces_is_that_of_the_check() -> None:
    trade = checked(at_the_shelf())
    people = {"archive_clerk": "wangli", "archive_archivist": "xuemei"}
    assert "与移交件数不符" in trade.refusal("archive.handed_over", "liming", archive_pieces="1", **people)


def test_nobody_can_consent_a_fault_away() -> None:
    """Incomplete or inconsistent may not be archived on a leader's consent (档案管理规定)."""
    trade = checked(at_the_shelf(), plan_reply={"sealed": "none"})
    words = trade.refusal("archive.handed_over", "liming", archive_pieces="9")
    assert words.startswith("还有 1 项问题没有解决,资料不完整或不一致的,不得以领导同意为由归档")
    matter = "R20c 低压供电方案答复单:应为供电企业盖章,现为都缺"
    answer = {"matter": matter, "explanation": "领导同意", "answered_by": "钱勇"}
    refused = trade.refusal(
        "archive.checked",
        "liming",
        archive_items=in_order(trade, plan_reply={"sealed": "none"}),
        archive_answers=[answer],
    )
    assert refused == "“低压供电方案答复单”须补齐或更正,不能以说明代替"


def test_a_date_is_answered_in_writing_by_whoever_answers_for_it() -> None:
    trade = at_the_shelf()
    rows = in_order(trade, survey_sheet={"day": "2026-03-12"})
    proposed = trade.proposed("archive.checked", "liming", archive_items=rows)["archive_answers"].value
    (row,) = proposed
    assert row == {"matter": "R5 低压现场勘查单:应为系统日期 2026-03-11,现为纸面日期 2026-03-12"}
    trade.do("archive.checked", "liming", archive_items=rows)
    assert "还有 1 项问题" in trade.refusal("archive.handed_over", "liming", archive_pieces="9")
    answered = [{**row, "explanation": "勘查次日填写,以系统为准", "answered_by": "孙浩"}]
    trade.do("archive.checked", "liming", archive_items=rows, archive_answers=answered)
    counted(handed_over(trade))
    trade.do("archive.reviewed", "xuemei", **shelf(trade))
    assert trade.case.state == "archived"


def test_the_archivist_looks_again_and_sends_back_with_reasons() -> None:
    trade = counted(handed_over(checked(at_the_shelf())))
    assert "请填写退回原因" in trade.refusal("archive.reviewed", "xuemei", archive_result="returned")
    trade.do("archive.reviewed", "xuemei", **RETURNED)
    assert trade.case.state == "open"
    assert trade.case.event("archived") is None
    assert trade.refusal("archive.handed_over", "liming") == "资料员退回后还没有重新检查"
    counted(handed_over(checked(trade)))
    trade.do("archive.reviewed", "xuemei", **shelf(trade))
    assert trade.case.state == "archived"
    assert len([r for r in trade.case.records if r.kind == "archive.reviewed"]) == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"archive_true": False}, "内容不真实的,应退回补正"),
        ({"archive_ordered": False}, "办理程序或时间先后不对的,应退回补正"),
        ({"archive_signed": False}, "签字盖章不完整的,应退回补正"),
        ({"archive_dated": False}, "日期填写不正确的,应退回补正"),
        ({"archive_number": "DA-1"}, "档案号应为 DA-YK4101-HK01-260310-0001"),
        ({"archive_cabinet": ""}, "请填写柜号"),
        ({"archive_box": ""}, "请填写盒(袋)号"),
        ({"archive_zone": "cellar"}, "分区没有“cellar”这一项"),
    ],
)
def test_what_the_archivist_may_not_take(changes: dict[str, Any], words: str) -> None:
    trade = counted(handed_over(checked(at_the_shelf())))
    assert words in trade.refusal("archive.reviewed", "xuemei", **shelf(trade, **changes))


def test_a_fault_that_came_after_the_check_stops_the_archivist() -> None:
    trade = counted(handed_over(checked(at_the_shelf())))
    trade.case = replace(trade.case, values={**trade.case.values, "customer_name": "张秀瑛"})
    refused = trade.refusal("archive.reviewed", "xuemei", **shelf(trade))
    assert "不得以领导同意为由归档,请退回补正" in refused


@pytest.mark.parametrize(
    ("klass", "business", "container", "zone"),
    [
        # HV 一户一盒; three container types; zones (档案管理规定)
        ("lv_resident", "new", "lv_bag", "low"),
        ("hv_single", "new", "hv_box", "high"),
        ("lv_resident", "batch", "batch_box", "low"),
    ],
)
def test_container_zone_and_number_follow_from_the_case(
    klass: str, business: str, container: str, zone: str
) -> None:
    trade = at_the_shelf(klass, business=business, batch_capacity="8")
    proposed = trade.proposed("archive.reviewed", "xuemei")
    assert proposed["archive_container"].value == container
    assert proposed["archive_zone"].value == zone
    assert proposed["archive_number"].value == "DA-YK4101-HK01-260310-0001"
    assert proposed["archive_account_no"].value == "4101220001"


def test_an_increase_may_join_the_file_the_account_has() -> None:
    """一户一档 (档案管理规定)."""
    trade = counted(handed_over(checked(at_the_shelf("hv_single", business="increase"))))
    joined = shelf(trade, archive_number="DA-YK4101-HK01-200101-0007", archive_joined=True)
    trade.do("archive.reviewed", "xuemei", **joined)
    assert trade.case.state == "archived"


def test_a_return_to_an_earlier_stage_begins_the_closing_anew() -> None:
    trade = checked(at_the_shelf())
    back = path.Return("construction", ("contract.signed",), "合同日期写错")
    trade.act("case.returned", back, "liming")
    assert trade.case.stage == "construction"
    trade.case = replace(trade.case, stage="archive")
    assert trade.refusal("archive.handed_over", "liming") == "还没有逐件检查归档资料"


def test_what_was_handed_over_is_corrected_no_more() -> None:
    trade = handed_over(checked(at_the_shelf()))
    check = next(r for r in trade.case.records if r.kind == "archive.checked")
    assert path.locked(path.TASKS["archive.checked"], trade.case, check) == "档案已移交,不能再改"


def test_the_order_is_closed_where_the_rules_count_from_it() -> None:
    """档案管理规定: 工单办结后 5 个工作日 (rules_2019, sgcc_2026); elsewhere nobody is asked."""
    plain = at_the_shelf()
    assert plain.refusal("order.closed", "liming", order_data_filed=True) == "这件业务不需要工单办结"
    trade = at_the_shelf(rules="rules_2019")
    assert "营销系统信息归档完成后" in trade.refusal("order.closed", "liming", order_data_filed=False)
    trade.do("order.closed", "liming", order_data_filed=True)
    closed = trade.case.event("order_closed")
    counted(handed_over(checked(trade)))
    trade.do("archive.reviewed", "xuemei", **shelf(trade))
    running = limit(trade, "archive_after_close")
    assert (running.start, running.stopped) == (closed.stated, trade.case.event("archived").stated)


def test_seven_workdays_after_energization() -> None:
    """R20; 2026-03-21 is a Saturday: day 1 by 首日计入 is the Monday after."""
    trade = at_the_shelf()
    running = limit(trade, "archive_handover")
    assert running.start == when("connected")
    assert running.stopped is None
    assert running.due is not None
    assert (running.due.date() - when("connected").date()).days == 10


def test_a_small_station_with_two_people_can_close_a_file() -> None:
    """Clerk and archivist may be one person; the project manager is another."""
    both = Person(id="both", login="both", name="郑敏", roles=(Role.CLERK, Role.ARCHIVIST))
    people = {**ORGANISATION.people, "both": both, "everybody": EVERYBODY}
    trade = at_the_shelf()
    trade.organisation = replace(ORGANISATION, people=people)
    checked(trade)
    pieces = trade.proposed("archive.handed_over", "liming")["archive_pieces"].value
    to_both = {"archive_clerk": "both", "archive_archivist": "both", "archive_pieces": pieces}
    trade.do("archive.handed_over", "liming", **to_both)
    trade.do("archive.counted", "both", archive_counted=pieces, archive_same=True)
    trade.do("archive.reviewed", "both", **shelf(trade))
    assert trade.case.state == "archived"


def test_no_step_is_dated_before_the_one_it_rests_on() -> None:
    """R3: a late step is not made an early one."""
    trade = checked(at_the_shelf())
    early = trade.now - timedelta(hours=1)
    handing = {"archive_clerk": "wangli", "archive_archivist": "xuemei", "archive_pieces": "9"}
    assert "早于逐件检查" in trade.refusal("archive.handed_over", "liming", early, **handing)
    handed_over(trade)
    early = trade.now - timedelta(hours=1)
    assert "早于移交" in trade.refusal("archive.counted", "wangli", early, archive_counted="14")
    counted(trade)
    early = trade.now - timedelta(hours=1)
    assert "早于营业员核收" in trade.refusal("archive.reviewed", "xuemei", early, **shelf(trade))
