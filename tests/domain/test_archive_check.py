"""What the check of a file finds in its papers (regulations.md 3.5; 5.3 R5, R9, R20b, R20c)."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from tests.domain.filed import at_the_shelf, checked, in_order, record, sheet, when
from tests.domain.trade import Trade, reference
from yekuo_desktop.domain.case import Attachment, Material
from yekuo_desktop.domain.completeness import Discrepancy
from yekuo_desktop.domain.filing import filed_items
from yekuo_desktop.domain.stages.archive.rounds import doubts

RULE_SETS = ("seed", "supply_rules_2024", "rules_2019", "regulation_2010")
CLASSES = ("lv_resident", "lv_nonresident", "hv_single", "hv_dual")


def found(trade: Trade, **changes: dict[str, str]) -> list[Discrepancy]:
    return list(doubts(trade.case, {"archive_items": in_order(trade, **changes)}, reference()))


def said(trade: Trade, **changes: dict[str, str]) -> list[str]:
    return [doubt.text for doubt in found(trade, **changes)]


@pytest.mark.parametrize("rules", RULE_SETS)
@pytest.mark.parametrize("klass", CLASSES)
def test_a_file_in_order_has_no_doubts(klass: str, rules: str) -> None:
    assert said(at_the_shelf(klass, rules)) == []


@pytest.mark.parametrize(
    ("klass", "item", "row", "text"),
    [
        # R9: on the list of class and rule set, and not there
        ("lv_resident", "property_title", {"held": "absent"}, "R9 用电地址物权证件:应为在卷,现为缺"),
        ("lv_resident", "property_title", {"held": "unneeded"}, "R9 用电地址物权证件:应为在卷,现为不涉及"),
        ("hv_dual", "energization_task", {"held": "absent"}, "R9 送电任务工作单:应为在卷,现为缺"),
        # R20b: 〔2019〕431号, only reply and contract must be originals
        (
            "lv_resident",
            "plan_reply",
            {"held": "copy"},
            "R20b 低压供电方案答复单:应为原件,现为复印件（已核对）",
        ),
        ("hv_single", "supply_contract", {"held": "electronic"}, "R20b 供用电合同及协议:应为原件,现为电子件"),
        # R20c: regulations.md 6.1 says who signs and who stamps
        (
            "lv_resident",
            "plan_reply",
            {"signed": "none"},
            "R20c 低压供电方案答复单:应为客户签字,现为都缺",
        ),
        (
            "lv_nonresident",
            "plan_reply",
            {"sealed": "no_customer"},
            "R20c 低压供电方案答复单:应为客户、供电企业盖章,现为缺客户",
        ),
        (
            "lv_resident",
            "plan_reply",
            {"sealed": "none"},
            "R20c 低压供电方案答复单:应为供电企业盖章,现为都缺",
        ),
        (
            "hv_single",
            "completion_minutes",
            {"signed": "no_utility"},
            "R20c 竣工验收纪要:应为客户、供电企业签字,现为缺供电企业",
        ),
        (
            "hv_single",
            "survey_sheet",
            {"signed": ""},
            "R20c 高压现场勘查单:应为勘查人签字,现为没有检查",
        ),
        ("lv_resident", "work_order", {"day": ""}, "R20c 业扩报装工单（签收联）:应为有日期,现为日期空白"),
        # R5: date on paper against date in the system
        (
            "lv_resident",
            "survey_sheet",
            {"day": "2026-03-09"},
            "R5 低压现场勘查单:应为系统日期 2026-03-11,现为纸面日期 2026-03-09",
        ),
    ],
)
def test_each_fault_is_named_with_both_values(klass: str, item: str, row: dict[str, str], text: str) -> None:
    assert text in said(at_the_shelf(klass), **{item: row})


def test_copies_do_for_everything_else_and_an_identity_card_needs_no_date() -> None:
    trade = at_the_shelf()
    assert said(trade, subject_qualification={"held": "copy", "day": ""}, work_order={"held": "copy"}) == []


@pytest.mark.parametrize(
    ("item", "row", "explainable"),
    [
        ("survey_sheet", {"day": "2026-03-12"}, True),  # a date cannot be mended without back-dating
        ("survey_sheet", {"signed": "none"}, False),
        ("plan_reply", {"held": "copy"}, False),
        ("work_order", {"held": "absent"}, False),
    ],
)
def test_only_dates_may_be_answered_in_writing(item: str, row: dict[str, str], explainable: bool) -> None:
    (doubt,) = found(at_the_shelf(), **{item: row})
    assert doubt.explainable is explainable


def test_the_day_of_any_of_its_events_will_do() -> None:
    """The reply is dated when it is written and signed when it is received."""
    trade = at_the_shelf()
    for name in ("plan_replied", "plan_received"):
        assert said(trade, plan_reply={"day": when(name).date().isoformat()}) == []


def with_sheet(trade: Trade, item_id: str, **changes: Any) -> Trade:
    item = next(i for i in filed_items(trade.case, reference()) if i.id == item_id)
    trade.case = replace(trade.case, papers=(*trade.case.papers, sheet(item, 90, **changes)))
    return trade


def test_a_notice_that_was_given_must_be_in_the_file_and_one_that_was_not_need_not() -> None:
    absent = {"one_time_notice": {"held": "absent"}}
    trade = at_the_shelf()
    trade.case = replace(
        trade.case, papers=tuple(p for p in trade.case.papers if p.form != "one_time_notice")
    )
    assert said(trade, **absent) == []
    assert said(with_sheet(trade, "one_time_notice"), **absent) == ["R9 一次性告知书:应为在卷,现为缺"]


def test_a_paper_of_ours_that_the_system_never_issued_is_outside_the_system() -> None:
    """体外循环 (regulations.md 5.2)."""
    trade = at_the_shelf()
    trade.case = replace(trade.case, papers=tuple(p for p in trade.case.papers if p.form != "plan_approval"))
    assert "R9 供电方案审批单:应为由系统出具,现为纸面有,系统没有出具" in said(trade)


def test_a_void_sheet_proves_nothing() -> None:
    trade = at_the_shelf()
    voided = tuple(replace(p, void="打印不清") if p.form == "work_order" else p for p in trade.case.papers)
    trade.case = replace(trade.case, papers=voided)
    assert "R9 业扩报装工单（签收联）:应为由系统出具,现为纸面有,系统没有出具" in said(trade)


@pytest.mark.parametrize(
    ("material", "held", "text"),
    [
        (
            Material(owed_until=date(2026, 3, 20)),
            "absent",
            "R9 用电地址物权证件:应为在卷,现为容缺未补,承诺 2026-03-20 前补齐",
        ),
        (
            Material(owed_until=date(2026, 3, 20)),
            "copy",
            "R9 用电地址物权证件:应为已登记收到,现为纸面有,系统登记为未收",
        ),
        (
            Material(original_seen=True, copies=1),
            "earlier",
            "R9 用电地址物权证件:应为已登记为原有存档,现为没有登记原档案编号",
        ),
        (Material(held_from="YK4101-HK01-250105-0003"), "earlier", ""),
        (Material(scanned=True), "electronic", ""),
    ],
)
def test_the_customers_paper_agrees_with_how_it_was_taken(material: Material, held: str, text: str) -> None:
    trade = at_the_shelf()
    trade.case = replace(trade.case, materials={**trade.case.materials, "property_title": material})
    assert said(trade, property_title={"held": held}) == ([text] if text else [])


def test_who_made_a_paper_answers_for_it() -> None:
    """谁办理、谁提供、谁负责 (档案管理规定)."""
    trade = with_sheet(at_the_shelf(), "survey_sheet", issued_by="sunhao")
    doubts_ = found(
        trade,
        survey_sheet={"signed": "none"},
        property_title={"held": "absent"},
        supply_contract={"signed": "none"},
    )
    assert {(d.subject, d.who, d.stage) for d in doubts_} == {
        ("低压现场勘查单", "sunhao", "survey"),
        ("用电地址物权证件", "wangli", "acceptance"),
        ("供用电合同及协议", "liming", "construction"),
    }
    words = [
        p.text
        for p in trade.found(
            "archive.checked", "liming", archive_items=in_order(trade, survey_sheet={"signed": "none"})
        )
    ]
    assert words == ["R20c 低压现场勘查单:应为勘查人签字,现为都缺(由孙浩负责)"]


def test_the_journal_proposes_what_it_knows_and_never_a_date() -> None:
    trade = at_the_shelf("hv_single")
    trade.case = replace(
        trade.case,
        materials={**trade.case.materials, "subject_licence": Material(held_from="YK-1")},
        attachments=(Attachment("a1", "s", "合同.pdf", "application/pdf", 9),),
    )
    rows = {r["name"]: r for r in trade.proposed("archive.checked", "liming")["archive_items"].value}
    assert len(rows) == len(filed_items(trade.case, reference()))
    assert not any("day" in row or "pages" in row for row in rows.values())
    assert rows["供用电合同及协议"] == {
        "name": "供用电合同及协议",
        "signed": "complete",
        "sealed": "complete",
        "signer": "钱勇、张秀英",
    }
    assert rows["营业执照或组织机构代码证（用电主体资格证明）"]["held"] == "earlier"
    assert rows["高压客户用电登记表"]["held"] == "original"
    assert "signed" not in rows["高压客户用电登记表"]  # nobody has seen the signature yet
    assert rows["用电工程项目批准文件"]["held"] == "copy"


def test_one_of_us_signs_by_name() -> None:
    trade = at_the_shelf("hv_single")
    handed = record(
        "completion.delivered",
        "completion_inspected",
        "liming",
        9,
        completion_our_signer="heping",
        completion_receiver="张秀英",
    )
    trade.case = replace(trade.case, records=(*trade.case.records, handed))
    rows = {r["name"]: r for r in trade.proposed("archive.checked", "liming")["archive_items"].value}
    assert rows["竣工验收纪要"]["signer"] == "何平、张秀英"
    assert rows["竣工验收纪要"]["signed"] == "complete"


def test_a_sheet_that_no_list_names_is_filed_as_well() -> None:
    trade = at_the_shelf()
    extra = replace(trade.case.papers[0], form="supply_plan", title="供电方案正文", sheet_no="X-9")
    trade.case = replace(trade.case, papers=(*trade.case.papers, extra))
    rows = trade.proposed("archive.checked", "liming")["archive_items"].value
    assert rows[-1] == {"name": "供电方案正文", "held": "original"}


def test_a_second_check_goes_on_from_the_first() -> None:
    trade = at_the_shelf()
    checked(trade, work_order={"note": "第二联"})
    rows = {r["name"]: r for r in trade.proposed("archive.checked", "liming")["archive_items"].value}
    assert rows["业扩报装工单（签收联）"]["note"] == "第二联"
    assert rows["业扩报装工单（签收联）"]["day"] == "2026-03-10"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda rows: rows[1:], "还没有检查:低压居民生活用电登记表"),
        (lambda rows: [*rows, rows[0]], "“低压居民生活用电登记表”写了两次"),
        (lambda rows: [{**rows[0], "pages": ""}, *rows[1:]], "“低压居民生活用电登记表”没有填页数"),
        (lambda rows: [{**rows[0], "held": ""}, *rows[1:]], "第 1 行:请填写归档形式"),
        (
            lambda rows: [{**rows[0], "day": "2027-01-01"}, *rows[1:]],
            "“低压居民生活用电登记表”的纸面日期 2027-01-01 在今天之后,请核对",
        ),
    ],
)
def test_every_paper_is_gone_through(change: Any, problem: str) -> None:
    trade = at_the_shelf()
    assert problem in trade.refusal("archive.checked", "liming", archive_items=change(in_order(trade)))


def test_what_is_wrong_is_recorded_as_it_is() -> None:
    """A warning stops no record; it stops the hand-over."""
    trade = at_the_shelf()
    problems = trade.found(
        "archive.checked", "liming", archive_items=in_order(trade, plan_reply={"held": "copy"})
    )
    assert [(p.field, p.warning) for p in problems] == [("archive_items", True)]
    checked(trade, plan_reply={"held": "copy"})
    assert "R20b 低压供电方案答复单" in trade.refusal("archive.handed_over", "liming")
