"""派工, 预约, 会签: who is sent, when the customer expects them, what each department says (种子文件 二)."""

from datetime import timedelta

import pytest

from tests.domain.surveys import applied, sign, survey, surveyed, taken, walked
from tests.domain.trade import Trade
from yekuo_desktop.domain.path import TASKS

TALK = {"appointment_with": "王海", "appointment_how": "phone", "appointment_site": "ready"}


def assign(trade: Trade, **changes: object) -> None:
    trade.do("survey.assigned", "liming", **{**taken(trade, "survey.assigned"), **changes})


def at(trade: Trade, **span: float) -> str:
    return (trade.now + timedelta(**span)).isoformat()


def test_the_project_manager_leads_and_the_departments_of_the_table_go() -> None:
    trade = applied("hv_single")
    found = trade.proposed("survey.assigned", "liming")
    assert found["survey_leader"].value == "liming"
    assert found["survey_party"].value == [
        {"department": "marketing", "person": "李明"},
        {"department": "production"},
        {"department": "distribution"},
    ]
    # 十项承诺 (2011) 高压单电源 15 wd, taken by the seed; acceptance is day 1 (regulations.md 1.4, 1.8)
    assert (found["survey_due"].value, found["survey_due"].reason) == ("2026-03-30", "供电方案答复时限")


@pytest.mark.parametrize(
    ("party", "problem"),
    [
        (["production", "distribution"], "由营销部牵头,参加部门中没有营销部"),
        (["marketing", "production", "production"], "生技部列了两次"),
    ],
)
def test_marketing_leads_and_nobody_goes_twice(party: list[str], problem: str) -> None:
    trade = applied("hv_single")
    rows = [{"department": code} for code in party]
    values = taken(trade, "survey.assigned") | {"survey_party": rows}
    assert problem in trade.refusal("survey.assigned", "liming", **values)


@pytest.mark.parametrize(
    ("due", "problem", "warning"),
    [
        ("2026-03-09", "要求完成日期已过", False),
        ("2026-04-20", "晚于供电方案答复时限(2026-03-30)", True),
        ("2026-03-20", "", False),
    ],
)
def test_the_day_asked_for_lies_ahead_and_keeps_the_limit(due: str, problem: str, warning: bool) -> None:
    trade = applied("hv_single")
    values = taken(trade, "survey.assigned") | {"survey_due": due}
    found = [p for p in trade.found("survey.assigned", "liming", **values) if p.field == "survey_due"]
    assert [(p.text, p.warning) for p in found] == ([(problem, warning)] if problem else [])


def test_a_joint_survey_is_assigned_then_appointed_then_made_then_signed_then_planned() -> None:
    trade = applied("hv_single")
    assert (
        trade.refusal("survey.appointed", "liming", appointment_at=at(trade, days=1), **TALK) == "还没有派工"
    )
    assert trade.refusal("survey.done", "liming") == "还没有派工"
    assign(trade)
    assert trade.refusal("survey.done", "liming") == "还没有与客户预约"
    trade.do("survey.appointed", "liming", appointment_at=at(trade, days=1), **TALK)
    assert trade.refusal("survey.opined", "sunhao") == "还没有现场勘查"
    survey(trade)
    assert trade.refusal("plan.drafted", "liming") == "还没有会签:营销部、生技部、配网"
    sign(trade)
    assert "请填写" in trade.refusal("plan.drafted", "liming")  # nothing but what is to be filled in


def test_who_may_send_survey_and_sign() -> None:
    """勘查/审查 department reviewer, project manager, supervisor (product.md People)."""
    trade = applied("hv_single")
    assert trade.refusal("survey.assigned", "wangli") == "勘查派工由班长、客户项目经理办理"
    assert trade.refusal("survey.done", "wangli") == "现场勘查由班长、客户项目经理、勘查审查人员办理"
    assert "办理" in trade.refusal("survey.opined", "qianyong")
    assert trade.refusal("plan.drafted", "qianyong") == "拟定供电方案由客户项目经理、勘查审查人员办理"
    assert TASKS["survey.appointed"].roles >= TASKS["survey.done"].roles


