"""Defects of stage 5: R12 (inspection failed, rectification recorded, then passed, never without), the
parties responsible, the rounds and their limits, and no way around them (regulations.md 1, 2.11, 5.3)."""

from typing import Any

import pytest

from tests.domain.completion_cases import rows, said, texts, walked
from tests.domain.trade import Trade, reference
from yekuo_desktop.domain.clocks import running_limits
from yekuo_desktop.domain.formalities import formalities
from yekuo_desktop.domain.stages.completion import rounds

INSPECTED, REINSPECTED = "completion.inspected", "completion.reinspected"
DELIVERED, RECTIFIED, OPINED = "completion.delivered", "completion.rectified", "completion.opined"


def rechecked(*results: str, **changes: Any) -> dict[str, Any]:
    """A re-inspection with the given result of each defect."""
    passed = all(result == "passed" for result in results)
    again = {"evidence": "", "outcome": "没有整改到位", "due": "2026-04-30"}
    found = [
        {**row, "recheck": result, **({} if result == "passed" else again)}
        for row, result in zip(said(REINSPECTED)["completion_closed"], results, strict=False)
    ]
    result = "passed" if passed else "failed"
    return {**said(REINSPECTED), "completion_closed": found, "completion_result": result, **changes}


def inspection(trade: Trade) -> str:
    """What the preconditions of energization say of the inspection."""
    found = next(f for f in formalities(trade.case, reference()) if f.id == "inspection")
    return found.why


def test_the_way_of_a_defect() -> None:
    """Found, signed for, rectified by both parties, closed with evidence, signed again: then stage 6."""
    trade = walked(INSPECTED)
    assert inspection(trade) == "还有 2 项缺陷没有整改合格"
    assert [(d.no, d.responsible) for d in rounds.waiting(trade.case)] == [
        ("1", "customer"),
        ("2", "builder"),
    ]
    trade = walked(REINSPECTED)
    assert inspection(trade) == ""
    assert [d.evidence for d in rounds.defects(trade.case)] == ["整改后照片 2 张，现场复验"] * 2
    assert trade.case.stage == "completion"
    trade = walked(DELIVERED, 2)
    assert trade.case.stage == "energization"


@pytest.mark.parametrize(
    ("done", "times", "kind", "by", "words"),
    [
        # each step waits for the one before it
        (INSPECTED, 1, RECTIFIED, "liming", "验收纪要和整改通知还没有双方签字"),
        (DELIVERED, 1, REINSPECTED, "heping", "第 1、2 项缺陷还没有整改记录,不能复验"),
        (RECTIFIED, 1, REINSPECTED, "heping", "第 1、2 项缺陷还没有整改记录,不能复验"),
        (RECTIFIED, 2, REINSPECTED, "heping", "还没有部门意见:营销部、生技部"),
        (RECTIFIED, 2, RECTIFIED, "liming", "缺陷已全部登记整改,等待复验"),
        (DELIVERED, 1, INSPECTED, "heping", "竣工验收并出具纪要已经登记,有误请更正"),
        (DELIVERED, 1, OPINED, "sunhao", "整改情况还没有全部登记"),
        (DELIVERED, 1, "completion.applied", "liming", "受理竣工报验已经登记,有误请更正"),
        (REINSPECTED, 1, RECTIFIED, "liming", "没有需要整改的缺陷"),
        (REINSPECTED, 1, REINSPECTED, "heping", "竣工复验已经登记,有误请更正"),
    ],
)
def test_each_step_in_its_order(done: str, times: int, kind: str, by: str, words: str) -> None:
    assert walked(done, times).refusal(kind, by, **said(kind)) == words


def test_no_rectification_where_nothing_was_found() -> None:
    trade = walked("completion.applied")
    assert trade.refusal(RECTIFIED, "liming", **said(RECTIFIED)) == "这件业务不需要登记缺陷整改"
    assert trade.refusal(REINSPECTED, "heping", **said(REINSPECTED)) == "这件业务不需要竣工复验"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"no": "7"}, "没有第 7 项待整改的缺陷"),
        ({"remedy": ""}, "第 1 行:请填写整改结果"),
        ({"remedied_by": ""}, "第 1 行:请填写整改单位(人)"),
        ({"evidence": ""}, "第 1 行:请填写整改证据"),
        ({"remedied_on": "2026-03-20"}, "第 1 项的完成日期晚于登记时间"),
        ({"remedied_on": "2026-03-09"}, "第 1 项的完成日期早于验收日期"),
    ],
)
def test_what_a_rectification_must_say(row: dict[str, str], words: str) -> None:
    values = said(RECTIFIED)
    values["completion_rectified"] = rows(values, "completion_rectified", **row)
    assert words in walked(DELIVERED).refusal(RECTIFIED, "liming", **values)


def test_a_defect_is_reported_once() -> None:
    values = said(RECTIFIED)
    values["completion_rectified"] *= 2
    assert "第 1 项写了两次" in walked(DELIVERED).refusal(RECTIFIED, "liming", **values)


def test_a_late_rectification_and_what_is_left_are_said_aloud() -> None:
    trade = walked(DELIVERED)
    trade.later(days=40)
    values = said(RECTIFIED)
    values["completion_rectified"] = rows(values, "completion_rectified", remedied_on="2026-04-15")
    found = texts(trade.found(RECTIFIED, "liming", **values), warning=True)
    assert "第 1 项晚于整改期限 2026-04-09" in found
    assert "第 2 项还没有整改;全部整改后才能复验" in found


