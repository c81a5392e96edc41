"""Whatever is sent back is waited for again, can be done again, and then the case goes on: for every task of
stages 2 to 4, in every class, under the rule sets that differ."""

from random import Random

import pytest
from msgspec.structs import replace

from tests.domain.test_any_order import at_hand, script
from tests.domain.trade import START, Trade, reference
from tests.domain.walk import DAY, do_anew, walk
from yekuo_desktop.domain import path
from yekuo_desktop.domain.path import TASKS, Return
from yekuo_desktop.office.practice.applications import application
from yekuo_desktop.office.practice.county import WAYS

STAGES = {stage: answers for stage, answers in WAYS if stage != "archive"}


def through(klass: str, rules: str, stage: str) -> Trade:
    """A case that has done everything of a stage, and still stands in it."""
    values = application(Random(f"{klass}{rules}"), 1, START.date(), klass)
    trade = Trade(klass, "survey", rules=rules, values=values)
    trade.case = at_hand(trade.case)
    for each, answers in STAGES.items():
        if each in path.passed(trade.case, reference()):
            trade.case = replace(trade.case, stage=each)
            walk(trade, answers(klass, DAY))
        if each == stage:
            break
    return trade


@pytest.mark.parametrize("rules", ["seed", "supply_rules_2024", "regulation_2010"])
@pytest.mark.parametrize("klass", ["lv_resident", "lv_nonresident", "hv_single", "hv_dual"])
@pytest.mark.parametrize("stage", ["survey", "design", "construction"])
def test_what_is_sent_back_is_waited_for_and_done_again(klass: str, rules: str, stage: str) -> None:
    trade = through(klass, rules, stage)
    done = trade.case, trade.entries
    kinds = [kind for kind in dict.fromkeys(r.kind for r in trade.case.records) if TASKS[kind].stage == stage]
    for kind in kinds:
        trade.case, trade.entries = replace(done[0], stage=stage), list(done[1])
        trade.act("case.returned", Return(stage, (kind,), "资料不符"), "zhaojun")
        if TASKS[kind].needed(trade.case, reference()):
            assert kind in [task.kind for task in path.undone(trade.case, stage, reference())]
        answers = [answer for answer in script(klass) if TASKS[answer.kind].stage == stage]
        assert do_anew(trade, stage, answers) == [], kind
