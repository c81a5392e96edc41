"""The papers of a case that another station goes on with: passed within one working day, signed for there
(业扩报装管理规则 国家电网企管〔2019〕431号: 同城营业厅间资料传递)."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from tests.domain.refusing import refused
from tests.domain.trade import ORGANISATION, PEOPLE, START, Trade, reference
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.case_rows import RunningLimit
from yekuo_desktop.domain.clocks import running_limits
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.delivery import PapersReceipt, Transfer, papers_under_way
from yekuo_desktop.domain.journal import words
from yekuo_desktop.domain.organisation import Station
from yekuo_desktop.domain.people import Person, Role

THERE = Person(id="there", login="there", name="城关", roles=(Role.CLERK,), station="QL")
COUNTY = replace(
    ORGANISATION,
    people={**ORGANISATION.people, "there": THERE},
    stations=(Station("HK", "河口供电所"), Station("QL", "青龙供电所")),
)


def transferred(rules: str = "rules_2019") -> Trade:
    trade = Trade("lv_resident", "survey", rules=rules, organisation=COUNTY)
    trade.act("case.transferred", Transfer("QL", "辖区调整"), "zhaojun")
    return trade


def passing(trade: Trade) -> list[RunningLimit]:
    return [limit for limit in running_limits(trade.case, reference()) if limit.limit == "papers_passing"]


def test_the_clock_runs_from_the_transfer_to_the_signature() -> None:
    trade = transferred()
    (limit,) = passing(trade)
    assert (limit.start, limit.stopped) == (START + timedelta(hours=1), None)
    assert limit.due == datetime(2026, 3, 10, 17, 30, tzinfo=CHINA)  # this rule set counts the day itself
    trade.act("papers.received", PapersReceipt("资料齐全"), "there")
    (limit,) = passing(trade)
    assert limit.stopped == START + timedelta(hours=2)


def test_a_rule_set_without_the_limit_has_no_clock() -> None:
    trade = transferred("supply_rules_2024")
    assert passing(trade) == []
    assert papers_under_way(trade.case)


def test_who_sent_them_does_not_sign_for_them() -> None:
    trade = transferred()
    said = refused(trade, "papers.received", PapersReceipt("资料齐全"), "wangli")
    assert said == "移交的资料由接收的供电所签收"


def test_there_is_nothing_to_sign_for_before_and_after() -> None:
    trade = Trade("lv_resident", "survey", rules="rules_2019", organisation=COUNTY)
    assert refused(trade, "papers.received", PapersReceipt("资料齐全"), "there") == "没有正在移交的资料"
    trade = transferred()
    trade.act("papers.received", PapersReceipt("缺身份证复印件"), "there")
    assert refused(trade, "papers.received", PapersReceipt("资料齐全"), "there") == "没有正在移交的资料"


def test_what_was_not_among_them_is_said() -> None:
    trade = transferred()
    assert refused(trade, "papers.received", PapersReceipt(" "), "there") == "请写明清点情况"
    trade.act("papers.received", PapersReceipt("缺身份证复印件"), "there")
    assert words(trade.entries[-1]) == "接收移交资料:缺身份证复印件"


def test_each_transfer_has_its_own_clock() -> None:
    trade = transferred()
    trade.act("papers.received", PapersReceipt("资料齐全"), "there")
    trade.act("case.transferred", Transfer("HK", "转回"), "zhaojun")
    assert [limit.stopped is None for limit in passing(trade)] == [False, True]


@pytest.mark.parametrize("kind", ["case.transferred", "papers.received"])
def test_what_was_done_before_them_is_still_entered_afterwards(kind: str) -> None:
    """A step of the way does not wait for the papers: a survey made in the morning is entered after a
    transfer at noon."""
    trade = Trade("lv_resident", "survey", rules="rules_2019", organisation=COUNTY)
    made = trade.now + timedelta(minutes=5)
    trade.act("case.transferred", Transfer("QL", "辖区调整"), "zhaojun")
    if kind == "papers.received":
        trade.act("papers.received", PapersReceipt("资料齐全"), "there")
    assert "早于" not in trade.refusal("survey.assigned", PEOPLE["liming"].id, made)


def test_nothing_is_signed_for_before_it_was_sent_nor_sent_on_before_it_was_signed_for() -> None:
    trade = transferred()
    sent = trade.now
    trade.later(hours=3)
    with pytest.raises(Refused, match="早于资料的上一次移交"):
        trade.act("papers.received", PapersReceipt("资料齐全"), "there", sent - timedelta(minutes=1))
    trade.act("papers.received", PapersReceipt("资料齐全"), "there")
    with pytest.raises(Refused, match="早于资料的上一次移交或签收"):
        trade.act("case.transferred", Transfer("HK", "转回"), "zhaojun", sent + timedelta(minutes=1))
