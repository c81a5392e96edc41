"""Who may correct a record: whoever made it; the supervisor where he might have made it himself. A correction
is no way around the separation of duties (product.md: nobody approves what he drafted)."""

from typing import Any

import pytest
from msgspec.structs import replace

from tests.domain.replies import planned, reply, walked
from tests.domain.trade import EVERYBODY, ORGANISATION, PEOPLE, Trade
from tests.domain.walk import DAY, given, walk
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.path import Correction
from yekuo_desktop.office.practice.construction import answers as construction
from yekuo_desktop.office.practice.design import answers as design

APPROVED = 1


def refused(trade: Trade, by: str, kind: str, **wanted: Any) -> str:
    """Why this person may not change the newest record of a kind; "" when he may."""
    record = next(record for record in reversed(trade.case.records) if record.kind == kind)
    changes = {key: (record.values.get(key, ""), value) for key, value in wanted.items()}
    before = trade.case, list(trade.entries)
    try:
        trade.act("record.corrected", Correction(record.id, changes, "笔误"), by)
    except Refused as found:
        return str(found)
    finally:
        trade.case, trade.entries = before
    return ""


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("qianyong", ""),
        ("zhaojun", "由登记人钱勇更正"),  # the supervisor, who approves nothing
        ("liming", "由登记人钱勇更正"),
        ("everybody", ""),  # supervisor and approver
    ],
)
def test_what_an_approver_decided_only_an_approver_changes(by: str, said: str) -> None:
    trade = walked("hv_single", APPROVED)
    assert refused(trade, by, "plan.approved", approval_words="同意") == said


@pytest.mark.parametrize(
    ("by", "said"), [("liming", ""), ("zhaojun", ""), ("wangli", "由登记人李明或班长更正")]
)
def test_what_the_desk_recorded_the_supervisor_may_put_right(by: str, said: str) -> None:
    trade = walked("hv_single", APPROVED)
    reply(trade)
    assert refused(trade, by, "plan.replied", reply_words="电话告知") == said


def test_whoever_drafted_does_not_decide_by_correcting() -> None:
    """With every role he has: the approval is another one's."""
    trade = planned("lv_resident", by="everybody")
    trade.do("plan.approved", "qianyong", approval_words="同意")
    said = refused(trade, "everybody", "plan.approved", approval_words="同意,请尽快答复")
    assert said == "方案由您拟定(或更正),须由他人审核"


def test_nor_does_he_conclude_the_review_he_wrote_opinions_for() -> None:
    trade = Trade("hv_single", "design", rules="seed")
    told = [replace(a, by="everybody") if a.kind == "design.opined" else a for a in design("hv_single", DAY)]
    walk(trade, told, "design.concluded")
    said = refused(trade, "everybody", "design.concluded", design_remarks="无")
    assert "由另一人审核出具" in said


def test_an_inspection_is_not_passed_by_the_supervisor() -> None:
    trade = Trade("hv_dual", "construction", rules="seed")
    given(trade, "design.concluded", design_result="agreed")
    walk(trade, construction("hv_dual", DAY), "intermediate.inspected")
    change = {"intermediate_result": "passed", "intermediate_findings": []}
    assert refused(trade, "zhaojun", "intermediate.inspected", **change).startswith("由登记人何平更正")


def test_whoever_has_left_leaves_it_to_those_who_do_the_same_work() -> None:
    gone = replace(PEOPLE["qianyong"], active=False)
    other = replace(PEOPLE["qianyong"], id="approver2", login="approver2", name="新审批人")
    people = {**PEOPLE, "everybody": EVERYBODY, "approver2": other}
    trade = walked("hv_single", APPROVED)
    trade.organisation = replace(ORGANISATION, people={**people, "qianyong": gone})
    assert refused(trade, "approver2", "plan.approved", approval_words="同意") == ""
    assert refused(trade, "zhaojun", "plan.approved", approval_words="同意") == "由方案审批人更正"