def test_whoever_reported_a_rectification_does_not_confirm_it() -> None:
    """整改通知: 整改结果, 确认人 (regulations.md 2.11); nobody approves what he drafted."""
    trade = walked(DELIVERED)
    for at in range(2):
        trade.do(RECTIFIED, "sunhao", **said(RECTIFIED, at))
    for at in (2, 3):
        trade.do(OPINED, "sunhao", **said(OPINED, at))
    words = trade.refusal(REINSPECTED, "sunhao", **said(REINSPECTED))
    assert words == "整改由您登记(或更正),复验须由另一人办理"
    assert trade.refusal(REINSPECTED, "heping", **said(REINSPECTED)) == ""


# ---- re-inspection -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (rechecked("passed"), "第 2 项还没有复验"),
        (rechecked("passed", "failed", completion_result="passed"), "还有缺陷复验不合格,结论不能为合格"),
        (rechecked("passed", "passed", completion_result="failed"), "请写明还有什么缺陷"),
        (
            rechecked("passed", "passed", completion_defects=said(INSPECTED)["completion_defects"]),
            "有缺陷的,结论应为不合格",
        ),
    ],
)
def test_what_a_reinspection_must_say(values: dict[str, Any], words: str) -> None:
    assert words in walked(OPINED, 4).refusal(REINSPECTED, "heping", **values)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"recheck": "passed", "evidence": ""}, "没有写明整改证据,不能消除"),
        ({"recheck": "failed", "due": "2026-04-30"}, "复验不合格,不要填整改证据"),
        ({"recheck": "failed", "evidence": "", "due": ""}, "请写明重新整改的期限"),
        ({"recheck": "failed", "evidence": "", "due": "2026-03-01"}, "早于复验日期"),
        ({"no": "9"}, "没有第 9 项待整改的缺陷"),
    ],
)
def test_a_defect_is_closed_with_evidence_only(row: dict[str, str], words: str) -> None:
    values = said(REINSPECTED, completion_result="failed")
    values["completion_closed"] = rows(values, "completion_closed", **row)
    assert words in walked(OPINED, 4).refusal(REINSPECTED, "heping", **values)


def test_the_objecting_departments_are_heard_again() -> None:
    """The one that agreed need not come; what it agreed to stands."""
    trade = walked("completion.applied")
    trade.do(OPINED, "sunhao", **said(OPINED, 2))
    trade.do(OPINED, "sunhao", **said(OPINED, 1))
    trade.do(INSPECTED, "heping", **said(INSPECTED))
    trade.do(DELIVERED, "liming", **said(DELIVERED))
    for at in range(2):
        trade.do(RECTIFIED, "liming", **said(RECTIFIED, at))
    assert trade.refusal(REINSPECTED, "heping", **said(REINSPECTED)) == "还没有部门意见:生技部"
    against = said(OPINED, 1)
    trade.do(OPINED, "sunhao", **against)
    assert "生技部不同意" in trade.refusal(REINSPECTED, "heping", **said(REINSPECTED))


def test_every_round_has_its_own_limit() -> None:
    """供电营业规则 2024: 每次 3 个工作日 (regulations.md 1.3). The customer's own time is no part of it."""
    trade = walked(DELIVERED, rules="regulation_2010")
    trade.later(days=20)
    answer = said(RECTIFIED)
    answer["completion_rectified"] += said(RECTIFIED, 1)["completion_rectified"]
    trade.do(RECTIFIED, "liming", **answer)
    found = [x for x in running_limits(trade.case, reference()) if x.limit == "completion_inspection"]
    assert [limit.round for limit in found] == [1, 2]
    assert [limit.stopped is None for limit in found] == [False, True]
    assert f"{found[1].start:%Y-%m-%d}" == "2026-03-30"
    assert rounds.turn(trade.case) == 2


def test_a_partial_rectification_starts_no_clock() -> None:
    trade = walked(RECTIFIED, rules="regulation_2010")
    found = [x for x in running_limits(trade.case, reference()) if x.limit == "completion_inspection"]
    assert [limit.round for limit in found] == [1]


def test_a_second_failure_goes_round_again() -> None:
    trade = walked(OPINED, 4)
    trade.do(REINSPECTED, "heping", **rechecked("passed", "failed"))
    assert [(d.no, d.due) for d in rounds.waiting(trade.case)] == [("2", "2026-04-30")]
    assert inspection(trade) == "还有 1 项缺陷没有整改合格"
    trade.do(DELIVERED, "liming", **said(DELIVERED))
    assert trade.refusal(RECTIFIED, "liming", **said(RECTIFIED)).startswith("没有第 1 项待整改的缺陷")
    trade.do(RECTIFIED, "liming", **said(RECTIFIED, 1))
    trade.do(OPINED, "sunhao", **said(OPINED, 2))
    values = said(REINSPECTED)
    values["completion_closed"] = values["completion_closed"][1:]
    trade.do(REINSPECTED, "heping", **values)
    trade.do(DELIVERED, "liming", **said(DELIVERED))
    assert trade.case.stage == "energization"


def test_what_a_reinspection_finds_new_gets_the_next_number() -> None:
    trade = walked(OPINED, 4)
    new = said(INSPECTED)["completion_defects"][:1]
    trade.do(REINSPECTED, "heping", **rechecked("passed", "failed", completion_defects=new))
    assert [d.no for d in rounds.waiting(trade.case)] == ["2", "3"]


def test_what_was_reported_is_proposed_for_the_reinspection() -> None:
    trade = walked(DELIVERED)
    rest = trade.proposed(RECTIFIED, "liming")["completion_rectified"].value
    assert [(row["no"], row["remedied_by"]) for row in rest] == [("1", "客户"), ("2", "施工单位")]
    found = walked(OPINED, 4).proposed(REINSPECTED, "heping")
    assert [row["outcome"] for row in found["completion_closed"].value] == [
        "已清理并装设警示标志",
        "已重做电缆头并更正相色",
    ]
    assert found["completion_result"].value == "passed"
