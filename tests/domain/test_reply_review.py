"""The review of a plan: who may speak, approve, return, and when (product.md 2: drafted by one person,
approved by others, never the drafter; returned with reasons)."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.domain.replies import approve, draft, object_to, opine, planned, receive, reply, walked
from tests.domain.trade import Trade, reference
from yekuo_desktop.domain import path
from yekuo_desktop.domain.path import Correction
from yekuo_desktop.domain.stages.survey import reply_rounds as rounds

APPROVAL = {"approval_words": "同意"}
RETURN = {"plan_return_reason": "备用电源的切换方式没有写明"}
OPINION = {"review_department": "marketing", "review_opinion": "agree", "review_signer": "何平"}


@pytest.mark.parametrize(
    ("kind", "by", "values", "refusal"),
    [
        ("plan.approved", "liming", APPROVAL, "审批方案由方案审批人办理"),
        ("plan.approved", "wangli", APPROVAL, "审批方案由方案审批人办理"),
        ("plan.returned", "sunhao", RETURN, "退回方案由方案审批人办理"),
        ("plan.opined", "wangli", OPINION, "部门会签方案由勘查审查人员、用电检查专责、配网管理办理"),
        ("plan.replied", "qianyong", {}, "答复供电方案由营业员、班长、客户项目经理办理"),
        ("plan.extended", "liming", {}, "审批方案延期由方案审批人办理"),
        ("fees.received", "liming", {}, "收取业务费用由营业员、班长办理"),
    ],
)
def test_each_act_has_its_people(kind: str, by: str, values: dict[str, str], refusal: str) -> None:
    assert planned("hv_single").refusal(kind, by, **values) == refusal


@pytest.mark.parametrize("kind", ["plan.opined", "plan.approved", "plan.returned"])
def test_there_is_nothing_to_review_before_a_plan_is_drafted(kind: str) -> None:
    trade = Trade("hv_single", "survey")
    assert trade.refusal(kind, "everybody") == "还没有拟定供电方案"


@pytest.mark.parametrize("klass", ["lv_resident", "lv_nonresident"])
def test_a_low_voltage_plan_is_approved_straight_away(klass: str) -> None:
    trade = planned(klass)
    assert trade.refusal("plan.opined", "heping", **OPINION) == "这件业务不需要部门会签方案"
    assert trade.proposed("plan.approved", "qianyong")["approval_words"].reason == "低压方案,直接审批"
    trade.do("plan.approved", "qianyong", **APPROVAL)
    assert rounds.approved(trade.case)


def test_a_high_voltage_plan_waits_for_its_departments() -> None:
    """种子文件 二: 营销部牵头,生技部等部门参加."""
    trade = planned("hv_single")
    assert trade.refusal("plan.approved", "qianyong", **APPROVAL) == "还没有会签:营销部、生技部"
    assert trade.proposed("plan.opined", "heping")["review_department"].value == "marketing"
    trade.do("plan.opined", "heping", **OPINION)
    assert trade.refusal("plan.approved", "qianyong", **APPROVAL) == "还没有会签:生技部"
    trade.do("plan.opined", "maqiang", **{**OPINION, "review_department": "production"})
    assert trade.proposed("plan.approved", "qianyong")["approval_words"].reason == "2 个部门会签同意"
    trade.do("plan.approved", "qianyong", **APPROVAL)


# ---- nobody approves what he drafted -------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["plan.approved", "plan.returned", "plan.opined"])
def test_the_drafter_does_not_review_his_own_plan_whatever_roles_he_has(kind: str) -> None:
    trade = planned("hv_single", by="everybody")
    values = {"plan.approved": APPROVAL, "plan.returned": RETURN, "plan.opined": OPINION}[kind]
    assert trade.refusal(kind, "everybody", **values) == "方案由您拟定(或更正),须由他人审核"


def test_whoever_corrected_the_plan_is_its_author_too() -> None:
    trade = planned("lv_resident")
    corrected = replace(trade.case.records[0], corrected_by=("everybody",))
    trade.case = replace(trade.case, records=(corrected,))
    assert trade.refusal("plan.approved", "everybody", **APPROVAL) == "方案由您拟定(或更正),须由他人审核"
    assert trade.refusal("plan.approved", "qianyong", **APPROVAL) == ""


def test_a_correction_remembers_whose_hand_it_was() -> None:
    trade = planned("lv_resident")
    trade.do("plan.approved", "qianyong", **APPROVAL)
    wrong = trade.case.records[-1]
    for words in ("同意答复", "同意按方案答复"):
        seen = trade.case.records[-1].values["approval_words"]
        trade.act(
            "record.corrected", Correction(wrong.id, {"approval_words": (seen, words)}, "笔误"), "everybody"
        )
    found = trade.case.records[-1]
    assert (found.by, found.corrected_by, found.corrections) == ("qianyong", ("everybody",), 2)
    assert found.authors == {"qianyong", "everybody"}


def test_whoever_wrote_down_the_opinions_does_not_decide_on_them() -> None:
    trade = planned("hv_single")
    opine(trade, by="everybody")
    assert (
        trade.refusal("plan.approved", "everybody", **APPROVAL) == "部门会签意见由您登记,方案须由另一人审批"
    )
    assert trade.refusal("plan.approved", "qianyong", **APPROVAL) == ""


def test_the_drafter_does_not_sign_for_a_department() -> None:
    trade = planned("hv_single")
    mine = {**OPINION, "review_signer": "李明"}
    assert trade.refusal("plan.opined", "heping", **mine) == "方案由李明拟定,须由他人会签"


# ---- opinions against, returns, rounds -----------------------------------------------------------------


@pytest.mark.parametrize("opinion", ["change", "refuse"])
def test_an_opinion_against_says_why_and_stops_the_approval(opinion: str) -> None:
    trade = planned("hv_single")
    bare = {**OPINION, "review_opinion": opinion}
    assert trade.refusal("plan.opined", "heping", **bare) == "请写明需要修改的内容"
    opine(trade, opinion)
    assert "有部门不同意" in trade.refusal("plan.approved", "qianyong", **APPROVAL)
    opine(trade)  # both speak again: the newest opinion of a department counts
    trade.do("plan.approved", "qianyong", **APPROVAL)


def test_a_return_gives_its_reason_and_begins_a_new_round() -> None:
    trade = planned("hv_single")
    opine(trade, "change")
    assert trade.refusal("plan.returned", "qianyong") == "请填写退回原因"
    put_together = trade.proposed("plan.returned", "qianyong")["plan_return_reason"]
    assert put_together.value == "变压器台数与负荷不符"  # both said the same
    trade.do("plan.returned", "qianyong", **RETURN)
    assert not rounds.drafted(trade.case)
    assert trade.refusal("plan.approved", "qianyong", **APPROVAL) == "还没有拟定供电方案"
    draft(trade)
    assert trade.refusal("plan.approved", "qianyong", **APPROVAL) == "还没有会签:营销部、生技部"
    approve(trade)
    reply(trade)


def test_an_approved_plan_may_be_returned_until_it_was_replied() -> None:
    trade = walked("lv_nonresident", 1)
    trade.do("plan.returned", "qianyong", **RETURN)
    assert trade.refusal("plan.replied", "liming") == "还没有拟定供电方案"
    draft(trade)
    approve(trade)
    reply(trade)
    for kind, values in (("plan.returned", RETURN), ("plan.approved", APPROVAL)):
        words = {"plan.returned": "方案已经答复客户", "plan.approved": "审批方案已经登记,有误请更正"}[kind]
        assert trade.refusal(kind, "qianyong", **values) == words


def test_an_opinion_comes_before_the_approval() -> None:
    trade = walked("hv_single", 1)
    assert trade.refusal("plan.opined", "heping", **OPINION) == "方案已经审批"


def test_an_objection_begins_a_round_in_which_nothing_earlier_counts() -> None:
    trade = walked("hv_single", 3)
    object_to(trade)
    draft(trade)
    assert trade.refusal("plan.replied", "liming") == "供电方案还没有审批"
    assert trade.refusal("plan.approved", "qianyong", **APPROVAL) == "还没有会签:营销部、生技部"
    approve(trade)
    reply(trade)
    receive(trade)
    assert rounds.received(trade.case)


def test_what_is_done_anew_takes_what_rests_on_it_along() -> None:
    """退回重办 of the approval: the reply that rested on it must be made anew as well."""
    trade = walked("lv_resident", 3)
    again = path.Return("survey", ("plan.approved",), "审批人无权限")
    trade.act("case.returned", again, "zhaojun")
    stands = rounds.approved, rounds.replied, rounds.received
    assert not any(holds(trade.case) for holds in stands)
    approve(trade)
    assert rounds.approved(trade.case)
    assert not rounds.replied(trade.case)


@pytest.mark.parametrize(
    ("steps", "kind", "by", "values", "what"),
    [
        (0, "plan.opined", "heping", OPINION, "拟定方案"),
        (0, "plan.returned", "qianyong", RETURN, "拟定方案"),
        (1, "plan.replied", "liming", {"replied_by": "liming", "reply_way": "counter"}, "方案审批"),
    ],
)
def test_no_step_is_dated_before_the_one_it_rests_on(
    steps: int, kind: str, by: str, values: dict[str, str], what: str
) -> None:
    """R3: a late reply is not made an early one by the time that is filled in."""
    trade = planned("hv_single")
    trade.later(days=20)
    draft(trade)
    if steps:
        approve(trade)
    early = trade.now - timedelta(days=15)
    assert f"所填时间早于{what}" in trade.refusal(kind, by, early, **values)
    assert trade.refusal(kind, by, **values) == ""


def test_an_approval_is_not_dated_before_the_last_opinion() -> None:
    trade = planned("hv_single")
    trade.later(days=5)
    opine(trade)
    early = trade.now - timedelta(days=3)
    assert "所填时间早于部门会签" in trade.refusal("plan.approved", "qianyong", early, **APPROVAL)


# ---- locks ---------------------------------------------------------------------------------------------


def test_a_plan_is_corrected_only_before_its_approval() -> None:
    trade = planned("lv_resident")
    drafted = trade.case.records[0]
    assert path.locked(path.TASKS["plan.drafted"], trade.case, drafted) == ""
    trade.do("plan.approved", "qianyong", **APPROVAL)
    assert "已经审批" in path.locked(path.TASKS["plan.drafted"], trade.case, drafted)
    trade.do("plan.returned", "qianyong", **RETURN)  # locked once, locked for good: a new one is drafted
    assert "已经审批" in path.locked(path.TASKS["plan.drafted"], trade.case, drafted)


@pytest.mark.parametrize(
    ("kind", "steps", "reason"),
    [
        ("plan.opined", 1, "方案已经审批,不能再改会签意见"),
        ("plan.approved", 1, ""),
        ("plan.approved", 2, "方案已经答复客户,不能再改审批意见"),
        ("plan.replied", 2, ""),
        ("plan.replied", 3, "客户已经签收答复单,不能再改"),
        ("plan.received", 3, ""),
        ("plan.received", 4, "客户已经答复,不能再改签收记录"),
    ],
)
def test_what_the_next_step_rests_on_is_not_changed(kind: str, steps: int, reason: str) -> None:
    trade = walked("hv_single", steps)
    found = next(record for record in trade.case.records if record.kind == kind)
    assert path.locked(path.TASKS[kind], trade.case, found) == reason


def test_returns_and_objections_stay_as_the_drafter_read_them() -> None:
    trade = walked("hv_single", 1)
    trade.do("plan.returned", "qianyong", **RETURN)
    returned = trade.case.records[-1]
    assert path.locked(path.TASKS["plan.returned"], trade.case, returned) == ""
    draft(trade)
    assert "已经重新拟定方案" in path.locked(path.TASKS["plan.returned"], trade.case, returned)
    for step in (approve, reply, receive, object_to, draft):
        step(trade)
    objected = next(record for record in trade.case.records if record.kind == "plan.objected")
    assert "已经重新拟定方案" in path.locked(path.TASKS["plan.objected"], trade.case, objected)


def test_the_departments_that_must_speak_are_data() -> None:
    """`plan_reviews` names them by class; another county names others."""
    known = reference().codes["plan_reviews"]
    only = tuple(item for item in known.items if item.code != "hv_single.production")
    other = replace(reference(), codes={**reference().codes, "plan_reviews": replace(known, items=only)})
    trade = planned("hv_single")
    assert list(rounds.silent(trade.case, other)) == ["marketing"]
    assert list(rounds.silent(trade.case, reference())) == ["marketing", "production"]


def test_the_departments_are_waited_for_until_the_last_has_spoken() -> None:
    trade = planned("hv_single")

    def waiting() -> bool:
        return "plan.opined" in [task.kind for task in path.undone(trade.case, "survey", reference())]

    for department in ("marketing", "production"):
        assert waiting()
        trade.do("plan.opined", "heping", **{**OPINION, "review_department": department})
    assert not waiting()