@pytest.mark.parametrize(
    ("hours", "problem", "warning"),
    [
        (-2, "约定时间早于联系客户的时间", False),
        (24 * 4 + 1, "2026-03-14 是休息日,请与客户确认", True),
        (24 * 21, "晚于供电方案答复时限(2026-03-30);客户要求推迟的请写明", True),
        (26, "", False),
    ],
)
def test_the_time_agreed_lies_after_the_talk(hours: float, problem: str, warning: bool) -> None:
    trade = applied("hv_single")
    assign(trade)
    found = trade.found("survey.appointed", "liming", appointment_at=at(trade, hours=hours), **TALK)
    shown = [(p.text, p.warning) for p in found if p.field == "appointment_at"]
    assert shown == ([(problem, warning)] if problem else [])


def test_nobody_is_proposed_as_the_one_who_was_spoken_to() -> None:
    """An appointment is what happened, never what would be likely (regulations.md 5.4)."""
    trade = applied("hv_single")
    assign(trade)
    assert trade.proposed("survey.appointed", "liming") == {}
    assert "请填写与谁约定" in trade.refusal("survey.appointed", "liming", appointment_at=at(trade, days=1))


def test_a_site_that_is_not_ready_is_not_surveyed() -> None:
    """受理至具备勘查条件 (〔2019〕431号时期, regulations.md 1.5) ends when the site is ready, not before."""
    trade = walked("hv_single", "survey.assigned", rules="rules_2019")
    later = {"appointment_at": at(trade, days=2), **TALK, "appointment_site": "not_ready"}
    assert "请填写尚不具备勘查条件的原因" in trade.refusal("survey.appointed", "liming", **later)
    trade.do("survey.appointed", "liming", **later, appointment_obstacle="厂房还没有封顶")
    assert trade.case.event("site_ready") is None
    assert trade.refusal("survey.done", "liming") == "现场尚不具备勘查条件,具备后请重新预约"
    trade.do("survey.appointed", "liming", appointment_at=at(trade, days=2), **TALK)
    assert trade.case.event("site_ready") is not None
    survey(trade)
    assert [e.name for e in trade.case.events] == ["accepted", "site_ready", "survey_done"]


def test_a_survey_without_an_appointment_shows_that_the_site_was_ready() -> None:
    trade = applied("lv_resident", rules="rules_2019")
    survey(trade)
    assert [e.name for e in trade.case.events] == ["accepted", "site_ready", "survey_done"]


def test_the_department_whose_turn_it_is_is_proposed_with_who_was_sent() -> None:
    trade = walked("hv_single", "survey.done")
    found = trade.proposed("survey.opined", "maqiang")
    assert found["survey_department"].value == "marketing"
    assert found["survey_department"].reason == "还没有会签:营销部、生技部、配网"
    assert found["survey_opinion_signer"].value == "李明"


def test_an_opinion_against_needs_its_words_and_holds_the_plan_until_it_changes() -> None:
    trade = walked("hv_single", "survey.done")
    said = {"survey_department": "production", "survey_opinion": "refuse", "survey_opinion_signer": "高志远"}
    assert trade.refusal("survey.opined", "sunhao", **said) == "请写明意见内容"
    sign(trade)
    trade.do("survey.opined", "sunhao", **said, survey_words="线路已重载")
    assert trade.refusal("plan.drafted", "liming") == "生技部不同意勘查意见,协调后请重新会签"
    trade.do("survey.opined", "sunhao", **(said | {"survey_opinion": "agree"}))
    assert "不同意" not in trade.refusal("plan.drafted", "liming")


def test_what_the_departments_asked_for_stands_before_the_drafter() -> None:
    trade = walked("hv_single", "survey.done")
    sign(trade, "change", survey_words="改由城东线供电")
    assert "生技部:改由城东线供电" in trade.proposed("plan.drafted", "liming")["plan_notes"].reason


def test_a_department_that_was_not_sent_may_speak_and_is_asked_about() -> None:
    trade = walked("hv_single", "survey.done")
    said = {"survey_department": "safety", "survey_opinion": "agree", "survey_opinion_signer": "何平"}
    (found,) = trade.found("survey.opined", "sunhao", **said)
    assert (found.text, found.warning) == ("安监不在派工名单中", True)


def test_what_was_done_before_the_survey_stays_as_it_was() -> None:
    trade = surveyed("hv_single")
    assert trade.refusal("survey.assigned", "liming") == "已经勘查,不能再改"
    assert trade.refusal("survey.appointed", "liming") == "已经勘查"
    assert TASKS["survey.assigned"].locked(trade.case) == "已经勘查,不能再改"
