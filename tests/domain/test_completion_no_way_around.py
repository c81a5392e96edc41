"""No way around the inspection of stage 5: failures are not corrected away, what is sent back is done again
(regulations.md 5.3 R12)."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from tests.domain.completion_cases import said, walked
from tests.domain.refusing import correction
from tests.domain.trade import EVERYBODY, ORGANISATION, Trade, reference
from yekuo_desktop.domain import path
from yekuo_desktop.domain.formalities import formalities
from yekuo_desktop.domain.stages.completion import rounds

INSPECTED, REINSPECTED = "completion.inspected", "completion.reinspected"
DELIVERED, RECTIFIED, OPINED = "completion.delivered", "completion.rectified", "completion.opined"


def returned(trade: Trade, *kinds: str) -> Trade:
    trade.act("case.returned", path.Return("completion", kinds, "资料不符"), "liming")
    return trade


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
    undone = [task.kind for task in path.undone(trade.case, "completion", reference())]
    rests = [INSPECTED] if wanted == "completion.applied" else []
    assert undone == [wanted, *rests]


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


# ---- what a return does not make forgotten -------------------------------------------------------


def passed(trade: Trade, **changes: Any) -> dict[str, Any]:
    """The inspection as it would be said where nothing is wrong."""
    rows = [{**row, "passed": "passed"} for row in said(INSPECTED)["completion_details"]]
    return said(
        INSPECTED,
        completion_details=rows,
        completion_result="passed",
        completion_defects=[],
        **changes,
    )


def agreed(trade: Trade) -> None:
    for department in ("marketing", "production"):
        trade.do(OPINED, "sunhao", **said(OPINED, 2, completion_department=department))


@pytest.mark.parametrize("redo", [(INSPECTED,), ("completion.applied",)])
def test_defects_that_were_found_are_not_lost_by_having_the_inspection_made_anew(
    redo: tuple[str, ...],
) -> None:
    """R12: failed, no rectification on record, then passed. It is said what became of them."""
    trade = returned(walked(DELIVERED), *redo)
    if redo == ("completion.applied",):
        trade.do("completion.applied", "liming", **said("completion.applied"))
    agreed(trade)
    words = trade.refusal(INSPECTED, "heping", **passed(trade))
    assert "配电室操作通道堆放杂物，安全警示标志未装" in words
    assert "进线电缆相色标识与接线不符" in words
    assert "验收备注" in words
    told = "退回前的两项缺陷已现场核对,均已消除"
    assert trade.refusal(INSPECTED, "heping", **passed(trade, completion_remarks=told)) == ""


def test_a_first_inspection_has_nothing_to_answer_for() -> None:
    trade = walked("completion.applied")
    agreed(trade)
    assert trade.refusal(INSPECTED, "heping", **passed(trade)) == ""


def test_whoever_corrected_a_rectification_does_not_close_it() -> None:
    trade = walked(RECTIFIED, 2)
    second = replace(EVERYBODY, id="second", login="second", name="兼职二")
    trade.organisation = replace(ORGANISATION, people={**ORGANISATION.people, "second": second})
    agreed(trade)
    record = next(r for r in reversed(trade.case.records) if r.kind == RECTIFIED)
    rows = record.values["completion_rectified"]
    change = path.Correction(
        record.id, {"completion_rectified": (rows, [{**rows[0], "remedy": "已更正"}])}, "笔误"
    )
    trade.act("record.corrected", change, "second")
    assert "复验须由另一人办理" in trade.refusal(REINSPECTED, "second", **said(REINSPECTED))
    assert trade.refusal(REINSPECTED, "heping", **said(REINSPECTED)) == ""


def test_both_sides_are_two_people() -> None:
    trade = walked(INSPECTED)
    words = trade.refusal(DELIVERED, "liming", **said(DELIVERED, completion_receiver="何 平"))
    assert "不能是同一人" in words


def test_minutes_are_not_written_before_the_departments_spoke() -> None:
    trade = walked("completion.applied")
    agreed(trade)
    early = trade.case.records[-1].stated - timedelta(minutes=5)
    assert "早于部门验收意见" in trade.refusal(INSPECTED, "heping", early, **passed(trade))


def test_nothing_is_put_right_before_both_sides_signed() -> None:
    trade = walked(DELIVERED)
    early = trade.case.records[-1].stated - timedelta(minutes=5)
    assert "早于双方签字" in trade.refusal(RECTIFIED, "liming", early, **said(RECTIFIED))


def test_a_correction_does_not_complete_a_report_of_rectification() -> None:
    """With the last defect reported the clock of the re-inspection starts: by a record of its own."""
    trade = walked(RECTIFIED)
    both = [*said(RECTIFIED)["completion_rectified"], *said(RECTIFIED, 1)["completion_rectified"]]
    assert "更正会改变时限的起止" in correction(trade, RECTIFIED, "completion_rectified", both)
