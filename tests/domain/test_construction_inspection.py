"""The intermediate inspection: applied for at two thirds or before hidden works are covered, held against the
approved drawings, findings rectified with evidence, rounds (种子文件 四; regulations.md 2.10, 3.2, R12)."""

from typing import Any

import pytest

from tests.domain.trade import Trade, reference
from tests.domain.walk import DAY, given, walk
from yekuo_desktop.domain import path
from yekuo_desktop.domain.findings import findings, still_open
from yekuo_desktop.domain.path import Return
from yekuo_desktop.domain.stages.construction import rounds
from yekuo_desktop.office.practice.construction import answers

NAMES = ("中间检查申请", "施工、试验单位资质证明", "设备三证：生产许可证、产品合格证、入网许可证")
PAPERS = [{"name": name, "state": "original"} for name in NAMES]
APPLIED = {"intermediate_applicant": "郭建设", "intermediate_papers": PAPERS}
HIDDEN = {"intermediate_trigger": "hidden", "intermediate_hidden": "电缆沟"}
ITEMS = ("drawings", "qualification", "hidden", "metering")
DEFECT = {"what": "支架未接地", "required": "焊接", "responsible": "builder", "due": "2026-04-01"}
INSPECTED = {
    "intermediate_inspectors": [{"department": "marketing", "name": "何平"}],
    "intermediate_basis": "审查同意的设计图纸",
    "intermediate_content": [{"item": item, "outcome": "passed"} for item in ITEMS],
    "intermediate_result": "passed",
}
FAILED = INSPECTED | {
    "intermediate_content": [{"item": item, "outcome": "failed"} for item in ITEMS],
    "intermediate_result": "failed",
    "intermediate_findings": [DEFECT, DEFECT],
}
RECTIFIED = {"intermediate_reported_by": "郭建设"}


def closing(*numbers: str, evidence: str = "照片") -> dict[str, Any]:
    rows = [{"no": no, "outcome": "已改", "evidence": evidence} for no in numbers]
    return RECTIFIED | {"intermediate_closed": rows}


def after(kind: str, times: int = 1, rules: str = "seed") -> Trade:
    trade = Trade("hv_dual", "construction", rules=rules, values={"importance": "level_2"})
    given(trade, "design.concluded", design_result="agreed")
    return walk(trade, answers("hv_dual", DAY), kind, times)


def without_hidden_works() -> Trade:
    trade = after("contractor.checked")
    values = {"construction_started_on": "2026-03-10", "construction_expected_end": "2026-06-10"}
    trade.do("construction.started", "liming", hidden_works=False, **values)
    return trade


# ---- application ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("percent", "said"),
    [("66", ""), ("66.7", ""), ("100", ""), ("65", "须完成约三分之二(66%),现为 65%"), ("101", "不超过 100%")],
)
def test_two_thirds_must_be_installed(percent: str, said: str) -> None:
    values = APPLIED | {"intermediate_trigger": "progress", "intermediate_percent": percent}
    refused = after("construction.started").refusal("intermediate.applied", "liming", **values)
    assert said in refused if said else refused == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (HIDDEN, ""),
        ({"intermediate_trigger": "hidden"}, "请填写将覆盖的隐蔽工程"),
        ({"intermediate_trigger": "progress"}, "请填写设备安装完成"),
        ({}, "请填写申请时机"),
        (HIDDEN | {"intermediate_applicant": ""}, "请填写中间检查申请人"),
        (HIDDEN | {"intermediate_papers": PAPERS[1:]}, "缺“中间检查申请”"),
        (HIDDEN | {"intermediate_papers": PAPERS[:1]}, "缺“施工、试验单位资质证明”"),
    ],
)
def test_an_application_says_why_now_and_brings_its_papers(changes: dict[str, Any], said: str) -> None:
    trade = after("construction.started")
    refused = trade.refusal("intermediate.applied", "liming", **APPLIED | changes)
    assert said in refused if said else refused == ""
    proposed = trade.proposed("intermediate.applied", "liming")
    assert [row["name"] for row in proposed["intermediate_papers"].value] == list(NAMES)
    assert proposed["intermediate_trigger"].value == "hidden"


def test_what_was_covered_already_is_said_aloud() -> None:
    """未经中间检查的可不予检验和接电 (regulations.md 1.3)."""
    trade = after("construction.started")
    trade.later(days=30)
    found = trade.found(
        "intermediate.applied", "liming", **APPLIED | HIDDEN, intermediate_cover_on="2026-03-20"
    )
    assert [(p.field, p.warning) for p in found] == [("intermediate_cover_on", True)]


