"""Stage 3 from the departments' opinions to the signature: one sealed opinion a round, findings numbered and
said once, closed one by one (种子文件 三; regulations.md 2.9, 3.2, 6.1)."""

from typing import Any

import pytest
from msgspec.structs import replace

from tests.domain.trade import Trade, reference
from tests.domain.walk import DAY, walk
from yekuo_desktop.domain import path
from yekuo_desktop.domain.case import Case, Paper
from yekuo_desktop.domain.findings import still_open
from yekuo_desktop.domain.path import Correction, Return
from yekuo_desktop.domain.stages import ALL_FORMS
from yekuo_desktop.domain.stages.design import rounds
from yekuo_desktop.office.practice.design import answers

FOUND = [{"what": "净距不足", "required": "改为 1.5 米"}, {"what": "缺指示器", "required": "补装"}]
OPINION = {"design_department": "marketing", "design_opinion": "agree", "design_signer": "孙浩"}
CHANGE = {"design_result": "change", "design_findings": FOUND}


def after(kind: str, times: int = 1, klass: str = "hv_single") -> Trade:
    trade = Trade(klass, "design", rules="seed")
    return walk(trade, answers(klass, DAY), kind, times)


def reviewed() -> Trade:
    """Second round, every department in favour, not concluded."""
    return after("design.opined", 4)


def closing(**evidence: str) -> list[dict[str, str]]:
    return [{"no": no[1:], "outcome": "已改", "evidence": text} for no, text in evidence.items()]


# ---- opinions ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"design_opinion": "change"}, "请写明需要修改的内容"),
        ({"design_opinion": "refuse"}, "请写明需要修改的内容"),
        ({"design_opinion": "refuse", "design_words": "不符合规程"}, ""),
        ({"design_signer": ""}, "请填写审查人签名"),
        ({"design_department": ""}, "请填写审查部门"),
    ],
)
def test_a_department_gives_its_opinion_and_signs(changes: dict[str, Any], said: str) -> None:
    refused = after("design.received").refusal("design.opined", "sunhao", **OPINION | changes)
    assert said in refused if said else refused == ""


def test_every_department_speaks_before_the_conclusion() -> None:
    trade = after("design.received")
    assert trade.proposed("design.opined", "sunhao")["design_department"].value == "marketing"
    assert "还没有会签:营销部、生技部" in trade.refusal("design.concluded", "qianyong", **CHANGE)
    trade.do("design.opined", "sunhao", **OPINION)
    assert trade.proposed("design.opined", "sunhao")["design_department"].value == "production"
    assert "还没有会签:生技部" in trade.refusal("design.concluded", "qianyong", **CHANGE)


def test_the_departments_are_waited_for_until_the_last_has_spoken() -> None:
    trade = after("design.opined")
    assert "design.opined" in [task.kind for task in path.undone(trade.case, "design", reference())]
    trade = after("design.opined", 2)
    assert "design.opined" not in [task.kind for task in path.undone(trade.case, "design", reference())]


def test_the_newest_opinion_of_a_department_counts() -> None:
    trade = after("design.opined", 2)
    for department in ("marketing", "production"):
        trade.do("design.opined", "sunhao", **OPINION | {"design_department": department})
    assert [r.values["design_opinion"] for r in rounds.opinions(trade.case)] == ["agree", "agree"]
    assert trade.proposed("design.concluded", "qianyong")["design_result"].value == "agreed"


def test_who_wrote_the_opinions_does_not_conclude() -> None:
    trade = after("design.opined", 2)
    assert "由另一人审核" in trade.refusal("design.concluded", "sunhao", **CHANGE)
    assert trade.refusal("design.concluded", "qianyong", **CHANGE) == ""
    assert "办理" in trade.refusal("design.concluded", "liming", **CHANGE)


def test_nor_does_who_corrected_one() -> None:
    trade = Trade("hv_single", "design", rules="seed")
    walk(trade, answers("hv_single", DAY), "design.received")
    for department in ("marketing", "production"):
        trade.do("design.opined", "sunhao", **OPINION | {"design_department": department})
    opinion = trade.case.records[-1]
    change = {"design_signer": ("孙浩", "高志远")}
    trade.act("record.corrected", Correction(opinion.id, change, "签名人写错"), "everybody")
    agreed = {"design_result": "agreed"}
    assert "由另一人审核" in trade.refusal("design.concluded", "everybody", **agreed)
    assert trade.refusal("design.concluded", "qianyong", **agreed) == ""


# ---- conclusion ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (CHANGE, ""),
        ({"design_result": "change"}, "请逐条写明审查意见"),
        ({"design_result": "agreed"}, "有部门不同意,结论不能为同意"),
        ({"design_result": "change", "design_findings": [{"what": "净距不足"}]}, "第 1 行:请填写修改要求"),
    ],
)
def test_what_is_against_becomes_findings(values: dict[str, Any], said: str) -> None:
    trade = after("design.opined", 2)
    refused = trade.refusal("design.concluded", "qianyong", **values)
    assert said in refused if said else refused == ""
    proposed = trade.proposed("design.concluded", "qianyong")
    assert proposed["design_result"].value == "change"
    assert [row["what"] for row in proposed["design_findings"].value] == [
        "计量柜前操作通道 0.8 米",
        "进线柜缺少电缆故障指示器",
    ]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"design_result": "agreed", "design_closed": closing(n1="D-05A", n2="D-02A")}, ""),
        ({"design_result": "agreed"}, "前次意见第 1、2 条还没有复审"),
        ({"design_result": "agreed", "design_closed": closing(n1="D-05A")}, "第 2 条还没有复审"),
        ({"design_result": "agreed", "design_closed": closing(n1="D-05A", n2="")}, "第 2 条还没有复审合格"),
        (
            {"design_result": "agreed", "design_closed": closing(n1="x", n2="x"), "design_findings": FOUND},
            "结论为同意时没有修改意见",
        ),
        ({"design_result": "change", "design_closed": closing(n1="D-05A", n2="")}, ""),  # 2 stays open
        ({"design_result": "change", "design_closed": closing(n1="D-05A", n2="D")}, "请逐条写明审查意见"),
        ({"design_result": "change", "design_findings": FOUND}, "第 1、2 条还没有复审"),
        ({"design_result": "change", "design_closed": closing(n1="", n2="", n7="x")}, "没有第 7 条意见"),
    ],
)
def test_earlier_findings_are_answered_one_by_one(values: dict[str, Any], said: str) -> None:
    refused = reviewed().refusal("design.concluded", "qianyong", **values)
    assert said in refused if said else refused == ""


