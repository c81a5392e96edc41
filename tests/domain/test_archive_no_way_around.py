"""Ways around the archive that a reviewer looked for: a filed paper changed without approval, a clock stopped
by a correction, a list that contradicts its sheets (regulations.md 3.5, 5.2)."""

from typing import Any

import pytest

from tests.domain.filed import archived, at_the_shelf, checked, counted, handed_over, shelf
from tests.domain.refusing import change, refused
from tests.domain.test_archive_rounds import RETURNED
from tests.domain.test_archive_shelf import ASKED, LOAN, SHUT, approved, shelved
from tests.domain.trade import Trade, reference
from yekuo_desktop.domain import path
from yekuo_desktop.domain.case import Material
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.domain.paperwork import Issue, Reprint
from yekuo_desktop.domain.stages.acceptance.acts import Change, Materials


def sheet(trade: Trade) -> Snapshot:
    return Snapshot(
        form="survey_low_voltage",
        title="低压现场勘查单",
        layout="",
        sheet_no=f"{trade.case.number}-99",
        issued=trade.now,
        issued_by="王丽",
    )


# ---- a filed paper -------------------------------------------------------------------------------


def acts_on_the_file(trade: Trade) -> dict[str, Any]:
    number = trade.case.papers[0].sheet_no
    return {
        "paper.voided": Reprint(number, "重新打印"),
        "paper.issued": Issue(sheet(trade)),
        "case.changed": Change({"mobile": ("", "13803710001")}, "电话写错"),
        "materials.recorded": Materials({"property_title": Material(copies=2)}),
    }


@pytest.mark.parametrize("kind", ["paper.voided", "paper.issued", "case.changed", "materials.recorded"])
def test_nothing_in_a_filed_case_is_touched_without_approval(kind: str) -> None:
    trade = shelved()
    assert refused(trade, kind, acts_on_the_file(trade)[kind], "wangli") == SHUT


@pytest.mark.parametrize("kind", ["paper.voided", "paper.issued", "materials.recorded"])
def test_with_approval_it_is(kind: str) -> None:
    trade = approved()
    assert refused(trade, kind, acts_on_the_file(trade)[kind], "wangli") == ""


def test_a_copy_may_be_printed_again_at_any_time() -> None:
    trade = shelved()
    again = Reprint(trade.case.papers[0].sheet_no, "客户遗失")
    assert refused(trade, "paper.reprinted", again, "wangli") == ""


def test_only_whoever_leads_the_marketing_department_approves() -> None:
    """后续补充由营销部门主管领导批准 (档案管理规定)."""
    trade = shelved()
    trade.do("archive.change_requested", "liming", **ASKED)
    assert "由方案审批人办理" in trade.refusal("archive.change_decided", "zhaojun", change_decision="agreed")


# ---- the loan register is no filed paper ---------------------------------------------------------


def test_a_slip_of_the_pen_in_the_loan_register_needs_no_approval() -> None:
    trade = shelved()
    trade.do("archive.lent", "xuemei", **LOAN)
    assert change(trade, "archive.lent", "xuemei", loan_phone="0371-65550101") == ""
    assert "由登记人薛梅更正" in change(trade, "archive.lent", "liming", loan_until="2026-03-30")


def test_a_request_that_was_decided_stays_as_it_was_decided() -> None:
    trade = shelved()
    trade.do("archive.change_requested", "liming", **ASKED)
    assert change(trade, "archive.change_requested", "liming", change_reason="漏签,客户要求") == ""
    refusal = {"change_decision": "refused", "change_decision_words": "无依据"}
    trade.do("archive.change_decided", "qianyong", **refusal)
    assert change(trade, "archive.change_requested", "liming", change_reason="补签") == "已经审批,不能再改"
    assert "审批意见不能更正" in change(trade, "archive.change_decided", "qianyong", change_decision="agreed")


# ---- the archivist's word ------------------------------------------------------------------------


def test_a_refusal_does_not_become_an_acceptance_by_correction() -> None:
    """The file would lie on its shelf, and the clock of its hand-over run for ever."""
    trade = counted(handed_over(checked(at_the_shelf())))
    trade.do("archive.reviewed", "xuemei", **RETURNED)
    accepted = shelf(trade) | {"archive_reasons": []}
    assert "退回重办" in change(trade, "archive.reviewed", "xuemei", **accepted)
    assert trade.case.state == "open"
    assert path.next_stage(trade.case, reference()) is None


def test_nor_an_acceptance_a_refusal() -> None:
    trade = approved()
    assert "退回重办" in change(trade, "archive.reviewed", "xuemei", **RETURNED)
    assert change(trade, "archive.reviewed", "xuemei", archive_box="13") == ""


def test_an_archived_case_takes_no_way_back() -> None:
    trade = archived()
    words = refused(trade, "case.returned", path.Return("archive", ("archive.checked",), "重查"), "liming")
    assert words == "业务已归档,不能退回重办"