def test_hidden_works_that_were_denied_are_asked_about() -> None:
    trade = without_hidden_works()
    assert trade.proposed("intermediate.applied", "liming")["intermediate_trigger"].value == "progress"
    found = trade.found("intermediate.applied", "liming", **APPLIED | HIDDEN)
    assert [(p.field, p.warning) for p in found] == [("intermediate_trigger", True)]


@pytest.mark.parametrize(
    ("rules", "importance", "hidden", "demanded"),
    [
        ("seed", "none", False, True),
        ("supply_rules_2024", "level_2", True, True),
        ("supply_rules_2024", "level_2", False, False),  # only hidden works are inspected
        ("supply_rules_2024", "none", True, False),
        ("rules_2019", "none", True, False),
        ("rules_2019", "level_2", False, True),
        ("regulation_2010", "none", False, True),
    ],
)
def test_who_is_inspected(rules: str, importance: str, hidden: bool, demanded: bool) -> None:
    trade = Trade("hv_single", "construction", rules=rules, values={"importance": importance})
    given(trade, "construction.started", hidden_works=hidden)
    needed = {task.kind for task in path.undone(trade.case, "construction", reference())}
    assert (rounds.INSPECTED in needed) is demanded
    refused = trade.refusal("intermediate.applied", "liming", **APPLIED | HIDDEN)
    assert ("不需要" in refused) is not demanded


@pytest.mark.parametrize(
    ("done", "times", "said"),
    [
        ("contractor.checked", 1, "还没有登记开工"),
        ("intermediate.applied", 1, "等待检查"),
        ("intermediate.inspected", 1, "第 1、2、3 项还没有整改"),
        ("intermediate.rectified", 1, "等待检查"),
        ("intermediate.inspected", 2, ""),  # other hidden works may follow
    ],
)
def test_one_application_at_a_time(done: str, times: int, said: str) -> None:
    refused = after(done, times).refusal("intermediate.applied", "liming", **APPLIED | HIDDEN)
    assert said in refused if said else refused == ""


# ---- inspection ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (INSPECTED, ""),
        (FAILED, ""),
        (
            INSPECTED | {"intermediate_content": INSPECTED["intermediate_content"][:3]},
            "还没有检查:计量装置选型",
        ),
        (INSPECTED | {"intermediate_content": FAILED["intermediate_content"]}, "结论不能为合格"),
        (INSPECTED | {"intermediate_findings": [DEFECT]}, "结论应为不合格"),
        (INSPECTED | {"intermediate_inspectors": []}, "请填写检查人员"),
        (INSPECTED | {"intermediate_basis": ""}, "请填写检查依据"),
        (
            INSPECTED
            | {
                "intermediate_content": [
                    {"item": i, "outcome": "none" if i == "hidden" else "passed"} for i in ITEMS
                ]
            },
            "不能写“不涉及”",
        ),
        (FAILED | {"intermediate_findings": []}, "请逐条写明缺陷"),
        (FAILED | {"intermediate_findings": [{**DEFECT, "responsible": ""}]}, "第 1 行:请填写责任方"),
        (FAILED | {"intermediate_findings": [{**DEFECT, "due": ""}]}, "第 1 行:请填写整改期限"),
        (FAILED | {"intermediate_findings": [{**DEFECT, "due": "2026-03-01"}]}, "早于检查日期"),
    ],
)
def test_an_inspection_looks_at_everything_and_follows_from_it(values: dict[str, Any], said: str) -> None:
    refused = after("intermediate.applied").refusal("intermediate.inspected", "heping", **values)
    assert said in refused if said else refused == ""


def test_it_is_held_against_the_approved_drawings() -> None:
    proposed = after("intermediate.applied").proposed("intermediate.inspected", "heping")
    assert proposed["intermediate_basis"].value == "2026-03-10 审查同意的设计图纸"
    assert [row["item"] for row in proposed["intermediate_content"].value] == list(ITEMS)
    plain = Trade("hv_single", "construction", rules="rules_2019", values={"importance": "level_2"})
    assert plain.proposed("intermediate.inspected", "heping")["intermediate_basis"].value == (
        "供电方案和设计图纸"
    )


@pytest.mark.parametrize("login", ["liming", "sunhao", "wangli", "qianyong", "duwei", "xuemei", "luoxin"])
def test_only_an_inspector_inspects(login: str) -> None:
    trade = after("intermediate.applied")
    assert "由用电检查专责办理" in trade.refusal("intermediate.inspected", login, **INSPECTED)


