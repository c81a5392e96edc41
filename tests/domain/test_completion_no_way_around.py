"""No way around the inspection of stage 5: failures are not corrected away, what is sent back is done again
(regulations.md 5.3 R12)."""

from typing import Any

import pytest

from tests.domain.completion_cases import said, walked
from tests.domain.trade import Trade, reference
from yekuo_desktop.domain import path
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.formalities import formalities
from yekuo_desktop.domain.stages.completion import rounds

INSPECTED, REINSPECTED = "completion.inspected", "completion.reinspected"
DELIVERED, RECTIFIED, OPINED = "completion.delivered", "completion.rectified", "completion.opined"


def returned(trade: Trade, *kinds: str) -> Trade:
    trade.act("case.returned", path.Return("completion", kinds, "资料不符"), "liming")
    return trade


def correction(trade: Trade, kind: str, key: str, wanted: Any) -> str:
    record = next(record for record in reversed(trade.case.records) if record.kind == kind)
    change = path.Correction(record.id, {key: (record.values.get(key, ""), wanted)}, "笔误")
    try:
        trade.act("record.corrected", change, record.by)
    except Refused as refused:
        return str(refused)
    return ""


def test_a_failure_is_not_corrected_away() -> None:
    found = correction(walked(INSPECTED), INSPECTED, "completion_evaluation", "合格")
    assert "结论为不合格的纪要不能改成别的" in found


def test_signed_minutes_are_not_corrected() -> None:
    found = correction(walked(DELIVERED, 2), REINSPECTED, "completion_evaluation", "好")
    assert "纪要已由双方签字" in found or "结论为不合格" in found


def test_a_report_that_was_inspected_is_not_corrected() -> None:
    assert "已于 2026-03-10 验收,不能再改" in correction(
        walked(INSPECTED), "completion.applied", "works_capacity", "400"
    )


def test_opinions_the_minutes_rest_on_are_not_corrected() -> None:
    assert "不能再改部门意见" in correction(walked(INSPECTED), OPINED, "completion_words", "无")


def test_a_rectification_that_must_be_made_anew_takes_the_pass_with_it() -> None:
    """R12: passed without a rectification on record is not passed."""
    trade = returned(walked(DELIVERED, 2), RECTIFIED)
    assert not rounds.passed(trade.case)
    assert [d.no for d in rounds.waiting(trade.case)] == ["1", "2"]
    assert [task.kind for task in path.undone(trade.case, "completion", reference())] == [REINSPECTED]
    assert "还没有整改记录" in trade.refusal(REINSPECTED, "heping", **said(REINSPECTED))
    for at in range(2):
        trade.do(RECTIFIED, "liming", **said(RECTIFIED, at))
    for department in ("marketing", "production"):  # the re-inspection is held anew, with who objected
        trade.do(OPINED, "sunhao", **said(OPINED, 2, completion_department=department))
    trade.do(REINSPECTED, "heping", **said(REINSPECTED))
    trade.do(DELIVERED, "liming", **said(DELIVERED))
    assert trade.case.stage == "energization"


@pytest.mark.parametrize(
    ("redo", "wanted"),
    [
        ((INSPECTED,), INSPECTED),
        ((REINSPECTED,), REINSPECTED),
        ((INSPECTED, REINSPECTED, RECTIFIED), INSPECTED),
        (("completion.applied",), "completion.applied"),
        ((DELIVERED,), DELIVERED),
    ],
)
def test_what_is_sent_back_is_done_again(redo: tuple[str, ...], wanted: str) -> None:
    trade = returned(walked(DELIVERED, 2), *redo)
    assert [task.kind for task in path.undone(trade.case, "completion", reference())] == [wanted]


def test_works_reported_anew_are_inspected_anew() -> None:
    trade = returned(walked(DELIVERED, 2), "completion.applied")
    trade.do("completion.applied", "liming", **said("completion.applied"))
    assert INSPECTED in {task.kind for task in path.undone(trade.case, "completion", reference())}


def test_an_old_closing_does_not_close_a_defect_found_anew() -> None:
    trade = returned(walked(DELIVERED, 2), INSPECTED)
    trade.do(INSPECTED, "heping", **said(INSPECTED, completion_defects=said(INSPECTED)["completion_defects"]))
    assert len(rounds.waiting(trade.case)) == 2
    found = next(f for f in formalities(trade.case, reference()) if f.id == "inspection")
    assert found.why == "还有 2 项缺陷没有整改合格"
