"""Papers that are not all there: said once, whole and in writing; nothing is accepted before they are."""

import pytest

from tests.domain.lackings import said
from tests.domain.trade import Trade, reference
from tests.domain.walk import DAY, given, walk
from yekuo_desktop.domain import path
from yekuo_desktop.domain.brought_papers import wanted
from yekuo_desktop.domain.lacking import COMPLETION, DESIGN, FORM, INTERMEDIATE, notice_values
from yekuo_desktop.domain.papers import Facts
from yekuo_desktop.domain.records import records
from yekuo_desktop.domain.stages import ALL_FORMS
from yekuo_desktop.office.practice import completion as practice_completion
from yekuo_desktop.office.practice import construction as practice_construction
from yekuo_desktop.office.practice import design as practice_design

WHERE = {
    DESIGN: ("design", practice_design, "designer.chosen", "design.received"),
    INTERMEDIATE: ("construction", practice_construction, "construction.progressed", "intermediate.applied"),
    COMPLETION: ("completion", practice_completion, "", "completion.applied"),
}


def ready(kind: str) -> Trade:
    """A case that waits for the papers of that stage."""
    stage, practice, until, _receipt = WHERE[kind]
    trade = Trade("hv_dual", stage, rules="seed")
    if kind == INTERMEDIATE:
        given(trade, "design.concluded", design_result="agreed")
    return walk(trade, practice.answers("hv_dual", DAY) if until else (), until)


def first(trade: Trade, kind: str) -> str:
    """The first required paper of the list."""
    stage = path.TASKS[kind].stage
    return next(rule.label for rule in wanted(trade.case, stage, reference()) if rule.required)


@pytest.mark.parametrize("kind", WHERE)
def test_what_is_lacking_is_said_once_and_on_paper(kind: str) -> None:
    trade = ready(kind)
    label, form = first(trade, kind), ALL_FORMS[FORM]
    assert not form.when(trade.case)
    before = len(trade.case.events)
    trade.do(kind, "liming", **said(trade, kind, label, lacking_words="图纸须盖章"))
    assert form.when(trade.case)
    assert len(trade.case.events) == before  # no limit begins
    facts = Facts(
        case=trade.case, organisation=trade.organisation, reference=reference(), station="HK", now=trade.now
    )
    values = notice_values(facts)
    assert [row["name"] for row in values["lacking_wanted"]] == [label]
    assert len(values["lacking_received"]) == len(wanted(trade.case, path.TASKS[kind].stage, reference())) - 1
    assert (values["lacking_words"], values["done_by"]) == ("图纸须盖章", "李明")
    assert "已经登记" in trade.refusal(kind, "liming", **said(trade, kind, label))


@pytest.mark.parametrize("kind", WHERE)
def test_nothing_is_left_out_and_not_nothing_is_said(kind: str) -> None:
    trade = ready(kind)
    values = said(trade, kind, first(trade, kind))
    short = [row for row in values["lacking_papers"] if row["name"] != first(trade, kind)]
    assert "缺的要一次说全" in trade.refusal(kind, "liming", **{**values, "lacking_papers": short})
    assert "请直接受理" in trade.refusal(kind, "liming", **said(trade, kind))


@pytest.mark.parametrize("kind", WHERE)
def test_afterwards_the_papers_are_accepted_as_ever_and_nothing_is_lacking_any_more(kind: str) -> None:
    trade = ready(kind)
    trade.do(kind, "liming", **said(trade, kind, first(trade, kind)))
    _stage, practice, _until, receipt = WHERE[kind]
    walk(trade, [answer for answer in practice.answers("hv_dual", DAY) if answer.kind == receipt][:1])
    assert records(trade.case, receipt)
    assert trade.refusal(kind, "liming", **said(trade, kind, first(trade, kind))) == "资料已经受理"


def test_a_new_round_may_lack_something_again() -> None:
    trade = ready(DESIGN)
    label = first(trade, DESIGN)
    trade.do(DESIGN, "liming", **said(trade, DESIGN, label))
    walk(trade, practice_design.answers("hv_dual", DAY)[1:], "design.delivered")
    trade.do(DESIGN, "liming", **said(trade, DESIGN, label))
    assert len(records(trade.case, DESIGN)) == 2


def test_before_papers_can_come_nothing_can_lack() -> None:
    trade = Trade("hv_dual", "design", rules="seed")
    assert trade.refusal(DESIGN, "liming", **said(trade, DESIGN, "负荷分布图")) == "客户还没有选定设计单位"