# ---- rectification and the next round ------------------------------------------------------------


def test_a_defect_is_put_right_with_evidence_after_the_customer_has_it_in_writing() -> None:
    trade = after("intermediate.inspected")
    assert "还没有交客户签收" in trade.refusal("intermediate.rectified", "liming", **closing("1"))
    trade.do("intermediate.delivered", "liming", intermediate_receiver="郭建设")
    assert "意见书已交客户签收" in trade.refusal(
        "intermediate.delivered", "liming", intermediate_receiver="郭建设"
    )
    for answer, said in (
        (closing("1", evidence=""), "第 1 行:请填写整改证据"),
        (closing("9"), "没有第 9 条缺陷"),
        (closing("1", "1"), "第 1 条缺陷写了两次"),
    ):
        assert said in trade.refusal("intermediate.rectified", "liming", **answer)
    found = trade.found("intermediate.rectified", "liming", **closing("2"))
    assert [(p.text, p.warning) for p in found] == [("第 1、3 条还没有整改,复查要等全部整改", True)]


def test_the_inspector_comes_again_when_everything_is_put_right() -> None:
    trade = after("intermediate.delivered")
    trade.do("intermediate.rectified", "liming", **closing("2"))
    assert "第 1、3 项还没有整改记录,不能复查" in trade.refusal(
        "intermediate.inspected", "heping", **INSPECTED
    )
    events = len(trade.case.events)
    trade.do("intermediate.rectified", "liming", **closing("1", "3"))
    assert [e.name for e in trade.case.events[events:]] == ["intermediate_applied"]
    trade.do("intermediate.inspected", "heping", **INSPECTED)
    assert rounds.passed(trade.case)


def test_who_recorded_the_rectification_does_not_inspect_it() -> None:
    trade = after("intermediate.delivered")
    trade.do("intermediate.rectified", "everybody", **closing("1", "2", "3"))
    assert "由另一名用电检查专责" in trade.refusal("intermediate.inspected", "everybody", **INSPECTED)
    assert trade.refusal("intermediate.inspected", "heping", **INSPECTED) == ""


def test_a_second_failure_goes_on_with_the_numbers() -> None:
    trade = after("intermediate.rectified")
    trade.do("intermediate.inspected", "heping", **FAILED)
    assert [f.no for f in still_open(trade.case, rounds.FINDINGS)] == ["4", "5"]
    assert [f.round for f in findings(trade.case, rounds.FINDINGS)] == [1, 1, 1, 2, 2]
    assert not rounds.passed(trade.case)


def test_a_later_application_is_inspected_before_the_stage_is_left() -> None:
    trade = after("intermediate.inspected", 2)
    trade.do("intermediate.applied", "liming", **APPLIED | HIDDEN)
    assert not rounds.passed(trade.case)
    assert "中间检查还没有合格" in trade.refusal(
        "contract.requested", "liming", contract_wanted_kind="high", contract_wanted_by="2026-04-01"
    )


def test_an_inspection_that_is_returned_leaves_no_closing_behind() -> None:
    trade = after("intermediate.inspected", 2)
    trade.act("case.returned", Return("construction", (rounds.INSPECTED,), "检查依据有误"), "liming")
    assert still_open(trade.case, rounds.FINDINGS) == ()
    trade.do("intermediate.inspected", "heping", **FAILED)
    assert [f.no for f in still_open(trade.case, rounds.FINDINGS)] == ["1", "2"]
    assert not rounds.passed(trade.case)


@pytest.mark.parametrize(
    ("done", "times", "kind", "said"),
    [
        ("intermediate.applied", 1, "intermediate.applied", ""),
        ("intermediate.inspected", 1, "intermediate.applied", "已按申请检查"),
        ("intermediate.inspected", 1, "intermediate.inspected", ""),
        ("intermediate.delivered", 1, "intermediate.inspected", "已交客户签收"),
        ("intermediate.inspected", 2, "intermediate.inspected", "已交客户签收"),  # the first of the two
        ("intermediate.rectified", 1, "intermediate.rectified", ""),
        ("intermediate.inspected", 2, "intermediate.rectified", "已经复查"),
    ],
)
def test_what_may_still_be_corrected(done: str, times: int, kind: str, said: str) -> None:
    trade = after(done, times)
    first = next(record for record in trade.case.records if record.kind == kind)
    reason = path.locked(path.TASKS[kind], trade.case, first)
    assert said in reason if said else reason == ""
