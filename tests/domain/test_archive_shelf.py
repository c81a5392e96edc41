"""A file on its shelf: lent, given back, added to and corrected with approval (regulations.md 3.5)."""

from typing import Any

import pytest

from tests.domain.filed import archived, at_the_shelf
from tests.domain.refusing import refused
from tests.domain.trade import Trade, reference
from yekuo_desktop.domain import path
from yekuo_desktop.domain.casework import Attaching
from yekuo_desktop.domain.clocks import deadlines_of, running_limits
from yekuo_desktop.domain.deadlines.timelimits import Light, light
from yekuo_desktop.domain.deadlines.wording import explain
from yekuo_desktop.domain.loans import limit_of_loan, loans

LOAN: dict[str, Any] = {
    "loan_borrower": "孙浩",
    "loan_unit": "营销部",
    "loan_kind": "internal",
    "loan_manner": "copies",
    "loan_contents": "供用电合同",
    "loan_purpose": "核对合同容量",
    "loan_approver": "qianyong",
    "loan_until": "2026-03-31",
}
BACK = {"loan_returned_by": "孙浩", "loan_complete": True}
ASKED = {
    "change_kind": "corrected",
    "change_item": "低压现场勘查单",
    "change_content": "勘查人签名补签",
    "change_reason": "漏签",
}
MADE: dict[str, Any] = {
    "change_done": "补签勘查人",
    "change_old": "未签",
    "change_new": "孙浩 2026-03-11",
    "change_by": "薛梅",
    "change_kept": True,
}


def shelved() -> Trade:
    """Archived on Saturday 2026-03-21; the loans begin on the Monday after."""
    trade = archived()
    trade.later(days=2)
    return trade


def loan_limit(trade: Trade) -> list[Any]:
    return [r for r in running_limits(trade.case, reference()) if r.limit == "archive_loan"]


def test_nothing_is_lent_before_it_lies_on_the_shelf() -> None:
    assert at_the_shelf().refusal("archive.lent", "xuemei", **LOAN) == "业务办理中,不能登记借阅"


def test_lent_and_given_back() -> None:
    trade = shelved()
    trade.do("archive.lent", "xuemei", **LOAN)
    assert "档案已由孙浩借阅,约定 2026-03-31 归还" in trade.refusal("archive.lent", "xuemei", **LOAN)
    (running,) = loan_limit(trade)
    assert (running.label, running.stopped) == ("档案借阅归还", None)
    trade.do("archive.loan_returned", "xuemei", **BACK)
    (running,) = loan_limit(trade)
    assert running.stopped == trade.case.records[-1].stated
    assert trade.refusal("archive.loan_returned", "xuemei", **BACK) == "档案没有借出"
    trade.do("archive.lent", "xuemei", **LOAN)
    assert [loan.back is None for loan in loans(trade.case)] == [False, True]
    assert loan_limit(trade)[-1].label == "档案借阅归还(第 2 次)"


def test_seven_workdays_are_the_figure_of_the_rule_set() -> None:
    """内部借阅一般不超过 7 个工作日 (档案管理规定)."""
    trade = shelved()
    proposed = trade.proposed("archive.lent", "xuemei")["loan_until"]
    assert (proposed.value, proposed.reason) == ("2026-04-01", "借阅一般不超过 7 个工作日")
    longer = trade.found("archive.lent", "xuemei", **LOAN | {"loan_until": "2026-04-02"})
    assert [(p.field, p.warning) for p in longer] == [("loan_until", True)]
    assert longer[0].text == "内部借阅一般不超过 7 个工作日,最迟 2026-04-01"
    assert trade.found("archive.lent", "xuemei", **LOAN | {"loan_until": "2026-04-01"}) == []


def test_an_overdue_loan_shows_its_light_and_explains_itself() -> None:
    trade = shelved()
    trade.do("archive.lent", "xuemei", **LOAN)
    figure = next(f for f in reference().rulesets[trade.case.rules].figures if f.id == "archive_loan")
    ((due, run),) = deadlines_of(trade.case, limit_of_loan(figure), reference())
    assert due.due is not None
    assert due.due.isoformat() == "2026-03-31T17:30:00+08:00"
    assert light(due, due.due.replace(day=27)) is Light.GREEN
    assert light(due, due.due.replace(day=30)) is Light.YELLOW
    assert light(due, due.due.replace(hour=18)) is Light.RED
    assert run.end is None
    lines = explain(due)
    assert lines[0].startswith("规则：档案借阅归还，7 个工作日。依据：国家电网公司电力客户档案管理规定")
    assert any(line.startswith("起算：档案借出 2026-03-23") for line in lines)
    assert any("约定归还日" in line for line in lines)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"loan_approver": "xuemei"}, "薛梅不能担任借阅批准人"),
        ({"loan_approver": "liming"}, "李明不能担任借阅批准人"),
        ({"loan_borrower": "钱勇"}, "借阅人不能批准自己的借阅"),
        ({"loan_until": "2026-03-20"}, "约定归还日期已过"),
        ({"loan_purpose": ""}, "请填写借阅用途"),
        # judicial access: letter, personal ID, legal department (档案管理规定)
        ({"loan_kind": "judicial"}, "请填写公函编号"),
        ({"loan_kind": "judicial"}, "请填写查阅人证件"),
        ({"loan_kind": "judicial"}, "请填写法律部门会同人"),
    ],
)
def test_what_a_loan_needs(changes: dict[str, str], words: str) -> None:
    assert words in shelved().refusal("archive.lent", "xuemei", **LOAN | changes)