def test_what_stays_open_goes_into_the_third_round_under_its_number() -> None:
    trade = reviewed()
    values = {"design_result": "change", "design_closed": closing(n1="D-05A", n2="")}
    new = [{"what": "新增出线未校核", "required": "补充计算"}]
    found = trade.found("design.concluded", "qianyong", **values, design_findings=new)
    assert [(p.field, p.warning) for p in found] == [("design_findings", True)]  # said once, please
    trade.do("design.concluded", "qianyong", **values, design_findings=new)
    assert [f.no for f in still_open(trade.case, rounds.FINDINGS)] == ["2", "3"]


# ---- hand-over and the next round ----------------------------------------------------------------


def test_an_opinion_is_signed_for_before_changed_papers_are_taken() -> None:
    trade = after("design.concluded")
    again = dict(trade.case.records[1].values)
    assert "还没有交客户签收" in trade.refusal("design.received", "liming", **again)
    assert "请填写签收人" in trade.refusal("design.delivered", "liming", drawings_returned="0")
    trade.do("design.delivered", "liming", design_receiver="韩雪", drawings_returned="0")
    assert "等待客户修改后重新报送" in trade.refusal(
        "design.delivered", "liming", design_receiver="韩雪", drawings_returned="0"
    )
    assert "等待客户修改后重新报送" in trade.refusal("design.opined", "sunhao", **OPINION)
    trade.do("design.received", "liming", **again)
    assert rounds.count(trade.case) == 2


@pytest.mark.parametrize(("sets", "said"), [("3", ""), ("0", ""), ("5", "退回不能多于此数")])
def test_no_more_drawings_go_back_than_came(sets: str, said: str) -> None:
    trade = after("design.concluded")
    refused = trade.refusal("design.delivered", "liming", design_receiver="韩雪", drawings_returned=sets)
    assert said in refused if said else refused == ""


def test_an_opinion_that_was_never_printed_is_pointed_out() -> None:
    trade = after("design.concluded")
    values = {"design_receiver": "韩雪", "drawings_returned": "0"}
    assert [p.text for p in trade.found("design.delivered", "liming", **values)] == [
        "意见书还没有打印盖章,请先出具"
    ]


def test_the_stage_is_left_when_the_agreement_is_signed_for() -> None:
    trade = after("design.concluded", 2)
    assert trade.case.stage == "design"
    assert [task.kind for task in path.undone(trade.case, "design", reference())] == ["design.delivered"]
    trade.do("design.delivered", "liming", design_receiver="韩雪", drawings_returned="3")
    assert trade.case.stage == "construction"


# ---- corrections and returns ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "times", "record", "said"),
    [
        ("design.received", 1, 1, ""),
        ("design.concluded", 1, 1, "不能再改送审记录"),
        ("design.concluded", 1, 4, ""),  # not handed over yet
        ("design.delivered", 1, 4, "已交客户签收"),
        # The next round opens its own records, not those of the first.
        ("design.received", 2, 1, "不能再改送审记录"),
        ("design.received", 2, 2, "不能再改送审记录"),
        ("design.received", 2, 6, ""),
        ("design.concluded", 2, 4, "已交客户签收"),
        ("design.concluded", 2, 9, ""),
    ],
)
def test_what_an_opinion_rests_on_stays_as_it_was(done: str, times: int, record: int, said: str) -> None:
    trade = after(done, times)
    kept = trade.case.records[record]
    assert said in path.locked(path.TASKS[kept.kind], trade.case, kept)
    assert bool(said) == bool(path.locked(path.TASKS[kept.kind], trade.case, kept))


def test_a_review_that_is_returned_begins_anew_and_gets_its_own_sheet() -> None:
    trade = after("design.concluded", 2)
    redo = ("design.received", "design.opined", "design.concluded", "design.delivered")
    trade.act("case.returned", Return("design", redo, "审查依据有误"), "liming")
    assert still_open(trade.case, rounds.FINDINGS) == ()
    walk(trade, answers("hv_single", DAY)[1:], "design.concluded")
    assert [f.no for f in still_open(trade.case, rounds.FINDINGS)] == ["1", "2"]
    assert [e.name for e in trade.case.events if e.name.startswith("design")] == [
        *("design_received", "design_reviewed", "design_resubmitted", "design_reviewed"),
        *("design_received", "design_reviewed"),
    ]
    may = ALL_FORMS["design_opinion"].when
    for issued, wanted in ((0, True), (1, False)):  # those of the first review are void
        assert may(with_sheets(trade, "design_opinion", issued)) is wanted


def with_sheets(trade: Trade, form: str, count: int) -> Case:
    sheet = Paper(sheet_no="1", form=form, title="", entry="s", issued=trade.now, issued_by="")
    return replace(trade.case, papers=(sheet,) * count)
