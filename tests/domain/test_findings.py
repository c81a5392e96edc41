"""Findings numbered through all rounds and closed with evidence (regulations.md 2.10, R12)."""

from typing import Any

import pytest
from msgspec.structs import replace

from tests.domain.trade import START, Trade
from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.findings import (
    Trail,
    closing_problems,
    findings,
    numbered,
    round_of,
    still_open,
    unanswered,
)

APART = Trail(("inspected",), "found", ("rectified",), "closed")
TOGETHER = Trail(("first", "again"), "found", ("again",), "closed")


def case_of(*steps: tuple[str, dict[str, Any]]) -> Case:
    """A case with these records in order; a kind written with a leading ! must be done anew."""
    made = tuple(
        Record(
            id=f"r{at}",
            kind=kind.lstrip("!"),
            values=values,
            by="x",
            stated=START,
            recorded=START,
            redone="退回" if kind.startswith("!") else "",
        )
        for at, (kind, values) in enumerate(steps)
    )
    return replace(Trade("hv_single", "construction").case, records=made)


def found(*words: str) -> dict[str, Any]:
    return {"found": [{"what": word} for word in words]}


def closed(**evidence: str) -> dict[str, Any]:
    """n1="照片" closes finding 1; n1="" answers it without proof."""
    return {"closed": [{"no": no[1:], "outcome": "已改", "evidence": text} for no, text in evidence.items()]}


def test_numbers_go_on_through_the_rounds() -> None:
    case = case_of(("inspected", found("甲", "乙")), ("inspected", {}), ("inspected", found("丙")))
    assert [(f.no, f.round, f.what) for f in findings(case, APART)] == [
        ("1", 1, "甲"),
        ("2", 1, "乙"),
        ("3", 3, "丙"),
    ]


@pytest.mark.parametrize(
    ("steps", "left"),
    [
        ([("inspected", found("甲", "乙"))], "12"),
        ([("inspected", found("甲", "乙")), ("rectified", closed(n2="照片"))], "1"),
        ([("inspected", found("甲", "乙")), ("rectified", closed(n1="照片", n2="照片"))], ""),
        # Without evidence it stays open.
        ([("inspected", found("甲")), ("rectified", closed(n1=""))], "1"),
        # Closed before it was found: that was another finding of the same number.
        ([("rectified", closed(n1="照片")), ("inspected", found("甲"))], "1"),
        # The inspection was undone; its rectification says nothing of the new one.
        ([("!inspected", found("甲")), ("rectified", closed(n1="照片")), ("inspected", found("乙"))], "1"),
        ([("inspected", found("甲")), ("!rectified", closed(n1="照片"))], "1"),
    ],
)
def test_only_evidence_closes_what_was_found_before(
    steps: list[tuple[str, dict[str, Any]]], left: str
) -> None:
    assert "".join(f.no for f in still_open(case_of(*steps), APART)) == left


def test_one_record_may_close_the_old_and_find_the_new() -> None:
    """A re-inspection (completion) or a conclusion (design) does both; it cannot close its own findings."""
    case = case_of(("first", found("甲")), ("again", found("乙") | closed(n1="照片", n2="照片")))
    assert [(f.no, f.closed, f.evidence) for f in findings(case, TOGETHER)] == [
        ("1", "r1", "照片"),
        ("2", "", ""),
    ]


def test_rows_of_a_round_carry_their_numbers() -> None:
    case = case_of(("inspected", found("甲", "乙")), ("inspected", found("丙")))
    assert [no for no, _ in numbered(case, APART, case.records[0])] == ["1", "2"]
    assert [(no, row["what"]) for no, row in numbered(case, APART, case.records[1])] == [("3", "丙")]
    assert round_of(case, APART, case.records[1]) == 2
    assert round_of(case, APART, None) == 0
    assert numbered(case, APART, None) == ()


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (closed(n1="照片"), ""),
        (closed(n3="照片"), "没有第 3 条缺陷,或已经整改"),
        ({"closed": [{"no": "1"}, {"no": "1"}]}, "第 1 条缺陷写了两次"),
    ],
)
def test_answers_to_what_is_not_open(answers: dict[str, Any], said: str) -> None:
    case = case_of(("inspected", found("甲", "乙")))
    problems = closing_problems(case, APART, answers, noun="缺陷", done="整改")
    assert ";".join(p.text for p in problems) == said


def test_what_is_not_answered_and_what_is_not_proved() -> None:
    case = case_of(("inspected", found("甲", "乙")))
    assert unanswered(case, APART, closed(n1="")) == ("2",)
    assert unanswered(case, APART, closed(n1=""), with_evidence=True) == ("1", "2")
    assert unanswered(case, APART, closed(n1="照片", n2="报告"), with_evidence=True) == ()