def test_only_the_archivist_lends_and_nobody_approves_his_own() -> None:
    trade = shelved()
    assert trade.refusal("archive.lent", "liming", **LOAN) == "登记借阅由资料员办理"
    words = trade.refusal("archive.lent", "everybody", **LOAN | {"loan_approver": "everybody"})
    assert words == "经手人不能批准自己办理的借阅"


def test_damage_is_written_down() -> None:
    trade = shelved()
    trade.do("archive.lent", "xuemei", **LOAN)
    assert "请填写缺损情况" in trade.refusal(
        "archive.loan_returned", "xuemei", loan_returned_by="孙浩", loan_complete=False
    )


# ---- changes -------------------------------------------------------------------------------------


def asked() -> Trade:
    trade = shelved()
    trade.do("archive.change_requested", "liming", **ASKED)
    return trade


def approved() -> Trade:
    trade = asked()
    trade.do("archive.change_decided", "qianyong", change_decision="agreed")
    return trade


def made(trade: Trade, **changes: Any) -> dict[str, Any]:
    trade.later(hours=1)
    return {**MADE, "change_at": trade.now.isoformat(), **changes}


SHUT = "档案已归档,补充或更正须先申请,经营销部门主管领导批准"
FILE = Attaching(id="f1", sha256="s", name="补签.png", media_type="image/png", size=9)


def correction(trade: Trade) -> path.Correction:
    record = next(r for r in trade.case.records if r.kind == "archive.reviewed")
    return path.Correction(record.id, {"archive_box": ("12", "13")}, "盒号写错")


def test_a_file_on_the_shelf_is_shut() -> None:
    trade = shelved()
    assert refused(trade, "record.corrected", correction(trade), "xuemei") == SHUT
    assert refused(trade, "case.attached", FILE, "xuemei") == SHUT


def test_an_approved_change_opens_it_until_it_is_made() -> None:
    trade = asked()
    assert refused(trade, "case.attached", FILE, "xuemei") == SHUT
    assert "还没有批准" in trade.refusal("archive.change_made", "xuemei", **made(trade))
    trade.do("archive.change_decided", "qianyong", change_decision="agreed")
    trade.act("case.attached", FILE, "xuemei")
    trade.act("record.corrected", correction(trade), "xuemei")
    trade.do("archive.change_made", "xuemei", **made(trade, change_file="f1"))
    assert refused(trade, "record.corrected", correction(trade), "xuemei") == SHUT
    logged = trade.case.records[-1].values
    assert logged.keys() >= {"change_done", "change_at", "change_by", "change_old", "change_new"}
    assert trade.case.state == "archived"


def test_a_refused_change_opens_nothing() -> None:
    trade = asked()
    assert "请写明不同意的理由" in trade.refusal(
        "archive.change_decided", "qianyong", change_decision="refused"
    )
    words = "请先核实勘查人"
    trade.do("archive.change_decided", "qianyong", change_decision="refused", change_decision_words=words)
    assert refused(trade, "case.attached", FILE, "xuemei") == SHUT
    assert "申请没有获得批准" in trade.refusal("archive.change_made", "xuemei", **made(trade))
    trade.do("archive.change_requested", "liming", **ASKED)  # asked again, better founded


def test_one_change_after_the_other() -> None:
    trade = asked()
    assert trade.refusal("archive.change_requested", "wangli", **ASKED) == "上一项补充更正还没有办完"
    assert approved().refusal("archive.change_requested", "wangli", **ASKED) == "上一项补充更正还没有办完"


def test_nobody_approves_what_he_asked_for() -> None:
    trade = shelved()
    trade.do("archive.change_requested", "everybody", **ASKED)
    words = trade.refusal("archive.change_decided", "everybody", change_decision="agreed")
    assert words == "申请由您提出,须由另一个人审批"
    assert "由方案审批人办理" in trade.refusal("archive.change_decided", "xuemei", change_decision="agreed")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"change_kept": False}, "旧资料不得抽换销毁,须与新资料一并保存"),
        ({"change_new": "未签"}, "新内容与原内容相同"),
        ({"change_at": "2027-01-01T09:00+08:00"}, "修改时间晚于登记时间"),
        ({"change_at": "2026-03-12T09:00+08:00"}, "修改时间早于批准时间"),
        ({"change_by": ""}, "请填写修改人"),
    ],
)
def test_what_the_log_of_a_change_needs(changes: dict[str, Any], words: str) -> None:
    trade = approved()
    assert words in trade.refusal("archive.change_made", "xuemei", **made(trade, **changes))
